"""What may never be learned from, whatever is said in it."""

from __future__ import annotations

from memory.types import Turn

_SOURCES = frozenset({"paste", "tool", "file", "memory"})


def refusal(turn: Turn) -> str:
    """Why nothing may be learned from `turn`: `incognito`, `source`, `speaker`; empty when it may."""
    if turn.mode == "temporary":
        return "incognito"
    if turn.source in _SOURCES:
        return "source"
    if turn.role != "user":
        return "speaker"
    return ""
