"""The stretch of time that a question names: "in March", "im Jahr 2021", "ayer", "last week", "on 3 May"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.calculation.calendar import MONTHS, WEEKDAYS, NoSuchDayError, read_day
from memory.lines import MemoryLine

_YESTERDAY = r"\b(?:yesterday|gestern|ayer|i går)\b"
_TODAY = r"\b(?:today|heute|hoy|i dag)\b"
_LAST_WEEK = r"\b(?:last week|letzte woche|la semana pasada|forrige uke)\b"
_LAST_MONTH = r"\b(?:last month|letzten monat|el mes pasado|forrige måned)\b"
_LAST_YEAR = r"\b(?:last year|letztes jahr|el ano pasado|i fjor)\b"
_DAYS_AGO = re.compile(
    r"\b(?:(\d{1,3}|two|three|zwei|drei|dos|tres|to|tre) (?:days ago|dager siden)|(?:vor|hace) (\d{1,3}|zwei|drei|dos|tres) (?:tagen|dias))\b"
)
_COUNTS = {"two": 2, "three": 3, "zwei": 2, "drei": 3, "dos": 2, "tres": 3, "to": 2, "tre": 3}
_MONTH_NAMES = "|".join(
    sorted((name for name in MONTHS if len(name) > 3 or name in ("may", "mai", "mar", "juni")), key=len, reverse=True)
)
_IN_MONTH = re.compile(
    rf"\b(?:in|im|en|i|last|letzten|since|during|of|de) (?:el )?({_MONTH_NAMES})(?:(?: de)? (\d{{4}}))?\b"
)
_IN_YEAR = re.compile(r"\b(?:in|im jahr|en|i|during|since) ((?:19|20)\d\d)\b")
_ON_DAY = re.compile(
    r"\b(?:on|am|el|den|vom|from) ((?:\w+ )?\d{1,2}(?:st|nd|rd|th|\.)?(?: (?:of|de))? ?\w*(?: (?:de )?\d{4})?|\d{4}-\d\d-\d\d)"
)
_ON_WEEKDAY = re.compile(rf"\b(?:on|am|el|last|letzten|på|sist) ({'|'.join(WEEKDAYS)})\b")


@dataclass(frozen=True, slots=True)
class Window:
    """Both days belong to it."""

    start: date
    end: date

    def holds(self, day: date | None) -> bool:
        return day is not None and self.start <= day <= self.end

    def touches(self, fact: MemoryLine) -> bool:
        """Whether what `fact` says held at some time in the window; an unknown start counts from the day it was said."""
        start = fact.since or fact.said_on or date.min
        if fact.precision in ("month", "year"):
            start = start.replace(day=1) if fact.precision == "month" else start.replace(day=1, month=1)
        return start <= self.end and (fact.until or date.max) >= self.start


def read_window(folded: str, *, today: date | None) -> Window | None:
    """The window that `folded` names, or None."""
    if today is None:
        return None
    for pattern, start, end in (
        (_YESTERDAY, today - timedelta(days=1), today - timedelta(days=1)),
        (_TODAY, today, today),
        (_LAST_WEEK, today - timedelta(days=today.weekday() + 7), today - timedelta(days=today.weekday() + 1)),
        (
            _LAST_MONTH,
            (today.replace(day=1) - timedelta(days=1)).replace(day=1),
            today.replace(day=1) - timedelta(days=1),
        ),
        (_LAST_YEAR, date(today.year - 1, 1, 1), date(today.year - 1, 12, 31)),
    ):
        if re.search(pattern, folded):
            return Window(start, end)
    return _day_named(folded, today) or _month_named(folded, today) or _year_named(folded)


def _day_named(folded: str, today: date) -> Window | None:
    ago = _DAYS_AGO.search(folded)
    if ago:
        word = ago[1] or ago[2]
        day = today - timedelta(days=int(word) if word.isdigit() else _COUNTS[word])
        return Window(day, day)
    for pattern in (_ON_DAY, _ON_WEEKDAY):
        match = pattern.search(folded)
        try:
            day_named = read_day(match[1], today=today, forward=False) if match else None
        except NoSuchDayError:
            day_named = None
        if day_named:
            return Window(day_named, day_named)
    return None


def _month_named(folded: str, today: date) -> Window | None:
    match = _IN_MONTH.search(folded)
    if not match:
        return None
    month = MONTHS[match[1]]
    year = int(match[2]) if match[2] else today.year if month <= today.month else today.year - 1
    if not 1 <= year < 9999:
        return None
    start = date(year, month, 1)
    return Window(start, (start + timedelta(days=32)).replace(day=1) - timedelta(days=1))


def _year_named(folded: str) -> Window | None:
    match = _IN_YEAR.search(folded)
    return Window(date(int(match[1]), 1, 1), date(int(match[1]), 12, 31)) if match else None
