"""When a child is to be born, told behind the news: "pregnant, due on 3 August", "schwanger, Termin ist der 3. August". Four languages."""

from __future__ import annotations

import re

from memory.extraction.rules import days
from memory.extraction.rules.clauses import Clause
from memory.extraction.rules.patterns import Pattern, Shape, pattern

_NEWS = re.compile(
    r"(?:^|\b(?:i['’]?m|i am|we['’]?re|we are|ich bin|wir sind|estoy|estamos|jeg er|vi er|er|bin|sind)\b|[,.!;:])\W*(?:(?:and|so|also|finally|now|just|officially|und|jetzt|endlich|y|ahora|por fin|og|nå|endelig|yes|yay|hi|hey|hallo|hola|hei)\b\W*)*"
    r"(?:\d{1,2} (?:weeks|months) |im \w+ monat |de \w+ (?:meses|semanas) )?(?:pregnant|expecting|schwanger|embarazadas?|gravid)(?: (?:again|with (?:twins|number \w+|my \w+|our \w+)|a (?:baby|boy|girl)|our \w+|twins|wieder|mit zwillingen|otra vez|de gemelos|igjen|med tvillinger))*\W*(?:(?:and|und|y|og)\W*)?$",
    re.IGNORECASE,
)


def _behind_the_news(shape: Shape) -> Shape:
    """`shape`, where the sentence, or the one before it, says first that the speaker is with child."""

    def read(match: re.Match[str], clause: Clause) -> list[str]:
        told = clause.before if clause.before.strip() else clause.previous
        return shape(match, clause) if _NEWS.search(told.rstrip(" .!")) else []

    return read


_BORN = _behind_the_news(days.day_of_year)
ENGLISH_EXPECTING: tuple[Pattern, ...] = (
    pattern("due_date", r"^\W*(?:(?:and|the baby|baby|i['’]?m|it['’]?s|is|we['’]?re) )*due(?: date(?: is)?)?:? (?:on |around |about )?(?:the )?(?P<v>.+)", _BORN, is_dated=True, lean="future"),
)  # fmt: skip
GERMAN_EXPECTING: tuple[Pattern, ...] = (
    pattern("due_date", r"^\W*(?:und )?(?:der |mein )?(?:(?:geburts|entbindungs)?termin|es kommt|es soll)(?: ist| kommen)?:? (?:am |um den |der )?(?P<v>.+)", _BORN, is_dated=True, lean="future"),
    pattern("due_date", r"\bmein (?:geburts|entbindungs)termin ist (?:am |der |um den )?(?P<v>.+)", days.day_of_year, is_dated=True, lean="future"),
)  # fmt: skip
SPANISH_EXPECTING: tuple[Pattern, ...] = (
    pattern("due_date", r"^\W*(?:y )?(?:salgo de cuentas|nace|nacerá|la fecha es|para)(?: sobre)? (?:el )?(?P<v>.+)", _BORN, is_dated=True, lean="future"),
    pattern("due_date", r"\bsalgo de cuentas (?:el |sobre el )?(?P<v>.+)", days.day_of_year, is_dated=True, lean="future"),
)  # fmt: skip
NORWEGIAN_EXPECTING: tuple[Pattern, ...] = (
    pattern("due_date", r"^\W*(?:og )?(?:har )?termin(?:en)?(?: er)?:? (?:den )?(?P<v>.+)", _BORN, is_dated=True, lean="future"),
    pattern("due_date", r"\bjeg har termin (?:den )?(?P<v>.+)", days.day_of_year, is_dated=True, lean="future"),
)  # fmt: skip
