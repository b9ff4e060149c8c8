"""Words that are of one another: forms of number ("bees", "bee"), and compounds that say the same thing ("beekeeping"). Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from memory.evidence import find_words
from memory.irregular import BASE
from memory.terms import STOP_WORDS, languages_of, terms_of
from memory.values import fold, strip_accents

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_LANGUAGES = ("en", "de", "es", "no")
# What a noun ends in, in one number, case and definiteness or another.
_ENDINGS = {
    "en": frozenset({"", "s", "es", "y", "ies", "e", "f", "fe", "ves"}),
    "de": frozenset({"", "e", "en", "n", "s", "es", "er", "ern", "nen", "se", "sen"}),
    "es": frozenset({"", "s", "es", "z", "ces"}),
    "no": frozenset({"", "e", "en", "et", "a", "er", "ene", "n", "ne", "r", "t", "rne"}),
}
_SMALL = STOP_WORDS["en"] | STOP_WORDS["de"] | STOP_WORDS["es"] | STOP_WORDS["no"]
_VERBS = ({"life", "lives"}, {"leaf", "leaves"})  # what reads as a plural says where people live and when they leave
_LEAST = 3  # letters that two forms of a noun share
# Behind the name of a thing, these say that it is kept, made, ridden, watched: beekeeping, Bienenzucht, birøkt.
_OF_OTHER_THINGS = frozenset(
    ["book", "house", "time", "shop", "gate", "goal", "peace", "score"]
)  # bookkeeping is no reading
_TAILS = re.compile(
    r"[nse]{0,2}-?(?:keep(?:ing|er)|breed(?:ing|er)|rid(?:ing|er)|watch(?:ing|er)|rac(?:ing|er)|mak(?:ing|er)|build(?:ing|er)|collect(?:ing|ion|or)|sitt(?:ing|er)"
    r"|walk(?:ing|er)|hunt(?:ing|er)|train(?:ing|er)|spott(?:ing|er)|grow(?:ing|er)|throw(?:ing|er)|fish(?:ing|er)|restor(?:ing|ation)|manship"
    r"|z[uü]cht(?:er|erin|en|ung)?|halt(?:ung|er|erin|en)|samm(?:eln|ler|lerin|lung)|reit(?:en|er|erin)|bau(?:en|er)?|sport|pflege|rennen|beobachtung|angeln"
    r"|røkt(?:er|ing)?|røktar|avl|hold|oppdrett|samling|samler|ridning|bygging|fiske|jakt|stell|trening)"
)


@lru_cache(maxsize=20_000)
def is_form_of(one: str, other: str, languages: tuple[str, ...] = _LANGUAGES) -> bool:
    """Whether two single words are forms of one noun in one of the languages: the same stem, and no more between them than number or case."""
    first, second = strip_accents(fold(one)), strip_accents(fold(other))
    if first == second:
        return True
    if {first, second} in _VERBS:
        return False
    shared = 0
    while shared < min(len(first), len(second)) and first[shared] == second[shared]:
        shared += 1
    ends = {first[shared:], second[shared:]}
    for language in languages:
        terms = terms_of(one, language)
        if terms and terms == terms_of(other, language):
            if ends <= _ENDINGS[language] or (shared < _LEAST and language == "en"):
                return True  # "mice" and "mouse" are brought together by the list of irregular forms
        elif shared >= _LEAST and _in_number(first[:shared], ends, language):
            return True
    return False


def _in_number(shared: str, ends: set[str], language: str) -> bool:
    """Forms that the stemmer of a language keeps apart: "pez" and "peces", "bie" and "biene"."""
    if language == "es":
        return ends == {"z", "ces"}
    return language == "no" and shared.endswith("e") and ends <= {"", "r", "n", "ne"}


def languages_in(text: str) -> tuple[str, ...]:
    """The languages by whose rules words of `text` are compared: those it seems to be in, and English."""
    return tuple(language for language in _LANGUAGES if language == "en" or language in languages_of(text))


def is_compound_of(word: str, thing: str) -> bool:
    """Whether `word` says that a thing is kept, made, ridden or the like: "beekeeping" of "bees", "Bienenzucht" of "Bienen"."""
    whole, part = strip_accents(fold(word)), strip_accents(fold(thing))
    heads = {part} | {
        part.removesuffix(ending) for ending in ("s", "es", "n", "en", "er", "e", "ne", "ene", "a", "et", "r")
    }
    heads |= {part[: -len("ies")] + "y"} if part.endswith("ies") else set()
    return any(
        len(head) >= 2
        and head not in _OF_OTHER_THINGS
        and whole.startswith(head)
        and _TAILS.fullmatch(whole, len(head)) is not None
        for head in heads
    )


def forms_in(text: str, words: str, languages: tuple[str, ...] = _LANGUAGES, *, is_compound: bool = False) -> list[str]:
    """What stands in `text` for `words`, each of which may have another form of number; with `is_compound` also compounds of a single word."""
    wanted = _WORD.findall(words)
    if not wanted or len(wanted) > 3:
        return []
    held = list(_WORD.finditer(text))
    found = []
    for at in range(len(held) - len(wanted) + 1):
        run = held[at : at + len(wanted)]
        if _begins_like(run[0][0], wanted[0]) and all(
            is_form_of(match[0], word, languages) for match, word in zip(run, wanted, strict=True)
        ):
            found.append(text[run[0].start() : run[-1].end()])
    if is_compound and len(wanted) == 1:
        found += [
            match[0] for match in held if _begins_like(match[0], wanted[0]) and is_compound_of(match[0], wanted[0])
        ]
    return found


def first_letters(words: str) -> str:
    """What each form of the first of some words begins with, folded and without accents: two letters, or one where the number is irregular ("mice")."""
    bare = strip_accents(fold(words)).lstrip(" .,;:!?\"'-–—(")
    first = (bare.split() or [""])[0]
    return first[: 1 if any(first in bases or first in bases.values() for bases in BASE.values()) else 2]


def _begins_like(one: str, other: str) -> bool:
    """Whether two words begin with the same letter: most don't, and need no closer look."""
    return strip_accents(one[0]).casefold() == strip_accents(other[0]).casefold()


def name_in(topic: str, texts: Sequence[str]) -> list[str]:
    """The name inside a topic that has more to say ("my boat Grey Heron", "the grey heron project"): its longest run of words that stands with capitals in
    one of the texts, and there not as the beginning of a longer name. Empty when there is none, or the topic is no more than it."""
    words = list(re.finditer(r"[^\W_]+(?:['’-][^\W_]+)*", topic))
    is_written = topic != topic.lower()
    for size in range(min(len(words) - 1, 5), 0, -1):
        for at in range(len(words) - size + 1):
            run = topic[words[at].start() : words[at + size - 1].end()]
            around = [words[place][0] for place in (at - 1, at + size) if 0 <= place < len(words)]
            if _may_be_name(run, size, around, topic, is_written=is_written) and any(
                _is_named(text, run) for text in texts
            ):
                return [run]
    return []


def _may_be_name(run: str, size: int, around: Sequence[str], topic: str, *, is_written: bool) -> bool:
    parts = run.split()
    if fold(parts[0]) in _SMALL or fold(parts[-1]) in _SMALL:
        return False
    if is_written and not (parts[0][:1].isupper() and parts[-1][:1].isupper()):
        return False
    if size > 1:
        return True
    if len(run) < _LEAST:
        return False
    # German writes all nouns so: there a name stands beside the noun that it is the name of.
    return "de" not in languages_of(topic) or any(word[:1].isupper() for word in around)


def _is_named(text: str, run: str) -> bool:
    for start, end in find_words(text, run):
        words = text[start:end].split()
        begins = not start or text[:start].rstrip()[-1:] in ("", ".", "!", "?", "·")
        is_title = all(word[:1].isupper() or fold(word) in _SMALL for word in words) and words[0][:1].isupper()
        if is_title and not (begins and len(words) == 1) and not re.match(r" [A-ZÀ-ÞŁŚ]", text[end:]):
            return True
    return False
