"""/runs"""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from assistant.conversations import selectors
from assistant.rest.base import UserView
from assistant.rest.shapes import RunShape, run_body
from assistant.runs.lifecycle import next_waiting, request_cancel
from assistant.runs.stream import tell_to_stop
from assistant.tasks import execute_run, wake


class OneRun(UserView):
    @extend_schema(operation_id="runs_read", responses=RunShape)
    def get(self, request: Request, run_id: UUID) -> Response:
        """How far an answer is."""
        return Response(run_body(selectors.get_run(self.user.pk, run_id)))


class CancelRun(UserView):
    @extend_schema(operation_id="runs_cancel", request=None, responses={202: RunShape})
    def post(self, request: Request, run_id: UUID) -> Response:
        """Stop writing. What is written so far is kept."""
        run = request_cancel(self.user.pk, run_id, at=timezone.now())
        transaction.on_commit(partial(tell_to_stop, run.id))
        if run.is_finished and (following := next_waiting(self.user.pk, run.conversation_id)):
            transaction.on_commit(partial(wake, execute_run, self.user.pk, following))
        return Response(run_body(run), status=202)
