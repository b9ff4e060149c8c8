"""How many tokens a text is for a model, and how many of them a prompt may spend on what; offline, by litellm's tables."""

from __future__ import annotations

import contextlib
import hashlib
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import Any

from assistant.conf import context_window_tokens, file_tokens
from assistant.llm.door import load_litellm
from assistant.llm.types import Model

Messages = Sequence[Mapping[str, Any]]
SHORTEST_HISTORY, USUAL_HISTORY, LONGEST_HISTORY = 3000, 8000, 16_000  # tokens of earlier turns in a prompt
SMALLEST_FILES, USUAL_FILES, MOST_FILES = 1500, 6000, 16_000  # of the files of a message


def count_tokens(text: str | Messages, model: Model) -> int:
    """How many tokens `text`, or whole messages, are for `model`; offline, near enough where its own tokeniser is not at hand."""
    if model.is_builtin:
        return _count_plainly(text)
    if isinstance(text, str):
        return _count_once(text, model)
    litellm = load_litellm()
    try:
        return int(litellm.token_counter(model=model.name, messages=list(text)))
    except Exception:  # noqa: BLE001 - a strange model name or content must not cost the answer
        return _count_plainly(text)


_counted: OrderedDict[bytes, int] = OrderedDict()  # by digest: no text is kept
_MOST_COUNTED = 20_000


def _count_once(text: str, model: Model) -> int:
    """The same lines are counted again at each turn of a chat, at 0.2 ms a line: hence a memory."""
    key = hashlib.blake2b(f"{model.name}\n{text}".encode("utf-8", "surrogatepass"), digest_size=16).digest()
    if (known := _counted.get(key)) is not None:
        return known
    try:
        found = int(load_litellm().token_counter(model=model.name, text=text))
    except Exception:  # noqa: BLE001 - as below
        found = _count_plainly(text)
    _counted[key] = found
    if len(_counted) > _MOST_COUNTED:
        with contextlib.suppress(KeyError):
            _counted.popitem(last=False)  # whichever came first: threads share this, and none has to wait
    return found


def _count_plainly(text: str | Messages) -> int:
    """Four characters a token, as a rule of thumb; at least one for anything."""
    words = text if isinstance(text, str) else "".join(str(message.get("content") or "") for message in text)
    return -(-len(words) // 4)


def history_window(model: Model) -> int:
    """How many tokens of earlier turns go into a prompt: what the operator set, else an eighth of the model's window, within reason."""
    if fixed := context_window_tokens():
        return fixed
    if model.is_builtin or model.name.startswith("ollama"):
        return SHORTEST_HISTORY  # Ollama cuts what is over its own, smaller limit without a word
    known = _window_of(model)
    return max(SHORTEST_HISTORY, min(LONGEST_HISTORY, known // 8)) if known else USUAL_HISTORY


def file_window(model: Model) -> int:
    """How many tokens of the files of a message go into a prompt: what the operator set, else an eighth of the model's window, within reason."""
    if fixed := file_tokens():
        return fixed
    if model.is_builtin:
        return 0
    if model.name.startswith("ollama"):
        return SMALLEST_FILES
    known = _window_of(model)
    return max(SMALLEST_FILES, min(MOST_FILES, known // 8)) if known else USUAL_FILES


def _window_of(model: Model) -> int:
    """Its tokens by litellm's tables; 0 where they don't know it."""
    try:
        return int(load_litellm().get_model_info(model.name).get("max_input_tokens") or 0)
    except Exception:  # noqa: BLE001 - it raises a plain Exception for a model that is not in its tables
        return 0
