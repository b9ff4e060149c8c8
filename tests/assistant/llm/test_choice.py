"""Which models are asked, stated over an explicit environment."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from assistant.exceptions import UnknownModel
from assistant.llm import choice
from assistant.llm.choice import BUILTIN, Wanted, choose_models
from assistant.llm.types import Model
from tests.fakes.provider import Running

OLLAMA = "http://127.0.0.1:11434"


def nothing_there(address: str) -> Sequence[str]:
    return []


def never_asked(address: str) -> Sequence[str]:
    raise AssertionError("no address is to be tried")


def names(models: Sequence[Model]) -> list[str]:
    return [model.name for model in models]


def test_with_nothing_set_and_nothing_found_the_built_in_model_answers() -> None:
    assert choose_models(Wanted(ollama=OLLAMA), {}, nothing_there) == [BUILTIN]


def test_the_operators_model_comes_first_and_nothing_else_is_looked_for() -> None:
    wanted = Wanted(model="anthropic/claude-sonnet-4-6", api_key="k", ollama=OLLAMA)
    models = choose_models(wanted, {"OPENAI_API_KEY": "sk-1"}, never_asked)
    assert names(models) == ["anthropic/claude-sonnet-4-6", "builtin/companion"]
    assert models[0].api_key == "k"


@pytest.mark.parametrize(
    ("name", "full"),
    [
        ("qwen3:14b", "openai/qwen3:14b"),
        ("Qwen/Qwen3-14B", "openai/Qwen/Qwen3-14B"),
        ("openai/gpt-x", "openai/gpt-x"),
        ("ollama_chat/llama3.2", "ollama_chat/llama3.2"),
    ],
)
def test_a_bare_name_at_an_address_speaks_openais_protocol(name: str, full: str) -> None:
    models = choose_models(Wanted(model=name, api_base="http://box:8000/v1"), {}, never_asked)
    assert names(models) == [full, "builtin/companion"]
    assert models[0].api_base == "http://box:8000/v1"


@pytest.mark.parametrize(
    ("variable", "provider"),
    [("OPENAI_API_KEY", "openai/"), ("ANTHROPIC_API_KEY", "anthropic/"), ("GEMINI_API_KEY", "gemini/")],
)
def test_a_providers_key_in_the_environment_is_used(variable: str, provider: str) -> None:
    models = choose_models(Wanted(ollama=OLLAMA), {variable: " sk-secret ", "PATH": "/bin"}, never_asked)
    assert models[0].name.startswith(provider)
    assert models[0].api_key == "sk-secret"
    assert models[-1] == BUILTIN


def test_a_blank_key_counts_as_none() -> None:
    assert choose_models(Wanted(), {"OPENAI_API_KEY": " "}, never_asked) == [BUILTIN]


def test_ollama_is_used_when_it_serves_a_chat_model() -> None:
    models = choose_models(Wanted(ollama=OLLAMA), {}, lambda address: ["nomic-embed-text:latest", "qwen3:14b"])
    assert names(models) == ["ollama_chat/qwen3:14b", "builtin/companion"]
    assert models[0].api_base == OLLAMA


def test_the_built_in_model_can_be_chosen_over_all_keys() -> None:
    assert choose_models(Wanted(model="builtin/companion"), {"OPENAI_API_KEY": "sk-1"}, never_asked) == [BUILTIN]


def test_a_key_never_shows_in_a_repr() -> None:
    assert "sk-secret" not in repr(choose_models(Wanted(), {"OPENAI_API_KEY": "sk-secret"}, never_asked))


def test_the_models_that_keys_choose_are_known_to_the_price_list() -> None:
    from assistant.llm.door import load_litellm

    known = load_litellm().model_cost
    assert all(name in known or name.split("/", 1)[1] in known for _, name in choice.KEYS)


def test_ollama_tells_its_models_latest_first(provider: Running) -> None:
    assert choice.probe_ollama(provider.root) == ["nomic-embed-text:latest", "qwen3:14b"]


def test_no_ollama_is_no_error() -> None:
    assert choice.probe_ollama("http://127.0.0.1:9") == []
    assert choice.probe_ollama("nonsense") == []


def test_a_requested_model_comes_first_and_an_unknown_one_is_refused(db, settings: Any) -> None:
    settings.CHAT_MODEL, settings.CHAT_API_BASE = "qwen3:14b", "http://box:8000/v1"
    assert names(choice.models_for("chat")) == ["openai/qwen3:14b", "builtin/companion"]
    assert names(choice.models_for("chat", "builtin/companion"))[0] == "builtin/companion"
    assert names(choice.models_for("chat", "qwen3:14b"))[0] == "openai/qwen3:14b"
    with pytest.raises(UnknownModel):
        choice.models_for("chat", "gpt-99")


@pytest.mark.asyncio
async def test_trying_a_model_tells_what_is_wrong(scripted: Callable[[str], Model]) -> None:
    assert (await choice.test_model(scripted("plain"))).ok
    refused = await choice.test_model(scripted("401"))
    assert (refused.ok, refused.code) == (False, "refused_key")
    assert "refused this key" in refused.sentence
    gone = await choice.test_model(Model("openai/plain", api_base="http://127.0.0.1:9/v1"))
    assert "No answer from this address" in gone.sentence
    assert (await choice.test_model(BUILTIN)).ok
