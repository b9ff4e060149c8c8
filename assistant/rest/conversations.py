"""/conversations"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from assistant.conversations import selectors, services
from assistant.conversations.projects import move_conversation
from assistant.models import Conversation
from assistant.rest.base import RowQuery, Strict, UserView, asked, checked, page
from assistant.rest.shapes import ConversationShape, conversation_body


class NewConversation(Strict):
    client_id = serializers.CharField(max_length=64, required=False, allow_null=True)
    mode = serializers.ChoiceField(choices=Conversation.Mode.choices, default=Conversation.Mode.NORMAL)
    project = serializers.UUIDField(required=False, allow_null=True)
    personal = serializers.ChoiceField(choices=Conversation.Personal.choices, default=Conversation.Personal.NORMAL)


class ConversationChange(Strict):
    title = serializers.CharField(max_length=120, required=False)
    is_pinned = serializers.BooleanField(required=False)
    is_archived = serializers.BooleanField(required=False)
    personal = serializers.ChoiceField(choices=Conversation.Personal.choices, required=False)
    project = serializers.UUIDField(required=False, allow_null=True)


class ConversationPage(serializers.Serializer[Any]):
    items = ConversationShape(many=True)
    next_cursor = serializers.CharField(allow_null=True)


class ConversationQuery(RowQuery):
    project = serializers.UUIDField(required=False, help_text="Those of one project.")
    archived = serializers.BooleanField(default=False, help_text="Those that were put away.")


class Conversations(UserView):
    @extend_schema(
        operation_id="conversations_list",
        responses=ConversationPage,
        parameters=[ConversationQuery],
    )
    def get(self, request: Request) -> Response:
        """The listed conversations, pinned first, newest first."""
        query = asked(ConversationQuery, request)
        limit, cursor, project = query["limit"], query.get("cursor"), query.get("project")
        before = selectors.get_conversation(self.user.pk, cursor) if cursor else None
        if query["archived"]:
            found = selectors.archived(self.user.pk, before=before, limit=limit + 1)
        else:
            found = selectors.sidebar(self.user.pk, before=before, limit=limit + 1, project_id=project)
        following = str(found[limit - 1].id) if len(found) > limit else None
        return page([conversation_body(item) for item in found[:limit]], following)

    @extend_schema(operation_id="conversations_create", request=NewConversation, responses={201: ConversationShape})
    def post(self, request: Request) -> Response:
        """Begin a conversation. The same `client_id` again gives the same conversation."""
        data = checked(NewConversation, request)
        conversation = services.start_conversation(
            self.user.pk,
            at=timezone.now(),
            mode=data["mode"],
            client_id=data.get("client_id"),
            project_id=data.get("project"),
            personal=data["personal"],
        )
        return Response(conversation_body(conversation), status=201)


class OneConversation(UserView):
    @extend_schema(operation_id="conversations_read", responses=ConversationShape)
    def get(self, request: Request, conversation_id: UUID) -> Response:
        """One conversation."""
        return Response(conversation_body(selectors.get_conversation(self.user.pk, conversation_id)))

    @extend_schema(operation_id="conversations_change", request=ConversationChange, responses=ConversationShape)
    def patch(self, request: Request, conversation_id: UUID) -> Response:
        """Rename it, keep it at the top, put it away, move it to a project, make its answers more or less personal."""
        data = checked(ConversationChange, request)
        if "title" in data:
            services.rename_conversation(self.user.pk, conversation_id, title=data["title"])
        if "is_pinned" in data:
            services.set_pinned(self.user.pk, conversation_id, pinned=data["is_pinned"])
        if "is_archived" in data:
            services.set_archived(self.user.pk, conversation_id, archived=data["is_archived"])
        if "personal" in data:
            services.set_personal(self.user.pk, conversation_id, personal=data["personal"])
        if "project" in data:
            move_conversation(self.user.pk, conversation_id, project_id=data["project"])
        return Response(conversation_body(selectors.get_conversation(self.user.pk, conversation_id)))

    @extend_schema(
        operation_id="conversations_delete",
        responses={204: None},
        parameters=[OpenApiParameter("memories", str, enum=["keep", "forget"], required=True)],
    )
    def delete(self, request: Request, conversation_id: UUID) -> Response:
        """Delete it; `memories` says whether what was learned there stays."""
        memories = request.query_params.get("memories")
        if memories not in ("keep", "forget"):
            raise ValidationError({"memories": ["keep, or forget"]})
        services.delete_conversation(self.user.pk, conversation_id, at=timezone.now(), forget=memories == "forget")
        return Response(status=204)


class RestoreConversation(UserView):
    @extend_schema(operation_id="conversations_restore", request=None, responses=ConversationShape)
    def post(self, request: Request, conversation_id: UUID) -> Response:
        """Undo a deletion that kept what was learned."""
        return Response(conversation_body(services.restore_conversation(self.user.pk, conversation_id)))
