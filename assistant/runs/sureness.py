"""How sure a model was of its words, where its provider tells: over the whole answer, and where least. Pure."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

MOST = 3  # words that are named
UNSURE = 50  # percent: below, a word is worth naming
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Sureness:
    """In percent. `least`: the words with the least likely tokens in them, least sure first."""

    mean: int
    least: tuple[tuple[str, int], ...]


def sureness_of(text: str, tokens: Sequence[Sequence[int]]) -> Sureness | None:
    """Of an answer and its (characters, percent) by token; None where nothing is known, or the answer was changed since, so that places don't fit."""
    told = [(start, size, percent) for start, size, percent in _placed(tokens) if text[start : start + size].strip()]
    if not told or sum(size for size, _ in tokens) > len(text) + 2:
        return None
    words = [(match.start(), match.group()) for match in _WORD.finditer(text)]
    starts = [start for start, _ in words]
    unsure: dict[tuple[int, str], int] = {}
    for start, size, percent in told:
        if percent < UNSURE and (place := bisect_left(starts, start + size) - 1) >= 0:
            begin, word = words[place]
            if start < begin + len(word):
                unsure[begin, word] = min(percent, unsure.get((begin, word), percent))
    least = sorted(((word, percent) for (_, word), percent in unsure.items()), key=lambda pair: pair[1])
    return Sureness(round(sum(percent for *_, percent in told) / len(told)), tuple(least[:MOST]))


def _placed(tokens: Sequence[Sequence[int]]) -> Iterator[tuple[int, int, int]]:
    start = 0
    for size, percent in tokens:
        yield start, size, percent
        start += size
