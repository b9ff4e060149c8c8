"""Reading by a language model: gather a buffer, ask, learn from the answer. The call itself stands between two transactions.

with as_user(user): reading = begin(...)      what is to be read, counted before it is
answer = ask(model, reading)                  seconds; nothing is held
with as_user(user): settle(reading, answer)   verified and reconciled against memory as it is by then
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models

from memory import conf, jobs
from memory.extraction import buffer as buffers
from memory.extraction import gate
from memory.extraction.answer import parse_answer
from memory.extraction.buffer import Buffer
from memory.extraction.prompt import INSTRUCTIONS, KnownFact, resolve_labels, write_prompt
from memory.extraction.schema import SCHEMA
from memory.ingest import learn, mark_read
from memory.models import Episode, MemoryJob, Rejection
from memory.ports import LanguageModel
from memory.types import IngestReport
from memory.version import lock_user
from profiles.api import locale_of, profile_of

REPAIR = '\n\nYour answer to this was not one JSON object of the form {"facts": [...]}. Give it again, as JSON and nothing else.'


@dataclass(frozen=True, slots=True)
class Reading:
    """One buffer on its way to the model."""

    job: MemoryJob
    buffer: Buffer
    known: tuple[KnownFact, ...]
    text: str


def make_due(user_id: UUID, *, at: datetime) -> None:
    """See to it that every conversation with turns that no model has read has a job, due when its buffer is."""
    for conversation_id in buffers.waiting_conversations(user_id):
        due = buffers.due_at(user_id, conversation_id, at=at)
        if due is not None:
            jobs.make_due(user_id, MemoryJob.Kind.READ, due=due, at=at, conversation_id=conversation_id)


def begin(user_id: UUID, job: MemoryJob, *, at: datetime) -> Reading | None:
    """What the model is to read for this job. None when that is nothing now: the job is then done, or waits for its time.

    A job that failed comes back with fewer turns, down to one: a turn that can't be read is found, and does not keep the others.
    """
    assert job.conversation_id is not None
    due = buffers.due_at(user_id, job.conversation_id, at=at)
    if due is not None and due > at:
        jobs.postpone(job, until=due)
        return None
    most = max(1, buffers.MOST_TURNS >> 2 * (job.attempts - 1))
    gathered = buffers.gather(user_id, job.conversation_id, most_turns=most)
    if gathered is None:
        jobs.finish(job, at=at)
        return None
    readable = [turn for turn in gathered.turns if not gate.refusal(turn)]
    if not readable or profile_of(user_id).is_memory_paused:
        _close(user_id, job, gathered, at=at)
        return None
    known = tuple(buffers.known_facts_for(user_id, readable, gathered.scope))
    jobs.count_call(job)
    text = write_prompt(gathered.in_order, known, zone=locale_of(user_id).zone)
    return Reading(job, gathered, known, text)


def ask(model: LanguageModel, reading: Reading, *, may_repair: bool) -> tuple[dict[str, Any] | None, int]:
    """The model's facts, unverified, and how many calls it took; None for an answer that can't be read even after a second try.

    Raises ModelFailed. Call it outside of any transaction.
    """
    user_id, scope = reading.job.user_id, reading.buffer.scope
    said = model.extract(user_id, instructions=INSTRUCTIONS, text=reading.text, schema=SCHEMA, scope=scope)
    answer = parse_answer(said)
    if answer is not None or not may_repair:
        return answer, 1
    again = model.extract(user_id, instructions=INSTRUCTIONS, text=reading.text + REPAIR, schema=SCHEMA, scope=scope)
    return parse_answer(again), 2


def settle(
    user_id: UUID, reading: Reading, answer: Mapping[str, Any] | None, *, calls: int, at: datetime
) -> IngestReport:
    """Learn from an answer. Only from turns that stand as they were read: one that was cut, withdrawn or read meanwhile is left out."""
    lock_user(user_id)
    standing = {
        episode.pk
        for episode in Episode.objects.of(user_id)
        .standing()
        .filter(pk__in=[turn.episode_id for turn in reading.buffer.turns], model_read_at__isnull=True)
        if episode.text in {turn.text for turn in reading.buffer.turns if turn.episode_id == episode.pk}
    }
    turns = {turn.seq: turn for turn in reading.buffer.turns if turn.seq is not None and turn.episode_id in standing}
    for _ in range(calls - 1):
        jobs.count_call(reading.job)
    report = IngestReport(None, 0)
    if turns and answer is not None:
        report = learn(user_id, resolve_labels(answer, reading.known), turns, read=(), reader="model", at=at)
    elif answer is None:
        _write_off(user_id, reading.job, reading.buffer, "schema", at=at)
    _close(user_id, reading.job, reading.buffer, at=at)
    return report


def set_aside(user_id: UUID, job: MemoryJob, at: datetime) -> None:
    """The turns of a job that was given up are passed over, with a line in the log; what comes after them is read."""
    if job.conversation_id is None:
        return
    if gathered := buffers.gather(user_id, job.conversation_id, most_turns=1):
        _write_off(user_id, job, gathered, "error", at=at)
        _mark(user_id, gathered, at=at)
    make_due(user_id, at=at)


def may_call_again(user_id: UUID) -> bool:
    """Whether a call beyond the first of a buffer stays within the budget (`conf.calls_a_buffer`, on average over the last hundred)."""
    recent = MemoryJob.objects.of(user_id).filter(kind=MemoryJob.Kind.READ, calls__gt=0).order_by("-started_at")[:100]
    made = (
        MemoryJob.objects.of(user_id)
        .filter(pk__in=recent.values("pk"))
        .aggregate(jobs=models.Count("pk"), calls=models.Sum("calls"))
    )
    return (made["calls"] or 0) + 1 <= conf.calls_a_buffer() * (made["jobs"] or 0) + 1


def _write_off(user_id: UUID, job: MemoryJob, buffer: Buffer, reason: str, *, at: datetime) -> None:
    first = next((turn for turn in buffer.turns if not gate.refusal(turn)), buffer.turns[0])
    Rejection.objects.create(user_id=user_id, job=job, episode_id=first.episode_id, index=0, reason=reason, at=at)


def _mark(user_id: UUID, buffer: Buffer, *, at: datetime) -> None:
    ids = [turn.episode_id for turn in buffer.turns if turn.episode_id]
    mark_read(user_id, Episode.objects.of(user_id).filter(pk__in=ids), "model", at=at)


def _close(user_id: UUID, job: MemoryJob, buffer: Buffer, *, at: datetime) -> None:
    _mark(user_id, buffer, at=at)
    jobs.finish(job, at=at)
    if buffer.more:
        make_due(user_id, at=at)
