"""Build one user's arrays from Postgres, which stays the truth, and bring them up to date with what was written since."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from memory import ports
from memory.recall import meaning
from memory.recall.arrays import COLUMNS, Block, Rows, Turns, columns_of, joined, prepared
from memory.recall.contexts import Halves, packed, read_rows, together, with_before
from memory.terms import TERM_BYTES

_CHUNK = 8000
_TAIL = 1000  # so many new turns stand in a block of their own before they are joined to the rest
_NAME = "[[:lower:],;] [[:upper:]][[:lower:][:upper:]]"  # a capital inside a sentence
_QUOTES = '["“”„«»]'
_PLACES = r"\m([Ii]n|[Aa]t|[Tt]o|[Ff]rom|[Nn]ear|[Aa]round|nach|aus|en|til|fra|i|a)\s+(the\s+)?[[:upper:]][[:lower:]]"
_PATTERNS = {"name": _NAME, "quotes": _QUOTES, "places": _PLACES}
_COLUMNS = """
    SELECT string_agg(uuid_send(e.id), ''::bytea ORDER BY e.seq), string_agg(int8send(e.seq), ''::bytea ORDER BY e.seq),
        array_agg(e.conversation_id::text ORDER BY e.seq),
        string_agg(float8send(date_part('epoch', e.said_at)), ''::bytea ORDER BY e.seq),
        array_agg(e.speaker ORDER BY e.seq), array_agg(e.scope_kind || coalesce(e.scope_id::text, '') ORDER BY e.seq),
        string_agg(int4send(octet_length(e.terms)), ''::bytea ORDER BY e.seq),
        string_agg(int4send((e.role = 'user')::int + 2 * (right(rtrim(e.text), 1) = '?')::int + 4 * (e.text ~ '[0-9]')::int
            + 8 * (v.id IS NOT NULL)::int + 16 * (e.text ~ %(quotes)s)::int + 32 * (e.text ~ %(places)s)::int), ''::bytea ORDER BY e.seq),
        string_agg(int4send(length(e.text) - length(replace(e.text, ' ', '')) + 1), ''::bytea ORDER BY e.seq),
        string_agg(int4send(regexp_count(left(e.text, 4000), %(name)s)), ''::bytea ORDER BY e.seq),
        string_agg(e.terms, ''::bytea ORDER BY e.seq), string_agg(halfvec_send(v.halfvec), ''::bytea ORDER BY e.seq)
"""
_BEFORE = """
    , string_agg(int4send((b.halfvec IS NOT NULL)::int), ''::bytea ORDER BY e.seq), string_agg(halfvec_send(b.halfvec), ''::bytea ORDER BY e.seq)
"""
_STANDING = "WHERE e.user_id = %(user)s AND e.withdrawn_at IS NULL"
_ALL = (
    f"{_COLUMNS} FROM memory_episode e LEFT JOIN memory_vector v ON v.episode_id = e.id AND v.model = %(model)s"
    f" {_STANDING} AND e.seq > %(low)s AND e.seq <= %(high)s"
)
# How many turns are new Postgres cannot know and guesses high: without OFFSET 0 it reads all vectors of the user (12 ms) for the one of a new turn.
_FEW = (
    f"{_COLUMNS} {_BEFORE} FROM memory_episode e LEFT JOIN LATERAL"  # noqa: S608 - no part of it comes from outside
    " (SELECT id, halfvec FROM memory_vector WHERE episode_id = e.id AND model = %(model)s OFFSET 0) v ON true LEFT JOIN LATERAL ("
    "  SELECT pv.halfvec FROM (SELECT p.id FROM memory_episode p WHERE p.user_id = e.user_id AND p.withdrawn_at IS NULL"
    "   AND p.conversation_id >= e.conversation_id AND (p.conversation_id, p.said_at, p.seq) < (e.conversation_id, e.said_at, e.seq)"
    "   ORDER BY p.conversation_id DESC, p.said_at DESC, p.seq DESC LIMIT 1) p"
    "  JOIN memory_vector pv ON pv.episode_id = p.id AND pv.model = %(model)s OFFSET 0) b ON true"
    f" {_STANDING}"
)
_CHANGED = f"{_FEW} AND e.changed_version > %(version)s"
_THESE = f"{_FEW} AND e.id = ANY(%(ids)s::uuid[])"


@dataclass(frozen=True, slots=True)
class State:
    """Where a user's memory stands. `is_settled`: this transaction has not written, so what it reads will not be rolled back."""

    version: int
    erased_version: int
    turns: int
    is_settled: bool
    knows_somebody: bool  # there are entities
    embedder: meaning.AnyEmbedder  # whose vectors serve


def state_of(user_id: UUID, question: str = "") -> State:
    """Where memory stands now, as this transaction sees it. A remote embedder serves once all of the user's vectors are there, for a question (normalised)
    whose own vector is: see `meaning`."""
    remote = ports.remote_embedder()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT s.version, s.erased_version, s.turns, s.embedder, pg_current_xact_id_if_assigned() IS NULL,"
            " EXISTS (SELECT 1 FROM memory_entity WHERE user_id = %s)"
            " FROM (SELECT 1) one LEFT JOIN memory_memorystate s ON s.user_id = %s",
            [user_id, user_id],
        )
        version, erased, turns, serving, is_settled, knows_somebody = cursor.fetchone()
    is_remote = remote is not None and serving == remote.name and bool(question) and meaning.is_known(remote, question)
    embedder = remote if remote is not None and is_remote else ports.embedder()
    return State(version or 0, erased or 0, turns or 0, is_settled, knows_somebody, embedder)


@dataclass(frozen=True, slots=True)
class _Read:
    """Rows as they come from Postgres, names not yet numbered. `vectors` are of each turn alone when the embedder is a local one."""

    columns: dict[str, NDArray[Any]]
    conversations: list[str]
    speakers: list[str]
    scopes: list[str]
    terms: NDArray[np.uint64]
    sizes: Rows  # how many terms each row has
    vectors: Halves


def load(user_id: UUID, state: State) -> Turns:
    """Read all standing turns of a user."""
    empty = Turns(
        user_id=user_id,
        version=state.version,
        blocks=(),
        conversations=(),
        speakers=(),
        scopes=(),
        gone=np.zeros(0, dtype=np.bool_),
        **{name: np.zeros(0, dtype=kind) for name, kind in COLUMNS.items()},
    )
    parts = []
    with connection.cursor() as cursor:
        for low in range(0, state.turns, _CHUNK):
            cursor.execute(
                _ALL, {"user": user_id, "model": state.embedder.name, "low": low, "high": low + _CHUNK, **_PATTERNS}
            )
            if part := _read(cursor.fetchone(), state.embedder.dimensions):
                parts.append(part)
    turns = _joined(empty, parts)
    if not parts:
        return prepared(turns)
    vectors = np.concatenate([part.vectors for part in parts])
    if state.embedder.is_local:
        vectors = with_before(vectors, turns.steps[-1])
    return prepared(replace(turns, blocks=(_block(parts, vectors),)))


def catch_up(turns: Turns, state: State) -> Turns | None:
    """The same arrays with what was written since; None when they must be read anew, since something was erased."""
    if state.erased_version > turns.version or state.version < turns.version:
        return None
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT uuid_send(id) FROM memory_episode WHERE user_id = %s AND changed_version > %s AND seq <= %s",
            [turns.user_id, turns.version, int(turns.seq.max()) if len(turns) else 0],
        )
        changed = [bytes(row[0]) for row in cursor.fetchall()]
    caught_up = _replaced(turns, changed, state, _CHANGED, {"version": turns.version})
    if state.embedder.is_local and (others := _preceded_anew(turns, caught_up)):
        caught_up = _replaced(caught_up, others, state, _THESE, {"ids": [UUID(bytes=one) for one in others]})
    return prepared(replace(caught_up, version=state.version))


def _preceded_anew(old: Turns, new: Turns) -> list[bytes]:
    """The turns of `old` before which another turn stands now than did: what their vectors are of has changed."""
    size = len(old)
    was, now = old.steps[-1], new.steps[-1][:size]
    is_other = np.where(was == size, len(new), was) != now
    return [one.tobytes() for one in old.ids[is_other & ~new.gone[:size]]]


def _replaced(turns: Turns, ids: Sequence[bytes], state: State, query: str, where: Mapping[str, Any]) -> Turns:
    """`turns` with what the query reads in place of the turns of these ids."""
    if ids:
        turns = replace(turns, gone=turns.gone | np.isin(turns.ids, np.array(ids, dtype="V16")))
    with connection.cursor() as cursor:
        cursor.execute(query, {"user": turns.user_id, "model": state.embedder.name, **_PATTERNS, **where})
        row = cursor.fetchone()
    dimensions = state.embedder.dimensions
    new = _read(row, dimensions)
    if new is None:
        return turns
    vectors = new.vectors
    if state.embedder.is_local:
        vectors = together(vectors, read_rows(np.frombuffer(row[12], dtype=">i4") > 0, row[13], dimensions))
    return replace(_joined(turns, [new]), blocks=_blocks(turns.blocks, _block([new], vectors)))


def _read(row: Sequence[Any], dimensions: int) -> _Read | None:
    if row[0] is None:
        return None
    flags = np.frombuffer(row[7], dtype=">i4")
    return _Read(
        columns={
            "ids": np.frombuffer(row[0], dtype="V16"),
            "seq": np.frombuffer(row[1], dtype=">i8").astype(np.int64),
            "said_at": np.frombuffer(row[3], dtype=">f8").astype(np.float64),
            "by_user": (flags & 1) > 0,
            "asks": (flags & 2) > 0,
            "digits": (flags & 4) > 0,
            "quotes": (flags & 16) > 0,
            "places": (flags & 32) > 0,
            "words": np.frombuffer(row[8], dtype=">i4").astype(np.float32),
            "names": np.frombuffer(row[9], dtype=">i4").astype(np.float32),
        },
        conversations=row[2],
        speakers=row[4],
        scopes=row[5],
        terms=np.frombuffer(row[10], dtype=">u8").astype(np.uint64),
        sizes=np.frombuffer(row[6], dtype=">i4").astype(np.int64) // TERM_BYTES,
        vectors=read_rows((flags & 8) > 0, row[11], dimensions),
    )


def _block(parts: Sequence[_Read], vectors: Halves) -> Block:
    sizes = np.concatenate([part.sizes for part in parts])
    return Block(
        np.concatenate([part.terms for part in parts]),
        np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
        *packed(vectors),
    )


def _numbered(known: tuple[str, ...], values: Sequence[str]) -> tuple[NDArray[np.int32], tuple[str, ...]]:
    number = {name: index for index, name in enumerate(known)}
    for value in values:
        number.setdefault(value, len(number))
    return np.array([number[value] for value in values], dtype=np.int32), tuple(number)


def _joined(turns: Turns, parts: Sequence[_Read]) -> Turns:
    """The columns of `turns` with further rows; not the blocks. Old rows of the same id must be gone already."""
    if not parts:
        return turns
    columns = {name: [values] for name, values in columns_of(turns).items()}
    names: dict[str, tuple[str, ...]] = {
        "conversation": turns.conversations,
        "speaker": turns.speakers,
        "scope": turns.scopes,
    }
    for part in parts:
        for name, values in part.columns.items():
            columns[name].append(values)
        for name, raw in (
            ("conversation", part.conversations),
            ("speaker", part.speakers),
            ("scope", part.scopes),
        ):
            numbers, names[name] = _numbered(names[name], raw)
            columns[name].append(numbers)
    added = sum(len(part.sizes) for part in parts)
    rows: dict[str, Any] = {name: np.concatenate(values) for name, values in columns.items()}
    return replace(
        turns,
        conversations=names["conversation"],
        speakers=names["speaker"],
        scopes=names["scope"],
        gone=np.append(turns.gone, np.zeros(added, dtype=np.bool_)),
        **rows,
    )


def _blocks(old: tuple[Block, ...], new: Block) -> tuple[Block, ...]:
    """At most two: the many, and a tail of the latest few, which is cheap to join anew at each turn."""
    if not old:
        return (new,)
    tail = joined([*old[1:], new])
    return (old[0], tail) if len(tail) < _TAIL else (joined([old[0], tail]),)
