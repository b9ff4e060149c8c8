"""Turns that mean what somebody searches for, whatever their words: for a search over chats, not for a prompt."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from memory.recall.found import RelatedTurn
from memory.recall.fuse import VECTOR
from memory.recall.rank import CLOSE
from memory.recall.recall import search


def related_turns(user_id: UUID, query: str, *, at: datetime, limit: int = 30) -> list[RelatedTurn]:
    """What the user and the assistant said that is near `query` in meaning, nearest first; only what memory still holds. No language model.

    What belongs to an isolated project is left out. A remote embedder must have been asked before: see `prepare_recall`.
    """
    found = sorted(_near(user_id, query, at=at), key=lambda turn: -turn.closeness)
    return found[:limit]


def _near(user_id: UUID, query: str, *, at: datetime) -> Iterator[RelatedTurn]:
    for item in search(user_id, query, at=at).items:
        closeness = item.score.channels.get("vector", 0.0) / VECTOR
        if item.kind == "turn" and item.message_id and closeness >= CLOSE:
            yield RelatedTurn(item.message_id, closeness)
