"""The turns that ranked best, as they stand in Postgres: read by id under row-level security, so that nothing is told that the arrays alone know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection


@dataclass(frozen=True, slots=True)
class ToldTurn:
    """What recall needs of one turn, and which facts it says (asserted or corrected in it)."""

    id: UUID
    seq: int
    conversation_id: UUID
    message_id: UUID | None
    role: str
    speaker: str
    source: str
    text: str
    said_at: datetime
    recorded_at: datetime
    fact_ids: tuple[UUID, ...]


def read_turns(user_id: UUID, ids: Sequence[UUID]) -> dict[UUID, ToldTurn]:
    """The standing turns among `ids`."""
    if not ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT e.id, e.seq, e.conversation_id, e.message_id, e.role, e.speaker, e.source, e.text, e.said_at, e.recorded_at,
                ARRAY(SELECT v.fact_id FROM memory_evidence v WHERE v.episode_id = e.id AND v.change IN ('asserts', 'corrects'))
            FROM memory_episode e WHERE e.user_id = %s AND e.id = ANY(%s) AND e.withdrawn_at IS NULL
            """,
            [user_id, list(ids)],
        )
        turns = [ToldTurn(*row[:10], tuple(row[10])) for row in cursor.fetchall()]
    return {turn.id: turn for turn in turns}
