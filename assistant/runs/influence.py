"""How much each memory in a prompt mattered: the answer is written again without it, and compared. One memory at a time, in the background.

This is what can be explained of a model that others host. The answers are written at temperature 0, and compared with one written so with everything,
since the answer that was shown may owe its words to chance.
"""

from __future__ import annotations

import logging
import re
from difflib import SequenceMatcher
from uuid import UUID

from asgiref.sync import sync_to_async
from django.utils import timezone

from assistant.context.layout import mark_key
from assistant.context.replay import replay
from assistant.conversations.selectors import get_message
from assistant.exceptions import NothingToWeigh, UnknownModel
from assistant.llm import choice, gateway
from assistant.llm.budgets import check_budget
from assistant.llm.types import Model, ProviderError
from assistant.llm.usage import Call, note_calls
from assistant.models import ContextItem, Message, Run
from assistant.runs.stream import notify
from profiles.owned import work_as

log = logging.getLogger(__name__)
MOST_ITEMS = 12
_KINDS = (ContextItem.Kind.FACT, ContextItem.Kind.EPISODE, ContextItem.Kind.PROFILE, ContextItem.Kind.SUMMARY)


def request(user_id: UUID, message_id: UUID) -> Run:
    """Have the items of an answer weighed. Raises NotFound, and NothingToWeigh when no memory went into it."""
    message = get_message(user_id, message_id)
    run = Run.objects.of(user_id).filter(answer=message).first()
    if run is None or not _items_to_weigh(run):
        raise NothingToWeigh(str(message_id))
    # Asked for again, one whose worker was lost goes on where it stood.
    Run.objects.of(user_id).filter(id=run.id).update(weighing=Run.Weighing.QUEUED, weighed=0)
    run.refresh_from_db()
    return run


def _items_to_weigh(run: Run) -> list[ContextItem]:
    """The memories that may be weighed: those the answer cites first, then those recalled for it, at most a dozen."""
    items = ContextItem.objects.of(run.user_id).filter(run=run, kind__in=_KINDS)
    order = {str(kind): place for place, kind in enumerate(_KINDS)}
    return sorted(items, key=lambda item: (not item.is_cited, item.is_carried, order[item.kind], item.position))[
        :MOST_ITEMS
    ]


async def weigh(user_id: UUID, run_id: UUID) -> None:
    """Weigh the items of one answer. A second call finds nothing to do; one that was killed begins with what is not weighed yet."""
    begun = await work_as(user_id, _begin, user_id, run_id)
    if begun is None:
        return
    run, items, everything, roles = begun
    key = mark_key("run", run.id)
    try:
        models = await sync_to_async(choice.models_for)("chat", run.model)
        with_all = await _answer(run, models[0], replay(everything, roles=roles, key=key))
        for done, item in enumerate(items, start=1):
            messages = replay(everything, roles=roles, key=key, without={item.position})
            without = await _answer(run, models[0], messages)
            await work_as(user_id, _store, run, item, difference(with_all, without), done)
            await sync_to_async(notify)(
                user_id, "influence.progress", {"message": str(run.answer_id), "done": done, "of": len(items)}
            )
    except (ProviderError, UnknownModel) as error:  # the model that answered may be gone since
        log.info("weighing run %s ended: %s", run.id, error)
        await work_as(user_id, _end, run, Run.Weighing.FAILED)
    else:
        await work_as(user_id, _end, run, Run.Weighing.DONE)
    await sync_to_async(notify)(user_id, "influence.done", {"message": str(run.answer_id)})


def difference(one: str, other: str) -> float:
    """How much two answers differ, by their words: 0 for the same, 1 for nothing in common. Citations don't count."""
    first, second = (re.findall(r"\w+", re.sub(r"\[[fts]:[0-9a-z-]+\]", "", text.casefold())) for text in (one, other))
    if not first and not second:
        return 0.0
    return round(1 - SequenceMatcher(None, first, second, autojunk=False).ratio(), 3)


def _begin(user_id: UUID, run_id: UUID) -> tuple[Run, list[ContextItem], list[ContextItem], dict[str, str]] | None:
    run = (
        Run.objects.of(user_id)
        .select_related("conversation")
        .filter(id=run_id)
        .exclude(weighing__in=["", Run.Weighing.DONE])
        .first()
    )
    if run is None:
        return None
    Run.objects.of(user_id).filter(id=run_id).update(weighing=Run.Weighing.RUNNING)
    everything = list(ContextItem.objects.of(user_id).filter(run=run).order_by("position"))
    said = [item.reference for item in everything if item.kind == ContextItem.Kind.TURN and item.reference]
    roles = {str(key): role for key, role in Message.objects.of(user_id).filter(id__in=said).values_list("id", "role")}
    return run, [item for item in _items_to_weigh(run) if item.influence is None], everything, roles


async def _answer(run: Run, model: Model, messages: list[dict[str, str]]) -> str:
    """One more answer, if the month's budget has room for it. Raises ProviderError."""
    project_id = run.conversation.project_id
    if not model.is_builtin:
        await sync_to_async(check_budget)(run.user_id, project_id=project_id, at=timezone.now())
    calls: list[Call] = []
    try:
        answer = await gateway.complete(
            messages, models=[model], temperature=0, record=lambda *call: calls.append(call)
        )
    finally:
        await work_as(
            run.user_id,
            note_calls,
            run.user_id,
            "weigh",
            calls,
            at=timezone.now(),
            run_id=run.id,
            project_id=project_id,
        )
    return answer.text


def _store(run: Run, item: ContextItem, influence: float, done: int) -> None:
    ContextItem.objects.of(run.user_id).filter(id=item.id).update(influence=influence)
    Run.objects.of(run.user_id).filter(id=run.id).update(weighed=done)


def _end(run: Run, state: str) -> None:
    Run.objects.of(run.user_id).filter(id=run.id).update(weighing=state)
