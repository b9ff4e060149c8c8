"""What is told of calls of tools: to the model, as data between marks; to the receipt, as it was sent; to viewers, in short."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from assistant.context.layout import mark_key
from assistant.models import ToolCall
from assistant.tools.base import Tool
from memory.api import neutralise

State = ToolCall.State
SHORT = 160  # characters of a result in an event


def as_messages(rows: Sequence[ToolCall]) -> list[dict[str, Any]]:
    """A finished step as messages: what the model said and called, and what each call gave, between marks that no text can forge."""
    calls = [
        {"id": row.reference, "type": "function", "function": {"name": row.name, "arguments": _sent_arguments(row)}}
        for row in rows
    ]
    said = neutralise(rows[0].said) if rows[0].said else None
    results = [
        {"role": "tool", "tool_call_id": row.reference, "name": row.name, "content": framed(row)} for row in rows
    ]
    return [{"role": "assistant", "content": said, "tool_calls": calls}, *results]


def framed(row: ToolCall) -> str:
    """A result as it is sent: data, marked as such."""
    mark = f"{row.name} {mark_key('run', row.run_id)}"
    return f"⟦result:{mark}⟧\n{neutralise(_told(row))}\n⟦/result:{mark}⟧"


def as_sent(row: ToolCall) -> str:
    """A call as its line of the receipt has it: what the model had said before, what it called with what, and what it was given."""
    return "\n".join(filter(None, [neutralise(row.said), f"{row.name} {_sent_arguments(row)}", framed(row)]))


def _told(row: ToolCall) -> str:
    match row.state:
        case State.DONE:
            return row.result
        case State.REFUSED:
            return "The person did not allow this, and it was not done. Do not try it in another way."
    return f"Not done: {row.result}"


def _sent_arguments(row: ToolCall) -> str:
    """What can't be read is not sent back: some providers refuse a whole prompt for it."""
    try:
        return row.arguments if isinstance(json.loads(row.arguments), dict) else "{}"
    except ValueError:
        return "{}"


def call_event(row: ToolCall, tool: Tool | None) -> dict[str, Any]:
    """Which call it is."""
    return {"call": str(row.id), "name": row.name, "label": str(tool.label) if tool else row.name, "step": row.step}


def finished_event(row: ToolCall) -> dict[str, Any]:
    """How a call ended, in short."""
    return {"call": str(row.id), "name": row.name, "state": row.state, "text": " ".join(row.result.split())[:SHORT]}


def waiting_event(row: ToolCall, tool: Tool | None) -> dict[str, Any]:
    """What the person has to decide on."""
    shown = {"arguments": row.arguments, "preview": row.preview, "digest": row.digest, "why": row.why_asked}
    return {**call_event(row, tool), **shown}
