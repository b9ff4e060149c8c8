"""The line grammar of memory in a prompt.

Written by the packer (`memory/recall/pack.py`) and the profile block, read by the built-in model, shown to every model. Defined once, here.

A **block** stands between two marks; the mark's key is chosen by whoever builds the prompt (an HMAC, see `safety.md`)::

    ⟦memory:recalled 3f9a2c⟧
    - [f:0b5c9d11] 2026-03-02 | lives_in(user) = Bergen | Lives in Bergen | since=2026-02-23 precision=week quote="I moved to Bergen last week"
    - [t:77aa01c2] 2026-03-02 | user | We finally did it, I moved to Bergen last week. Boxes everywhere.
    ⟦/memory:recalled 3f9a2c⟧

A **line** is `- [<kind>:<id>] <date> | <what> | <text> | <notes>`, always on one line of text:

* `kind` is one of `LineKind`; `id` is opaque to the reader, up to 36 characters of `[0-9a-z-]`.
* `date` is the ISO day, in the user's zone, on which it was said (or typed).
* `what` is `predicate(subject) = value` for facts and for what the engine did; the speaker for turns; the level for summaries.
* `notes` (the last field, may be missing) are `key=value` pairs; a value with blanks stands in double quotes. `may be out of date` in plain words
  comes first where it applies, so that a language model needs no explanation.

Field separators inside texts are replaced by look-alikes when written, so that no text can forge a field, a line or a block.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum
from typing import NamedTuple

OPEN, CLOSE = "⟦", "⟧"
OUT_OF_DATE = "may be out of date"


class LineKind(StrEnum):
    """What a line stands for; the letter before the id."""

    FACT = "f"
    TURN = "t"
    SUMMARY = "s"
    ACTION = "a"  # what the engine did, or proposes, on the user's command; `id` is a verb of `ActionVerb`
    UNDERSTOOD = "u"  # what will be remembered of the message being answered; not stored yet


class ActionVerb(StrEnum):
    """What `memory.api.obey` did with an explicit command."""

    REMEMBERED = "remembered"
    CHANGED = "changed"
    MARKED_WRONG = "marked-wrong"
    FORGOTTEN = "forgotten"  # one fact or slot is gone; the line carries its predicate only, never the value; `note` is "one" when others like it stay
    FORGET_PREVIEW = "forget-preview"  # several things match: nothing is forgotten until the user confirms
    NOT_FOUND = "not-found"  # nothing matches the command
    UNDONE = "undone"  # `note` is the kind of act that was taken back; it carries the predicate when it was about one
    NEEDS_CONSENT = "needs-consent"
    REFUSED = "refused"  # a secret, or memory is paused: `note` says why
    REPEATED = "repeated"  # it was known already


class BlockName(StrEnum):
    PROFILE = "profile"
    RECALLED = "recalled"
    SUMMARY = "summary"
    ACTIONS = "actions"
    NOW = "now"


class MemoryLine(NamedTuple):
    """One line of memory. Days are in the user's zone; texts are plain, one line each. Sixty are made at every recall, in a fifth of the time that frozen
    dataclasses take; so are the parts of `found`."""

    kind: LineKind
    id: str
    said_on: date | None
    text: str
    predicate: str = ""
    subject: str = "user"
    value: str = ""
    speaker: str = ""  # turns: "user", "assistant" or a name
    since: date | None = None  # valid_from
    until: date | None = None  # valid_to
    precision: str = "none"  # none, day, week, month, year: of `since`
    status: str = "active"  # Fact.status
    origin: str = "user_said"  # Fact.origin
    out_of_date: bool = False  # marked for review
    quote: str = ""
    expires_on: date | None = None
    support: int = 1  # pieces of evidence
    consent: str = ""  # UNDERSTOOD and ACTION: the sensitivity whose consent is missing
    concerned: int = 0  # ACTION: how many facts it concerned
    note: str = ""  # ACTION: reason in one word
    version: int = 0  # of what it tells; for receipts, not written


_SEPARATORS = {"|": "¦", OPEN: "[", CLOSE: "]", '"': "”", "\u2028": " ", "\u2029": " ", "\x85": " "}
_TRANSLATION = str.maketrans(_SEPARATORS)


def neutralise(text: str) -> str:
    """`text` with nothing in it that this grammar gives a meaning, line breaks kept. For messages that stand beside memory in a prompt."""
    return text.replace(OPEN, "[").replace(CLOSE, "]")


def flat(text: str) -> str:
    """`text` on one line, with single blanks. Most are so already, and to look takes a quarter of the time of joining them anew."""
    is_flat = text.isprintable() and "  " not in text and text == text.strip()
    return text if is_flat else " ".join(text.split())


def as_field(text: str) -> str:
    """`text` as it stands in a field of a line."""
    if (
        not text.isprintable() or "|" in text or '"' in text or OPEN in text or CLOSE in text
    ):  # the odd breaks of lines are not printable
        text = text.translate(_TRANSLATION)
    return flat(text)


def _what(line: MemoryLine) -> str:
    if line.kind == LineKind.TURN:
        return as_field(line.speaker) or "user"
    if line.predicate:
        return f"{as_field(line.predicate)}({as_field(line.subject)}) = {as_field(line.value)}"
    return "-"


def _notes(line: MemoryLine) -> str:
    """What is not as usual. Most turns have nothing of it, and are written at every recall: so no list is made of what might be."""
    words = [OUT_OF_DATE] if line.out_of_date else []
    if line.since:
        words.append(_note("since", line.since.isoformat()))
        if line.precision not in ("none", "day"):
            words.append(_note("precision", line.precision))
    if line.until:
        words.append(_note("until", line.until.isoformat()))
    if line.expires_on:
        words.append(_note("expires", line.expires_on.isoformat()))
    if line.status not in ("active", ""):
        words.append(_note("status", line.status))
    if line.origin not in ("user_said", ""):
        words.append(_note("origin", line.origin))
    if line.support > 1:
        words.append(_note("support", str(line.support)))
    if line.consent:
        words.append(_note("consent", line.consent))
    if line.concerned:
        words.append(_note("count", str(line.concerned)))
    if line.note:
        words.append(_note("note", line.note))
    if line.quote:
        words.append(_note("quote", line.quote))
    return " ".join(words)


def _note(key: str, raw: str) -> str:
    value = as_field(raw)
    return f'{key}="{value}"' if " " in value or key == "quote" else f"{key}={value}"


def write_line(line: MemoryLine) -> str:
    """One line of the grammar, without a line break at its end."""
    day = line.said_on.isoformat() if line.said_on else "-"
    head = f"- [{line.kind.value}:{line.id}] {day} | {_what(line)} | {as_field(line.text)}"
    notes = _notes(line)
    return f"{head} | {notes}" if notes else head


_LINE = re.compile(
    r"^- \[(?P<kind>[ftsau]):(?P<id>[0-9a-z-]{1,36})\] (?P<day>-|\d{4}-\d\d-\d\d) \| (?P<what>[^|]*) \| (?P<text>[^|]*?)(?: \| (?P<notes>[^|]*))?$"
)
_FACT = re.compile(r"^(?P<predicate>[\w-]+)\((?P<subject>.*?)\) = (?P<value>.*)$")
_NOTE = re.compile(r'(\w+)=(?:"([^"]*)"|(\S+))')


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text and text != "-" else None


def read_line(text: str) -> MemoryLine | None:
    """The line that `write_line` wrote, or None for any other text."""
    match = _LINE.match(text.strip())
    if not match:
        return None
    notes = match["notes"] or ""
    pairs = {key: quoted or bare for key, quoted, bare in _NOTE.findall(notes)}
    kind = LineKind(match["kind"])
    fact = _FACT.match(match["what"])
    try:
        return MemoryLine(
            kind=kind,
            id=match["id"],
            said_on=_day(match["day"]),
            text=match["text"],
            predicate=fact["predicate"] if fact else "",
            subject=fact["subject"] if fact else "user",
            value=fact["value"] if fact else "",
            speaker=match["what"] if kind == LineKind.TURN else "",
            since=_day(pairs.get("since")),
            until=_day(pairs.get("until")),
            precision=pairs.get("precision", "day" if "since" in pairs else "none"),
            status=pairs.get("status", "active"),
            origin=pairs.get("origin", "user_said"),
            out_of_date=notes.startswith(OUT_OF_DATE),
            quote=pairs.get("quote", ""),
            expires_on=_day(pairs.get("expires")),
            support=int(pairs.get("support", 1)),
            consent=pairs.get("consent", ""),
            concerned=int(pairs.get("count", 0)),
            note=pairs.get("note", ""),
        )
    except ValueError:  # a date or number that no writer of ours wrote
        return None


def write_block(name: BlockName, lines: Iterable[MemoryLine | str], *, key: str) -> str:
    """A block of lines between its marks. Plain strings (the `now` and `summary` blocks) are flattened to one line each."""
    body = [write_line(line) if isinstance(line, MemoryLine) else as_field(line) for line in lines]
    return "\n".join([f"{OPEN}memory:{name} {key}{CLOSE}", *body, f"{OPEN}/memory:{name} {key}{CLOSE}"])


_BLOCK = re.compile(
    rf"{OPEN}memory:(?P<name>\w+) (?P<key>[0-9a-f]+){CLOSE}\n(?P<body>.*?)\n?{OPEN}/memory:(?P=name) (?P=key){CLOSE}",
    re.DOTALL,
)


def read_blocks(text: str) -> Iterator[tuple[str, list[str]]]:
    """(name, raw lines) of each block in `text`, in order."""
    for match in _BLOCK.finditer(text):
        yield match["name"], [line for line in match["body"].split("\n") if line.strip()]
