"""Titles and names: one line that hides nothing and turns nothing around. Pure."""

from __future__ import annotations

import re

TITLE_CHARACTERS = 48
# Marks that set or turn the direction of what follows, and characters without width, except the joiners that scripts and emoji need.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]"
)

_GREETING = re.compile(
    r"(?:(?:hey|hi|hello|hiya|good (?:morning|afternoon|evening)|hallo|moin"
    r"|guten (?:morgen|tag|abend)|hola|buenos días|buenas (?:tardes|noches))(?: there)?[!,…]+\s*)+(?=\S)",
    re.IGNORECASE,
)
_MARKUP = re.compile(r"(?:#{1,6}|>)\s+")  # at the start of a line


def one_line(text: str, limit: int) -> str:
    """`text` as one line of at most `limit` characters, without what can't be seen."""
    return " ".join(_UNSEEN.sub("", re.sub(r"\s+", " ", text)).split())[:limit].rstrip()


def title_from(text: str) -> str:
    """A title from the first words somebody said: the first sentence after a greeting, cut between words, without what marks a heading or a quote."""
    plain = _GREETING.sub("", text.strip()) or text.strip()
    first = re.split(r"(?<=[.!?…])\s|\n", _MARKUP.sub("", plain, count=1) if _MARKUP.match(plain) else plain)[0]
    words = one_line(first, len(first)).rstrip(".")
    if len(words) <= TITLE_CHARACTERS:
        return words
    cut = words[:TITLE_CHARACTERS].rsplit(" ", 1)[0] or words[:TITLE_CHARACTERS]
    return f"{cut.rstrip(',;:')}…"
