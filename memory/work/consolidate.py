"""Consolidation: of one user, and at night of all who said something."""

from __future__ import annotations

from uuid import UUID

from django.db import connection
from django.utils import timezone

from memory import jobs, ports
from memory.consolidation import consolidate
from memory.models import MemoryJob
from memory.work.read import tell_apart
from memory.work.trying import trying
from profiles.owned import as_system, as_user


def look_for_patterns(user: UUID) -> None:
    """Look for patterns in what one user said, and renew their pages."""
    with as_user(user):
        job = jobs.claim(user, MemoryJob.Kind.CONSOLIDATE, at=timezone.now())
    if job is None:
        return
    model = ports.language_model()
    with trying(user, job) as attempt:
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
        tell_apart(user, job, model, None)


def make_all_due() -> list[UUID]:
    """A job for each user who said something since the last one. Whom to wake."""
    at = timezone.now()
    with as_system("consolidate memories"):
        users = consolidate.users_to_visit()
    for user in users:
        with as_user(user):
            jobs.make_due(user, MemoryJob.Kind.CONSOLIDATE, due=at, at=at)
    return users
