"""The version of a user's memory: raised by every write, so that caches know what changed; and the lock that makes writes take turns."""

from __future__ import annotations

import hashlib
from uuid import UUID

from django.db import connection


def lock_user(user_id: UUID) -> None:
    """Wait until no other transaction writes memory of this user. Held to the end of the transaction.

    The row of `MemoryState` is locked first: recording a turn holds it already when a command in that turn comes here, and whoever took the two the
    other way round would wait for it for ever.
    """
    digest = hashlib.blake2b(b"memory" + user_id.bytes, digest_size=8).digest()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM memory_memorystate WHERE user_id = %s FOR UPDATE", [user_id])
        if cursor.fetchone() is None:
            cursor.execute(
                "INSERT INTO memory_memorystate (user_id, version, erased_version, turns, total_length)"
                " VALUES (%s, 0, 0, 0, 0) ON CONFLICT (user_id) DO UPDATE SET version = memory_memorystate.version",
                [user_id],
            )
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int.from_bytes(digest, "big", signed=True)])


def raise_version(user_id: UUID, *, turns: int = 0, length: int = 0, erased: bool = False) -> tuple[int, int]:
    """Raise the memory version of a user, and number `turns` new turns. Returns (version, number of the last turn)."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO memory_memorystate AS state (user_id, version, erased_version, turns, total_length)
            VALUES (%(user)s, 1, %(erased)s, %(turns)s, %(length)s)
            ON CONFLICT (user_id) DO UPDATE SET
                version = state.version + 1,
                erased_version = CASE WHEN %(erased)s = 1 THEN state.version + 1 ELSE state.erased_version END,
                turns = state.turns + %(turns)s,
                total_length = state.total_length + %(length)s
            RETURNING version, turns
            """,
            {"user": user_id, "erased": int(erased), "turns": turns, "length": length},
        )
        version, last = cursor.fetchone()
    return int(version), int(last)
