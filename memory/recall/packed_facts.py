"""One user's facts as packed arrays, by the same rules as the turns: no text, built from Postgres, brought up to date by what changed."""

from __future__ import annotations

from collections.abc import Container, Sequence
from copy import copy
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any
from uuid import UUID

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from memory.recall.arrays import Block, Rows, joined
from memory.recall.load import State, packed_vectors
from memory.terms import TERM_BYTES

_CHUNK = 4000
UNKNOWN_DAY = -(10**6)  # of a window that is open on this side
_SELECT = """
    SELECT f.id, f.entity_id, f.predicate, f.status, f.kind, f.origin, f.scope_kind || coalesce(f.scope_id::text, ''), f.slot_key,
        extract(epoch FROM f.said_at)::float8, extract(epoch FROM f.recorded_at)::float8, extract(epoch FROM f.retired_at)::float8,
        f.said_on, f.valid_from, f.valid_to, f.review_since IS NOT NULL,
        EXISTS (SELECT 1 FROM memory_factlink l WHERE l.target_id = f.id AND l.type = 'extends'), f.terms, halfvec_send(v.halfvec)
    FROM memory_fact f LEFT JOIN memory_vector v ON v.fact_id = f.id AND v.model = %(model)s
    WHERE f.user_id = %(user)s AND f.changed_version > %(version)s
"""


@dataclass(frozen=True, slots=True)
class Row:
    """What is kept of one fact beside its terms and vector. Days as ordinals, moments as seconds since 1970."""

    id: UUID
    entity: UUID | None
    predicate: str
    status: str
    kind: str
    origin: str
    scope: str
    slot: int  # keyed by nothing: equal for facts of one slot, in this process only
    said_at: float
    recorded_at: float
    retired_at: float  # infinite: not retired
    said_on: int
    valid_from: int
    valid_to: int
    in_review: bool
    is_extended: bool


_FIELDS = [field.name for field in fields(Row)]  # in the order of _SELECT


@dataclass(frozen=True)
class PackedFacts:
    """The facts of one user, in no order. Rows of all arrays belong together."""

    user_id: UUID
    version: int
    rows: tuple[Row, ...]
    block: Block

    def __len__(self) -> int:
        return len(self.rows)

    def column(self, name: str, kind: Any) -> NDArray[Any]:
        """One field of all rows."""
        return np.fromiter((getattr(row, name) for row in self.rows), dtype=kind, count=len(self.rows))

    @cached_property
    def _codes(self) -> dict[str, tuple[dict[Any, int], NDArray[np.int32]]]:
        """For fields of few values: a number for each, and the numbers of all rows."""
        found = {}
        for name in ("status", "predicate", "scope", "origin", "kind", "entity"):
            numbers: dict[Any, int] = {}
            codes = [numbers.setdefault(getattr(row, name), len(numbers)) for row in self.rows]
            found[name] = (numbers, np.array(codes, dtype=np.int32))
        return found

    def where(self, name: str, values: Container[Any]) -> NDArray[np.bool_]:
        """Rows whose field is one of `values`."""
        numbers, codes = self._codes[name]
        fits = np.array([value in values for value in numbers], dtype=np.bool_)
        return fits[codes] if len(numbers) else np.zeros(0, dtype=np.bool_)

    @cached_property
    def is_about_user(self) -> NDArray[np.bool_]:
        return self.where("entity", {None})

    @cached_property
    def over(self) -> NDArray[np.int64]:
        """Rows of facts that no longer hold, or never did."""
        return np.flatnonzero(self.where("status", {"superseded", "wrong", "expired", "withdrawn"}))

    @cached_property
    def said_at(self) -> NDArray[np.float64]:
        return self.column("said_at", np.float64)

    @cached_property
    def recorded_at(self) -> NDArray[np.float64]:
        return self.column("recorded_at", np.float64)

    @cached_property
    def retired_at(self) -> NDArray[np.float64]:
        return self.column("retired_at", np.float64)

    @cached_property
    def in_review(self) -> NDArray[np.bool_]:
        return self.column("in_review", np.bool_)

    @cached_property
    def is_extended(self) -> NDArray[np.bool_]:
        return self.column("is_extended", np.bool_)

    @cached_property
    def said_on(self) -> NDArray[np.int32]:
        return self.column("said_on", np.int32)

    @cached_property
    def valid_from(self) -> NDArray[np.int32]:
        return self.column("valid_from", np.int32)

    @cached_property
    def valid_to(self) -> NDArray[np.int32]:
        return self.column("valid_to", np.int32)

    @cached_property
    def row_of(self) -> dict[UUID, int]:
        return {row.id: index for index, row in enumerate(self.rows)}

    def postings(self, term: int) -> Rows:
        """Rows that hold the term."""
        return np.unique(self.block.rows[self.block.places(term)]).astype(np.int64)

    @property
    def nbytes(self) -> int:
        """About how much memory this takes."""
        return self.block.nbytes + 900 * len(self.rows)


def load(user_id: UUID, state: State) -> PackedFacts:
    """Read all facts of a user but those that were undone."""
    rows, block = _read(user_id, state, since=-1)
    return PackedFacts(user_id, state.version, rows, block)


def catch_up(facts: PackedFacts, state: State) -> PackedFacts | None:
    """The same with what changed since; None when they must be read anew, since something was erased."""
    if state.erased_version > facts.version or state.version < facts.version:
        return None
    rows, block = _read(facts.user_id, state, since=facts.version)
    if not rows:
        return _unchanged(facts, state.version)
    changed = {row.id for row in rows}
    kept = np.array([index for index, row in enumerate(facts.rows) if row.id not in changed], dtype=np.int64)
    return PackedFacts(
        facts.user_id,
        state.version,
        (*(facts.rows[index] for index in kept), *rows),
        joined([_only(facts.block, kept), block]),
    )


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


def _read(user_id: UUID, state: State, *, since: int) -> tuple[tuple[Row, ...], Block]:
    rows: list[Row] = []
    terms: list[bytes] = []
    present: list[bool] = []
    vectors: list[bytes] = []
    with connection.cursor() as cursor:
        cursor.execute(_SELECT, {"user": user_id, "model": state.embedder.name, "version": since})
        for record in cursor:
            *known, own_terms, vector = record
            rows.append(_row(known))
            terms.append(bytes(own_terms))
            present.append(vector is not None)
            vectors.append(bytes(vector or b""))
    packed, scales = packed_vectors(np.array(present, dtype=np.bool_), b"".join(vectors), state.embedder.dimensions)
    sizes = np.array([len(blob) // TERM_BYTES for blob in terms], dtype=np.int64)
    block = Block(
        np.frombuffer(b"".join(terms), dtype=">u8").astype(np.uint64),
        np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
        packed,
        scales,
    )
    return tuple(rows), block


def _row(known: Sequence[Any]) -> Row:
    row = dict(zip(_FIELDS, known, strict=True))
    row["slot"] = hash(row["slot"]) if row["slot"] else 0
    row["retired_at"] = float("inf") if row["retired_at"] is None else row["retired_at"]
    for name in ("said_on", "valid_from", "valid_to"):
        row[name] = row[name].toordinal() if row[name] else UNKNOWN_DAY
    return Row(**row)
