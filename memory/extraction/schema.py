"""The contract between whoever reads and the engine: a model's answer, parsed field by field. One bad fact never costs the others."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

from memory.exceptions import BadValue
from memory.facts.predicates import FALLBACK, is_known
from memory.types import Candidate
from memory.values import clean

KINDS = ("state", "event", "preference", "plan", "instruction", "relation")
CHANGES = ("asserts", "corrects", "ends", "negates")
PRECISIONS = ("none", "day", "week", "month", "year")
SENSITIVITIES = ("none", "health", "finance", "beliefs", "sexuality", "location", "children", "secret")
MOST_FACTS = 60  # of one answer; what comes after is refused unread
_QUOTE_LIMIT = 2000

_TEXT = {"type": "string"}
_DAY = {"type": ["string", "null"]}
SCHEMA: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["facts"],
    "properties": {
        "facts": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": [
                    *(
                        "turn",
                        "quote",
                        "subject",
                        "predicate",
                        "value",
                        "text",
                        "kind",
                        "change",
                        "valid_from",
                        "valid_to",
                    ),
                    *("precision", "expires_on", "depends_on", "sensitivity", "confidence"),
                ],
                "properties": {
                    "turn": {"type": "integer"},
                    "quote": _TEXT,
                    "subject": _TEXT,
                    "predicate": _TEXT,
                    "value": _TEXT,
                    "text": _TEXT,
                    "kind": {"type": "string", "enum": list(KINDS)},
                    "change": {"type": "string", "enum": list(CHANGES)},
                    "valid_from": _DAY,
                    "valid_to": _DAY,
                    "precision": {"type": "string", "enum": list(PRECISIONS)},
                    "expires_on": _DAY,
                    "depends_on": {"type": "array", "items": {"type": ["integer", "string"]}},
                    "sensitivity": {"type": "string", "enum": list(SENSITIVITIES)},
                    "confidence": {"type": "number", "minimum": 0, "maximum": 1},
                },
            },
        }
    },
}
_ISO = re.compile(r"^\d{4}-\d{2}-\d{2}$")
_ENDLESS = date.max.isoformat()
_LAST_DAY = "9998-12-31"


class Malformed(Exception):
    """A fact of the answer that can't be used. `reason` is `schema` or `date`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def facts_in(answer: object) -> list[object] | None:
    """The list of facts in an answer (text or parsed), or None when it is not the schema at all."""
    if isinstance(answer, str):
        try:
            answer = json.loads(_without_fence(answer))
        except (ValueError, RecursionError):
            return None
    if not isinstance(answer, dict) or not isinstance(answer.get("facts"), list):
        return None
    return list(answer["facts"])


def _without_fence(text: str) -> str:
    match = re.match(r"^\s*```(?:json)?\s*\n(.*?)\n\s*```\s*$", text, re.DOTALL)
    return match[1] if match else text


def _text(raw: dict[str, Any], name: str) -> str:
    value = raw.get(name)
    if not isinstance(value, str):
        raise Malformed("schema")
    return value


def _choice(raw: dict[str, Any], name: str, options: tuple[str, ...]) -> str:
    value = _text(raw, name)
    if value not in options:
        raise Malformed("schema")
    return value


def _is_day(value: object) -> bool:
    return value is None or isinstance(value, str)


def day(value: str | None) -> date | None:
    """An ISO day; raises Malformed("date") for anything else that is not None, and for a day with which nothing can be reckoned."""
    if value is None:
        return None
    try:
        if not _ISO.match(value) or value > _LAST_DAY:
            raise ValueError
        return date.fromisoformat(value)
    except ValueError:
        raise Malformed("date") from None


def _end_day(value: str | None) -> date | None:
    """As `day`, but that the last day of all is read as what it is written for: no end."""
    return None if value == _ENDLESS else day(value)


def predicate_in(raw: object) -> str:
    """The predicate that a raw fact names, for the log; empty when it names none that is known."""
    name = raw.get("predicate") if isinstance(raw, dict) else None
    return name if isinstance(name, str) and is_known(name) else ""


def turn_in(raw: object) -> int | None:
    number = raw.get("turn") if isinstance(raw, dict) else None
    return number if isinstance(number, int) and not isinstance(number, bool) else None


def check_shape(raw: object) -> dict[str, Any]:
    """`raw` when every key is there, of its type and within its list of values. Raises Malformed("schema")."""
    if not isinstance(raw, dict):
        raise Malformed("schema")
    if turn_in(raw) is None:
        raise Malformed("schema")
    for name in ("quote", "subject", "predicate", "value", "text"):
        _text(raw, name)
    if (
        len(raw["quote"]) > _QUOTE_LIMIT
        or not raw["predicate"]
        or len(raw["predicate"]) > 80
        or len(raw["subject"]) > 240
    ):
        raise Malformed("schema")
    _choice(raw, "kind", KINDS)
    _choice(raw, "change", CHANGES)
    _choice(raw, "precision", PRECISIONS)
    _choice(raw, "sensitivity", SENSITIVITIES)
    if any(name not in raw or not _is_day(raw[name]) for name in ("valid_from", "valid_to", "expires_on")):
        raise Malformed("schema")
    depends = raw.get("depends_on")
    if not isinstance(depends, list) or any(isinstance(x, bool) or not isinstance(x, (int, str)) for x in depends):
        raise Malformed("schema")
    confidence = raw.get("confidence")
    if isinstance(confidence, bool) or not isinstance(confidence, (int, float)) or not 0 <= confidence <= 1:
        raise Malformed("schema")
    return raw


def check_words(raw: dict[str, Any]) -> tuple[str, str, str]:
    """Subject, value and sentence, fit to be stored. A blank subject stays blank. Raises Malformed("schema")."""
    try:
        subject = clean(raw["subject"]) if raw["subject"].strip() else ""
        return subject, clean(raw["value"]), clean(raw["text"] or raw["value"])
    except BadValue:
        raise Malformed("schema") from None


def typed(raw: dict[str, Any], *, subject: str, value: str, text: str) -> Candidate:
    """The fact as a value. Raises Malformed("date")."""
    start, end, expires = day(raw["valid_from"]), _end_day(raw["valid_to"]), _end_day(raw["expires_on"])
    if start and end and start > end:
        raise Malformed("date")
    name = raw["predicate"] if is_known(raw["predicate"]) else FALLBACK
    return Candidate(
        turn=raw["turn"],
        quote=raw["quote"],
        subject=subject,
        predicate=name,
        value=value,
        text=text,
        kind=raw["kind"],
        change=raw["change"],
        valid_from=start,
        valid_to=end,
        precision=raw["precision"] if start or end else "none",
        expires_on=expires,
        depends_on=tuple(raw["depends_on"]),
        sensitivity=raw["sensitivity"],
        confidence=float(raw["confidence"]),
    )
