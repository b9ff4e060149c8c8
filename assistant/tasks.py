"""Wake-ups for workers. What is due stands in Postgres; a task that comes twice, late or never does no harm."""

from __future__ import annotations

import asyncio
import gc
import logging
import threading
from datetime import timedelta
from uuid import UUID

from celery import shared_task
from celery.signals import worker_ready
from django.db import DatabaseError, connection
from django.utils import timezone
from kombu.exceptions import OperationalError

from assistant.conf import temporary_hours
from assistant.exceptions import Unavailable
from assistant.exchange import transfers
from assistant.files.keep import UNSENT_FOR
from assistant.llm import gateway
from assistant.llm.loop import run_in_loop
from assistant.models import Conversation, File
from assistant.runs.influence import weigh
from assistant.runs.lifecycle import lost_runs, next_waiting
from assistant.runs.name import name_turn
from assistant.runs.stream import drop_streams
from assistant.runs.turn import run_turn
from memory.tasks import import_due, ingest_due
from profiles.owned import as_system, as_user

log = logging.getLogger(__name__)
TRANSFER_SECONDS = 40  # of one task; its soft limit is 60


def wake(task: object, *ids: UUID) -> None:
    """Send a wake-up. Without a broker it is left to the sweep, which finds the row."""
    try:
        task.delay(*map(str, ids))  # type: ignore[attr-defined]
    except (OperationalError, OSError) as error:
        log.warning("no wake-up for %s %s: %s", getattr(task, "name", task), ids, error)


def go_on(user_id: UUID, run_id: UUID) -> None:
    """Wake a run that was queued again. Its events of before told that it had ended: viewers begin anew."""
    try:
        drop_streams([run_id])
    except Unavailable:
        log.warning("the stream of run %s was not dropped", run_id)
    wake(execute_run, user_id, run_id)


@worker_ready.connect
def warm_up_answers(sender: object, **_: object) -> None:
    """The first answer must not wait for a library that takes seconds to load. Workers of other queues never load it."""
    if str(getattr(sender, "hostname", "")).startswith("answers"):
        threading.Thread(target=_warm_up, daemon=True).start()


def _warm_up() -> None:
    asyncio.run(gateway.warm_up())
    # What the libraries made stays for good: looked through with the rest, it would halt all answers for a tenth of a second now and then.
    gc.collect()
    gc.freeze()


@shared_task(ignore_result=True, soft_time_limit=None, time_limit=None)
def execute_run(user_id: str, run_id: str) -> None:
    """Write one answer, then wake memory and the next question of the conversation."""
    user, run = UUID(user_id), UUID(run_id)
    try:
        finished = run_in_loop(run_turn(user, run))
        if finished is None:
            return
        wake(ingest_due, user)
        wake(name_finished_turn, user, finished.id)
        with as_user(user):
            following = next_waiting(user, finished.conversation_id)
        if following:
            wake(execute_run, user, following)
    finally:
        connection.close()


@shared_task(ignore_result=True)
def name_finished_turn(user_id: str, run_id: str) -> None:
    """A title and ideas for the next message, by the small models."""
    name_turn(UUID(user_id), UUID(run_id))


@shared_task(ignore_result=True, soft_time_limit=None, time_limit=None)
def weigh_memories(user_id: str, run_id: str) -> None:
    """Find out how much each memory mattered for one answer."""
    try:
        run_in_loop(weigh(UUID(user_id), UUID(run_id)))
    finally:
        connection.close()


@shared_task(ignore_result=True)
def work_on_transfer(user_id: str, transfer_id: str) -> None:
    """Go on with an export or an import for as long as a task may last; what is left is a task of its own."""
    user, transfer = UUID(user_id), UUID(transfer_id)
    began = timezone.now()
    is_left = True
    try:
        while is_left and timezone.now() - began < timedelta(seconds=TRANSFER_SECONDS):
            with as_user(user):
                is_left = transfers.advance(user, transfer, at=timezone.now())
    except DatabaseError:
        raise  # the database went away: the sweep goes on where it stood
    except Exception:
        log.exception("transfer %s", transfer_id)
        with as_user(user):
            transfers.give_up(user, transfer, at=timezone.now())
        return
    if is_left:
        wake(work_on_transfer, user, transfer)
    else:
        wake(ingest_due, user)
        wake(import_due, user)


@shared_task(ignore_result=True)
def look_after_transfers() -> None:
    """Wake workers for transfers that nobody works on, and delete what is kept too long."""
    for user_id, transfer_id in transfers.sweep(at=timezone.now()):
        wake(work_on_transfer, user_id, transfer_id)


@shared_task(ignore_result=True)
def recover_lost_runs() -> None:
    """Wake workers for runs that nobody works on."""
    with as_system("recover lost runs"):
        lost = lost_runs("recover lost runs", at=timezone.now())
    for user_id, run_id in lost:
        wake(execute_run, user_id, run_id)


@shared_task(ignore_result=True)
def delete_expired_conversations() -> None:
    """Temporary chats after a day, deleted chats whose undo has passed, and files whose message never came; with chats go their files."""
    reason = "delete expired conversations"
    with as_system(reason):
        before = timezone.now() - timedelta(hours=temporary_hours())
        Conversation.objects.across_users(reason).expired(before).delete()
        File.objects.across_users(reason).left_behind(timezone.now() - UNSENT_FOR).delete()
