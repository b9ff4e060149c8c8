"""Have a finished turn named: a title for its conversation, ideas for the next message. In the background, within the budget."""

from __future__ import annotations

import logging
from uuid import UUID

from django.db import connection
from django.utils import timezone

from assistant.conversations import naming
from assistant.llm.budgets import check_budget
from assistant.llm.choice import models_for
from assistant.llm.loop import run_in_loop
from assistant.llm.structured import complete_json
from assistant.llm.types import Deadlines, ProviderError
from assistant.llm.usage import Call, note_calls
from assistant.runs.stream import notify
from profiles.owned import as_user

log = logging.getLogger(__name__)
DEADLINES = Deadlines(first_token=20, between_tokens=10, overall=40)


def name_turn(user_id: UUID, run_id: UUID) -> None:
    """Ask the small models, once. What fails is left: the first words stay the title. Without a model that can, nothing is done."""
    models = [model for model in models_for("title") if not model.is_builtin]
    if not models or models_for("title")[0].is_builtin:
        return
    with as_user(user_id):
        named = naming.to_name(user_id, run_id)
    if named is None:
        return
    connection.close()  # nothing is held while a model writes
    calls: list[Call] = []
    messages = [{"role": "system", "content": naming.INSTRUCTIONS}, {"role": "user", "content": named.text}]

    async def ask() -> str:
        answer = await complete_json(
            messages,
            models=models,
            schema=naming.SCHEMA,
            deadlines=DEADLINES,
            record=lambda *call: calls.append(call),
            temperature=0,
        )
        return answer.text

    title, suggestions = "", list[str]()
    try:
        check_budget(user_id, project_id=named.project_id, at=timezone.now())
        title, suggestions = naming.read_answer(run_in_loop(ask()))
    except ProviderError as error:
        log.info("run %s was not named: %s", run_id, error)
    with as_user(user_id):
        note_calls(user_id, "title", calls, at=timezone.now(), run_id=run_id, project_id=named.project_id)
        is_new = naming.store(user_id, named, title, suggestions)
    if is_new:
        notify(user_id, "conversation.titled", {"conversation": str(named.conversation_id), "title": title})
    if suggestions:
        notify(user_id, "run.suggestions", {"run": str(run_id), "conversation": str(named.conversation_id)})
