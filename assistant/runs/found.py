"""Memories that a search by the model brought into an answer: each a line of its receipt, to be cited and led to like those that were recalled."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Max

from assistant.context.receipt import CITABLE
from assistant.models import ContextItem, Run, ToolCall
from assistant.tools.memory import SearchMemory
from memory import api as memory
from memory.api import LineKind, MemoryLine


def add_found(run: Run, calls: Sequence[ToolCall]) -> None:
    """Put each memory that a search of a finished step gave the model into the receipt, once; its tokens count with the result that it stands in."""
    items = ContextItem.objects.of(run.user_id).filter(run=run)
    there = {line.id for item in items.filter(kind__in=CITABLE) if (line := memory.read_line(item.text)) is not None}
    found: dict[str, MemoryLine] = {}
    for call in calls:
        if call.name == SearchMemory.name and call.state == ToolCall.State.DONE:
            lines = (memory.read_line(line) for line in call.result.splitlines())
            found |= {line.id: line for line in lines if line is not None and line.id not in there}
    messages = memory.messages_of_lines(run.user_id, [line for line in found.values() if line.kind == LineKind.TURN])
    versions = memory.versions_of_lines(run.user_id, found.values())
    last = items.aggregate(last=Max("position"))["last"] or 0
    ContextItem.objects.bulk_create(
        ContextItem(
            user_id=run.user_id,
            run=run,
            position=position,
            kind=ContextItem.Kind.FOUND,
            reference=str(messages.get(line.id, "")) if line.kind == LineKind.TURN else line.id,
            version=versions.get(line.id, 0),
            text=memory.write_line(line),
            tokens=0,
            reason="found by a tool",
        )
        for position, line in enumerate(found.values(), start=last + 1)
    )
