"""English: a name told by the way. "name's Kusum" is the speaker's own at the beginning, and that of the one just spoken of behind "my gran is 81"."""

from __future__ import annotations

import re

from memory.extraction.rules import shapes
from memory.extraction.rules.clauses import Clause
from memory.extraction.rules.english_forms import OLDER, UPPER
from memory.extraction.rules.kin import kin_words
from memory.extraction.rules.patterns import Pattern, Shape, pattern
from memory.facts.relations import PET_WORDS, predicate_for, relation_in

_OTHERS = re.compile(
    r"\b(?:he|she|they|his|her|their|him|them|its|your|who|somebody|someone|(?:an?|the|this|that|new) (?:[\w\-]+ )?(?:guy|man|woman|girl|boy|lady|bloke|lad|kid|person|teacher|student|client|customer|company|shop|place|band|film|book|game|app|project|character|hero|town|street))\b",
    re.IGNORECASE,
)
_SOMEBODY_NEAR = "|".join(
    [*kin_words().values(), *sorted((re.escape(word) for word in PET_WORDS if word.isascii()), key=len, reverse=True)]
)
_NEAR = re.compile(
    rf"\W*(?:(?:hi|hey|so|and|but|btw|well|oh|ok|also|yes)\W+)*(?:(?:i|we)(?:['’]ve| have)?(?: just| also)?(?: got| have| adopted| rescued| met)? )?(?:(?:my|our|a|an|the|new|one) )*{OLDER}(?P<who>{_SOMEBODY_NEAR})\b(?!['’]s\s+(?:{_SOMEBODY_NEAR})\b)",
    re.IGNORECASE,
)
_TELLS_OWN = re.compile(
    r"\b(?:my name(?:['’]?s| is)|(?:the )?name(?:['’]s| is)|i['’]m|i am) (?-i:[A-ZÀ-ÞŁŚ])", re.IGNORECASE
)


def _told(clause: Clause) -> str:
    """What was said right before: in the sentence, or else the sentence before."""
    return clause.before if clause.before.strip(" ,.!") else clause.previous


def _own(shape: Shape) -> Shape:
    """`shape`, where nobody else has been spoken of just before."""

    def read(match: re.Match[str], clause: Clause) -> list[str]:
        told = _told(clause) + clause.text[: match.start()]
        return [] if relation_in(told) or _OTHERS.search(told) else shape(match, clause)

    return read


def _at_first(match: re.Match[str], clause: Clause) -> list[str]:
    """ "the name is …" says who speaks only where the turn begins with it."""
    return shapes.name(match, clause) if not clause.previous and len(clause.before) < _GREETING else []


_GREETING = 25  # characters: "hey there, "


def _of_kin(predicate: str) -> Shape:
    def read(match: re.Match[str], clause: Clause) -> list[str]:
        near = _NEAR.match(_told(clause))
        relation = relation_in(near["who"]) if near else None
        rest = _told(clause)[near.end() :] if near else ""
        if not relation or predicate_for(relation) != predicate or relation_in(rest):
            return []
        return shapes.relative(match, clause)

    return read


def _short(match: re.Match[str], clause: Clause) -> list[str]:
    """A short form behind one's own name."""
    is_own = _TELLS_OWN.search(clause.before + clause.text[: match.start("v")]) and not _OTHERS.search(clause.before)
    return shapes.name(match, clause) if is_own and not relation_in(clause.before) else []


NAMES: tuple[Pattern, ...] = (
    pattern("name", r"\b(?<!my\s)(?<!her\s)(?<!his\s)(?:the )?name['’]?s (?P<v>.+)", _own(shapes.loose_name)),
    pattern("name", rf"^\W*(?:(?:hi|hey|hello|hiya|there|so|well|ok)\b\W*)*the name is (?P<v>{UPPER}.+)", _at_first),
    pattern("name", rf"^\W*(?:(?:hi|hey|hello|hiya|there|so|well|ok|and)\b\W*)*(?P<v>{UPPER}[\w'’\-]*?(?: {UPPER}[\w\-]+)?)(?:['’]s| is) my (?:first |real |full |given )?name\b(?!\s*(?:day|tag|badge|on|in|for)\b)", shapes.name),
    pattern("preferred_name", rf"(?:^\W*|\b)(?:(?:but|though|and|or) )+(?P<v>{UPPER}[\w'’\-]+)(?: is (?:fine|ok|okay|good|enough)| works| will do|['’]s fine)\b", _short),
    pattern("preferred_name", rf"(?:^\W*|\b(?:or|but|and) )(?P<v>{UPPER}[\w'’\-]+) for short\b", _short),
    *(
        pattern(predicate, rf"^\W*(?:(?:and|so) )?(?:(?:his|her|its|the) )?name(?:['’]?s| is) (?P<v>{UPPER}.*)", _of_kin(predicate))
        for predicate in (*kin_words(), "pet")
    ),
)  # fmt: skip
