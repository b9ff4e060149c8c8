"""Which models can call tools, and prompts for those that can't."""

from __future__ import annotations

import math
import re
import time
from collections.abc import Mapping, Sequence
from typing import Any

from assistant.llm.door import load_litellm
from assistant.llm.errors import ErrorCode, ProviderError
from assistant.llm.types import Model, ToolCall, ToolCallDelta

_COMPLAINT = re.compile(r"tool|function", re.IGNORECASE)
_PLAIN_COMPLAINT = re.compile(r"(?:does not|doesn't|do not) support (?:tool|function)", re.IGNORECASE)
_LATER = 600  # seconds
# Models that turned out not to take tools, by name and address, and until when (monotonic seconds) none are offered to them: those that say that they
# can't for the life of the process; where one tool's description may have been the trouble, for a while.
_refused: dict[tuple[str, str], float] = {}


def can_call_tools(model: Model) -> bool:
    """Whether a model may be offered tools: by litellm's tables, or a server of one's own that has not refused them. The built-in one has its own ways."""
    if model.is_builtin or time.monotonic() < _refused.get((model.name, model.api_base), 0):
        return False
    if model.api_base:
        return True
    try:
        return bool(load_litellm().supports_function_calling(model=model.name))
    except Exception:  # noqa: BLE001 - a name that is not in its tables
        return False


def note_refusal(model: Model, error: ProviderError) -> bool:
    """Whether `error` says that the model takes no tools, or not these; it is not offered any for a while, or from then on."""
    pattern = (
        _COMPLAINT if error.code == ErrorCode.BAD_REQUEST else _PLAIN_COMPLAINT
    )  # Ollama's refusal comes as a broken connection
    if not pattern.search(error.detail):
        return False
    cannot = _PLAIN_COMPLAINT.search(error.detail)
    _refused[model.name, model.api_base] = math.inf if cannot else time.monotonic() + _LATER
    return True


def join_call(calls: dict[tuple[int, int], ToolCall], piece: ToolCallDelta) -> None:
    """Add a piece of a tool call to those before it, by index and, since some servers number all calls of a step alike, by which of that index."""
    nth = max((nth for index, nth in calls if index == piece.index), default=0)
    old = calls.get((piece.index, nth), ToolCall("", "", ""))
    if piece.name and piece.id and old.id and piece.id != old.id:
        nth, old = nth + 1, ToolCall("", "", "")
    calls[piece.index, nth] = ToolCall(old.id or piece.id, old.name or piece.name, old.arguments + piece.arguments)


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
