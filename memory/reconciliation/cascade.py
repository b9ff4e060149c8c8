"""What a change casts doubt on: facts to review, summaries to make anew. It marks, and does nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import models

from memory.facts.ledger import Ledger
from memory.facts.predicates import predicate_of
from memory.models import Fact, FactLink, Summary


@dataclass(frozen=True, slots=True)
class Shake:
    """A value that was superseded, ended, corrected or negated, by what was said at `said_at`."""

    fact: Fact
    said_at: datetime


def spread(ledger: Ledger, shakes: list[Shake], *, spared: set[UUID]) -> None:
    """Mark for review what hung on the shaken facts. Spared is what was stated in the same act; so is whatever was stated later."""
    for shake in shakes:
        review = predicate_of(shake.fact.predicate).review
        dependents = FactLink.objects.of(ledger.user_id).filter(target=shake.fact, type=FactLink.Type.DEPENDS_ON)
        marked = (
            Fact.objects.of(ledger.user_id)
            .active()
            .in_scope(shake.fact.scope_kind, shake.fact.scope_id)
            .filter(
                models.Q(entity_id=shake.fact.entity_id, predicate__in=review)
                | models.Q(pk__in=list(dependents.values_list("source_id", flat=True)))
            )
            .filter(review_since__isnull=True, said_at__lt=shake.said_at)
            .exclude(pk__in=spared | {shake.fact.pk})
        )
        for fact in marked:
            ledger.change_fact(
                fact, action="marked", reason=f"{shake.fact.predicate} changed"[:60], review_since=shake.said_at
            )
    stale_summaries(ledger, [shake.fact.pk for shake in shakes])


def stale_summaries(ledger: Ledger, fact_ids: list[UUID]) -> None:
    """Summaries that used any of these facts are made anew before they are used."""
    if fact_ids:
        Summary.objects.of(ledger.user_id).filter(is_stale=False, fact_ids__overlap=fact_ids).update(is_stale=True)
