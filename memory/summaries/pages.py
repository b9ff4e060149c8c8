"""Topic pages, the persona and the weekly digest: joined from facts by code, so that nothing stands in them without evidence.

Each is a list of sections. Only a section whose facts changed is written anew; the others stay as they were.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import models

from memory.exceptions import BadValue
from memory.facts.predicates import IMPORTANCE, REGISTRY, TOPICS, predicate_of
from memory.models import Fact, Summary
from memory.summaries.sections import Section, joined, patch, thaw
from memory.types import USER_SCOPE, MemoryScope, SummaryView
from profiles.api import locale_of

PERSONA_TOKENS = 200
_PERSONA_TOPICS = ("identity", "work", "home", "family", "education", "interests", "food", "plans", "style")
_MOST_A_SECTION = 12  # facts; a section is a paragraph, not a list of everything


def topic_page(user_id: UUID, topic: str, *, at: datetime, scope: MemoryScope = USER_SCOPE) -> SummaryView | None:
    """What is known about one topic of the registry, a section a predicate; None when nothing is. Raises BadValue for an unknown topic."""
    if topic not in TOPICS:
        raise BadValue("There is no such topic.")
    names = [row.name for row in REGISTRY.values() if row.topic == topic]
    facts = _standing(user_id, scope).filter(predicate__in=names)
    return _keep(user_id, scope, Summary.Level.TOPIC, topic, _by_predicate(facts), at=at)


def persona(user_id: UUID, *, at: datetime, scope: MemoryScope = USER_SCOPE) -> SummaryView | None:
    """Who the user is, in at most `PERSONA_TOKENS` tokens (four characters each), what matters most first; a section a topic."""
    facts = [
        fact
        for fact in _standing(user_id, scope).filter(entity__isnull=True)
        if predicate_of(fact.predicate).topic in _PERSONA_TOPICS
    ]
    facts.sort(key=lambda fact: (-IMPORTANCE.get(fact.predicate, 0.3), -fact.said_at.timestamp(), str(fact.pk)))
    left, chosen = PERSONA_TOKENS * 4, []
    for fact in facts:
        cost = len(_sentence(fact)) + 1
        if cost <= left and fact.kind not in (Fact.Kind.EVENT, Fact.Kind.PLAN):
            chosen.append(fact)
            left -= cost
    sections = []
    for topic in _PERSONA_TOPICS:
        told = [fact for fact in chosen if predicate_of(fact.predicate).topic == topic]
        if told:
            sections.append(_section(topic, told))
    return _keep(user_id, scope, Summary.Level.PERSONA, "", sections, at=at)


def week_digest(user_id: UUID, day: date, *, at: datetime, scope: MemoryScope = USER_SCOPE) -> SummaryView | None:
    """What was learned, what changed and what came up in the ISO week of `day`, in the user's zone; None for a week without any of it."""
    monday = day - timedelta(days=day.weekday())
    zone = locale_of(user_id).zone
    begins, ends = (datetime.combine(monday + timedelta(days=n), time(), tzinfo=zone) for n in (0, 7))
    rows = _shown(user_id, scope)
    learned = rows.filter(status=Fact.Status.ACTIVE, recorded_at__gte=begins, recorded_at__lt=ends)
    changed = rows.filter(
        status__in=[Fact.Status.SUPERSEDED, Fact.Status.EXPIRED], retired_at__gte=begins, retired_at__lt=ends
    )
    ahead = rows.filter(
        status=Fact.Status.ACTIVE,
        valid_from__gte=monday + timedelta(days=7),
        valid_from__lt=monday + timedelta(days=14),
    )
    sections = [
        _section(key, list(found.order_by("said_at", "id")[:_MOST_A_SECTION]))
        for key, found in (("learned", learned), ("changed", changed), ("ahead", ahead))
        if found.exists()
    ]
    year, week, _ = monday.isocalendar()
    return _keep(user_id, scope, Summary.Level.WEEK, f"{year}-W{week:02}", sections, at=at)


def _shown(user_id: UUID, scope: MemoryScope) -> models.QuerySet[Fact]:
    rows: models.QuerySet[Fact] = (
        Fact.objects.of(user_id).in_scope(scope.kind.value, scope.id).filter(is_masked=False).order_by("said_at", "id")
    )
    return rows


def _standing(user_id: UUID, scope: MemoryScope) -> models.QuerySet[Fact]:
    return _shown(user_id, scope).filter(status=Fact.Status.ACTIVE)


def _by_predicate(facts: Iterable[Fact]) -> list[Section]:
    by_name: dict[str, list[Fact]] = {}
    for fact in facts:
        by_name.setdefault(fact.predicate, []).append(fact)
    order = sorted(by_name, key=lambda name: (-IMPORTANCE.get(name, 0.3), name))
    return [_section(name, by_name[name][-_MOST_A_SECTION:]) for name in order]


def _section(key: str, facts: Sequence[Fact]) -> Section:
    mark = ",".join(f"{fact.pk.hex[-8:]}.{fact.version}.{int(fact.review_since is not None)}" for fact in facts)
    return Section(key, " ".join(_sentence(fact) for fact in facts), mark, tuple(fact.pk for fact in facts))


def _sentence(fact: Fact) -> str:
    """The fact's own sentence, with whom it is about and since when."""
    text = fact.text.rstrip(". ")
    if fact.subject != "user":
        text = f"{fact.subject}: {text}"
    if fact.valid_from and fact.kind not in (Fact.Kind.EVENT, Fact.Kind.PLAN):
        text += f" ({fact.valid_from:%Y-%m})"
    elif fact.valid_from:
        text += f" ({fact.valid_from:%Y-%m-%d})"
    return f"{text}."


def _keep(
    user_id: UUID, scope: MemoryScope, level: str, topic: str, sections: list[Section], *, at: datetime
) -> SummaryView | None:
    """Store the page when something in it differs, section by section, and give it back. A page of nothing goes."""
    rows = Summary.objects.of(user_id).filter(level=level, topic=topic, scope_kind=scope.kind.value, scope_id=scope.id)
    row = rows.first()
    if not sections:
        rows.delete()
        return None
    patched, is_changed = patch(thaw(row.sections) if row else [], sections)
    if row is None:
        row = Summary(
            user_id=user_id, scope_kind=scope.kind.value, scope_id=scope.id, level=level, topic=topic, version=0
        )
    if is_changed or row.is_stale:
        row.sections = [section.plain() for section in patched]
        row.text = joined(patched)
        row.fact_ids = [fact_id for section in patched for fact_id in section.fact_ids]
        row.version, row.is_stale, row.made_at = row.version + 1, False, at
        row.save()
    return SummaryView(
        id=row.pk,
        level=row.level,
        text=row.text,
        version=row.version,
        is_stale=False,
        upto_seq=0,
        upto_message_id=None,
        made_at=row.made_at,
        origin=row.origin,
        sections=tuple((section.key, section.text, section.fact_ids) for section in patched),
    )
