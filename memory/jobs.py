"""The rows that say what work is due: claimed by one worker, counted before the work, set aside when they keep failing."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, models, transaction

from memory import conf
from memory.models import MemoryJob
from memory.models.ledger import JobQuerySet
from memory.types import JobView
from memory.version import lock_user
from profiles.owned import new_id

# One extraction a user at a time, whatever the conversation: two would reconcile against each other's past.
_ONE_A_USER = frozenset({MemoryJob.Kind.READ})

BEHIND = timedelta(minutes=3)  # a job of reading by rules takes less than a second


def make_due(
    user_id: UUID, kind: str, *, at: datetime, due: datetime | None = None, conversation_id: UUID | None = None
) -> None:
    """See to it that a job of this kind waits: at most one does, a user and conversation.

    A new one is due at `due`, or now. One that waits already is drawn to `due` when that is earlier; without `due` it keeps its time, which may be
    that of a pause.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO memory_memoryjob AS job
                (id, user_id, kind, state, conversation_id, attempts, calls, error, created_at, due_at)
            VALUES (%s, %s, %s, 'due', %s, 0, 0, '', %s, %s)
            ON CONFLICT (user_id, kind, conversation_id) WHERE state = 'due'
            DO UPDATE SET due_at = LEAST(job.due_at, EXCLUDED.due_at) WHERE %s
            """,
            [new_id(), user_id, kind, conversation_id, at, due or at, due is not None],
        )


def claim(user_id: UUID, kind: str, *, at: datetime, conversation_id: UUID | None = None) -> MemoryJob | None:
    """Take the due job of this kind, or one whose worker was lost, if no other worker has it. None when there is none."""
    mine = MemoryJob.objects.of(user_id).filter(kind=kind)
    if conversation_id is not None:
        mine = mine.filter(conversation_id=conversation_id)
    release_lost(user_id, kind, at=at)
    job = mine.filter(state=MemoryJob.State.DUE, due_at__lte=at).order_by("due_at").first()
    if job is None:
        return None
    running = mine.filter(state=MemoryJob.State.RUNNING)
    if kind in _ONE_A_USER:
        lock_user(user_id)
    else:
        running = running.filter(conversation_id=job.conversation_id)
    if running.exists():
        return None
    lease = conf.job_lease_seconds() if kind == MemoryJob.Kind.INGEST else conf.model_job_lease_seconds()
    claimed = (
        MemoryJob.objects.of(user_id)
        .filter(pk=job.pk, state=MemoryJob.State.DUE)
        .update(
            state=MemoryJob.State.RUNNING,
            attempts=models.F("attempts") + 1,
            started_at=at,
            lease_until=at + timedelta(seconds=lease),
        )
    )
    if not claimed:
        return None
    job.refresh_from_db()
    return job


def release_lost(user_id: UUID, kind: str, *, at: datetime) -> list[MemoryJob]:
    """Make due again what lost its worker. Returns the jobs that lost too many and are set aside: what kills workers must be passed over too."""
    lost = list(MemoryJob.objects.of(user_id).filter(kind=kind, state=MemoryJob.State.RUNNING, lease_until__lt=at))
    for job in lost:
        _let_go(job, at=at, error="its worker was lost")
    return [job for job in lost if job.state == MemoryJob.State.ASIDE]


def finish(job: MemoryJob, *, at: datetime) -> None:
    """Done."""
    lag = max(0, int((at - job.due_at).total_seconds() * 1000))
    _end(job, state=MemoryJob.State.DONE, finished_at=at, lease_until=None, error="", lag_ms=lag)


def _end(job: MemoryJob, **fields: Any) -> None:
    """Write how a try ended, if the job is still this worker's: one that was thought lost must not overwrite what its successor does."""
    held = MemoryJob.objects.of(job.user_id).filter(pk=job.pk, state=MemoryJob.State.RUNNING, attempts=job.attempts)
    if held.update(**fields):
        for name, value in fields.items():
            setattr(job, name, value)


def count_call(job: MemoryJob) -> None:
    """One more call of a model for this job; counted before it is made."""
    MemoryJob.objects.of(job.user_id).filter(pk=job.pk).update(calls=models.F("calls") + 1)
    job.calls += 1


def postpone(job: MemoryJob, *, until: datetime, error: str = "") -> None:
    """Not now: due again at `until`, and the try does not count. For work that waits for its time, or for a provider that is away."""
    over: dict[str, Any] = {"lease_until": None, "error": error[:500]}
    if not _wait(job, due_at=until, attempts=job.attempts - 1, **over):
        _waiting_beside(job).filter(due_at__lt=until).update(due_at=until)
        _end(job, state=MemoryJob.State.DONE, finished_at=until, **over)


def _waiting_beside(job: MemoryJob) -> JobQuerySet:
    return MemoryJob.objects.of(job.user_id).filter(
        kind=job.kind, conversation_id=job.conversation_id, state=MemoryJob.State.DUE
    )


def _wait(job: MemoryJob, **fields: Any) -> bool:
    """Make the job due again, unless newer work of the same kind waits already and will do this too: the index says so, since a look would be too early."""
    try:
        with transaction.atomic():
            _end(job, state=MemoryJob.State.DUE, **fields)
    except IntegrityError:
        return False
    return True


def fail(job: MemoryJob, *, at: datetime, error: str) -> bool:
    """Due again after a pause that grows, or set aside with its reason when it was tried often enough: then True.

    `error` names the kind of failure, no content.
    """
    _let_go(job, at=at, error=error)
    return job.state == MemoryJob.State.ASIDE


def _let_go(job: MemoryJob, *, at: datetime, error: str) -> None:
    over: dict[str, Any] = {"lease_until": None, "error": error[:500]}
    if job.attempts >= conf.job_attempts():
        _end(job, state=MemoryJob.State.ASIDE, finished_at=at, **over)
        return
    tries = job.attempts
    if not _wait(job, due_at=at + timedelta(seconds=min(600, 5 * 2**tries)), **over):
        _end(job, state=MemoryJob.State.DONE, finished_at=at, **over)
        _waiting_beside(job).update(attempts=models.F("attempts") + tries)


def due_kinds(user_id: UUID, *, at: datetime) -> list[str]:
    """What is due for one user now, oldest first."""
    rows = MemoryJob.objects.of(user_id).due(at).order_by("due_at").values_list("kind", flat=True)
    return list(dict.fromkeys(rows))


def behind_since(user_id: UUID, *, at: datetime) -> datetime | None:
    """Since when what the user said waits to be read, where it waits longer than learning ever takes; None when all is well."""
    waiting = MemoryJob.objects.of(user_id).filter(
        kind=MemoryJob.Kind.INGEST,
        state__in=[MemoryJob.State.DUE, MemoryJob.State.RUNNING],
        created_at__lt=at - BEHIND,
    )
    return waiting.order_by("created_at").values_list("created_at", flat=True).first()


def jobs_of(user_id: UUID, *, before: UUID | None = None, limit: int = 50) -> tuple[list[JobView], UUID | None]:
    """A page of the user's jobs, latest first, from the one that came `before` on; and the last of the page when there are more."""
    rows = MemoryJob.objects.of(user_id).order_by("-id")
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows[: limit + 1])
    names = [field.name for field in fields(JobView)]
    page = [JobView(**{name: getattr(row, name) for name in names}) for row in found[:limit]]
    return page, page[-1].id if len(found) > limit else None


def jobs_of_all(reason: str, *, at: datetime) -> tuple[int, datetime | None]:
    """Of all users: how many jobs are set aside, and since when the oldest waits that is due at `at`. Call it inside `as_system`."""
    rows = MemoryJob.objects.across_users(reason)
    waiting = rows.filter(state=MemoryJob.State.DUE, due_at__lte=at)
    oldest = waiting.order_by("due_at").values_list("due_at", flat=True).first()
    return rows.filter(state=MemoryJob.State.ASIDE).count(), oldest


def due_users(*, at: datetime, limit: int = 500) -> list[tuple[UUID, str]]:
    """(user, kind) of all work that is due or was lost. Call it inside `as_system`."""
    rows = MemoryJob.objects.across_users("sweep memory jobs").filter(
        models.Q(state=MemoryJob.State.DUE, due_at__lte=at)
        | models.Q(state=MemoryJob.State.RUNNING, lease_until__lt=at)
    )
    return list(dict.fromkeys(rows.order_by("due_at").values_list("user_id", "kind")[:limit]))
