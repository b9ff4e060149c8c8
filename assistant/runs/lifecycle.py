"""The life of a run in Postgres: claimed by one worker, renewed, checkpointed, finished; stopped on request; taken up again when its worker is lost.

Each step is one conditional update: whoever no longer holds the run changes nothing and is told so (`LostClaim`). All run inside `as_user` or `as_system`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import DecimalField, Exists, F, Max, OuterRef, Q, Sum
from django.db.models.functions import Coalesce

from assistant.conf import most_attempts, queued_grace_seconds, run_lease_seconds
from assistant.conversations.place import place_of
from assistant.conversations.selectors import get_run
from assistant.exceptions import AlreadyFinished, LostClaim
from assistant.llm.usage import Call, note_calls
from assistant.markup import plain
from assistant.models import ContextItem, Message, Run, ToolCall, Usage
from assistant.runs.found import add_found
from assistant.runs.telling import as_sent
from memory import api as memory


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an answer ended."""

    status: Run.Status
    text: str
    error_code: str = ""
    error_detail: str = ""


def claim(user_id: UUID, run_id: UUID, *, at: datetime) -> Run | None:
    """Take the run, if nobody works on it and no earlier answer of its conversation is still being written.

    Returns the run with its relations, or None: then there is nothing to do. The attempt is counted before any work.
    """
    earlier = Run.objects.of(user_id).unfinished().filter(conversation=OuterRef("conversation"), id__lt=OuterRef("id"))
    is_free = Q(status=Run.Status.QUEUED) | Q(status=Run.Status.RUNNING, lease_until__lt=at)
    free = Run.objects.of(user_id).filter(
        is_free, ~Exists(earlier), id=run_id, attempt__lt=most_attempts() + F("continued")
    )
    changed = free.update(
        status=Run.Status.RUNNING,
        attempt=F("attempt") + 1,
        lease_until=at + timedelta(seconds=run_lease_seconds()),
        started_at=at,
    )
    return get_run(user_id, run_id) if changed else None


def renew(run: Run, *, at: datetime) -> bool:
    """Keep the lease. Returns whether the run was asked to stop. Raises LostClaim."""
    held = Run.objects.of(run.user_id).held_by(run)
    if not held.update(lease_until=at + timedelta(seconds=run_lease_seconds())):
        raise LostClaim(str(run.id))
    return held.filter(cancel_requested_at__isnull=False).exists()


def checkpoint(run: Run, text: str, *, at: datetime) -> None:
    """Keep the text so far, and the lease with it. Raises LostClaim."""
    held = Run.objects.of(run.user_id).held_by(run)
    if not held.update(lease_until=at + timedelta(seconds=run_lease_seconds())):
        raise LostClaim(str(run.id))
    Message.objects.of(run.user_id).filter(id=run.answer_id).update(text=text)


def store_receipt(run: Run, items: list[ContextItem], *, model: str, parameters: Mapping[str, Any]) -> None:
    """Write down what goes into the prompt, and with what the model is asked, before it is sent. A new attempt replaces the receipt of the one
    before. Raises LostClaim."""
    if not Run.objects.of(run.user_id).held_by(run).update(model=model, parameters=dict(parameters)):
        raise LostClaim(str(run.id))
    if run.attempt > 1:
        ContextItem.objects.of(run.user_id).filter(run=run).delete()
    ContextItem.objects.bulk_create(items)


def add_results(run: Run, rows: Sequence[ToolCall], *, tokens: Sequence[int], whole: int) -> None:
    """Put a finished step into the receipt: a line a call, with what it was called with and what the model was given.

    `tokens` are those of each line, `whole` those of the step's messages: what frames the calls goes to the framing of the prompt.
    """
    items = ContextItem.objects.of(run.user_id).filter(run=run)
    last = items.aggregate(last=Max("position"))["last"]
    framing = whole - sum(tokens)
    longest = max(range(len(rows)), key=lambda place: tokens[place])
    if framing > 0 and items.filter(kind=ContextItem.Kind.MARKS).update(tokens=F("tokens") + framing):
        framing = 0
    ContextItem.objects.bulk_create(
        ContextItem(
            user_id=run.user_id,
            run=run,
            position=position,
            kind=ContextItem.Kind.RESULT,
            reference=str(row.id),
            text=as_sent(row),
            tokens=tokens[place] + (framing if place == longest else 0),
            reason=row.name,
        )
        for place, (position, row) in enumerate(enumerate(rows, start=(last or 0) + 1))
    )
    add_found(run, rows)


ROLES = ("chat", "reason", "vision")  # in which an answer is written


def note_step(run: Run, role: str, calls: list[Call], *, at: datetime) -> None:
    """Write down what a step took of providers, in the role of those who were asked."""
    note_calls(run.user_id, role, calls, at=at, run_id=run.id, project_id=run.conversation.project_id)


def finish(
    run: Run,
    outcome: Outcome,
    *,
    at: datetime,
    model: str,
    role: str,
    calls: list[Call],
    timings: dict[str, int],
    confidence: Sequence[tuple[int, int]] = (),
) -> Run:
    """Store the answer, how it ended and what `calls` of providers took, beside those noted before; the answer becomes a turn of memory, unless it waits
    for the person. Raises LostClaim.
    """
    held = Run.objects.of(run.user_id).held_by(run)
    if not held.exists():
        raise LostClaim(str(run.id))
    note_step(run, role, calls, at=at)
    took = Usage.objects.of(run.user_id).filter(run_id=run.id, role__in=ROLES)
    changed = held.update(
        status=outcome.status,
        lease_until=None,
        finished_at=at,
        model=model,
        error_code=outcome.error_code,
        error_detail=outcome.error_detail[:400],
        timings=timings,
        confidence=list(confidence),
        **took.aggregate(
            input_tokens=Coalesce(Sum("input_tokens"), 0),
            output_tokens=Coalesce(Sum("output_tokens"), 0),
            cached_tokens=Coalesce(Sum("cached_tokens"), 0),
            cost=Coalesce(Sum("cost"), 0, output_field=DecimalField()),
        ),
    )
    if not changed:
        raise LostClaim(str(run.id))
    Message.objects.of(run.user_id).filter(id=run.answer_id).update(text=outcome.text)
    if outcome.text.strip() and outcome.status != Run.Status.WAITING:
        place = place_of(run.conversation)
        has_read = ToolCall.objects.of(run.user_id).filter(run=run, origin__in=ToolCall.FOREIGN).exists()
        has_file = ContextItem.objects.of(run.user_id).filter(run=run, kind=ContextItem.Kind.FILE).exists()
        memory.record_turn(
            run.user_id,
            conversation_id=run.conversation_id,
            message_id=run.answer_id,
            role="assistant",
            text=plain(outcome.text),  # memory would take the id in a citation for a secret
            at=at,
            scope=place.scope,
            source="file"
            if has_file
            else "tool"
            if has_read
            else "typed",  # what anybody may have written goes into no summary
            mode=place.mode,
        )
    return get_run(run.user_id, run.id)


def request_cancel(user_id: UUID, run_id: UUID, *, at: datetime) -> Run:
    """Ask the run to stop. One that still waits ends at once. Raises NotFound, AlreadyFinished."""
    get_run(user_id, run_id)
    waiting = Run.objects.of(user_id).filter(id=run_id, status=Run.Status.QUEUED)
    if not waiting.update(status=Run.Status.CANCELLED, cancel_requested_at=at, finished_at=at):
        running = Run.objects.of(user_id).filter(id=run_id, status=Run.Status.RUNNING)
        if not running.update(cancel_requested_at=at):
            raise AlreadyFinished(str(run_id))
    return get_run(user_id, run_id)


def next_waiting(user_id: UUID, conversation_id: UUID) -> UUID | None:
    """The run of this conversation that may begin now that another has ended."""
    waiting = Run.objects.of(user_id).unfinished().filter(conversation_id=conversation_id).order_by("id").first()
    return waiting.id if waiting and waiting.status == Run.Status.QUEUED else None


def lost_runs(reason: str, *, at: datetime, limit: int = 200) -> list[tuple[UUID, UUID]]:
    """(user, run) of those that nobody works on, oldest first; inside `as_system`. Those tried too often are set aside as failed."""
    before = at - timedelta(seconds=queued_grace_seconds())
    lost = Run.objects.across_users(reason).lost(at, queued_before=before)
    lost.filter(attempt__gte=most_attempts() + F("continued")).update(
        status=Run.Status.FAILED, finished_at=at, lease_until=None, error_code="set-aside"
    )
    return list(lost.order_by("id").values_list("user_id", "id")[:limit])
