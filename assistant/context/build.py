"""From what is known to the messages that a model gets, and the list of what went in. Pure: no database, no clock, no model."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from assistant.context.layout import PERSONA, mark_key
from memory.api import BlockName, MemoryLine, RecalledItem, neutralise, read_line, write_block, write_line


@dataclass(frozen=True, slots=True)
class PastTurn:
    """An earlier message of the shown branch, with forgotten words cut out already."""

    message_id: UUID
    role: str
    text: str


@dataclass(frozen=True, slots=True)
class ContextInputs:
    """All that a prompt is made of. `now` is aware; texts are as stored."""

    conversation_id: UUID
    run_id: UUID
    question: str
    now: datetime
    zone: ZoneInfo
    language: str
    name: str = ""
    memory_state: str = "on"  # on, paused, temporary
    is_first_meeting: bool = False
    custom_instructions: str = ""
    profile: Sequence[MemoryLine] = ()
    summary: str = ""
    summary_id: str = ""
    turns: Sequence[PastTurn] = ()
    recalled: Sequence[RecalledItem] = ()
    actions: Sequence[str] = ()  # written lines
    understood: Sequence[MemoryLine] = ()
    left_out: frozenset[str] = frozenset()  # references of items that this answer must do without


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the receipt."""

    kind: str
    text: str
    tokens: int
    reference: str = ""
    version: int = 0
    reason: str = ""
    scores: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Context:
    """The messages, and what is in them. `tokens` is the sum over the items."""

    messages: list[dict[str, str]]
    items: list[Item]
    tokens: int
    memories: int  # facts and earlier turns that went in


def build_context(inputs: ContextInputs, *, count: Callable[[str], int]) -> Context:
    """Lay the prompt out (`layout`). `count` counts the tokens of a text for the chosen model."""
    messages: list[dict[str, str]] = []
    items: list[Item] = []

    def say(role: str, content: str) -> None:
        messages.append({"role": role, "content": content})

    def note(kind: str, text: str, **more: Any) -> None:
        items.append(Item(kind=kind, text=text, tokens=count(text), **more))

    system = PERSONA
    if inputs.custom_instructions:
        system = f"{PERSONA}\n\nThe person asked for this in their settings:\n{inputs.custom_instructions}"
    say("system", system)
    note("instructions", system)

    stable = mark_key("conversation", inputs.conversation_id)
    profile = [line for line in inputs.profile if line.id not in inputs.left_out]
    if profile:
        say("user", write_block(BlockName.PROFILE, profile, key=stable))
        for line in profile:
            note("profile", write_line(line), reference=line.id, reason="always sent")
    if inputs.summary and inputs.summary_id not in inputs.left_out:
        say("user", write_block(BlockName.SUMMARY, inputs.summary.splitlines(), key=stable))
        note("summary", inputs.summary, reference=inputs.summary_id, reason="earlier in this chat")

    for turn in inputs.turns:
        text = neutralise(turn.text)
        say(turn.role, text)
        note("turn", text, reference=str(turn.message_id), reason="earlier in this chat")

    late = _late_blocks(inputs, profile, note)
    say("user", "\n".join(late))
    say("user", neutralise(inputs.question))
    note("turn", neutralise(inputs.question), reason="the question")
    memories = len(profile) + sum(1 for item in items if item.kind in ("fact", "episode"))
    return Context(messages, items, sum(item.tokens for item in items), memories)


def _late_blocks(inputs: ContextInputs, profile: Sequence[MemoryLine], note: Callable[..., None]) -> list[str]:
    """What belongs to this question alone."""
    fresh = mark_key("run", inputs.run_id)
    late: list[str] = []
    shown = {line.id for line in profile}
    recalled = [item for item in inputs.recalled if item.line.id not in shown and item.line.id not in inputs.left_out]
    if recalled:
        late.append(write_block(BlockName.RECALLED, [item.line for item in recalled], key=fresh))
        for item in recalled:
            note(
                "fact" if item.kind == "fact" else "episode",
                write_line(item.line),
                reference=str(item.id if item.kind == "fact" else item.message_id or item.id),
                reason=item.reason,
                scores={**item.score.channels, "total": item.score.total},
            )
    done = [line for line in (read_line(text) for text in inputs.actions) if line is not None]
    done += inputs.understood
    if done:
        late.append(write_block(BlockName.ACTIONS, done, key=fresh))
        for line in done:
            note("action", write_line(line), reference=line.id, reason="what was done with this message")
    now = _now(inputs)
    late.append(write_block(BlockName.NOW, [now], key=fresh))
    note("now", now, reason="date and place")
    return late


def _now(inputs: ContextInputs) -> str:
    local = inputs.now.astimezone(inputs.zone)
    words = [
        f"date={local:%Y-%m-%d}",
        f"weekday={local:%A}",
        f"time={local:%H:%M}",
        f"zone={inputs.zone.key}",
        f"language={inputs.language}",
        f"memory={inputs.memory_state}",
        *(["first_meeting=yes"] if inputs.is_first_meeting else []),
        "link_memory=/memory/",
        "link_models=/settings/models/",
    ]
    return " ".join(words)
