"""Who is what to the person: relation words of four languages, found in questions and in facts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.llm.builtin.folding import fold
from assistant.llm.builtin.tables import read_columns
from memory.lines import MemoryLine

_ORDER = ("en", "de", "es", "nb")
_NAME_OF = {
    "en": r"(?:what (?:is|are|was|were)|who (?:is|are|was)|tell me|do you know|remember) (?:the names? of )?(?:all )?(?:my|our) {rel}(?:'s? names?| called| names?)?$|\b(?:names?|kind) of (?:all )?(?:my|our) {rel}\b|"
    r"\b(?:my|our) {rel}'?s? name\b|\bdo (?:i|we) have (?:a |an |any )?{rel}\b|\bhow many {rel} do (?:i|we)\b|what (?:are|is) (?:all )?(?:my|our) {rel} called|\bwhich of (?:my|our) {rel}\b|\bwho is (?:my|our) {rel}",
    "de": r"(?:wie (?:heisst|heissen|hiess)|wer (?:ist|sind|war)|kennst du|weisst du, wie) (?:noch ?mal |nochmal )?(?:mein\w*|unser\w*) {rel}\b(?! \w+ (?:von beruf|geboren))|\b(?:habe|hab|haben) (?:ich|wir) (?:ein\w* )?{rel}\b|\bname\w* (?:von )?(?:mein\w*|unser\w*) {rel}|\bwie viele {rel}",
    "es": r"(?:como se llaman?|quien(?:es)? (?:es|son|era)|cual es el nombre de|nombres? de) (?:mis?|nuestr\w+) {rel}\b|\b(?:tengo|tenemos) (?:un |una |algun |alguna )?{rel}\b|\bcuant[oa]s {rel}",
    "nb": r"(?:hva heter|hvem er) {rel}(?: (?:min|mi|mitt|mine|vår))?\b|\bhar (?:jeg|vi) (?:en |et )?{rel}\b|\bhvor mange {rel}",
}


@dataclass(frozen=True, slots=True)
class Relation:
    key: str
    predicate: str
    words: dict[str, frozenset[str]]
    said: dict[str, str]

    def all_words(self) -> frozenset[str]:
        return frozenset().union(*self.words.values())


@lru_cache(maxsize=1)
def relations() -> tuple[Relation, ...]:
    """All relations of the table, in its order."""
    found = []
    for key, (predicate, *columns) in read_columns("relations.txt").items():
        pairs = [column.split(";") for column in columns]
        words = {language: frozenset(fold(word, language=language) for word in pair[0].split()) for language, pair in zip(_ORDER, pairs, strict=True)}
        said = {language: pair[1].strip() for language, pair in zip(_ORDER, pairs, strict=True)}
        found.append(Relation(key, predicate, words, said))
    return tuple(found)


def relation_named(word: str, *, language: str) -> Relation | None:
    """The relation that `word` (folded) names in `language`."""
    return next((relation for relation in relations() if word in relation.words[language]), None)


def relation_in(text: str, *, language: str) -> Relation | None:
    """The first relation word of `language` in `text` (folded), as in "my sister's"."""
    for word in re.findall(r"[\w-]+", text.replace("'s", "")):
        relation = relation_named(word, language=language)
        if relation:
            return relation
    return None


def relation_asked(folded: str, *, language: str) -> Relation | None:
    """The relation whose name or existence the question `folded` asks for ("what's my sister called?")."""
    for relation in relations():
        for word in sorted(relation.words[language], key=len, reverse=True):
            if word in folded and re.search(_NAME_OF[language].replace("{rel}", re.escape(word)), folded):
                return relation
    return None


@lru_cache(maxsize=512)
def relation_of(fact: MemoryLine) -> Relation | None:
    """Which relation `fact` states, when its words name exactly one of its predicate's."""
    candidates = [relation for relation in relations() if relation.predicate == fact.predicate]
    for text in (fact.text, fact.quote, fact.value):
        found = set()
        for language in _ORDER:
            words = set(re.findall(r"[\w-]+", fold(text, language=language)))
            found |= {relation.key for relation in candidates if words & relation.words[language]}
        if len(found) == 1:
            key = found.pop()
            return next(relation for relation in candidates if relation.key == key)
    return None


def relation_said(relation: Relation, *, language: str) -> str:
    """How the relation is said to the person: "your sister"."""
    return relation.said[language]
