"""/tools, /runs/{id}/tool-calls and /runs/{id}/tool-approvals"""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response

from assistant.conversations import selectors
from assistant.exceptions import NotFound
from assistant.models import ToolCall
from assistant.rest.base import Strict, UserView, checked
from assistant.rest.shapes import RunShape, ToolCallShape, ToolShape, run_body, tool_body, tool_call_body
from assistant.runs.approvals import calls_of, decide, get_call
from assistant.tasks import go_on
from assistant.tools.base import Asker
from assistant.tools.registry import toolbox_for
from profiles.api import AccessToken, locale_of, profile_of


class Decision(Strict):
    allow = serializers.BooleanField()
    digest = serializers.CharField(max_length=64, required=False, help_text="Of what was shown; needed to allow.")


class Tools(UserView):
    @extend_schema(operation_id="tools_list", responses=ToolShape(many=True))
    def get(self, request: Request) -> Response:
        """The tools that models may call in an ordinary chat of yours, where they can call any."""
        user_id, locale = self.user.pk, locale_of(self.user.pk)
        asker = Asker(
            user_id,
            conversation_id=user_id,
            question_id=user_id,
            at=timezone.now(),
            zone=locale.zone,
            language=locale.language,
            is_paused=profile_of(user_id).is_memory_paused,
        )
        return Response([tool_body(tool) for tool in toolbox_for(asker).tools])


class ToolCalls(UserView):
    @extend_schema(operation_id="runs_tool_calls", responses=ToolCallShape(many=True))
    def get(self, request: Request, run_id: UUID) -> Response:
        """The calls of tools of an answer, in their order; those in state `waiting` wait for a decision."""
        run = selectors.get_run(self.user.pk, run_id)
        return Response([tool_call_body(call) for call in calls_of(self.user.pk, run.id)])


class ToolApproval(UserView):
    @extend_schema(operation_id="runs_tool_approval", request=Decision, responses={202: RunShape})
    def post(self, request: Request, run_id: UUID, call_id: UUID) -> Response:
        """Allow or refuse a call that waits. When none waits any more, the run goes on: attach to its events anew, from the start."""
        data = checked(Decision, request)
        call = get_call(self.user.pk, call_id)
        if call.run_id != run_id:
            raise NotFound("tool call")
        may_change = not isinstance(request.auth, AccessToken) or AccessToken.Scope.MEMORY_WRITE in request.auth.scopes
        if data["allow"] and call.permission == ToolCall.Permission.CHANGES and not may_change:
            raise PermissionDenied
        run = decide(self.user.pk, call_id, is_allowed=data["allow"], digest=data.get("digest", ""), at=timezone.now())
        if not run.is_finished:
            transaction.on_commit(partial(go_on, self.user.pk, run.id))
        return Response(run_body(run), status=202)
