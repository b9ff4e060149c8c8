"""Which slot a fact takes up, and when it starts, ends and comes due. Pure."""

from __future__ import annotations

import hashlib
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from memory import conf
from memory.calendar_steps import last_day
from memory.facts.predicates import Predicate
from memory.values import value_key

_LIMIT = 480


def slot_key(subject_key: str, predicate: Predicate, value: str) -> str:
    """(subject, predicate), plus the value for many-valued predicates; empty for events."""
    if predicate.is_event:
        return ""
    head = f"{subject_key}|{predicate.name}"
    if predicate.is_one:
        return head
    key = value_key(value)
    if len(key) > _LIMIT:
        key = hashlib.sha256(key.encode()).hexdigest()
    return f"{head}|{key}"


def end_of_day(day: date, zone: ZoneInfo) -> datetime:
    """The moment at which `day` is over for the user."""
    return datetime.combine(day + timedelta(days=1), time(), zone)


def expiry(
    predicate: Predicate,
    *,
    valid_from: date | None,
    valid_to: date | None,
    precision: str,
    expires_on: date | None,
    zone: ZoneInfo,
) -> datetime | None:
    """When a fact is over by itself: a plan after the end of its day, anything else only when it said so."""
    if expires_on:
        return end_of_day(expires_on, zone)
    if not predicate.is_plan:
        return None
    last = valid_to or (last_day(valid_from, precision) if valid_from else None)
    return end_of_day(last, zone) if last else None


def review_due(predicate: Predicate, said_at: datetime) -> datetime | None:
    """When a fact of this decay class deserves another look."""
    days = conf.review_after_days(predicate.decay)
    return said_at + timedelta(days=days) if days else None
