"""Question forms: which predicate a question, or a description such as "where I live", is about.

The forms stand in the registry, beside their predicate, and everyday ones in `memory.facts.asked`: a form is a list of words that must all stand in the question, in any order; `a|b` means
either, `a_b` one right behind the other. More words make a form more telling, so the form with the most words wins. English in depth, German, Spanish and Norwegian for what people ask most.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from memory.facts.asked import FURTHER
from memory.facts.asked_also import ALSO
from memory.facts.predicates import FALLBACK, REGISTRY
from memory.values import fold

# Words in a question that weigh little when its forms are compared.
_LIGHT = frozenset(
    [
        "what",
        "whats",
        "what's",
        "which",
        "who",
        "my",
        "i",
        "do",
        "am",
        "is",
        "was",
        "in",
        "at",
        "to",
        "the",
        "me",
        "our",
        "a",
        "of",
        "when",
        "where",
        "how",
        "mi",
        "mein",
        "meine",
        "min",
        "wo",
        "was",
        "jeg",
        "ich",
    ]
)
_THIRD_PERSON = {
    "does": "do",
    "goes": "go",
    "has": "have",
    "studies": "study",
    "teaches": "teach",
    **{
        word + "s": word
        for word in [
            "live",
            "drive",
            "earn",
            "make",
            "eat",
            "drink",
            "play",
            "like",
            "love",
            "hate",
            "support",
            "speak",
            "own",
            "get",
            "owe",
            "bank",
            "train",
            "cover",
            "insure",
            "take",
            "listen",
            "read",
            "smoke",
            "start",
        ]
    },
}
_PLANS = frozenset({"plans_to", "trip", "appointment", "deadline"})
_TOKEN = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*", re.UNICODE)
_GOING_ON = re.compile(
    r"\b(?:am|was|were|are|been) (?:(?:i|we|still|already|always|also|it|that) ){0,3}([a-z]{3,})ing\b"
)
_EDGES = str.maketrans({"’": "'"})


@dataclass(frozen=True, slots=True)
class Intent:
    """A predicate that a question may be about. `weight` grows with the number of telling words that fit."""

    predicate: str
    weight: float
    words: frozenset[str]  # of the question, that the form used


@cache
def _forms() -> list[tuple[str, tuple[frozenset[str], ...]]]:
    parsed = [
        (row.name, tuple(frozenset(fold(word).split("|")) for word in form.split()))
        for row in REGISTRY.values()
        for form in (*row.asked, *FURTHER.get(row.name, "").split(";"), *ALSO.get(row.name, "").split(";"))
    ]
    return [(predicate, words) for predicate, words in parsed if words]


@cache
def _telling() -> dict[str, tuple[int, ...]]:
    """For each word, the forms that can't fit without it or one of its like: a question looks at those alone, not at all the forms there are."""
    found: dict[str, list[int]] = {}
    for number, (_, form) in enumerate(_forms()):
        for word in next((options for options in form if not options & _LIGHT), form[0]):
            found.setdefault(word, []).append(number)
    return {word: tuple(numbers) for word, numbers in found.items()}


def question_words(text: str) -> list[str]:
    """The words of a question as forms see them: folded, with apostrophes and hyphens kept, "what's" also as "what"."""
    words: list[str] = []
    for word in _TOKEN.findall(fold(text).translate(_EDGES)):
        words.append(word)
        if word.endswith("'s"):
            words.append(word[:-2])
        elif word in _THIRD_PERSON:  # "what Jens does for a living" asks what "what I do for a living" does
            words.append(_THIRD_PERSON[word])
    return words


def _plain_verbs(text: str) -> Iterator[str]:
    """Verbs of what goes on, as forms have them: "where was I training" asks what "where did I train" does."""
    for stem in _GOING_ON.findall(fold(text)):
        yield stem
        yield f"{stem}e"
        if stem[-1] == stem[-2]:
            yield stem[:-1]


def intents_of(text: str) -> list[Intent]:
    """The predicates that `text` may be about, the most telling first; only those as telling as the best, or nearly."""
    spoken = question_words(text)
    words = {*spoken, *map("_".join, pairwise(spoken)), *_plain_verbs(text)}
    words |= {word[:-1] for word in words if len(word) > 4 and word.endswith("s") and word.isascii()}  # "computers"
    best: dict[str, Intent] = {}
    forms, telling = _forms(), _telling()
    for number in sorted({number for word in words for number in telling.get(word, ())}):
        predicate, form = forms[number]
        used: set[str] = set()
        weight = 0.0
        for options in form:
            hit = options & words
            if not hit:
                break
            used |= hit
            weight += 0.3 if hit <= _LIGHT else 1.0
        else:
            if weight < 1 and not set(spoken) <= used:
                continue  # small words alone are a form only by themselves: "who am I", not "who am I meeting"
            if weight > 0.85 and weight > (best[predicate].weight if predicate in best else 0):
                best[predicate] = Intent(predicate, weight, frozenset(used))
    ranked = sorted(best.values(), key=lambda intent: -intent.weight)
    plans = _PLANS if ranked and ranked[0].predicate in _PLANS else frozenset()  # "appointments coming up" are both
    return [intent for intent in ranked if intent.weight >= ranked[0].weight - 0.35 or intent.predicate in plans]


def missing_forms() -> set[str]:
    """Predicates without a question form, beside the fallback. Empty, or a line was forgotten."""
    return {row.name for row in REGISTRY.values() if not row.asked} - {FALLBACK}
