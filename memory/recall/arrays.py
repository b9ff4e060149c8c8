"""One user's turns as packed arrays: what ranking needs, and no text. Built from Postgres, which stays the truth, and checked against the user's memory
version at every recall.

Ranking in SQL misses the speed goals by far; over arrays 50,000 turns take a few milliseconds.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock
from uuid import UUID

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from memory import conf, ports
from memory.models import MemoryState
from memory.terms import TERM_BYTES

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]

_CHUNK = 4000
_COLUMNS = """
    SELECT array_agg(e.id::text ORDER BY e.seq), array_agg(e.seq ORDER BY e.seq), array_agg(e.conversation_id::text ORDER BY e.seq),
        array_agg(extract(epoch FROM e.said_at)::float8 ORDER BY e.seq), array_agg(e.role = 'user' ORDER BY e.seq),
        array_agg(e.speaker ORDER BY e.seq), array_agg(e.source = 'typed' ORDER BY e.seq),
        array_agg(e.scope_kind || coalesce(e.scope_id::text, '') ORDER BY e.seq),
        array_agg(octet_length(e.terms) ORDER BY e.seq), array_agg(right(rtrim(e.text), 1) = '?' ORDER BY e.seq),
        array_agg(length(e.text) - length(replace(e.text, ' ', '')) + 1 ORDER BY e.seq),
        string_agg(e.terms, ''::bytea ORDER BY e.seq),
        array_agg(v.id IS NOT NULL ORDER BY e.seq), string_agg(halfvec_send(v.halfvec), ''::bytea ORDER BY e.seq)
    FROM memory_episode e LEFT JOIN memory_vector v ON v.episode_id = e.id AND v.model = %(model)s
    WHERE e.user_id = %(user)s AND e.withdrawn_at IS NULL AND e.seq > %(low)s AND e.seq <= %(high)s
"""


@dataclass
class Turns:
    """The turns of one user, in the order of their numbers. Rows of all arrays belong together."""

    user_id: UUID
    version: int
    ids: list[UUID]
    seq: NDArray[np.int64]
    conversation: Ints  # number of the conversation
    conversations: list[UUID]
    said_at: NDArray[np.float64]  # seconds since 1970
    by_user: NDArray[np.bool_]
    typed: NDArray[np.bool_]
    speaker: Ints
    speakers: list[str]
    scope: Ints
    scopes: list[str]
    asks: NDArray[np.bool_]  # ends with a question mark
    words: Floats
    terms: NDArray[np.uint64]  # of all turns, in the order of the text
    offsets: NDArray[np.int64]  # where each turn's terms begin; one more than turns
    vectors: NDArray[np.int8]
    scales: Floats
    _postings: dict[int, tuple[NDArray[np.int64], Floats]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.ids)

    @cached_property
    def lengths(self) -> Floats:
        return np.diff(self.offsets).astype(np.float32)

    @cached_property
    def average_length(self) -> float:
        return float(self.lengths.mean()) or 1.0 if len(self) else 1.0

    @cached_property
    def _index(self) -> tuple[NDArray[np.uint64], NDArray[np.int64], NDArray[np.int64]]:
        """Distinct terms, where the turns of each begin, and the turns (repeated as often as the term stands in them)."""
        turn = np.repeat(np.arange(len(self), dtype=np.int64), np.diff(self.offsets))
        order = np.argsort(self.terms, kind="stable")
        distinct, starts = np.unique(self.terms[order], return_index=True)
        return distinct, np.append(starts, len(order)).astype(np.int64), turn[order]

    def postings(self, term: int) -> tuple[NDArray[np.int64], Floats]:
        """(turns that hold the term, how often)."""
        distinct, starts, turns = self._index
        at = int(np.searchsorted(distinct, np.uint64(term)))
        if at >= len(distinct) or distinct[at] != np.uint64(term):
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32)
        rows, counts = np.unique(turns[starts[at] : starts[at + 1]], return_counts=True)
        return rows, counts.astype(np.float32)

    @cached_property
    def order(self) -> NDArray[np.int64]:
        """The turns by conversation and time: neighbours stand side by side."""
        return np.lexsort((self.seq, self.said_at, self.conversation))

    @cached_property
    def place(self) -> NDArray[np.int64]:
        """Where each turn stands in `order`."""
        place = np.empty(len(self), dtype=np.int64)
        place[self.order] = np.arange(len(self))
        return place

    def shifted(self, values: Floats, step: int) -> Floats:
        """For each turn the value of its neighbour `step` turns on (or back) in its conversation, 0 at the edge."""
        ordered, group = values[self.order], self.conversation[self.order]
        moved = np.zeros_like(ordered)
        if step > 0 and len(ordered) > step:
            moved[:-step] = np.where(group[:-step] == group[step:], ordered[step:], 0)
        elif step < 0 and len(ordered) > -step:
            moved[-step:] = np.where(group[-step:] == group[:step], ordered[:step], 0)
        return moved[self.place]

    def neighbours(self, row: int, steps: int) -> list[int]:
        """The rows up to `steps` before and behind in the same conversation."""
        place = int(self.place[row])
        low, high = max(0, place - steps), min(len(self), place + steps + 1)
        return [int(other) for other in self.order[low:high] if self.conversation[other] == self.conversation[row]]

    @cached_property
    def nbytes(self) -> int:
        """About how much memory this takes, indexes included."""
        own = sum(part.nbytes for part in (self.terms, self.vectors, self.scales, self.offsets, self.seq, self.said_at))
        return own + self.terms.nbytes * 2 + len(self) * 200


def _numbered(values: list[str]) -> tuple[Ints, list[str]]:
    names = dict.fromkeys(values)
    number = {name: index for index, name in enumerate(names)}
    return np.array([number[value] for value in values], dtype=np.int32), list(names)


def _vectors(present: list[bool], blob: bytes | None, dimensions: int) -> tuple[NDArray[np.int8], Floats]:
    """Vectors as int8 with a scale a row: a quarter of the bytes, and 99.9 % of the top 10 the same."""
    packed = np.zeros((len(present), dimensions), dtype=np.int8)
    scales = np.zeros(len(present), dtype=np.float32)
    if blob:
        rows = np.frombuffer(blob, dtype=np.dtype([("dim", ">i2"), ("unused", ">i2"), ("v", ">f2", (dimensions,))]))[
            "v"
        ].astype(np.float32)
        most = np.abs(rows).max(axis=1)
        most[most == 0] = 1.0
        at = np.flatnonzero(np.array(present))
        packed[at] = np.rint(rows / most[:, None] * 127).astype(np.int8)
        scales[at] = most / 127
    return packed, scales


def load(user_id: UUID) -> Turns:
    """Read all standing turns of a user."""
    embedder = ports.embedder()
    state = MemoryState.objects.of(user_id).first()
    last = state.turns if state else 0
    columns: list[list[object]] = [[] for _ in range(12)]
    terms: list[bytes] = []
    packed: list[NDArray[np.int8]] = []
    scales: list[Floats] = []
    with connection.cursor() as cursor:
        for low in range(0, last, _CHUNK):
            cursor.execute(_COLUMNS, {"user": user_id, "model": embedder.name, "low": low, "high": low + _CHUNK})
            row = cursor.fetchone()
            if row[0] is None:
                continue
            for column, values in zip(columns, row[:11], strict=False):
                column.extend(values)
            terms.append(bytes(row[11] or b""))
            some, scale = _vectors(row[12], bytes(row[13]) if row[13] else None, embedder.dimensions)
            packed.append(some)
            scales.append(scale)
    return _built(user_id, state.version if state else 0, columns, b"".join(terms), packed, scales, embedder.dimensions)


def _built(
    user_id: UUID,
    version: int,
    columns: list[list[object]],
    terms: bytes,
    packed: list[NDArray[np.int8]],
    scales: list[Floats],
    dimensions: int,
) -> Turns:
    ids, seq, conversation, said_at, by_user, speaker, typed, scope, lengths, asks, words = columns[:11]
    conversation_numbers, conversations = _numbered([str(value) for value in conversation])
    speaker_numbers, speakers = _numbered([str(value) for value in speaker])
    scope_numbers, scopes = _numbered([str(value) for value in scope])
    sizes = np.array(lengths, dtype=np.int64) // TERM_BYTES
    return Turns(
        user_id=user_id,
        version=version,
        ids=[UUID(str(value)) for value in ids],
        seq=np.array(seq, dtype=np.int64),
        conversation=conversation_numbers,
        conversations=[UUID(value) for value in conversations],
        said_at=np.array(said_at, dtype=np.float64),
        by_user=np.array(by_user, dtype=np.bool_),
        typed=np.array(typed, dtype=np.bool_),
        speaker=speaker_numbers,
        speakers=speakers,
        scope=scope_numbers,
        scopes=scopes,
        asks=np.array(asks, dtype=np.bool_),
        words=np.array(words, dtype=np.float32),
        terms=np.frombuffer(terms, dtype=">u8").astype(np.uint64),
        offsets=np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
        vectors=np.concatenate(packed) if packed else np.zeros((0, dimensions), dtype=np.int8),
        scales=np.concatenate(scales) if scales else np.zeros(0, dtype=np.float32),
    )


class _Cache:
    """Arrays of the users seen last, within a bound of bytes. Keys and values both carry the user, checked on read."""

    def __init__(self) -> None:
        self._turns: OrderedDict[UUID, Turns] = OrderedDict()
        self._lock = Lock()

    def get(self, user_id: UUID, version: int) -> Turns | None:
        with self._lock:
            turns = self._turns.get(user_id)
            if turns is None or turns.user_id != user_id or turns.version != version:
                return None
            self._turns.move_to_end(user_id)
            return turns

    def put(self, turns: Turns) -> None:
        with self._lock:
            self._turns[turns.user_id] = turns
            self._turns.move_to_end(turns.user_id)
            while (
                len(self._turns) > 1 and sum(kept.nbytes for kept in self._turns.values()) > conf.arrays_cache_bytes()
            ):
                self._turns.popitem(last=False)

    def drop(self, user_id: UUID) -> None:
        with self._lock:
            self._turns.pop(user_id, None)


_cache = _Cache()


def turns_of(user_id: UUID) -> Turns:
    """The user's arrays as of now: from the cache when the memory version is the same, else read anew.

    A transaction that has written may yet be rolled back, and its version number used again for something else: what it reads is not kept.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT version FROM memory_memorystate WHERE user_id = %s), pg_current_xact_id_if_assigned() IS NOT NULL",
            [user_id],
        )
        version, has_written = cursor.fetchone()
    if has_written:
        return load(user_id)
    turns = _cache.get(user_id, version or 0)
    if turns is None:
        turns = load(user_id)
        _cache.put(turns)
    return turns


def drop(user_id: UUID) -> None:
    """Forget the arrays of a user in this process."""
    _cache.drop(user_id)
