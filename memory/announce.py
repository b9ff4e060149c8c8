"""Tell whoever listens what memory did, after commit."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import transaction

from memory import ports
from memory.facts.views import question_views
from memory.models import Question


def saved(user_id: UUID, *, batch_id: UUID, message_ids: Iterable[UUID]) -> None:
    """Something was learned or changed."""
    if listener := ports.listener():
        transaction.on_commit(partial(listener.saved, user_id, batch_id=batch_id, message_ids=list(message_ids)))


def asked(user_id: UUID, questions: Iterable[UUID]) -> None:
    """Something was asked."""
    listener = ports.listener()
    ids = list(questions)
    if listener and ids:
        for view in question_views(user_id, Question.objects.of(user_id).filter(pk__in=ids).select_related("episode")):
            transaction.on_commit(partial(listener.question, user_id, view))


def forgotten(user_id: UUID, *, message_ids: Iterable[UUID], at: datetime) -> None:
    """Something was forgotten: caches and streams that hold it must go."""
    if listener := ports.listener():
        transaction.on_commit(partial(listener.forgotten, user_id, message_ids=list(message_ids), at=at))
