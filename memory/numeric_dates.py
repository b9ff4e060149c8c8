"""Dates with strokes: 3/12/1985 is 3 December to most people, and 12 March to those in the United States."""

from __future__ import annotations

import re
from typing import Literal
from zoneinfo import ZoneInfo

Order = Literal["day", "month", "unknown"]

_MONTH_FIRST = frozenset(
    f"America/{city}"
    for city in [
        "New_York",
        "Chicago",
        "Denver",
        "Los_Angeles",
        "Phoenix",
        "Anchorage",
        "Detroit",
        "Boise",
        "Juneau",
        "Adak",
        "Nome",
        "Sitka",
        "Menominee",
    ]
) | {"Pacific/Honolulu"}
_MONTH_FIRST_IN = ("US/", "America/Indiana/", "America/Kentucky/", "America/North_Dakota/")
# Where both are written, or the zone says nothing of the country.
_EITHER = frozenset(
    f"America/{city}"
    for city in ["Toronto", "Vancouver", "Halifax", "Winnipeg", "Edmonton", "Regina", "St_Johns", "Montreal", "Moncton"]
) | {"Asia/Manila", "UTC", "Etc/UTC", "GMT"}
_DATE = re.compile(r"(?<![\d/])(?P<a>\d{1,2})/(?P<b>\d{1,2})/(?P<year>(?:19|20)?\d\d)(?![\d/])")
_THIS_CENTURY = 30  # '29 is 2029 at most; '85 is 1985


def order_of(zone: ZoneInfo) -> Order:
    """Which number people of this time zone put first."""
    if zone.key in _EITHER:
        return "unknown"
    return "month" if zone.key in _MONTH_FIRST or zone.key.startswith(_MONTH_FIRST_IN) else "day"


def with_points(text: str, order: Order) -> str:
    """`text` with its dates as day.month.year. What may be read both ways stays as it is, and so do numbers that are no date."""
    return _DATE.sub(lambda match: _pointed(match, order), text) if "/" in text else text


def _pointed(match: re.Match[str], order: Order) -> str:
    first, second = int(match["a"]), int(match["b"])
    if first > 12 or (order == "day" and second <= 12) or first == second:
        day, month = match["a"], match["b"]
    elif second > 12 or order == "month":
        day, month = match["b"], match["a"]
    else:
        return match.group()
    year = match["year"]
    if len(year) == 2:
        year = f"{'20' if int(year) < _THIS_CENTURY else '19'}{year}"
    return f"{day}.{month}.{year}"
