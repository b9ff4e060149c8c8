"""Two entities that are one, and one that was two after all. Each is one batch that can be undone; unmerging moves back what nothing touched since."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from memory.exceptions import AlreadyChanged, NotRemembered
from memory.facts.ledger import Ledger, snapshot, thaw
from memory.facts.predicates import predicate_of
from memory.facts.slots import slot_key
from memory.models import Batch, Entity, EntityAlias, Fact, FactLink, MemoryEvent, Question
from memory.reconciliation.cascade import stale_summaries
from memory.reconciliation.claims import start_of
from memory.version import lock_user

_IN_FORCE = frozenset({"status", "retired_at", "valid_to"})  # columns that change together


def get_entity(user_id: UUID, entity_id: UUID) -> Entity:
    """Somebody or something that stands for itself. Raises NotRemembered, and AlreadyChanged when it was merged into another."""
    entity = Entity.objects.of(user_id).filter(pk=entity_id).first()
    if entity is None:
        raise NotRemembered("There is nobody of that id.")
    if entity.merged_into_id:
        raise AlreadyChanged("This is the same as another already.")
    return entity


def merge(user_id: UUID, kept_id: UUID, other_id: UUID, *, at: datetime, actor: str) -> Ledger:
    """`other` is the same as `kept`: its facts and names move there. Where both hold a slot, the fact that holds from later on stays in force."""
    lock_user(user_id)
    kept, other = get_entity(user_id, kept_id), get_entity(user_id, other_id)
    if kept.pk == other.pk:
        raise AlreadyChanged("This is one and the same already.")
    ledger = Ledger(user_id, kind=Batch.Kind.MERGE, actor=actor, at=at)
    facts = list(Fact.objects.of(user_id).filter(entity=other).order_by("said_at", "id"))
    for fact in facts:
        _move(ledger, fact, kept)
    _join_names(ledger, kept, other)
    ledger.change_entity(other, action="merged", merged_into_id=kept.pk)
    _release(ledger, other)
    stale_summaries(ledger, [fact.pk for fact in facts])
    return ledger


def _move(ledger: Ledger, fact: Fact, kept: Entity) -> None:
    """Make a fact one about `kept`. Whoever loses the slot leaves it first."""
    slot = slot_key(kept.pk.hex, predicate_of(fact.predicate), fact.value)
    rival = None
    if slot and fact.status in (Fact.Status.ACTIVE, Fact.Status.DISPUTED):
        rows = Fact.objects.of(ledger.user_id).in_scope(fact.scope_kind, fact.scope_id).in_slot(slot)
        rival = rows.filter(status__in=[Fact.Status.ACTIVE, Fact.Status.DISPUTED]).exclude(pk=fact.pk).first()
    fields: dict[str, Any] = {"entity_id": kept.pk, "subject": kept.name, "slot_key": slot}
    if rival is None:
        ledger.change_fact(fact, action="moved", reason="merged", **fields)
    elif rival.value_key == fact.value_key:
        ledger.retire(fact, Fact.Status.SUPERSEDED, reason="merged", review_since=None, **fields)
        ledger.link(rival, fact, FactLink.Type.DUPLICATES, reason="merged")
    elif predicate_of(fact.predicate).is_fixed or Fact.Status.DISPUTED in (rival.status, fact.status):
        _dispute(ledger, fact, rival, fields)
    else:
        _succeed(ledger, fact, rival, fields)


def _succeed(ledger: Ledger, fact: Fact, rival: Fact, fields: dict[str, Any]) -> None:
    """Of two values that both held, the later one goes on: what was typed before what was said, then by start, then by the last mention."""
    winner, loser = sorted(
        (fact, rival), key=lambda one: (one.origin == "user_edited", start_of(one), one.said_at), reverse=True
    )
    ends = max(start_of(winner), loser.valid_from or start_of(winner))
    ledger.retire(
        loser,
        Fact.Status.SUPERSEDED,
        reason="merged",
        valid_to=min(ends, loser.valid_to) if loser.valid_to else ends,
        review_since=None,
        **(fields if loser is fact else {}),
    )
    if winner is fact:
        ledger.change_fact(fact, action="moved", reason="merged", **fields)
    ledger.link(winner, loser, FactLink.Type.SUPERSEDES, reason="merged")
    ledger.close_questions_about([loser.pk])


def _dispute(ledger: Ledger, fact: Fact, rival: Fact, fields: dict[str, Any]) -> None:
    """Two values that can't both be: one question, as for any conflict."""
    ledger.change_fact(rival, action="disputed", reason="merged", status=Fact.Status.DISPUTED)
    ledger.change_fact(fact, action="disputed", reason="merged", status=Fact.Status.DISPUTED, **fields)
    ledger.link(fact, rival, FactLink.Type.CONTRADICTS, reason="merged")
    ledger.close_questions_about([fact.pk, rival.pk])
    rows = Fact.objects.of(ledger.user_id).in_scope(fact.scope_kind, fact.scope_id).in_slot(fact.slot_key)
    ids = list(rows.filter(status=Fact.Status.DISPUTED).order_by("said_at", "id").values_list("pk", flat=True))
    ledger.ask(Question(kind=Question.Kind.CONFLICT, predicate=fact.predicate, slot_key=fact.slot_key, fact_ids=ids))


def _join_names(ledger: Ledger, kept: Entity, other: Entity) -> None:
    """All names of `other` lead to `kept`. One known by relation alone gets the name of the other."""
    kept_is_nameless = bool(kept.relation) and kept.name_key == kept.relation.casefold()
    other_is_nameless = bool(other.relation) and other.name_key == other.relation.casefold()
    kinds = {True: EntityAlias.Kind.RELATION, False: EntityAlias.Kind.NAME}
    if kept_is_nameless and not other_is_nameless:
        ledger.add_alias(kept, kept.name, kept.name_key, EntityAlias.Kind.RELATION)
        ledger.change_entity(kept, name=other.name, name_key=other.name_key, bare_key=other.bare_key)
        for fact in Fact.objects.of(ledger.user_id).filter(entity=kept):
            ledger.change_fact(fact, action="renamed", reason="merged", subject=other.name)
    elif other.name_key != kept.name_key:
        ledger.add_alias(kept, other.name, other.name_key, kinds[other_is_nameless])
    for alias in EntityAlias.objects.of(ledger.user_id).filter(entity=other):
        ledger.add_alias(kept, alias.alias, alias.alias_key, alias.kind)
    if other.relation and not kept.relation:
        ledger.change_entity(kept, relation=other.relation)
    elif other.relation and other.relation != kept.relation:
        ledger.add_alias(kept, other.relation, other.relation, EntityAlias.Kind.RELATION)


def _release(ledger: Ledger, other: Entity) -> None:
    """Questions that asked which of the two is meant need no answer when only one is left to choose."""
    for question in Question.objects.of(ledger.user_id).filter(
        kind=Question.Kind.ENTITY, state=Question.State.OPEN, entity_ids__contains=[other.pk]
    ):
        rows = Entity.objects.of(ledger.user_id).filter(pk__in=question.entity_ids)
        roots = {root.pk: root for root in map(root_of, rows)}
        fact = Fact.objects.of(ledger.user_id).filter(pk__in=question.fact_ids).first()
        if len(roots) == 1 and fact is not None and fact.status == Fact.Status.PROPOSED:
            settle_on(ledger, fact, roots.popitem()[1])
            ledger.close_question(question, Question.State.ANSWERED)


def root_of(entity: Entity) -> Entity:
    """What an entity was merged into, itself when it was not."""
    while entity.merged_into is not None:
        entity = entity.merged_into
    return entity


def settle_on(ledger: Ledger, fact: Fact, entity: Entity) -> Fact:
    """A fact of which it could not be told whom it is about is one about `entity`, and holds: what it contradicts held until it began."""
    slot = slot_key(entity.pk.hex, predicate_of(fact.predicate), fact.value)
    fields: dict[str, Any] = {"entity_id": entity.pk, "subject": entity.name, "slot_key": slot}
    rows = Fact.objects.of(ledger.user_id).in_scope(fact.scope_kind, fact.scope_id).in_slot(slot).exclude(slot_key="")
    rival = rows.filter(status=Fact.Status.ACTIVE).exclude(pk=fact.pk).first()
    if rival is None:
        return ledger.change_fact(fact, action="promoted", reason="who is meant", status=Fact.Status.ACTIVE, **fields)
    if rival.value_key == fact.value_key:
        ledger.retire(fact, Fact.Status.SUPERSEDED, reason="known", **fields)
        ledger.link(rival, fact, FactLink.Type.DUPLICATES, reason="known")
        return rival
    is_later = (start_of(fact), fact.said_at) >= (start_of(rival), rival.said_at) and rival.origin != "user_edited"
    winner, loser = (fact, rival) if is_later else (rival, fact)
    ends = max(start_of(winner), loser.valid_from or start_of(winner))
    more = fields if loser is fact else {}
    ledger.retire(loser, Fact.Status.SUPERSEDED, reason="who is meant", valid_to=ends, review_since=None, **more)
    if winner is fact:
        ledger.change_fact(fact, action="promoted", reason="who is meant", status=Fact.Status.ACTIVE, **fields)
    ledger.link(winner, loser, FactLink.Type.SUPERSEDES, reason="who is meant")
    return winner


def unmerge(user_id: UUID, entity_id: UUID, *, at: datetime, actor: str) -> Ledger:
    """`entity_id` is somebody of its own after all. What the merge moved goes back, but for what was changed since; what was said since stays.

    Raises NotRemembered when it is merged into nothing, and AlreadyChanged when what it was merged into went on into another: that comes first, or its
    facts would go back no further than to there.
    """
    lock_user(user_id)
    other = (
        Entity.objects.of(user_id).filter(pk=entity_id, merged_into__isnull=False).select_related("merged_into").first()
    )
    if other is not None and other.merged_into is not None and other.merged_into.merged_into_id:
        raise AlreadyChanged("What this was merged into is part of another by now. Take that apart first.")
    merged = (
        MemoryEvent.objects.of(user_id)
        .filter(table="entity", action="merged", row_id=entity_id, batch__undone_at__isnull=True)
        .order_by("-batch_id")
        .first()
    )
    if other is None or merged is None or merged.batch_id is None:
        raise NotRemembered("This was not merged into another.")
    ledger = Ledger(user_id, kind=Batch.Kind.MERGE, actor=actor, at=at)
    events = list(MemoryEvent.objects.of(user_id).filter(batch_id=merged.batch_id).order_by("-order"))
    ledger.change_entity(other, action="unmerged", merged_into_id=None)
    for event in events:
        if event.table == "entity" and event.row_id and event.row_id != other.pk:
            _name_back(ledger, event, event.row_id)
        elif event.action == "added" and event.table in ("alias", "link") and event.row_id:
            ledger.remove(event.table, event.row_id)
    _facts_back(ledger, events)
    asked = Question.objects.of(user_id).filter(batch_id=merged.batch_id, state=Question.State.OPEN)
    for question in asked:
        ledger.close_question(question, Question.State.WITHDRAWN)
    return ledger


def _name_back(ledger: Ledger, event: MemoryEvent, entity_id: UUID) -> None:
    entity = Entity.objects.of(ledger.user_id).filter(pk=entity_id).first()
    if entity is not None and event.before and all(getattr(entity, k) == v for k, v in (event.after or {}).items()):
        ledger.change_entity(entity, **event.before)


def _facts_back(ledger: Ledger, events: list[MemoryEvent]) -> None:
    """Facts as before the merge; those that leave a slot first, those that take one up last and only when it is free."""
    before: dict[UUID, dict[str, object]] = {}
    after: dict[UUID, dict[str, object]] = {}
    for event in events:  # the last first
        if event.table == "fact" and event.row_id and event.before and event.after:
            before.setdefault(event.row_id, {}).update(event.before)
            after[event.row_id] = {**event.after, **after.get(event.row_id, {})}
    facts = {fact.pk: fact for fact in Fact.objects.of(ledger.user_id).filter(pk__in=list(before))}
    for fact_id in sorted(facts, key=lambda key: before[key].get("status") == Fact.Status.ACTIVE):
        fact, now = facts[fact_id], snapshot(facts[fact_id])
        untouched = {name: value for name, value in before[fact_id].items() if now[name] == after[fact_id].get(name)}
        if not {"status", "retired_at"} & before[fact_id].keys() <= untouched.keys():
            untouched = {name: value for name, value in untouched.items() if name not in _IN_FORCE}
        fields = {name: thaw(name, value) for name, value in untouched.items()}
        if "status" in untouched and fields["status"] == Fact.Status.ACTIVE and not _is_free(fact, fields):
            fields = {name: value for name, value in fields.items() if name not in _IN_FORCE}
        ledger.change_fact(fact, action="moved", reason="unmerged", **fields)


def _is_free(fact: Fact, fields: dict[str, object]) -> bool:
    slot = str(fields.get("slot_key", fact.slot_key))
    rows = Fact.objects.of(fact.user_id).active().in_scope(fact.scope_kind, fact.scope_id).in_slot(slot)
    return not slot or not rows.exclude(pk=fact.pk).exists()
