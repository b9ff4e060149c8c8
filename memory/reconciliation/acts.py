"""What a person does to facts by hand: type, remember, correct, confirm, reject. Each act is one batch."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID

from memory.exceptions import AlreadyChanged, BadValue, ConsentMissing, NotRemembered, SecretRefused, UnknownPredicate
from memory.facts import entities
from memory.facts.ledger import Ledger
from memory.facts.predicates import is_known, predicate_of
from memory.facts.slots import review_due, slot_key
from memory.models import Batch, Evidence, Fact, FactLink, MemoryEvent, Question
from memory.reconciliation.cascade import Shake, spread
from memory.reconciliation.claims import CURRENT, facts_beside
from memory.secrets import holds_secret
from memory.types import USER_SCOPE, CorrectionKind, MemoryScope, ScopeKind
from memory.values import clean, value_key
from memory.version import lock_user
from profiles.api import consents_of, locale_of

# Takes tombstones away; given by the caller, because forgetting stands beside this package, not below it.
Lift = Callable[[str, str, str, MemoryScope], list[str]]


def get_fact(user_id: UUID, fact_id: UUID, *, version: int | None = None) -> Fact:
    """A fact that may be shown. Raises NotRemembered, and AlreadyChanged when `version` is given and old."""
    fact = Fact.objects.of(user_id).shown().filter(pk=fact_id).first()
    if fact is None:
        raise NotRemembered("There is no such fact.")
    if version is not None and fact.version != version:
        raise AlreadyChanged("This fact was changed meanwhile.")
    return fact


def scope_of(fact: Fact) -> MemoryScope:
    return MemoryScope(ScopeKind(fact.scope_kind), fact.scope_id)


def checked(value: str) -> str:
    """A value that a person typed, fit to be stored. Raises BadValue, SecretRefused."""
    cleaned = clean(value)
    if holds_secret(value, cleaned):
        raise SecretRefused("This looks like a secret. Secrets are never remembered.")
    return cleaned


def _require_leave(user_id: UUID, predicate: str) -> None:
    sensitivity = predicate_of(predicate).sensitivity
    if not consents_of(user_id).get(sensitivity, False):
        raise ConsentMissing(sensitivity)


def put(
    user_id: UUID,
    *,
    predicate: str,
    value: str,
    subject: str,
    at: datetime,
    actor: str,
    scope: MemoryScope,
    kind: str,
    lift: Lift,
    text: str = "",
) -> Ledger:
    """Store a typed value: it supersedes the old one of a one-slot and stands beside the others of a many-slot.

    Typing is leave enough for the value typed. Raises UnknownPredicate, BadValue, SecretRefused.
    """
    if not is_known(predicate):
        raise UnknownPredicate(predicate)
    value = checked(value)
    if subject.strip():
        subject = checked(subject)
    row = predicate_of(predicate)
    lock_user(user_id)
    ledger = Ledger(user_id, kind=kind, actor=actor, at=at)
    if lifted := lift(predicate, subject, value, scope):
        ledger.note(
            "lifted",
            "tombstone",
            None,
            before={"digests": lifted, "scope_kind": scope.kind.value, "scope_id": str(scope.id) if scope.id else None},
        )
    who = entities.resolve(ledger, subject)
    beside = facts_beside(user_id, who.entity.pk if who.entity else None, row, scope)
    held = [fact for fact in beside if fact.status in (Fact.Status.ACTIVE, Fact.Status.DISPUTED, Fact.Status.PROPOSED)]
    same = next((fact for fact in held if fact.value_key == value_key(value)), None)
    if same is not None and same.origin == "user_edited":
        return _settle(ledger, same, [fact for fact in held if fact is not same] if row.is_one else [])
    shakes = []
    for fact in held if row.is_one else [same] if same else []:
        ledger.retire(
            fact, Fact.Status.SUPERSEDED, reason="typed", valid_to=_closing(fact, at, user_id), review_since=None
        )
        if fact.value_key != value_key(value):
            shakes.append(Shake(fact, at))
    ledger.close_questions_about([fact.pk for fact in held], Question.State.ANSWERED)
    new = ledger.add_fact(_typed(user_id, who, row.name, value, at, actor, text), scope=scope, reason=kind)
    entities.introduce(ledger, row.name, value, value)
    for fact in [shake.fact for shake in shakes]:
        ledger.link(new, fact, FactLink.Type.SUPERSEDES, reason="typed")
    spread(ledger, shakes, spared={new.pk})
    return ledger


def _closing(fact: Fact, at: datetime, user_id: UUID) -> object:
    today = at.astimezone(locale_of(user_id).zone).date()
    return max(today, fact.valid_from) if fact.valid_from else today


def _typed(
    user_id: UUID, who: entities.Subject, predicate: str, value: str, at: datetime, actor: str, text: str = ""
) -> Fact:
    row = predicate_of(predicate)
    return Fact(
        entity=who.entity,
        subject=who.name[:240],
        predicate=row.name,
        value=value,
        value_key=value_key(value)[:480],
        text=text or f"{row.name.replace('_', ' ').capitalize()}: {value}"[:240],
        kind=row.kind,
        slot_key=slot_key(who.key, row, value),
        said_on=at.astimezone(locale_of(user_id).zone).date(),
        said_at=at,
        status=Fact.Status.ACTIVE,
        origin="admin" if actor == "admin" else "user_edited",
        sensitivity=row.sensitivity,
        is_masked=row.sensitivity != "none",
        review_at=review_due(row, at),
    )


def _settle(ledger: Ledger, winner: Fact, losers: list[Fact], *, loser_status: str = Fact.Status.WRONG) -> Ledger:
    """`winner` holds; the others don't."""
    shakes = []
    for fact in losers:
        if fact.status == Fact.Status.ACTIVE:
            shakes.append(Shake(fact, ledger.at))
        ledger.retire(fact, loser_status, reason="settled", review_since=None)
    ledger.close_questions_about([winner.pk, *(fact.pk for fact in losers)], Question.State.ANSWERED)
    ledger.change_fact(
        winner,
        action="confirmed",
        status=Fact.Status.ACTIVE,
        retired_at=None,
        review_since=None,
        review_at=review_due(predicate_of(winner.predicate), ledger.at),
        confidence=1.0,
    )
    spread(ledger, shakes, spared={winner.pk})
    return ledger


def end_slot(user_id: UUID, *, predicate: str, subject: str, at: datetime, actor: str, scope: MemoryScope) -> Ledger:
    """An emptied field of the profile page: what stood in it held until now."""
    if not is_known(predicate):
        raise UnknownPredicate(predicate)
    lock_user(user_id)
    ledger = Ledger(user_id, kind=Batch.Kind.EDIT, actor=actor, at=at)
    who = entities.find(user_id, subject)
    entity_id = None if who is None else who[0].pk if who else UUID(int=0)
    shakes = []
    for fact in facts_beside(user_id, entity_id, predicate_of(predicate), scope):
        if fact.status in (Fact.Status.ACTIVE, Fact.Status.DISPUTED):
            ledger.retire(
                fact, Fact.Status.SUPERSEDED, reason="emptied", valid_to=_closing(fact, at, user_id), review_since=None
            )
            shakes.append(Shake(fact, at))
    ledger.close_questions_about([shake.fact.pk for shake in shakes])
    spread(ledger, shakes, spared=set())
    return ledger


def correct_fact(
    user_id: UUID,
    fact_id: UUID,
    *,
    value: str,
    kind: CorrectionKind,
    at: datetime,
    version: int | None,
    actor: str,
    lift: Lift,
    since: date | None = None,
) -> Ledger:
    """Put a fact right: it never was so (`wrong`), it was until now (`changed`), or it is better said thus (`wording`).

    `since`: the day of a change, as the user knows it; not in the future, nor before the fact began.
    """
    value = checked(value)
    lock_user(user_id)
    old = get_fact(user_id, fact_id, version=version)
    if since is not None and (
        since > at.astimezone(locale_of(user_id).zone).date() or (old.valid_from is not None and since < old.valid_from)
    ):
        raise BadValue("It can't have changed on that day.")
    scope = scope_of(old)
    row = predicate_of(old.predicate)
    ledger = Ledger(user_id, kind=Batch.Kind.CORRECT, actor=actor, at=at)
    if kind == "wording" or value_key(value) == old.value_key:
        owner = old.entity.pk.hex if old.entity else entities.USER
        ledger.change_fact(
            old,
            action="reworded",
            value=value,
            value_key=value_key(value)[:480],
            slot_key=slot_key(owner, row, value),
            text=old.text.replace(old.value, value)
            if old.value in old.text
            else f"{row.name.replace('_', ' ').capitalize()}: {value}"[:240],
            review_since=None,
        )
        return ledger
    if lifted := lift(old.predicate, old.subject, value, scope):
        ledger.note(
            "lifted",
            "tombstone",
            None,
            before={"digests": lifted, "scope_kind": scope.kind.value, "scope_id": str(scope.id) if scope.id else None},
        )
    status = Fact.Status.WRONG if kind == "wrong" else Fact.Status.SUPERSEDED
    beside = facts_beside(user_id, old.entity_id, row, scope)
    losers = [
        fact
        for fact in beside
        if fact.status in (Fact.Status.ACTIVE, Fact.Status.DISPUTED, Fact.Status.PROPOSED)
        and (fact.pk == old.pk or row.is_one or fact.value_key == value_key(value))
    ]
    was_active = old.status in (Fact.Status.ACTIVE, Fact.Status.DISPUTED)
    for fact in losers:
        fields = {"valid_to": since or _closing(fact, at, user_id)} if status == Fact.Status.SUPERSEDED else {}
        ledger.retire(fact, status, reason="corrected", review_since=None, **fields)
    if old.pk not in {fact.pk for fact in losers} and status == Fact.Status.WRONG:
        ledger.change_fact(old, action="wrong", status=Fact.Status.WRONG, retired_at=old.retired_at or at)
    ledger.close_questions_about([fact.pk for fact in losers], Question.State.ANSWERED)
    who = entities.Subject(old.entity, old.subject)
    text = old.text.replace(old.value, value) if old.value in old.text else ""
    typed = _typed(user_id, who, old.predicate, value, at, actor, text[:240])
    if since is not None and kind == "changed":
        typed.valid_from, typed.precision = since, "day"
    new = ledger.add_fact(typed, scope=scope, reason="corrected")
    entities.introduce(ledger, old.predicate, value, value)
    link = FactLink.Type.CORRECTS if kind == "wrong" else FactLink.Type.SUPERSEDES
    ledger.link(new, old, link, reason="corrected")
    spread(ledger, [Shake(old, at)] if was_active else [], spared={new.pk})
    return ledger


def confirm_fact(user_id: UUID, fact_id: UUID, *, at: datetime, actor: str, lift: Lift) -> Ledger:
    """Still true. A proposed or disputed fact wins its slot; what it beats was wrong in a dispute, and held until now otherwise."""
    lock_user(user_id)
    fact = get_fact(user_id, fact_id)
    ledger = Ledger(user_id, kind=Batch.Kind.CONFIRM, actor=actor, at=at)
    lift(fact.predicate, fact.subject, fact.value, scope_of(fact))
    rivals = list(
        Fact.objects.of(user_id)
        .in_scope(fact.scope_kind, fact.scope_id)
        .in_slot(fact.slot_key)
        .filter(status__in=[Fact.Status.ACTIVE, Fact.Status.DISPUTED])
        .exclude(pk=fact.pk)
        .exclude(slot_key="")
    )
    was_disputed = fact.status == Fact.Status.DISPUTED
    if not was_disputed:
        for other in rivals:
            _held_until_now(ledger, other)
            ledger.link(fact, other, FactLink.Type.SUPERSEDES, reason="confirmed")
        spread(ledger, [Shake(other, at) for other in rivals], spared={fact.pk})
        rivals = []
    return _settle(ledger, fact, rivals)


def _held_until_now(ledger: Ledger, fact: Fact) -> None:
    """What was settled against a fact takes it out of force; it was true until today."""
    ledger.retire(
        fact,
        Fact.Status.SUPERSEDED,
        reason="settled",
        valid_to=_closing(fact, ledger.at, ledger.user_id),
        review_since=None,
    )


def take_up_again(user_id: UUID, batch_id: UUID, *, at: datetime, actor: str, lift: Lift) -> Ledger:
    """What an undone batch had added holds again, with the evidence it had; what it beats held until now.

    Raises NotRemembered when nothing of it is left, and ConsentMissing.
    """
    lock_user(user_id)
    added = MemoryEvent.objects.of(user_id).filter(
        batch=batch_id, batch__undone_at__isnull=False, table="fact", action="added"
    )
    facts = list(
        Fact.objects.of(user_id)
        .filter(pk__in=list(added.values_list("row_id", flat=True)), status=Fact.Status.WITHDRAWN)
        .order_by("pk")
    )
    if not facts:
        raise NotRemembered("Nothing of this batch can be taken up again.")
    undone = Batch.objects.of(user_id).get(pk=batch_id)
    ledger = Ledger(
        user_id,
        kind=Batch.Kind.CONFIRM,
        actor=actor,
        at=at,
        conversation_id=undone.conversation_id,
        message_ids=undone.message_ids,
    )
    for fact in facts:
        _require_leave(user_id, fact.predicate)
        lift(fact.predicate, fact.subject, fact.value, scope_of(fact))
        for other in facts_beside(user_id, fact.entity_id, predicate_of(fact.predicate), scope_of(fact)):
            is_rival = predicate_of(fact.predicate).is_one or other.value_key == fact.value_key
            if other.pk != fact.pk and is_rival and other.status in (Fact.Status.ACTIVE, Fact.Status.DISPUTED):
                _held_until_now(ledger, other)
        ledger.change_fact(fact, action="confirmed", status=Fact.Status.ACTIVE, retired_at=None, review_since=None)
        Evidence.objects.of(user_id).filter(fact=fact, batch=undone).update(batch=ledger.batch)
    return ledger


def reject_fact(
    user_id: UUID, fact_id: UUID, *, at: datetime, actor: str, version: int | None = None, kind: str = Batch.Kind.REJECT
) -> Ledger:
    """Not so. The last one left of a dispute holds."""
    lock_user(user_id)
    fact = get_fact(user_id, fact_id, version=version)
    ledger = Ledger(user_id, kind=kind, actor=actor, at=at)
    was_active = fact.status in (Fact.Status.ACTIVE, Fact.Status.DISPUTED)
    was_disputed = fact.status == Fact.Status.DISPUTED
    if fact.status in CURRENT:
        ledger.retire(fact, Fact.Status.WRONG, reason="rejected", review_since=None)
    left = []
    if was_disputed:
        left = list(
            Fact.objects.of(user_id)
            .in_scope(fact.scope_kind, fact.scope_id)
            .in_slot(fact.slot_key)
            .filter(status=Fact.Status.DISPUTED)
        )
    if len(left) == 1:
        _settle(ledger, left[0], [])
    elif not left:
        ledger.close_questions_about([fact.pk], Question.State.ANSWERED)
    spread(ledger, [Shake(fact, at)] if was_active and not left else [], spared=set())
    return ledger


def no_lift(predicate: str, subject: str, value: str, scope: MemoryScope = USER_SCOPE) -> list[str]:
    """Nothing to lift."""
    return []


def require_leave_for(user_id: UUID, predicate: str) -> None:
    """Raises ConsentMissing when facts of this predicate may not be learned."""
    _require_leave(user_id, predicate)


__all__ = [
    "BadValue",
    "Lift",
    "checked",
    "confirm_fact",
    "correct_fact",
    "end_slot",
    "get_fact",
    "no_lift",
    "put",
    "reject_fact",
    "require_leave_for",
    "scope_of",
    "take_up_again",
]
