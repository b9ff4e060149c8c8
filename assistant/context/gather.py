"""Collect what a prompt is made of: profile, summary, recent turns, recalled memory. One transaction, no model."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from assistant.conf import context_window_tokens, recall_budget_tokens, recall_most_items
from assistant.context.build import ContextInputs, PastTurn
from assistant.models import Message, Run
from memory import api as memory
from profiles.api import locale_of, profile_of

MOST_TURNS = 200


def gather(run: Run, *, at: datetime, count: Callable[[str], int]) -> ContextInputs:
    """The inputs for one run, inside `as_user`. `at` is when it is answered."""
    user_id, question, conversation = run.user_id, run.question, run.conversation
    profile, locale = profile_of(user_id), locale_of(user_id)
    path = _path_before(user_id, question)
    turns = recent_turns(user_id, path, count=count)
    base = ContextInputs(
        conversation_id=conversation.id,
        run_id=run.id,
        question=question.text,
        now=at,
        zone=locale.zone,
        language=locale.language,
        custom_instructions=profile.custom_instructions,
        turns=turns,
        actions=tuple(run.actions),
    )
    if conversation.is_temporary:
        return replace(base, memory_state="temporary", custom_instructions="")
    known = {turn.message_id for turn in turns} | {question.id}
    recalled = memory.recall(
        user_id,
        question.text,
        at=at,
        conversation_id=conversation.id,
        budget_tokens=recall_budget_tokens(),
        exclude_message_ids=tuple(known),
    )
    left_window = len(turns) < len(path)
    summary = memory.summary_for(user_id, conversation.id, at=at) if left_window else None
    turn = memory.record_turn(  # stands already: this only gives it back
        user_id,
        conversation_id=conversation.id,
        message_id=question.id,
        role="user",
        text=question.text,
        at=question.created_at,
        pasted=tuple(tuple(span) for span in question.pasted),
    )
    lines = memory.profile_block(user_id, at=at)
    return replace(
        base,
        memory_state="paused" if profile.is_memory_paused else "on",
        is_first_meeting=not path
        and not lines
        and not Message.objects.of(user_id).exclude(conversation=conversation).exists(),
        profile=tuple(lines),
        summary=summary.text if summary else "",
        summary_id=str(summary.id) if summary else "",
        recalled=recalled.items[: recall_most_items()],
        understood=() if profile.is_memory_paused else tuple(memory.understood(user_id, turn, at=at)),
    )


def _path_before(user_id: UUID, question: Message) -> list[Message]:
    if question.parent_id is None:
        return []
    path = Message.objects.of(user_id).path_to(question.parent_id, limit=MOST_TURNS)
    return [message for message in path if message.text.strip()]


def recent_turns(user_id: UUID, path: list[Message], *, count: Callable[[str], int]) -> tuple[PastTurn, ...]:
    """The last messages that fit the window. They leave it in blocks of a quarter, so that the start of the prompt stays the same for many turns."""
    cut = memory.cut_texts(user_id, [message.id for message in path])
    turns = [PastTurn(message.id, message.role, cut.get(message.id, message.text)) for message in path]
    sizes = [count(turn.text) for turn in turns]
    window, quarter, first = context_window_tokens(), context_window_tokens() // 4, 0
    while sum(sizes[first:]) > window:
        dropped = 0
        while first < len(sizes) and dropped < quarter:
            dropped += sizes[first]
            first += 1
    return tuple(turns[first:])
