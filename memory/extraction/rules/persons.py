"""Names of people and animals as values: those that follow their relation, and those behind a comma or in brackets. Pure."""

from __future__ import annotations

import re

from memory.extraction.rules.clauses import Clause
from memory.extraction.rules.values import names
from memory.extraction.rules.words import NO_NAMES

_ANNOUNCED = re.compile(r"\b(?:called|named)\s*$", re.IGNORECASE)
# "el perro de mi vecina se llama Toby", "der Hund meiner Schwester heißt Karl": the name is another's.
_OF_ANOTHER = re.compile(r"\b(?:de|del|von|vom|til|av|of)\s*$|(?-i:\b[A-ZÄÖÜ]\w+)\s+$", re.IGNORECASE)
_CALLED = re.compile(
    r"(?<!\w)(?:(?P<genitive>meiner|unserer|meines|unseres|seiner|ihrer)\s.*)?(?:se llaman?|hei(?:ß|ss)t|heter)\s*$",
    re.IGNORECASE,
)


def _is_of_another(match: re.Match[str], clause: Clause) -> bool:
    called = _CALLED.search(clause.text[: match.start("v")], match.start())
    owner = _OF_ANOTHER.search(clause.text[: match.start()]) if called else None
    return bool(called and owner and (called["genitive"] or owner.group()[:1].islower()))


def relatives(match: re.Match[str], clause: Clause) -> list[str]:
    """One or several names of people or animals, never a nationality or a day."""
    if _is_of_another(match, clause):
        return []
    text = clause.text[match.start("v") :] + clause.after
    if _ANNOUNCED.search(clause.text[: match.start("v")]):
        return names(text)  # a parrot called Kiwi
    return [one for one in names(text) if one.split()[0].casefold() not in NO_NAMES]


def relative(match: re.Match[str], clause: Clause) -> list[str]:
    """The first name alone."""
    return relatives(match, clause)[:1]


_PERSON = re.compile(
    r"(?:kids?|children|sons?|daughters?|boys|girls|twins|sisters?|brothers?|siblings?|\d|one|two|three|four|wife|husband|partner|girlfriend|boyfriend|kind(?:er)?|sohn|söhne|tochter|töchter|geschwister|brüder|bruder|schwestern?|hij[oa]s?|niñ[oa]s?|herman[oa]s?|barn|sønn(?:er)?|døtre|datter|søsken|brødre|søstre)\W*$",
    re.IGNORECASE,
)


def names_after(match: re.Match[str], clause: Clause) -> list[str]:
    """Names behind the comma or colon that ended the clause: "I have two sons, Ari and Noam"; of people in brackets too, where animals have their breed."""
    found = re.match(r"\s*[,:(–-]\s*" if _PERSON.search(match.group()) else r"\s*[,:–-]\s*", clause.after)
    return names(clause.after[found.end() :]) if found else []
