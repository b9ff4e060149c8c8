"""What differs between two answers as they are shown, by word; code and tables by line. Pure: clean HTML in, clean HTML out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

_PART = re.compile(r"""<math\b.*?</math>|<div class="code-head">.*?</div>|<(?:"[^"]*"|[^">])*>|[^<]+""", re.DOTALL)
_WORD = re.compile(r"&#?\w+;|\w+(?:['’]\w+)*|\s+|[^\w\s]")
_NAME = re.compile(r"</?(\w+)")
_IN_LINE = frozenset({"a", "code", "del", "em", "span", "strong", "sub", "sup"})
MOST_WORDS = 6000  # of one answer; longer ones are compared by line, which costs far less


@dataclass(frozen=True, slots=True)
class Difference:
    """Both answers as HTML. What only the first has stands in `<del>`, what only the second has in `<ins>`."""

    first: str
    second: str
    is_none: bool


@dataclass(slots=True)
class _Piece:
    """A tag, a stretch of white space, or something that is read; that belongs to a unit, by its place among them."""

    text: str
    unit: int | None = None
    is_blank: bool = False


def compare(first: str, second: str) -> Difference:
    """Mark what each of two rendered answers has that the other has not. Both must come from `markup.render`."""
    (left, ones), (right, others) = _cut(first, by_word=True), _cut(second, by_word=True)
    if max(len(ones), len(others)) > MOST_WORDS:
        (left, ones), (right, others) = _cut(first, by_word=False), _cut(second, by_word=False)
    gone: set[int] = set()
    new: set[int] = set()
    for kind, a, b, c, d in SequenceMatcher(None, ones, others, autojunk=False).get_opcodes():
        if kind != "equal":
            gone |= set(range(a, b))
            new |= set(range(c, d))
    return Difference(_marked(left, gone, "del"), _marked(right, new, "ins"), is_none=not gone and not new)


def _cut(html: str, *, by_word: bool) -> tuple[list[_Piece], list[str]]:
    """The HTML in pieces, and the units that are compared: words, or whole lines in code, in tables, and without `by_word`."""
    pieces: list[_Piece] = []
    units: list[str] = []
    is_code = is_row = is_open = False  # is_open: whether what comes still belongs to the last unit
    for part in _PART.findall(html):
        if part.startswith("<math"):
            units.append(part)
            pieces.append(_Piece(part, len(units) - 1))
            is_open = False
        elif part.startswith("<"):
            name = found[1] if (found := _NAME.match(part)) else ""
            is_code = (is_code or name == "pre") and part != "</pre>"
            is_row = (is_row or name == "tr") and part != "</tr>"
            is_open = is_open and (name in _IN_LINE or (is_row and name in ("td", "th")))
            pieces.append(_Piece(part))
        else:
            for text in _lines(part) if is_code else _WORD.findall(part):
                is_line = is_code or is_row or not by_word
                if text.isspace():
                    is_open = is_open and not (is_code and "\n" in text)
                    pieces.append(_Piece(text, len(units) - 1 if is_code and is_open else None, is_blank=True))
                    continue
                if is_line and is_open:
                    units[-1] += f" {text}"
                else:
                    units.append(text)
                is_open = is_line
                pieces.append(_Piece(text, len(units) - 1))
    return pieces, units


def _lines(code: str) -> Iterator[str]:
    """What stands between line ends, and the line ends with the blanks around them."""
    return (part for part in re.split(r"(\s*\n\s*)", code) if part)


def _marked(pieces: list[_Piece], own: set[int], tag: str) -> str:
    """The pieces joined again. A blank between two words that both are marked is marked with them; a tag never is."""
    out: list[str] = []
    is_open = False
    for place, piece in enumerate(pieces):
        is_own = piece.unit in own
        if piece.is_blank and is_open and "\n" not in piece.text and place + 1 < len(pieces):
            is_own = pieces[place + 1].unit in own
        if is_open and not is_own:
            out.append(f"</{tag}>")
        if is_own and not is_open:
            out.append(f'<{tag} class="own">')
        is_open = is_own
        out.append(piece.text)
    return "".join([*out, f"</{tag}>"] if is_open else out)
