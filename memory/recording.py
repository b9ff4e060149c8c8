"""Record turns: the words, their terms and their vector at once, so that they can be recalled on the very next turn.

One statement writes whatever belongs to the turns of one call: it numbers them by the row of the user's memory (which makes writers take turns), and
stores turns, vectors and the job that is due. A batch costs one round trip as a single turn does: a turn's vector is of its own words, and what stood
before it is added when the arrays are read (see `recall.contexts`).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

import numpy as np
from django.db import connection

from memory import ports
from memory.episodes import indexed_text, turn_of
from memory.models import Episode, MemoryJob
from memory.secrets import find_secrets, masked
from memory.terms import index
from memory.types import USER_SCOPE, MemoryScope, Mode, Role, Said, Source, Turn
from profiles.owned import new_id

_LONGEST_SPEAKER = 80
_FINE = 10_000  # steps of a unit: finer than half precision for any text of a word or more

# A function of the database (migration 0009), because it keeps its plans: planning these statements anew took longer than running them.
_WRITE = "SELECT episode, number FROM memory_record_turns(%s, %s, %s, %s, %s, %s, %s)"


@dataclass(frozen=True, slots=True)
class _Row:
    """A turn as it will be stored."""

    turn: Turn
    id: UUID
    is_read: bool
    imported_in: UUID | None


def record_turn(
    user_id: UUID,
    *,
    conversation_id: UUID,
    message_id: UUID | None,
    role: Role,
    text: str,
    at: datetime,
    speaker: str = "",
    scope: MemoryScope = USER_SCOPE,
    source: Source = "typed",
    pasted: Sequence[tuple[int, int]] = (),
    mode: Mode = "normal",
) -> Turn:
    """Keep one turn: from now on it can be recalled, and for the user's own words an ingest job is due.

    `at` is when it was said. `pasted` are character spans of `text` that the user did not write. Secrets are masked before anything is stored.
    A turn of a temporary conversation, a blank one, or the injected memory block (source "memory") is not kept: the Turn then has no `episode_id`.
    The same `message_id` again returns the turn that stands.
    """
    said = Said(conversation_id, message_id, role, text, at, speaker, scope, source, tuple(pasted), mode)
    return record_turns(user_id, [said], at=at)[0]


def record_turns(user_id: UUID, said: Sequence[Said], *, at: datetime) -> list[Turn]:
    """Keep many turns in one statement, as `record_turn` keeps one; the answer is in the order of `said`.

    `at` is when they are recorded. A message id that stands, or stands twice in `said`, is kept once. Up to about a thousand turns a call.
    """
    turns = [_turn(user_id, one) for one in said]
    kept = [place for place, turn in enumerate(turns) if _is_kept(turn)]
    if not kept:
        return turns
    first: dict[UUID | None, int] = {}
    once = [
        place
        for place in kept
        if turns[place].message_id is None or first.setdefault(turns[place].message_id, place) == place
    ]
    rows = [
        _Row(turns[place], said[place].id or new_id(), said[place].is_read, said[place].imported_in) for place in once
    ]
    numbers = _write(user_id, rows, at=at)
    for place, row in zip(once, rows, strict=True):
        if row.id in numbers:
            turns[place] = _numbered(row, numbers[row.id])
    _fill_known(user_id, turns, kept)
    return turns


def _turn(user_id: UUID, said: Said) -> Turn:
    """What is said, with secrets masked and places that were pasted where they are then."""
    text = said.text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")  # as Postgres can hold it
    secrets = find_secrets(text)
    safe = masked(text, secrets)
    spans = said.pasted
    if spans and (secrets or len(text) != len(said.text)):
        spans = ((0, len(safe)),)  # a mask has another length: widened to be on the safe side
    return Turn(
        user_id=user_id,
        conversation_id=said.conversation_id,
        message_id=said.message_id,
        role=said.role,
        text=safe,
        said_at=said.at,
        speaker=said.speaker.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")[:_LONGEST_SPEAKER],
        source=said.source,
        pasted=tuple((max(0, start), min(len(safe), end)) for start, end in spans if start < end),
        mode=said.mode,
        scope=said.scope,
        had_secret=bool(secrets),
        is_imported=said.imported_in is not None,
    )


def _is_kept(turn: Turn) -> bool:
    return turn.mode != "temporary" and turn.source != "memory" and bool(turn.text.strip())


def _write(user_id: UUID, rows: Sequence[_Row], *, at: datetime) -> dict[UUID, int]:
    """Store the rows whose message does not stand yet. The number of each, by id; the others are missing."""
    embedder = ports.embedder()
    own = [indexed_text(row.turn.speaker, row.turn.text) for row in rows]
    jobs = [MemoryJob.Kind.INGEST] if any(row.turn.role == "user" and not row.is_read for row in rows) else []
    vectors: list[str | None] = [None] * len(rows)
    if embedder.is_local:
        vectors = _vectors(embedder, [row.turn.text for row in rows])
    else:
        jobs.append(MemoryJob.Kind.EMBED)
    given = [
        {
            "place": place,
            "id": str(row.id),
            "scope_kind": row.turn.scope.kind.value,
            "scope_id": str(row.turn.scope.id) if row.turn.scope.id else None,
            "conversation_id": str(row.turn.conversation_id),
            "message_id": str(row.turn.message_id) if row.turn.message_id else None,
            "role": row.turn.role,
            "speaker": row.turn.speaker,
            "source": row.turn.source,
            "text": row.turn.text,
            "pasted": [edge for span in row.turn.pasted for edge in span],
            "said_at": row.turn.said_at.isoformat(),
            "terms": f"\\x{index(user_id, text).hex()}",
            "vector": vector,
            "vector_id": str(new_id()),  # not a random one of the database's: those are written all over the index
            "is_read": row.is_read,
            "imported_in_id": str(row.imported_in) if row.imported_in else None,
        }
        for place, (row, text, vector) in enumerate(zip(rows, own, vectors, strict=True), start=1)
    ]
    due = [{"id": str(new_id()), "kind": str(job)} for job in jobs]
    with connection.cursor() as cursor:
        cursor.execute(
            _WRITE,
            [user_id, at, embedder.name, embedder.dimensions, _FINE, json.dumps(given), json.dumps(due)],
        )
        return {UUID(str(row[0])): int(row[1]) for row in cursor.fetchall()}


def _vectors(embedder: ports.Embedder, texts: Sequence[str]) -> list[str | None]:
    """The sums of the texts' words as the database reads them, in steps of a `_FINE`th; None for a text without any known word."""
    # Whole numbers are written and read in half the time; the database divides them.
    rows = np.rint(embedder.sums(texts) * _FINE).astype(np.int32).tolist()
    return [str(numbers) if any(numbers) else None for numbers in rows]


def _numbered(row: _Row, seq: int) -> Turn:
    return replace(row.turn, episode_id=row.id, seq=seq, mode="normal")


def _fill_known(user_id: UUID, turns: list[Turn], kept: Sequence[int]) -> None:
    """Those of a message that stands: as they stand."""
    missing = [place for place in kept if turns[place].episode_id is None]
    if not missing:
        return
    stored = {
        episode.message_id: turn_of(episode)
        for episode in Episode.objects.of(user_id).filter(message_id__in=[turns[place].message_id for place in missing])
    }
    for place in missing:
        turns[place] = stored[turns[place].message_id]
