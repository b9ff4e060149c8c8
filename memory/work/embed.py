"""Vectors of a remote embedder, batch by batch."""

from __future__ import annotations

import logging
from datetime import timedelta
from uuid import UUID

from django.db import connection
from django.utils import timezone

from memory import jobs, ports, reembedding
from memory.models import MemoryJob
from memory.work.trying import trying
from profiles.owned import as_user

log = logging.getLogger(__name__)
EMBED_SECONDS = 120  # after which a task of embedding hands on to the next


def embed_missing(user: UUID) -> bool:
    """Make the vectors of the remote embedder that one user lacks; when all are there, they serve. Whether there is more for another task."""
    remote = ports.remote_embedder()
    with as_user(user):
        job = jobs.claim(user, MemoryJob.Kind.EMBED, at=timezone.now())
    if job is None:
        return False
    with trying(user, job) as attempt:
        is_done = remote is None or _batches(user, remote, job)
    if not attempt.is_done:
        return False
    with as_user(user):
        now = timezone.now()
        jobs.finish(job, at=now)
        if not is_done:
            jobs.make_due(user, MemoryJob.Kind.EMBED, due=now, at=now)
    return not is_done


def _batches(user: UUID, remote: ports.RemoteEmbedder, job: MemoryJob) -> bool:
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
        vectors = remote.embed_for(user, [one.text for one in batch])
        with as_user(user):
            reembedding.store(user, remote, batch, vectors)
    return False
