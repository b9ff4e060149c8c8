"""What differs between two answers, by word; code and tables by line. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORD = re.compile(r"\w+(?:['’]\w+)*|\s+|[^\w\s]")
MOST_WORDS = 6000  # of one answer; longer ones are compared by line, which costs far less


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of one answer; `is_own` where the other does not have it."""

    text: str
    is_own: bool


@dataclass(frozen=True, slots=True)
class Difference:
    """Both answers, cut where they part."""

    first: tuple[Stretch, ...]
    second: tuple[Stretch, ...]

    @property
    def is_none(self) -> bool:
        return not any(stretch.is_own for stretch in (*self.first, *self.second))


def compare(first: str, second: str) -> Difference:
    """What each has that the other has not, in reading order. Joined again, the stretches are the texts."""
    ones, others = list(_pieces(first)), list(_pieces(second))
    if max(len(ones), len(others)) > MOST_WORDS:
        ones, others = first.splitlines(keepends=True), second.splitlines(keepends=True)
    left: list[tuple[str, bool]] = []
    right: list[tuple[str, bool]] = []
    for kind, a, b, c, d in SequenceMatcher(None, ones, others, autojunk=False).get_opcodes():
        left.append(("".join(ones[a:b]), kind != "equal"))
        right.append(("".join(others[c:d]), kind != "equal"))
    # A blank between two words that both differ parts nothing.
    for at in range(1, len(left) - 1):
        if not left[at][1] and left[at][0].isspace() and "\n" not in left[at][0]:
            left[at], right[at] = (left[at][0], True), (right[at][0], True)
    return Difference(tuple(_joined(left)), tuple(_joined(right)))


def _pieces(text: str) -> Iterator[str]:
    """Words, and what stands between them; a line of code or of a table is one piece."""
    is_code = False
    for line in text.splitlines(keepends=True):
        is_fence = line.lstrip().startswith(("```", "~~~"))
        if is_fence or is_code or line.lstrip().startswith("|"):
            yield line
        else:
            yield from _WORD.findall(line)
        is_code ^= is_fence


def _joined(stretches: list[tuple[str, bool]]) -> Iterator[Stretch]:
    text, is_own = "", False
    for piece, own in stretches:
        if not piece:
            continue
        if own != is_own and text:
            yield Stretch(text, is_own)
            text = ""
        text, is_own = text + piece, own
    if text:
        yield Stretch(text, is_own)
