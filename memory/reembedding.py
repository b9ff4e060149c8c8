"""Vectors of a remote embedder, made by a task, batch by batch, beside the local ones that serve until all are there.

A batch names its rows by what they lack, so a task that was killed goes on where it stopped. No transaction is held while the embedder answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import numpy as np
from django.db import connection, models
from numpy.typing import NDArray

from memory import conf, ports
from memory.episodes import LONGEST_EMBEDDED
from memory.facts.ledger import index_text
from memory.models import Fact, MemoryState, Vector
from memory.version import lock_user, raise_version
from profiles.owned import new_id

_TURNS = """
    SELECT e.id, e.changed_version, coalesce((
        SELECT p.text || ' ' FROM memory_episode p WHERE p.user_id = e.user_id AND p.conversation_id = e.conversation_id
            AND p.withdrawn_at IS NULL AND (p.said_at, p.seq) < (e.said_at, e.seq) ORDER BY p.said_at DESC, p.seq DESC LIMIT 1
    ), '') || e.text
    FROM memory_episode e WHERE e.user_id = %(user)s AND e.withdrawn_at IS NULL
        AND NOT EXISTS (SELECT 1 FROM memory_vector v WHERE v.episode_id = e.id AND v.model = %(model)s)
    ORDER BY e.seq LIMIT %(most)s
"""


@dataclass(frozen=True, slots=True)
class Lacking:
    """A turn or a fact without a vector of the remote embedder, as it was read."""

    id: UUID
    changed_version: int
    text: str
    is_fact: bool


def lacking(user_id: UUID, remote: ports.RemoteEmbedder) -> list[Lacking]:
    """The next few that lack a vector: turns in their order, then facts."""
    with connection.cursor() as cursor:
        cursor.execute(_TURNS, {"user": user_id, "model": remote.name, "most": conf.embed_batch()})
        turns = [Lacking(turn, version, text[:LONGEST_EMBEDDED], False) for turn, version, text in cursor.fetchall()]
    if turns:
        return turns
    known = Vector.objects.of(user_id).filter(fact_id=models.OuterRef("pk"), model=remote.name)
    facts = Fact.objects.of(user_id).shown().exclude(models.Exists(known)).order_by("pk")[: conf.embed_batch()]
    return [Lacking(fact.pk, fact.changed_version, index_text(fact), True) for fact in facts]


def store(user_id: UUID, remote: ports.RemoteEmbedder, batch: Sequence[Lacking], vectors: NDArray[np.float32]) -> None:
    """Keep the vectors of what is still as it was read; what changed or was forgotten meanwhile lacks one again and comes with a later batch."""
    lock_user(user_id)
    table, column = ("memory_fact", "fact_id") if batch[0].is_fact else ("memory_episode", "episode_id")
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            INSERT INTO memory_vector (id, user_id, {column}, model, dimensions, halfvec)
            SELECT new.id, %s, new.owner, %s, %s, new.vector::halfvec
            FROM unnest(%s::uuid[], %s::uuid[], %s::bigint[], %s::text[]) AS new(id, owner, version, vector)
            JOIN {table} t ON t.id = new.owner AND t.user_id = %s AND t.changed_version = new.version
            ON CONFLICT DO NOTHING RETURNING {column}
            """,  # noqa: S608 - one of two names
            [
                *(user_id, remote.name, vectors.shape[1], [new_id() for _ in batch]),
                *([one.id for one in batch], [one.changed_version for one in batch]),
                [str(row.tolist()) for row in vectors],
                user_id,
            ],
        )
        stored = [row[0] for row in cursor.fetchall()]
        if stored and MemoryState.objects.of(user_id).filter(embedder=remote.name).exists():
            version, _ = raise_version(user_id)  # arrays of this embedder are in use: they catch up by it
            cursor.execute(
                f"UPDATE {table} SET changed_version = %s WHERE user_id = %s AND id = ANY(%s)",  # noqa: S608
                [version, user_id, stored],
            )


def serve(user_id: UUID, remote: ports.RemoteEmbedder) -> bool:
    """Let the remote embedder serve from now on, and drop the vectors of earlier remote ones. False when something lacks a vector again."""
    lock_user(user_id)
    if lacking(user_id, remote):
        return False
    state = MemoryState.objects.of(user_id)
    state.update(embedder=remote.name, embedded_version=models.F("version"))
    Vector.objects.of(user_id).exclude(model__in=[remote.name, ports.embedder().name]).delete()
    return True


def behind(remote: ports.RemoteEmbedder, *, limit: int = 500) -> list[UUID]:
    """Users whose vectors are not complete. Call it inside `as_system`."""
    rows = MemoryState.objects.across_users("embed anew").filter(
        ~models.Q(embedder=remote.name) | models.Q(embedded_version__lt=models.F("version"))
    )
    return list(rows.values_list("user_id", flat=True)[:limit])


def progress(user_id: UUID) -> tuple[int, int]:
    """(turns and facts that have a vector of the remote embedder, all of them). Both 0 when no remote embedder is set."""
    remote = ports.remote_embedder()
    if remote is None:
        return 0, 0
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT count(*) FROM memory_vector WHERE user_id = %(user)s AND model = %(model)s),"
            " (SELECT count(*) FROM memory_episode WHERE user_id = %(user)s AND withdrawn_at IS NULL)"
            " + (SELECT count(*) FROM memory_fact WHERE user_id = %(user)s AND status <> 'withdrawn')",
            {"user": user_id, "model": remote.name},
        )
        done, everything = cursor.fetchone()
    return min(done, everything), everything
