"""Take a batch back: what it added is withdrawn, what it changed is as before. Replays the audit backwards."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from memory.exceptions import NotRemembered, UndoRefused
from memory.facts.ledger import REMOVABLE, embed_fact, index_text, thaw
from memory.facts.views import is_undoable
from memory.models import (
    Batch,
    Entity,
    EntityAlias,
    Evidence,
    Fact,
    FactLink,
    MemoryEvent,
    Question,
    Tombstone,
    Vector,
)
from memory.terms import index
from memory.version import lock_user, raise_version

UNDOABLE = ("extract", "command", "edit", "correct", "confirm", "reject", "answer", "withdraw", "merge")


def undo_batch(user_id: UUID, batch_id: UUID | None, *, at: datetime, actor: str) -> Batch | None:
    """Take back `batch_id`, or the latest that changed something and was not undone. None when there is none.

    Raises NotRemembered, and UndoRefused when something newer rests on it, when it was undone already, or when it is a forget.
    """
    lock_user(user_id)
    batch = _latest(user_id) if batch_id is None else _given(user_id, batch_id)
    if batch is None:
        return None
    events = list(MemoryEvent.objects.of(user_id).filter(batch=batch).order_by("order"))
    if newer := _resting(user_id, batch, events):
        raise UndoRefused("Something newer rests on this: undo that first.", newer=str(newer.pk))
    version, _ = raise_version(user_id)
    _revert(user_id, events, at=at, version=version)
    Question.objects.of(user_id).filter(batch=batch, state=Question.State.OPEN).update(
        state=Question.State.WITHDRAWN, answered_at=at
    )
    batch.undone_at = at
    batch.save(update_fields=["undone_at"])
    MemoryEvent.objects.create(
        user_id=user_id,
        batch=batch,
        order=len(events),
        at=at,
        actor=actor,
        action="undone",
        table="batch",
        row_id=batch.pk,
    )
    return batch


def _given(user_id: UUID, batch_id: UUID) -> Batch:
    batch = Batch.objects.of(user_id).filter(pk=batch_id).first()
    if batch is None:
        raise NotRemembered("There is no such batch.")
    if not is_undoable(batch):
        raise UndoRefused(
            "A forget can't be undone." if batch.kind == Batch.Kind.FORGET else "This was undone already."
        )
    return batch


def _latest(user_id: UUID, kinds: Sequence[str] = UNDOABLE) -> Batch | None:
    candidates = Batch.objects.of(user_id).filter(kind__in=kinds, undone_at__isnull=True).order_by("-at", "-id")[:50]
    return next((batch for batch in candidates if MemoryEvent.objects.of(user_id).filter(batch=batch).exists()), None)


def is_forget_latest(user_id: UUID) -> bool:
    """Whether the last thing done that stands is a forget. "Undo that" means it then, and not whatever was done before."""
    latest = _latest(user_id, (*UNDOABLE, Batch.Kind.FORGET))
    return latest is not None and latest.kind == Batch.Kind.FORGET


def _resting(user_id: UUID, batch: Batch, events: Sequence[MemoryEvent]) -> Batch | None:
    """The latest batch that touched the same rows after this one, and stands."""
    rows = {event.row_id for event in events if event.row_id and event.table in ("fact", "question", "entity")}
    later = (
        MemoryEvent.objects.of(user_id)
        .filter(row_id__in=rows, batch__undone_at__isnull=True, batch_id__gt=batch.pk)
        .exclude(batch__kind__in=[Batch.Kind.FORGET, Batch.Kind.EXPIRE])
        .select_related("batch")
        .order_by("-batch_id")
        .first()
    )
    return later.batch if later else None


def _revert(user_id: UUID, events: Sequence[MemoryEvent], *, at: datetime, version: int) -> None:
    facts = _facts_before(events)
    rows = {row.pk: row for row in Fact.objects.of(user_id).filter(pk__in=facts)}
    # What gives its slot up goes first: a slot holds one active fact at any moment.
    for fact_id in sorted(facts, key=lambda key: facts[key].get("status") == Fact.Status.ACTIVE):
        if fact_id in rows:
            _restore(rows[fact_id], facts[fact_id], at=at, version=version)
    added = {fact_id for fact_id, fields in facts.items() if fields.get("status") == Fact.Status.WITHDRAWN}
    for event in reversed(events):
        _REVERTERS.get((event.action, event.table), _leave)(user_id, event, added, at)


def _facts_before(events: Sequence[MemoryEvent]) -> dict[UUID, dict[str, Any]]:
    """The columns of each fact as they were before the first event of the batch; added ones are withdrawn."""
    facts: dict[UUID, dict[str, Any]] = {}
    for event in reversed(events):
        if event.table != "fact" or event.row_id is None:
            continue
        if event.action == "added":
            facts[event.row_id] = {"status": Fact.Status.WITHDRAWN}
        elif event.before is not None:
            facts.setdefault(event.row_id, {}).update(event.before)
    return facts


def _restore(fact: Fact, fields: dict[str, Any], *, at: datetime, version: int) -> None:
    if fields.get("status") == Fact.Status.WITHDRAWN:
        fields = {"status": Fact.Status.WITHDRAWN, "retired_at": at.isoformat()}
    was = index_text(fact)
    for name, value in fields.items():
        setattr(fact, name, thaw(name, value))
    fact.version += 1
    fact.changed_version = version
    if index_text(fact) != was:
        fact.terms = index(fact.user_id, index_text(fact))
        fact.save()
        Vector.objects.of(fact.user_id).filter(fact=fact).delete()
        embed_fact(fact)
    else:
        fact.save()


def _row(event: MemoryEvent) -> UUID:
    assert event.row_id is not None
    return event.row_id


def _leave(user_id: UUID, event: MemoryEvent, added: set[UUID], at: datetime) -> None:
    return None


def _drop_evidence(user_id: UUID, event: MemoryEvent, added: set[UUID], at: datetime) -> None:
    if event.after and UUID(str(event.after["fact"])) not in added:  # what was added keeps its evidence for the audit
        Evidence.objects.of(user_id).filter(pk=_row(event)).delete()


def _drop_link(user_id: UUID, event: MemoryEvent, added: set[UUID], at: datetime) -> None:
    FactLink.objects.of(user_id).filter(pk=_row(event)).delete()


def _drop_alias(user_id: UUID, event: MemoryEvent, added: set[UUID], at: datetime) -> None:
    EntityAlias.objects.of(user_id).filter(pk=_row(event)).delete()


def _open_again(user_id: UUID, event: MemoryEvent, added: set[UUID], at: datetime) -> None:
    Question.objects.of(user_id).filter(pk=_row(event)).update(state=Question.State.OPEN, answered_at=None)


def _bury_again(user_id: UUID, event: MemoryEvent, added: set[UUID], at: datetime) -> None:
    if not event.before:
        return
    scope = {"scope_kind": event.before["scope_kind"], "scope_id": event.before["scope_id"]}
    Tombstone.objects.bulk_create(
        [
            Tombstone(user_id=user_id, digest=bytes.fromhex(str(digest)), created_at=at, **scope)
            for digest in event.before["digests"]
        ],
        ignore_conflicts=True,
    )


def _entity_back(user_id: UUID, event: MemoryEvent, added: set[UUID], at: datetime) -> None:
    Entity.objects.of(user_id).filter(pk=_row(event)).update(**(event.before or {}))


def _put_back(user_id: UUID, event: MemoryEvent, added: set[UUID], at: datetime) -> None:
    model = REMOVABLE[event.table]
    fields = {field.attname: field for field in model._meta.concrete_fields}
    values = {name: fields[name].to_python(value) for name, value in (event.before or {}).items() if name in fields}
    if values:
        model(**values).save(force_insert=True)


_REVERTERS = {
    ("changed", "entity"): _entity_back,
    ("merged", "entity"): _entity_back,
    ("unmerged", "entity"): _entity_back,
    ("removed", "alias"): _put_back,
    ("removed", "link"): _put_back,
    ("added", "evidence"): _drop_evidence,
    ("added", "link"): _drop_link,
    ("added", "alias"): _drop_alias,
    ("answered", "question"): _open_again,
    ("withdrawn", "question"): _open_again,
    ("lifted", "tombstone"): _bury_again,
}
