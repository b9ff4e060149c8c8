"""The person decides about a call that waits. The answer that waits for it then goes on: the same run, from its rows."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import F

from assistant.conversations.selectors import get_run
from assistant.exceptions import AlreadyDecided, NotFound, NotWhatWasShown
from assistant.models import Run, ToolCall


def get_call(user_id: UUID, call_id: UUID) -> ToolCall:
    """The user's call of a tool. Raises NotFound."""
    found = ToolCall.objects.of(user_id).filter(id=call_id, run__conversation__deleted_at=None).first()
    if found is None:
        raise NotFound("tool call")
    return found


def calls_of(user_id: UUID, run_id: UUID) -> list[ToolCall]:
    """The calls of one answer, in their order."""
    return list(ToolCall.objects.of(user_id).filter(run=run_id))


def decide(user_id: UUID, call_id: UUID, *, is_allowed: bool, digest: str, at: datetime) -> Run:
    """Allow or refuse a call that waits. `digest` is that of what the person was shown; an approval holds for those bytes and no others.

    When it was the last of its answer that waited, the run is queued again: the caller drops its stream and wakes a worker.
    Raises NotFound, AlreadyDecided, NotWhatWasShown.
    """
    run_id = get_call(user_id, call_id).run_id
    Run.objects.of(user_id).select_for_update().get(id=run_id)  # two decisions at once take turns
    call = get_call(user_id, call_id)
    if call.state != ToolCall.State.WAITING:
        raise AlreadyDecided(str(call_id))
    if is_allowed and digest != call.digest:
        raise NotWhatWasShown(str(call_id))
    call.state = ToolCall.State.APPROVED if is_allowed else ToolCall.State.REFUSED
    call.decided_at, call.finished_at = at, None if is_allowed else at
    call.save(update_fields=["state", "decided_at", "finished_at"])
    if not ToolCall.objects.of(user_id).filter(run=run_id, state=ToolCall.State.WAITING).exists():
        waiting = Run.objects.of(user_id).filter(id=run_id, status=Run.Status.WAITING)
        waiting.update(status=Run.Status.QUEUED, finished_at=None, continued=F("continued") + 1)
    return get_run(user_id, run_id)
