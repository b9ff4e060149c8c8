"""What goes out of memory: facts, questions, acts, summaries and jobs as JSON. Serializers describe the same for the schema."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from rest_framework import serializers

from memory.api import BatchView, FactView, JobView, MemoryScope, QuestionView, SummaryView


class FactShape(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    text = serializers.CharField()
    subject = serializers.CharField()
    predicate = serializers.CharField()
    value = serializers.CharField()
    topic = serializers.CharField()
    kind = serializers.CharField()
    status = serializers.CharField()
    origin = serializers.CharField()
    sensitivity = serializers.CharField()
    valid_from = serializers.DateField(allow_null=True)
    valid_to = serializers.DateField(allow_null=True)
    precision = serializers.CharField()
    said_at = serializers.DateTimeField(allow_null=True)
    quote = serializers.CharField()
    support = serializers.IntegerField()
    may_be_out_of_date = serializers.BooleanField()
    is_masked = serializers.BooleanField()
    conversation = serializers.UUIDField(allow_null=True)
    message = serializers.UUIDField(allow_null=True)
    scope = serializers.CharField(
        help_text="`user`, or `project:<id>` or `conversation:<id>` for what is used there alone."
    )
    version = serializers.IntegerField()


class SectionShape(serializers.Serializer[Any]):
    key = serializers.CharField(help_text="A predicate or topic; learned, changed or ahead; the turns it tells of.")
    text = serializers.CharField()
    facts = serializers.ListField(child=serializers.UUIDField(), help_text="It rests on these.")


class SummaryShape(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    level = serializers.ChoiceField(choices=["conversation", "week", "topic", "persona"])
    conversation = serializers.UUIDField(allow_null=True)
    topic = serializers.CharField(help_text="The topic, or the week as in 2026-W09.")
    scope = serializers.CharField(help_text="As of a fact.")
    text = serializers.CharField()
    sections = SectionShape(many=True)
    upto_message = serializers.UUIDField(allow_null=True, help_text="The last message it tells of.")
    is_stale = serializers.BooleanField(help_text="Something has changed since; it is renewed before it is used.")
    origin = serializers.CharField()
    version = serializers.IntegerField()
    made_at = serializers.DateTimeField()


class JobShape(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    kind = serializers.CharField()
    state = serializers.CharField(help_text="due, running, done or aside: tried too often.")
    conversation = serializers.UUIDField(allow_null=True)
    attempts = serializers.IntegerField()
    calls = serializers.IntegerField(help_text="Of a model.")
    error = serializers.CharField(help_text="The kind of the last failure; empty for none.")
    created_at = serializers.DateTimeField()
    due_at = serializers.DateTimeField()
    started_at = serializers.DateTimeField(allow_null=True)
    finished_at = serializers.DateTimeField(allow_null=True)
    lag_ms = serializers.IntegerField(allow_null=True, help_text="Milliseconds from due to finished.")


class QuestionShape(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    kind = serializers.CharField()
    state = serializers.CharField()
    sensitivity = serializers.CharField()
    facts = FactShape(many=True)
    conversation = serializers.UUIDField(allow_null=True)
    message = serializers.UUIDField(allow_null=True)
    hint = serializers.CharField()
    asked_at = serializers.DateTimeField()


class BatchShape(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    kind = serializers.CharField()
    at = serializers.DateTimeField()
    is_undone = serializers.BooleanField()
    can_undo = serializers.BooleanField()
    added = FactShape(many=True)
    changed = FactShape(many=True)


def fact_body(fact: FactView) -> dict[str, Any]:
    return {
        "id": fact.id,
        "text": fact.text,
        "subject": fact.subject,
        "predicate": fact.predicate,
        "value": fact.value,
        "topic": fact.topic,
        "kind": fact.kind,
        "status": fact.status,
        "origin": fact.origin,
        "sensitivity": fact.sensitivity,
        "valid_from": fact.valid_from,
        "valid_to": fact.valid_to,
        "precision": fact.precision,
        "said_at": fact.said_at,
        "quote": fact.quote,
        "support": fact.support,
        "may_be_out_of_date": fact.is_under_review,
        "is_masked": fact.is_masked,
        "conversation": fact.conversation_id,
        "message": fact.message_id,
        "scope": scope_name(fact.scope),
        "version": fact.version,
    }


def scope_name(scope: MemoryScope) -> str:
    """As it stands in a query and in what goes out: "user", or "project:<id>"."""
    return f"{scope.kind.value}:{scope.id}" if scope.id else scope.kind.value


def summary_body(summary: SummaryView) -> dict[str, Any]:
    return {
        "id": summary.id,
        "level": summary.level,
        "conversation": summary.conversation_id,
        "topic": summary.topic,
        "scope": scope_name(summary.scope),
        "text": summary.text,
        "sections": [{"key": key, "text": text, "facts": list(facts)} for key, text, facts in summary.sections],
        "upto_message": summary.upto_message_id,
        "is_stale": summary.is_stale,
        "origin": summary.origin,
        "version": summary.version,
        "made_at": summary.made_at,
    }


def job_body(job: JobView) -> dict[str, Any]:
    body = asdict(job)
    return {"conversation": body.pop("conversation_id"), **body}


def question_body(question: QuestionView) -> dict[str, Any]:
    return {
        "id": question.id,
        "kind": question.kind,
        "state": question.state,
        "sensitivity": question.sensitivity,
        "facts": [fact_body(fact) for fact in question.facts],
        "conversation": question.conversation_id,
        "message": question.message_id,
        "hint": question.hint,
        "asked_at": question.asked_at,
    }


def batch_body(batch: BatchView) -> dict[str, Any]:
    return {
        "id": batch.id,
        "kind": batch.kind,
        "at": batch.at,
        "is_undone": batch.is_undone,
        "can_undo": batch.can_undo,
        "added": [fact_body(fact) for fact in batch.added],
        "changed": [fact_body(fact) for fact in batch.changed],
    }
