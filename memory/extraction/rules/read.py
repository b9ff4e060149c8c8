"""Turns in, raw facts out, by the same schema as a model's answer. Writes nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from memory.dates import Period, find_periods
from memory.english import article_before
from memory.evidence import find_words
from memory.extraction.orders import orders_to_forget
from memory.extraction.rules.clauses import Clause, clauses_of, is_reported
from memory.extraction.rules.english import ENGLISH
from memory.extraction.rules.french import FRENCH
from memory.extraction.rules.german import GERMAN
from memory.extraction.rules.kin_sentences import kin_sentence
from memory.extraction.rules.norwegian import NORWEGIAN
from memory.extraction.rules.others import People, Told, told_of_others
from memory.extraction.rules.patterns import Language, Pattern
from memory.extraction.rules.service import service_sentence
from memory.extraction.rules.shapes import const, is_kind
from memory.extraction.rules.sieve import Sieve
from memory.extraction.rules.spanish import SPANISH
from memory.extraction.rules.wishes import TIED_TO_A_TASK, is_for_once, wishes_in
from memory.facts.predicates import RELATIONS, predicate_of, stricter
from memory.numeric_dates import order_of, with_points
from memory.terms import STOP_WORDS, language_of
from memory.types import Turn
from memory.values import value_key

_LANGUAGES: dict[str, Language] = {
    language.code: language for language in (ENGLISH, GERMAN, SPANISH, NORWEGIAN, FRENCH)
}
_NOBODY: People = MappingProxyType({})
_SIEVES = {code: Sieve(language.patterns) for code, language in _LANGUAGES.items()}


@dataclass(frozen=True, slots=True)
class _Heard:
    """A turn, the day it was said in the user's zone, and its clauses, which are the same in every language."""

    turn: Turn
    said_on: date
    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class _Hit:
    pattern: Pattern
    value: str
    span: tuple[int, int]  # of the quote, in the turn
    when: Period | None
    is_correcting: bool


def read_turns(turns: Sequence[Turn], *, zone: ZoneInfo, known: People = _NOBODY) -> list[dict[str, Any]]:
    """What the turns say about the user and those around them, as raw facts; `turn` is the turn's `seq`. Only turns that the gate lets through belong in here.

    `known`: who is known by name before these turns.
    """
    facts: list[dict[str, Any]] = []
    for turn in turns:
        facts += read_turn(turn, zone=zone, known={**known, **_people(facts)})
    return facts


def read_turn(turn: Turn, *, zone: ZoneInfo, known: People = _NOBODY) -> list[dict[str, Any]]:
    """The raw facts of one turn. `known`: who is known by name before it."""
    said_on = turn.said_at.astimezone(zone).date()
    bound = list(wishes_in(turn))
    orders = orders_to_forget(turn.text, turn.pasted)
    if orders:
        turn = replace(turn, pasted=(*turn.pasted, *orders))
    if bound:  # what they say holds for a task only: no other rule reads it as if it always did
        turn = replace(turn, pasted=(*turn.pasted, *bound))
    first = _languages(turn.text)
    heard = _Heard(turn, said_on, tuple(clauses_of(turn.text, turn.pasted, order_of(zone))))
    facts = _facts_in(heard, first) or _facts_in(heard, _also_likely(turn.text, first))
    people = {**known, **_people(facts)}
    others = [_of_other(turn, told) for told in told_of_others(heard.clauses, people)] if people else []
    if not others:
        return [*(_wish(turn, span) for span in bound), *facts]
    theirs = {(fact["predicate"], fact["value"]) for fact in others}
    own = [fact for fact in facts if (fact["predicate"], fact["value"]) not in theirs or _SPEAKS.search(fact["quote"])]
    return [*(_wish(turn, span) for span in bound), *own, *others]


# Without it "og jobber som tannlege" is said of the one named in front.
_SPEAKS = re.compile(
    r"\b(?:i|we|my|our|ich|wir|mein\w*|unser\w*|yo|mi|mis|me|soy|jeg|vi|min|mitt)\b|\bi['’]", re.IGNORECASE
)


def _people(facts: Sequence[dict[str, Any]]) -> dict[str, str]:
    """Who is named in facts about the user, with the predicate of the relation."""
    return {
        fact["value"]: fact["predicate"]
        for fact in facts
        if fact["predicate"] in RELATIONS and fact["change"] != "negates" and fact["value"][:1].isupper()
    }


def _of_other(turn: Turn, told: Told) -> dict[str, Any]:
    """A fact on somebody near, as private as that they are."""
    language = _LANGUAGES[told.language]
    raw = _raw(turn, _Hit(told.form, told.value, told.place, None, is_correcting=told.is_correcting), language)
    near = predicate_of(told.relation).sensitivity if told.relation else "none"
    return {
        **raw,
        "subject": told.who,
        "text": _sentence(language, told.form.predicate, told.value),
        "sensitivity": stricter(raw["sensitivity"], near),
    }


def _wish(turn: Turn, span: tuple[int, int]) -> dict[str, Any]:
    """A wish for some task, as the person put it."""
    words = turn.text[slice(*span)]
    pattern = Pattern("answer_style", re.compile(""), const(words))
    fact = _raw(turn, _Hit(pattern, words, span, None, is_correcting=False), ENGLISH)
    return {**fact, "text": words[:1].upper() + words[1:]}


def _facts_in(heard: _Heard, languages: Sequence[Language]) -> list[dict[str, Any]]:
    found: dict[tuple[str, str], tuple[_Hit, Language]] = {}
    for language in languages:
        for hit in _hits(heard, language):
            key = (hit.pattern.predicate, value_key(hit.value))
            if key not in found or _takes_back(hit, found[key][0]):
                found[key] = (hit, language)
    named = any(predicate == "pet" and not is_kind(hit.value) for (predicate, _), (hit, _) in found.items())
    private = [hit for hit, _ in found.values() if predicate_of(hit.pattern.predicate).sensitivity != "none"]
    return [
        _raw(heard.turn, hit, language)
        for hit, language in found.values()
        if not (named and hit.pattern.predicate == "pet" and is_kind(hit.value))  # "two cats" that have names
        and not _tells_again(hit, private)
    ]


def _tells_again(hit: _Hit, private: Sequence[_Hit]) -> bool:
    """Whether a habit holds what needs leave to be kept and is a fact of its own: "take levothyroxine every morning"."""
    return hit.pattern.predicate == "routine" and any(find_words(hit.value, told.value) for told in private)


def _takes_back(hit: _Hit, first: _Hit) -> bool:
    """Whether the same words say that it is over: "my cat Misha died" names a cat, and says that it is gone."""
    is_end = first.pattern.change == "asserts" and hit.pattern.change == "ends"
    return is_end and hit.span[0] <= first.span[1] and first.span[0] <= hit.span[1]


_FRENCH_OWN = frozenset(
    {"je", "j", "nous", "mon", "prénom", "appelle", "moi"}
)  # one of them is in every form that French has


def _also_likely(text: str, tried: Sequence[Language]) -> list[Language]:
    """Other languages that a short text may be in: "Me llamo …" has too few small words to tell, and as many of them are English as Spanish."""
    words = [word.casefold() for word in re.findall(r"[^\W\d_]+", text)]
    if len(words) > 12:
        return []
    small = {
        code: sum(word in STOP_WORDS[code] for word in words)
        for code in _LANGUAGES
        if code != FRENCH.code or not _FRENCH_OWN.isdisjoint(words)
    }
    best = max(small.get(language.code, 0) for language in tried)
    return [
        language
        for code, language in _LANGUAGES.items()
        if language not in tried and code in small and (small[code] >= best or best <= len(words) // 3)
    ]


# "im" before a small letter is English without its apostrophe: "im Garten", "Im vegan".
_OWN_ENGLISH = re.compile(
    r"\b(?:i['’]?ve|i['’]m|(?-i:[Ii]m(?=\s[a-z]|\s\d{2}\b(?!\.)))|my|i am|i live|i work|call me)\b", re.IGNORECASE
)


def _languages(text: str) -> list[Language]:
    """The languages to try: that of the small words first, English always."""
    own = _LANGUAGES.get(language_of(text))
    return (
        [own]
        if own and own.code not in ("en", "fr") and not _OWN_ENGLISH.search(text)
        else [
            ENGLISH,
            *([own] if own and own.code != "en" else []),
        ]
    )


# Who says so in one sentence corrects with the next: "Oops, I meant Keswick. I moved to Keswick".
_MISTAKEN = re.compile(
    r"\b(?:i meant|i mistyped|i misspoke|wrong spelling|spelling mistake|misspelt|misspelled|my mistake|scratch that|typo|wrong (?:name|word|one|city|town|place)|autocorrect\w*|i got (?:that|it) wrong|i was wrong|ich meinte|vertippt|verschrieben"
    r"|quise decir|me equivoqué|jeg mente|skrivefeil|skrev feil)\b[^\n]{0,120}$",
    re.IGNORECASE,
)


_LATELY = 200  # characters: a correction so far back is of something else
_MOST_MATCHES = 8  # of one form in one clause: beyond that nobody talks


def _hits(heard: _Heard, language: Language) -> Iterator[_Hit]:
    text = heard.turn.text
    for clause in heard.clauses:
        opens = clause.start + clause.lead - len(clause.before)
        said = text[max(0, opens - _LATELY) : opens]
        correcting = bool(
            language.correcting.search(clause.text)
            or (clause.before and language.correcting.search(clause.before))
            or _MISTAKEN.search(said)
        )
        for form in _SIEVES[language.code].likely(clause.text):
            for match in islice(form.regex.finditer(clause.text), _MOST_MATCHES):
                yield from _of_match(form, match, clause, correcting, heard.said_on)


def _of_match(form: Pattern, match: re.Match[str], clause: Clause, correcting: bool, said_on: date) -> Iterator[_Hit]:
    values = [] if is_reported(clause.text[: match.start()]) else form.shape(match, clause)
    if form.predicate in TIED_TO_A_TASK and is_for_once(clause):
        return
    if not values:
        return
    when = _when(form, match, clause, said_on) if form.is_dated else None
    if form.needs_date and (when is None or when.end < said_on):
        return
    end = clause.start + match.end()
    if when is not None:
        end = max(end, clause.start + when.span[1])
    for value in values:
        last = _quote_end(clause, match, value)
        span = (clause.start + max(match.start(), clause.lead), max(last, clause.start + when.span[1] if when else 0))
        yield _Hit(form, value, span, when, correcting and form.change == "asserts")


def _quote_end(clause: Clause, match: re.Match[str], value: str) -> int:
    """Where the quote ends: with the value where it stands as it is, else with the match."""
    whole = clause.text + clause.after
    begin = match.start("v") if "v" in match.re.groupindex else match.start()
    place = whole.casefold().find(value.casefold(), max(0, begin, match.start()))
    if place >= 0:
        return clause.start + place + len(value)
    label = _LABELLED.match(clause.after) if match.end() == len(clause.text) else None
    return clause.start + (len(clause.text) + label.end() if label else min(match.end(), len(clause.text)))


_LABELLED = re.compile(r"\s*:[^\n;!?]{1,40}")


def _when(form: Pattern, match: re.Match[str], clause: Clause, said_on: date) -> Period | None:
    """The day or period that the clause names from the match on."""
    periods = find_periods(with_points(clause.text, clause.order), said_on, lean=form.lean)
    behind = [period for period in periods if period.span[0] >= match.start()]
    if behind or not form.needs_date or len(periods) != 1:
        return behind[0] if behind else None
    opening = clause.text[: periods[0].span[0]]  # "On 5 May we're flying to Crete"
    return periods[0] if _OPENS.fullmatch(opening) else None


_OPENS = re.compile(r"\W*(?:(?:and|so|then|on|in|at|this|am|im|og|den|el|la)\b\W*){0,3}", re.IGNORECASE)


_BEFORE = (
    40  # characters before a quote, in which it shows whether one of several is meant: "a dog and a cat, Pixel and Mo"
)


def _raw(turn: Turn, hit: _Hit, language: Language) -> dict[str, Any]:
    predicate = predicate_of(hit.pattern.predicate)
    start, end = _trim(turn.text, hit.span)
    change = (
        "corrects"
        if hit.is_correcting and (predicate.is_one or predicate.name in ("pet", "child", "sibling"))
        else hit.pattern.change
    )
    when = hit.when
    expires = (when.end if when else None) if predicate.is_plan else None
    return {
        "turn": turn.seq,
        "quote": turn.text[start:end],
        "subject": "user",
        "predicate": predicate.name,
        "value": hit.value,
        "text": kin_sentence(language.code, predicate.name, hit.value, turn.text[max(0, start - _BEFORE) : end])
        or service_sentence(language.code, predicate.name, hit.value)
        or _sentence(language, predicate.name, hit.value),
        "kind": predicate.kind,
        "change": change,
        "valid_from": when.start.isoformat() if when else None,
        "valid_to": None,
        "precision": when.precision if when else "none",
        "expires_on": expires.isoformat() if expires else None,
        "depends_on": [],
        "sensitivity": predicate.sensitivity,
        "confidence": 0.4 if hit.pattern.is_unsure else 0.9,
    }


def _sentence(language: Language, predicate: str, value: str) -> str:
    """How the fact reads: "Lives near Hexham", not "Lives in near Hexham"."""
    form = language.sentences.get(predicate, language.fallback)
    if predicate == "lives_in" and re.match(r"(?:near|outside|bei|cerca de|ved) ", value):
        form = re.sub(r" (?:in|en|i) \{", " {", form)
    if predicate == "appointment" and "appointment" in value.casefold():
        return value[:1].upper() + value[1:]  # "Dentist appointment"
    if language.code == "en":
        form = form.replace(" a {", f" {article_before(value)} {{")
    return form.format(value=value)


def _trim(text: str, span: tuple[int, int]) -> tuple[int, int]:
    start, end = span[0], min(span[1], len(text))
    while start < end and not (text[start].isalnum() or text[start] in "“\"'"):
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
