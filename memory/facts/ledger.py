"""The one way in which facts and what hangs on them are written: every change leaves a line in the audit, so that a batch can be undone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import models

from memory import ports
from memory.models import Batch, Entity, EntityAlias, Evidence, Fact, FactLink, MemoryEvent, Question, Vector
from memory.terms import index
from memory.types import MemoryScope
from memory.version import raise_version

SNAPSHOT = (
    "entity_id",
    "subject",
    "predicate",
    "value",
    "value_key",
    "text",
    "kind",
    "slot_key",
    "valid_from",
    "valid_to",
    "precision",
    "said_on",
    "said_at",
    "retired_at",
    "status",
    "reader",
    "confidence",
    "sensitivity",
    "expires_at",
    "review_at",
    "review_since",
    "is_masked",
)
REMOVABLE: dict[str, type[EntityAlias] | type[FactLink]] = {"alias": EntityAlias, "link": FactLink}
INDEXED = frozenset({"value", "text", "subject"})


def _plain(value: object) -> object:
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


def snapshot(fact: Fact) -> dict[str, object]:
    """The columns of a fact that can change, as JSON."""
    return {name: _plain(getattr(fact, name)) for name in SNAPSHOT}


def thaw(name: str, value: object) -> object:
    """A value of a snapshot as the model's field has it."""
    if value is None:
        return None
    if name == "entity_id":
        return UUID(str(value))
    field = Fact._meta.get_field(name)
    assert isinstance(field, models.Field)
    thawed: object = field.to_python(value)
    return thawed


class Ledger:
    """Writes within one batch of one user. Open it inside the user's transaction, after `lock_user`."""

    def __init__(
        self,
        user_id: UUID,
        *,
        kind: str,
        actor: str,
        at: datetime,
        conversation_id: UUID | None = None,
        message_ids: Iterable[UUID] = (),
    ) -> None:
        self.user_id = user_id
        self.actor = actor
        self.at = at
        self.version, _ = raise_version(user_id)
        self.batch = Batch.objects.create(
            user_id=user_id,
            kind=kind,
            actor=actor,
            at=at,
            conversation_id=conversation_id,
            message_ids=list(dict.fromkeys(message_ids)),
        )
        self._events: list[MemoryEvent] = []
        self.added: list[UUID] = []
        self.touched: dict[UUID, Fact] = {}
        self.asked: list[Question] = []

    def note(
        self,
        action: str,
        table: str,
        row_id: UUID | None,
        *,
        before: Mapping[str, object] | None = None,
        after: Mapping[str, object] | None = None,
        reason: str = "",
    ) -> None:
        """One line of the audit."""
        MemoryEvent.objects.create(
            user_id=self.user_id,
            batch=self.batch,
            order=len(self._events),
            at=self.at,
            actor=self.actor,
            action=action,
            table=table,
            row_id=row_id,
            before=before,
            after=after,
            reason=reason,
        )
        self._events.append(MemoryEvent())

    @property
    def is_empty(self) -> bool:
        return not self._events

    # --- facts

    def add_fact(self, fact: Fact, *, scope: MemoryScope, reason: str = "") -> Fact:
        """Store a new fact with its terms and vector."""
        fact.user_id = self.user_id
        fact.scope_kind, fact.scope_id = scope.kind.value, scope.id
        fact.recorded_at = self.at
        fact.changed_version = self.version
        fact.terms = index(self.user_id, index_text(fact))
        fact.save(force_insert=True)
        embed_fact(fact)
        self.note("added", "fact", fact.pk, after=snapshot(fact), reason=reason)
        self.added.append(fact.pk)
        self.touched[fact.pk] = fact
        return fact

    def change_fact(self, fact: Fact, *, reason: str = "", action: str = "changed", **fields: Any) -> Fact:
        """Set columns of a fact. What is as it was already is left alone."""
        fields = {name: value for name, value in fields.items() if getattr(fact, name) != value}
        if not fields:
            return fact
        before = snapshot(fact)
        for name, value in fields.items():
            setattr(fact, name, value)
        fact.version += 1
        fact.changed_version = self.version
        names = [*fields, "version", "changed_version"]
        if INDEXED & fields.keys():
            fact.terms = index(self.user_id, index_text(fact))
            names.append("terms")
        fact.save(update_fields=names)
        if INDEXED & fields.keys():
            Vector.objects.of(self.user_id).filter(fact=fact).delete()
            embed_fact(fact)
        after = snapshot(fact)
        changed = [name for name in SNAPSHOT if before[name] != after[name]]
        self.note(
            action,
            "fact",
            fact.pk,
            before={name: before[name] for name in changed},
            after={name: after[name] for name in changed},
            reason=reason,
        )
        self.touched[fact.pk] = fact
        return fact

    def retire(self, fact: Fact, status: str, *, reason: str = "", **fields: Any) -> Fact:
        """Take a fact out of force. One that was so already keeps its day: by then it was not taken for true any more."""
        retired_at = fact.retired_at or self.at
        return self.change_fact(fact, reason=reason, action=status, status=status, retired_at=retired_at, **fields)

    # --- what hangs on facts

    def add_evidence(self, evidence: Evidence) -> Evidence | None:
        """Store evidence unless the same is there. None when it was."""
        known = Evidence.objects.of(self.user_id).filter(
            fact_id=evidence.fact_id,
            episode_id=evidence.episode_id,
            start=evidence.start,
            end=evidence.end,
            change=evidence.change,
        )
        if known.exists():
            return None
        evidence.user_id = self.user_id
        evidence.batch = self.batch
        evidence.recorded_at = self.at
        evidence.save(force_insert=True)
        self.note("added", "evidence", evidence.pk, after={"fact": str(evidence.fact_id)})
        return evidence

    def link(self, source: Fact, target: Fact, kind: str, *, reason: str = "") -> None:
        """Join two facts, once."""
        if source.pk == target.pk:
            return
        link, is_new = FactLink.objects.of(self.user_id).get_or_create(
            source=source,
            target=target,
            type=kind,
            defaults={
                "user_id": self.user_id,
                "reason": reason,
                "actor": self.actor,
                "batch": self.batch,
                "created_at": self.at,
            },
        )
        if is_new:
            self.note(
                "added", "link", link.pk, after={"type": kind, "source": str(source.pk), "target": str(target.pk)}
            )

    def add_entity(self, entity: Entity) -> Entity:
        entity.user_id = self.user_id
        entity.batch = self.batch
        entity.created_at = self.at
        entity.save(force_insert=True)
        self.note("added", "entity", entity.pk)
        return entity

    def change_entity(self, entity: Entity, *, action: str = "changed", **fields: Any) -> None:
        """Set columns of an entity. What is as it was already is left alone."""
        fields = {name: value for name, value in fields.items() if getattr(entity, name) != value}
        if not fields:
            return
        before = {name: _plain(getattr(entity, name)) for name in fields}
        for name, value in fields.items():
            setattr(entity, name, value)
        entity.save(update_fields=list(fields))
        self.note(
            action,
            "entity",
            entity.pk,
            before=before,
            after={name: _plain(value) for name, value in fields.items()},
        )

    def remove(self, table: str, row_id: UUID) -> None:
        """Take an alias or a link away; the audit keeps it whole, so that an undo can put it back."""
        row = REMOVABLE[table].objects.of(self.user_id).filter(pk=row_id).first()
        if row is not None:
            before = {field.attname: _plain(getattr(row, field.attname)) for field in row._meta.concrete_fields}
            self.note("removed", table, row_id, before=before)
            row.delete()

    def add_alias(self, entity: Entity, alias: str, alias_key: str, kind: str) -> None:
        row, is_new = EntityAlias.objects.of(self.user_id).get_or_create(
            entity=entity,
            alias_key=alias_key,
            kind=kind,
            defaults={"user_id": self.user_id, "alias": alias, "created_at": self.at, "batch": self.batch},
        )
        if is_new:
            self.note("added", "alias", row.pk)

    def ask(self, question: Question) -> Question:
        """Put a question to the user."""
        question.user_id = self.user_id
        question.asked_at = self.at
        question.batch = self.batch
        question.save(force_insert=True)
        self.note("asked", "question", question.pk)
        self.asked.append(question)
        return question

    def close_question(self, question: Question, state: str) -> None:
        before = {"state": question.state, "answered_at": _plain(question.answered_at)}
        question.state, question.answered_at = state, self.at
        question.save(update_fields=["state", "answered_at"])
        self.note(state, "question", question.pk, before=before, after={"state": state, "answered_at": _plain(self.at)})

    def close_questions_about(self, fact_ids: Iterable[UUID], state: str = Question.State.WITHDRAWN) -> None:
        """Open questions about any of these facts need no answer any more."""
        for question in Question.objects.of(self.user_id).filter(
            state=Question.State.OPEN, fact_ids__overlap=list(fact_ids)
        ):
            self.close_question(question, state)


def index_text(fact: Fact) -> str:
    """What search sees of a fact: its sentence, its value, whom it is about and the words of its predicate."""
    subject = "" if fact.subject == "user" else fact.subject
    return " ".join(part for part in (subject, fact.predicate.replace("_", " "), fact.value, fact.text) if part)


def embed_fact(fact: Fact) -> None:
    """Store the vector of a fact that has none."""
    embedder = ports.embedder()
    if embedder.is_local:
        row = embedder.embed([index_text(fact)])[0]
        if row.any():
            Vector.objects.create(
                user_id=fact.user_id,
                fact=fact,
                model=embedder.name,
                dimensions=embedder.dimensions,
                halfvec=row.tolist(),
            )
