"""Which models can call tools, and prompts for those that can't."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from assistant.llm.door import load_litellm
from assistant.llm.errors import ErrorCode, ProviderError
from assistant.llm.types import Model

_COMPLAINT = re.compile(r"tool|function", re.IGNORECASE)
_PLAIN_COMPLAINT = re.compile(r"(?:does not|doesn't|do not) support (?:tool|function)", re.IGNORECASE)
# Servers of one's own that turned out not to take tools; kept for the life of the process, by model and address.
_refused: set[tuple[str, str]] = set()


def can_call_tools(model: Model) -> bool:
    """Whether a model may be offered tools: by litellm's tables, or a server of one's own that has not refused them. The built-in one has its own ways."""
    if model.is_builtin or (model.name, model.api_base) in _refused:
        return False
    if model.api_base:
        return True
    try:
        return bool(load_litellm().supports_function_calling(model=model.name))
    except Exception:  # noqa: BLE001 - a name that is not in its tables
        return False


def note_refusal(model: Model, error: ProviderError) -> bool:
    """Whether `error` says that the model takes no tools; it is not offered any from then on."""
    pattern = (
        _COMPLAINT if error.code == ErrorCode.BAD_REQUEST else _PLAIN_COMPLAINT
    )  # Ollama's refusal comes as a broken connection
    if not pattern.search(error.detail):
        return False
    _refused.add((model.name, model.api_base))
    return True


def without_calls(messages: Sequence[Mapping[str, Any]], model: Model) -> list[dict[str, Any]]:
    """A prompt in which no call of a tool stands, for a model that is offered none: results become messages of data.

    The built-in model, which reads the last message as the question, gets none of them.
    """
    kept: list[dict[str, Any]] = []
    for message in messages:
        if message.get("role") == "tool":
            if not model.is_builtin:
                kept.append({"role": "user", "content": message["content"]})
        elif message.get("tool_calls"):
            if message.get("content") and not model.is_builtin:
                kept.append({"role": "assistant", "content": message["content"]})
        else:
            kept.append(dict(message))
    return kept
