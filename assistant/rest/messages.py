"""/conversations/{id}/messages and /messages"""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpResponseBase
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from assistant.conversations import selectors, services
from assistant.files.keep import files_under
from assistant.llm.choice import known_model, model_if_known
from assistant.models import Run
from assistant.rest.base import MOST, Limit, RowQuery, Strict, UserView, asked, checked, page
from assistant.rest.shapes import (
    ContextItemShape,
    MessageShape,
    PostedShape,
    context_item_body,
    message_body,
    run_body,
)
from assistant.rest.streams import EventStreamRenderer, StreamView, stream_of
from assistant.runs import influence
from assistant.tasks import execute_run, wake, weigh_memories
from memory.api import learned_from


class NewMessage(Strict):
    text = serializers.CharField(trim_whitespace=False, allow_blank=True, max_length=2_000_000)
    client_id = serializers.CharField(max_length=64, required=False, allow_null=True)
    pasted = serializers.ListField(
        child=serializers.ListField(child=serializers.IntegerField(min_value=0), min_length=2, max_length=2),
        required=False,
    )
    attachments = serializers.ListField(
        child=serializers.UUIDField(),
        max_length=50,
        required=False,
        help_text="Ids of uploaded files, in the order they are to stand in. With them the text may be empty.",
    )
    model = serializers.CharField(max_length=120, required=False, allow_blank=True)
    thinking = serializers.ChoiceField(choices=Run.Thinking.choices, default=Run.Thinking.AUTO)


class Wording(Strict):
    text = serializers.CharField(trim_whitespace=False, allow_blank=True, max_length=2_000_000)


class AnotherAnswer(Strict):
    model = serializers.CharField(max_length=120, required=False, allow_blank=True)
    without = serializers.ListField(
        child=serializers.CharField(max_length=64),
        max_length=50,
        required=False,
        help_text="References of items of the receipt that the new answer has to do without.",
    )


class WeighingShape(serializers.Serializer[Any]):
    state = serializers.ChoiceField(choices=["", *Run.Weighing.values])
    done = serializers.IntegerField()


class MessageQuery(RowQuery):
    limit = Limit(default=40, help_text=f"Rows of a page, {MOST} at most.")


class MessagePage(serializers.Serializer[Any]):
    items = MessageShape(many=True)
    next_cursor = serializers.CharField(allow_null=True)


def posted_response(user_id: UUID, posted: services.Posted) -> Response:
    """202 with the message and the run, whose worker is woken when the transaction is through."""
    if posted.is_new:
        transaction.on_commit(partial(wake, execute_run, user_id, posted.run.id))
    turn = selectors.Turn(posted.message, None, 1, (posted.message.id,))
    files = files_under(user_id, [posted.message.id]).get(posted.message.id, [])
    return Response({"message": message_body(turn, [], files), "run": run_body(posted.run)}, status=202)


class Messages(StreamView):
    renderer_classes = [JSONRenderer, EventStreamRenderer]

    @extend_schema(
        operation_id="messages_list",
        responses=MessagePage,
        parameters=[MessageQuery],
    )
    def get(self, request: Request, conversation_id: UUID) -> Response:
        """The shown branch, newest page first; each page from old to new. `next_cursor` leads to what was said before."""
        conversation = selectors.get_conversation(self.user.pk, conversation_id)
        query = asked(MessageQuery, request)
        cursor = query.get("cursor")
        upto = selectors.get_message(self.user.pk, cursor).id if cursor else None
        if upto is None:  # what is new stands at the end
            services.note_opened(conversation)
        thread = selectors.thread(self.user.pk, conversation, upto=upto, limit=query["limit"])
        chips = learned_from(self.user.pk, [turn.message.id for turn in thread.turns])
        earlier = str(thread.turns[0].message.parent_id) if thread.has_earlier else None
        files = files_under(self.user.pk, [turn.message.id for turn in thread.turns])
        items = [
            message_body(turn, chips.get(turn.message.id, []), files.get(turn.message.id, [])) for turn in thread.turns
        ]
        return page(items, earlier)

    @extend_schema(operation_id="messages_create", request=NewMessage, responses={202: PostedShape})
    def post(self, request: Request, conversation_id: UUID) -> HttpResponseBase:
        """Say something. 202 with the run that answers, or its events at once with `Accept: text/event-stream`."""
        data = checked(NewMessage, request)
        posted = services.post_message(
            self.user.pk,
            conversation_id,
            text=data["text"],
            at=timezone.now(),
            client_id=data.get("client_id"),
            pasted=[(start, end) for start, end in data.get("pasted", [])],
            model=known_model(data.get("model", "")),
            thinking=data["thinking"],
            attachments=data.get("attachments", []),
        )
        response = posted_response(self.user.pk, posted)
        if isinstance(request.accepted_renderer, EventStreamRenderer):
            return stream_of(self.user.pk, posted.run.id, after=0)
        return response


class EditMessage(UserView):
    @extend_schema(operation_id="messages_edit", request=Wording, responses={202: PostedShape})
    def post(self, request: Request, message_id: UUID) -> Response:
        """Say it in other words: a sibling, and an answer to it."""
        data = checked(Wording, request)
        posted = services.edit_message(self.user.pk, message_id, text=data["text"], at=timezone.now())
        return posted_response(self.user.pk, posted)


class Regenerate(UserView):
    @extend_schema(operation_id="messages_regenerate", request=AnotherAnswer, responses={202: PostedShape})
    def post(self, request: Request, message_id: UUID) -> Response:
        """Another answer to the same question."""
        data = checked(AnotherAnswer, request)
        model = known_model(data.get("model", "")) or model_if_known(services.model_asked_for(self.user.pk, message_id))
        posted = services.regenerate(
            self.user.pk, message_id, at=timezone.now(), model=model, left_out=data.get("without", [])
        )
        return posted_response(self.user.pk, posted)


class ShowVersion(UserView):
    @extend_schema(operation_id="messages_show", request=None, responses={204: None})
    def post(self, request: Request, message_id: UUID) -> Response:
        """Show the branch that goes through this message."""
        services.choose_version(self.user.pk, message_id)
        return Response(status=204)


class ContextReceipt(UserView):
    @extend_schema(operation_id="messages_context", responses=ContextItemShape(many=True))
    def get(self, request: Request, message_id: UUID) -> Response:
        """The context receipt: everything that went into this answer, in the order it was sent."""
        message = selectors.get_message(self.user.pk, message_id)
        return Response([context_item_body(item) for item in selectors.context_items(self.user.pk, message)])


class Influence(UserView):
    @extend_schema(operation_id="messages_weigh", request=None, responses={202: WeighingShape})
    def post(self, request: Request, message_id: UUID) -> Response:
        """Have the memories of an answer weighed, each by an answer without it. The receipt then says how much each mattered."""
        run = influence.request(self.user.pk, message_id)
        transaction.on_commit(partial(wake, weigh_memories, self.user.pk, run.id))
        return Response({"state": run.weighing, "done": run.weighed}, status=202)

    @extend_schema(operation_id="messages_weighing", responses=WeighingShape)
    def get(self, request: Request, message_id: UUID) -> Response:
        """How far the weighing is."""
        run = selectors.get_message(self.user.pk, message_id).run
        return Response({"state": run.weighing, "done": run.weighed})
