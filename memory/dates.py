"""Days and periods in plain words, relative to the day on which they were said: English, German, Spanish and Norwegian. Pure.

Weeks begin on Monday. `lean` settles what the words leave open: "in March" and "on Friday" mean the last one in a tale, the next one in a plan.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, NamedTuple

from memory.calendar_steps import first_of, last_day, monday, moved, shift_month
from memory.date_words import (
    ANY_SEASON,
    COUNT,
    DAY,
    FRENCH,
    LAST,
    MONTH,
    MONTHS,
    NEXT,
    NUMBERS,
    PASTS,
    SEASON,
    SEASON_WORDS,
    SEASONS,
    SHY_DAYS,
    SHY_MONTHS,
    SHY_SEASONS,
    THIS,
    UNIT,
    UNITS,
    WEEKDAY,
    WEEKDAYS,
    WITHIN,
    YEAR,
    kind_of,
)

Lean = Literal["past", "future"]


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days that text names, where it names it, and how finely."""

    start: date
    precision: str  # day, week, month, year
    span: tuple[int, int]
    end: date  # inclusive

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1


def _count(word: str) -> int:
    return int(word) if word.isdigit() else NUMBERS[word]


class Stretch(NamedTuple):
    """What a rule found. Without `end`: to the end of the period that `start` begins."""

    start: date
    precision: str  # as in Period
    end: date | None = None


Found = Stretch | None
Rule = tuple[re.Pattern[str], Callable[[re.Match[str], date, Lean], Found]]


def _year(match: re.Match[str], month: int, day: int, today: date, lean: Lean) -> int:
    if "year" in match.groupdict() and match["year"]:
        return int(match["year"])
    try:
        here = date(today.year, month, day)
    except ValueError:
        return today.year
    if lean == "past":
        return today.year if here <= today else today.year - 1
    return today.year if here >= today else today.year + 1


def _day_month(match: re.Match[str], today: date, lean: Lean) -> Found:
    month, day = MONTHS[match["month"]], int(match["day"])
    return Stretch(date(_year(match, month, day, today, lean), month, day), "day")


def _iso(match: re.Match[str], today: date, lean: Lean) -> Found:
    return Stretch(date(int(match["year"]), int(match["mm"]), int(match["day"])), "day")


def _year_month(match: re.Match[str], today: date, lean: Lean) -> Found:
    return Stretch(date(int(match["year"]), int(match["mm"]), 1), "month")


def _dotted(match: re.Match[str], today: date, lean: Lean) -> Found:
    month, day = int(match["mm"]), int(match["day"])
    return Stretch(date(_year(match, month, day, today, lean), month, day), "day")


def _month_only(match: re.Match[str], today: date, lean: Lean) -> Found:
    word, month = match["month"], MONTHS[match["month"]]
    if word in SHY_MONTHS and not match["year"] and not match["before"]:
        return None
    if match["year"]:
        return Stretch(date(int(match["year"]), month, 1), "month")
    year = today.year
    if lean == "past" and month > today.month:
        year -= 1
    if lean == "future" and month < today.month:
        year += 1
    if match["before"] and re.match(LAST, match["before"].strip()):
        year = today.year if month < today.month else today.year - 1
    return Stretch(date(year, month, 1), "month")


def _year_only(match: re.Match[str], today: date, lean: Lean) -> Found:
    return Stretch(date(int(match["year"]), 1, 1), "year")


def _named(offset: int) -> Callable[[re.Match[str], date, Lean], Found]:
    return lambda match, today, lean: Stretch(today + timedelta(days=offset), "day")


def _unit_step(step: int) -> Callable[[re.Match[str], date, Lean], Found]:
    def of(match: re.Match[str], today: date, lean: Lean) -> Found:
        kind = kind_of(match["unit"])
        return Stretch(first_of(kind, moved(today, step, kind)), kind)

    return of


def _ago(sign: int) -> Callable[[re.Match[str], date, Lean], Found]:
    def of(match: re.Match[str], today: date, lean: Lean) -> Found:
        kind, count = (
            kind_of(match["unit"]),
            _count(match["count"]) * (2 if match["unit"].startswith("fortnight") else 1),
        )
        if count > 200 or (match.group().startswith("for ") and lean == "future"):
            return None
        return Stretch(first_of(kind, moved(today, sign * count, kind)), kind)

    return of


def _half_a_year_ago(match: re.Match[str], today: date, lean: Lean) -> Found:
    return Stretch(first_of("month", moved(today, -6, "month")), "month")


def _weekday(step: int) -> Callable[[re.Match[str], date, Lean], Found]:
    """`step` -1: the last one before today; 1: that of next week; 0: by the way the text leans."""

    def of(match: re.Match[str], today: date, lean: Lean) -> Found:
        number = WEEKDAYS[match["weekday"]]
        if step == 1:
            return Stretch(monday(today) + timedelta(days=7 + number), "day")
        if match["weekday"] in SHY_DAYS and step == 0 and not match["on"]:
            return None
        back = (today.weekday() - number) % 7
        ahead = (number - today.weekday()) % 7
        if step == -1 or (step == 0 and lean == "past"):
            return Stretch(today - timedelta(days=back or (7 if step == -1 else 0)), "day")
        return Stretch(today + timedelta(days=ahead), "day")

    return of


def _year_before(step: int) -> Callable[[re.Match[str], date, Lean], Found]:
    return lambda match, today, lean: Stretch(date(today.year - step, 1, 1), "year")


def _lately(match: re.Match[str], today: date, lean: Lean) -> Found:
    """The days up to today: "over the past three weeks"."""
    kind, word = kind_of(match["unit"]), match["count"]
    is_one = not word and not _PLURAL.search(match["unit"])
    count = _count(word) if word else 1 if is_one else _NUMBER_UNTOLD
    count *= 2 if match["unit"].startswith("fortnight") else 1
    return Stretch(moved(today, -count, kind), kind, today) if count <= 200 else None


def _seasons_back(match: re.Match[str], today: date, lean: Lean) -> Found:
    """The last but one, or the one that was so many ago: the last one is one ago."""
    back = _count(match["count"]) if match.groupdict().get("count") else 2
    first = _last_season(SEASON_WORDS[match["season"]], today)
    return Stretch(
        first.replace(year=first.year - back + 1), "month", _season_end(first.replace(year=first.year - back + 1))
    )


def _last_season(month: int, today: date) -> date:
    """The first day of the last season that is over and begins in this month."""
    start = date(today.year, month, 1)
    return start if _season_end(start) < today else start.replace(year=today.year - 1)


def _season_end(start: date) -> date:
    return last_day(shift_month(start, 2), "month")


def _weekend(match: re.Match[str], today: date, lean: Lean) -> Found:
    saturday = monday(today) + timedelta(days=5)
    word = match["which"] or ""
    if re.match(NEXT, word):
        saturday += timedelta(days=7)
    elif re.match(LAST, word) or (lean == "past" and saturday > today):
        saturday -= timedelta(days=7)
    return Stretch(saturday, "day", saturday + timedelta(days=1))


def _the_nth(match: re.Match[str], today: date, lean: Lean) -> Found:
    day = int(match["day"])
    for step in range(3) if lean == "future" else range(0, -3, -1):
        first = shift_month(today, step)
        try:
            found = first.replace(day=day)
        except ValueError:
            continue
        if (lean == "future" and found >= today) or (lean == "past" and found <= today):
            return Stretch(found, "day")
    return None


def _french_yesterday(match: re.Match[str], today: date, lean: Lean) -> Found:
    """The same word says "here" in German."""
    return _named(-1)(match, today, lean) if FRENCH.search(match.string) else None


def _season(match: re.Match[str], today: date, lean: Lean) -> Found:
    is_told = match["year"] or (match["which"] and (match["which"] != "i " or match["season"] == "vår"))  # no "I fall"
    if match["season"] in SHY_SEASONS and not is_told:
        return None
    month = SEASONS[match["season"]]
    year = int(match["year"]) if match["year"] else today.year
    start = date(year, month, 1)
    if not match["year"]:
        if match["which"] and re.match(LAST, match["which"]):
            start = _last_season(month, today)
        elif lean == "past" and start > today:
            start = date(year - 1, month, 1)
        elif lean == "future" and _season_end(start) < today:
            start = date(year + 1, month, 1)
    return Stretch(start, "month", _season_end(start))


_NUMBER_UNTOLD = 3  # "in the last weeks"
_PLURAL = re.compile(r"(?:s|tagen?|wochen|monaten?|jahren?|dager?|dagene|uker|ukene|måneder|månedene|årene)$")


def _rule(pattern: str, of: Callable[[re.Match[str], date, Lean], Found]) -> Rule:
    return re.compile(rf"(?<!\w){pattern}(?!\w)"), of


_RULES: list[Rule] = [
    _rule(rf"{YEAR}-(?P<mm>\d\d)-(?P<day>\d\d)", _iso),
    _rule(rf"{YEAR}-(?P<mm>0[1-9]|1[0-2])", _year_month),
    _rule(rf"(?P<day>\d{{1,2}})\.(?P<mm>\d{{1,2}})\.(?:{YEAR})?", _dotted),
    _rule(rf"(?:the )?{DAY} ?(?:of |de )?{MONTH}(?:,? (?:de )?{YEAR})?", _day_month),
    _rule(rf"{MONTH} (?:the )?{DAY}(?:,? {YEAR})?(?! ?(?:am|pm|%|kg|km|people|years))", _day_month),
    _rule(
        rf"(?P<before>(?:in|since|from|by|until|till|during|of|early|mid|late|this|last|next|im|seit|ab|bis|letzten|en|desde|hasta|i|siden|fra|til|forrige|sist|siste|end of|start of|beginning of) |mid-)?{MONTH}(?: (?:of |de )?{YEAR})?",
        _month_only,
    ),
    _rule(r"(?:today|tonight|this (?:morning|afternoon|evening)|heute|hoy|i dag|i kveld|aujourd'hui)", _named(0)),
    _rule(r"(?:day before yesterday|vorgestern|anteayer|i forgårs)", _named(-2)),
    _rule(r"(?:yesterday|last night|gestern|ayer|i går)", _named(-1)),
    _rule(r"hier", _french_yesterday),
    _rule(r"(?:i fjor|l'année dernière|voriges jahr)", _year_before(1)),
    _rule(r"(?:day after tomorrow|übermorgen|pasado mañana|i overmorgen)", _named(2)),
    _rule(r"(?:i forfjor|vorvoriges jahr|el año antepasado)", _year_before(2)),
    _rule(
        r"(?:tomorrow|(?<!am )(?<!jeden )(?<!heute )(?<!gestern )(?<!guten )(?<!der )(?<!den )(?<!god )morgen(?! früh)"
        r"|(?<!la )(?<!esta )(?<!cada )mañana|i morgen|demain)",
        _named(1),
    ),
    _rule(
        rf"(?:the )?(?P<which>{LAST} |{NEXT} |{THIS} |over the |at the |on the |am |el )?(?:weekend|wochenende|fin de semana|helg[ae]?n?)",
        _weekend,
    ),
    _rule(rf"{LAST} {WEEKDAY}", _weekday(-1)),
    _rule(rf"(?:el )?{WEEKDAY} (?:pasado|dernier)", _weekday(-1)),
    _rule(rf"{NEXT} {WEEKDAY}", _weekday(1)),
    _rule(rf"(?:el )?{WEEKDAY} (?:que viene|próximo|prochain)", _weekday(1)),
    _rule(rf"(?P<on>(?:on|this|by|since|until|am|el|på|este|diesen|seit|ce) )?{WEEKDAY}s?", _weekday(0)),
    _rule(rf"(?:the )?{UNIT} before last", _unit_step(-2)),
    _rule(rf"vorletzte[nrsm]? {UNIT}", _unit_step(-2)),
    _rule(rf"(?:the )?(?P<season>{SEASON}) before last", _seasons_back),
    _rule(rf"vorletzte[nrsm]? (?P<season>{SEASON})", _seasons_back),
    _rule(rf"{COUNT} (?P<season>{ANY_SEASON}) (?:ago|back|siden)", _seasons_back),
    _rule(rf"(?:vor|hace|for) {COUNT} (?P<season>{ANY_SEASON})(?: siden)?", _seasons_back),
    _rule(rf"{WITHIN} {PASTS} (?:{COUNT} )?{UNIT}", _lately),
    _rule(rf"(?:the |den |die |l[oa]s |de )?{PASTS} {COUNT} {UNIT}", _lately),
    _rule(rf"(?:the |die |l[oa]s |de )?{PASTS} {UNITS}", _lately),
    _rule(rf"{LAST} {UNIT}", _unit_step(-1)),
    _rule(rf"(?:la |el )?{UNIT} (?:pasad[oa]|dernière?)", _unit_step(-1)),
    _rule(rf"(?:i )?{THIS} {UNIT}", _unit_step(0)),
    _rule(rf"{NEXT} {UNIT}", _unit_step(1)),
    _rule(rf"(?:la |el )?{UNIT} (?:que viene|próxim[oa]|prochaine?)", _unit_step(1)),
    _rule(r"(?:half a year ago|vor einem halben jahr|hace medio año|for et halvt år siden)", _half_a_year_ago),
    _rule(rf"(?:about |around |over |almost |nearly )?{COUNT} (?:of )?{UNIT} (?:ago|back|earlier|siden)", _ago(-1)),
    _rule(rf"(?:vor|hace|for|seit|desde hace) {COUNT} {UNIT}(?: siden)?", _ago(-1)),
    _rule(rf"(?:in|dentro de|om) {COUNT} {UNIT}", _ago(1)),
    _rule(
        rf"(?P<which>{LAST} |{NEXT} |{THIS} |in (?:the )?|since |during (?:the )?|every |by |until |im |en |i )?(?P<season>{SEASON})(?: (?:of )?{YEAR})?",
        _season,
    ),
    _rule(rf"(?:on |by |since |until )?the {DAY}(?! (?:of|floor|time|grade|century|place|street|year))", _the_nth),
    _rule(rf"(?:in |since |from |by |until |back in |im jahr |seit |en |desde |i |siden |of )?{YEAR}", _year_only),
]


def find_periods(text: str, today: date, *, lean: Lean = "past") -> list[Period]:
    """Every day or period that `text` names, in the order of the text; where two overlap, the one that says more."""
    lowered = text.casefold() if len(text.casefold()) == len(text) else text.lower()
    found: list[Period] = []
    for pattern, of in _RULES:
        for match in pattern.finditer(lowered):
            span = match.span()
            if any(span[0] < other.span[1] and other.span[0] < span[1] for other in found):
                continue
            try:
                result = of(match, today, lean)
            except (ValueError, OverflowError):  # 31 February, year 0
                continue
            if result is None:
                continue
            found.append(
                Period(result.start, result.precision, span, result.end or last_day(result.start, result.precision))
            )
    return _in_their_year(lowered, sorted(found, key=lambda period: period.span))


def _in_their_year(text: str, periods: list[Period]) -> list[Period]:
    """Two that make one: "in March two years ago", "letzten Sommer", "last year in spring"."""
    joined: list[Period] = []
    for period in periods:
        before = joined[-1] if joined else None
        if before and _JOINS.fullmatch(text[before.span[1] : period.span[0]]):
            year, part = (before, period) if before.precision == "year" else (period, before)
            is_pair = (
                year.precision == "year"
                and year.end == last_day(year.start, "year")
                and part.precision in ("month", "day")
            )
            if is_pair and not _TOLD_YEAR.search(text[slice(*part.span)]):
                joined[-1] = _moved_to(part, year.start.year, (before.span[0], period.span[1]))
                continue
        joined.append(period)
    return joined


_JOINS = re.compile(r",? (?:in |on |of |im |am |en |de |del |i |på )?(?:the |el |la )?|'s |,? ?")
_TOLD_YEAR = re.compile(r"(?:19|20)\d\d|last|next|this|letzt|nächst|pasad|yesterday|today|ago|day|tag|gestern|heute")


def _moved_to(part: Period, year: int, span: tuple[int, int]) -> Period:
    day = min(part.start.day, calendar.monthrange(year, part.start.month)[1])
    start = part.start.replace(year=year, day=day)
    return Period(start, part.precision, span, start + (part.end - part.start))
