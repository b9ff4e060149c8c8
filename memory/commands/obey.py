"""Act on the user's commands."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from memory import services
from memory.exceptions import MemoryProblem, UndoRefused
from memory.extraction import gate
from memory.extraction.orders import Command, Verb, commands_in
from memory.extraction.rules import read_turns
from memory.facts.entities import known_people
from memory.facts.lookup import meant_by
from memory.facts.predicates import FALLBACK, predicate_of
from memory.facts.undo import is_forget_latest
from memory.facts.views import fact_views
from memory.forgetting import tombstones
from memory.ingest import learn
from memory.lines import ActionVerb, LineKind, MemoryLine
from memory.models import Batch, Episode, Evidence, Fact
from memory.reconciliation.due import settle_due
from memory.secrets import MASK
from memory.types import ForgetTarget, IngestReport, Turn
from memory.version import lock_user
from profiles.api import locale_of, profile_of

_EVERYTHING = re.compile(
    r"^(?:(?:everything|all|anything)(?: (?:that )?you (?:know|remember|have)(?: (?:about|on) me)?| about me| of it)?|alles(?: über mich)?|todo(?: (?:lo que sabes )?(?:sobre|de) mí)?|alt(?: om meg)?|me|(?:everything about )?my (?:whole |entire )?life)$",
    re.IGNORECASE,
)


_KEPT_NONE = "Something in the message looked like a secret: memory keeps none of it, the chat still shows it."


def obey(user_id: UUID, turn: Turn, *, at: datetime) -> list[MemoryLine]:
    """Act on explicit commands in the user's own words: "remember that…", "forget…", "undo that", "that's wrong", and how to talk to them ("call me
    Seun", "answer in French", "keep it short").

    Returns one ACTION line a command, for the prompt; its `id` is a verb of `lines.ActionVerb`. A forget acts at once only when it names exactly one
    fact or slot; otherwise the line is FORGET_PREVIEW with a count, and `preview_forget` with the line's value shows what would go. Idioms, questions,
    quotes and pasted text are no commands. Nothing for temporary conversations. While memory is paused, commands to remember are REFUSED.
    """
    if turn.role != "user" or turn.source != "typed" or turn.mode != "normal" or turn.episode_id is None:
        return []
    commands = commands_in(turn.text, turn.pasted)
    wishes = [] if commands else _wishes(user_id, turn)
    if not commands and not wishes:
        return [_line(ActionVerb.REFUSED, at, user_id, _KEPT_NONE, note="secret_said")] if MASK in turn.text else []
    lock_user(user_id)
    settle_due(user_id, at=at)
    if wishes:
        return _take_to_heart(user_id, turn, wishes, at)
    return [line for command in commands for line in _ACTS[command.verb](user_id, turn, command, at)]


def note(user_id: UUID, turn: Turn, quote: str, *, at: datetime) -> list[MemoryLine]:
    """Keep what the user said in `quote`, words of `turn` as they stand there, because somebody else than the user thought that worth keeping.

    The same lines as for a command to remember. Unlike at a command, tombstones bind; and where the words are not the user's own (not in the turn, or
    pasted), or nothing may be learned from the turn, the line is NOT_FOUND.
    """
    start = turn.text.find(quote) if quote.strip() else -1
    end = start + len(quote)
    foreign = any(start < stop and begin < end for begin, stop in turn.pasted)
    if start < 0 or foreign or turn.episode_id is None or gate.refusal(turn):
        return [_line(ActionVerb.NOT_FOUND, at, user_id, "The user did not say these words.", note="quote")]
    if profile_of(user_id).is_memory_paused:
        return [_line(ActionVerb.REFUSED, at, user_id, "Memory is paused.", note="paused")]
    if MASK in quote:
        return [_line(ActionVerb.REFUSED, at, user_id, "Secrets are never remembered.", note="secret")]
    lock_user(user_id)
    settle_due(user_id, at=at)
    before = dict(Fact.objects.of(user_id).values_list("pk", "version"))
    raws = _told(user_id, turn, Command(Verb.REMEMBER, quote, start, end))
    report = _learn(user_id, turn, raws, at)
    return _lines_of(user_id, report, before, at) or [
        _line(ActionVerb.NOT_FOUND, at, user_id, "There was nothing in it to remember.")
    ]


def _line(verb: ActionVerb, at: datetime, user_id: UUID, text: str, **fields: object) -> MemoryLine:
    day = at.astimezone(locale_of(user_id).zone).date()
    return MemoryLine(kind=LineKind.ACTION, id=verb.value, said_on=day, text=text, **fields)  # type: ignore[arg-type]


def _of_fact(verb: ActionVerb, fact: Fact, at: datetime, user_id: UUID) -> MemoryLine:
    view = fact_views(user_id, [fact])[0]
    return _line(
        verb,
        at,
        user_id,
        view.text,
        predicate=view.predicate,
        subject=view.subject,
        value=view.value,
        since=view.valid_from,
        precision=view.precision,
    )


# --- remember


def _remember(user_id: UUID, turn: Turn, command: Command, at: datetime) -> list[MemoryLine]:
    if profile_of(user_id).is_memory_paused:
        return [_line(ActionVerb.REFUSED, at, user_id, "Memory is paused.", note="paused")]
    if MASK in command.rest:
        return [_line(ActionVerb.REFUSED, at, user_id, "Secrets are never remembered.", note="secret")]
    before = dict(Fact.objects.of(user_id).values_list("pk", "version"))
    report = _learn_at_once(user_id, turn, _told(user_id, turn, command), at)
    return _lines_of(user_id, report, before, at) or [
        _line(ActionVerb.NOT_FOUND, at, user_id, "There was nothing in it to remember.")
    ]


def _wishes(user_id: UUID, turn: Turn) -> list[dict[str, Any]]:
    """How the user wants to be talked to, as the rules read it in the turn: what holds until they say otherwise."""
    if profile_of(user_id).is_memory_paused or gate.refusal(turn):
        return []
    raws = read_turns([turn], zone=locale_of(user_id).zone)
    return [raw for raw in raws if raw["change"] == "asserts" and predicate_of(raw["predicate"]).decay == "pinned"]


def _take_to_heart(user_id: UUID, turn: Turn, wishes: list[dict[str, Any]], at: datetime) -> list[MemoryLine]:
    before = dict(Fact.objects.of(user_id).values_list("pk", "version"))
    return _lines_of(user_id, _learn_at_once(user_id, turn, wishes, at), before, at)


def _lines_of(user_id: UUID, report: IngestReport, before: dict[UUID, int], at: datetime) -> list[MemoryLine]:
    lines = [
        _line(
            ActionVerb.NEEDS_CONSENT,
            at,
            user_id,
            "Leave is missing.",
            predicate=refused.predicate,
            consent=refused.sensitivity,
        )
        for refused in report.refused
        if refused.reason == "consent"
    ]
    for fact in Fact.objects.of(user_id).filter(pk__in=report.facts):
        verb = (
            ActionVerb.REMEMBERED
            if fact.pk not in before
            else ActionVerb.REPEATED
            if fact.version == before[fact.pk]
            else ActionVerb.REMEMBERED
        )
        lines.append(_of_fact(verb, fact, at, user_id))
    return lines


def _told(user_id: UUID, turn: Turn, command: Command) -> list[dict[str, Any]]:
    """What a command to remember says: the facts that the rules see in it, else its own words."""
    zone = locale_of(user_id).zone
    said = read_turns([turn], zone=zone, known=known_people(user_id))
    raws = [raw for raw in said if _overlaps(turn.text, raw["quote"], command)]
    return raws or [_in_own_words(turn, command)]


def _learn_at_once(user_id: UUID, turn: Turn, raws: list[dict[str, Any]], at: datetime) -> IngestReport:
    """Learn these facts now. Tombstones do not bind: it was told to."""
    assert turn.seq is not None
    for raw in raws:
        tombstones.lift(
            user_id, predicate=raw["predicate"], subject=raw["subject"], value=raw["value"], scope=turn.scope
        )
    return _learn(user_id, turn, raws, at)


def _learn(user_id: UUID, turn: Turn, raws: list[dict[str, Any]], at: datetime) -> IngestReport:
    assert turn.seq is not None
    return learn(
        user_id,
        {"facts": raws},
        {turn.seq: turn},
        read=(),
        reader="rules",
        at=at,
        write_off=False,
        kind=Batch.Kind.COMMAND,
    )


def _overlaps(text: str, quote: str, command: Command) -> bool:
    at = text.find(quote)
    return at >= 0 and at < command.end and command.start < at + len(quote)


def _in_own_words(turn: Turn, command: Command) -> dict[str, Any]:
    words = " ".join(command.rest.split())[:240]
    return {
        "turn": turn.seq,
        "quote": turn.text[command.start : command.end],
        "subject": "user",
        "predicate": FALLBACK,
        "value": words,
        "text": words,
        "kind": "state",
        "change": "asserts",
        "valid_from": None,
        "valid_to": None,
        "precision": "none",
        "expires_on": None,
        "depends_on": [],
        "sensitivity": "none",
        "confidence": 0.9,
    }


# --- forget


def _forget(user_id: UUID, turn: Turn, command: Command, at: datetime) -> list[MemoryLine]:
    if _EVERYTHING.match(command.rest):
        count = Fact.objects.of(user_id).shown().count()
        return [
            _line(
                ActionVerb.FORGET_PREVIEW,
                at,
                user_id,
                "Everything would go.",
                value=command.rest,
                predicate="everything",
                concerned=count,
            )
        ]
    meant = meant_by(user_id, command.rest)
    if not meant.facts:
        return [
            _line(
                ActionVerb.NOT_FOUND, at, user_id, "Nothing is known of that.", value=command.rest, predicate=FALLBACK
            )
        ]
    slots = {fact.slot_key or str(fact.pk) for fact in meant.facts}
    if meant.is_exact and len(slots) == 1:
        gone = meant.facts[0]
        receipt = services.forget(user_id, ForgetTarget(query=command.rest), at=at)
        return [
            _line(
                ActionVerb.FORGOTTEN,
                at,
                user_id,
                "Forgotten.",
                predicate=gone.predicate,
                concerned=receipt.counts.get("facts", 1),
                note="one" if _others_like(user_id, gone) else "",
            )
        ]
    shown = [fact for fact in meant.facts if fact.status != Fact.Status.WITHDRAWN]
    return [
        _line(
            ActionVerb.FORGET_PREVIEW,
            at,
            user_id,
            "Several things would go.",
            value=command.rest,
            predicate=shown[0].predicate if shown else FALLBACK,
            concerned=len(shown),
        )
    ]


def _others_like(user_id: UUID, gone: Fact) -> bool:
    """Whether something of the same kind is still known, such as another sister."""
    rows = Fact.objects.of(user_id).filter(predicate=gone.predicate, entity=gone.entity_id)
    return rows.filter(status__in=[Fact.Status.ACTIVE, Fact.Status.DISPUTED, Fact.Status.PROPOSED]).exists()


# --- undo, wrong


def _undo(user_id: UUID, turn: Turn, command: Command, at: datetime) -> list[MemoryLine]:
    if is_forget_latest(user_id):
        return [_line(ActionVerb.REFUSED, at, user_id, "A forget can't be undone.", note="forget")]
    try:
        batch = services.undo(user_id, at=at)
    except UndoRefused as refused:
        return [_line(ActionVerb.REFUSED, at, user_id, str(refused), note="undo")]
    if batch is None:
        return [_line(ActionVerb.NOT_FOUND, at, user_id, "There is nothing to take back.")]
    facts = [*batch.added, *batch.changed]
    about = {(fact.predicate, fact.subject) for fact in facts}
    predicate, subject = about.pop() if len(about) == 1 else ("", "user")
    return [
        _line(
            ActionVerb.UNDONE,
            at,
            user_id,
            "Taken back.",
            predicate=predicate,
            subject=subject,
            concerned=len(facts),
            note=batch.kind,
        )
    ]


def _wrong(user_id: UUID, turn: Turn, command: Command, at: datetime) -> list[MemoryLine]:
    """ "That's wrong": the one fact that the turn before last taught, or that waits in a dispute; with several, nothing is guessed."""
    said = (
        Episode.objects.of(user_id)
        .standing()
        .in_conversation(turn.conversation_id)
        .filter(role="user", said_at__lte=turn.said_at)
        .filter(seq__lt=turn.seq or 0)
        .order_by("-said_at", "-seq")
        .first()
    )
    cited = (
        Evidence.objects.of(user_id).filter(episode=said, fact__status=Fact.Status.ACTIVE)
        if said
        else Evidence.objects.of(user_id).none()
    )
    facts = {row.fact_id: row.fact for row in cited.select_related("fact")}
    if len(facts) != 1:
        return [_line(ActionVerb.NOT_FOUND, at, user_id, "It is not clear what is wrong.", note="which")]
    fact = next(iter(facts.values()))
    try:
        services.mark_wrong(user_id, fact.pk, at=at)
    except MemoryProblem as problem:
        return [_line(ActionVerb.REFUSED, at, user_id, str(problem), note=problem.code)]
    return [_of_fact(ActionVerb.MARKED_WRONG, fact, at, user_id)]


_ACTS: dict[Verb, Callable[[UUID, Turn, Command, datetime], list[MemoryLine]]] = {
    Verb.REMEMBER: _remember,
    Verb.FORGET: _forget,
    Verb.UNDO: _undo,
    Verb.WRONG: _wrong,
}
