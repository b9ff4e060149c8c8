"""One try at a memory job: what goes wrong is written down, and what never goes right is passed over."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import DatabaseError
from django.utils import timezone

from memory import jobs, ports
from memory.models import MemoryJob
from profiles.owned import as_user

log = logging.getLogger(__name__)
SetAside = Callable[[UUID, MemoryJob, datetime], None]


@dataclass
class Try:
    """One try at a job. `is_done`: it went through."""

    is_done: bool = False


@contextmanager
def trying(user: UUID, job: MemoryJob, *, give_up: SetAside | None = None) -> Iterator[Try]:
    """One try at a job: what goes wrong in the block is written down, and after the last try `give_up` sees to what was in its way.

    A model that is away is waited for. A fault of the database is left to the next try; any other is a mistake of ours, and is raised as well.
    """
    attempt = Try()
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


def _wait_for_model(user: UUID, job: MemoryJob, failure: ports.ModelFailed, give_up: SetAside | None) -> None:
    """A provider that is away is waited for, however long; a refusal of this very text counts as a try."""
    at = timezone.now()
    if failure.retryable:
        waited = (at - job.created_at).total_seconds()
        jobs.postpone(job, until=at + timedelta(seconds=min(600.0, max(15.0, waited))), error=f"model: {failure}")
    elif jobs.fail(job, at=at, error=f"model: {failure}") and give_up:
        give_up(user, job, at)
