"""Rows to the values that callers see."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from memory.facts.predicates import predicate_of
from memory.lines import LineKind, MemoryLine
from memory.models import Batch, Entity, EntityAlias, Evidence, Fact, MemoryEvent, Question
from memory.types import EntityView, EventView, FactView, MemoryScope, QuestionView, ScopeKind

_HELD = ("asserts", "corrects")


def evidence_of(user_id: UUID, fact_ids: Iterable[UUID]) -> dict[UUID, list[Evidence]]:
    """Evidence by fact, newest first, with its episode."""
    found: dict[UUID, list[Evidence]] = {}
    rows = (
        Evidence.objects.of(user_id)
        .filter(fact_id__in=list(fact_ids))
        .select_related("episode")
        .order_by("-said_at", "-id")
    )
    for row in rows:
        found.setdefault(row.fact_id, []).append(row)
    return found


def fact_view(fact: Fact, evidence: Iterable[Evidence] = ()) -> FactView:
    """A fact with its latest evidence."""
    cited = list(evidence)
    held = [row for row in cited if row.change in _HELD] or cited
    latest = held[0] if held else None
    return FactView(
        id=fact.pk,
        subject=fact.subject,
        predicate=fact.predicate,
        topic=predicate_of(fact.predicate).topic,
        value=fact.value,
        text=fact.text,
        kind=fact.kind,
        status=fact.status,
        origin=fact.origin,
        sensitivity=fact.sensitivity,
        valid_from=fact.valid_from,
        valid_to=fact.valid_to,
        precision=fact.precision,
        recorded_at=fact.recorded_at,
        retired_at=fact.retired_at,
        expires_at=fact.expires_at,
        said_at=fact.said_at,
        is_under_review=fact.review_since is not None,
        is_masked=fact.is_masked,
        confidence=fact.confidence,
        support=len({row.episode_id for row in held}),
        version=fact.version,
        quote=latest.quote if latest else "",
        conversation_id=latest.episode.conversation_id if latest else None,
        message_id=latest.episode.message_id if latest else None,
        review_at=fact.review_at,
        scope=MemoryScope(ScopeKind(fact.scope_kind), fact.scope_id),
    )


def fact_views(user_id: UUID, facts: Iterable[Fact]) -> list[FactView]:
    """Facts with their latest evidence, in the order given: two queries for any number."""
    rows = list(facts)
    evidence = evidence_of(user_id, [row.pk for row in rows])
    return [fact_view(row, evidence.get(row.pk, ())) for row in rows]


class Lined(Protocol):
    """What a line of a fact says."""

    @property
    def id(self) -> UUID: ...
    @property
    def subject(self) -> str: ...
    @property
    def predicate(self) -> str: ...
    @property
    def value(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def status(self) -> str: ...
    @property
    def origin(self) -> str: ...
    @property
    def valid_from(self) -> date | None: ...
    @property
    def valid_to(self) -> date | None: ...
    @property
    def precision(self) -> str: ...
    @property
    def said_at(self) -> datetime | None: ...
    @property
    def expires_at(self) -> datetime | None: ...
    @property
    def is_under_review(self) -> bool: ...
    @property
    def support(self) -> int: ...
    @property
    def quote(self) -> str: ...
    @property
    def version(self) -> int: ...


def fact_line(fact: Lined, *, status: str = "") -> MemoryLine:
    """A fact as a line of a prompt."""
    return MemoryLine(
        kind=LineKind.FACT,
        id=str(fact.id),
        said_on=fact.said_at.date() if fact.said_at else None,
        text=fact.text,
        predicate=fact.predicate,
        subject=fact.subject,
        value=fact.value,
        since=fact.valid_from,
        until=fact.valid_to,
        precision=fact.precision,
        status=status or fact.status,
        origin=fact.origin,
        out_of_date=fact.is_under_review,
        quote=fact.quote,
        expires_on=fact.expires_at.date() if fact.expires_at else None,
        support=max(1, fact.support),
        version=fact.version,
    )


def event_view(event: MemoryEvent) -> EventView:
    return EventView(
        id=event.pk,
        at=event.at,
        actor=event.actor,
        action=event.action,
        reason=event.reason,
        batch_id=event.batch_id,
        fact_id=event.row_id if event.table == "fact" else None,
        before=event.before,
        after=event.after,
    )


def entity_views(user_id: UUID, entities: Iterable[Entity]) -> list[EntityView]:
    """People and things with their other names, in the order given."""
    rows = list(entities)
    also: dict[UUID, list[str]] = {}
    for alias in EntityAlias.objects.of(user_id).filter(entity__in=rows).order_by("created_at", "id"):
        also.setdefault(alias.entity_id, []).append(alias.alias)
    return [
        EntityView(row.pk, row.name, row.kind, row.relation, tuple(also.get(row.pk, ())), row.merged_into_id)
        for row in rows
    ]


def question_views(user_id: UUID, questions: Iterable[Question]) -> list[QuestionView]:
    """Questions with the facts that they are about, and whom they may be about."""
    rows = list(questions)
    meant = Entity.objects.of(user_id).filter(pk__in={one for row in rows for one in row.entity_ids})
    entities = {view.id: view for view in entity_views(user_id, meant)}
    ids = {fact_id for row in rows for fact_id in row.fact_ids}
    facts = {view.id: view for view in fact_views(user_id, Fact.objects.of(user_id).filter(pk__in=ids))}
    return [
        QuestionView(
            id=row.pk,
            kind=row.kind,
            state=row.state,
            asked_at=row.asked_at,
            sensitivity=row.sensitivity,
            facts=tuple(facts[fact_id] for fact_id in row.fact_ids if fact_id in facts),
            conversation_id=row.episode.conversation_id if row.episode else None,
            message_id=row.episode.message_id if row.episode else None,
            entities=tuple(entities[one] for one in row.entity_ids if one in entities),
            hint=row.predicate,
        )
        for row in rows
    ]


def is_undoable(batch: Batch) -> bool:
    """Whether a batch is of a kind that can be taken back at all."""
    return batch.undone_at is None and batch.kind not in (Batch.Kind.FORGET, Batch.Kind.EXPIRE)
