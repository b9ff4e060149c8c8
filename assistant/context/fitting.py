"""What fits the room that a prompt has for it, counted as the model counts; what does not fit is told apart, for the receipt. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from assistant.context.inputs import PastTurn
from memory.api import MemoryLine, RecalledItem, read_line, write_line

Count = Callable[[str], int]
MOST_PASSED = 12  # of what was found and not sent, that a receipt keeps


def lines_there(profile: Iterable[MemoryLine], turns: Iterable[PastTurn]) -> set[str]:
    """The ids of lines that stand in a prompt already: in its profile, or beside an earlier question."""
    there = {line.id for line in profile}
    for turn in turns:
        for sent in turn.beside.lines if turn.beside else ():
            known = read_line(sent.text) if sent.kind in ("fact", "episode") else None
            there |= {known.id} if known else set()
    return there


def fit_profile(
    lines: Sequence[MemoryLine], *, tokens: int, count: Count
) -> tuple[tuple[MemoryLine, ...], tuple[MemoryLine, ...]]:
    """(those that fit, the others), both in the order given, which is that of their weight: one that is too long gives way to shorter ones behind it."""
    kept: list[MemoryLine] = []
    left: list[MemoryLine] = []
    for line in lines:
        cost = count(write_line(line))
        if cost <= tokens:
            kept.append(line)
            tokens -= cost
        else:
            left.append(line)
    return tuple(kept), tuple(left)


def fit_recalled(
    items: Iterable[RecalledItem], *, tokens: int, most: int, count: Count
) -> tuple[tuple[RecalledItem, ...], tuple[RecalledItem, ...]]:
    """(those that are sent, those that were found and are not), best first."""
    kept: list[RecalledItem] = []
    passed: list[RecalledItem] = []
    for item in items:
        if len(kept) < most and (cost := count(write_line(item.line))) <= tokens:
            kept.append(item)
            tokens -= cost
        elif len(passed) < MOST_PASSED:
            passed.append(item)
        elif len(kept) == most:
            break
    return tuple(kept), tuple(passed)


def fit_summary(text: str, *, tokens: int, count: Count) -> str:
    """The latest lines of a summary that fit: what was said last is missed most."""
    kept: list[str] = []
    for line in reversed(text.splitlines()):
        cost = count(line)
        if cost > tokens:
            break
        kept.append(line)
        tokens -= cost
    return "\n".join(reversed(kept))
