"""The facts and turns that ranked best, as they stand in Postgres: read by id under row-level security, so that nothing is told that the arrays alone know."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from django.db import connection


class ToldTurn(NamedTuple):
    """What recall needs of one turn, and which facts it says (asserted or corrected in it)."""

    id: UUID
    seq: int
    conversation_id: UUID
    message_id: UUID | None
    role: str
    speaker: str
    source: str
    text: str
    said_at: float  # seconds since 1970, as is the next
    recorded_at: float
    version: int  # of memory, when the turn last changed
    fact_ids: Sequence[UUID]


class ToldFact(NamedTuple):
    """What recall needs of one fact, with its latest evidence."""

    id: UUID
    subject: str
    predicate: str
    value: str
    text: str
    status: str
    origin: str
    valid_from: date | None
    valid_to: date | None
    precision: str
    said_at: datetime | None
    expires_at: datetime | None
    is_under_review: bool
    support: int
    quote: str
    conversation_id: UUID | None
    message_id: UUID | None
    version: int


# date_part, not extract: that one reckons with numerics, which takes as long as the rest.
_TURNS = """
    SELECT id, seq, conversation_id, message_id, role, speaker, source, text, date_part('epoch', said_at), date_part('epoch', recorded_at), changed_version
    FROM memory_episode WHERE user_id = %(user)s AND id = ANY(%(turns)s::uuid[]) AND withdrawn_at IS NULL
"""
# By itself: joined to the turns it takes longer. IS NOT DISTINCT FROM: as long as Postgres has no statistics it would take the index by user otherwise,
# and read all evidence there is.
_SAID = """
    SELECT episode_id, fact_id FROM memory_evidence
    WHERE user_id IS NOT DISTINCT FROM %(user)s AND episode_id = ANY(%(turns)s::uuid[]) AND change IN ('asserts', 'corrects')
"""
# The latest evidence that says so; what ends or denies it only when there is no other.
_FACTS = """
    SELECT f.id, f.subject, f.predicate, f.value, f.text, f.status, f.origin, f.valid_from, f.valid_to, f.precision, f.said_at,
        f.expires_at, f.review_since IS NOT NULL, coalesce(v.support, 0), coalesce(v.quote, ''), e.conversation_id, e.message_id, f.version
    FROM memory_fact f
    LEFT JOIN (
        SELECT DISTINCT ON (fact_id) fact_id, episode_id, quote, count(*) OVER (PARTITION BY fact_id, change IN ('asserts', 'corrects')) AS support
        FROM memory_evidence WHERE user_id IS NOT DISTINCT FROM %(user)s AND fact_id = ANY(%(facts)s::uuid[])
        ORDER BY fact_id, change IN ('asserts', 'corrects') DESC, said_at DESC, id DESC
    ) v ON v.fact_id = f.id
    LEFT JOIN memory_episode e ON e.id = v.episode_id
    WHERE f.user_id = %(user)s AND f.id = ANY(%(facts)s::uuid[])
"""


def read(
    user_id: UUID, turns: Sequence[UUID], facts: Sequence[UUID], *, with_facts: bool
) -> tuple[dict[UUID, ToldTurn], dict[UUID, ToldFact]]:
    """The standing turns and facts among these. `with_facts`: look up which facts the turns say. In one round trip: it takes longer than to read them."""
    if not turns and not facts:
        return {}, {}
    wanted: dict[str, UUID | str] = {"user": user_id, "turns": _listed(turns), "facts": _listed(facts)}
    statements = [_TURNS, *([_SAID] if with_facts else []), *([_FACTS] if facts else [])]
    with connection.cursor() as cursor:
        cursor.execute(";".join(statements), wanted)
        rows = cursor.fetchall()
        said: dict[UUID, list[UUID]] = {}
        if with_facts and cursor.nextset():
            for turn, fact in cursor.fetchall():
                said.setdefault(turn, []).append(fact)
        told_turns = {row[0]: ToldTurn._make((*row, said.get(row[0], ()))) for row in rows}
        told_facts = {row[0]: ToldFact(*row) for row in cursor.fetchall()} if facts and cursor.nextset() else {}
    return told_turns, told_facts


def _listed(ids: Sequence[UUID]) -> str:
    """An array as Postgres reads it: the driver would look at each of them by itself."""
    return "{" + ",".join([f"{one.int:032x}" for one in ids]) + "}"
