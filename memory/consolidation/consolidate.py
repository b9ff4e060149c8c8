"""One consolidation: look for patterns, and renew the pages that the night's reader will open. The model's part stands between two transactions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import models

from memory import conf
from memory.consolidation import patterns
from memory.extraction.answer import parse_answer
from memory.forgetting.tombstones import Graveyard
from memory.models import Episode, Fact, MemoryJob, Summary
from memory.ports import LanguageModel
from memory.summaries import pages
from memory.types import USER_SCOPE, Turn
from memory.version import lock_user
from profiles.api import locale_of, profile_of


@dataclass(frozen=True, slots=True)
class Look:
    """What is looked at. `text` is the model's prompt, empty when there is nothing that it could find."""

    turns: tuple[Turn, ...]
    noticed: tuple[patterns.Pattern, ...]
    text: str


def begin(user_id: UUID, *, at: datetime) -> Look:
    """Gather the turns and what code sees in them. Nothing while memory is paused."""
    if profile_of(user_id).is_memory_paused:
        return Look((), (), "")
    turns = patterns.turns_to_look_at(user_id, at=at)
    noticed = patterns.notice(turns, patterns.events_of(user_id, at=at))
    conversations = {turn.conversation_id for turn in turns}
    text = patterns.write_prompt(turns, zone=locale_of(user_id).zone)
    return Look(tuple(turns), tuple(noticed), text if len(conversations) >= patterns.CONVERSATIONS else "")


def ask(user_id: UUID, model: LanguageModel, look: Look) -> Mapping[str, Any] | None:
    """What a model sees in the turns, unverified. Raises ModelFailed. Call it outside of any transaction."""
    said = model.extract(user_id, instructions=patterns.INSTRUCTIONS, text=look.text, schema=patterns.SCHEMA)
    return parse_answer(said, key="patterns")


def settle(user_id: UUID, look: Look, answer: Mapping[str, Any] | None, *, at: datetime) -> list[UUID]:
    """Propose the patterns that hold, and renew the pages. Returns the new facts."""
    lock_user(user_id)
    # Only turns that stand with the words that were looked at: what was cut meanwhile may not come back.
    words = dict(
        Episode.objects.of(user_id)
        .standing()
        .filter(pk__in=[turn.episode_id for turn in look.turns if turn.episode_id])
        .values_list("pk", "text")
    )
    turns = [turn for turn in look.turns if turn.episode_id and words.get(turn.episode_id) == turn.text]
    standing = {turn.episode_id for turn in turns}
    graveyard = Graveyard(user_id, USER_SCOPE, at)

    def is_forgotten(predicate: str, value: str) -> bool:
        return graveyard.holds(predicate=predicate, subject="user", value=value)

    seen = [pattern for pattern in look.noticed if all(sight.turn.episode_id in standing for sight in pattern.seen)]
    added = patterns.propose(user_id, seen, actor="rules", at=at, is_forgotten=is_forgotten)
    read = patterns.read_answer(answer, turns)
    added += patterns.propose(user_id, read, actor="model", at=at, is_forgotten=is_forgotten)
    renew_pages(user_id, at=at)
    return added


def renew_pages(user_id: UUID, *, at: datetime) -> None:
    """The persona, this week's and last week's digest, and the topic pages that were opened before."""
    pages.persona(user_id, at=at)
    today = at.astimezone(locale_of(user_id).zone).date()
    for day in (today - timedelta(days=7), today):
        pages.week_digest(user_id, day, at=at)
    opened = Summary.objects.of(user_id).filter(level=Summary.Level.TOPIC, scope_kind="user")
    for topic in opened.values_list("topic", flat=True):
        pages.topic_page(user_id, topic, at=at)


def is_due(user_id: UUID) -> bool:
    """Whether enough was learned since the last time not to wait for the night."""
    last = (
        MemoryJob.objects.of(user_id)
        .filter(kind=MemoryJob.Kind.CONSOLIDATE)
        .aggregate(last=models.Max("created_at"))["last"]
    )
    facts = Fact.objects.of(user_id).filter(origin="user_said")
    if last is not None:
        facts = facts.filter(recorded_at__gt=last)
    return facts.count() >= conf.consolidate_after_facts()


def users_to_visit() -> list[UUID]:
    """Who said anything since their last consolidation, however long ago that was. Call it inside `as_system`."""
    reason = "consolidate memories"
    said = Episode.objects.across_users(reason).values("user_id").annotate(last=models.Max("recorded_at"))
    jobs = MemoryJob.objects.across_users(reason).filter(kind=MemoryJob.Kind.CONSOLIDATE)
    visited = {row["user_id"]: row["last"] for row in jobs.values("user_id").annotate(last=models.Max("created_at"))}
    return [row["user_id"] for row in said if row["user_id"] not in visited or row["last"] > visited[row["user_id"]]]
