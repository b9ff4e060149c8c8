"""English: several things said in one breath: "I'm a nurse and live in Bath", "I'm Tom, 34, from Leeds", "my boss, Sue, is great"."""

from __future__ import annotations

import re

from memory.extraction.rules import shapes
from memory.extraction.rules.clauses import Clause
from memory.extraction.rules.english_forms import ADVERBS, AM, COUNT, HAVE, MY, OLDER, SELF, UPPER
from memory.extraction.rules.kin import kin_words
from memory.extraction.rules.patterns import Pattern, Shape, pattern
from memory.extraction.rules.values import NAME, TITLED, edged, names, thing
from memory.extraction.rules.words import FAVOURITES, JOBS
from memory.facts.relations import PET_WORDS

# The second of two verbs of one "I"; nobody else comes in between.
_AND = (
    r"\b(?:i|i['’]?m|i['’]?ve|we|we['’]?re)\b(?:(?! (?:used to|want(?:ed)? to|hop(?:e|ed|ing) to|plan(?:s|ned|ning)? to|going to|like to|love to|need to|have to|had to|try(?:ing)? to|able to|supposed to|about to|ready to|gonna|wanna|don['’]?t|didn['’]?t|did not|do not|never|cannot|can['’]?t|who|that|said|says|think|wish|whose|where|because|he|she|they|people|someone|somebody)\b)[^,;.]){1,60}?"
    rf" (?:and|but) {ADVERBS}"
)
_INTRODUCED = re.compile(
    rf"(?:\b(?:i['’]?m|i am|my name(?:['’]?s| is)|name['’]?s) (?-i:{NAME})|(?-i:{NAME}) here)(?:\s*,\s*(?:aged )?\d{{2}})?\s*,\s*$",
    re.IGNORECASE,
)
_PETS = "|".join(
    sorted(
        (re.escape(word).replace("\\-", "[ -]") for word in PET_WORDS if word.isascii()),
        key=lambda word: (-len(word), word),
    )
)
_PERSONS = frozenset(
    {
        "student",
        "mum",
        "mom",
        "dad",
        "parent",
        "expat",
        "retiree",
        "pensioner",
        "widow",
        "widower",
        "freelancer",
        "nomad",
    }
)
_NO_TASTE = r"(?!it\b|that\b|this\b|you\b|him\b|her\b|them\b|to\b|how\b|when\b|being\b|my (?:wife|husband|kids|mum|mom|dad|job)\b)"


def _introduced(shape: Shape) -> Shape:
    """`shape`, right behind somebody's own name: "I'm Tom, 34, a welder from Leeds"."""

    def read(match: re.Match[str], clause: Clause) -> list[str]:
        return shape(match, clause) if _INTRODUCED.search(clause.before) else []

    return read


def _between_commas(match: re.Match[str], clause: Clause) -> list[str]:
    """One name between two commas or in brackets, or between a comma and the end."""
    found = re.match(rf"\s*[,(]\s*(?P<name>{TITLED})\s*(?=[,.!()]|$)", clause.after)
    return names(found["name"]) if found and found["name"] not in ("Dr", "Mr", "Mrs", "Ms", "Prof", "St") else []


def _listed_after(match: re.Match[str], clause: Clause) -> list[str]:
    return shapes.names_after(match, clause)[:1]


def _favourite(match: re.Match[str], clause: Clause) -> list[str]:
    article = re.match(r"the (?=(?-i:[A-Z]))", match["v"], re.IGNORECASE)
    value = thing(match["v"][article.end() :] if article else match["v"])
    return [(article.group() if article else "") + value] if value else []


def _of_somebody(match: re.Match[str], clause: Clause) -> list[str]:
    """Where somebody lives who says what they are: "I'm a nurse living in Bath", not "a fan of bands based in Leeds"."""
    words = match["who"].casefold().split()
    is_one = words[-1] in JOBS | _PERSONS or (len(words) < 3 and not words[-1].endswith("s"))
    return shapes.place(match, clause) if is_one and not {"of", "for", "with", "fan"} & set(words) else []


def _as_written(match: re.Match[str], clause: Clause) -> list[str]:
    value = edged(match["v"])
    return [value] if value else []


def _kin() -> list[Pattern]:
    found = []
    for predicate, kin in kin_words().items():
        found.append(
            pattern(predicate, rf"^\W*(?:(?:and|so|but|hi|hey|well|btw) )?{MY}{OLDER}{kin}(?P<v>)$", _between_commas)
        )
        if predicate in ("partner", "friend", "relative", "neighbour", "colleague", "in_law"):
            found.append(
                pattern(
                    predicate, rf"{HAVE}{COUNT} {OLDER}{kin},?(?: called| named) (?P<v>{UPPER}.*)", shapes.relatives
                )
            )
        if predicate == "partner":
            found.append(pattern(predicate, rf"{HAVE}an? {OLDER}{kin}(?P<v>)$", _listed_after))
    return found


TOGETHER: tuple[Pattern, ...] = (
    pattern("lives_in", rf"{_AND}(?:live|living|based|settled) in (?P<v>{UPPER}.+)", shapes.place, is_dated=True),
    pattern("lives_in", rf"^\W*(?:{ADVERBS})[\w\-]+(?: [\w\-]+){{0,2}} and {ADVERBS}(?:living|based) in (?P<v>{UPPER}.+)", _introduced(shapes.place)),
    pattern("lives_in", rf"{AM}an? (?P<who>[\w\-]+(?: [\w\-]+){{0,3}}?) (?:living|based) in (?P<v>{UPPER}.+)", _of_somebody),
    pattern("lives_in", rf"{SELF}live and work in (?P<v>{UPPER}.+)", shapes.place),
    pattern("works_at", rf"{_AND}(?:work|working) (?:at|for) (?P<v>{UPPER}.+)", shapes.organisation, is_dated=True),
    pattern("works_at", rf"{MY}(?:new )?(?:job|position) is (?:at|with) (?P<v>{UPPER}.+)", shapes.organisation),
    pattern("works_at", rf"^\W*(?:(?:just|finally|so|and) )*(?:got|landed) (?:an? |the |my )?(?:new )?job (?:at|with) (?P<v>{UPPER}.+)", shapes.organisation, is_dated=True),
    pattern("occupation", rf"{_AND}(?:work|working) as an? (?P<v>.+)", shapes.any_job),
    pattern("likes", rf"{_AND}(?:love|like|enjoy|adore) (?P<v>{_NO_TASTE}.+)", shapes.some_things),
    pattern("dislikes", rf"{_AND}(?:hate|loathe|dislike|can['’]?t stand|don['’]?t like) (?P<v>{_NO_TASTE}.+)", shapes.some_things),
    pattern("allergic_to", rf"{_AND}(?:badly |severely )?allergic to (?P<v>.+)", shapes.some_things),
    pattern("age", r"^\W*(?:aged )?(?P<v>\d{2})(?: years old)?\W*$", _introduced(shapes.number)),
    pattern("grew_up_in", rf"^\W*(?:originally )?from (?P<v>{UPPER}.+)", _introduced(shapes.place)),
    pattern("occupation", r"^\W*(?:and )?(?:an? )?(?P<v>(?!(?:and|but|i|i['’]?m|my|we)\b)(?-i:[a-z]).+)", _introduced(shapes.job)),
    pattern("child", rf"{MY}(?:twins|triplets)(?: are| are called| called)? (?P<v>{UPPER}.*)", shapes.relatives),
    *_kin(),
    pattern("pet", rf"^\W*(?:(?:and|so|but|hi|hey|well|btw) )?{MY}{OLDER}(?:{_PETS})(?P<v>)$", _between_commas),
    pattern("gym", rf"{MY}gym(?: is|['’]s)(?: called)? (?P<v>{UPPER}[\w'’\-]+(?: {UPPER}[\w'’\-]+)*)", _as_written),
    pattern("gym", rf"{SELF}(?:go to|train at|am a member at) (?P<v>{UPPER}[\w'’\-]+(?: {UPPER}[\w'’\-]+)? (?-i:Gym|Fitness|CrossFit))\b", _as_written),
    pattern("trip", rf"^\W*(?:(?:we['’]?re|i['’]?m|and|so) )*off to (?P<v>{UPPER}.+)", shapes.place, lean="future", needs_date=True),
    pattern("trip", rf"{SELF}(?:leave|set off|depart) for (?P<v>{UPPER}.+)", shapes.place, lean="future", needs_date=True),
    *(
        pattern(
            predicate,
            rf"^(?=.*? my (?:all[- ]time |absolute )?fav)\W*(?:(?:and|but|honestly|probably) )*(?P<v>(?!it\b|that\b|this\b|what\b|which\b|who\b|he\b|she\b|they\b|here\b|yours?\b)[\w'’\- ]{{2,40}}?) (?:is|are) (?:definitely |probably |still )?my (?:all[- ]time |absolute )?(?:favou?rite|fave|fav) (?:{'|'.join(word for word, of in FAVOURITES.items() if of == predicate)})\b",
            _favourite,
        )
        for predicate in dict.fromkeys(FAVOURITES.values())
    ),
)  # fmt: skip
