"""A cheap look before the patterns: each of them needs some words, and a clause without any of these words can't be one of its matches.

The words are read off the regular expression itself, so that a new pattern needs no list of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from memory.extraction.rules.patterns import Pattern

_Needs = frozenset[str]
_NOTHING: _Needs = frozenset()
_AHEAD = ("(?=", "(?!", "(?<=", "(?<!")
_FEWEST = 2  # characters: a single letter stands nearly everywhere


_START = 3  # characters of a word by which it is looked up; those of two by both


class Sieve:
    """The patterns of a language, sorted by the words that they need."""

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        self._patterns = tuple(patterns)
        self._always = 0
        by_word: dict[str, int] = {}
        for index, form in enumerate(self._patterns):
            needs = needed(form.regex.pattern)
            if not needs:
                self._always |= 1 << index
            for word in needs:
                by_word[word] = by_word.get(word, 0) | 1 << index
        self._by_start: dict[str, list[tuple[str, int]]] = {}
        for word, of in by_word.items():
            self._by_start.setdefault(word[:_START], []).append((word, of))

    def likely(self, text: str) -> Iterator[Pattern]:
        """The patterns, in their order, that may match somewhere in `text`."""
        low = text.lower()
        bits = self._always
        starts = {low[at : at + _START] for at in range(len(low) - 1)} | {
            low[at : at + _FEWEST] for at in range(len(low) - 1)
        }
        for start in starts & self._by_start.keys():
            for word, of in self._by_start[start]:
                if bits | of != bits and word in low:
                    bits |= of
        while bits:
            lowest = bits & -bits
            yield self._patterns[lowest.bit_length() - 1]
            bits ^= lowest


def needed(regex: str) -> _Needs:
    """Pieces of text, in small letters, of which every match holds at least one; none if nothing can be told."""
    needs, _ = _alternatives(regex, 0)
    return needs


def _alternatives(regex: str, at: int) -> tuple[_Needs, int]:
    """What the branches up to the closing bracket, or the end, need between them, and where they end."""
    branches = []
    while True:
        needs, at = _sequence(regex, at)
        branches.append(needs)
        if at >= len(regex) or regex[at] == ")":
            break
        at += 1  # the bar
    return (frozenset().union(*branches) if all(branches) else _NOTHING), at


def _sequence(regex: str, at: int) -> tuple[_Needs, int]:
    """The best of what the parts of one branch need, and where it ends."""
    found: list[_Needs] = []
    run = ""
    while at < len(regex) and regex[at] not in "|)":
        literal, needs, at = _atom(regex, at)
        least, at = _times(regex, at)
        if literal and least == 1:
            run += literal
            continue
        found.append(frozenset({run}))
        run = literal if literal and least > 1 else ""
        if needs and least:
            found.append(needs)
    found.append(frozenset({run}))
    worth = [needs for needs in found if min(map(len, needs)) >= _FEWEST]
    return max(worth, key=lambda needs: (min(map(len, needs)), -len(needs)), default=_NOTHING), at


def _atom(regex: str, at: int) -> tuple[str, _Needs, int]:
    """One part: the letter that it is, or what it needs, and where it ends."""
    char = regex[at]
    if char == "(":
        is_looking = regex.startswith(_AHEAD, at)
        needs, end = _alternatives(regex, _inside(regex, at))
        return "", _NOTHING if is_looking else needs, end + 1
    if char == "[":
        end = at + 1
        while regex[end] != "]":
            end += 2 if regex[end] == "\\" else 1
        return "", _NOTHING, end + 1
    if char == "\\":
        return ("" if regex[at + 1].isalnum() else regex[at + 1].lower()), _NOTHING, at + 2
    return ("" if char in ".^$" else char.lower()), _NOTHING, at + 1


def _inside(regex: str, at: int) -> int:
    """Where a group's own text begins, behind "(?:", "(?P<name>", "(?-i:" or "(?<!"."""
    if not regex.startswith("(?", at):
        return at + 1
    if regex.startswith("(?P<", at):
        return regex.index(">", at) + 1
    looking = next((sign for sign in sorted(_AHEAD, key=len, reverse=True) if regex.startswith(sign, at)), None)
    return at + len(looking) if looking else regex.index(":", at) + 1


def _times(regex: str, at: int) -> tuple[int, int]:
    """How often at least the part in front stands (2 for "more than once, or with a gap"), and where that note ends."""
    if at >= len(regex) or regex[at] not in "?*+{":
        return 1, at
    if regex[at] == "{":
        end = regex.index("}", at) + 1
        least = 0 if regex[at + 1] == "0" else 2
    else:
        end = at + 1
        least = 2 if regex[at] == "+" else 0
    return least, end + (regex.startswith(("?", "+"), end))
