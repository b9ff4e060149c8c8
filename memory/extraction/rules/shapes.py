"""How the value of a match is made. Each returns a list of values, empty when the match was none after all."""

from __future__ import annotations

import re

from memory.date_words import MONTHS
from memory.extraction.rules.clauses import Clause
from memory.extraction.rules.patterns import Shape
from memory.extraction.rules.persons import names_after, relative, relatives
from memory.extraction.rules.tongues import languages_in
from memory.extraction.rules.values import LOWER_PLACE, NAME, PLACE, edged, thing, things, tidy
from memory.extraction.rules.words import (
    DIETS,
    FAITHS,
    GAMES,
    INSTRUMENTS,
    JOBS,
    NATIONALITIES,
    NO_JOBS,
    NO_NAMES,
    NO_PEOPLE,
    NO_PLACES,
    NO_PROPER,
    NO_SMALL_PLACES,
    SPORTS,
    word_set,
)
from memory.terms import STOP_WORDS

__all__ = ["names_after", "relative", "relatives"]  # of persons, for those who read shapes

_DAY_BEHIND = re.compile(
    r" (?:on|in|of|am|de|el) (?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?|January|February|March|April|May|June|July|August|September|October|November|December)$"
)  # which reads as part of a name with capitals
# German trades have capitals as regions have: "aus Gera, Krankenpfleger".
_TRADE_BEHIND = re.compile(
    r", \w*(?:pfleger|lehrer|techniker|händler|meister|verkäufer|entwickler|fahrer|ingenieur|arzt|ärztin|student|erin|entin|schwester)$",
    re.IGNORECASE,
)
_WRITTEN = re.compile(rf"(?-i:{PLACE})")


_PLAYED = SPORTS | INSTRUMENTS | GAMES


_COUNTED = r"(?:two|three|four|five|six|seven|eight|nine|ten|a dozen|several|zwei|drei|vier|fünf|dos|tres|cuatro|cinco|to|tre|fire|fem|\d{1,2})"


def is_kind(value: str) -> bool:
    """Whether a pet is told by number and kind only: "two cats"."""
    return bool(re.match(rf"{_COUNTED} [^\W\d]", value, re.IGNORECASE))


def const(value: str) -> Shape:
    """Always this value."""
    return lambda match, clause: [value]


def _rest(match: re.Match[str], clause: Clause) -> str:
    return clause.text[match.start("v") :]


def name(match: re.Match[str], clause: Clause) -> list[str]:
    """A proper name with capitals."""
    found = re.match(NAME, _rest(match, clause))
    if not found or tidy(found.group()).casefold() in NO_NAMES:
        return []
    value = tidy(found.group())
    return [value] if len(value) > 1 and value.split()[0].casefold() not in NO_NAMES else []


def loose_name(match: re.Match[str], clause: Clause) -> list[str]:
    """A name after words that announce one, so that it may be in small letters."""
    if found := name(match, clause):
        return found
    word = re.match(r"[^\W\d_][\w'’\-]+", _rest(match, clause))
    after = _rest(match, clause)[word.end() :].strip() if word else ""
    ends = not after or re.match(r"(?:[.,!;:)(]|and\b|but\b|please\b|by the way\b|btw\b|from now\b|instead\b)", after)
    said = word.group().casefold() if word else ""
    if (
        word
        and ends
        and word.group().islower()
        and said not in NO_NAMES | STOP_WORDS["en"]
        and not said.endswith("ing")
    ):
        return [word.group().title()]
    return []


def own_name(match: re.Match[str], clause: Clause) -> list[str]:
    """A name after "I'm": only with capitals, and only where the clause ends or goes on as after a name."""
    found = name(match, clause)
    if not found:
        return []
    after = clause.text[match.start("v") + len(found[0]) :].lstrip()
    before = clause.before + clause.text[: match.start()]
    is_greeted = bool(_GREETING.fullmatch(before + " ")) or bool(_GREETING.match(match.group()))
    is_opening = not before.strip(" ,.!") and clause.start - len(clause.before) < _OPENING
    if set(found[0].casefold().split()) & NO_PEOPLE or not (is_greeted or is_opening):
        return []
    if found[0].isupper() and len(found[0]) > 1:
        return []
    if after and not re.match(
        r"(?:[.,!;:)(]|and\b|but\b|from\b|by the way|btw|here\b|your\b|und\b|y\b|og\b|aus\b|de\b|fra\b|\d)",
        after,
        re.IGNORECASE,
    ):
        return []
    return found


_OPENING = 40  # characters: so far on, a turn still begins
_GREETING = re.compile(
    r"\W*(?:(?:hi|hey|hello|hiya|morning|evening|afternoon|good (?:morning|evening|afternoon)|there|everyone|all|again|nice to meet you|(?:a )?(?:quick |short |brief )?intro(?:duction)?s?|(?:a (?:bit|little) )?about me|for (?:context|the record)|right|just so you know|fyi|first(?:ly| off| things first)?|btw|and|so|ok|yes|well|oh|my name"
    r"|hallo|hei|heisann|moin|servus|guten (?:tag|morgen|abend)|hola|buenas|buenos días|buenas tardes|god (?:morgen|dag|kveld))\b\W*)+",
    re.IGNORECASE,
)


def place(match: re.Match[str], clause: Clause) -> list[str]:
    """A place, with its country or region where that follows."""
    text = _rest(match, clause) + clause.after
    found = _WRITTEN.match(text)
    if found:
        value = tidy(_TRADE_BEHIND.sub("", _DAY_BEHIND.sub("", found.group())))
        first = value.split()[0].casefold()
        return [value] if first not in MONTHS and first not in (NO_PLACES | NO_PROPER) - {"the"} else []
    small = re.match(LOWER_PLACE, _rest(match, clause))
    if not small or not re.search(r"(?<!\w)i(?:'m|’m|'ve|’ve)?(?!\w)|^[^A-Z]*$", clause.text):
        return []
    words = [word for word in thing(small.group(), most_words=2).split() if word.casefold() not in MONTHS]
    if not words or words[0].casefold() in NO_SMALL_PLACES:
        return []
    kept = [words[0]] if len(words) < 2 or words[1] in NO_SMALL_PLACES | _BEHIND_PLACE else words
    return [" ".join(word.title() for word in kept)]


_BEHIND_PLACE = frozenset(
    [
        "with",
        "near",
        "by",
        "at",
        "right",
        "for",
        "and",
        "or",
        "all",
        "since",
        "these",
        "until",
        "till",
        "during",
        "while",
        "after",
        "before",
        "because",
        "so",
        "but",
        "when",
        "where",
        "which",
        "like",
        "as",
        "most",
        "half",
        "part",
        "full",
        "again",
        "still",
        "also",
        "too",
        "right",
        "again",
    ]
)


def place_near(match: re.Match[str], clause: Clause) -> list[str]:
    """A place that somebody lives close to, as they said it: "near Hexham"."""
    return [f"{match['near'].casefold()} {found}" for found in place(match, clause)]


def place_within(match: re.Match[str], clause: Clause) -> list[str]:
    """A place that the group holds whole."""
    found = _WRITTEN.fullmatch(match["v"])
    return [tidy(match["v"])] if found else []


# What somebody works at or for in small letters that employs nobody.
_NO_EMPLOYER = word_set(
    "a an the my home night nights weekends least all times sea school work present it this myself two three free fun money peanuts pennies tips"
    " exposure food cash beer weeks months years ages hours kids clients people"
)


def organisation(match: re.Match[str], clause: Clause) -> list[str]:
    """An employer or school: with capitals, or "the …" and a few words."""
    text = _rest(match, clause)
    found = re.match(
        rf"(?:the |a |an )?(?-i:(?:St\.? )?{NAME}(?: (?!19\d\d|20\d\d)\d{{3,4}}\b(?! (?:times|people|hours|days|years|km|kr|euros?)\b)| \d{{1,2}}(?=\s*(?:$|[.,;!?]|(?:and|but|so|in|as|on)\b)))?)(?: (?:&|and) (?-i:{NAME}))?(?: (?:of|for) (?-i:{NAME}))?(?: (?:library|hospital|school|university|uni|bank|museum|council|bakery|hotel|store|shop|clinic|lab)\b)?",
        text,
    )
    if found:
        value = edged(_DAY_BEHIND.sub("", found.group()))
        return [value] if value.split()[0].casefold() not in MONTHS else []
    found = re.match(
        r"the (?:[\w'’\-]+ ){0,3}(?:hospital|school|university|library|council|bakery|museum|post office|embassy|airport|zoo|brewery|factory|nursery)\b",
        text,
        re.IGNORECASE,
    )
    if found:
        return [tidy(found.group())]
    if re.search(r"(?<!\w)i(?:'m|’m)?(?!\w)", clause.text):
        small = thing(text, most_words=2)
        if small and small.split()[0].casefold() not in _NO_EMPLOYER:
            return [" ".join(word.title() for word in small.split())]
    return []


def job(match: re.Match[str], clause: Clause) -> list[str]:
    """A job whose last word is one."""
    phrase = thing(
        re.split(
            r"\s+(?:at|in|for|with|by|from|on|and|who|living|based|working|studying|bei|in|en|hos|på)\s+",
            _rest(match, clause),
            maxsplit=1,
        )[0],
        most_words=4,
    )
    if not phrase:
        return []
    phrase = re.sub(r"^\d{1,2}[- ](?:years?|yrs?)[- ]old ", "", phrase, flags=re.IGNORECASE)
    last = phrase.split()[-1].casefold()
    if phrase.split()[0].casefold() in ("bit", "huge", "big", "total") or last in NO_JOBS:
        return []
    return (
        [phrase]
        if last in JOBS
        or any(last.endswith(end) for end in ("engineer", "smith", "ologist", "therapist", "keeper", "maker", "wright"))
        else []
    )


def any_job(match: re.Match[str], clause: Clause) -> list[str]:
    """What follows "I work as": a job by its place."""
    phrase = thing(
        re.split(
            r"\s+(?:at|in|for|with|by|bei|beim|im|am|an|auf|en|hos|på|and|und|y|og)\s+",
            _rest(match, clause),
            maxsplit=1,
        )[0],
        most_words=4,
    )
    # "trabajo como una mula" names no trade: a trade has no article there
    return [phrase] if phrase and not re.match(r"(?:una?|ein|eine)\s", phrase) else []


def one_thing(match: re.Match[str], clause: Clause) -> list[str]:
    phrase = thing(_rest(match, clause))
    return [phrase] if phrase else []


def caught_thing(match: re.Match[str], clause: Clause) -> list[str]:
    """One thing, no further than the group went."""
    phrase = thing(match["v"])
    return [phrase] if phrase else []


def some_things(match: re.Match[str], clause: Clause) -> list[str]:
    return things(_rest(match, clause), clause.after)


def languages(match: re.Match[str], clause: Clause) -> list[str]:
    return languages_in(_rest(match, clause) + clause.after)


def one_language(match: re.Match[str], clause: Clause) -> list[str]:
    return languages(match, clause)[:1]


def nationality(match: re.Match[str], clause: Clause) -> list[str]:
    return _one_of(NATIONALITIES, match, clause, is_title=True)


def faith(match: re.Match[str], clause: Clause) -> list[str]:
    return _one_of(FAITHS, match, clause, is_title=True)


def diet(match: re.Match[str], clause: Clause) -> list[str]:
    return _one_of(DIETS, match, clause)


def diet_as_said(match: re.Match[str], clause: Clause) -> list[str]:
    """A diet in German: what somebody is, with its capital; how they eat, in small letters."""
    return [
        f"{value[:1].upper()}{value[1:]}" if value.endswith(("ier", "ierin", "aner", "anerin")) else value
        for value in diet(match, clause)
    ]


def sport(match: re.Match[str], clause: Clause) -> list[str]:
    return _several_of(SPORTS, match, clause)


def instrument(match: re.Match[str], clause: Clause) -> list[str]:
    return _several_of(INSTRUMENTS, match, clause)


def instrument_as_said(match: re.Match[str], clause: Clause) -> list[str]:
    """An instrument in its own spelling: German nouns keep their capital."""
    return [match["v"]] if match["v"].casefold() in INSTRUMENTS else []


def sport_as_said(match: re.Match[str], clause: Clause) -> list[str]:
    """A sport in its own spelling."""
    return [match["v"]] if match["v"].casefold() in SPORTS else []


def game(match: re.Match[str], clause: Clause) -> list[str]:
    """A game in its own spelling, when it is what is played: no "go with the flow"."""
    after = clause.text[match.end("v") :]
    is_whole = match["v"].casefold() != "go" or re.match(r"\s*(?:$|[.,!;])", after)
    return [match["v"]] if match["v"].casefold() in GAMES and is_whole else []


def listed_in(text: str) -> list[str]:
    """The things that a text lists."""
    return things(text)


def listed(match: re.Match[str], clause: Clause) -> list[str]:
    """The things in the group, no further."""
    return things(match["v"])


def _several_of(words: frozenset[str], match: re.Match[str], clause: Clause) -> list[str]:
    """The words that a list begins with: "the piano and the violin", up to the first that is another thing."""
    values: list[str] = []
    for part in re.split(r"\s*(?:,|\band\b|&|\bund\b|\by\b|\bog\b)\s*", _rest(match, clause) + clause.after):
        word = re.match(
            r"(?:a (?:bit|little) of |a little |some )?(?:the |la |el |al |los )?(?P<one>[\w\-]+)", part, re.IGNORECASE
        )
        said = word["one"].casefold() if word else ""
        if said in _PLAYED - words:
            continue  # "I play chess and the violin"
        if said not in words:
            break
        values.append(said)
    return values


def _one_of(words: frozenset[str], match: re.Match[str], clause: Clause, *, is_title: bool = False) -> list[str]:
    word = re.match(r"[\w\-]+", _rest(match, clause))
    if not word or word.group().casefold() not in words:
        return []
    return [word.group().title() if is_title else word.group().casefold()]


def number(match: re.Match[str], clause: Clause) -> list[str]:
    """An age, unless it is only one to come or that was: "before I'm 40"."""
    is_now = not _NOT_YET.search(clause.text[: match.start()])
    return [match["v"]] if is_now and 1 <= int(match["v"]) <= 120 else []


_NOT_YET = re.compile(
    r"\b(?:before|until|till?|when(?:ever)?|once|after|by the time|as (?:if|soon as)|like|unless|since|bevor|bis|sobald|seit|als|wenn|hasta que|antes de que|cuando|desde que|como si|før|til|når|da|siden)\W*$",
    re.IGNORECASE,
)


def proper(match: re.Match[str], clause: Clause) -> list[str]:
    """Just what the group caught, unless it begins with a word that is no name of anything: "Plan B", "Yes"."""
    return [value for value in whole(match, clause) if value.split()[0].casefold() not in NO_PROPER]


def of_own(match: re.Match[str], clause: Clause) -> list[str]:
    """What one does or has, if it takes no more than a few words: "pottery", "cold-water swimming"."""
    del clause
    value = tidy(match["v"])
    words = value.split()
    return [value] if 1 <= len(words) <= 4 and words[0].casefold() not in ("it", "that", "this", "the") else []


def whole(match: re.Match[str], clause: Clause) -> list[str]:
    """Just what the group caught."""
    value = tidy(match["v"])
    return [value] if value else []
