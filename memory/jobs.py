"""The rows that say what work is due: claimed by one worker, counted before the work, set aside when they keep failing."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import models

from memory import conf
from memory.models import MemoryJob


def claim(user_id: UUID, kind: str, *, at: datetime, conversation_id: UUID | None = None) -> MemoryJob | None:
    """Take the due job of this kind, or one whose worker was lost, if no other worker has it. None when there is none."""
    mine = MemoryJob.objects.of(user_id).filter(kind=kind)
    if conversation_id is not None:
        mine = mine.filter(conversation_id=conversation_id)
    lost = mine.filter(state=MemoryJob.State.RUNNING, lease_until__lt=at).first()
    if lost is not None:
        _let_go(lost, at=at, error="its worker was lost")
    job = mine.filter(state=MemoryJob.State.DUE, due_at__lte=at).order_by("due_at").first()
    if job is None or mine.filter(state=MemoryJob.State.RUNNING, conversation_id=job.conversation_id).exists():
        return None
    claimed = (
        MemoryJob.objects.of(user_id)
        .filter(pk=job.pk, state=MemoryJob.State.DUE)
        .update(
            state=MemoryJob.State.RUNNING,
            attempts=models.F("attempts") + 1,
            started_at=at,
            lease_until=at + timedelta(seconds=conf.job_lease_seconds()),
        )
    )
    if not claimed:
        return None
    job.refresh_from_db()
    return job


def finish(job: MemoryJob, *, at: datetime) -> None:
    """Done."""
    job.state, job.finished_at, job.lease_until, job.error = MemoryJob.State.DONE, at, None, ""
    job.lag_ms = max(0, int((at - job.due_at).total_seconds() * 1000))
    job.save(update_fields=["state", "finished_at", "lease_until", "error", "lag_ms"])


def fail(job: MemoryJob, *, at: datetime, error: str) -> None:
    """Due again after a pause that grows, or set aside with its reason when it was tried often enough. `error` names the kind of failure, no content."""
    _let_go(job, at=at, error=error)


def _let_go(job: MemoryJob, *, at: datetime, error: str) -> None:
    job.lease_until = None
    job.error = error[:500]
    waits = MemoryJob.objects.of(job.user_id).filter(
        kind=job.kind, conversation_id=job.conversation_id, state=MemoryJob.State.DUE
    )
    if job.attempts >= conf.job_attempts():
        job.state, job.finished_at = MemoryJob.State.ASIDE, at
    elif waits.exists():  # newer work of the same kind waits already and will do this too
        job.state, job.finished_at = MemoryJob.State.DONE, at
        waits.update(attempts=models.F("attempts") + job.attempts)
    else:
        job.state = MemoryJob.State.DUE
        job.due_at = at + timedelta(seconds=min(600, 5 * 2**job.attempts))
    job.save(update_fields=["state", "finished_at", "lease_until", "error", "due_at"])


def due_users(*, at: datetime, limit: int = 500) -> list[tuple[UUID, str]]:
    """(user, kind) of all work that is due or was lost. Call it inside `as_system`."""
    rows = MemoryJob.objects.across_users("sweep memory jobs").filter(
        models.Q(state=MemoryJob.State.DUE, due_at__lte=at)
        | models.Q(state=MemoryJob.State.RUNNING, lease_until__lt=at)
    )
    return list(dict.fromkeys(rows.order_by("due_at").values_list("user_id", "kind")[:limit]))
