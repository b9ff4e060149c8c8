"""Facts that a description means: "where I live", "my flatmate Bilal", "everything about the novel". Used to forget, correct and confirm in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from memory.evidence import find_words
from memory.facts import entities
from memory.facts.predicates import RELATIONS, predicate_of
from memory.facts.questions import Intent, intents_of, question_words
from memory.facts.relations import predicate_for, relation_in
from memory.models import Evidence, Fact
from memory.terms import STOP_WORDS, terms_of
from memory.values import fold, value_key

_ALL_ABOUT = re.compile(
    r"^\s*(?:please )?(?:(?:everything|anything|all|whatever)(?: (?:that )?you (?:know|have|remember))?(?: (?:about|on|of|concerning|regarding|to do with))?|what you know about|the (?:whole )?(?:topic|thing|stuff) (?:of|about|with)"
    r"|about|alles(?: (?:über|von|zu))?|todo (?:sobre|de|lo de)|alt om)\s+(?P<topic>.+)$",
    re.IGNORECASE | re.DOTALL,
)
_DESCRIBED = re.compile(r"^\s*(?:the fact )?(?:that|dass|que|at)\s+(?P<rest>.+)$", re.IGNORECASE | re.DOTALL)
_AND = re.compile(r"\s*,\s*(?:and |und |y |og )?|\s+(?:and|und|y|og|&)\s+")
_ARTICLE = re.compile(
    r"^(?:the|a|an|my|our|all|der|die|das|mein|meine|el|la|los|las|mi|mis|min|mitt|mine)\s+", re.IGNORECASE
)
_SMALL = STOP_WORDS["en"] | STOP_WORDS["de"] | STOP_WORDS["es"] | STOP_WORDS["no"]


_SENTENCE_END = re.compile(r"[.!?\n]+(?=\s|$)")
_STEM = 4  # letters; from here on, a word that begins another is of its stem
_OF_SOMEBODY = re.compile(r"\b(?:of my|meine[rs]|unsere[rs]|de mi|de mis|til min|til mitt)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Meant:
    """What a description means. `slots`: whole slots, with their history. `phrases`: the words of the topic, to be looked for in turns."""

    facts: tuple[Fact, ...]
    phrases: tuple[str, ...]
    is_exact: bool  # exactly one fact or one slot


@dataclass(frozen=True, slots=True)
class _Row:
    fact: Fact
    said: str  # its subject, value and sentence
    quotes: tuple[str, ...]
    text: str  # all of that
    terms: frozenset[str]


def _rows(user_id: UUID) -> list[_Row]:
    facts = list(Fact.objects.of(user_id).shown().order_by("said_at", "id"))
    quotes: dict[UUID, list[str]] = {}
    for fact_id, quote in Evidence.objects.of(user_id).values_list("fact_id", "quote"):
        quotes.setdefault(fact_id, []).append(quote)
    rows = []
    for fact in facts:
        said = " · ".join([fact.subject if fact.subject != "user" else "", fact.value, fact.text])
        cited = tuple(quotes.get(fact.pk, []))
        text = " · ".join([said, *cited])
        rows.append(_Row(fact, said, cited, text, frozenset(terms_of(text, "en")) | frozenset(terms_of(text))))
    return rows


def meant_by(user_id: UUID, query: str) -> Meant:
    """The facts of every status that `query` means."""
    rows = _rows(user_id)
    about = _ALL_ABOUT.match(query)
    if about and not intents_of(query):
        return _topic(user_id, about["topic"], rows)
    if about:
        return _topic(user_id, about["topic"], rows)
    described = _DESCRIBED.match(query)
    if described:
        return _finish(_described(user_id, described["rest"], rows), ())
    parts = [part for part in _AND.split(query) if part.strip()]
    if len(parts) > 1 and not intents_of(query)[:1]:
        return _topic(user_id, query, rows)
    if len(parts) > 1 and all(_ARTICLE.match(part) for part in parts):
        return _topic(user_id, query, rows)
    found = _by_intent(user_id, query, rows)
    if found:
        return _finish(found, _names_in(query))
    return _topic(user_id, query, rows)


def best_meant(user_id: UUID, query: str, statuses: Sequence[str] = ("active", "disputed", "proposed")) -> Fact | None:
    """The one fact that `query` means best among those of these statuses, or None."""
    rows = [row for row in _rows(user_id) if row.fact.status in statuses]
    described = _DESCRIBED.match(query)
    words = described["rest"] if described else query
    found = _by_intent(user_id, words, rows, is_one=True) or _described(user_id, words, rows)
    named = [fact for fact in found if find_words(query, fact.value)]
    fitting = named or found
    return fitting[-1] if fitting else None


def _finish(facts: Iterable[Fact], phrases: Sequence[str]) -> Meant:
    unique = list({fact.pk: fact for fact in facts}.values())
    slots = {fact.slot_key or str(fact.pk) for fact in unique}
    return Meant(tuple(unique), tuple(phrases), len(slots) == 1)


def _names_in(query: str) -> tuple[str, ...]:
    """Names with capitals inside a description, such as Iker in "my son Iker"."""
    return tuple(
        match.strip()
        for match in re.findall(r"(?<!^)(?<![.!?] )\b[A-ZÀ-ÞŁŚ][\w'’-]+(?: [A-ZÀ-ÞŁŚ][\w'’-]+)*", query)
        if match not in ("I", "I'm")
    )


def _topic(user_id: UUID, topic: str, rows: Sequence[_Row]) -> Meant:
    """Everything on one or several topics: facts whose subject, value, sentence or quote names one."""
    found: list[Fact] = []
    phrases: list[str] = []
    whole = _on_topic(user_id, topic, rows)
    if whole and not _AND.search(topic):
        return _finish(whole, [_bare(topic), *_capitals(topic)])
    for part in [part for part in _AND.split(topic) if part.strip()]:
        hits = _on_topic(user_id, part, rows)
        found += hits
        phrases += [_bare(part), *_capitals(part)]
    return _finish(found, [phrase for phrase in phrases if phrase])


def _bare(topic: str) -> str:
    return _ARTICLE.sub("", topic.strip().strip(".!?\"'")).strip()


def _capitals(topic: str) -> list[str]:
    return [
        match
        for match in re.findall(r"\b[A-ZÀ-ÞŁŚ][\w'’-]+(?: [A-ZÀ-ÞŁŚ][\w'’-]+)*", topic)
        if fold(match) not in _SMALL
    ]


def _on_topic(user_id: UUID, part: str, rows: Sequence[_Row]) -> list[Fact]:
    phrase = part.strip().strip(".!?\"'")
    bare = _bare(phrase)
    by_words = _naming(rows, bare) if bare else []
    about = entities.find(user_id, phrase) or []
    ids = {entity.pk for entity in about}
    by_words += [row.fact for row in rows if row.fact.entity_id in ids]
    names = {value_key(entity.name) for entity in about}
    by_words += [row.fact for row in rows if row.fact.predicate in RELATIONS and row.fact.value_key in names]
    if by_words:
        # A plain word such as "knee": what was told of health along with it. "My job" names a slot, and takes nothing along.
        if about or bare != bare.lower() or intents_of(bare) or intents_of(f"my {bare}"):
            return by_words
        ills = {row.fact.pk: row.fact for row in rows if _is_of_health(row.fact)}
        return by_words + _told_with(user_id, bare, ills)
    by_terms = [row.fact for row in rows if any(terms and terms <= row.terms for terms in _readings(bare))]
    by_terms += _matters_of(user_id, bare, rows) if by_terms else []
    return (
        by_terms
        or _by_intent(user_id, phrase, rows)
        or [row.fact for row in rows if _is_akin(bare, row)]
        or _told_with(user_id, bare, {row.fact.pk: row.fact for row in rows if row.fact.predicate in RELATIONS})
    )


def _matters_of(user_id: UUID, topic: str, rows: Sequence[_Row]) -> list[Fact]:
    """Events and plans that name what a topic names: of "the Rosewood flat" also "second viewing of the Rosewood place". Nothing of somebody known."""
    names = [name for name in _capitals(topic) if fold(name) != fold(topic) and not entities.named(user_id, name)]
    return [
        row.fact
        for row in rows
        if row.fact.kind in ("event", "plan") and any(find_words(row.said, name) for name in names)
    ]


def _is_of_health(fact: Fact) -> bool:
    return fact.entity_id is None and predicate_of(fact.predicate).sensitivity == "health"


def _told_with(user_id: UUID, topic: str, facts: Mapping[UUID, Fact]) -> list[Fact]:
    """Those of some facts that were told in one sentence with the topic: "we keep goats, the bosses are Hazel and Fig", "did my knee in, torn meniscus"."""
    cited = Evidence.objects.of(user_id).filter(fact_id__in=list(facts)).select_related("episode")
    return list(
        {
            row.fact_id: facts[row.fact_id]
            for row in cited
            if any(terms and terms <= _sentence_terms(row.episode.text, row.start) for terms in _readings(topic))
        }.values()
    )


def _sentence_terms(text: str, place: int) -> set[str]:
    """The index terms of the sentence that stands at a place of a text."""
    start = max((match.end() for match in _SENTENCE_END.finditer(text, 0, place)), default=0)
    end = _SENTENCE_END.search(text, place)
    sentence = text[start : end.start() if end else len(text)]
    return set(terms_of(sentence, "en")) | set(terms_of(sentence))


def _is_akin(topic: str, row: _Row) -> bool:
    """Whether each word of a topic has one of its stem in what is said of a fact: "my weight" and "I weigh 94 kilos"."""
    return any(
        terms and all(any(_share_stem(term, held) for held in row.terms) for term in terms)
        for terms in _readings(topic)
    )


def _share_stem(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    return len(shorter) >= _STEM and longer.startswith(shorter) and len(longer) - len(shorter) <= 3


def _naming(rows: Sequence[_Row], bare: str) -> list[Fact]:
    """The facts that name something, in what they say or in their quotes; not those whose quote names it only because it tells of another fact too."""
    saying = [row for row in rows if find_words(row.said, bare)]
    others = [row for row in rows if row not in saying and find_words(row.text, bare)]
    told = {quote for row in saying for quote in row.quotes}
    return [
        row.fact
        for row in rows
        if row in saying
        or (row in others and not all(quote in told for quote in row.quotes if find_words(quote, bare)))
    ]


def _readings(text: str) -> list[set[str]]:
    """The index terms of `text` as English and as the language it seems to be."""
    return [set(terms_of(text, "en")), set(terms_of(text))]


def _by_intent(user_id: UUID, query: str, rows: Sequence[_Row], *, is_one: bool = False) -> list[Fact]:
    intents = intents_of(query)
    if not intents:
        return []
    who = subject_in(user_id, query)
    hits = [
        row
        for row in rows
        if row.fact.predicate in {intent.predicate for intent in intents} and _is_about(row.fact, who)
    ]
    if not hits:
        return []
    rest = _residue(query, intents)
    theirs = _of_relation(user_id, query, intents, rows)
    if theirs:  # "how old my grandmother is": her age, and not that there is a grandmother
        return [row.fact for row in theirs]
    named_rows = [row for row in hits if len(row.fact.value_key) > 1 and find_words(query, row.fact.value)]
    if named_rows:  # "my cat Squeak": not the other cat, though one sentence told of both
        hits = named_rows
    elif rest:
        scores = {row.fact.pk: len(rest & row.terms) for row in hits}
        best = max(scores.values())
        if best:
            hits = [row for row in hits if scores[row.fact.pk] == best]
        elif any(rest <= row.terms for row in rows):
            return []
    facts = [row.fact for row in hits]
    named = {fact.value_key for fact in facts if fact.predicate in RELATIONS and find_words(query, fact.value)}
    if named and not is_one:  # somebody by name: what is known about them goes along
        people = {entity.pk for name in named for entity in entities.named(user_id, name)}
        facts += [row.fact for row in rows if row.fact.entity_id in people]
    return facts


def _of_relation(user_id: UUID, query: str, intents: Sequence[Intent], rows: Sequence[_Row]) -> list[_Row]:
    """Facts on somebody whom a description names by relation, in the slots that it asks for besides."""
    relation = relation_in(query)
    asked = {intent.predicate for intent in intents} - RELATIONS
    if relation is None or not asked:
        return []
    people = {entity.pk for entity in entities.related(user_id, relation)}
    return [row for row in rows if row.fact.entity_id in people and row.fact.predicate in asked]


def _residue(query: str, intents: Sequence[Intent]) -> set[str]:
    used = {word for intent in intents for word in intent.words}
    left = [
        word for word in question_words(query) if word not in used and word not in _SMALL and relation_in(word) is None
    ]
    return set(terms_of(" ".join(left), "en"))


def _is_about(fact: Fact, who: set[UUID] | None) -> bool:
    return fact.entity_id is None if who is None else fact.entity_id in who


def subject_in(user_id: UUID, query: str) -> set[UUID] | None:
    """Whom a question is about when not the user: "my sister's doctor", "where Ana lives". None: the user."""
    relation = relation_in(query)
    possessed = re.search(r"([\w-]+)['’]s\s+\w", query)
    owner = relation_in(possessed[1]) if possessed else relation if _OF_SOMEBODY.search(query) else None
    if owner and predicate_for(owner) not in {intent.predicate for intent in intents_of(query)}:
        return {entity.pk for entity in entities.related(user_id, owner)} or None
    found: set[UUID] = set()
    for word in re.findall(r"\b[A-ZÀ-ÞŁŚ][\w-]+", query):
        if fold(word) not in _SMALL:
            found |= {entity.pk for entity in entities.named(user_id, word)}
    if found and not re.search(r"\b(?:my|mein\w*|mi|min|mitt)\b", query, re.IGNORECASE):
        return found
    return None


def _described(user_id: UUID, words: str, rows: Sequence[_Row]) -> list[Fact]:
    """The facts that say most of what the words say."""
    readings = [terms for terms in _readings(words) if terms]
    if not readings:
        return _by_intent(user_id, words, rows)
    scored = [(max(len(terms & row.terms) / len(terms) for terms in readings), row.fact) for row in rows]
    best = max((score for score, _ in scored), default=0.0)
    if best < 0.5:
        # "dass du nicht über Fußball sprechen sollst" says the value whole, in words of its own.
        named = [row.fact for row in rows if len(row.fact.value_key) > 2 and find_words(words, row.fact.value)]
        return _by_intent(user_id, words, rows) or named
    return [fact for score, fact in scored if score == best]
