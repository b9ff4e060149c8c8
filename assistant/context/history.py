"""What earlier turns of a chat leave to the next prompt: the messages themselves, what stood beside them, and the profile as it was sent."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from assistant.context.inputs import Beside, PastTurn, SentLine
from assistant.files.keep import files_under
from assistant.models import ContextItem, Message, Run
from memory import api as memory
from memory.api import MemoryLine

MOST_TURNS = 200
MOST_PICTURES = 5  # of earlier messages: they are dear
_BESIDE = (
    ContextItem.Kind.FACT,
    ContextItem.Kind.EPISODE,
    ContextItem.Kind.ACTION,
    ContextItem.Kind.NOW,
    ContextItem.Kind.FILE,
)
# A change of any of these shows in the profile block at once; the rest of it waits until the window moves.
_AT_ONCE = ("name", "preferred_name", "pronouns")


def path_before(user_id: UUID, question: Message) -> list[Message]:
    """The messages of the shown branch above a question, oldest first, at most `MOST_TURNS`; of a longer branch somewhat fewer, see `_steady`."""
    if question.parent_id is None:
        return []
    path = _steady(list(Message.objects.of(user_id).path_to(question.parent_id, limit=MOST_TURNS)))
    bare = [message.id for message in path if not message.text.strip() and message.role == Message.Role.USER]
    with_files = files_under(user_id, bare) if bare else {}
    return [message for message in path if message.text.strip() or message.id in with_files]


def _steady(path: list[Message]) -> list[Message]:
    """A branch that was cut at its limit, from a message on that stays the first for many turns, so that the start of the prompt does: of the older half
    the one whose id has the least digest, which is the same one until it falls out."""
    if len(path) < MOST_TURNS:
        return path
    half = range(len(path) // 2)
    return path[min(half, key=lambda at: hashlib.blake2b(path[at].id.bytes, digest_size=8).digest()) :]


def recent_turns(
    user_id: UUID, path: Sequence[Message], *, window: int, files: int, count: Callable[[str], int]
) -> tuple[PastTurn, ...]:
    """The last messages that fit `window` tokens, with what stood beside them; of the files beside them the last that fit `files` tokens.

    They leave the window in blocks of a quarter, so that the start of the prompt stays the same for many turns.
    """
    if not path:
        return ()
    cut = memory.cut_texts(user_id, [message.id for message in path])
    beside = _beside(user_id, path)
    turns = [
        PastTurn(
            message.id,
            message.role,
            cut.get(message.id, message.text),
            beside.get(message.id),
            version=2 if message.id in cut else 1,
        )
        for message in path
    ]
    sizes = [
        count(turn.text) + sum(count(line.text) for line in _lines(turn) if line.kind != ContextItem.Kind.FILE)
        for turn in turns
    ]
    quarter, first = window // 4, 0
    while sum(sizes[first:]) > window:
        dropped = 0
        while first < len(sizes) and dropped < quarter:
            dropped += sizes[first]
            first += 1
    return _with_files_that_fit(turns[first:], files, count)


def _with_files_that_fit(turns: Sequence[PastTurn], budget: int, count: Callable[[str], int]) -> tuple[PastTurn, ...]:
    """The turns, less the files that newer ones leave no room for: at most `MOST_PICTURES` of them pictures."""
    kept: list[PastTurn] = []
    pictures = MOST_PICTURES
    for turn in reversed(turns):
        lines = []
        for line in reversed(_lines(turn)):
            if line.kind == ContextItem.Kind.FILE:
                budget -= count(line.text)
                pictures -= line.is_seen
                if budget < 0 or pictures < 0:
                    continue
            lines.append(line)
        kept.append(replace(turn, beside=Beside(turn.beside.run_id, tuple(lines[::-1]))) if turn.beside else turn)
    return tuple(kept[::-1])


def _lines(turn: PastTurn) -> tuple[SentLine, ...]:
    return turn.beside.lines if turn.beside else ()


def _beside(user_id: UUID, path: Sequence[Message]) -> dict[UUID, Beside]:
    """By question: the volatile lines of the prompt that answered it, less the facts that were changed or forgotten since."""
    answers = {message.id: message.parent_id for message in path if message.role == Message.Role.ASSISTANT}
    runs = {
        run.id: run
        for run in Run.objects.of(user_id)
        .filter(answer_id__in=answers)
        .only("id", "answer_id", "started_at", "created_at")
    }
    found: dict[UUID, list[ContextItem]] = {}
    items = ContextItem.objects.of(user_id).filter(run_id__in=runs, kind__in=_BESIDE, is_carried=False)
    for item in items.order_by("run_id", "position"):
        found.setdefault(item.run_id, []).append(item)
    since = {
        UUID(item.reference): runs[run_id].started_at or runs[run_id].created_at
        for run_id, rows in found.items()
        for item in rows
        if item.kind == ContextItem.Kind.FACT
    }
    changed = memory.facts_changed(user_id, since) if since else set()
    told: dict[UUID, Beside] = {}
    for run_id, rows in found.items():
        question = answers[runs[run_id].answer_id]
        standing = [row for row in rows if row.kind != ContextItem.Kind.FACT or UUID(row.reference) not in changed]
        if question is not None:
            told[question] = Beside(run_id, tuple(map(_sent, standing)))
    return told


def _sent(row: ContextItem) -> SentLine:
    told = row.scores
    return SentLine(
        row.kind, row.text, row.reference, row.version, name=str(told.get("name", "")), is_seen=bool(told.get("seen"))
    )


def profile_to_send(
    user_id: UUID, path: Sequence[Message], turns: Sequence[PastTurn], fresh: Sequence[MemoryLine]
) -> tuple[MemoryLine, ...]:
    """The profile block as the last answer of this chat was given it, or `fresh` where that no longer holds.

    It is renewed when the window has moved, when a fact in it was corrected or forgotten, and when a name or a wish about answers was told since.
    """
    last = next((message for message in reversed(path) if message.role == Message.Role.ASSISTANT), None)
    run = Run.objects.of(user_id).filter(answer_id=last.id).first() if last else None
    if run is None or not turns:
        return tuple(fresh)
    sent = list(ContextItem.objects.of(user_id).filter(run=run, kind__in=["profile", "turn"]).order_by("position"))
    first = next((item for item in sent if item.kind == ContextItem.Kind.TURN), None)
    begins_alike = first is not None and first.reference in ("", str(turns[0].message_id))
    lines = [(item, memory.read_line(item.text)) for item in sent if item.kind == ContextItem.Kind.PROFILE]
    kept = [line._replace(version=item.version) for item, line in lines if line is not None]
    if not begins_alike or len(kept) != len(lines) or _differs(user_id, run, sent, kept, fresh):
        return tuple(fresh)
    return tuple(kept)


def _differs(
    user_id: UUID, run: Run, sent: Sequence[ContextItem], kept: Sequence[MemoryLine], fresh: Sequence[MemoryLine]
) -> bool:
    there = {line.id for line in kept}
    told = [line for line in fresh if line.id not in there]
    if not kept and told:
        return True  # nothing is lost by saying it: the prompt is short still
    if there - {line.id for line in fresh}:
        return True  # something is over, or the chat is to be less personal
    if any(line.predicate in _AT_ONCE or memory.predicate_of(line.predicate).is_style for line in told):
        return True
    moment: datetime = run.started_at or run.created_at
    since: Mapping[UUID, datetime] = {
        UUID(item.reference): moment
        for item in sent
        if item.kind == ContextItem.Kind.PROFILE and len(item.reference) == 36
    }
    return bool(memory.facts_changed(user_id, since))
