"""/memories: what is known, where it comes from, and how to put it right."""

from __future__ import annotations

from dataclasses import asdict, replace
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from assistant.rest.base import Strict, UserView, checked, limit_of, page
from assistant.rest.shapes import BatchShape, FactShape, QuestionShape, batch_body, fact_body, question_body
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
    facts = FactShape(many=True, required=False)
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
    @extend_schema(
        operation_id="memories_list",
        responses=FactPage,
        parameters=[
            *(OpenApiParameter(name, str) for name in ("topic", "q", "predicate", "cursor")),
            OpenApiParameter("status", str, enum=list(STATUSES)),
            OpenApiParameter("limit", int),
        ],
    )
    def get(self, request: Request) -> Response:
        """What is known, newest first."""
        query = request.query_params
        filters = memory.FactFilter(
            topic=query.get("topic", ""), predicate=query.get("predicate", ""), q=query.get("q", "")
        )
        if query.get("status") in STATUSES:
            filters = replace(filters, statuses=(query["status"],))
        found = memory.facts_of(self.user.pk, filters, cursor=query.get("cursor", ""), limit=limit_of(request))
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
            return Response(
                {"token": preview.token, "facts": [fact_body(fact) for fact in preview.facts], "turns": preview.turns}
            )
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
