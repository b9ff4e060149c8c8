"""The words by which days and periods are named in English, German, Spanish and Norwegian (days and months in French too), and patterns made of them."""

from __future__ import annotations

import re

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
NUMBERS = {
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
SHY_MONTHS = frozenset(
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
SHY_DAYS = frozenset({"mon", "sun", "sat", "wed", "fri", "tue", "thu", "martes"})
SEASONS = {
    "spring": 3,
    "summer": 6,
    "autumn": 9,
    "fall": 9,
    "winter": 12,
    "frühling": 3,
    "frühjahr": 3,
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
SEASON_WORDS = SEASONS | {
    word: month
    for month, words in {
        3: "springs frühlingen primaveras vårer",
        6: "summers sommern veranos somre",
        9: "autumns falls otoños høster",
        12: "winters wintern inviernos vintre",
    }.items()
    for word in words.split()
}
SHY_SEASONS = frozenset(
    {"spring", "fall", "vår"}
)  # words of other meanings as well: "did I fall", "spring onions", "our"
FRENCH = re.compile(
    r"\b(?:j'ai|je suis|nous|avons|c'était|était|mon|ma|mes|chez|avec|elle|avant-hier)\b|\bhier (?:soir|matin)\b"
)

MONTH = "(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\.?"
WEEKDAY = "(?P<weekday>" + "|".join(sorted(WEEKDAYS, key=len, reverse=True)) + ")"
COUNT = r"(?P<count>\d{1,3}|" + "|".join(sorted(NUMBERS, key=len, reverse=True)) + ")"
DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|\.|º)?"
YEAR = r"(?P<year>(?:19|20)\d{2})"
UNIT = (
    r"(?P<unit>days?|weeks?|fortnights?|months?|years?|tage?n?|wochen?|monate?[ns]?|jahre?[ns]?|días?|dias?|semanas?|mes(?:es)?|años?"
    r"|dager?|dagene|uker?|ukene|måneder?|måned|månedene|år|årene)"
)
LAST = r"(?:last|past|letzte[nrsm]?|vorige[nrsm]?|vergangene[nrsm]?|pasad[oa]|forrige|sist[e]?|dernier|dernière)"
NEXT = r"(?:next|coming|nächste[nrsm]?|kommende[nrsm]?|próxim[oa]|neste|kommende|prochaine?)"
THIS = r"(?:this|diese[nrsm]?|est[ea]|denne|dette|ce|cette)"
SEASON = "|".join(SEASONS)
ANY_SEASON = "|".join(SEASON_WORDS)
WITHIN = r"(?:(?:over|in|during|within|for|throughout) (?:the|these)|in (?:den|der)|während der|(?:en|durante) (?:l[oa]s?|el)|(?:i|på|gjennom) (?:de|den|det))"
PASTS = r"(?:last|past|letzten|vergangenen|vorigen|últim[oa]s?|pasad[oa]s|siste)"
UNITS = r"(?P<unit>days|weeks|months|years|tagen?|wochen|monaten?|jahren?|días|dias|semanas|meses|años|dager|dagene|uker|ukene|månedene|årene)(?P<count>)"


def kind_of(unit: str) -> str:
    """The precision of a Period that lasts one `unit`, a word that UNIT matches: day, week, month or year."""
    if unit.startswith(("day", "tag", "día", "dia", "dag")):
        return "day"
    if unit.startswith(("week", "fortnight", "woche", "semana", "uke")):
        return "week"
    if unit.startswith(("month", "monat", "mes", "måned")):
        return "month"
    return "year"
