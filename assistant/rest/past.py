"""What memory held at a time, what it wrote in short, and the work behind it: /timeline, /summaries, /memory-jobs."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from assistant.rest.base import RowQuery, asked, page
from assistant.rest.memories import FactListQuery, FactPage, MemoryView
from assistant.rest.memory_shapes import JobShape, SummaryShape, fact_body, job_body, summary_body
from memory import api as memory
from profiles.api import locale_of


@extend_schema_field(OpenApiTypes.STR)
class DayOrMoment(serializers.Field[Any, Any, Any, Any]):
    """An ISO day, or an ISO moment; a moment without an offset is one in the user's zone."""

    default_error_messages = {"invalid": _("An ISO day such as 2026-03-01, or a moment such as 2026-03-01T12:00:00Z.")}

    def to_internal_value(self, data: Any) -> date | datetime:
        # The plus of an offset comes as a blank where a client did not quote it.
        text = str(data)
        try:
            found = parse_date(text) or parse_datetime(text) or parse_datetime(text.replace(" ", "+"))
        except ValueError:
            found = None
        if found is None:
            self.fail("invalid")
        return found


class TimelineQuery(FactListQuery):
    as_of = DayOrMoment(required=False, help_text="Only what was true then: an ISO day or moment.")
    known_at = DayOrMoment(
        required=False, help_text="Only what was known then: an ISO moment, or a day, which means its end."
    )


class SummaryQuery(RowQuery):
    conversation = serializers.UUIDField(required=False)


class SummaryPage(serializers.Serializer[Any]):
    items = SummaryShape(many=True)
    next_cursor = serializers.CharField(allow_null=True)


class JobPage(serializers.Serializer[Any]):
    items = JobShape(many=True)
    next_cursor = serializers.CharField(allow_null=True)


def day_of(when: date | datetime | None, zone: ZoneInfo) -> date | None:
    """The day that is meant, in the user's zone."""
    return in_zone(when, zone).date() if isinstance(when, datetime) else when


def moment_of(when: date | datetime | None, zone: ZoneInfo) -> datetime | None:
    """The moment that is meant; of a day its last."""
    if when is None or isinstance(when, datetime):
        return in_zone(when, zone) if when else None
    return datetime.combine(when + timedelta(days=1), time(), zone) - timedelta(microseconds=1)


def in_zone(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment.astimezone(zone) if moment.tzinfo else moment.replace(tzinfo=zone)


class Timeline(MemoryView):
    @extend_schema(operation_id="timeline_list", responses=FactPage, parameters=[TimelineQuery])
    def get(self, request: Request) -> Response:
        """Facts by when they began to hold, latest first, history included; or what was true, or known, at a time."""
        query, zone = asked(TimelineQuery, request), locale_of(self.user.pk).zone
        try:
            as_of, known_at = day_of(query.get("as_of"), zone), moment_of(query.get("known_at"), zone)
        except OverflowError as error:
            raise serializers.ValidationError({"as_of": [DayOrMoment.default_error_messages["invalid"]]}) from error
        found = memory.timeline(
            self.user.pk, as_of=as_of, known_at=known_at, cursor=query.get("cursor", ""), limit=query["limit"]
        )
        return page([fact_body(fact) for fact in found.facts], found.next_cursor)


class Summaries(MemoryView):
    @extend_schema(operation_id="summaries_list", responses=SummaryPage, parameters=[SummaryQuery])
    def get(self, request: Request) -> Response:
        """What memory wrote in short of conversations, weeks, topics and the person, latest first; or of one conversation."""
        query = asked(SummaryQuery, request)
        found, following = memory.summaries_of(
            self.user.pk,
            conversation_id=query.get("conversation"),
            before=query.get("cursor"),
            limit=query["limit"],
        )
        return page([summary_body(summary) for summary in found], str(following or ""))


class Jobs(MemoryView):
    @extend_schema(operation_id="memory_jobs_list", responses=JobPage, parameters=[RowQuery])
    def get(self, request: Request) -> Response:
        """Work of memory, latest first: what is due, runs, is done, or was set aside after too many tries."""
        query = asked(RowQuery, request)
        found, following = memory.jobs_of(self.user.pk, before=query.get("cursor"), limit=query["limit"])
        return page([job_body(job) for job in found], str(following or ""))
