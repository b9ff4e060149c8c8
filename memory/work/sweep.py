"""What is due and was missed, and what only time makes due: plans that end, announced facts that begin."""

from __future__ import annotations

import logging
from datetime import timedelta
from uuid import UUID

from django.db.models import F
from django.utils import timezone

from memory import jobs, ports, reembedding
from memory.models import Fact, MemoryJob
from memory.reconciliation.due import settle_due
from memory.version import lock_user
from profiles.owned import as_system, as_user

log = logging.getLogger(__name__)


def find_missed() -> list[tuple[UUID, str]]:
    """Let plans end and announced facts begin. (user, kind) of the jobs to wake."""
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
    for user in ripe:
        try:
            with as_user(user):
                lock_user(user)
                settle_due(user, at=at)
        except Exception:  # of one user; it may not keep the others
            log.exception("what is due in the memory of %s could not be settled", user)
    return [*((user, str(MemoryJob.Kind.EMBED)) for user in behind), *due]
