"""One user's turns as packed arrays: what ranking needs, and no text. Nothing in them is ever changed: what is new makes new ones that share the old.

Ranking in SQL misses the speed goals by far; over arrays 50,000 turns take a few milliseconds.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from itertools import compress
from typing import Any
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from memory.terms import TERM_BYTES, hash_terms, terms_of

Floats = NDArray[np.float32]
Rows = NDArray[np.int64]

COLUMNS: dict[str, Any] = {
    "ids": "V16",
    "seq": np.int64,
    "conversation": np.int32,  # number of the conversation
    "said_at": np.float64,  # seconds since 1970
    "by_user": np.bool_,
    "speaker": np.int32,
    "scope": np.int32,
    "asks": np.bool_,  # ends with a question mark
    "words": np.float32,
    "names": np.float32,  # words with a capital inside a sentence
    "digits": np.bool_,  # a number stands in it
    "quotes": np.bool_,  # something stands in quotation marks
    "places": np.bool_,  # a name behind a word for where
}


def hashed(user_id: UUID, terms: Sequence[str]) -> list[int]:
    """The stored form of terms."""
    blob = hash_terms(user_id, list(terms))
    return [int.from_bytes(blob[at : at + TERM_BYTES], "big") for at in range(0, len(blob), TERM_BYTES)]


def stored(
    user_id: UUID,
    terms: Sequence[str],
    stems: Mapping[str, Sequence[str]],
    used: Callable[[int], int],
    same: Collection[str] = (),
) -> list[int]:
    """The stored form of each different one of `terms`; of one that nothing holds, the first of its `stems` that something does; of one in `same`, whose
    stems mean the same, whichever is used most. `used`: how many rows hold a stored form."""
    distinct = list(dict.fromkeys(terms))
    found = hashed(user_id, distinct)
    for place, term in enumerate(distinct):
        if term in same:
            found[place] = max((found[place], *hashed(user_id, stems[term])), key=used)
        elif term in stems and not used(found[place]):
            found[place] = next((value for value in hashed(user_id, stems[term]) if used(value)), found[place])
    return list(dict.fromkeys(found))


def counted(rows: Rows) -> tuple[Rows, Floats]:
    """The different ones of rising `rows`, and how often each stands there."""
    if len(rows) < 2:
        return rows, np.ones(len(rows), dtype=np.float32)
    is_first = np.ones(len(rows) + 1, dtype=np.bool_)
    np.not_equal(rows[1:], rows[:-1], out=is_first[1:-1])
    starts = is_first.nonzero()[0]  # the last one is where all end
    return rows[starts[:-1]], (starts[1:] - starts[:-1]).astype(np.float32)


def by_row(channels: Mapping[str, Floats], rows: Rows) -> list[dict[str, float]]:
    """What each channel gives to each of `rows`, in their order; those that give it nothing are left out."""
    names = list(channels)
    table = np.array([part[rows] for part in channels.values()]).T.tolist()
    return [dict(compress(zip(names, own, strict=True), own)) for own in table]


@dataclass(frozen=True)
class Block:
    """Terms and vectors of some rows, and where each term stands."""

    terms: NDArray[np.uint64]  # of all rows, in the order of the text
    offsets: Rows  # where each row's terms begin; one more than rows
    vectors: NDArray[np.int8]
    scales: Floats

    def __len__(self) -> int:
        return len(self.offsets) - 1

    @cached_property
    def rows(self) -> NDArray[np.int32]:
        """The row in which each term stands."""
        return np.repeat(np.arange(len(self), dtype=np.int32), np.diff(self.offsets))

    @cached_property
    def _index(self) -> tuple[NDArray[np.uint64], NDArray[np.int32], NDArray[np.int32]]:
        """Distinct terms, where the places of each begin, and the places in `terms`."""
        order = np.argsort(self.terms, kind="stable").astype(np.int32)
        distinct, starts = np.unique(self.terms[order], return_index=True)
        return distinct, np.append(starts, len(order)).astype(np.int32), order

    def places(self, term: int) -> NDArray[np.int32]:
        """Where `term` stands in `terms`, in order."""
        distinct, starts, places = self._index
        at = int(np.searchsorted(distinct, np.uint64(term)))
        if at >= len(distinct) or distinct[at] != np.uint64(term):
            return places[:0]
        return places[starts[at] : starts[at + 1]]

    def places_of(self, terms: Sequence[int]) -> NDArray[np.int32]:
        """Where any of `terms` stands in `terms` of the block, in no order."""
        distinct, starts, places = self._index
        wanted = np.array(terms, dtype=np.uint64)
        at = np.searchsorted(distinct, wanted)
        at = at[np.append(distinct, np.uint64(0))[at] == wanted].tolist()
        return np.concatenate([places[:0], *(places[starts[one] : starts[one + 1]] for one in at)])

    def prepare(self) -> None:
        """Build the index now rather than at the first question."""
        _ = self._index, self.rows

    @property
    def nbytes(self) -> int:
        """Memory taken, the index included."""
        return (
            self.vectors.nbytes
            + self.scales.nbytes
            + self.offsets.nbytes
            + 2 * self.terms.nbytes
            + 12 * len(self.terms) // 4
        )


def joined(blocks: Sequence[Block]) -> Block:
    """Several blocks as one."""
    shift = np.cumsum([0, *(len(block.terms) for block in blocks)])
    offsets = [block.offsets[:-1] + start for block, start in zip(blocks, shift[:-1], strict=True)]
    return Block(
        np.concatenate([block.terms for block in blocks]),
        np.concatenate([*offsets, shift[-1:]]).astype(np.int64),
        np.concatenate([block.vectors for block in blocks]),
        np.concatenate([block.scales for block in blocks]),
    )


@dataclass(frozen=True)
class Turns:
    """The turns of one user. Rows of all columns belong together; `blocks` hold the rows in the same order."""

    user_id: UUID
    version: int
    blocks: tuple[Block, ...]
    conversations: tuple[str, ...]
    speakers: tuple[str, ...]
    scopes: tuple[str, ...]
    gone: NDArray[np.bool_]  # withdrawn, or replaced by a row further on
    ids: NDArray[Any]
    seq: NDArray[np.int64]
    conversation: NDArray[np.int32]
    said_at: NDArray[np.float64]
    by_user: NDArray[np.bool_]
    speaker: NDArray[np.int32]
    scope: NDArray[np.int32]
    asks: NDArray[np.bool_]
    words: Floats
    names: Floats
    digits: NDArray[np.bool_]
    quotes: NDArray[np.bool_]
    places: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.seq)

    def id_of(self, row: int) -> UUID:
        """The episode of a row."""
        return UUID(bytes=self.ids[row].tobytes())

    @cached_property
    def standing(self) -> int:
        """How many turns there are."""
        return len(self) - int(self.gone.sum())

    @cached_property
    def starts(self) -> list[int]:
        """The first row of each block."""
        return [sum(len(block) for block in self.blocks[:number]) for number in range(len(self.blocks))]

    @cached_property
    def lengths(self) -> Floats:
        """Terms of each turn; 0 for one that is gone."""
        parts = [np.diff(block.offsets) for block in self.blocks]
        return np.where(self.gone, 0, np.concatenate(parts) if parts else np.zeros(0)).astype(np.float32)

    @cached_property
    def average_length(self) -> float:
        """Terms of a standing turn, on average; never nothing."""
        return float(self.lengths.sum()) / (self.standing or 1) or 1.0

    @cached_property
    def conversation_lengths(self) -> Floats:
        """Terms of each conversation."""
        return np.bincount(self.conversation, weights=self.lengths, minlength=len(self.conversations)).astype(
            np.float32
        )

    @cached_property
    def average_conversation_length(self) -> float:
        """Over conversations of which something stands."""
        sizes = self.conversation_lengths[self.conversation_lengths > 0]
        return float(sizes.mean()) if len(sizes) else 1.0

    @cached_property
    def log_words(self) -> Floats:
        """The natural logarithm of one more than the words of each turn."""
        return np.log1p(self.words).astype(np.float32)

    @cached_property
    def names_brought_up(self) -> Floats:
        """How many names a turn brings up, but for those of the people who talk: calling each other by name says nothing."""
        spoken = np.zeros(len(self), dtype=np.float32)
        for number, speaker in enumerate(self.speakers):
            for value in dict.fromkeys(hashed(self.user_id, terms_of(speaker, "en"))):
                rows, counts = self.postings(value)
                spoken[rows] += counts - (self.speaker[rows] == number)  # its own name stands before each turn
        brought_up: Floats = np.maximum(self.names - spoken, 0)
        return brought_up

    def postings(self, term: int) -> tuple[Rows, Floats]:
        """(rows that hold the term, how often)."""
        found = [block.rows[block.places(term)] + start for block, start in zip(self.blocks, self.starts, strict=True)]
        rows = (found[0] if len(found) == 1 else np.concatenate([np.zeros(0, dtype=np.int64), *found])).astype(np.int64)
        if len(rows) and len(self) != self.standing:
            rows = rows[~self.gone[rows]]
        return counted(rows)

    def holding(self, terms: Sequence[int]) -> NDArray[np.bool_]:
        """Whether a turn holds any of `terms`, by row."""
        flags = np.zeros(len(self), dtype=np.bool_)
        for block, start in zip(self.blocks, self.starts, strict=True):
            flags[block.rows[block.places_of(terms)] + start] = True
        return flags & ~self.gone

    def near(self, first: int, second: int, most: int) -> Rows:
        """Rows in which the two terms stand at most `most` words apart."""
        gaps = np.array([gap for gap in range(-most, most + 1) if gap])
        found = []
        for block, start in zip(self.blocks, self.starts, strict=True):
            one, other = block.places(first), block.places(second)
            if len(one) and len(other):
                at = (one[:, None] + gaps).ravel()
                beside = other[np.minimum(np.searchsorted(other, at), len(other) - 1)] == at
                at, of = at[beside], np.repeat(one, len(gaps))[beside]
                found.append(block.rows[at[block.rows[at] == block.rows[of]]].astype(np.int64) + start)
        if not found:
            return np.zeros(0, dtype=np.int64)
        rows: Rows = np.unique(np.concatenate(found))
        return rows[~self.gone[rows]]

    @cached_property
    def steps(self) -> dict[int, Rows]:
        """For each row its neighbour so many turns on (or back) in its conversation, by time; `len(self)` where there is none."""
        size = len(self)
        order = np.lexsort((self.seq, self.said_at, self.conversation))
        order = order[~self.gone[order]]
        same = self.conversation[order[:-1]] == self.conversation[order[1:]]
        after, before = np.full(size + 1, size, dtype=np.int64), np.full(size + 1, size, dtype=np.int64)
        after[order[:-1][same]] = order[1:][same]
        before[order[1:][same]] = order[:-1][same]
        return {-1: before[:-1], 1: after[:-1], -2: before[before[:-1]], 2: after[after[:-1]]}

    def around(self, rows: Rows, steps: int) -> NDArray[np.bool_]:
        """Which rows are among `rows` or at most `steps` turns from one of them."""
        flags = np.zeros(len(self) + 1, dtype=np.bool_)
        flags[rows] = True
        for step in range(1, steps + 1):
            flags[self.steps[step][rows]] = True
            flags[self.steps[-step][rows]] = True
        return flags[:-1]

    def shifted(self, values: Floats, step: int) -> Floats:
        """For each row the value of its neighbour `step` turns on (or back), 0 at the edge."""
        return np.append(values, np.float32(0))[self.steps[step]]

    @cached_property
    def nbytes(self) -> int:
        """About how much memory this takes, indexes and neighbours included."""
        columns: int = sum(getattr(self, name).nbytes for name in COLUMNS)
        return columns + sum(block.nbytes for block in self.blocks) + len(self) * (1 + 4 * 8 + 8)


def prepared(turns: Turns) -> Turns:
    """The same, with what the first question would have to build built."""
    for block in turns.blocks:
        block.prepare()
    _ = turns.steps, turns.names_brought_up, turns.nbytes
    return turns


def columns_of(turns: Turns) -> dict[str, NDArray[Any]]:
    """The columns by name."""
    return {field.name: getattr(turns, field.name) for field in fields(turns) if field.name in COLUMNS}
