"""What comes due by itself: plans end after their day, what was announced takes its slot."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from memory.facts.ledger import Ledger
from memory.facts.predicates import predicate_of
from memory.models import Batch, Fact, FactLink, Question
from memory.reconciliation.cascade import Shake, spread
from profiles.api import locale_of


def settle_due(user_id: UUID, *, at: datetime) -> int:
    """Expire plans whose day is over and promote what has begun. Call it after `lock_user`. How many facts changed."""
    over = list(
        Fact.objects.of(user_id).filter(status__in=[Fact.Status.ACTIVE, Fact.Status.PROPOSED], expires_at__lte=at)
    )
    today = at.astimezone(locale_of(user_id).zone).date()
    waiting = _announced(user_id, today)
    if not over and not waiting:
        return 0
    ledger = Ledger(user_id, kind=Batch.Kind.EXPIRE, actor="system", at=at)
    for fact in over:
        ledger.change_fact(
            fact, action="expired", status=Fact.Status.EXPIRED, retired_at=fact.expires_at, review_since=None
        )
    for fact in waiting:
        _promote(ledger, fact)
    return len(over) + len(waiting)


def _announced(user_id: UUID, today: object) -> list[Fact]:
    """Facts that wait for their first day alone, not for an answer of the user."""
    rows = Fact.objects.of(user_id).filter(
        status=Fact.Status.PROPOSED, valid_from__lte=today, confidence__gte=0.5, origin="user_said"
    )
    asked = {
        fact_id
        for ids in Question.objects.of(user_id).filter(state=Question.State.OPEN).values_list("fact_ids", flat=True)
        for fact_id in ids
    }
    return [
        fact
        for fact in rows.order_by("valid_from", "said_at")
        if fact.pk not in asked and fact.valid_from and fact.valid_from > fact.said_on
    ]


def _promote(ledger: Ledger, fact: Fact) -> None:
    if predicate_of(fact.predicate).is_one:
        active = (
            Fact.objects.of(ledger.user_id)
            .active()
            .in_scope(fact.scope_kind, fact.scope_id)
            .in_slot(fact.slot_key)
            .first()
        )
        if active is not None:
            later = (
                active.valid_from is not None and fact.valid_from is not None and active.valid_from > fact.valid_from
            )
            if later or active.origin == "user_edited":
                ledger.retire(
                    fact, Fact.Status.SUPERSEDED, reason="late", valid_to=active.valid_from or fact.valid_from
                )
                return
            ledger.retire(active, Fact.Status.SUPERSEDED, reason="newer", valid_to=fact.valid_from, review_since=None)
            ledger.change_fact(fact, action="promoted", status=Fact.Status.ACTIVE)
            ledger.link(fact, active, FactLink.Type.SUPERSEDES, reason="its day came")
            spread(ledger, [Shake(active, fact.said_at)], spared={fact.pk})
            return
    ledger.change_fact(fact, action="promoted", status=Fact.Status.ACTIVE)
