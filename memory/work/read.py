"""Learning from what was said: by rules at once, by a language model buffer by buffer."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import connection
from django.utils import timezone

from memory import jobs, model_reading, ports
from memory.consolidation import consolidate
from memory.ingest import BATCH_TURNS, ingest, pass_over
from memory.models import MemoryJob
from memory.reconciliation import duplicates
from memory.summaries import conversation
from memory.types import IngestReport
from memory.work.trying import trying
from profiles.owned import as_user


def learn_by_rules(user: UUID) -> list[str]:
    """Learn by rules from what one user said since the last time, and see what else that makes due: the kinds of jobs to wake."""
    at = timezone.now()
    with as_user(user):
        for lost in jobs.release_lost(user, MemoryJob.Kind.INGEST, at=at):
            pass_over(user, lost, at)
    with as_user(user):
        job = jobs.claim(user, MemoryJob.Kind.INGEST, at=at)
    if job is None:
        return []
    due: list[str] = []  # of a try that failed
    with trying(user, job, give_up=pass_over), as_user(user):
        # A turn that makes reading fail is found by reading fewer at a time; it must not keep the others.
        report = ingest(user, at=at, limit=max(1, BATCH_TURNS >> 4 * (job.attempts - 1)))
        for conversation_id in conversation.due_conversations(user, report.conversations):
            jobs.make_due(user, MemoryJob.Kind.SUMMARISE, at=at, conversation_id=conversation_id)
        if consolidate.is_due(user):
            jobs.make_due(user, MemoryJob.Kind.CONSOLIDATE, due=at, at=at)
        if ports.language_model() is not None:
            model_reading.make_due(user, at=at)
        jobs.finish(job, at=timezone.now())
        due += jobs.due_kinds(user, at=timezone.now())
    return due


def read_buffer(user: UUID) -> bool:
    """Have a language model read one buffer that is due. Whether to go on with the next: not while the model is away."""
    with as_user(user):
        for lost in jobs.release_lost(user, MemoryJob.Kind.READ, at=timezone.now()):
            model_reading.set_aside(user, lost, timezone.now())
    with as_user(user):
        job = jobs.claim(user, MemoryJob.Kind.READ, at=timezone.now())
    if job is None:
        return False
    model = ports.language_model()
    report: IngestReport | None = None
    with trying(user, job, give_up=model_reading.set_aside) as attempt:
        with as_user(user):
            reading = model_reading.begin(user, job, at=timezone.now()) if model else None
            may_repair = model_reading.may_call_again(user)
            if model is None:
                jobs.finish(job, at=timezone.now())  # it was taken away: rules have read
        if reading is not None and model is not None:
            connection.close()  # nothing is held while a model reads
            answer, calls = model_reading.ask(model, reading, may_repair=may_repair)
            with as_user(user):
                report = model_reading.settle(user, reading, answer, calls=calls, at=timezone.now())
    if model is not None and report is not None:
        # The buffer is read and its job done: what fails from here on may not make it due again, or pass over a turn after it.
        tell_apart(user, job, model, report.facts)
    return attempt.is_done


def tell_apart(user: UUID, job: MemoryJob, model: ports.LanguageModel, fact_ids: Sequence[UUID] | None) -> None:
    """Ask about a pair of near duplicates that this buffer brought (or any, for None), when the budget has a call left."""
    with as_user(user):
        pairs = duplicates.find_pairs(user, fact_ids) if model_reading.may_call_again(user) else []
    for pair in pairs:
        connection.close()
        with as_user(user):
            jobs.count_call(job)
        try:
            label = model.label(
                user,
                instructions=duplicates.INSTRUCTIONS,
                text=pair.text,
                labels=list(duplicates.LABELS),
                scope=pair.scope,
            )
        except ports.ModelFailed:
            return  # they stay apart
        with as_user(user):
            duplicates.settle_pair(user, pair, label, at=timezone.now())
