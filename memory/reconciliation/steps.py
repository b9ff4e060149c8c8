"""One function a step: what the rules decided, carried out. Each writes facts, evidence, links and questions through the ledger."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from memory.calendar_steps import last_day
from memory.facts.entities import Subject
from memory.facts.ledger import Ledger
from memory.facts.predicates import FALLBACK, predicate_of
from memory.facts.slots import expiry, review_due, slot_key
from memory.models import Evidence, Fact, FactLink, Question
from memory.reconciliation.cascade import Shake
from memory.reconciliation.claims import Accepted, claim_of, start_of
from memory.reconciliation.rules import Do, Step
from memory.types import Candidate, MemoryScope
from memory.values import value_key


@dataclass
class Work:
    """What one batch gathers on its way."""

    ledger: Ledger
    zone: ZoneInfo
    scope: MemoryScope
    reader: str
    shakes: list[Shake] = field(default_factory=list)
    stated: set[UUID] = field(default_factory=set)  # facts that got evidence in this batch
    of_index: dict[int, UUID] = field(default_factory=dict)


def _add(work: Work, item: Accepted, subject: Subject, _: Fact | None, step: Step) -> Fact:
    fact = _store(work, item, subject, Fact.Status.ACTIVE, reason=step.reason)
    for shaken in work.shakes:
        if (
            shaken.fact.predicate == fact.predicate
            and shaken.fact.entity_id == fact.entity_id
            and shaken.said_at == item.said_at
        ):
            kind = FactLink.Type.CORRECTS if shaken.fact.status == Fact.Status.WRONG else FactLink.Type.SUPERSEDES
            work.ledger.link(fact, shaken.fact, kind, reason=step.reason)
    return fact


def _reinforce(work: Work, item: Accepted, _subject: Subject, target: Fact | None, step: Step) -> Fact | None:
    if target is None:
        return None
    cite(work, target, item)
    said = item.candidate
    if said.change == "ends":  # it says nothing of when the value held
        return target
    fields = _mention(target, item)
    if said.change == "asserts" and said.valid_from and _tells_more(said.valid_from, said.precision, target):
        fields |= {"valid_from": said.valid_from, "precision": said.precision}
    if said.change == "asserts" and said.valid_to and target.valid_to is None:
        fields["valid_to"] = said.valid_to
    if target.valid_to and fields.get("valid_from") and fields["valid_from"] > target.valid_to:
        fields.pop("valid_from")
        fields.pop("precision", None)
    if target.review_since and item.said_at > target.review_since:  # said again since: the doubt is over
        fields["review_since"] = None
    return work.ledger.change_fact(target, action="supported", reason=step.reason, **fields)


def _extend(work: Work, item: Accepted, subject: Subject, target: Fact | None, step: Step) -> Fact:
    assert target is not None
    work.ledger.retire(target, Fact.Status.SUPERSEDED, reason=step.reason)
    fact = _store(work, item, subject, Fact.Status.ACTIVE, reason=step.reason)
    for old in Evidence.objects.of(work.ledger.user_id).filter(fact=target, change__in=["asserts", "corrects"]):
        work.ledger.add_evidence(
            Evidence(
                fact=fact,
                episode_id=old.episode_id,
                episode_length=old.episode_length,
                start=old.start,
                end=old.end,
                quote=old.quote,
                speaker=old.speaker,
                said_at=old.said_at,
                valid_from=old.valid_from,
                valid_to=old.valid_to,
                precision=old.precision,
                change=old.change,
            )
        )
    fields: dict[str, Any] = {
        "said_on": min(fact.said_on, target.said_on),
        "said_at": max(fact.said_at, target.said_at),
    }
    if fact.valid_from is None and target.valid_from:
        fields |= {"valid_from": target.valid_from, "precision": target.precision}
    work.ledger.change_fact(fact, **fields)
    work.ledger.link(fact, target, FactLink.Type.EXTENDS, reason=step.reason)
    return fact


def _supersede(work: Work, item: Accepted, _subject: Subject, target: Fact | None, step: Step) -> None:
    assert target is not None
    claim = claim_of(item)
    ends = max(claim.start, target.valid_from) if target.valid_from else claim.start
    work.ledger.retire(
        target,
        Fact.Status.SUPERSEDED,
        reason=step.reason,
        valid_to=min(target.valid_to, ends) if target.valid_to else ends,
        review_since=None,
    )
    work.ledger.close_questions_about([target.pk])
    work.shakes.append(Shake(target, item.said_at))


def _history(work: Work, item: Accepted, subject: Subject, later: Fact | None, step: Step) -> Fact:
    said = item.candidate
    if said.change == "ends":
        candidate = replace(said, valid_from=None, precision="none", valid_to=_end_day(item))
    elif later is not None and said.valid_to is None:
        closes = max(start_of(later), said.valid_from or start_of(later))
        candidate = replace(said, valid_to=closes)
    else:
        candidate = said
    fact = _store(work, replace(item, candidate=candidate), subject, Fact.Status.SUPERSEDED, reason=step.reason)
    if later is not None:
        work.ledger.link(later, fact, FactLink.Type.SUPERSEDES, reason=step.reason)
    return fact


def _end_day(item: Accepted) -> date:
    said = item.candidate
    return said.valid_to or said.valid_from or item.said_on


def _end(work: Work, item: Accepted, _subject: Subject, target: Fact | None, step: Step) -> None:
    assert target is not None
    day = _end_day(item)
    cite(work, target, item)
    work.ledger.retire(
        target,
        Fact.Status.SUPERSEDED,
        reason=step.reason,
        valid_to=max(day, target.valid_from) if target.valid_from else day,
        review_since=None,
    )
    work.ledger.close_questions_about([target.pk])
    work.shakes.append(Shake(target, item.said_at))


def _wrong(work: Work, item: Accepted, _subject: Subject, target: Fact | None, step: Step) -> None:
    assert target is not None
    if item.candidate.change == "negates":
        cite(work, target, item)
    was_active = target.status in (Fact.Status.ACTIVE, Fact.Status.DISPUTED)
    work.ledger.retire(target, Fact.Status.WRONG, reason=step.reason, review_since=None)
    work.ledger.close_questions_about([target.pk])
    if was_active:
        work.shakes.append(Shake(target, item.said_at))


def _dispute(work: Work, item: Accepted, subject: Subject, target: Fact | None, step: Step) -> Fact:
    assert target is not None
    work.ledger.change_fact(target, action="disputed", reason=step.reason, status=Fact.Status.DISPUTED)
    fact = _stored_in_this_turn(work, item, subject) or _store(
        work, item, subject, Fact.Status.DISPUTED, reason=step.reason
    )
    work.ledger.link(fact, target, FactLink.Type.CONTRADICTS)
    question = (
        Question.objects.of(work.ledger.user_id)
        .filter(kind=Question.Kind.CONFLICT, state=Question.State.OPEN, slot_key=fact.slot_key)
        .first()
    )
    if question:
        question.fact_ids = list(dict.fromkeys([*question.fact_ids, target.pk, fact.pk]))
        question.save(update_fields=["fact_ids"])
    else:
        work.ledger.ask(
            Question(
                kind=Question.Kind.CONFLICT,
                predicate=fact.predicate,
                slot_key=fact.slot_key,
                fact_ids=[target.pk, fact.pk],
                episode_id=item.episode_id,
            )
        )
    return fact


def _stored_in_this_turn(work: Work, item: Accepted, subject: Subject) -> Fact | None:
    key = value_key(item.candidate.value)
    return next(
        (
            fact
            for fact in work.ledger.touched.values()
            if fact.pk in work.ledger.added
            and fact.value_key == key
            and fact.status == Fact.Status.DISPUTED
            and fact.entity_id == (subject.entity.pk if subject.entity else None)
        ),
        None,
    )


def _move(work: Work, item: Accepted, _subject: Subject, target: Fact | None, step: Step) -> Fact:
    assert target is not None
    said = item.candidate
    cite(work, target, item)
    return work.ledger.change_fact(
        target,
        action="moved",
        reason=step.reason,
        **_mention(target, item),
        valid_from=said.valid_from,
        valid_to=said.valid_to,
        precision=said.precision,
        expires_at=expiry_of(work, said),
        review_since=None,
    )


def _redate(work: Work, item: Accepted, _subject: Subject, target: Fact | None, step: Step) -> Fact:
    assert target is not None
    said = item.candidate
    cite(work, target, item)
    fields = _mention(target, item) | {"review_since": None}
    if said.valid_from or said.valid_to or said.expires_on:
        fields |= {
            "valid_from": said.valid_from,
            "valid_to": said.valid_to,
            "precision": said.precision,
            "expires_at": expiry_of(work, said),
        }
    if target.status in (Fact.Status.DISPUTED, Fact.Status.PROPOSED):
        fields["status"] = Fact.Status.ACTIVE
    return work.ledger.change_fact(target, action="supported", reason=step.reason, **fields)


def _propose(work: Work, item: Accepted, subject: Subject, _: Fact | None, step: Step) -> Fact:
    return _store(work, item, subject, Fact.Status.PROPOSED, reason=step.reason)


def _promote(work: Work, item: Accepted, _subject: Subject, target: Fact | None, step: Step) -> Fact:
    assert target is not None
    cite(work, target, item)
    return work.ledger.change_fact(
        target, action="promoted", reason=step.reason, status=Fact.Status.ACTIVE, **_mention(target, item)
    )


def _revive(work: Work, item: Accepted, _subject: Subject, target: Fact | None, step: Step) -> None:
    assert target is not None
    work.ledger.change_fact(
        target, action="revived", reason=step.reason, status=Fact.Status.ACTIVE, retired_at=None, valid_to=None
    )


def _ask_typed(work: Work, item: Accepted, subject: Subject, target: Fact | None, step: Step) -> Fact:
    assert target is not None
    fact = _store(work, item, subject, Fact.Status.PROPOSED, reason="differs from what was typed")
    work.ledger.link(fact, target, FactLink.Type.CONTRADICTS)
    work.ledger.ask(
        Question(
            kind=Question.Kind.TYPED,
            predicate=fact.predicate,
            slot_key=fact.slot_key,
            fact_ids=[target.pk, fact.pk],
            episode_id=item.episode_id,
        )
    )
    return fact


def _nothing(work: Work, item: Accepted, _subject: Subject, target: Fact | None, step: Step) -> Fact | None:
    return target


def expiry_of(work: Work, said: Candidate) -> datetime | None:
    """When what is said is over by itself."""
    return expiry(
        predicate_of(said.predicate),
        valid_from=said.valid_from,
        valid_to=said.valid_to,
        precision=said.precision,
        expires_on=said.expires_on,
        zone=work.zone,
    )


def _mention(fact: Fact, item: Accepted) -> dict[str, Any]:
    """The columns that any further mention touches."""
    said_at = max(fact.said_at, item.said_at)
    return {
        "said_at": said_at,
        "said_on": min(fact.said_on, item.said_on),
        "review_at": review_due(predicate_of(fact.predicate), said_at),
    }


def _tells_more(start: date, precision: str, fact: Fact) -> bool:
    """Whether a repeated mention dates the fact better: for the first time, more finely, or further back."""
    if fact.valid_from is None:
        return True
    if fact.valid_from <= start <= last_day(fact.valid_from, fact.precision):
        order = ("day", "week", "month", "year", "none")
        return order.index(precision) < order.index(fact.precision)
    return start < fact.valid_from


def cite(work: Work, fact: Fact, item: Accepted) -> None:
    """Add where it was said to the evidence of a fact."""
    said = item.candidate
    work.ledger.add_evidence(
        Evidence(
            fact=fact,
            episode_id=item.episode_id,
            episode_length=item.episode_length,
            start=item.span[0],
            end=item.span[1],
            quote=item.quote,
            speaker=item.speaker,
            said_at=item.said_at,
            valid_from=said.valid_from,
            valid_to=said.valid_to,
            precision=said.precision,
            change=said.change,
        )
    )


def _store(work: Work, item: Accepted, subject: Subject, status: str, *, reason: str) -> Fact:
    said = item.candidate
    predicate = predicate_of(said.predicate)
    kind = said.kind if predicate.name == FALLBACK or said.kind == "event" else predicate.kind
    fact = work.ledger.add_fact(
        Fact(
            entity=subject.entity,
            subject=subject.name[:240],
            predicate=predicate.name,
            value=said.value,
            value_key=value_key(said.value)[:480],
            text=said.text,
            kind=kind,
            slot_key=slot_key(subject.key, predicate, said.value),
            valid_from=said.valid_from,
            valid_to=said.valid_to,
            precision=said.precision,
            said_on=item.said_on,
            said_at=item.said_at,
            retired_at=work.ledger.at if status == Fact.Status.SUPERSEDED else None,
            status=status,
            origin=item.origin,
            reader=work.reader,
            confidence=said.confidence,
            sensitivity=item.sensitivity,
            is_masked=item.sensitivity != "none",
            expires_at=expiry_of(work, said),
            review_at=review_due(predicate, item.said_at),
        ),
        scope=work.scope,
        reason=reason,
    )
    cite(work, fact, item)
    return fact


STEPS: dict[Do, Callable[[Work, Accepted, Subject, Fact | None, Step], Fact | None]] = {
    Do.ADD: _add,
    Do.REINFORCE: _reinforce,
    Do.EXTEND: _extend,
    Do.SUPERSEDE: _supersede,
    Do.HISTORY: _history,
    Do.END: _end,
    Do.WRONG: _wrong,
    Do.DISPUTE: _dispute,
    Do.MOVE: _move,
    Do.REDATE: _redate,
    Do.PROPOSE: _propose,
    Do.PROMOTE: _promote,
    Do.REVIVE: _revive,
    Do.ASK_TYPED: _ask_typed,
    Do.NOTHING: _nothing,
}
