"""One user's facts as packed arrays, by the same rules as the turns: no text, built from Postgres, brought up to date by what changed."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from memory.recall.arrays import Block, Floats, Rows, counted, joined
from memory.recall.contexts import packed, read_rows
from memory.recall.load import State
from memory.terms import TERM_BYTES

_CHUNK = 4000
UNKNOWN_DAY = -(10**6)  # of a window that is open on this side
_SELECT = """
    SELECT f.id, f.entity_id, f.predicate, f.status, f.kind, f.origin, f.precision, f.scope_kind || coalesce(f.scope_id::text, ''), f.slot_key,
        date_part('epoch', f.said_at), date_part('epoch', f.recorded_at), date_part('epoch', f.retired_at), date_part('epoch', f.review_at),
        f.said_on, f.valid_from, f.valid_to, f.review_since IS NOT NULL,
        EXISTS (SELECT 1 FROM memory_factlink l WHERE l.target_id = f.id AND l.type = 'extends'),
        (SELECT count(*) FROM memory_evidence e WHERE e.fact_id = f.id AND e.change IN ('asserts', 'corrects')), f.terms, halfvec_send(v.halfvec)
    FROM memory_fact f LEFT JOIN memory_vector v ON v.fact_id = f.id AND v.model = %(model)s
    WHERE f.user_id = %(user)s AND f.changed_version > %(version)s
"""
# In the order of _SELECT. Objects a fact would be ten times as large, and made anew at each change.
_COLUMNS: dict[str, Any] = {
    "ids": "V16",
    "entity": np.int32,  # a number for each of few values: see `names`
    "predicate": np.int32,
    "status": np.int32,
    "kind": np.int32,
    "origin": np.int32,
    "precision": np.int32,
    "scope": np.int32,
    "slot": np.int64,  # keyed by nothing: equal for facts of one slot, in this process only; 0: none
    "said_at": np.float64,  # moments in seconds since 1970
    "recorded_at": np.float64,
    "retired_at": np.float64,  # infinite: not retired
    "review_at": np.float64,  # infinite: never due for another look
    "said_on": np.int32,  # days as ordinals
    "valid_from": np.int32,
    "valid_to": np.int32,
    "in_review": np.bool_,
    "is_extended": np.bool_,
    "support": np.int32,  # how often it was said
}
_NAMED = ("entity", "predicate", "status", "kind", "origin", "precision", "scope")
Columns = Mapping[str, NDArray[Any]]
Names = Mapping[str, tuple[Any, ...]]


@dataclass(frozen=True)
class PackedFacts:
    """The facts of one user, in no order. Rows of all arrays belong together. `names`: what the numbers in a column of few values stand for."""

    user_id: UUID
    version: int
    columns: Columns
    names: Names
    block: Block

    def __len__(self) -> int:
        return len(self.block)

    def id_of(self, row: int) -> UUID:
        """The fact of a row."""
        return UUID(bytes=self.columns["ids"][row].tobytes())

    def name_of(self, column: str, row: int) -> Any:
        """What a column of few values holds in a row."""
        return self.names[column][self.columns[column][row]]

    def rows_of(self, ids: Collection[UUID]) -> dict[UUID, int]:
        """The rows of those facts that are there."""
        wanted = np.array([fact_id.bytes[8:] for fact_id in ids], dtype="V8").view(np.uint64)
        found = {self.id_of(row): row for row in np.flatnonzero(np.isin(self._tails, wanted)).tolist()}
        return {fact_id: row for fact_id, row in found.items() if fact_id in ids}

    @cached_property
    def _tails(self) -> NDArray[np.uint64]:
        """The second half of each id, which is random: quicker to look for than the whole."""
        return np.ascontiguousarray(self.columns["ids"].view(np.uint64).reshape(-1, 2)[:, 1])

    def where(self, column: str, values: Container[Any]) -> NDArray[np.bool_]:
        """Rows in which a column of few values holds one of `values`."""
        fits = np.array([value in values for value in self.names[column]], dtype=np.bool_)
        return fits[self.columns[column]] if len(fits) else np.zeros(0, dtype=np.bool_)

    @cached_property
    def is_about_user(self) -> NDArray[np.bool_]:
        return self.where("entity", {None})

    @cached_property
    def over(self) -> NDArray[np.int64]:
        """Rows of facts that no longer hold, or never did."""
        return np.flatnonzero(self.where("status", {"superseded", "wrong", "expired", "withdrawn"}))

    @property
    def said_at(self) -> NDArray[np.float64]:
        return self.columns["said_at"]

    @property
    def recorded_at(self) -> NDArray[np.float64]:
        return self.columns["recorded_at"]

    @property
    def retired_at(self) -> NDArray[np.float64]:
        return self.columns["retired_at"]

    @cached_property
    def first_review(self) -> float:
        """When the first of them is due for another look, in seconds since 1970."""
        return float(self.columns["review_at"].min(initial=np.inf))

    @cached_property
    def any_in_review(self) -> bool:
        return bool(self.in_review.any())

    @property
    def in_review(self) -> NDArray[np.bool_]:
        return self.columns["in_review"]

    @property
    def is_extended(self) -> NDArray[np.bool_]:
        return self.columns["is_extended"]

    @cached_property
    def support_doublings(self) -> NDArray[np.float32]:
        """How often each was doubled in support, to three of them."""
        doublings: NDArray[np.float32] = np.log2(np.clip(self.columns["support"], 1, 8)).astype(np.float32)
        return doublings

    @property
    def said_on(self) -> NDArray[np.int32]:
        return self.columns["said_on"]

    @property
    def valid_from(self) -> NDArray[np.int32]:
        return self.columns["valid_from"]

    @property
    def valid_to(self) -> NDArray[np.int32]:
        return self.columns["valid_to"]

    def day_of(self, row: int) -> int | None:
        """The day of an event or plan, as an ordinal; None where it is not known to the day, and for what lasts."""
        first = int(self.valid_from[row])
        is_day = first != UNKNOWN_DAY and self.name_of("precision", row) == "day"
        return first if is_day and self.name_of("kind", row) in ("event", "plan") else None

    def slot_of(self, row: int) -> int:
        """Equal for facts of one slot; 0 for one that takes up none."""
        return int(self.columns["slot"][row])

    def postings(self, term: int) -> tuple[Rows, Floats]:
        """(rows that hold the term, how often)."""
        return counted(self.block.rows[self.block.places(term)].astype(np.int64))

    @cached_property
    def lengths(self) -> Floats:
        """Terms of each fact."""
        return np.diff(self.block.offsets).astype(np.float32)

    @property
    def nbytes(self) -> int:
        """About how much memory this takes."""
        return self.block.nbytes + sum(column.nbytes for column in self.columns.values()) + 8 * len(self)


def load(user_id: UUID, state: State) -> PackedFacts:
    """Read all facts of a user but those that were undone."""
    columns, names, block = _packed(_read(user_id, state, since=-1), dict.fromkeys(_NAMED, ()), state)
    return PackedFacts(user_id, state.version, columns, names, block)


def catch_up(facts: PackedFacts, state: State) -> PackedFacts | None:
    """The same with what changed since; None when they must be read anew, since something was erased."""
    if state.erased_version > facts.version or state.version < facts.version:
        return None
    new, names, block = _packed(_read(facts.user_id, state, since=facts.version), facts.names, state)
    if not len(block):
        return _unchanged(facts, state.version)
    kept = np.flatnonzero(~np.isin(facts.columns["ids"], new["ids"]))
    columns = {name: np.concatenate([facts.columns[name][kept], new[name]]) for name in _COLUMNS}
    return PackedFacts(facts.user_id, state.version, columns, names, joined([_only(facts.block, kept), block]))


def _unchanged(facts: PackedFacts, version: int) -> PackedFacts:
    """The same of a later version, with all that was reckoned already."""
    same = copy(facts)
    object.__setattr__(same, "version", version)
    return same


def _only(block: Block, rows: Rows) -> Block:
    """Some rows of a block."""
    if len(rows) == len(block):
        return block
    keep = np.zeros(len(block), dtype=np.bool_)
    keep[rows] = True
    sizes = np.diff(block.offsets)[rows]
    return Block(
        block.terms[keep[block.rows]],
        np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
        block.vectors[rows],
        block.scales[rows],
    )


def _read(user_id: UUID, state: State, *, since: int) -> Iterator[Sequence[Sequence[Any]]]:
    """Facts as Postgres has them, in parts: those of a whole life would take much memory at once."""
    with connection.chunked_cursor() if since < 0 else connection.cursor() as cursor:
        cursor.execute(_SELECT, {"user": user_id, "model": state.embedder.name, "version": since})
        while records := cursor.fetchmany(_CHUNK):
            yield records


def _packed(parts: Iterator[Sequence[Sequence[Any]]], known: Names, state: State) -> tuple[Columns, Names, Block]:
    numbers = {name: {value: number for number, value in enumerate(known[name])} for name in _NAMED}
    pieces: list[dict[str, NDArray[Any]]] = []
    blocks: list[Block] = []
    for records in parts:
        *values, terms, vectors = zip(*records, strict=True)
        columns: dict[str, Sequence[Any]] = dict(zip(_COLUMNS, values, strict=True))
        for name in _NAMED:
            numbered = numbers[name]
            columns[name] = [numbered.setdefault(value, len(numbered)) for value in columns[name]]
        columns["ids"] = [fact_id.bytes for fact_id in columns["ids"]]
        columns["slot"] = [hash(slot) if slot else 0 for slot in columns["slot"]]
        for name in ("retired_at", "review_at"):
            columns[name] = [np.inf if moment is None else moment for moment in columns[name]]
        for name in ("said_on", "valid_from", "valid_to"):
            columns[name] = [day.toordinal() if day else UNKNOWN_DAY for day in columns[name]]
        pieces.append({name: np.array(columns[name], dtype=kind) for name, kind in _COLUMNS.items()})
        blocks.append(_block(terms, vectors, state.embedder.dimensions))
    empty = {name: np.zeros(0, dtype=kind) for name, kind in _COLUMNS.items()}
    whole = {name: np.concatenate([empty[name], *(piece[name] for piece in pieces)]) for name in _COLUMNS}
    names = {name: tuple(numbered) for name, numbered in numbers.items()}
    return whole, names, joined([_block((), (), state.embedder.dimensions), *blocks])


def _block(terms: Sequence[bytes], vectors: Sequence[bytes | None], dimensions: int) -> Block:
    present = np.array([vector is not None for vector in vectors], dtype=np.bool_)
    rows = read_rows(present, b"".join(bytes(vector or b"") for vector in vectors), dimensions)
    blobs = [bytes(blob) for blob in terms]
    sizes = np.array([len(blob) // TERM_BYTES for blob in blobs], dtype=np.int64)
    offsets = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    return Block(np.frombuffer(b"".join(blobs), dtype=">u8").astype(np.uint64), offsets, *packed(rows))
