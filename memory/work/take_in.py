"""Imports: part by part, for as long as a task may last."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from memory import jobs
from memory.importing.work import advance_import, running_import
from memory.models import MemoryJob
from memory.work.trying import trying
from profiles.owned import as_user

IMPORT_SECONDS = 40  # of one task; its soft limit is 60


def take_in(user: UUID) -> str | None:
    """Take in what a user imports; what is left makes the next job due. The kind to wake then; None when nothing was done."""
    began = timezone.now()
    with as_user(user):
        job = jobs.claim(user, MemoryJob.Kind.IMPORT, at=began)
    if job is None:
        return None
    with trying(user, job) as attempt:
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
        return None
    return MemoryJob.Kind.IMPORT if is_left else MemoryJob.Kind.INGEST
