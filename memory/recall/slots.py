"""Facts that answer a question: by slot, by whom it is about, by words, by meaning, by day. Over one user's packed facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from memory.dates import Period
from memory.facts import entities
from memory.facts.predicates import RELATIONS
from memory.facts.relations import predicate_for
from memory.recall.arrays import Floats, Rows, Turns, by_row, stored
from memory.recall.dense import cosines
from memory.recall.lexical import K1, B, idf
from memory.recall.packed_facts import UNKNOWN_DAY, PackedFacts
from memory.recall.query import Query
from memory.types import MemoryScope, ScopeKind

SLOT = 6.0
PERSON = 2.5
OTHERS = 1.5
WORDS = 4.0
VECTOR = 3.0
DATE = 2.0
PAST = 1.0
REVIEW = -0.5
DUE = -0.2  # past its review date: decay reorders and never hides, so it settles ties only, as the next two do
RECENT = 0.3  # for what was said today; it settles ties and lifts nothing over the floor
SUPPORT = 0.1  # for each doubling of how often it was said, to three of them; like the last, it settles ties only
_YEAR = 365 * 86400.0
_NOW = ("active", "disputed")
_OVER = ("superseded", "expired")
_POINTS = frozenset({"event", "plan"})


class ScoredFact(NamedTuple):
    """A fact with its score by channel. `in_slot`: it stands in a slot that the question asks for."""

    id: UUID
    channels: Mapping[str, float]
    total: float
    in_slot: bool
    rank: int


@dataclass(frozen=True, slots=True)
class Scored:
    """What facts say to a question: the best, best first, and what the rule for "nothing" asks."""

    best: tuple[ScoredFact, ...]
    in_slot: bool  # some fact stands in a slot that is asked for
    words: float  # the largest share of the question's idf in one fact


def standing(
    facts: PackedFacts, scope: MemoryScope, *, as_of: datetime | None, known_at: datetime | None, with_past: bool
) -> Rows:
    """The facts that may be told: those that hold, or that held or were known at a given time. `as_of` in the user's zone. Late-comers first."""
    if known_at is not None:
        moment = known_at.timestamp()
        told = (facts.recorded_at <= moment) & (facts.retired_at > moment)
        told &= ~facts.where("status", {"withdrawn", "proposed"})
    elif as_of is not None:
        told = ~facts.where("status", {"withdrawn", "wrong", "proposed"})
    else:
        told = facts.where("status", (*_NOW, *_OVER) if with_past else _NOW)
    told &= readable(facts, scope) & ~(facts.is_extended & ~facts.where("status", {"active"}))
    rows = np.flatnonzero(told)
    rows = rows[np.argsort(-facts.said_at[rows], kind="stable")]
    return _heads(facts, rows, as_of.date().toordinal()) if as_of is not None else rows


def readable(facts: PackedFacts, scope: MemoryScope) -> NDArray[np.bool_]:
    """Facts that may be read in `scope`: its own; an isolated project also reads what was typed on the profile page."""
    if scope.kind == ScopeKind.USER:
        return facts.where("scope", {"user"})
    own, common = facts.where("scope", {f"{scope.kind.value}{scope.id or ''}"}), facts.where("scope", {"user"})
    return own | (common & facts.where("origin", {"user_edited"})) if scope.kind == ScopeKind.PROJECT else own | common


def _starts(facts: PackedFacts) -> NDArray[np.int32]:
    return np.where(facts.valid_from == UNKNOWN_DAY, facts.said_on, facts.valid_from)


def _heads(facts: PackedFacts, rows: Rows, day: int) -> Rows:
    """Of the facts that held on `day`, in each slot the one that began last."""
    starts = _starts(facts)
    ends = facts.valid_to
    rows = rows[(starts[rows] <= day) & ((ends[rows] == UNKNOWN_DAY) | (day <= ends[rows]))]
    heads: dict[object, int] = {}
    for row in rows.tolist():
        key = facts.slot_of(row) or facts.id_of(row)
        other = heads.setdefault(key, row)
        if (starts[row], facts.said_at[row]) > (starts[other], facts.said_at[other]):
            heads[key] = row
    chosen = set(heads.values())
    return rows[[row in chosen for row in rows.tolist()]]


def score(facts: PackedFacts, rows: Rows, query: Query, question: Floats, *, floor: float, most: int) -> Scored:
    """Score the facts of `rows`; those from `floor` on come back, `most` of them."""
    if not len(rows):
        return Scored((), in_slot=False, words=0.0)
    people = _people(facts.user_id, query)
    fits = _fits_slot(facts, query, people)
    words = words_of(facts, rows, query)
    channels: dict[str, Floats] = {
        "words": np.float32(WORDS) * words.bm25,
        "vector": np.float32(VECTOR) * np.maximum(0, cosines((facts.block,), question)),
        "recent": _recent(facts, query.at),
        "support": np.float32(SUPPORT) * facts.support_doublings,
    }
    if query.intents or query.asks_all or query.relation:
        channels["slot"] = np.float32(SLOT) * fits
    if people or query.predicates:
        channels["person"] = _persons(facts, query, people)
    if query.periods:
        channels["date"] = np.float32(DATE) * _held_in(facts, query.periods)
    if query.is_before:
        channels["past"] = np.float32(PAST) * facts.where("status", _OVER)
    if facts.any_in_review:
        channels["may be out of date"] = np.float32(REVIEW) * facts.in_review
    ties = channels["recent"] + channels["support"]
    if facts.first_review <= query.at.timestamp():
        channels["due for review"] = np.float32(DUE) * (facts.columns["review_at"] <= query.at.timestamp())
        ties = ties + channels["due for review"]
    total = np.sum([part[rows] for part in channels.values()], axis=0)
    order = np.lexsort((-facts.said_at[rows], -total))[:most]
    order = order[(total - ties[rows])[order] >= floor]
    chosen = rows[order]
    told = zip(
        facts.columns["ids"][chosen].tolist(),
        by_row(channels, chosen),
        total[order].tolist(),
        fits[chosen].tolist(),
        strict=True,
    )
    best = [
        ScoredFact(UUID(bytes=raw), own, points, in_slot, rank)
        for rank, (raw, own, points, in_slot) in enumerate(told, start=1)
    ]
    held = words.held
    if query.is_own:  # what somebody else does in the slot asked for is no answer
        held = np.where(~facts.is_about_user & facts.where("predicate", query.predicates), np.float32(0), held)
    return Scored(tuple(best), in_slot=bool(fits[rows].any()), words=float(held[rows].max()))


def _people(user_id: UUID, query: Query) -> frozenset[UUID]:
    found = set(query.subjects or ())
    if query.relation:
        found |= {entity.pk for entity in entities.related(user_id, query.relation)}
    return frozenset(found)


def _fits_slot(facts: PackedFacts, query: Query, people: frozenset[UUID]) -> NDArray[np.bool_]:
    """Which facts stand in a slot that the question asks for: of the user, or of the person it is about. All of the user's, when it asks for all."""
    own = facts.is_about_user
    if query.asks_all:
        return own
    asked = facts.where("predicate", query.predicates)
    if query.is_of_subject:
        return asked & facts.where("entity", people)
    of_others = facts.where("entity", people) | (own & facts.where("predicate", RELATIONS))
    fits = asked & (of_others if people else own)
    if query.relation and (predicate := predicate_for(query.relation)):
        fits |= own & facts.where("predicate", {predicate})
    return fits


def _persons(facts: PackedFacts, query: Query, people: frozenset[UUID]) -> Floats:
    """Facts on the people whom the question is about. When it is about nobody, the slot asked for, of somebody: "what do the people I live with eat?"."""
    if people:
        return (PERSON * facts.where("entity", people)).astype(np.float32)
    if not query.predicates:
        return np.zeros(len(facts), dtype=np.float32)
    return (OTHERS * (~facts.is_about_user & facts.where("predicate", query.predicates))).astype(np.float32)


def _recent(facts: PackedFacts, at: datetime) -> Floats:
    """A small boost that fades over years. Turns get none: measured, it cost more than it gave."""
    age = np.maximum(0, at.timestamp() - facts.said_at)
    return (RECENT * np.exp(-age / _YEAR)).astype(np.float32)


def _held_in(facts: PackedFacts, periods: tuple[Period, ...]) -> NDArray[np.bool_]:
    """Facts whose window shares a day with one of the periods. Without a window: from the day said on, or on that day alone when it is over."""
    dateless = (facts.valid_from == UNKNOWN_DAY) & (facts.valid_to == UNKNOWN_DAY)
    is_point = facts.where("kind", _POINTS)
    open_end = np.where(is_point & (facts.valid_from != UNKNOWN_DAY), facts.valid_from, np.iinfo(np.int32).max)
    ends = np.where(facts.valid_to == UNKNOWN_DAY, open_end, facts.valid_to)
    ends = np.where(dateless & ~facts.where("status", {"active"}), facts.said_on, ends)
    starts = _starts(facts)
    held = np.zeros(len(facts), dtype=np.bool_)
    for period in periods:
        held |= (starts <= period.end.toordinal()) & (ends >= period.start.toordinal())
    return held


@dataclass(frozen=True, slots=True)
class Words:
    """What the words of a question say of each fact, by row."""

    bm25: Floats  # 1 for a fact of average length that holds each word once
    held: Floats  # share of the question's idf


def words_of(facts: PackedFacts, rows: Rows, query: Query) -> Words:
    """BM25 over the stored terms of facts, with the statistics of `rows`: k1 and b as for turns."""
    bm25, held = (np.zeros(len(facts), dtype=np.float32) for _ in range(2))
    told = np.zeros(len(facts), dtype=np.bool_)
    told[rows] = True
    average = float(facts.lengths[rows].mean()) or 1.0
    total = 0.0
    for value in stored(facts.user_id, query.terms, query.stems, lambda term: len(facts.postings(term)[0]), query.kin):
        holding, counts = facts.postings(value)
        weight = idf(len(rows), int(told[holding].sum()))
        norm = K1 * (1 - B + B * facts.lengths[holding] / average)
        bm25[holding] += weight * counts * (K1 + 1) / (counts + norm)
        held[holding] += weight
        total += weight
    return Words(bm25 / np.float32(total or 1.0), held / np.float32(total or 1.0))


def slot_is_empty(facts: PackedFacts, scope: MemoryScope, query: Query) -> bool:
    """Whether the question asks for slots in which nothing ever stood that may be told; of the user, when it asks of nobody else."""
    if not query.intents or not len(facts):
        return bool(query.intents)
    told = facts.where("status", (*_NOW, *_OVER)) & readable(facts, scope)
    if query.is_own:
        told &= facts.is_about_user
    return not bool((told & facts.where("predicate", query.predicates)).any())


def is_of_others(facts: PackedFacts, scope: MemoryScope, query: Query) -> bool:
    """Whether something stands in the slots that the question asks for, of somebody else than the user."""
    told = facts.where("status", (*_NOW, *_OVER)) & readable(facts, scope) & ~facts.is_about_user
    return bool((told & facts.where("predicate", query.predicates)).any())


def is_held(turns: Turns, facts: PackedFacts, query: Query) -> bool:
    """Whether a term of the question that no form of its slots used stands in a turn or a fact of the user."""

    def used(value: int) -> int:
        return len(turns.postings(value)[0]) + len(facts.postings(value)[0])

    return any(map(used, stored(turns.user_id, tuple(query.besides), query.stems, used, query.kin)))
