"""Days of the year as values: birthdays and anniversaries, however they were said."""

from __future__ import annotations

import re
from datetime import date

from memory.date_words import MONTHS
from memory.dates import find_periods
from memory.extraction.rules.clauses import Clause
from memory.numeric_dates import with_points

_A_DAY = date(2000, 1, 1)  # the days of a year are looked for from some day on
_ANOTHER_DAY = date(2001, 6, 14)  # and from another: "on Saturday" is not the same from there, and no day of the year


def day_of_year(match: re.Match[str], clause: Clause) -> list[str]:
    """A birthday as "3 October" or "3 October 1990", however it was said."""
    return day_in(clause.text[match.start("v") :] + clause.after, clause)


def day_in(text: str, clause: Clause) -> list[str]:
    """The day that `text` begins with, or nearly, as "3 October" or "3 October 1990"."""
    again = find_periods(with_points(text, clause.order), _ANOTHER_DAY, lean="past")
    fixed = {(period.span, period.start.month, period.start.day) for period in again}
    for period in find_periods(with_points(text, clause.order), _A_DAY, lean="past"):
        is_fixed = (period.span, period.start.month, period.start.day) in fixed
        if period.precision == "day" and period.span[0] < 12 and is_fixed:
            said = with_points(text, clause.order)[period.span[0] : period.span[1]]
            year = f" {period.start.year}" if re.search(r"\d{4}", said) else ""
            return [f"{period.start.day} {period.start:%B}{year}"]
    numeric = _STROKES.match(text)
    if numeric and clause.order != "unknown":
        first, second = int(numeric["a"]), int(numeric["b"])
        day, month = (second, first) if clause.order == "month" else (first, second)
        return [f"{day} {date(2000, month, 1):%B}"] if 1 <= month <= 12 and 1 <= day <= 31 else []
    return []


_STROKES = re.compile(r"\W*(?:(?:on|the)\s+)?(?P<a>\d{1,2})/(?P<b>\d{1,2})(?![\d/])")


def month_of_year(match: re.Match[str], clause: Clause) -> list[str]:
    """The month of a birthday whose day is not told."""
    del clause
    number = MONTHS.get(match["v"].casefold())
    return [f"{date(2000, number, 1):%B}"] if number else []


def day_behind(match: re.Match[str], clause: Clause) -> list[str]:
    """The day behind a label and its colon: "date of birth: 14 February 1979"."""
    del match
    return day_in(clause.after, clause) if re.match(r"\s*:", clause.after) else []
