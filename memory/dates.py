"""Days and periods in plain words, relative to the day on which they were said: English, German, Spanish and Norwegian. Pure.

Weeks begin on Monday. `lean` settles what the words leave open: "in March" and "on Friday" mean the last one in a tale, the next one in a plan.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

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


_MONTH_WORDS = {
    1: "january jan januar jän enero ene janvier",
    2: "february feb februar febrero février",
    3: "march mar märz marzo mars",
    4: "april apr abril abr avril",
    5: "may mai mayo",
    6: "june jun juni junio juin",
    7: "july jul juli julio juillet",
    8: "august aug agosto ago août",
    9: "september sept sep septiembre septembre",
    10: "october oct oktober okt octubre octobre",
    11: "november nov noviembre novembre",
    12: "december dec dezember dez desember des diciembre dic décembre",
}
MONTHS = {word: number for number, words in _MONTH_WORDS.items() for word in words.split()}
_DAY_WORDS = {
    0: "monday mon montag lunes mandag lundi",
    1: "tuesday tue tues dienstag martes tirsdag mardi",
    2: "wednesday wed mittwoch miércoles onsdag mercredi",
    3: "thursday thu thur thurs donnerstag jueves torsdag jeudi",
    4: "friday fri freitag viernes fredag vendredi",
    5: "saturday sat samstag sonnabend sábado lørdag samedi",
    6: "sunday sun sonntag domingo søndag dimanche",
}
WEEKDAYS = {word: number for number, words in _DAY_WORDS.items() for word in words.split()}
_NUMBERS = {
    word: number
    for number, words in {
        1: "one a an einem einer ein eine un una uno en ett et",
        2: "two zwei dos to couple",
        3: "three drei tres tre few",
        4: "four vier cuatro fire",
        5: "five fünf cinco fem",
        6: "six sechs seis seks",
        7: "seven sieben siete sju syv",
        8: "eight acht ocho åtte",
        9: "nine neun nueve ni",
        10: "ten zehn diez ti",
        11: "eleven elf once elleve",
        12: "twelve zwölf doce tolv",
    }.items()
    for word in words.split()
}
# A short or ambiguous word is a month only after a preposition or beside a number.
_SHY = frozenset(
    {
        "may",
        "mar",
        "sept",
        "sep",
        "dec",
        "des",
        "jan",
        "jun",
        "jul",
        "ago",
        "mai",
        "ene",
        "abr",
        "dic",
        "mars",
        "march",
        "august",
        "april",
    }
)
_SHY_DAYS = frozenset({"mon", "sun", "sat", "wed", "fri", "tue", "thu", "martes"})
_SEASONS = {
    "spring": 3,
    "summer": 6,
    "autumn": 9,
    "fall": 9,
    "winter": 12,
    "frühling": 3,
    "sommer": 6,
    "herbst": 9,
    "verano": 6,
    "primavera": 3,
    "otoño": 9,
    "invierno": 12,
    "høst": 9,
    "vår": 3,
    "vinter": 12,
}
_SHY_SEASONS = frozenset(
    {"spring", "fall", "vår"}
)  # words of other meanings as well: "did I fall", "spring onions", "our"
_FRENCH = re.compile(
    r"\b(?:j'ai|je suis|nous|avons|c'était|était|mon|ma|mes|chez|avec|elle|avant-hier)\b|\bhier (?:soir|matin)\b"
)

_M = "(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\.?"
_W = "(?P<weekday>" + "|".join(sorted(WEEKDAYS, key=len, reverse=True)) + ")"
_N = r"(?P<count>\d{1,3}|" + "|".join(sorted(_NUMBERS, key=len, reverse=True)) + ")"
_D = r"(?P<day>\d{1,2})(?:st|nd|rd|th|\.|º)?"
_Y = r"(?P<year>(?:19|20)\d{2})"
_UNIT = r"(?P<unit>days?|weeks?|months?|years?|tage?n?|wochen?|monate?n?|jahre?n?|días?|dias?|semanas?|mes(?:es)?|años?|dager?|uker?|måneder?|måned|år)"
_LAST = r"(?:last|past|letzte[nrsm]?|vorige[nrsm]?|vergangene[nrsm]?|pasad[oa]|forrige|sist[e]?|dernier|dernière)"
_NEXT = r"(?:next|coming|nächste[nrsm]?|kommende[nrsm]?|próxim[oa]|neste|kommende|prochaine?)"
_THIS = r"(?:this|diese[nrsm]?|est[ea]|denne|dette|ce|cette)"


def last_day(day: date, precision: str) -> date:
    """The last day of the period that `day` begins."""
    if precision == "week":
        return day + timedelta(days=6)
    if precision == "month":
        return day.replace(day=calendar.monthrange(day.year, day.month)[1])
    if precision == "year":
        return day.replace(month=12, day=31)
    return day


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _shift_month(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def _count(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBERS[word]


def _kind(unit: str) -> str:
    if unit.startswith(("day", "tag", "día", "dia", "dag")):
        return "day"
    if unit.startswith(("week", "woche", "semana", "uke")):
        return "week"
    if unit.startswith(("month", "monat", "mes", "måned")):
        return "month"
    return "year"


def _of(kind: str, day: date) -> date:
    """The first day of the period of this kind that holds `day`."""
    if kind == "week":
        return _monday(day)
    if kind == "month":
        return day.replace(day=1)
    return day.replace(month=1, day=1) if kind == "year" else day


def _moved(today: date, count: int, kind: str) -> date:
    if kind == "day":
        return today + timedelta(days=count)
    if kind == "week":
        return today + timedelta(days=7 * count)
    if kind == "month":
        first = _shift_month(today, count)
        return first.replace(day=min(today.day, last_day(first, "month").day))
    return today.replace(year=today.year + count, day=min(today.day, 28) if today.month == 2 else today.day)


Found = tuple[date, str] | None
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
    return date(_year(match, month, day, today, lean), month, day), "day"


def _iso(match: re.Match[str], today: date, lean: Lean) -> Found:
    return date(int(match["year"]), int(match["mm"]), int(match["day"])), "day"


def _dotted(match: re.Match[str], today: date, lean: Lean) -> Found:
    month, day = int(match["mm"]), int(match["day"])
    return date(_year(match, month, day, today, lean), month, day), "day"


def _month_only(match: re.Match[str], today: date, lean: Lean) -> Found:
    word, month = match["month"], MONTHS[match["month"]]
    if word in _SHY and not match["year"] and not match["before"]:
        return None
    if match["year"]:
        return date(int(match["year"]), month, 1), "month"
    year = today.year
    if lean == "past" and month > today.month:
        year -= 1
    if lean == "future" and month < today.month:
        year += 1
    if match["before"] and re.match(_LAST, match["before"].strip()):
        year = today.year if month < today.month else today.year - 1
    return date(year, month, 1), "month"


def _year_only(match: re.Match[str], today: date, lean: Lean) -> Found:
    return date(int(match["year"]), 1, 1), "year"


def _named(offset: int) -> Callable[[re.Match[str], date, Lean], Found]:
    return lambda match, today, lean: (today + timedelta(days=offset), "day")


def _unit_step(step: int) -> Callable[[re.Match[str], date, Lean], Found]:
    def of(match: re.Match[str], today: date, lean: Lean) -> Found:
        kind = _kind(match["unit"])
        return _of(kind, _moved(today, step, kind)), kind

    return of


def _ago(sign: int) -> Callable[[re.Match[str], date, Lean], Found]:
    def of(match: re.Match[str], today: date, lean: Lean) -> Found:
        kind, count = _kind(match["unit"]), _count(match["count"])
        if count > 200 or (match.group().startswith("for ") and lean == "future"):
            return None
        moved = _moved(today, sign * count, kind)
        return (moved, "day") if kind == "day" else (_of(kind, moved), kind)

    return of


def _weekday(step: int) -> Callable[[re.Match[str], date, Lean], Found]:
    """`step` -1: the last one before today; 1: that of next week; 0: by the way the text leans."""

    def of(match: re.Match[str], today: date, lean: Lean) -> Found:
        number = WEEKDAYS[match["weekday"]]
        if step == 1:
            return _monday(today) + timedelta(days=7 + number), "day"
        if match["weekday"] in _SHY_DAYS and step == 0 and not match["on"]:
            return None
        back = (today.weekday() - number) % 7
        ahead = (number - today.weekday()) % 7
        if step == -1 or (step == 0 and lean == "past"):
            return today - timedelta(days=back or (7 if step == -1 else 0)), "day"
        return today + timedelta(days=ahead), "day"

    return of


def _year_before(match: re.Match[str], today: date, lean: Lean) -> Found:
    return date(today.year - 1, 1, 1), "year"


def _weekend(match: re.Match[str], today: date, lean: Lean) -> Found:
    saturday = _monday(today) + timedelta(days=5)
    word = match["which"] or ""
    if re.match(_NEXT, word):
        saturday += timedelta(days=7)
    elif re.match(_LAST, word) or (lean == "past" and saturday > today):
        saturday -= timedelta(days=7)
    return saturday, "day"


def _the_nth(match: re.Match[str], today: date, lean: Lean) -> Found:
    day = int(match["day"])
    for step in range(3) if lean == "future" else range(0, -3, -1):
        first = _shift_month(today, step)
        try:
            found = first.replace(day=day)
        except ValueError:
            continue
        if (lean == "future" and found >= today) or (lean == "past" and found <= today):
            return found, "day"
    return None


def _french_yesterday(match: re.Match[str], today: date, lean: Lean) -> Found:
    """The same word says "here" in German."""
    return _named(-1)(match, today, lean) if _FRENCH.search(match.string) else None


def _season(match: re.Match[str], today: date, lean: Lean) -> Found:
    is_told = match["year"] or (match["which"] and (match["which"] != "i " or match["season"] == "vår"))  # no "I fall"
    if match["season"] in _SHY_SEASONS and not is_told:
        return None
    month = _SEASONS[match["season"]]
    year = int(match["year"]) if match["year"] else today.year
    start = date(year, month, 1)
    if not match["year"]:
        if lean == "past" and start > today:
            start = date(year - 1, month, 1)
        if lean == "future" and last_day(_shift_month(start, 2), "month") < today:
            start = date(year + 1, month, 1)
        if match["which"] and re.match(_LAST, match["which"]) and last_day(_shift_month(start, 2), "month") >= today:
            start = date(start.year - 1, month, 1)
    return start, "season"


def _rule(pattern: str, of: Callable[[re.Match[str], date, Lean], Found]) -> Rule:
    return re.compile(rf"(?<!\w){pattern}(?!\w)"), of


_RULES: list[Rule] = [
    _rule(rf"{_Y}-(?P<mm>\d\d)-(?P<day>\d\d)", _iso),
    _rule(rf"(?P<day>\d{{1,2}})\.(?P<mm>\d{{1,2}})\.(?:{_Y})?", _dotted),
    _rule(rf"(?:the )?{_D} ?(?:of |de )?{_M}(?:,? (?:de )?{_Y})?", _day_month),
    _rule(rf"{_M} (?:the )?{_D}(?:,? {_Y})?(?! ?(?:am|pm|%|kg|km|people|years))", _day_month),
    _rule(
        rf"(?P<before>(?:in|since|from|by|until|till|during|of|early|mid|late|this|last|next|im|seit|ab|bis|letzten|en|desde|hasta|i|siden|fra|til|forrige|mid-|end of|start of|beginning of) )?{_M}(?: (?:of |de )?{_Y})?",
        _month_only,
    ),
    _rule(r"(?:today|tonight|this (?:morning|afternoon|evening)|heute|hoy|i dag|i kveld|aujourd'hui)", _named(0)),
    _rule(r"(?:day before yesterday|vorgestern|anteayer|i forgårs)", _named(-2)),
    _rule(r"(?:yesterday|last night|gestern|ayer|i går)", _named(-1)),
    _rule(r"hier", _french_yesterday),
    _rule(r"(?:i fjor|l'année dernière|voriges jahr)", _year_before),
    _rule(r"(?:day after tomorrow|übermorgen|pasado mañana|i overmorgen)", _named(2)),
    _rule(
        r"(?:tomorrow|(?<!am )(?<!jeden )(?<!heute )(?<!gestern )(?<!guten )(?<!der )(?<!den )(?<!god )morgen(?! früh)"
        r"|(?<!la )(?<!esta )(?<!cada )mañana|i morgen|demain)",
        _named(1),
    ),
    _rule(
        rf"(?:the )?(?P<which>{_LAST} |{_NEXT} |{_THIS} |over the |at the |on the |am |el )?(?:weekend|wochenende|fin de semana|helg[ae]?n?)",
        _weekend,
    ),
    _rule(rf"{_LAST} {_W}", _weekday(-1)),
    _rule(rf"(?:el )?{_W} (?:pasado|dernier)", _weekday(-1)),
    _rule(rf"{_NEXT} {_W}", _weekday(1)),
    _rule(rf"(?:el )?{_W} (?:que viene|próximo|prochain)", _weekday(1)),
    _rule(rf"(?P<on>(?:on|this|by|since|until|am|el|på|este|diesen|seit|ce) )?{_W}s?", _weekday(0)),
    _rule(rf"{_LAST} {_UNIT}", _unit_step(-1)),
    _rule(rf"(?:la |el )?{_UNIT} (?:pasad[oa]|dernière?)", _unit_step(-1)),
    _rule(rf"(?:i )?{_THIS} {_UNIT}", _unit_step(0)),
    _rule(rf"{_NEXT} {_UNIT}", _unit_step(1)),
    _rule(rf"(?:la |el )?{_UNIT} (?:que viene|próxim[oa]|prochaine?)", _unit_step(1)),
    _rule(rf"(?:about |around |over |almost |nearly )?{_N} (?:of )?{_UNIT} (?:ago|back|earlier|siden)", _ago(-1)),
    _rule(rf"(?:vor|hace|for|seit|desde hace) {_N} {_UNIT}(?: siden)?", _ago(-1)),
    _rule(rf"(?:in|dentro de|om) {_N} {_UNIT}", _ago(1)),
    _rule(
        rf"(?P<which>{_LAST} |{_NEXT} |{_THIS} |in (?:the )?|since |during (?:the )?|every |by |until |im |en |i )?(?P<season>{'|'.join(_SEASONS)})(?: (?:of )?{_Y})?",
        _season,
    ),
    _rule(rf"(?:on |by |since |until )?the {_D}(?! (?:of|floor|time|grade|century|place|street|year))", _the_nth),
    _rule(rf"(?:in |since |from |by |until |back in |im jahr |seit |en |desde |i |siden |of )?{_Y}", _year_only),
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
            start, precision = result
            if precision == "season":
                found.append(Period(start, "month", span, last_day(_shift_month(start, 2), "month")))
            else:
                end = (
                    start + timedelta(days=1)
                    if "weekend" in match.group() or "wochenende" in match.group()
                    else last_day(start, precision)
                )
                found.append(Period(start, precision, span, end))
    return sorted(found, key=lambda period: period.span)
