"""What the files of every assistant come down to: chats with what was said in them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from assistant.exceptions import AssistantError


@dataclass(frozen=True, slots=True)
class FileElsewhere:
    """A file under a message: its name, and its bytes as base64 once they were found in the archive."""

    name: str
    path: str  # in the archive
    data: str = ""


@dataclass(frozen=True, slots=True)
class SaidElsewhere:
    """One message. `key` and `parent` name messages within their chat; `at` is in seconds since 1970."""

    key: str
    parent: str
    role: str  # user or assistant
    text: str
    at: float
    files: tuple[FileElsewhere, ...] = ()


@dataclass(frozen=True, slots=True)
class ChatElsewhere:
    """One chat, its messages so that a parent stands before its children; `leaf` is the message that was shown last."""

    key: str
    title: str
    begun: float
    messages: tuple[SaidElsewhere, ...]
    leaf: str = ""

    def plain(self) -> dict[str, Any]:
        return asdict(self)


def chat_of(row: dict[str, Any]) -> ChatElsewhere:
    """The chat again from its plain form."""
    messages = (
        SaidElsewhere(**{**message, "files": tuple(FileElsewhere(**file) for file in message["files"])})
        for message in row["messages"]
    )
    return ChatElsewhere(**{**row, "messages": tuple(messages)})


class NotReadable(AssistantError):
    """The file is none that is known. `reason` is a short name: see `assistant/web/words.py`."""

    code = "not-readable"

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def seconds(value: object, otherwise: float = 0.0) -> float:
    """A time as files write it, seconds or milliseconds since 1970 or ISO 8601 (without a zone: UTC), as seconds since 1970."""
    if isinstance(value, bool) or value is None:
        return otherwise
    if isinstance(value, (int, float)):
        return float(value) / 1000 if value > 10**11 else float(value)
    try:
        moment = datetime.fromisoformat(str(value))
    except ValueError:
        return otherwise
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


def text_in(value: object) -> str:
    """The words of a message: a text, or a list of parts of which only the texts are taken."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return "\n\n".join(part for part in map(_part, value) if part)
    return ""


def _part(part: object) -> str:
    if isinstance(part, str):
        return part.strip()
    if isinstance(part, dict) and part.get("type", "text") == "text" and isinstance(part.get("text"), str):
        return str(part["text"]).strip()
    return ""


def in_order(messages: list[SaidElsewhere]) -> tuple[SaidElsewhere, ...]:
    """The messages so that each stands after its parent; one whose parent is not there begins a branch of its own."""
    known = {message.key for message in messages}
    children: dict[str, list[SaidElsewhere]] = {}
    for message in messages:
        parent = message.parent if message.parent in known and message.parent != message.key else ""
        children.setdefault(parent, []).append(message)
    found: list[SaidElsewhere] = []
    waiting = list(reversed(children.get("", [])))
    while waiting:
        message = waiting.pop()
        found.append(message)
        waiting += reversed(children.get(message.key, []))
    return tuple(found)
