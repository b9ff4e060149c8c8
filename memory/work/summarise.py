"""Summarising one conversation, block by block."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import connection
from django.utils import timezone

from memory import jobs, ports
from memory.models import MemoryJob
from memory.summaries import conversation
from memory.version import lock_user
from memory.work.trying import trying
from profiles.owned import as_user

BLOCKS_A_JOB = 3  # summaries are written one after the other; a long history takes several tasks


def summarise_conversation(user: UUID) -> bool:
    """Summarise what is due in one conversation of a user. Whether it went through, so that there may be another."""
    with as_user(user):
        job = jobs.claim(user, MemoryJob.Kind.SUMMARISE, at=timezone.now())
    if job is None or job.conversation_id is None:
        return False
    with trying(user, job, give_up=_without_model) as attempt:
        with as_user(user):  # not with the claim: a failure here would take back the count of the try
            lock_user(user)
            work = conversation.drafts(user, job.conversation_id)
        kept = [write_block(user, job, draft) for draft in work[:BLOCKS_A_JOB]]
        with as_user(user):
            folded = conversation.fold(user, job.conversation_id)
        if folded is not None:
            write_block(user, job, folded)
    if not attempt.is_done:
        return False
    with as_user(user):
        lock_user(user)
        at = timezone.now()
        conversation.assemble(user, job.conversation_id, at=at)
        jobs.finish(job, at=at)
        if len(work) > BLOCKS_A_JOB and any(kept):  # else the next task would find the same, and so on for ever
            jobs.make_due(user, MemoryJob.Kind.SUMMARISE, at=at, conversation_id=job.conversation_id)
    return True


def write_block(user: UUID, job: MemoryJob, draft: conversation.Draft) -> bool:
    """One block. It is kept only if none of its turns changed meanwhile: whether it was."""
    at = timezone.now()
    model = ports.language_model()
    text = ""
    if model:
        with as_user(user):
            jobs.count_call(job)
        connection.close()  # nothing is held while a model writes
        told = conversation.text_of(draft)
        text = model.summarise(user, instructions=conversation.INSTRUCTIONS, text=told, scope=draft.scope)
    with as_user(user):
        lock_user(user)
        return conversation.store(draft, text or conversation.without_model(draft), at=at) is not None


def _without_model(user: UUID, job: MemoryJob, at: datetime) -> None:
    """What no try could get a model to summarise: it would be tried again with every turn that is said."""
    lock_user(user)
    if job.conversation_id is not None:
        conversation.settle_without_model(user, job.conversation_id, at=at)
