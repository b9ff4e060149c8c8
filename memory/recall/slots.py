"""Facts that answer a question: by slot, by whom it is about, by words. Typed facts are few, so they are read and scored one by one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import numpy as np
from django.db import models

from memory.dates import Period
from memory.facts import entities
from memory.facts.predicates import RELATIONS
from memory.facts.relations import predicate_for
from memory.models import Fact, FactLink, Vector
from memory.recall.arrays import Floats
from memory.recall.lexical import idf
from memory.recall.query import Query
from memory.recall.scope import readable
from memory.recall.temporal import overlaps
from memory.terms import TERM_BYTES, hash_terms
from memory.types import MemoryScope

SLOT = 6.0
PERSON = 2.5
OTHERS = 1.5
WORDS = 4.0
VECTOR = 3.0
DATE = 2.0
_LIMIT = 5000


@dataclass(frozen=True, slots=True)
class ScoredFact:
    """A fact with its score by channel. `in_slot`: it stands in a slot that the question asks for."""

    fact: Fact
    channels: Mapping[str, float]
    total: float
    in_slot: bool
    words: float  # share of the question's idf that stands in it


def standing(
    user_id: UUID,
    scope: MemoryScope,
    *,
    as_of: datetime | None,
    known_at: datetime | None,
    query: Query,
    with_past: bool,
) -> list[Fact]:
    """The facts that may be told: those that hold, or that held or were known at a given time. Late-comers first."""
    rows = Fact.objects.of(user_id).filter(readable(scope)).select_related("entity")
    if known_at is not None:
        rows = rows.known_at(known_at).exclude(status__in=[Fact.Status.WITHDRAWN, Fact.Status.PROPOSED])
    elif as_of is not None:
        rows = rows.exclude(status__in=[Fact.Status.WITHDRAWN, Fact.Status.WRONG, Fact.Status.PROPOSED])
    else:
        statuses = [Fact.Status.ACTIVE, Fact.Status.DISPUTED]
        if with_past:
            statuses += [Fact.Status.SUPERSEDED, Fact.Status.EXPIRED]
        rows = rows.filter(status__in=statuses)
    facts = list(rows.order_by("-said_at", "-id")[:_LIMIT])
    if as_of is not None:
        day = as_of.astimezone(query.zone).date()
        facts = [
            fact
            for fact in facts
            if (fact.valid_from or fact.said_on) <= day and (fact.valid_to is None or day <= fact.valid_to)
        ]
        facts = _heads(facts)
    extended = set(FactLink.objects.of(user_id).filter(type=FactLink.Type.EXTENDS).values_list("target_id", flat=True))
    return [fact for fact in facts if fact.pk not in extended or fact.status == Fact.Status.ACTIVE]


def _heads(facts: Sequence[Fact]) -> list[Fact]:
    """Of several facts that held in one slot at the same time, the one that began last."""
    heads: dict[str, Fact] = {}
    for fact in facts:
        key = fact.slot_key or str(fact.pk)
        other = heads.get(key)
        if other is None or (fact.valid_from or fact.said_on, fact.said_at) > (
            other.valid_from or other.said_on,
            other.said_at,
        ):
            heads[key] = fact
    return [fact for fact in facts if heads[fact.slot_key or str(fact.pk)] is fact]


def score(user_id: UUID, facts: Sequence[Fact], query: Query, question: Floats, embedder: str) -> list[ScoredFact]:
    """Score facts for a question, best first."""
    if not facts:
        return []
    cosines = _cosines(user_id, facts, question, embedder)
    words = _words(user_id, facts, query.terms)
    people = _people(user_id, query)
    scored = []
    for fact in facts:
        in_slot = _fits_slot(fact, query, people)
        channels = {
            "slot": SLOT if in_slot else 0.0,
            "person": PERSON
            if people and _concerns(fact, people)
            else OTHERS
            if _same_slot_of_another(fact, query, people)
            else 0.0,
            "words": WORDS * words.get(fact.pk, 0.0),
            "vector": VECTOR * max(0.0, cosines.get(fact.pk, 0.0)),
            "date": DATE if query.periods and _held_in(fact, query.periods) else 0.0,
        }
        total = sum(channels.values())
        if fact.status in (Fact.Status.SUPERSEDED, Fact.Status.EXPIRED):
            channels["past"] = 1.0 if query.is_before else 0.0
            total += channels["past"]
        if fact.review_since is not None:
            total -= 0.5
        scored.append(ScoredFact(fact, channels, total, in_slot, words.get(fact.pk, 0.0)))
    return sorted(scored, key=lambda item: (-item.total, -item.fact.said_at.timestamp(), str(item.fact.pk)))


def _people(user_id: UUID, query: Query) -> set[UUID]:
    found = set(query.subjects or ())
    if query.relation:
        found |= {entity.pk for entity in entities.related(user_id, query.relation)}
    return found


def _concerns(fact: Fact, people: set[UUID]) -> bool:
    return fact.entity_id in people


def _fits_slot(fact: Fact, query: Query, people: set[UUID]) -> bool:
    """Whether a fact stands in a slot that the question asks for: of the user, or of the person it is about."""
    if query.relation and fact.entity_id is None and fact.predicate == predicate_for(query.relation):
        return True
    if fact.predicate not in query.predicates:
        return False
    if people:
        return fact.entity_id in people or (fact.entity_id is None and fact.predicate in RELATIONS)
    return fact.entity_id is None


def _same_slot_of_another(fact: Fact, query: Query, people: set[UUID]) -> bool:
    """The slot asked for, of somebody whom the question does not name: "what do the people I live with eat?"."""
    return not people and fact.entity_id is not None and fact.predicate in query.predicates


def _held_in(fact: Fact, periods: tuple[Period, ...]) -> bool:
    if fact.valid_from is None and fact.valid_to is None:
        return overlaps(fact.said_on, None if fact.status == Fact.Status.ACTIVE else fact.said_on, periods)
    return overlaps(
        fact.valid_from or fact.said_on,
        fact.valid_to or (fact.valid_from if fact.kind in ("event", "plan") else None),
        periods,
    )


def _cosines(user_id: UUID, facts: Sequence[Fact], question: Floats, embedder: str) -> dict[UUID, float]:
    if not question.any():
        return {}
    rows = (
        Vector.objects.of(user_id)
        .filter(fact_id__in=[fact.pk for fact in facts], model=embedder)
        .values_list("fact_id", "halfvec")
    )
    return {fact_id: float(np.dot(np.asarray(vector, dtype=np.float32), question)) for fact_id, vector in rows}


def _words(user_id: UUID, facts: Sequence[Fact], terms: Sequence[str]) -> dict[UUID, float]:
    """Share of the question's idf that stands in each fact."""
    distinct = list(dict.fromkeys(terms))
    if not distinct:
        return {}
    blob = hash_terms(user_id, distinct)
    hashes = [blob[at : at + TERM_BYTES] for at in range(0, len(blob), TERM_BYTES)]
    held = {fact.pk: _split(bytes(fact.terms)) for fact in facts}
    counts = {value: sum(value in own for own in held.values()) for value in hashes}
    weights = {value: idf(len(facts), counts[value]) for value in hashes}
    total = sum(weights.values()) or 1.0
    return {fact_id: sum(weights[value] for value in hashes if value in own) / total for fact_id, own in held.items()}


def _split(blob: bytes) -> set[bytes]:
    return {blob[at : at + TERM_BYTES] for at in range(0, len(blob), TERM_BYTES)}


def slot_is_empty(user_id: UUID, scope: MemoryScope, query: Query) -> bool:
    """Whether the question asks for slots of the user in which nothing ever stood that may be told."""
    if not query.intents:
        return False
    return (
        not Fact.objects.of(user_id)
        .filter(readable(scope), predicate__in=query.predicates)
        .filter(status__in=[Fact.Status.ACTIVE, Fact.Status.DISPUTED, Fact.Status.SUPERSEDED, Fact.Status.EXPIRED])
        .exclude(models.Q(value=""))
        .exists()
    )
