"""Find a quote in the turn it is said to come from. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

Span = tuple[int, int]
ELLIPSIS = "…"
_FIRST = re.compile(r"[A-Za-z0-9]+")
_QUOTES = {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "‚": "'", "`": "'", "´": "'"}


def _folded(text: str) -> tuple[str, list[int]]:
    """`text` as quotes are compared, and for each of its characters the place in `text` that it came from."""
    chars: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        if char == "»" and chars and chars[-1] == " ":  # French marks stand apart from what they hold
            chars.pop()
            places.pop()
        if char.isspace():
            if chars and chars[-1] != " " and text[place - 1] != "«":
                chars.append(" ")
                places.append(place)
            continue
        for part in unicodedata.normalize("NFKC", _QUOTES.get(char, char)).casefold():
            chars.append(part)
            places.append(place)
    return "".join(chars), places


def find_spans(text: str, quote: str) -> list[Span]:
    """Every place where `quote` stands in `text`, without regard to case, runs of white space and typographic quotes. [start, end)."""
    haystack, places = _folded(text)
    needle = _folded(quote)[0].strip()
    spans: list[Span] = []
    at = haystack.find(needle) if needle else -1
    while at >= 0:
        spans.append((places[at], places[at + len(needle) - 1] + 1))
        at = haystack.find(needle, at + 1)
    return spans


def overlaps(span: Span, others: Sequence[Span]) -> bool:
    """Whether `span` shares a character with any of `others`."""
    return any(span[0] < end and start < span[1] for start, end in others)


def is_word_at(text: str, span: Span) -> bool:
    """Whether `span` begins and ends at the edges of words."""
    start, end = span
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    return not (before.isalnum() and text[start].isalnum()) and not (after.isalnum() and text[end - 1].isalnum())


def find_words(text: str, words: str) -> list[Span]:
    """Every place where `words` stands in `text` as whole words."""
    if text.isascii() and words.isascii():  # most of many thousands hold nothing of it, and need no closer look
        first = _FIRST.search(words)
        if first and first[0].lower() not in text.lower():
            return []
    return [span for span in find_spans(text, words) if is_word_at(text, span)]


_DENIED_BEFORE = re.compile(
    r"(?:\bnot|n['’]t|\bno|\bnever|\binstead of|\brather than|\bi (?:said|wrote|typed|meant to say)|\bnicht|\bkeine?|\bstatt|\bno es|\ben (?:vez|lugar) de"
    r"|\bikke|\bi stedet for)\s+(?:(?:an?|the|my|in|at|to|on|called|named|really|actually|in the|die|der|das|el|la) )?[\"'“‘]?$",
    re.IGNORECASE,
)
_DENIED_BEHIND = re.compile(
    r"^[\"'”’]?,? (?:is|was|were|ist|war|es|er|var) (?:an? |ein |un |en |el )?"
    r"(?:wrong|typo|mistake|slip|incorrect|misspelt|misspelled|not right|falsch|error|feil)\b",
    re.IGNORECASE,
)
_LOOK_BACK = 40  # characters


def denies(text: str, words: str) -> bool:
    """Whether `text` says of `words` that it is not they: "not Suri, Sury", "I said May but". English in depth, the commonest words of three more languages."""
    return any(
        _DENIED_BEFORE.search(text[max(0, start - _LOOK_BACK) : start])
        or _DENIED_BEHIND.match(text[end : end + _LOOK_BACK])
        for start, end in find_words(text, words)
    )


def blank(text: str, spans: Sequence[Span]) -> str:
    """`text` with `spans` overwritten by bullets, so that places stay as they are."""
    for start, end in spans:
        text = text[:start] + "•" * (end - start) + text[end:]
    return text


def joined(spans: Iterable[Span], text: str) -> list[Span]:
    """Spans in order, those that touch or have only blanks between them joined; edges trimmed of blanks."""
    merged: list[Span] = []
    for low, high in sorted(spans):
        piece = text[low:high]
        start, end = low + len(piece) - len(piece.lstrip()), high - len(piece) + len(piece.rstrip())
        if start >= end:
            continue
        if merged and not text[merged[-1][1] : start].strip():
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def without(text: str, spans: Sequence[Span]) -> str:
    """`text` with each span replaced by one ellipsis."""
    for start, end in reversed(spans):
        text = text[:start] + ELLIPSIS + text[end:]
    return text
