"""Who is what to the person: relation words of four languages, found in questions and in facts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.llm.builtin.folding import fold
from assistant.llm.builtin.tables import read_columns, read_lines
from memory.lines import MemoryLine

_ORDER = ("en", "de", "es", "nb")


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
        words = {
            language: frozenset(fold(word, language=language) for word in pair[0].split())
            for language, pair in zip(_ORDER, pairs, strict=True)
        }
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
            if word in folded and _asks_for(word, language).search(folded):
                return relation
    return None


@lru_cache(maxsize=512)
def _asks_for(word: str, language: str) -> re.Pattern[str]:
    forms = dict(line.split(": ", 1) for line in read_lines("relation_questions.txt"))
    return re.compile(forms[language].replace("{rel}", re.escape(word)))


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
