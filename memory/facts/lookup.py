"""Facts that a description means: "where I live", "my flatmate Bilal", "everything about the novel". Used to forget, correct and confirm in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from memory.evidence import find_words
from memory.facts import entities
from memory.facts.likeness import forms_in, languages_in, name_in
from memory.facts.nouns import slots_named
from memory.facts.owners import is_relation, kind_of_pet, owners, relation_of
from memory.facts.predicates import RELATIONS, predicate_of
from memory.facts.questions import Intent, intents_of, question_words
from memory.facts.relations import predicate_for, relation_in
from memory.facts.wording import (
    bared,
    exception_in,
    in_first_person,
    is_mine,
    possessions_in,
    tidied,
    whole_of,
)
from memory.models import Evidence, Fact
from memory.terms import STOP_WORDS, terms_of
from memory.values import fold, value_key

_ALL_ABOUT = re.compile(
    r"^\s*(?:please )?(?:(?:everything|anything|all|whatever)(?: (?:that )?(?:you|i) (?:know|have|remember|told you|said|ever said|mentioned))?(?: (?:about|on|of|concerning|regarding|to do with))?|what you know about|(?:all )?the (?:whole )?(?:topic|thing|stuff) (?:of|about|with)"
    r"|about|alles,? was (?:du|ich)(?: dir)? (?:über|von|zu)(?= .* (?:weißt|gesagt habe|erzählt habe)$)|alles,? was mit|alles(?: (?:über|von|zu|rund um))?"
    r"|todo(?: lo)? (?:que (?:sabes|recuerdas|te (?:conté|dije)) )?(?:sobre|acerca de|de|del|lo de|relacionado con|que tenga que ver con)"
    r"|alt (?:(?:som )?(?:du (?:vet|husker)|jeg har (?:sagt|fortalt)) )?(?:om|som har med))\s+(?P<topic>.+?)"
    r"(?:\s+(?:weißt|zu tun hat|gesagt habe|erzählt habe|å gjøre))?$",
    re.IGNORECASE | re.DOTALL,
)
_DESCRIBED = re.compile(r"^\s*(?:the fact )?(?:that|dass|que|at)\s+(?P<rest>.+)$", re.IGNORECASE | re.DOTALL)
_AND = re.compile(r"\s*,\s*(?:and |und |y |og )?|\s+(?:and|und|y|og|&)\s+")
_ARTICLE = re.compile(
    r"^(?:the|a|an|my|our|all|der|die|das|mein|meine|el|la|los|las|mi|mis|min|mitt|mine)\s+", re.IGNORECASE
)
_SMALL = STOP_WORDS["en"] | STOP_WORDS["de"] | STOP_WORDS["es"] | STOP_WORDS["no"]


_SENTENCE_END = re.compile(r"[.!?\n]+(?=\s|$)")
_CLAUSE = re.compile(
    r"^\W*(?:where|what|who|whom|which|when|how|whether|if|why|wo|was|wer|wen|welche[rnsm]?|auf welche[rnsm]?|in welche[rnsm]?|wann|wie|ob|woher|a|dónde|donde"
    r"|qué|que|quién|cuál|cuándo|cuántos|cuánto|cómo|hvor|hva|hvem|hvilken|hvilket|hvilke|når|hvordan|om)\b",
    re.IGNORECASE,
)
_FIRST_PERSON = re.compile(
    r"\b(?:i|i['’]m|i['’]ve|me|we|us|ich|mich|mir|wir|uns|jeg|meg|vi|oss|yo|me|nos|vivo|trabajo|estudio|tengo|voy|debo|compré|soy|hago)\b",
    re.IGNORECASE,
)
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

    @property
    def languages(self) -> tuple[str, ...]:
        return languages_in(self.text)


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
    query, left_out = exception_in(tidied(query))
    meant = _meant(user_id, query, _rows(user_id))
    if not left_out:
        return meant
    name = bared(left_out)
    return _finish([fact for fact in meant.facts if not forms_in(f"{fact.value} {fact.text}", name)], ())


def _meant(user_id: UUID, query: str, rows: Sequence[_Row]) -> Meant:
    whole = _whole(user_id, whole_of(query), rows)
    if whole:
        return _finish(whole, _names_in(query))
    about = _ALL_ABOUT.match(query)
    if about:
        return _topic(user_id, about["topic"], rows)
    described = _DESCRIBED.match(query)
    if described:
        return _finish(_described(user_id, described["rest"], rows), ())
    theirs = _possessed(user_id, query, rows)
    if theirs is not None:
        return _finish(theirs, ())
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


def _whole(user_id: UUID, what: str, rows: Sequence[_Row]) -> list[Fact]:
    """All of one or several slots, named by their nouns: "debts", "hobbies and goals", "cats". Nothing when one of them names no slot."""
    found: list[Fact] = []
    for part in [bared(part) for part in _AND.split(what) if part.strip()]:
        slots = slots_named(part)
        if slots:
            hits = [row.fact for row in rows if row.fact.predicate in slots and row.fact.entity_id is None]
        else:
            hits = _by_intent(user_id, f"my {part}", rows)
        if not hits:
            return []
        found += hits + _of_those(user_id, hits, rows)
    return found


def _of_those(user_id: UUID, facts: Iterable[Fact], rows: Sequence[_Row]) -> list[Fact]:
    """What is known about the people and animals that facts name."""
    names = {fact.value for fact in facts if fact.predicate in RELATIONS}
    people = {entity.pk for name in names for entity in entities.named(user_id, name)}
    return [row.fact for row in rows if row.fact.entity_id in people]


def _possessed(user_id: UUID, query: str, rows: Sequence[_Row]) -> list[Fact] | None:
    """The slot of somebody that "my daughter's school" or "skolen til datteren min" names, empty when it is not known; None for other descriptions.

    Whoever has it stays: that there is a daughter is not her school.
    """
    for one in possessions_in(query):
        people = owners(user_id, one.owner)
        relation = relation_of(one.owner)
        asked = slots_named(one.thing) or {intent.predicate for intent in intents_of(f"my {one.thing}")}
        if not (people or relation) or asked == {"name"}:
            continue
        of_them = [row for row in rows if row.fact.entity_id in {entity.pk for entity in people}]
        if not asked:
            named = [row.fact for row in of_them if forms_in(row.said, one.thing, row.languages)]
            if named:
                return named
            continue
        names = [entity.name for entity in people]
        return [row.fact for row in of_them if row.fact.predicate in asked] or [
            row.fact
            for row in rows
            if row.fact.entity_id is None
            and row.fact.predicate in asked
            and row.fact.predicate not in RELATIONS
            and (
                (row.fact.predicate == "school" and relation is not None and predicate_for(relation) == "child")
                or any(find_words(row.said, name) for name in [*names, *([relation] if relation else [])])
            )
        ]
    return None


def _topic(user_id: UUID, topic: str, rows: Sequence[_Row]) -> Meant:
    """Everything on one or several topics: facts whose subject, value, sentence or quote names one."""
    found: list[Fact] = []
    phrases: list[str] = []
    whole = _on_topic(user_id, topic, rows)
    if whole and not _AND.search(topic):
        return _finish(whole, _phrases(topic, whole, rows))
    for part in [part for part in _AND.split(topic) if part.strip()]:
        hits = _on_topic(user_id, part, rows)
        found += hits
        phrases += _phrases(part, hits, rows)
    return _finish(found, [phrase for phrase in phrases if phrase])


def _phrases(topic: str, hits: Sequence[Fact], rows: Sequence[_Row]) -> list[str]:
    """The words of a topic to be looked for in turns: as given, its names, and the other number of a plain word where what goes has it."""
    bare = _bare(topic)
    phrases = [bare, *_capitals(topic), *name_in(topic, [row.text for row in rows])]
    if bare == bare.lower() and " " not in bare:
        gone = {fact.pk for fact in hits}
        phrases += [form for row in rows if row.fact.pk in gone for form in forms_in(row.text, bare, row.languages)]
    return list(dict.fromkeys(phrases))


def _bare(topic: str) -> str:
    return bared(_ARTICLE.sub("", topic.strip().strip(".!?\"'")))


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
    if is_mine(phrase) or phrase == bare:  # "my debts", "allergies": the slot, whether or not its turns say the word
        by_words += _whole(user_id, bared(phrase), rows) if slots_named(bared(phrase)) else []
    theirs = [] if by_words else _possessed(user_id, phrase, rows)
    if theirs:
        return theirs
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
        or _by_name(user_id, phrase, rows)
        or _by_intent(user_id, phrase, rows)
        or [row.fact for row in rows if _is_akin(bare, row)]
        or _told_with(user_id, bare, {row.fact.pk: row.fact for row in rows if row.fact.predicate in RELATIONS})
    )


def _by_name(user_id: UUID, topic: str, rows: Sequence[_Row]) -> list[Fact]:
    """The facts that hold the name in a topic word for word: of "my boat Grey Heron", whatever else they call it. Nobody of another relation than it says."""
    relation = relation_of(topic)
    found: list[Fact] = []
    for name in name_in(topic, [row.text for row in rows]):
        for entity in entities.named(user_id, name):
            if relation and entity.relation and not entities.fits(entity.relation, relation):
                return []
        found += _naming(rows, name)
    return found


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
    saying = [row for row in rows if _says(row.said, bare, row.languages) or forms_in(row.fact.value, bare, row.languages, is_compound=True)]
    others = [row for row in rows if row not in saying and _says(row.text, bare, row.languages)]
    told = {quote for row in saying for quote in row.quotes}
    return [
        row.fact
        for row in rows
        if row in saying or (row in others and not all(quote in told for quote in row.quotes if _says(quote, bare, row.languages)))
    ]


def _says(text: str, words: str, languages: tuple[str, ...]) -> bool:
    """Whether `text` has these words, as they are or in another number."""
    return bool(find_words(text, words) or forms_in(text, words, languages))


def _readings(text: str) -> list[set[str]]:
    """The index terms of `text` as English and as the language it seems to be."""
    return [set(terms_of(text, "en")), set(terms_of(text))]


def _by_intent(user_id: UUID, query: str, rows: Sequence[_Row], *, is_one: bool = False) -> list[Fact]:
    intents = _asked(query)
    if not intents:
        return []
    theirs = _of_somebody(user_id, query, intents, rows)
    if theirs is not None:  # "how old my grandmother is": her age, and not that there is a grandmother
        return [row.fact for row in theirs]
    who = subject_in(user_id, query)
    hits = [
        row
        for row in rows
        if row.fact.predicate in {intent.predicate for intent in intents} and _is_about(row.fact, who)
    ]
    if not hits:
        return []
    hits = _of_kin(user_id, query, hits)
    if not hits:
        return []
    rest = _residue(query, intents)
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
    elif is_relation(query) and is_mine(query) and not is_one:
        facts += _of_those(user_id, facts, rows)
    return facts


def _asked(query: str) -> list[Intent]:
    """The slots that a description asks for: by question forms, or by the noun that it is."""
    words = frozenset(question_words(query))
    return intents_of(in_first_person(query)) or [Intent(name, 1.0, words) for name in slots_named(bared(query))]


def _of_somebody(user_id: UUID, query: str, intents: Sequence[Intent], rows: Sequence[_Row]) -> list[_Row] | None:
    """Facts on somebody whom a clause names, in the slots that it asks for: "where my brother lives". None when it asks for none of theirs.

    A clause that is about them alone finds nothing when that is not known, and never what is known of the user.
    """
    asked = {intent.predicate for intent in intents} - RELATIONS
    people = {entity.pk for entity in owners(user_id, query)} if asked else set()
    found = [row for row in rows if row.fact.entity_id in people and row.fact.predicate in asked]
    if found or not asked:
        return found or None
    if not (people or relation_of(query)) or not _CLAUSE.match(query) or _FIRST_PERSON.search(query):
        return None
    told = relation_of(query)
    return [
        row
        for row in rows
        if row.fact.entity_id is None
        and row.fact.predicate == "school"
        and row.fact.predicate in asked
        and told is not None
        and predicate_for(told) == "child"
    ]


def _of_kin(user_id: UUID, query: str, hits: Sequence[_Row]) -> list[_Row]:
    """Of facts that name somebody, those of the relation, or the kind of animal, that a description says: "my sister" is no brother."""
    relation = relation_of(query)
    if relation is None:
        return list(hits)
    fitting = [
        row
        for row in hits
        if row.fact.predicate not in RELATIONS
        or predicate_for(relation) != row.fact.predicate
        or all(
            not entity.relation or entities.fits(entity.relation, relation)
            for entity in entities.named(user_id, row.fact.value)
        )
    ]
    kind = kind_of_pet(query)
    of_kind = [row for row in fitting if row.fact.predicate == "pet" and forms_in(row.text, kind)] if kind else []
    return of_kind or fitting


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
