"""What Celery wakes. A message only names a user; what is due stands in Postgres."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from celery import shared_task
from django.db import DatabaseError, connection
from django.db.models import F
from django.utils import timezone
from kombu.exceptions import OperationalError

from memory import jobs, model_reading, ports, reembedding
from memory.consolidation import consolidate
from memory.importing.work import advance_import, running_import
from memory.ingest import BATCH_TURNS, ingest, pass_over
from memory.models import Fact, MemoryJob
from memory.reconciliation import duplicates
from memory.reconciliation.due import settle_due
from memory.summaries import conversation
from memory.types import IngestReport
from memory.version import lock_user
from profiles.owned import as_system, as_user

log = logging.getLogger(__name__)
BLOCKS_A_JOB = 3  # summaries are written one after the other; a long history takes several tasks
IMPORT_SECONDS = 40  # of one task; its soft limit is 60
EMBED_SECONDS = 120  # after which a task of embedding hands on to the next
MODEL_SECONDS = 300  # a task that asks a model; within the lease of its job (`conf.model_job_lease_seconds`)


SetAside = Callable[[UUID, MemoryJob, datetime], None]


@dataclass
class _Try:
    """One try at a job. `is_done`: it went through."""

    is_done: bool = False


@contextmanager
def _trying(user: UUID, job: MemoryJob, *, give_up: SetAside | None = None) -> Iterator[_Try]:
    """One try at a job: what goes wrong in the block is written down, and after the last try `give_up` sees to what was in its way.

    A model that is away is waited for. A fault of the database is left to the next try; any other is a mistake of ours, and is raised as well.
    """
    attempt = _Try()
    try:
        yield attempt
        attempt.is_done = True
    except ports.ModelFailed as failure:
        with as_user(user):
            _wait_for_model(user, job, failure, give_up)
    except Exception as error:
        log.exception("memory job %s of %s failed", job.pk, user)
        with as_user(user):
            is_last = jobs.fail(job, at=timezone.now(), error=type(error).__name__)
        if is_last and give_up:
            with as_user(user):
                give_up(user, job, timezone.now())
        if not isinstance(error, DatabaseError):
            raise


@shared_task
def ingest_due(user_id: str) -> None:
    """Learn by rules from what one user said since the last time, and see what else that makes due."""
    user, at = UUID(user_id), timezone.now()
    with as_user(user):
        for lost in jobs.release_lost(user, MemoryJob.Kind.INGEST, at=at):
            pass_over(user, lost, at)
    with as_user(user):
        job = jobs.claim(user, MemoryJob.Kind.INGEST, at=at)
    if job is None:
        return
    due: list[str] = []
    with _trying(user, job, give_up=pass_over), as_user(user):
        # A turn that makes reading fail is found by reading fewer at a time; it must not keep the others.
        report = ingest(user, at=at, limit=max(1, BATCH_TURNS >> 4 * (job.attempts - 1)))
        for conversation_id in conversation.due_conversations(user, report.conversations):
            jobs.make_due(user, MemoryJob.Kind.SUMMARISE, at=at, conversation_id=conversation_id)
        if consolidate.is_due(user):
            jobs.make_due(user, MemoryJob.Kind.CONSOLIDATE, due=at, at=at)
        if ports.language_model() is not None:
            model_reading.make_due(user, at=at)
        jobs.finish(job, at=timezone.now())
        due = jobs.due_kinds(user, at=timezone.now())
    for kind in due:
        wake(user, kind)


@shared_task(soft_time_limit=MODEL_SECONDS, time_limit=MODEL_SECONDS + 30)
def read_due(user_id: str) -> None:
    """Have a language model read one buffer of one user that is due; the next one is a task of its own."""
    user = UUID(user_id)
    with as_user(user):
        for lost in jobs.release_lost(user, MemoryJob.Kind.READ, at=timezone.now()):
            model_reading.set_aside(user, lost, timezone.now())
    with as_user(user):
        job = jobs.claim(user, MemoryJob.Kind.READ, at=timezone.now())
    if job is not None and _read(user, job):
        wake(user, MemoryJob.Kind.READ)


def _read(user: UUID, job: MemoryJob) -> bool:
    """One buffer. Whether to go on with the next: not while the model is away."""
    model = ports.language_model()
    report: IngestReport | None = None
    with _trying(user, job, give_up=model_reading.set_aside) as attempt:
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
        _tell_apart(user, job, model, report.facts)
    return attempt.is_done


def _wait_for_model(user: UUID, job: MemoryJob, failure: ports.ModelFailed, give_up: SetAside | None) -> None:
    """A provider that is away is waited for, however long; a refusal of this very text counts as a try."""
    at = timezone.now()
    if failure.retryable:
        waited = (at - job.created_at).total_seconds()
        jobs.postpone(job, until=at + timedelta(seconds=min(600.0, max(15.0, waited))), error=f"model: {failure}")
    elif jobs.fail(job, at=at, error=f"model: {failure}") and give_up:
        give_up(user, job, at)


def _tell_apart(user: UUID, job: MemoryJob, model: ports.LanguageModel, fact_ids: Sequence[UUID] | None) -> None:
    """Ask about a pair of near duplicates that this buffer brought (or any, for None), when the budget has a call left."""
    with as_user(user):
        pairs = duplicates.find_pairs(user, fact_ids) if model_reading.may_call_again(user) else []
    for pair in pairs:
        connection.close()
        with as_user(user):
            jobs.count_call(job)
        try:
            label = model.label(
                user, instructions=duplicates.INSTRUCTIONS, text=pair.text, labels=list(duplicates.LABELS)
            )
        except ports.ModelFailed:
            return  # they stay apart
        with as_user(user):
            duplicates.settle_pair(user, pair, label, at=timezone.now())


@shared_task(soft_time_limit=MODEL_SECONDS, time_limit=MODEL_SECONDS + 30)
def summarise_due(user_id: str) -> None:
    """Summarise what is due in one conversation, block by block; the next one is a task of its own."""
    user = UUID(user_id)
    with as_user(user):
        job = jobs.claim(user, MemoryJob.Kind.SUMMARISE, at=timezone.now())
    if job is None or job.conversation_id is None:
        return
    with _trying(user, job, give_up=_summarise_without_model) as attempt:
        with as_user(user):  # not with the claim: a failure here would take back the count of the try
            lock_user(user)
            work = conversation.drafts(user, job.conversation_id)
        kept = [_summarise(user, job, draft) for draft in work[:BLOCKS_A_JOB]]
        with as_user(user):
            folded = conversation.fold(user, job.conversation_id)
        if folded is not None:
            _summarise(user, job, folded)
    if not attempt.is_done:
        return
    with as_user(user):
        lock_user(user)
        at = timezone.now()
        conversation.assemble(user, job.conversation_id, at=at)
        jobs.finish(job, at=at)
        if len(work) > BLOCKS_A_JOB and any(kept):  # else the next task would find the same, and so on for ever
            jobs.make_due(user, MemoryJob.Kind.SUMMARISE, at=at, conversation_id=job.conversation_id)
    wake(user, MemoryJob.Kind.SUMMARISE)


def _summarise(user: UUID, job: MemoryJob, draft: conversation.Draft) -> bool:
    """One block. It is kept only if none of its turns changed meanwhile: whether it was."""
    at = timezone.now()
    model = ports.language_model()
    text = ""
    if model:
        with as_user(user):
            jobs.count_call(job)
        connection.close()  # nothing is held while a model writes
        text = model.summarise(user, instructions=conversation.INSTRUCTIONS, text=conversation.text_of(draft))
    with as_user(user):
        lock_user(user)
        return conversation.store(draft, text or conversation.without_model(draft), at=at) is not None


def _summarise_without_model(user: UUID, job: MemoryJob, at: datetime) -> None:
    """What no try could get a model to summarise: it would be tried again with every turn that is said."""
    lock_user(user)
    if job.conversation_id is not None:
        conversation.settle_without_model(user, job.conversation_id, at=at)


@shared_task(soft_time_limit=MODEL_SECONDS, time_limit=MODEL_SECONDS + 30)
def consolidate_due(user_id: str) -> None:
    """Look for patterns in what one user said, and renew their pages."""
    user = UUID(user_id)
    with as_user(user):
        job = jobs.claim(user, MemoryJob.Kind.CONSOLIDATE, at=timezone.now())
    if job is None:
        return
    model = ports.language_model()
    with _trying(user, job) as attempt:
        with as_user(user):  # not with the claim: a failure here would take back the count of the try
            look = consolidate.begin(user, at=timezone.now())
            if model and look.text:
                jobs.count_call(job)
        connection.close()  # nothing is held while a model looks
        at = timezone.now()
        answer = consolidate.ask(user, model, look) if model and look.text else None
        with as_user(user):
            consolidate.settle(user, look, answer, at=at)
            jobs.finish(job, at=timezone.now())
    if model is not None and attempt.is_done:
        _tell_apart(user, job, model, None)


@shared_task
def consolidate_all() -> None:
    """At night: a job for each user who said something since the last one."""
    at = timezone.now()
    with as_system("consolidate memories"):
        users = consolidate.users_to_visit()
    for user in users:
        with as_user(user):
            jobs.make_due(user, MemoryJob.Kind.CONSOLIDATE, due=at, at=at)
        wake(user, MemoryJob.Kind.CONSOLIDATE)


@shared_task
def import_due(user_id: str) -> None:
    """Take in what a user imports, part by part, for as long as a task may last; what is left makes the next one due."""
    user = UUID(user_id)
    began = timezone.now()
    with as_user(user):
        job = jobs.claim(user, MemoryJob.Kind.IMPORT, at=began)
    if job is None:
        return
    with _trying(user, job) as attempt:
        is_left = True
        while is_left and timezone.now() - began < timedelta(seconds=IMPORT_SECONDS):
            with as_user(user):
                current = running_import(user)
                if current:
                    advance_import(user, current, at=timezone.now())
                is_left = running_import(user) is not None
        with as_user(user):
            jobs.finish(job, at=timezone.now())
            if is_left:
                jobs.make_due(user, MemoryJob.Kind.IMPORT, at=timezone.now())
    if not attempt.is_done:
        return
    wake(user, MemoryJob.Kind.IMPORT if is_left else MemoryJob.Kind.INGEST)


@shared_task(soft_time_limit=MODEL_SECONDS, time_limit=MODEL_SECONDS + 30)
def embed_due(user_id: str) -> None:
    """Make the vectors of the remote embedder that one user lacks; when all are there, they serve. A long history takes several tasks."""
    user, remote = UUID(user_id), ports.remote_embedder()
    with as_user(user):
        job = jobs.claim(user, MemoryJob.Kind.EMBED, at=timezone.now())
    if job is None:
        return
    with _trying(user, job) as attempt:
        is_done = remote is None or _embed(user, remote, job)
    if not attempt.is_done:
        return
    with as_user(user):
        now = timezone.now()
        jobs.finish(job, at=now)
        if not is_done:
            jobs.make_due(user, MemoryJob.Kind.EMBED, due=now, at=now)
    if not is_done:
        wake(user, MemoryJob.Kind.EMBED)


def _embed(user: UUID, remote: ports.Embedder, job: MemoryJob) -> bool:
    """Batch after batch. False when there is more than one task should do."""
    until = timezone.now() + timedelta(seconds=EMBED_SECONDS)
    while timezone.now() < until:
        with as_user(user):
            batch = reembedding.lacking(user, remote)
            if not batch and reembedding.serve(user, remote):
                return True
            done, everything = reembedding.progress(user)
        log.info("vectors of %s: %d of %d", remote.name, done, everything)
        connection.close()  # nothing is held while the embedder answers
        with as_user(user):
            jobs.count_call(job)
        vectors = remote.embed([one.text for one in batch])
        with as_user(user):
            reembedding.store(user, remote, batch, vectors)
    return False


@shared_task
def sweep() -> None:
    """Wake workers for what is due and was missed; let plans end and announced facts begin."""
    at = timezone.now()
    with as_system("sweep memory jobs"):
        due = jobs.due_users(at=at)
        facts = Fact.objects.across_users("expire plans, begin what was announced")
        over = facts.filter(status="active", expires_at__lte=at)
        # The days about today, in whatever zone: what waits for an answer besides does not come back every minute for ever.
        begun = facts.filter(
            status="proposed",
            valid_from__gt=F("said_on"),
            valid_from__range=(at.date() - timedelta(days=2), at.date() + timedelta(days=1)),
        )
        ripe = {user for rows in (over, begun) for user in rows.values_list("user_id", flat=True).distinct()[:500]}
        remote = ports.remote_embedder()
        behind = reembedding.behind(remote) if remote else []
    for user in behind:
        with as_user(user):
            jobs.make_due(user, MemoryJob.Kind.EMBED, due=at, at=at)
        wake(user, MemoryJob.Kind.EMBED)
    for user, kind in due:
        wake(user, kind)
    for user in ripe:
        try:
            with as_user(user):
                lock_user(user)
                settle_due(user, at=at)
        except Exception:  # of one user; it may not keep the others
            log.exception("what is due in the memory of %s could not be settled", user)


def wake(user_id: UUID, kind: str = MemoryJob.Kind.INGEST) -> None:
    """Send a worker its wake-up. A broker that can't be reached costs seconds: the sweep finds the row."""
    task = {
        MemoryJob.Kind.INGEST: ingest_due,
        MemoryJob.Kind.READ: read_due,
        MemoryJob.Kind.SUMMARISE: summarise_due,
        MemoryJob.Kind.CONSOLIDATE: consolidate_due,
        MemoryJob.Kind.IMPORT: import_due,
        MemoryJob.Kind.EMBED: embed_due,
    }.get(MemoryJob.Kind(kind))
    if task is None:
        return
    try:
        task.delay(str(user_id))
    except OperationalError:
        log.warning("the broker can't be reached: memory jobs wait for the sweep")


__all__ = [
    "consolidate_all",
    "consolidate_due",
    "embed_due",
    "ingest_due",
    "read_due",
    "summarise_due",
    "sweep",
    "wake",
]
