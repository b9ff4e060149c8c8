"""When a turn is forgotten, what it closed is open again. Forgetting one fact or slot restores nothing; only turns that go do."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from memory.models import Batch, Evidence, Fact, FactLink, MemoryEvent

_CLOSING = (FactLink.Type.SUPERSEDES, FactLink.Type.CORRECTS, FactLink.Type.EXTENDS)


def what_was_closed(user_id: UUID, fact_ids: Iterable[UUID], turn_ids: set[UUID]) -> list[UUID]:
    """Facts that stay, and that something told in these turns took out of force."""
    if not turn_ids:
        return []
    going = list(fact_ids)
    by_link = FactLink.objects.of(user_id).filter(source_id__in=going, type__in=_CLOSING).exclude(target_id__in=going)
    by_word = (
        Evidence.objects.of(user_id)
        .filter(episode_id__in=turn_ids, change__in=["ends", "negates"])
        .exclude(fact_id__in=going)
    )
    return list(
        dict.fromkeys([*by_link.values_list("target_id", flat=True), *by_word.values_list("fact_id", flat=True)])
    )


def open_again(user_id: UUID, fact_ids: Iterable[UUID], *, at: datetime, batch: Batch, version: int) -> int:
    """Put these facts back in force where their slot is free, the one said last first. How many."""
    opened = 0
    rows = Fact.objects.of(user_id).filter(
        pk__in=list(fact_ids), status__in=[Fact.Status.SUPERSEDED, Fact.Status.WRONG]
    )
    for fact in rows.order_by("-said_at", "-id"):
        taken = Fact.objects.of(user_id).in_scope(fact.scope_kind, fact.scope_id).in_slot(fact.slot_key)
        if fact.slot_key and taken.filter(status__in=[Fact.Status.ACTIVE, Fact.Status.DISPUTED]).exists():
            continue
        told = Evidence.objects.of(user_id).filter(fact=fact, valid_to__isnull=False).order_by("-said_at").first()
        fact.status, fact.retired_at, fact.valid_to = Fact.Status.ACTIVE, None, told.valid_to if told else None
        fact.version += 1
        fact.changed_version = version
        fact.save()
        MemoryEvent.objects.create(
            user_id=user_id, batch=batch, at=at, actor="system", action="opened", table="fact", row_id=fact.pk
        )
        opened += 1
    return opened
