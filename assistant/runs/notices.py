"""What memory tells: put on the user's own stream, as ids, so that open pages can look anew. Bound to memory by the setting MEMORY_LISTENER."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from assistant.models import Run
from assistant.runs.stream import drop_streams, notify
from memory.api import QuestionView
from profiles.owned import as_user

RECENT_RUNS = 200


class Notices:
    """Memory's `Listener`. Called after commit; never raises."""

    def saved(self, user_id: UUID, *, batch_id: UUID, message_ids: Sequence[UUID]) -> None:
        notify(user_id, "memory.saved", {"batch": str(batch_id), "messages": [str(item) for item in message_ids]})

    def question(self, user_id: UUID, question: QuestionView) -> None:
        notify(user_id, "memory.question", {"question": str(question.id), "kind": question.kind})

    def forgotten(self, user_id: UUID, *, message_ids: Sequence[UUID], at: datetime) -> None:
        """Streams of recent answers may hold the words: viewers get the stored answers from now on."""
        del at
        with as_user(user_id):
            recent = (
                Run.objects.of(user_id)
                .exclude(finished_at=None)
                .order_by("-id")
                .values_list("id", flat=True)[:RECENT_RUNS]
            )
            drop_streams(list(recent))
        notify(user_id, "memory.forgotten", {"messages": [str(item) for item in message_ids]})


def listener() -> Notices:
    """What the setting names."""
    return Notices()
