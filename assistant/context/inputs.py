"""What a prompt is made of, as plain values. Gathered in one transaction (`gather`), laid out without any (`build`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from memory.api import MemoryLine, RecalledItem


@dataclass(frozen=True, slots=True)
class SentLine:
    """A line that an earlier prompt of this chat held beside its question, as it was sent. `kind` and `reference` are those of its receipt."""

    kind: str
    text: str
    reference: str = ""
    version: int = 0
    name: str = ""  # of a file
    is_seen: bool = False  # a picture that went along


@dataclass(frozen=True, slots=True)
class Beside:
    """What stood beside an earlier question. It stays there, so that the prompt only grows at its end."""

    run_id: UUID
    lines: tuple[SentLine, ...]


@dataclass(frozen=True, slots=True)
class PastTurn:
    """An earlier message of the shown branch, with forgotten words cut out already."""

    message_id: UUID
    role: str
    text: str
    beside: Beside | None = None
    version: int = 1  # 2 when words were cut out of it since


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """A file under the question. `size` is in bytes, width and height in pixels; `text` as far as it is kept, and whether that is not all of it."""

    id: UUID
    name: str
    media_type: str
    size: int
    text: str = ""
    is_cut: bool = False
    problem: str = ""
    width: int | None = None
    height: int | None = None

    @property
    def is_image(self) -> bool:
        return self.width is not None


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
    memory_state: str = "on"  # on, paused, off, temporary
    is_first_meeting: bool = False
    custom_instructions: str = ""
    project_instructions: str = ""
    profile: Sequence[MemoryLine] = ()
    profile_left: Sequence[MemoryLine] = ()  # what the room for it did not hold
    summary: str = ""
    summary_id: str = ""
    summary_version: int = 0
    turns: Sequence[PastTurn] = ()
    recalled: Sequence[RecalledItem] = ()
    passed: Sequence[RecalledItem] = ()  # found, and not sent for want of room
    actions: Sequence[str] = ()  # written lines
    understood: Sequence[MemoryLine] = ()
    files: Sequence[AttachedFile] = ()
    file_tokens: int = 0  # how much of the files' text may be sent
    can_see: bool = False  # whether the model takes pictures
    left_out: frozenset[str] = frozenset()  # references of items that this answer must do without
    tools: str = ""  # the definitions that are sent beside the messages, as text; empty when there are none
    step_by_step: bool = False  # ask a model that does not reason by itself to do so


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the receipt. `version` is that of what it tells (see `models.ContextItem`); `is_carried`: it stands in the prompt since an earlier
    question of this chat."""

    kind: str
    text: str
    tokens: int
    reference: str = ""
    version: int = 0
    reason: str = ""
    scores: Mapping[str, Any] = field(default_factory=dict)
    is_carried: bool = False


@dataclass(frozen=True, slots=True)
class Context:
    """The messages, and what is in them. `tokens` is the sum over the items, and what the messages take with the tools beside them."""

    messages: list[dict[str, str]]
    items: list[Item]
    tokens: int
    memories: int  # facts and earlier turns that went in
    pictures: Mapping[int, UUID] = field(default_factory=dict)  # by place of the message: the file that goes with it
