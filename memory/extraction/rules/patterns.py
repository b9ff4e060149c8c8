"""What a pattern is: a form of words, the predicate it speaks of, and how its value is shaped."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from memory.dates import Lean
from memory.extraction.rules.clauses import Clause

Shape = Callable[[re.Match[str], Clause], list[str]]


@dataclass(frozen=True, slots=True)
class Pattern:
    """One form of words. `shape` makes the values of a match; none means that it was no match after all."""

    predicate: str
    regex: re.Pattern[str]
    shape: Shape
    change: Literal["asserts", "ends", "negates"] = "asserts"
    lean: Lean = "past"
    is_dated: bool = False  # a day in the clause says when it began (or, for a plan, when it will be)
    needs_date: bool = False
    is_unsure: bool = False  # holds only with what is known already: "I left Dyson" ends a job if there is that job


@dataclass(frozen=True, slots=True)
class Language:
    """The patterns of one language, its cue of correction, and how its facts read."""

    code: str
    patterns: tuple[Pattern, ...]
    correcting: re.Pattern[str]
    sentences: dict[str, str]
    fallback: str = "{value}"


def _any_blanks(regex: str) -> str:
    """`regex` with each blank outside of a character class standing for any run of blanks; with a quantifier behind it, for that many runs."""
    inside, parts = False, []
    for index, char in enumerate(regex):
        if char in "[]" and not regex[:index].endswith("\\"):
            inside = char == "["
        if char != " " or inside:
            parts.append(char)
        else:
            parts.append(r"(?:\s{1,9})" if regex[index + 1 : index + 2] in ("?", "*", "+", "{") else r"\s{1,9}")
    return "".join(parts)


def pattern(
    predicate: str,
    regex: str,
    shape: Shape,
    *,
    change: Literal["asserts", "ends", "negates"] = "asserts",
    lean: Lean = "past",
    is_dated: bool = False,
    needs_date: bool = False,
    is_unsure: bool = False,
    ignore_case: bool = True,
) -> Pattern:
    """A pattern. Parts in `(?-i:…)` keep to their case: names and places begin with a capital."""
    regex = _any_blanks(regex)
    flags = re.IGNORECASE if ignore_case else re.NOFLAG
    return Pattern(
        predicate, re.compile(regex, flags), shape, change, lean, is_dated or needs_date, needs_date, is_unsure
    )
