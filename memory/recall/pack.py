"""What was found, as dated lines under a token budget."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from memory.lines import LineKind, MemoryLine, flat, write_line
from memory.recall.candidates import ToldTurn
from memory.recall.found import RecalledItem

CHARACTERS_A_TOKEN = 4
SHORTEST = 8  # tokens of the shortest line: id, day and speaker alone
LONGEST_TURN = 600  # characters of one turn that are worth their tokens


def tokens_of(line: MemoryLine) -> int:
    """How many tokens a written line takes, about."""
    return max(1, round(len(write_line(line)) / CHARACTERS_A_TOKEN))


def turn_line(turn: ToldTurn, zone: ZoneInfo, day: date | None = None) -> MemoryLine:
    """A turn as a line of a prompt. Its id there is its number, in few characters: ids are read with every answer. `day`: of which it tells, when known."""
    text = flat(turn.text)
    if len(text) > LONGEST_TURN:
        text = text[:LONGEST_TURN].rsplit(" ", 1)[0] + " …"
    said_on = datetime.fromtimestamp(turn.said_at, zone).date()
    return MemoryLine(
        kind=LineKind.TURN,
        id=short(turn.seq),
        said_on=said_on,
        text=text,
        speaker=turn.speaker or turn.role,
        since=day if day != said_on else None,
        precision="day" if day else "none",
        version=turn.version,
    )


def short(number: int) -> str:
    """A number in base 36."""
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[digit] + digits
    return digits or "0"


def fit(items: Iterable[RecalledItem], budget_tokens: int) -> list[RecalledItem]:
    """The items that fit the budget, in their order; one that is too long gives way to shorter ones behind it. Stops where no line would fit any more."""
    packed: list[RecalledItem] = []
    left = budget_tokens
    for item in items:
        if item.tokens <= left:
            packed.append(item)
            left -= item.tokens
        if left < SHORTEST:
            break
    return packed
