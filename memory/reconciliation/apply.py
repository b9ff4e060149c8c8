"""Carry decisions out: facts, evidence, links and questions, inside one transaction and one batch."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID
from zoneinfo import ZoneInfo

from memory.facts import entities
from memory.facts.ledger import Ledger
from memory.facts.predicates import Predicate, predicate_of
from memory.facts.slots import slot_key
from memory.models import Entity, EntityAlias, Evidence, Fact, FactLink, Question
from memory.reconciliation.cascade import spread
from memory.reconciliation.claims import Accepted, claim_of, facts_beside, known_facts
from memory.reconciliation.rules import Do, Step, decide
from memory.reconciliation.steps import STEPS, Work, cite, expiry_of
from memory.types import MemoryScope
from memory.values import value_key


def apply(
    ledger: Ledger, accepted: Sequence[Accepted], *, zone: ZoneInfo, scope: MemoryScope, reader: str
) -> list[UUID]:
    """Reconcile what was accepted with what is known. Returns the facts that now stand for it."""
    work = Work(ledger, zone, scope, reader)
    for item in accepted:
        fact = _apply_one(work, item)
        if fact is not None:
            work.of_index[item.index] = fact.pk
            work.stated.add(fact.pk)
    _link_dependencies(work, accepted)
    spread(ledger, work.shakes, spared=work.stated)
    return list(dict.fromkeys(work.of_index.values()))


def _apply_one(work: Work, item: Accepted) -> Fact | None:
    said = item.candidate
    predicate = predicate_of(said.predicate)
    subject = entities.resolve(work.ledger, said.subject)
    entity = subject.entity
    if said.change in ("asserts", "corrects"):
        _introduce(work, item, predicate, entity)
    rows = facts_beside(work.ledger.user_id, entity.pk if entity else None, predicate, work.scope, only=said)
    if reread := _read_before(work, item, predicate, entity):
        return _reword(work, reread, item)
    if learned := _learned_before(work, item, predicate, entity):
        return learned
    facts = {row.pk: row for row in rows}
    steps = decide(predicate, claim_of(item), known_facts(rows, item, work.zone))
    if subject.candidates and any(step.do in (Do.ADD, Do.SUPERSEDE) for step in steps):
        steps = [Step(Do.PROPOSE, reason="who is meant?")]
    result = None
    for step in steps:
        target = facts.get(step.target) if step.target else None
        result = STEPS[step.do](work, item, subject, target, step) or result
    if subject.candidates and result is not None and result.status == Fact.Status.PROPOSED:
        work.ledger.ask(
            Question(
                kind=Question.Kind.ENTITY,
                predicate=predicate.name,
                fact_ids=[result.pk],
                entity_ids=[candidate.pk for candidate in subject.candidates],
                episode_id=item.episode_id,
            )
        )
    return result


def _introduce(work: Work, item: Accepted, predicate: Predicate, entity: Entity | None) -> None:
    said = item.candidate
    if entity is None:
        entities.introduce(work.ledger, predicate.name, said.value, item.quote, item.episode_text)
    elif predicate.name in ("preferred_name", "name"):
        work.ledger.add_alias(entity, said.value, value_key(said.value)[:480], EntityAlias.Kind.NICKNAME)


def _learned_before(work: Work, item: Accepted, predicate: Predicate, entity: Entity | None) -> Fact | None:
    """The fact that shows these very words already, whatever became of it: learning twice is learning once."""
    cited = Evidence.objects.of(work.ledger.user_id).filter(
        episode_id=item.episode_id,
        start=item.span[0],
        end=item.span[1],
        change=item.candidate.change,
        fact__predicate=predicate.name,
        fact__entity=entity,
        fact__value_key=value_key(item.candidate.value)[:480],
    )
    row = cited.select_related("fact").first()
    return row.fact if row else None


def _read_before(work: Work, item: Accepted, predicate: Predicate, entity: Entity | None) -> Fact | None:
    """The fact that rules read in the same words, when now a model reads them."""
    if work.reader != "model" or item.candidate.change not in ("asserts", "corrects"):
        return None
    cited = Evidence.objects.of(work.ledger.user_id).filter(
        episode_id=item.episode_id, start__lt=item.span[1], end__gt=item.span[0], fact__reader="rules"
    )
    return (
        Fact.objects.of(work.ledger.user_id)
        .active()
        .in_scope(work.scope.kind.value, work.scope.id)
        .filter(pk__in=list(cited.values_list("fact_id", flat=True)), predicate=predicate.name, entity=entity)
        .order_by("said_at", "id")
        .first()
    )


def _reword(work: Work, fact: Fact, item: Accepted) -> Fact:
    """The model's wording and dates in place of the rules', without history."""
    said = item.candidate
    predicate = predicate_of(said.predicate)
    slot = slot_key(fact.entity_id.hex if fact.entity_id else entities.USER, predicate, said.value)
    rival = Fact.objects.of(work.ledger.user_id).active().in_slot(slot).exclude(pk=fact.pk).exclude(slot_key="").first()
    if rival:
        work.ledger.retire(fact, Fact.Status.WITHDRAWN, reason="read again")
        cite(work, rival, item)
        return rival
    cite(work, fact, item)
    return work.ledger.change_fact(
        fact,
        action="reworded",
        value=said.value,
        value_key=value_key(said.value)[:480],
        text=said.text,
        slot_key=slot,
        valid_from=said.valid_from or fact.valid_from,
        valid_to=said.valid_to or fact.valid_to,
        precision=said.precision if said.valid_from else fact.precision,
        expires_at=expiry_of(work, said) or fact.expires_at,
        reader="model",
    )


def _link_dependencies(work: Work, accepted: Sequence[Accepted]) -> None:
    for item in accepted:
        source = work.ledger.touched.get(work.of_index.get(item.index, UUID(int=0)))
        for reference in item.candidate.depends_on:
            target = _referred(work, reference)
            if source is not None and target is not None:
                work.ledger.link(source, target, FactLink.Type.DEPENDS_ON)


def _referred(work: Work, reference: int | str) -> Fact | None:
    if isinstance(reference, int):
        fact_id = work.of_index.get(reference)
    else:
        try:
            fact_id = UUID(reference)
        except ValueError:
            return None
    return Fact.objects.of(work.ledger.user_id).filter(pk=fact_id).first() if fact_id else None
