"""Which models there are: named by the operator, found by themselves, and the built-in one, which is always there."""

from __future__ import annotations

import json
import os
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from assistant import conf
from assistant.conf import chat_api_base, chat_api_key, chat_model, ollama_address
from assistant.exceptions import UnknownModel
from assistant.llm import gateway
from assistant.llm.connected import all_connected, models_made_for, models_of_role
from assistant.llm.errors import ProviderError
from assistant.llm.types import Deadlines, Model

BUILTIN = Model("builtin/companion", "Built-in model", found_by="builtin")
# A provider's key in the environment, and the model it gets: one that is quick, capable and not the dearest.
KEYS = (
    ("OPENAI_API_KEY", "openai/gpt-5.4-mini"),
    ("ANTHROPIC_API_KEY", "anthropic/claude-sonnet-4-6"),
    ("GEMINI_API_KEY", "gemini/gemini-3.5-flash"),
)
PROBE_SECONDS = 0.3
FOUND_FOR_SECONDS = 300
MISSED_FOR_SECONDS = 60
EMBEDDER_FOR_SECONDS = 10
_NOT_FOR_CHAT = ("embed", "rerank", "bge-", "minilm", "whisper", "clip")

Prober = Callable[[str], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the operator set; all may be empty."""

    model: str = ""
    api_key: str = ""
    api_base: str = ""
    ollama: str = ""


def choose_models(wanted: Wanted, environment: Mapping[str, str], probe: Prober) -> list[Model]:
    """The models to ask in turn, the built-in one last unless it was named before others. Several names are parted by commas.

    `probe` gives the names of the models that an Ollama address serves; it is asked only when nothing else is known.
    """
    if names := [name.strip() for name in wanted.model.split(",") if name.strip()]:
        named = [BUILTIN if name.startswith("builtin") else _named(name, wanted) for name in dict.fromkeys(names)]
        return named if BUILTIN in named else [*named, BUILTIN]
    for variable, name in KEYS:
        key = environment.get(variable, "").strip()
        if key:
            return [Model(name, name.split("/", 1)[1], api_key=key, found_by="environment"), BUILTIN]
    for name in probe(wanted.ollama) if wanted.ollama else ():
        if not any(word in name.casefold() for word in _NOT_FOR_CHAT):
            return [Model(f"ollama_chat/{name}", name, api_base=wanted.ollama, found_by="ollama"), BUILTIN]
    return [BUILTIN]


def _named(name: str, wanted: Wanted) -> Model:
    """A name without a provider, at an address, speaks OpenAI's protocol: that is what servers of one's own do."""
    full = f"openai/{name}" if wanted.api_base and not _has_provider(name) else name
    return Model(full, name.split("/", 1)[-1], api_key=wanted.api_key, api_base=wanted.api_base)


def embedding_model() -> Model | None:
    """The embedding model that the operator named in the settings, else the first that was connected for it, or None."""
    if name := conf.embedding_model().strip():
        return _named(name, Wanted(name, conf.embedding_api_key(), conf.embedding_api_base()))
    return _connected_embedder()


_embedder: tuple[float, Model | None] = (0.0, None)  # looked up anew after, which


def _connected_embedder() -> Model | None:
    """Asked for at each recall, hence kept for a few seconds."""
    global _embedder  # noqa: PLW0603 - one a process
    due, model = _embedder
    if time.monotonic() >= due:
        model = next(iter(models_made_for("embed")), None)
        _embedder = (time.monotonic() + EMBEDDER_FOR_SECONDS, model)
    return model


def forget_embedder() -> None:
    """Look the connected embedder up anew when it is asked for next."""
    global _embedder  # noqa: PLW0603 - as above
    _embedder = (0.0, None)


def _has_provider(name: str) -> bool:
    provider = name.split("/", 1)[0] if "/" in name else ""
    return provider in (
        "openai",
        "anthropic",
        "gemini",
        "ollama",
        "ollama_chat",
        "azure",
        "mistral",
        "groq",
        "openrouter",
        "vertex_ai",
        "bedrock",
        "deepseek",
        "xai",
        "hosted_vllm",
        "lm_studio",
        "cohere",
        "together_ai",
    )


def models_for(role: str, requested: str = "") -> list[Model]:
    """The models for `role`, best first, the built-in one last: those that were connected for it, else what settings and environment name.

    `requested` is a name that a person chose, as a label or a full name; it comes first then. Raises `UnknownModel` when no model of
    that name is connected. Looks for Ollama with a short timeout, at most once a minute, never at import.
    """
    connected = models_of_role(role)
    if connected:
        models = [*connected, BUILTIN]
    else:
        wanted = Wanted(chat_model(), chat_api_key(), chat_api_base(), ollama_address())
        models = choose_models(wanted, os.environ, _probe_kept)
    if not requested:
        return models
    first = [model for model in [*models, *all_connected()] if requested in (model.name, model.label)][:1]
    if not first:
        raise UnknownModel(requested)
    return [*first, *(model for model in models if model not in first)]


def connected_models() -> list[Model]:
    """What answers can come from, the one in use first."""
    models = models_for("chat")
    return [*models, *(model for model in all_connected() if model not in models)]


def known_model(requested: str) -> str:
    """The full name of the model that a person chose; "" for no choice. Raises UnknownModel."""
    return models_for("chat", requested)[0].name if requested else ""


def model_if_known(name: str) -> str:
    """`name`, or "" for a model that is no longer connected."""
    try:
        return known_model(name)
    except UnknownModel:
        return ""


def label_of(name: str) -> str:
    """What a person reads for a stored model name."""
    return str(_("Built-in model")) if name == BUILTIN.name else name.split("/", 1)[-1]


def probe_ollama(address: str) -> list[str]:
    """The names of the models that Ollama serves at `address`, latest first; none when nothing answers there."""
    try:
        with urllib.request.urlopen(f"{address.rstrip('/')}/api/tags", timeout=PROBE_SECONDS) as answer:  # noqa: S310 - the operator's own address
            found = json.load(answer)
        models = sorted(found["models"], key=lambda model: str(model.get("modified_at", "")), reverse=True)
        return [str(model["name"]) for model in models]
    except (OSError, ValueError, KeyError, TypeError, AttributeError, urllib.error.URLError):
        return []


_probed: dict[str, tuple[float, list[str]]] = {}
_probing = threading.Lock()


def _probe_kept(address: str) -> list[str]:
    with _probing:
        due, names = _probed.get(address, (0.0, []))
        if time.monotonic() >= due:
            names = probe_ollama(address)
            _probed[address] = (time.monotonic() + (FOUND_FOR_SECONDS if names else MISSED_FOR_SECONDS), names)
        return names


@dataclass(frozen=True, slots=True)
class TrialResult:
    """What came of trying a model. `sentence` is for the person; `code` is "" when it answered."""

    ok: bool
    sentence: str
    code: str = ""
    detail: str = ""


async def test_model(model: Model, *, record: gateway.Recorder | None = None) -> TrialResult:
    """Ask `model` to say ok, once, within 20 seconds. Never raises for a fault of the provider. `record` is told of each call (see `trial`)."""
    from django.utils.translation import gettext as _  # noqa: PLC0415 - the language active now, not at import

    messages = [{"role": "user", "content": "Say ok."}]
    try:
        await gateway.complete(
            messages,
            models=[model],
            deadlines=Deadlines(first_token=15, between_tokens=10, overall=20),
            record=record,
        )
    except ProviderError as error:
        return TrialResult(ok=False, sentence=error.sentence, code=error.code, detail=error.detail)
    return TrialResult(ok=True, sentence=_("It answers."))
