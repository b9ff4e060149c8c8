"""Conversations and facts from elsewhere: recorded and verified like what is said here, and nothing counts before the user has looked at it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, cast
from uuid import UUID

from memory.exceptions import BadValue
from memory.extraction.schema import Malformed, day
from memory.facts import entities
from memory.facts.ledger import Ledger
from memory.facts.predicates import FALLBACK, is_known, predicate_of
from memory.facts.slots import review_due, slot_key
from memory.forgetting.tombstones import Graveyard
from memory.importing.formats import Line, moment
from memory.importing.part import Part
from memory.models import Batch, Fact
from memory.recording import record_turns
from memory.secrets import holds_secret
from memory.types import USER_SCOPE, Role, Said
from memory.values import clean, value_key
from profiles.api import consents_of, locale_of

_ROLES: dict[str, Role] = {
    "user": "user",
    "human": "user",
    "assistant": "assistant",
    "ai": "assistant",
    "model": "assistant",
    "bot": "assistant",
    "tool": "tool",
}
_LONGEST_TEXT = 1_000_000


class Refused(Exception):
    """Why a line is not taken in."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def take_turns(part: Part, lines: list[Line]) -> None:
    """Record turns. The rules, or a model, read them afterwards, as jobs; what they find is proposed."""
    said: list[Said] = []
    numbers: list[object] = []
    for line in lines:
        try:
            said.append(_said(part, line["row"], line["line"]))
            numbers.append(line["line"])
        except Refused as refused:
            part.refuse(line["line"], refused.reason)
    for number, turn in zip(numbers, record_turns(part.user_id, said, at=part.at), strict=True):
        if turn.episode_id is None:
            part.refuse(number, "empty")
        else:
            part.keep("turn")


def _said(part: Part, row: object, number: object) -> Said:
    if not isinstance(row, dict) or not isinstance(row.get("text"), str) or len(row["text"]) > _LONGEST_TEXT:
        raise Refused("schema")
    role = _ROLES.get(str(row.get("role", "user")).casefold())
    at = moment(row.get("at"))
    if role is None:
        raise Refused("speaker")
    if at is None:
        raise Refused("date")
    speaker = row.get("speaker", "")
    conversation = row.get("conversation", "")
    # Without an id of its own a turn is known by what was said, when and where: the same file twice is the same.
    own = row.get("id") or f"{at.isoformat()} {role} {row['text']}"
    return Said(
        conversation_id=part.name("conversation", conversation),
        message_id=part.name("turn", conversation, own),
        role=role,
        text=row["text"],
        at=at,
        speaker=speaker if isinstance(speaker, str) else "",
        source="tool" if role == "tool" else "typed",
        imported_in=part.import_id,
    )


def take_facts(part: Part, lines: list[Line]) -> None:
    """Propose facts, as one batch that can be undone: verified like any, with no turn to show for them."""
    graveyard = Graveyard(part.user_id, USER_SCOPE, part.at)
    consents = consents_of(part.user_id)
    ledger = Ledger(part.user_id, kind=Batch.Kind.EXTRACT, actor="import", at=part.at)
    for line in lines:
        try:
            said = _checked(line["row"], consents, graveyard)
            if _propose(part, ledger, said):
                part.keep("fact")
        except Refused as refused:
            part.refuse(line["line"], refused.reason)


def _checked(row: object, consents: Any, graveyard: Graveyard) -> dict[str, Any]:
    """The fields of a fact. The reasons are those of verification, in its order."""
    if not isinstance(row, dict) or not all(isinstance(row.get(name), str) for name in ("predicate", "value")):
        raise Refused("schema")
    subject, text = row.get("subject") or "user", row.get("text") or row["value"]
    if not isinstance(subject, str) or not isinstance(text, str) or len(subject) > 240:
        raise Refused("schema")
    if holds_secret(row["value"], text):
        raise Refused("secret")
    try:
        value, text, subject = clean(row["value"]), clean(text), clean(subject) if subject.strip() else ""
        start, end = day(row.get("valid_from")), day(row.get("valid_to"))
    except BadValue as error:
        raise Refused("schema") from error
    except (Malformed, TypeError) as error:
        raise Refused("date") from error
    if holds_secret(value, text, subject):  # once more, as verification does
        raise Refused("secret")
    if start and end and start > end:
        raise Refused("date")
    if entities.is_bare_pronoun(subject):
        raise Refused("subject")
    predicate = row["predicate"] if is_known(row["predicate"]) else FALLBACK
    if graveyard.holds(predicate=predicate, subject=subject, value=value):
        raise Refused("tombstone")
    if not consents.get(predicate_of(predicate).sensitivity, False):
        raise Refused("consent")
    return {
        "predicate": predicate,
        "value": value,
        "text": text,
        "subject": subject,
        "valid_from": start,
        "valid_to": end,
        "said_at": moment(row.get("said_at") or row.get("at")),
    }


def _propose(part: Part, ledger: Ledger, said: dict[str, Any]) -> bool:
    """Whether it is there now, be it because it was known."""
    row = predicate_of(said["predicate"])
    who = entities.resolve(ledger, said["subject"])
    key = value_key(said["value"])[:480]
    known = Fact.objects.of(part.user_id).filter(
        predicate=row.name,
        value_key=key,
        entity=who.entity,
        status__in=[Fact.Status.ACTIVE, Fact.Status.PROPOSED, Fact.Status.DISPUTED],
    )
    if known.exists():
        return True
    said_at = cast("datetime | None", said["said_at"]) or part.at
    start, end = cast("date | None", said["valid_from"]), cast("date | None", said["valid_to"])
    ledger.add_fact(
        Fact(
            entity=who.entity,
            subject=who.name[:240],
            predicate=row.name,
            value=said["value"],
            value_key=key,
            text=said["text"],
            kind=row.kind,
            slot_key=slot_key(who.key, row, said["value"]),
            valid_from=start,
            valid_to=end,
            precision="day" if start or end else "none",
            said_on=said_at.astimezone(locale_of(part.user_id).zone).date(),
            said_at=said_at,
            status=Fact.Status.PROPOSED,
            origin="import",
            sensitivity=row.sensitivity,
            is_masked=row.sensitivity != "none",
            review_at=review_due(row, said_at),
        ),
        scope=USER_SCOPE,
        reason="import",
    )
    return True


def conversation_id_of(part: Part, name: object) -> UUID:
    """Under which id a conversation of a file is known here."""
    return part.name("conversation", name)
