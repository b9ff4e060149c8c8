"""Days as people write them: "24 December", "24. Dezember 2026", "el 3 de mayo", "2026-12-24", "next Friday", "Christmas"."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from babel.dates import format_date
from dateutil.easter import easter

_MONTHS = (
    "january jan januar jänner enero ene januar",
    "february feb februar febrero febr",
    "march mar märz maerz marzo mars",
    "april apr abril abr",
    "may mai mayo",
    "june jun juni junio",
    "july jul juli julio",
    "august aug agosto ago",
    "september sept sep septiembre setiembre",
    "october oct oktober okt octubre",
    "november nov noviembre",
    "december dec dezember dez diciembre dic desember des",
)
MONTHS = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
_WEEKDAYS = (
    "monday montag lunes mandag",
    "tuesday dienstag martes tirsdag",
    "wednesday mittwoch miércoles miercoles onsdag",
    "thursday donnerstag jueves torsdag",
    "friday freitag viernes fredag",
    "saturday samstag sonnabend sábado sabado lørdag",
    "sunday sonntag domingo søndag",
)
WEEKDAYS = {name: number for number, names in enumerate(_WEEKDAYS) for name in names.split()}
_RELATIVE = {
    "today": 0,
    "heute": 0,
    "hoy": 0,
    "i dag": 0,
    "now": 0,
    "tomorrow": 1,
    "morgen": 1,
    "mañana": 1,
    "i morgen": 1,
}
_RELATIVE |= {
    "yesterday": -1,
    "gestern": -1,
    "ayer": -1,
    "i går": -1,
    "the day after tomorrow": 2,
    "übermorgen": 2,
    "pasado mañana": 2,
}


def _fixed(month: int, day: int) -> Callable[[int], date]:
    return lambda year: date(year, month, day)


_FEASTS: dict[str, Callable[[int], date]] = {
    **dict.fromkeys(("christmas", "christmas day", "navidad", "1. weihnachtstag", "første juledag"), _fixed(12, 25)),
    **dict.fromkeys(
        ("christmas eve", "weihnachten", "heiligabend", "heilig abend", "nochebuena", "jul", "julaften"), _fixed(12, 24)
    ),
    **dict.fromkeys(("new year's eve", "silvester", "nochevieja", "nyttårsaften"), _fixed(12, 31)),
    **dict.fromkeys(("new year", "new year's day", "neujahr", "año nuevo", "nyttår"), _fixed(1, 1)),
    **dict.fromkeys(("halloween",), _fixed(10, 31)),
    **dict.fromkeys(("valentine's day", "valentinstag", "san valentín", "valentinsdagen"), _fixed(2, 14)),
    **dict.fromkeys(("reyes", "epiphany", "heilige drei könige"), _fixed(1, 6)),
    **dict.fromkeys(("17. mai", "syttende mai"), _fixed(5, 17)),
    **dict.fromkeys(
        ("easter", "easter sunday", "ostern", "ostersonntag", "pascua", "domingo de resurrección", "påske"), easter
    ),
}

_NAME = "|".join(sorted(MONTHS, key=len, reverse=True))
_DAY_FIRST = re.compile(
    rf"^(\d{{1,2}})(?:st|nd|rd|th|\.)?,?\s*(?:of\s+|de\s+)?({_NAME})\.?,?(?:\s*(?:de(?:l)?\s+)?(\d{{4}}))?$"
)
_MONTH_FIRST = re.compile(rf"^({_NAME})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s+(\d{{4}}))?$")
_ISO = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})$")
_FIGURES = re.compile(r"^(\d{1,2})([./])(\d{1,2})\2?(?:(\d{4}|\d{2}))?$")
_LEADING = re.compile(r"^(?:the|on|to|zum|zu|den|dem|der|am|el|al|día|dia|til|den)\s+")
_NEXT = re.compile(
    r"^(?:(next|this|coming|nächste[rn]?|kommende[rn]?|diese[rn]?|próximo|este|neste|førstkommende)\s+)?(\S+?)(?:\s+(?:que viene|próximo))?$"
)


class NoSuchDayError(ValueError):
    """A day that the calendar does not have, such as 30 February."""


def read_day(text: str, *, today: date, forward: bool = True) -> date | None:
    """The day that `text` (case-folded) names, or None when it names none.

    A day without a year is the next one from `today` on (`forward`) or the last one up to it. Figures such as 3/5/2026 are day first, unless only
    month first makes sense. Raises `NoSuchDayError` for a day that looks like one and isn't.
    """
    bare = text.strip(" .,?")
    for _ in range(2):
        bare = _LEADING.sub("", bare)
    if bare in _RELATIVE:
        return today + timedelta(days=_RELATIVE[bare])
    if bare in _FEASTS:
        return _turn(_FEASTS[bare], today=today, forward=forward)
    iso = _ISO.match(bare)
    if iso:
        return _make(int(iso[1]), int(iso[2]), int(iso[3]))
    written = _DAY_FIRST.match(bare)
    if written:
        return _dated(int(written[1]), MONTHS[written[2]], written[3], today=today, forward=forward)
    american = _MONTH_FIRST.match(bare)
    if american:
        return _dated(int(american[2]), MONTHS[american[1]], american[3], today=today, forward=forward)
    figures = _FIGURES.match(text.strip(" ,?"))
    if figures:
        first, second = int(figures[1]), int(figures[3])
        day, month = (second, first) if figures[2] == "/" and second > 12 >= first else (first, second)
        return _dated(day, month, figures[4], today=today, forward=forward)
    return _weekday(bare, today=today, forward=forward)


def _weekday(text: str, *, today: date, forward: bool) -> date | None:
    match = _NEXT.match(text)
    if not match or match[2] not in WEEKDAYS:
        return None
    if forward:
        return today + timedelta(days=(WEEKDAYS[match[2]] - today.weekday() - 1) % 7 + 1)
    return today - timedelta(days=(today.weekday() - WEEKDAYS[match[2]] - 1) % 7 + 1)


def _make(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise NoSuchDayError(f"{year}-{month}-{day}") from error


def _dated(day: int, month: int, year: str | None, *, today: date, forward: bool) -> date:
    if year:
        full = (
            int(year)
            if len(year) == 4
            else 2000 + int(year)
            if int(year) <= today.year % 100 + 20
            else 1900 + int(year)
        )
        return _make(full, month, day)
    _make(2000, month, day)  # a leap year: 29 February is a day, 30 February never
    return _turn(lambda y: _make(y, month, day), today=today, forward=forward)


def _turn(of_year: Callable[[int], date], *, today: date, forward: bool) -> date:
    """The first such day from `today` on, or the last one up to it; 29 February may be some years away."""
    years = range(today.year, today.year + 9) if forward else range(today.year, today.year - 9, -1)
    for year in years:
        try:
            day = of_year(year)
        except ValueError:
            continue
        if (day >= today) if forward else (day <= today):
            return day
    raise NoSuchDayError(str(today))


def write_day(day: date, *, language: str) -> str:
    """`day` in full with its weekday: "Thursday, 24 December 2026"."""
    patterns = {
        "en": "EEEE, d MMMM y",
        "de": "EEEE, d. MMMM y",
        "es": "EEEE, d 'de' MMMM 'de' y",
        "nb": "EEEE d. MMMM y",
    }
    return str(format_date(day, patterns[language], locale=language))
