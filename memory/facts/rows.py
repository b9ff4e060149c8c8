"""Facts with all that is said of them, and which of them name something. Used to find what a description means."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from memory.evidence import find_words
from memory.facts.likeness import forms_in, languages_in
from memory.models import Evidence, Fact
from memory.terms import STOP_WORDS, terms_of

AND = re.compile(r"\s*,\s*(?:and |und |y |og )?|\s+(?:and|und|y|og|&)\s+")
SMALL_WORDS = STOP_WORDS["en"] | STOP_WORDS["de"] | STOP_WORDS["es"] | STOP_WORDS["no"]
_SENTENCE_END = re.compile(r"[.!?\n]+(?=\s|$)")


@dataclass(frozen=True, slots=True)
class Row:
    fact: Fact
    said: str  # its subject, value and sentence
    quotes: tuple[str, ...]
    text: str  # all of that
    terms: frozenset[str]

    @property
    def languages(self) -> tuple[str, ...]:
        return languages_in(self.text)


def rows_of(user_id: UUID) -> list[Row]:
    facts = list(Fact.objects.of(user_id).shown().select_related("entity").order_by("said_at", "id"))
    quotes: dict[UUID, list[str]] = {}
    for fact_id, quote in Evidence.objects.of(user_id).values_list("fact_id", "quote"):
        quotes.setdefault(fact_id, []).append(quote)
    rows = []
    for fact in facts:
        said = " · ".join([fact.subject if fact.subject != "user" else "", fact.value, fact.text])
        cited = tuple(quotes.get(fact.pk, []))
        text = " · ".join([said, *cited])
        rows.append(Row(fact, said, cited, text, frozenset(terms_of(text, "en")) | frozenset(terms_of(text))))
    return rows


def told_with(user_id: UUID, topic: str, facts: Mapping[UUID, Fact]) -> list[Fact]:
    """Those of some facts that were told in one sentence with the topic: "we keep goats, the bosses are Hazel and Fig", "did my knee in, torn meniscus"."""
    cited = Evidence.objects.of(user_id).filter(fact_id__in=list(facts)).select_related("episode")
    return list(
        {
            row.fact_id: facts[row.fact_id]
            for row in cited
            if any(terms and terms <= _sentence_terms(row.episode.text, row.start) for terms in readings(topic))
        }.values()
    )


def _sentence_terms(text: str, place: int) -> set[str]:
    """The index terms of the sentence that stands at a place of a text."""
    start = max((match.end() for match in _SENTENCE_END.finditer(text, 0, place)), default=0)
    end = _SENTENCE_END.search(text, place)
    sentence = text[start : end.start() if end else len(text)]
    return set(terms_of(sentence, "en")) | set(terms_of(sentence))


def naming(rows: Sequence[Row], bare: str) -> list[Fact]:
    """The facts that name something, in what they say or in their quotes; not those whose quote names it only because it tells of another fact too."""
    saying = [
        row
        for row in rows
        if says(row.said, bare, row.languages) or forms_in(row.fact.value, bare, row.languages, is_compound=True)
    ]
    others = [row for row in rows if row not in saying and says(row.text, bare, row.languages)]
    told = {quote for row in saying for quote in row.quotes}
    return [
        row.fact
        for row in rows
        if row in saying
        or (row in others and not all(quote in told for quote in row.quotes if says(quote, bare, row.languages)))
    ]


def says(text: str, words: str, languages: tuple[str, ...]) -> bool:
    """Whether `text` has these words, as they are or in another number."""
    return bool(find_words(text, words) or forms_in(text, words, languages))


def readings(text: str) -> list[set[str]]:
    """The index terms of `text` as English and as the language it seems to be."""
    return [set(terms_of(text, "en")), set(terms_of(text))]
