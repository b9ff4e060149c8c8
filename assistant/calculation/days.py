"""Sums with days: how long until, since and between, a day so many weeks away, the weekday of a date, an age from a birthday."""

from __future__ import annotations

import re
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from assistant.calculation.calendar import NoSuchDayError, read_day, write_day
from assistant.calculation.types import Calculation, Kind, Problem, ProblemCode

_DAYS, _WEEKS, _MONTHS, _YEARS = (
    r"days?|tage?n?|d[ií]as?|dag(?:er)?",
    r"weeks?|wochen?|semanas?|uker?",
    r"months?|monate?n?|mes(?:es)?|måned(?:er)?",
    r"years?|jahre?n?|años?|år",
)
_SPAN = rf"(?:{_DAYS}|{_WEEKS}|{_MONTHS}|{_YEARS})"
_COUNT = (
    r"(?P<count>\d{1,6}|an?|one|two|three|four|five|six|eine?[mnr]?|zwei|drei|vier|fünf|sechs|"
    r"una?|un|dos|tres|cuatro|cinco|seis|en|ett?|to|tre|fire|fem|seks)"
)
_NUMBERS = {
    word: number
    for number, words in enumerate(
        (
            "a an one ein eine einem einen einer un una en et ett",
            "two zwei dos to",
            "three drei tres tre",
            "four vier cuatro fire",
            "five fünf cinco fem",
            "six sechs seis seks",
        ),
        1,
    )
    for word in words.split()
}
LONGEST = 100_000  # days; beyond that a calendar means nothing to anyone

_UNTIL = tuple(
    re.compile(pattern)
    for pattern in (
        (
            rf"^(?:how (?:(?:many|much) )?)?(?P<unit>{_SPAN}|long|time)"
            r"(?: (?:is it|are there|are left|left|remain|remaining|to go|do i have|more))* (?:until|till|til|to|before) (?P<day>.+)$"
        ),
        (
            rf"^(?:wie ?viele? |wie )?(?P<unit>{_SPAN}|lange)"
            r"(?: (?:sind es|ist es|noch|sind es noch|ist es noch|dauert es|dauert es noch))* (?:bis|vor)(?: zum| zu| zur)? (?P<day>.+)$"
        ),
        rf"^(?:cu[aá]nt[oa]s? )?(?P<unit>{_SPAN}|tiempo)(?: (?:faltan?|quedan?|hay))* (?:para|hasta)(?: el| la)? (?P<day>.+)$",
        rf"^(?:hvor (?:mange )?)?(?P<unit>{_SPAN}|lenge)(?: (?:er det|er det igjen|igjen))* (?:til|før) (?P<day>.+)$",
    )
)
_SINCE = tuple(
    re.compile(pattern)
    for pattern in (
        (
            rf"^(?:how (?:(?:many|much) )?)?(?P<unit>{_SPAN}|long|time)"
            r"(?: (?:is it|is it been|has it been|have passed|has passed|ago was|ago is))* (?:since|ago was)? ?(?P<day>.+)$"
        ),
        rf"^(?:wie ?viele? |wie )?(?P<unit>{_SPAN}|lange)(?: (?:sind(?: es)?|ist es|vergangen|her))* seit(?: dem)? (?P<day>.+?)(?: vergangen| her)?$",
        rf"^(?:cu[aá]nt[oa]s? )?(?P<unit>{_SPAN}|tiempo)(?: (?:han pasado|ha pasado|hace|van|lleva))* desde(?: el| la)? (?P<day>.+)$",
        rf"^(?:hvor (?:mange )?)?(?P<unit>{_SPAN}|lenge)(?: (?:er det|har det gått|siden))* siden (?P<day>.+)$",
    )
)
_BETWEEN = tuple(
    re.compile(pattern)
    for pattern in (
        rf"^(?:how many )?(?P<unit>{_SPAN})(?: (?:are there|are|is it))? (?:between|from) (?P<start>.+?) (?:and|to|until|till) (?P<day>.+)$",
        rf"^(?:wie ?viele? )?(?P<unit>{_SPAN})(?: (?:sind es|liegen))? (?:zwischen|vom?) (?:dem )?(?P<start>.+?) (?:und|bis)(?: zum)?(?: dem)? (?P<day>.+)$",
        rf"^(?:cu[aá]nt[oa]s? )?(?P<unit>{_SPAN})(?: (?:hay|van))? (?:entre|del|desde) (?:el )?(?P<start>.+?) (?:y|al|hasta)(?: el)? (?P<day>.+)$",
        rf"^(?:hvor mange )?(?P<unit>{_SPAN})(?: (?:er det))? (?:mellom|fra) (?P<start>.+?) (?:og|til) (?P<day>.+)$",
    )
)
_ASK_DAY = (
    r"(?:what(?:'s| is| was| will be)? ?(?:the )?(?:date|day)?(?: of the week)? ?(?:is it|was it|will it be|is|was)? ?|when (?:is|was) |"
    r"welche(?:r|s|n) (?:tag|datum)(?: ist| war| haben wir)? ?|wann ist |was ist |"
    r"qu[eé] (?:d[ií]a|fecha) (?:es|ser[aá]|era|fue)? ?|cu[aá]ndo es |hvilken dag er(?: det)? |når er )"
)
_AHEAD = tuple(
    re.compile(rf"^{_ASK_DAY}?{pattern}$")
    for pattern in (
        rf"{_COUNT} (?P<unit>{_SPAN}) (?:from (?P<now>now|today|tomorrow)|(?:after|from) (?P<after>.+)|before (?P<before>.+))",
        rf"(?P<now>heute|morgen) in {_COUNT} (?P<unit>{_SPAN})",
        rf"{_COUNT} (?P<unit>{_SPAN}) (?:ab (?P<now>heute|morgen)|nach (?:dem )?(?P<after>.+)|vor (?:dem )?(?P<before>.+))",
        rf"{_COUNT} (?P<unit>{_SPAN}) (?:(?:a partir de|desde) (?P<now>hoy|mañana)|despu[eé]s del? (?P<after>.+)|antes del? (?P<before>.+))",
        rf"{_COUNT} (?P<unit>{_SPAN}) (?:fra (?P<now>i dag|nå)|etter (?P<after>.+)|før (?P<before>.+))",
        rf"(?P<now>)(?:in|within|dentro de|en|om) {_COUNT} (?P<unit>{_SPAN})",
        rf"{_COUNT} (?P<unit>{_SPAN}) (?P<ago>ago)",
        rf"(?P<ago>vor|hace) {_COUNT} (?P<unit>{_SPAN})",
        rf"(?P<ago>for) {_COUNT} (?P<unit>{_SPAN}) siden",
    )
)
_WEEKDAY = tuple(
    re.compile(pattern)
    for pattern in (
        r"^(?:what|which) (?:week)?day (?:of the week )?(?:is|was|will|does|did) (?P<day>.+?)(?: be| fall on| on)?$",
        r"^(?:welche[rn]|was für ein) (?:wochen)?tag (?:ist|war|wird)(?: der| am)? (?P<day>.+)$",
        r"^(?:auf|an) welche[nm] (?:wochen)?tag (?:fällt|ist|war)(?: der)? (?P<day>.+)$",
        r"^(?:en )?qu[eé] d[ií]a(?: de la semana)? (?:es|cae|caer[aá]|fue|era)(?: el)? (?P<day>.+)$",
        r"^hvilken (?:uke)?dag (?:er|var|blir) (?P<day>.+)$",
    )
)
_AGE = tuple(
    re.compile(pattern)
    for pattern in (
        r"^how old (?:is|are|would|will|am) .*?born (?:on |in )?(?P<day>.+?)(?: be)?$",
        r"^wie alt (?:ist|wäre|wird|bin|bist) .*?(?:am |im jahr )?(?P<day>\d[\w. äöü-]*?) geboren.*$",
        r"^cu[aá]ntos años (?:tiene|tendr[ií]a|tengo) .*?(?:nacid[oa]|naci[oóe]|que naci[oó]) (?:el |en )?(?P<day>.+)$",
        r"^hvor gammel (?:er|blir) .*?født (?:den |i )?(?P<day>.+)$",
    )
)

_UNITS = {
    "en": (("day", "days"), ("week", "weeks"), ("month", "months"), ("year", "years")),
    "de": (("Tag", "Tage"), ("Woche", "Wochen"), ("Monat", "Monate"), ("Jahr", "Jahre")),
    "es": (("día", "días"), ("semana", "semanas"), ("mes", "meses"), ("año", "años")),
    "nb": (("dag", "dager"), ("uke", "uker"), ("måned", "måneder"), ("år", "år")),
}
_AND = {"en": "and", "de": "und", "es": "y", "nb": "og"}
_OLD = {"en": "{years} old", "de": "{years} alt", "es": "{years}", "nb": "{years} gammel"}


def solve_days(text: str, *, today: date, language: str) -> Calculation | Problem | None:
    """The sum with days in `text` (case-folded), or None when it is none."""
    try:
        for solve in (_age, _between, _until, _ahead, _weekday, _since):
            found = solve(text, today, language)
            if found is not None:
                return found
    except NoSuchDayError:
        return Problem(ProblemCode.NO_SUCH_DAY, text)
    except OverflowError:
        return Problem(ProblemCode.TOO_LARGE, text)
    return None


def _until(text: str, today: date, language: str) -> Calculation | None:
    for pattern in _UNTIL:
        match = pattern.match(text)
        day = read_day(match["day"], today=today) if match else None
        if match and day:
            return _span(today, day, match["unit"], language=language)
    return None


def _since(text: str, today: date, language: str) -> Calculation | None:
    for pattern in _SINCE:
        match = pattern.match(text)
        if not match or not re.search(r"\b(?:since|ago|seit|desde|siden)\b", text):
            continue
        day = read_day(match["day"], today=today, forward=False)
        if day and day <= today:
            return _span(day, today, match["unit"], language=language)
    return None


def _between(text: str, today: date, language: str) -> Calculation | None:
    for pattern in _BETWEEN:
        match = pattern.match(text)
        if not match:
            continue
        start = read_day(match["start"], today=date(today.year, 1, 1))  # "1 March" is this year's, gone or not
        end = read_day(match["day"], today=start or today)
        if start and end:
            return _span(start, end, match["unit"], language=language)
    return None


def _ahead(text: str, today: date, language: str) -> Calculation | None:
    for pattern in _AHEAD:
        match = pattern.match(text)
        if not match:
            continue
        groups = match.groupdict()
        count = int(groups["count"]) if groups["count"].isdigit() else _NUMBERS.get(groups["count"], 0)
        origin = groups.get("after") or groups.get("before") or groups.get("now") or "today"
        start = read_day(origin, today=today)
        if start is None or not count:
            continue
        back = bool(groups.get("ago") or groups.get("before"))
        if count > LONGEST:
            raise OverflowError
        try:
            day = start + _step(match["unit"], -count if back else count)
        except (ValueError, OverflowError) as error:  # before year 1 or after 9999
            raise OverflowError from error
        result = write_day(day, language=language)
        sign = "−" if back else "+"
        return Calculation(
            Kind.DAY,
            day,
            result,
            f"{write_day(start, language=language)} {sign} {_amount(count, _which(match['unit']), language)} = {result}",
        )
    return None


def _weekday(text: str, today: date, language: str) -> Calculation | None:
    for pattern in _WEEKDAY:
        match = pattern.match(text)
        day = read_day(match["day"], today=today) if match else None
        if day:
            result = write_day(day, language=language)
            return Calculation(Kind.DAY, day, result, result)
    return None


def _age(text: str, today: date, language: str) -> Calculation | Problem | None:
    for pattern in _AGE:
        match = pattern.match(text)
        if not match:
            continue
        born = read_day(match["day"], today=today, forward=False)
        if born is None:
            continue
        if born > today:
            return Problem(ProblemCode.NOT_BORN_YET, match["day"])
        years = relativedelta(today, born).years
        result = _OLD[language].format(years=_amount(years, 3, language))
        return Calculation(
            Kind.AGE,
            years,
            result,
            f"{write_day(born, language=language)} → {write_day(today, language=language)} = {result}",
        )
    return None


def _which(unit: str) -> int:
    return next((index for index, words in enumerate((_DAYS, _WEEKS, _MONTHS, _YEARS)) if re.fullmatch(words, unit)), 0)


def _step(unit: str, count: int) -> timedelta | relativedelta:
    which = _which(unit)
    return (timedelta(days=count), timedelta(weeks=count), relativedelta(months=count), relativedelta(years=count))[
        which
    ]


def _amount(count: int, which: int, language: str) -> str:
    return f"{count} {_UNITS[language][which][abs(count) != 1]}"


def _span(start: date, end: date, unit: str, *, language: str) -> Calculation:
    """From `start` to `end` in days; in weeks, months or years with what is left over, when these were asked for."""
    days = (end - start).days
    size = abs(days)
    which = _which(unit)
    parts = [(size, 0)]
    if which == 1:
        parts = [(size // 7, 1), (size % 7, 0)]
    elif which >= 2:
        gap = relativedelta(max(start, end), min(start, end))
        parts = (
            [(gap.years, 3), (gap.months, 2), (gap.days, 0)]
            if which == 3
            else [(gap.years * 12 + gap.months, 2), (gap.days, 0)]
        )
    words = [_amount(count, index, language) for count, index in parts if count] or [_amount(0, which, language)]
    result = words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {_AND[language]} {words[-1]}"
    working = f"{write_day(start, language=language)} → {write_day(end, language=language)} = {result}"
    return Calculation(Kind.DAYS, days, result, working)
