"""Collect what a prompt is made of: profile, summary, recent turns, recalled memory. One transaction, no model."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from assistant.conf import recall_budget_tokens, recall_most_items
from assistant.context.history import path_before, profile_to_send, recent_turns
from assistant.context.inputs import AttachedFile, ContextInputs
from assistant.conversations.place import place_of
from assistant.models import Conversation, File, Message, Run
from memory import api as memory
from memory.api import MemoryLine
from profiles.api import locale_of, profile_of

# What a person chose in their profile, as a model is told it.
_LEVELS = {
    "": "",
    "beginner": "Unless they say otherwise for a subject, explain as to a beginner: plain words, every step.",
    "some": "Unless they say otherwise for a subject, take the basics as known.",
    "expert": "Unless they say otherwise for a subject, explain as to an expert: exact terms, no basics.",
}


@dataclass(frozen=True, slots=True)
class Measure:
    """What the chosen model allows: how many tokens of earlier turns and of files, how tokens are counted, and whether it sees pictures."""

    window: int
    count: Callable[[str], int]
    files: int = 0
    can_see: bool = False


def gather(run: Run, *, at: datetime, measure: Measure, asked: str = "") -> ContextInputs:
    """The inputs for one run, inside `as_user`. `at` is when it is answered; `asked` is what memory is searched for where the question alone says too
    little (see `reference`)."""
    user_id, question, conversation = run.user_id, run.question, run.conversation
    profile, locale = profile_of(user_id), locale_of(user_id)
    path = path_before(user_id, question)
    turns = recent_turns(user_id, path, window=measure.window, files=2 * measure.files, count=measure.count)
    base = ContextInputs(
        conversation_id=conversation.id,
        run_id=run.id,
        question=question.text,
        now=at,
        zone=locale.zone,
        language=locale.language,
        custom_instructions="\n".join(filter(None, [_LEVELS[profile.expertise], profile.custom_instructions])),
        project_instructions=conversation.project.instructions if conversation.project else "",
        turns=turns,
        actions=tuple(run.actions),
        left_out=frozenset(run.left_out),
        files=_attached(run),
        file_tokens=measure.files,
        can_see=measure.can_see,
    )
    place = place_of(conversation)
    if conversation.is_temporary:
        return replace(base, memory_state="temporary", custom_instructions="", project_instructions="")
    if not place.is_kept:
        return replace(base, memory_state="off")
    known = {turn.message_id for turn in turns} | {question.id}
    budget, most = _recall_limits(conversation)
    recalled = memory.recall(
        user_id,
        asked or question.text,
        at=at,
        conversation_id=conversation.id,
        scope=place.scope,
        budget_tokens=budget,
        exclude_message_ids=tuple(known),
    )
    lately = " ".join(turn.text[:300] for turn in turns[-4:] if turn.role == Message.Role.USER)
    wishes = memory.wishes_for(user_id, asked or question.text, lately=lately, scope=place.scope)
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
        scope=place.scope,
    )
    lines = _personal(conversation, memory.profile_block(user_id, at=at, scope=place.scope))
    return replace(
        base,
        memory_state="paused" if profile.is_memory_paused else "on",
        is_first_meeting=not path
        and not lines
        and not Message.objects.of(user_id).exclude(conversation=conversation).exists(),
        profile=profile_to_send(user_id, path, turns, lines),
        summary=summary.text if summary else "",
        summary_id=str(summary.id) if summary else "",
        recalled=(*wishes, *_others(recalled.items, wishes)[:most]),
        understood=() if profile.is_memory_paused else tuple(memory.understood(user_id, turn, at=at)),
    )


def _others(items: Sequence[memory.RecalledItem], wishes: Sequence[memory.RecalledItem]) -> list[memory.RecalledItem]:
    there = {wish.id for wish in wishes}
    return [item for item in items if item.id not in there]


def _attached(run: Run) -> tuple[AttachedFile, ...]:
    """What is attached to the question, with its words."""
    return tuple(
        AttachedFile(
            id=file.id,
            name=file.name,
            media_type=file.media_type,
            size=file.size,
            text=file.text,
            is_cut=file.is_cut,
            problem=file.problem,
            width=file.width,
            height=file.height,
        )
        for file in File.objects.of(run.user_id).with_message(run.question_id)
        if not file.is_gone
    )


def _recall_limits(conversation: Conversation) -> tuple[int, int]:
    """(tokens, items) that may be recalled for one question: the person says how personal a chat is to be."""
    share = {Conversation.Personal.LESS: 0.35, Conversation.Personal.MORE: 1.6}.get(
        Conversation.Personal(conversation.personal), 1.0
    )
    return round(recall_budget_tokens() * share), max(3, round(recall_most_items() * share))


def _personal(conversation: Conversation, lines: Sequence[MemoryLine]) -> list[MemoryLine]:
    """In a less personal chat the profile says only what to call the person and how to answer."""
    if conversation.personal != Conversation.Personal.LESS:
        return list(lines)
    named = ("name", "preferred_name", "pronouns")
    return [line for line in lines if line.predicate in named or memory.predicate_of(line.predicate).is_style]
