"""The end of an account: everything of a person goes, in one transaction."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from django.db import transaction

from assistant.exceptions import Unavailable
from assistant.models import Conversation, Run
from assistant.runs.stream import drop_streams
from memory import api as memory
from profiles.api import User


@dataclass(frozen=True, slots=True)
class Leaving:
    """What would go."""

    chats: int
    facts: int


def preview_leaving(user_id: UUID) -> Leaving:
    """How much there is of a person; inside `as_user`."""
    facts = sum(topic.facts for topic in memory.topics_of(user_id))
    return Leaving(Conversation.objects.of(user_id).present().count(), facts)


def delete_account(user: User) -> None:
    """Delete a person's memory, chats, files, settings, tokens and the account itself; inside `as_user`. Nothing of it can be brought back."""
    runs = list(Run.objects.of(user.pk).unfinished().values_list("id", flat=True))
    memory.erase_user(user.pk)
    user.delete()
    transaction.on_commit(partial(_drop, runs))


def _drop(runs: list[UUID]) -> None:
    with suppress(Unavailable):  # else they end by themselves within the hour
        drop_streams(runs)
