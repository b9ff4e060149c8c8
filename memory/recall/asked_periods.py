"""The days that a question asks about: those that any text may name, and what they mean in a question: a stretch from one to another, one that lasts
until today or ended before a day, a feast. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from memory.calendar_steps import moved
from memory.date_words import kind_of
from memory.dates import Lean, Period, find_periods
from memory.numeric_dates import Order, with_points

_RANGE = re.compile(
    r"\b(?:between|from|zwischen|von|vom|entre|desde|de|mellom|fra) (?P<first>[\w.]+(?: [\w.]+){0,3}?)"
    r" (?:and|to|until|till|through|und|bis|y|a|hasta|og|til) (?P<last>[\w.]+(?: [\w.]+){0,3})",
    re.IGNORECASE,
)
_SINCE = re.compile(r"\b(?:ever since|since|seit|seitdem|desde|siden)\b(?: (?:the|dem|der|el|la))?\s*$", re.IGNORECASE)
_SINCE_INSIDE = re.compile(r"(?:since|seit|desde|siden) ", re.IGNORECASE)
_BEFORE = re.compile(r"\b(?:before|prior to|vor|antes de|før)\b(?: (?:the|dem|der|el|la))?\s*$", re.IGNORECASE)
_STRETCH_BEFORE = re.compile(
    r"\b(?P<unit>week|month|year) before(?: the)?\s*$", re.IGNORECASE
)  # "the week before 3 May"
_AFTER = re.compile(r"\b(?:after|nach|después de|etter)\b(?: (?:the|dem|der|el|la))?\s*$", re.IGNORECASE)
_EVER = date(1900, 1, 1)
_AT = r"(?P<which>last|this|next|past|at|over|for|during|on|around|an|am|zu|über|letzte[ns]?|vorige[ns]?|en|la|las|pasadas?|i|til|sist|forrige|før)"
_CHRISTMAS = r"(?:christmas|xmas|weihnachten|navidad(?:es)?|jul(?:a|en))"
_NEW_YEAR = r"(?:new year['’]s(?: eve)?(?! day)|silvester|nochevieja|nyttårsaften)"
_OTHERS = (
    (r"(?:valentine(?:['’]s)?(?: day)?|valentinstag|(?:día de )?san valentín|valentinsdagen)", (2, 14)),
    (r"(?:(?:st\.?|saint) patrick['’]?s(?: day)?|paddy['’]s day)", (3, 17)),
    (r"(?:april fools?(?:['’]s?)?(?: day)?)", (4, 1)),
    (r"(?:bonfire night|guy fawkes(?: night)?)", (11, 5)),
    (r"(?:hallowe['’]?en)", (10, 31)),
    (r"(?:boxing day)", (12, 26)),
    (r"(?:new year['’]s day|neujahr|año nuevo|nyttårsdag(?:en)?)", (1, 1)),
    (r"(?:(?:día de )?reyes|epiphany|dreikönigstag)", (1, 6)),
    (r"(?:nikolaus(?:tag)?)", (12, 6)),
    (r"(?:(?:the )?(?:fourth of july|4th of july|independence day))", (7, 4)),
    (r"(?:may day|tag der arbeit|día del trabajo)", (5, 1)),
    (r"(?:canada day)", (7, 1)),
    (r"(?:australia day)", (1, 26)),
    (r"(?:anzac day)", (4, 25)),
    (r"(?:bastille day)", (7, 14)),
)
_FEASTS = tuple(
    (re.compile(rf"\b(?:{_AT} )?(?:the )?{words}(?: (?:of |de )?(?P<year>(?:19|20)\d\d))?\b", re.IGNORECASE), day, days)
    for words, day, days in (
        (_CHRISTMAS, (12, 24), 3),
        (_NEW_YEAR, (12, 31), 2),
        *((words, day, 1) for words, day in _OTHERS),
    )
)


def asked_periods(text: str, today: date, *, lean: Lean = "past", order: Order = "day") -> tuple[Period, ...]:
    """The periods that a question names, in the order of the text; `today` in the user's zone. `lean` as in `find_periods`; `order`: what comes first in a
    day with strokes, where the user lives."""
    text = with_points(text, order)
    found = [*_ranges(text, today, lean)]
    for period in (*_feasts(text, today, lean), *find_periods(text, today, lean=lean)):
        if not any(period.span[0] < other.span[1] and other.span[0] < period.span[1] for other in found):
            found.append(_open(text, period, today))
    return tuple(sorted(found, key=lambda period: period.span))


def _ranges(text: str, today: date, lean: Lean) -> Iterator[Period]:
    for match in _RANGE.finditer(text):
        first, last = (_whole(match[name], today, lean) for name in ("first", "last"))
        if first and last and first.start > last.start and first.precision in ("month", "day"):
            first = _before(first, last.start)
        if first and last and first.start <= last.end:
            yield Period(first.start, last.precision, (match.start(), match.start("last") + last.span[1]), last.end)


def _before(period: Period, day: date) -> Period:
    """The same days of the latest year in which they do not begin after `day`: "between November and February"."""
    start = period.start if period.start.month != 2 else period.start.replace(day=min(period.start.day, 28))
    start = start.replace(year=day.year)
    return replace(period, start=start if start <= day else start.replace(year=day.year - 1))


def _whole(part: str, today: date, lean: Lean) -> Period | None:
    """The period that `part` of a question begins with. A bare month is one here: "between May and July"."""
    for opening in ("", "in "):
        found = find_periods(opening + part, today, lean=lean)
        if found and found[0].span[0] <= len(opening):
            start, end = found[0].span
            return replace(found[0], span=(start, end - len(opening)))
    return None


def _open(text: str, period: Period, today: date) -> Period:
    """What began then and lasts, where the question says "since"; what was before or after it, where it says so."""
    start, end = period.span
    if stretch := _STRETCH_BEFORE.search(text[:start]):
        return replace(
            period,
            start=moved(period.start, -1, kind_of(stretch["unit"].lower())),
            end=period.start - timedelta(days=1),
        )
    is_long = period.precision != "day"  # before and after a day, what is near it counts
    if is_long and _BEFORE.search(text[:start]):
        return replace(period, start=_EVER, end=period.start - timedelta(days=1), precision="year")
    if is_long and _AFTER.search(text[:start]) and period.end < today:
        return replace(period, start=period.end + timedelta(days=1), end=today, precision="year")
    is_since = _SINCE.search(text[:start]) or _SINCE_INSIDE.match(text[start:end])
    return replace(period, end=today) if is_since and period.start <= today else period


def _feasts(text: str, today: date, lean: Lean) -> Iterator[Period]:
    """Feasts that are a time: with a word before them that makes them one, or a year: "do I like Christmas?" names none."""
    for pattern, (month, day), days in _FEASTS:
        for match in pattern.finditer(text):
            if not match["which"] and not match["year"]:
                continue
            start = date(int(match["year"] or today.year), month, day)
            is_ahead = lean == "future" or (match["which"] or "").casefold() in ("next", "this")
            if not match["year"] and start > today and not is_ahead:
                start = start.replace(year=today.year - 1)
            yield Period(start, "day", match.span(), start + timedelta(days=days - 1))
