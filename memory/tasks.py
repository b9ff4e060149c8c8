"""What Celery wakes. A message only names a user; what is due stands in Postgres."""

from __future__ import annotations

import logging
from datetime import datetime
from uuid import UUID

from celery import shared_task
from django.db import DatabaseError, connection
from django.utils import timezone
from kombu.exceptions import OperationalError

from memory import jobs, ports
from memory.episodes import make_due
from memory.ingest import ingest
from memory.models import Fact, MemoryJob
from memory.reconciliation.due import settle_due
from memory.summaries import conversation
from memory.version import lock_user
from profiles.owned import as_system, as_user

log = logging.getLogger(__name__)


@shared_task
def ingest_due(user_id: str) -> None:
    """Learn from what one user said since the last time, and see which summaries lag behind."""
    user, at = UUID(user_id), timezone.now()
    with as_user(user):
        job = jobs.claim(user, MemoryJob.Kind.INGEST, at=at)
    if job is None:
        return
    try:
        with as_user(user):
            ingest(user, at=at)
            for conversation_id in conversation.due_conversations(user):
                make_due(user, MemoryJob.Kind.SUMMARISE, at=at, conversation_id=conversation_id)
            jobs.finish(job, at=timezone.now())
    except DatabaseError as error:
        _failed(user, job, error)
        return
    except Exception as error:
        _failed(user, job, error)
        raise
    summarise_due.delay(user_id)


@shared_task
def summarise_due(user_id: str) -> None:
    """Renew the summaries that are due, one conversation after the other."""
    user = UUID(user_id)
    for _ in range(20):
        at = timezone.now()
        with as_user(user):
            job = jobs.claim(user, MemoryJob.Kind.SUMMARISE, at=at)
            made_of = conversation.draft(user, job.conversation_id) if job and job.conversation_id else None
        if job is None:
            return
        _summarise(user, job, made_of, at)


def _summarise(user: UUID, job: MemoryJob, made_of: conversation.Draft | None, at: datetime) -> None:
    connection.close()  # nothing is held while a model writes
    text, model = "", ports.language_model()
    if made_of is not None:
        try:
            text = (
                model.summarise(user, instructions=conversation.INSTRUCTIONS, text=conversation.text_of(made_of.turns))
                if model
                else conversation.without_model(made_of)
            )
        except ports.ModelFailed as failure:
            with as_user(user):
                jobs.fail(job, at=timezone.now(), error=f"model: {'try again' if failure.retryable else 'refused'}")
            return
    with as_user(user):
        lock_user(user)
        if made_of is not None:
            conversation.store(made_of, text, at=at)
        jobs.finish(job, at=timezone.now())


def _failed(user: UUID, job: MemoryJob, error: Exception) -> None:
    log.exception("a memory job of %s failed", user)
    with as_user(user):
        jobs.fail(job, at=timezone.now(), error=type(error).__name__)


@shared_task
def sweep() -> None:
    """Wake workers for what is due and was missed; let plans end and announced facts begin."""
    at = timezone.now()
    with as_system("sweep memory jobs"):
        due = jobs.due_users(at=at)
        ripe = set(
            Fact.objects.across_users("expire plans")
            .filter(status="active", expires_at__lte=at)
            .values_list("user_id", flat=True)[:500]
        )
    for user in ripe:
        with as_user(user):
            lock_user(user)
            settle_due(user, at=at)
    for user, kind in due:
        wake(user, kind)


def wake(user_id: UUID, kind: str = MemoryJob.Kind.INGEST) -> None:
    """Send a worker its wake-up. A broker that can't be reached costs seconds: the sweep finds the row."""
    task = {MemoryJob.Kind.INGEST: ingest_due, MemoryJob.Kind.SUMMARISE: summarise_due}.get(MemoryJob.Kind(kind))
    if task is None:
        return
    try:
        task.delay(str(user_id))
    except OperationalError:
        log.warning("the broker can't be reached: memory jobs wait for the sweep")


__all__ = ["ingest_due", "summarise_due", "sweep", "wake"]
