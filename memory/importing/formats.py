"""What a file holds, as lines to take in one after the other. Pure.

Three forms: our own export (`memory.export`), conversations (`{"conversations": [{"id", "messages": [{"id", "role", "text", "at", "speaker"}]}]}`), and
facts (`{"facts": [{"predicate", "value", "subject", "text", "valid_from", "valid_to", "said_at"}]}`). A file may have one JSON object a line instead:
a line with "text" is a turn (with "conversation"), one with "predicate" a fact.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from memory.exceptions import BadFile

Line = dict[str, Any]  # {"kind", "line", "row"}
FIRST_YEAR, LAST_YEAR = 2, 9998
MOST_BYTES = 200 * 1024 * 1024
# Sections of our own export, in an order in which a row finds what it hangs on. Evidence comes with its fact.
SECTIONS = (
    *("imports", "batches", "turns", "people_and_things", "other_names", "facts", "links", "questions", "refusals"),
    *("summaries", "receipts", "changes"),
)


@dataclass(frozen=True, slots=True)
class Parsed:
    """A file that could be read. `lines` in the order in which they are taken in."""

    format: str
    lines: list[Line]

    @property
    def found(self) -> dict[str, int]:
        """Lines by kind."""
        counts: dict[str, int] = {}
        for line in self.lines:
            counts[line["kind"]] = counts.get(line["kind"], 0) + 1
        return counts


def parse(data: bytes) -> Parsed:
    """Raises BadFile when it is none of the forms."""
    if len(data) > MOST_BYTES:
        raise BadFile("The file is too large.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadFile("The file is not text in UTF-8.") from error
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError):
        return _rows(_json_lines(text))
    if (
        isinstance(whole, dict)
        and isinstance(whole.get("turns"), list)
        and isinstance(whole.get("people_and_things"), list)
    ):
        return Parsed("export", list(_of_export(whole)))
    if isinstance(whole, dict) and isinstance(whole.get("conversations"), list):
        return Parsed("history", list(_of_conversations(whole["conversations"])))
    if isinstance(whole, dict) and isinstance(whole.get("facts"), list):
        return _rows(whole["facts"])
    if isinstance(whole, list):
        return _rows(whole)
    raise BadFile("There is nothing in this file that can be imported.")


def _json_lines(text: str) -> list[object]:
    rows: list[object] = []
    for number, line in enumerate(
        text.split("\n"), start=1
    ):  # not `splitlines`: JSON may hold other ends of lines inside its strings
        if line.strip():
            try:
                rows.append(json.loads(line))
            except (ValueError, RecursionError) as error:
                if number == 1:
                    raise BadFile("The file is not JSON.") from error
                rows.append(None)  # one broken line costs no other
    return rows


def _rows(rows: list[object]) -> Parsed:
    lines = [
        {"kind": "fact" if isinstance(row, dict) and "predicate" in row else "turn", "line": number, "row": row}
        for number, row in enumerate(rows, start=1)
    ]
    if not lines:
        raise BadFile("There is nothing in this file that can be imported.")
    return Parsed("facts" if all(line["kind"] == "fact" for line in lines) else "history", lines)


def _of_conversations(conversations: list[object]) -> Iterator[Line]:
    number = 0
    for place, conversation in enumerate(conversations):
        messages = conversation.get("messages") if isinstance(conversation, dict) else None
        name = conversation.get("id", place) if isinstance(conversation, dict) else place
        for message in messages if isinstance(messages, list) else [None]:
            number += 1
            row = {**message, "conversation": str(name)} if isinstance(message, dict) else None
            yield {"kind": "turn", "line": number, "row": row}


def _of_export(whole: dict[str, Any]) -> Iterator[Line]:
    evidence: dict[str, list[object]] = {}
    for row in _list(whole, "evidence"):
        if isinstance(row, dict):
            evidence.setdefault(str(row.get("fact_id")), []).append(row)
    numbers = {row.get("seq"): row.get("id") for row in _list(whole, "turns") if isinstance(row, dict)}
    number = 0
    for section in SECTIONS:
        for row in _list(whole, section):
            number += 1
            more: dict[str, Any] = {}
            if isinstance(row, dict) and section == "facts":
                more = {"evidence": evidence.get(str(row.get("id")), [])}
            elif isinstance(row, dict) and section == "summaries":
                more = {"turns": [numbers.get(row.get("from_seq")), numbers.get(row.get("upto_seq"))]}
            yield {"kind": section, "line": number, "row": {**row, **more} if isinstance(row, dict) else None}


def _list(whole: dict[str, Any], name: str) -> list[object]:
    rows = whole.get(name)
    return rows if isinstance(rows, list) else []


def moment(value: object) -> datetime | None:
    """A time as files write it: ISO 8601 (without a zone: UTC) or seconds since 1970. None for anything else, and out of `is_reckonable`."""
    try:
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            at = datetime.fromtimestamp(value, UTC)
        elif isinstance(value, str):
            at = datetime.fromisoformat(value)
            at = at if at.tzinfo else at.replace(tzinfo=UTC)
        else:
            return None
    except (ValueError, OverflowError, OSError):
        return None
    return at if is_reckonable(at) else None


def is_reckonable(at: datetime) -> bool:
    """Whether a time stays one in every zone: Postgres would take others, and no row with one could be read again."""
    return FIRST_YEAR <= at.year <= LAST_YEAR


def is_storable(text: str) -> bool:
    """Whether Postgres can hold a text: no NUL, and no half of a character."""
    return "\x00" not in text and not any("\ud800" <= char <= "\udfff" for char in text)
