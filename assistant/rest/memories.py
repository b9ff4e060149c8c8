"""/memories: what is known, where it comes from, and how to put it right."""

from __future__ import annotations

from dataclasses import asdict, replace
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from assistant.rest.base import ListQuery, NoQuery, Strict, UserView, asked, checked, page
from assistant.rest.memory_shapes import BatchShape, FactShape, QuestionShape, batch_body, fact_body, question_body
from assistant.tasks import wake
from memory import api as memory
from memory.tasks import ingest_due
from profiles.api import AccessToken

STATUSES = ("active", "superseded", "wrong", "expired", "disputed", "proposed")


class MemoryView(UserView):
    scope_to_read = AccessToken.Scope.MEMORY_READ
    scope_to_write = AccessToken.Scope.MEMORY_WRITE


class FactPage(serializers.Serializer[Any]):
    items = FactShape(many=True)
    next_cursor = serializers.CharField(allow_null=True)


@extend_schema_field(OpenApiTypes.STR)
class ScopeField(serializers.Field[Any, Any, Any, Any]):
    """`user`, `project:<id>` or `conversation:<id>`."""

    default_error_messages = {"invalid": _("user, project:<id> or conversation:<id>")}

    def to_internal_value(self, data: Any) -> memory.MemoryScope:
        kind, _colon, scope_id = str(data).partition(":")
        try:
            scope = memory.MemoryScope(memory.ScopeKind(kind), UUID(scope_id) if scope_id else None)
        except ValueError:
            self.fail("invalid")
        if (scope.kind == memory.ScopeKind.USER) != (scope.id is None):
            self.fail("invalid")
        return scope


class FactListQuery(ListQuery):
    """Of a list of facts."""

    def validate_cursor(self, cursor: str) -> str:
        if not memory.is_cursor(cursor):
            raise serializers.ValidationError(_("This is no cursor of this list."))
        return cursor


class FactQuery(FactListQuery):
    topic = serializers.ChoiceField(choices=list(memory.TOPICS), default="")
    predicate = serializers.CharField(max_length=40, default="")
    q = serializers.CharField(max_length=400, default="", help_text="Words that stand in it.")
    status = serializers.ChoiceField(choices=STATUSES, default="")
    scope = ScopeField(default=None, help_text="`user`, `project:<id>` or `conversation:<id>`; without it, all.")

    def validate_predicate(self, predicate: str) -> str:
        if predicate and predicate not in memory.REGISTRY:
            raise serializers.ValidationError(_("There is no such predicate."))
        return predicate


class NewFact(Strict):
    predicate = serializers.CharField(max_length=40)
    value = serializers.CharField(max_length=240)
    subject = serializers.CharField(max_length=80, default="user")


class Correction(Strict):
    kind = serializers.ChoiceField(choices=["changed", "wrong", "wording"])
    value = serializers.CharField(max_length=240, allow_blank=True, default="")
    version = serializers.IntegerField(required=False)


class ForgetRequest(Strict):
    """Exactly one of the first five says what; `token` is that of the preview."""

    fact = serializers.UUIDField(required=False)
    predicate = serializers.CharField(max_length=40, required=False)
    conversation = serializers.UUIDField(required=False)
    query = serializers.CharField(max_length=400, required=False)
    everything = serializers.BooleanField(required=False)
    subject = serializers.CharField(max_length=80, default="user")
    token = serializers.CharField(max_length=400, required=False)
    cut_messages = serializers.BooleanField(default=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        named = [name for name in ("fact", "predicate", "conversation", "query", "everything") if attrs.get(name)]
        if len(named) != 1:
            raise serializers.ValidationError("fact, predicate, conversation, query or everything: exactly one")
        return attrs


class ForgetAnswer(serializers.Serializer[Any]):
    token = serializers.CharField(required=False)
    facts = FactShape(many=True, required=False, help_text="All that would go; of everything, the latest.")
    count = serializers.IntegerField(required=False, help_text="Of all facts that would go.")
    turns = serializers.IntegerField(required=False)
    receipt = serializers.JSONField(required=False)


class UndoRequest(Strict):
    batch = serializers.UUIDField(required=False)


class QuestionAnswer(Strict):
    granted = serializers.BooleanField(required=False)
    fact = serializers.UUIDField(required=False)


def target_of(data: dict[str, Any]) -> memory.ForgetTarget:
    """What a forget is about."""
    return memory.ForgetTarget(
        fact_id=data.get("fact"),
        slot=(data["subject"], data["predicate"]) if data.get("predicate") else None,
        conversation_id=data.get("conversation"),
        query=data.get("query", ""),
        everything=bool(data.get("everything")),
    )


def _learn(user_id: UUID) -> None:
    """What leave was given for is read again, as soon as the transaction is through."""
    transaction.on_commit(partial(wake, ingest_due, user_id))


def _changed(change: memory.Change | None) -> Response:
    return Response({"batch": change.batch_id if change else None})


class Memories(MemoryView):
    @extend_schema(operation_id="memories_list", responses=FactPage, parameters=[FactQuery])
    def get(self, request: Request) -> Response:
        """What is known, newest first; without `status`, what holds or waits."""
        query = asked(FactQuery, request)
        filters = memory.FactFilter(topic=query["topic"], predicate=query["predicate"], q=query["q"])
        if query["status"]:
            filters = replace(filters, statuses=(query["status"],))
        found = memory.facts_of(
            self.user.pk, filters, scope=query["scope"], cursor=query.get("cursor", ""), limit=query["limit"]
        )
        return page([fact_body(fact) for fact in found.facts], found.next_cursor)

    @extend_schema(operation_id="memories_create", request=NewFact, responses={201: None})
    def post(self, request: Request) -> Response:
        """Type a fact."""
        data = checked(NewFact, request)
        change = memory.edit_profile(self.user.pk, **data, at=timezone.now())
        return Response({"batch": change.batch_id}, status=201)


class OneMemory(MemoryView):
    @extend_schema(operation_id="memories_read", responses=FactShape)
    def get(self, request: Request, fact_id: UUID) -> Response:
        """One fact, with the words it came from and its history."""
        asked(NoQuery, request)
        detail = memory.fact_detail(self.user.pk, fact_id)
        body = fact_body(detail.fact)
        body["sources"] = [asdict(source) for source in detail.evidence]
        body["history"] = [fact_body(fact) for fact in detail.history]
        return Response(body)

    @extend_schema(operation_id="memories_forget_one", responses=ForgetAnswer)
    def delete(self, request: Request, fact_id: UUID) -> Response:
        """Forget this fact, the words it came from, and keep it from being learned again. Answers with the receipt."""
        receipt = memory.forget(self.user.pk, memory.ForgetTarget(fact_id=fact_id), at=timezone.now())
        return Response({"receipt": asdict(receipt)})


class CorrectMemory(MemoryView):
    @extend_schema(operation_id="memories_correct", request=Correction, responses=BatchShape)
    def post(self, request: Request, fact_id: UUID) -> Response:
        """It changed, it was never true, or the wording is off."""
        data = checked(Correction, request)
        change = memory.correct(
            self.user.pk,
            fact_id,
            value=data["value"],
            kind=data["kind"],
            version=data.get("version"),
            at=timezone.now(),
        )
        return _changed(change)


class JudgeMemory(MemoryView):
    """Confirm, reject, or mark as wrong."""

    @extend_schema(operation_id="memories_judge", request=None, responses=BatchShape)
    def post(self, request: Request, fact_id: UUID, verdict: str) -> Response:
        """`confirm`: still true; `reject`: not what I said; `wrong`: never true."""
        act = {"confirm": memory.confirm, "reject": memory.reject, "wrong": memory.mark_wrong}[verdict]
        return _changed(act(self.user.pk, fact_id, at=timezone.now()))


class Forget(MemoryView):
    @extend_schema(operation_id="memories_forget", request=ForgetRequest, responses=ForgetAnswer)
    def post(self, request: Request) -> Response:
        """Without `token`: what would go, and a token. With it: forget exactly that, and answer with the receipt."""
        data = checked(ForgetRequest, request)
        target, now = target_of(data), timezone.now()
        if not data.get("token"):
            preview = memory.preview_forget(self.user.pk, target, at=now)
            facts = [fact_body(fact) for fact in preview.facts]
            return Response({"token": preview.token, "facts": facts, "count": preview.count, "turns": preview.turns})
        receipt = memory.forget(self.user.pk, target, at=now, token=data["token"], cut_messages=data["cut_messages"])
        return Response({"receipt": asdict(receipt)})


class Undo(MemoryView):
    @extend_schema(operation_id="memories_undo", request=UndoRequest, responses=BatchShape)
    def post(self, request: Request) -> Response:
        """Take back a batch, or the latest."""
        batch = memory.undo(self.user.pk, checked(UndoRequest, request).get("batch"), at=timezone.now())
        return Response(batch_body(batch) if batch else None)


class Questions(MemoryView):
    @extend_schema(operation_id="memories_questions", responses=QuestionShape(many=True))
    def get(self, request: Request) -> Response:
        """What waits for the person's word."""
        asked(NoQuery, request)
        return Response([question_body(question) for question in memory.questions_of(self.user.pk)])


class AnswerQuestion(MemoryView):
    @extend_schema(operation_id="memories_answer", request=QuestionAnswer, responses=BatchShape)
    def post(self, request: Request, question_id: UUID) -> Response:
        """Yes or no to a question of consent (`granted`), or the fact that is right."""
        data = checked(QuestionAnswer, request)
        change = memory.answer_question(
            self.user.pk, question_id, granted=data.get("granted"), fact_id=data.get("fact"), at=timezone.now()
        )
        _learn(self.user.pk)
        return _changed(change)
