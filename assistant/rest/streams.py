"""/runs/{id}/events and /events: Server-Sent Events. A view of what workers do; any number of viewers, each at its own place."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import redis
from django.db import connection
from django.http import HttpResponseBase, StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request

from assistant.conversations.selectors import get_run
from assistant.models import Run
from assistant.rest.base import UserView
from assistant.runs.stream import first_seq, read_notices, read_run
from profiles.owned import work_as

HEARTBEAT_SECONDS = 15
LOOK_SECONDS = 5  # how often a silent stream is compared with the row
log = logging.getLogger(__name__)


class EventStreamRenderer(BaseRenderer):
    """Lets DRF agree to `Accept: text/event-stream`; renders only what went wrong before the stream began."""

    media_type = "text/event-stream"
    format = "events"
    charset = "utf-8"

    def render(self, data: Any, accepted_media_type: str | None = None, renderer_context: Any = None) -> bytes:
        return JSONRenderer().render(data, accepted_media_type, renderer_context)


def sent(name: str, data: dict[str, Any], identifier: object = "") -> str:
    """One event on the wire."""
    head = f"id: {identifier}\n" if identifier != "" else ""
    return f"{head}event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"


def streaming(events: AsyncIterator[str]) -> StreamingHttpResponse:
    """The response. The database connection of the view is given back first: a stream must not hold one."""
    response = StreamingHttpResponse(events, content_type="text/event-stream; charset=utf-8")
    response["Cache-Control"] = "no-store, no-transform"
    response["X-Accel-Buffering"] = "no"
    return response


def stream_of(user_id: UUID, run_id: UUID, *, after: int) -> StreamingHttpResponse:
    """The events of a run after number `after`, from the stream while it is kept, else from the stored answer."""
    return streaming(_relay_run(user_id, run_id, after))


async def _stored(user_id: UUID, run_id: UUID) -> Run:
    return await work_as(user_id, get_run, user_id, run_id)


def _whole(run: Run, seq: int) -> list[str]:
    """What a finished answer looks like to somebody who missed its stream."""
    return [
        sent("snapshot", {"text": run.answer.text, "attempt": run.attempt}, seq + 1),
        sent(
            "message.completed", {"message": str(run.answer_id), "status": run.status, "error": run.error_code}, seq + 2
        ),
        sent("done", {}, seq + 3),
    ]


async def _relay_run(user_id: UUID, run_id: UUID, after: int) -> AsyncIterator[str]:
    spoken = looked = time.monotonic()
    yield ": here\n\n"
    try:
        first = await first_seq(run_id)
        if first == 0 or first > after + 1:  # nothing kept, or a gap
            run = await _stored(user_id, run_id)
            if run.is_finished and first == 0:
                for text in _whole(run, after):
                    yield text
                return
        async for event in read_run(run_id, after):
            now = time.monotonic()
            if event is not None:
                spoken, after = now, event.seq
                yield sent(event.name, event.data, event.seq)
                if event.name == "done":
                    return
                continue
            if now - spoken > HEARTBEAT_SECONDS:
                spoken = now
                yield ": still here\n\n"
            if now - looked > LOOK_SECONDS:
                looked = now
                run = await _stored(user_id, run_id)
                if run.is_finished:  # its last events were lost with the broker, or it ended before it began
                    for text in _whole(run, after):
                        yield text
                    return
    except redis.RedisError as error:
        log.warning(
            "the stream of run %s broke: %s", run_id, error
        )  # the viewer comes again and finds the stored answer


class StreamView(UserView):
    """An endpoint whose answer is a stream. It gives its database connection back before the stream begins."""

    renderer_classes = [EventStreamRenderer, JSONRenderer]

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        response = super().finalize_response(request, response, *args, **kwargs)
        if not connection.in_atomic_block:
            connection.close()
        return response


class RunEvents(StreamView):
    @extend_schema(
        operation_id="runs_events",
        responses={(200, "text/event-stream"): OpenApiTypes.STR},
        parameters=[OpenApiParameter("after", int), OpenApiParameter("Last-Event-ID", int, OpenApiParameter.HEADER)],
    )
    def get(self, request: Request, run_id: UUID) -> HttpResponseBase:
        """The events of an answer as they come, after `Last-Event-ID` or `?after=`; ends with `done`."""
        get_run(self.user.pk, run_id)
        after = request.headers.get("Last-Event-ID") or request.query_params.get("after") or "0"
        return stream_of(self.user.pk, run_id, after=int(after) if after.isdigit() else 0)


class Notices(StreamView):
    @extend_schema(
        operation_id="events",
        responses={(200, "text/event-stream"): OpenApiTypes.STR},
        parameters=[OpenApiParameter("after", str), OpenApiParameter("Last-Event-ID", str, OpenApiParameter.HEADER)],
    )
    def get(self, request: Request) -> HttpResponseBase:
        """What happens to the user's memory and chats: ids and short texts. Begins now, or after `Last-Event-ID`."""
        after = request.headers.get("Last-Event-ID") or request.query_params.get("after") or "$"
        parts = after.split("-")
        is_id = len(parts) == 2 and all(part.isdigit() for part in parts)
        return streaming(_relay_notices(self.user.pk, after if is_id else "$"))


async def _relay_notices(user_id: UUID, after: str) -> AsyncIterator[str]:
    spoken = time.monotonic()
    yield ": here\n\n"
    try:
        async for found in read_notices(user_id, after):
            now = time.monotonic()
            if found is not None:
                spoken = now
                identifier, event = found
                yield sent(event.name, event.data, identifier)
            elif now - spoken > HEARTBEAT_SECONDS:
                spoken = now
                yield ": still here\n\n"
    except redis.RedisError as error:
        log.warning("the notices of %s broke: %s", user_id, error)
