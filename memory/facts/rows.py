"""Facts with all that is said of them, and which of them name something. Used to find what a description means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from memory.evidence import find_words
from memory.facts.likeness import first_letters, forms_in, languages_in
from memory.models import Evidence, Fact
from memory.terms import STOP_WORDS, language_of, terms_of
from memory.values import fold, strip_accents

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
        rows.append(Row(fact, said, cited, text, frozenset().union(*readings(text))))
    return rows


def told_with(user_id: UUID, topic: str, facts: Mapping[UUID, Fact]) -> list[Fact]:
    """Those of some facts that were told in one sentence with the topic: "we keep goats, the bosses are Hazel and Fig", "did my knee in, torn meniscus"."""
    wanted = [terms for terms in readings(topic) if terms]
    if not wanted:
        return []
    return list(
        {
            fact_id: facts[fact_id] for fact_id, sentence in sentences_of(user_id, facts) if _holds(sentence, wanted)
        }.values()
    )


def sentences_of(user_id: UUID, fact_ids: Iterable[UUID]) -> list[tuple[UUID, str]]:
    """The sentences in which facts were told, each with the id of its fact."""
    cited = Evidence.objects.of(user_id).filter(fact_id__in=list(fact_ids))
    places = cited.values_list("fact_id", "episode__text", "start")
    return [(fact_id, _sentence_at(text, start)) for fact_id, text, start in places]


def _holds(sentence: str, wanted: Sequence[set[str]]) -> bool:
    terms = set().union(*readings(sentence))
    return any(some <= terms for some in wanted)


def _sentence_at(text: str, place: int) -> str:
    """The sentence that stands at a place of a text."""
    start = max((match.end() for match in _SENTENCE_END.finditer(text, 0, place)), default=0)
    end = _SENTENCE_END.search(text, place)
    return text[start : end.start() if end else len(text)]


def naming(rows: Sequence[Row], bare: str) -> list[Fact]:
    """The facts that name something, in what they say or in their quotes; not those whose quote names it only because it tells of another fact too."""
    lead = re.compile(rf"(?<![^\W_]){re.escape(first_letters(bare))}")
    held = [row for row in rows if lead.search(strip_accents(fold(row.text)))]
    saying = [
        row
        for row in held
        if says(row.said, bare, row.languages) or forms_in(row.fact.value, bare, row.languages, is_compound=True)
    ]
    named = {row.fact.pk for row in saying}
    others = {row.fact.pk for row in held if row.fact.pk not in named and says(row.text, bare, row.languages)}
    told = {quote for row in saying for quote in row.quotes}
    return [
        row.fact
        for row in held
        if row.fact.pk in named
        or (
            row.fact.pk in others and not all(quote in told for quote in row.quotes if says(quote, bare, row.languages))
        )
    ]


def says(text: str, words: str, languages: tuple[str, ...]) -> bool:
    """Whether `text` has these words, as they are or in another number."""
    return bool(find_words(text, words) or forms_in(text, words, languages))


def readings(text: str) -> list[set[str]]:
    """The index terms of `text` as English and as the language it seems to be."""
    language = language_of(text)
    english = set(terms_of(text, "en"))
    return [english] if language == "en" else [english, set(terms_of(text, language))]
