"""What Celery wakes. A message only names a user; what is due stands in Postgres, and what is done for it in `memory.work`."""

from __future__ import annotations

import logging
from uuid import UUID

from celery import shared_task
from kombu.exceptions import OperationalError

from memory.models import MemoryJob
from memory.work.consolidate import look_for_patterns, make_all_due
from memory.work.embed import embed_missing
from memory.work.read import learn_by_rules, read_buffer
from memory.work.summarise import summarise_conversation
from memory.work.sweep import find_missed
from memory.work.take_in import take_in

log = logging.getLogger(__name__)
MODEL_SECONDS = 300  # a task that asks a model; within the lease of its job (`conf.model_job_lease_seconds`)


@shared_task
def ingest_due(user_id: str) -> None:
    """Learn by rules, and wake what that makes due."""
    for kind in learn_by_rules(UUID(user_id)):
        wake(UUID(user_id), kind)


@shared_task(soft_time_limit=MODEL_SECONDS, time_limit=MODEL_SECONDS + 30)
def read_due(user_id: str) -> None:
    """Have a language model read one buffer; the next one is a task of its own."""
    if read_buffer(UUID(user_id)):
        wake(UUID(user_id), MemoryJob.Kind.READ)


@shared_task(soft_time_limit=MODEL_SECONDS, time_limit=MODEL_SECONDS + 30)
def summarise_due(user_id: str) -> None:
    """Summarise one conversation; the next one is a task of its own."""
    if summarise_conversation(UUID(user_id)):
        wake(UUID(user_id), MemoryJob.Kind.SUMMARISE)


@shared_task(soft_time_limit=MODEL_SECONDS, time_limit=MODEL_SECONDS + 30)
def consolidate_due(user_id: str) -> None:
    """Look for patterns in what one user said."""
    look_for_patterns(UUID(user_id))


@shared_task
def consolidate_all() -> None:
    """At night: wake consolidation for whoever said something."""
    for user in make_all_due():
        wake(user, MemoryJob.Kind.CONSOLIDATE)


@shared_task
def import_due(user_id: str) -> None:
    """Take in what a user imports; what is left is a task of its own."""
    if kind := take_in(UUID(user_id)):
        wake(UUID(user_id), kind)


@shared_task(soft_time_limit=MODEL_SECONDS, time_limit=MODEL_SECONDS + 30)
def embed_due(user_id: str) -> None:
    """Make vectors of the remote embedder; a long history takes several tasks."""
    if embed_missing(UUID(user_id)):
        wake(UUID(user_id), MemoryJob.Kind.EMBED)


@shared_task
def sweep() -> None:
    """Wake workers for what is due and was missed."""
    for user, kind in find_missed():
        wake(user, kind)


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
