"""Collect what a prompt is made of: profile, summary, recent turns, recalled memory. One transaction, no model."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from assistant.context.fitting import fit_profile, fit_recalled, fit_summary, lines_there
from assistant.context.history import path_before, profile_to_send, recent_turns
from assistant.context.inputs import AttachedFile, Beside, ContextInputs, PastTurn
from assistant.conversations.place import place_of
from assistant.conversations.withheld import Withheld, withheld_from
from assistant.llm.room import Room
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
    """What the chosen model allows: how many tokens each part of a prompt may take, how they are counted, and whether it sees pictures."""

    room: Room
    count: Callable[[str], int]
    can_see: bool = False


def gather(run: Run, *, at: datetime, measure: Measure, asked: str = "") -> ContextInputs:
    """The inputs for one run, inside `as_user`. `at` is when it is answered; `asked` is what memory is searched for where the question alone says too
    little (see `reference`)."""
    user_id, question, conversation = run.user_id, run.question, run.conversation
    room, count = measure.room, measure.count
    profile, locale = profile_of(user_id), locale_of(user_id)
    path = path_before(user_id, question)
    without = withheld_from(run)
    turns = recent_turns(user_id, path, window=room.turns, files=2 * room.files, count=count)
    left_window = bool(path) and (len(turns) < len(path) or path[0].parent_id is not None)
    turns = _without(turns, without, run)
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
        left_out=without.references,
        files=_attached(run),
        file_tokens=room.files,
        can_see=measure.can_see,
    )
    place = place_of(conversation)
    if conversation.is_temporary:
        return replace(base, memory_state="temporary", custom_instructions="", project_instructions="")
    if not place.is_kept:
        return replace(base, memory_state="off")
    known = {turn.message_id for turn in turns} | {question.id} | set(without.cuts)
    tokens, most = _recall_limits(conversation, room)
    lately = " ".join(turn.text[:300] for turn in turns[-4:] if turn.role == Message.Role.USER)
    found = memory.recall(
        user_id,
        asked or question.text,
        at=at,
        conversation_id=conversation.id,
        scope=place.scope,
        budget_tokens=2 * tokens,  # what does not fit is told in the receipt
        exclude_message_ids=tuple(known),
        lately=lately,
        zone=locale.zone,
    )
    wishes = memory.wishes_for(user_id, asked or question.text, lately=lately, scope=place.scope)
    summary = memory.summary_for(user_id, conversation.id, at=at) if left_window else None
    if summary and without.is_told_in(summary.text):
        summary = None
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
    told = _personal(conversation, memory.profile_block(user_id, at=at, scope=place.scope))
    lines, lines_left = fit_profile(told, tokens=room.profile, count=count)
    sent, over = fit_profile(profile_to_send(user_id, path, turns, lines), tokens=room.profile, count=count)
    there = lines_there(sent, turns)
    others = _others(found.items, wishes)
    new = [item for item in others if item.line.id not in there and not without.holds_recalled(item)]
    recalled, passed = fit_recalled(new, tokens=tokens, most=most, count=count)
    return replace(
        base,
        memory_state="paused" if profile.is_memory_paused else "on",
        is_first_meeting=not path
        and not told
        and not Message.objects.of(user_id).exclude(conversation=conversation).exists(),
        profile=sent,
        profile_left=tuple({line.id: line for line in (*lines_left, *over)}.values()),
        summary=fit_summary(summary.text, tokens=room.summary, count=count) if summary else "",
        summary_id=str(summary.id) if summary else "",
        summary_version=summary.version if summary else 0,
        recalled=(*wishes, *recalled),
        passed=passed,
        understood=() if profile.is_memory_paused else tuple(memory.understood(user_id, turn, at=at)),
    )


def _without(turns: Sequence[PastTurn], without: Withheld, run: Run) -> tuple[PastTurn, ...]:
    """The earlier turns, less what this answer has to do without: a chosen message goes, of others the words in which a chosen fact was said."""
    if not without.references:
        return tuple(turns)
    kept = [turn for turn in turns if str(turn.message_id) not in run.left_out]
    return tuple(
        replace(turn, text=without.cut(turn.message_id, turn.text), beside=_beside_without(turn.beside, without))
        for turn in kept
    )


def _beside_without(beside: Beside | None, without: Withheld) -> Beside | None:
    """Facts and turns go by their reference (see `sections`); what was done with a message has none."""
    if beside is None:
        return None
    lines = [line for line in beside.lines if line.kind != "action" or not without.is_told_in(line.text)]
    return replace(beside, lines=tuple(lines))


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


def _recall_limits(conversation: Conversation, room: Room) -> tuple[int, int]:
    """(tokens, items) that may be recalled for one question: the person says how personal a chat is to be."""
    share = {Conversation.Personal.LESS: 0.35, Conversation.Personal.MORE: 1.6}.get(
        Conversation.Personal(conversation.personal), 1.0
    )
    return round(room.recalled * share), max(3, round(room.most_recalled * share))


def _personal(conversation: Conversation, lines: Sequence[MemoryLine]) -> list[MemoryLine]:
    """In a less personal chat the profile says only what to call the person and how to answer."""
    if conversation.personal != Conversation.Personal.LESS:
        return list(lines)
    named = ("name", "preferred_name", "pronouns")
    return [line for line in lines if line.predicate in named or memory.predicate_of(line.predicate).is_style]
