"""The facts and turns that ranked best, as they stand in Postgres: read by id under row-level security, so that nothing is told that the arrays alone know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
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
    said_at: float  # seconds since 1970, as is the next
    recorded_at: float
    version: int  # of memory, when the turn last changed
    fact_ids: tuple[UUID, ...]


_TURNS = """
    SELECT e.id, seq, conversation_id, message_id, role, speaker, source, text, extract(epoch FROM said_at)::float8,
        extract(epoch FROM recorded_at)::float8, changed_version, {facts}
    FROM memory_episode e {said} WHERE e.user_id = %(user)s AND e.id = ANY(%(ids)s::uuid[]) AND withdrawn_at IS NULL
"""
# Read once for all of them: a look for each turn took as long as the turns.
_SAID = """
    LEFT JOIN (
        SELECT episode_id, array_agg(fact_id) AS facts FROM memory_evidence
        WHERE user_id = %(user)s AND episode_id = ANY(%(ids)s::uuid[]) AND change IN ('asserts', 'corrects') GROUP BY episode_id
    ) said ON said.episode_id = e.id
"""
_ALONE = _TURNS.format(facts="'{}'::uuid[]", said="")
_WITH_FACTS = _TURNS.format(facts="coalesce(said.facts, '{}')", said=_SAID)


def read_turns(user_id: UUID, ids: Sequence[UUID], *, with_facts: bool) -> dict[UUID, ToldTurn]:
    """The standing turns among `ids`. `with_facts`: look up which facts they say."""
    if not ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_WITH_FACTS if with_facts else _ALONE, {"user": user_id, "ids": _listed(ids)})
        return {row[0]: ToldTurn(*(*row[:-1], tuple(row[-1]))) for row in cursor.fetchall()}


def _listed(ids: Sequence[UUID]) -> str:
    """An array as Postgres reads it: the driver would look at each of them by itself."""
    return "{" + ",".join(map(str, ids)) + "}"


@dataclass(frozen=True, slots=True)
class ToldFact:
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


def read_facts(user_id: UUID, ids: Sequence[UUID]) -> dict[UUID, ToldFact]:
    """The facts among `ids`. The latest evidence that says so; what ends or denies it only when there is no other."""
    if not ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT f.id, f.subject, f.predicate, f.value, f.text, f.status, f.origin, f.valid_from, f.valid_to, f.precision, f.said_at,
                f.expires_at, f.review_since IS NOT NULL, coalesce(v.support, 0), coalesce(v.quote, ''), e.conversation_id, e.message_id, f.version
            FROM memory_fact f
            LEFT JOIN LATERAL (
                SELECT episode_id, quote,
                    count(*) OVER (PARTITION BY change IN ('asserts', 'corrects')) AS support
                FROM memory_evidence WHERE fact_id = f.id
                ORDER BY change IN ('asserts', 'corrects') DESC, said_at DESC, id DESC LIMIT 1
            ) v ON true
            LEFT JOIN memory_episode e ON e.id = v.episode_id
            WHERE f.user_id = %s AND f.id = ANY(%s::uuid[])
            """,
            [user_id, _listed(ids)],
        )
        return {row[0]: ToldFact(*row) for row in cursor.fetchall()}
