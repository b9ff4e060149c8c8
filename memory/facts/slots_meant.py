"""The slots that a description means, the user's or somebody else's: "where I live", "all my debts", "my daughter's school"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from uuid import UUID

from memory.evidence import find_words
from memory.facts import entities
from memory.facts.likeness import forms_in
from memory.facts.nouns import slots_named
from memory.facts.owners import is_other_kin, is_relation, kind_of_pet, owners, relation_of
from memory.facts.predicates import RELATIONS
from memory.facts.questions import Intent, intents_of, question_words
from memory.facts.relations import predicate_for, relation_in
from memory.facts.rows import AND, SMALL_WORDS, Row, sentences_of, told_with
from memory.facts.wording import bared, in_first_person, is_mine, possessions_in
from memory.models import Entity, Fact
from memory.terms import terms_of
from memory.values import fold

_CLAUSE = re.compile(
    r"^\W*(?:where|what|who|whom|which|when|how|whether|if|why|wo|was|wer|wen|welche[rnsm]?|auf welche[rnsm]?|in welche[rnsm]?|wann|wie|ob|woher|a|dónde|donde"
    r"|qué|que|quién|cuál|cuándo|cuántos|cuánto|cómo|hvor|hva|hvem|hvilken|hvilket|hvilke|når|hvordan|om)\b",
    re.IGNORECASE,
)
WHEN = re.compile(
    r"^\W*(?:when|where|how|why|what|wo|wann|warum|was|dónde|donde|cuándo|cuando|qué|hvor|når|hvordan|hva)\b",
    re.IGNORECASE,
)
_FIRST_PERSON = re.compile(
    r"\b(?:i|i['’]m|i['’]ve|me|we|us|ich|mich|mir|wir|uns|jeg|meg|vi|oss|yo|me|nos|vivo|trabajo|estudio|tengo|voy|debo|compré|soy|hago)\b",
    re.IGNORECASE,
)
_NAMING = frozenset(
    ["heisse", "heisst", "heissen", "called", "named", "name", "llama", "llaman", "heter", "hete", "navnet"]
)
_DAY = re.compile(
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?|(?:mon|diens|donners|frei|sams|sonn)tags?|mittwochs?|lunes|martes|miércoles|jueves|viernes|sábados?|domingos?"
    r"|(?:man|tirs|ons|tors|fre|lør|søn)dag(?:er|en)?"
)
_OF_SOMEBODY = re.compile(r"\b(?:of my|meine[rs]|unsere[rs]|de mi|de mis|til min|til mitt)\b", re.IGNORECASE)


def whole_slots(user_id: UUID, what: str, rows: Sequence[Row]) -> list[Fact]:
    """All of one or several slots, named by their nouns: "debts", "hobbies and goals", "cats". Nothing when one of them names no slot."""
    found: list[Fact] = []
    for part in [bared(part) for part in AND.split(what) if part.strip()]:
        slots = slots_named(part)
        relation = relation_of(part) if is_relation(part) else None
        if relation:
            kin = [row for row in rows if row.fact.predicate == predicate_for(relation) and row.fact.entity_id is None]
            hits = [row.fact for row in of_kin(user_id, part, kin)]
        elif slots:
            hits = [row.fact for row in rows if row.fact.predicate in slots and row.fact.entity_id is None]
        else:
            hits = by_intent(user_id, f"my {part}", rows)
        if not hits:
            return []
        found += hits + known_of(user_id, hits, rows)
    return found


def known_of(user_id: UUID, facts: Iterable[Fact], rows: Sequence[Row]) -> list[Fact]:
    """What is known about the people and animals that facts name, and not about others of the same name."""
    people = people_in(user_id, facts)
    return [row.fact for row in rows if row.fact.entity_id in people]


def people_in(user_id: UUID, facts: Iterable[Fact]) -> set[UUID]:
    """The people and animals that facts name, and no others of the same name."""
    people: set[UUID] = set()
    naming = {(fact.predicate, fact.value) for fact in facts if fact.predicate in RELATIONS}
    called_so = entities.named_each(user_id, {name for _, name in naming})
    for predicate, name in naming:
        called = called_so.get(name, [])
        related = [entity for entity in called if entity.relation and predicate_for(entity.relation) == predicate]
        people |= {entity.pk for entity in related or called}
    return people


def possessed(user_id: UUID, query: str, rows: Sequence[Row]) -> list[Fact] | None:
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


def by_intent(user_id: UUID, query: str, rows: Sequence[Row], *, is_one: bool = False) -> list[Fact]:
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
    hits = of_kin(user_id, query, hits)
    if not hits:
        return []
    rest = _residue(query, intents)
    told = {fact.pk for fact in longest_named(query, [row.fact for row in hits])}
    named_rows = [row for row in hits if row.fact.pk in told]
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
    if is_one:
        return facts
    named = [fact for fact in facts if fact.predicate in RELATIONS and find_words(query, fact.value)]
    if named:  # somebody by name: what is known about them goes along
        facts += known_of(user_id, named, rows)
    elif is_mine(query) and (is_relation(query) or possessed_name(query)):
        facts += known_of(user_id, facts, rows)
    return facts


def longest_named(query: str, facts: Iterable[Fact]) -> list[Fact]:
    """Those of some facts whose value stands in a description, and not only as a part of another's: of "green tea" and "tea" the first."""
    named = [fact for fact in facts if len(fact.value_key) > 1 and find_words(query, fact.value)]
    return [
        fact
        for fact in named
        if not any(len(one.value) > len(fact.value) and find_words(one.value, fact.value) for one in named)
    ]


def possessed_name(query: str) -> bool:
    """Whether a description is of somebody's name, which stands in all that is known about them: "my daughter's name"."""
    return any(slots_named(one.thing) == {"name"} for one in possessions_in(query))


def _asked(query: str) -> list[Intent]:
    """The slots that a description asks for: by question forms, or by the noun that it is."""
    words = frozenset(question_words(query))
    relation = relation_of(query)
    intents = intents_of(in_first_person(query))
    if relation and [intent.predicate for intent in intents] == ["name"]:  # "wie mein Chef heißt": who that is
        return [Intent(predicate_for(relation) or "name", 1.0, words)]
    is_named = bool(_NAMING & words)
    if relation and WHEN.match(query) and not is_named and {intent.predicate for intent in intents} <= RELATIONS:
        return []  # "when my wife is due" asks for something of hers, and not for her
    *_, last = bared(query).split() or [""]
    slots = slots_named(last) - {"name"} if is_mine(query) else frozenset()
    if fitting := [intent for intent in intents if intent.predicate in slots]:  # "my cat allergy" is no cat
        rest = slots - {intent.predicate for intent in fitting}  # "my job" is what one does, and where
        return fitting + [Intent(name, 1.0, words) for name in rest]
    return intents or [Intent(name, 1.0, words) for name in slots_named(bared(query))]


def is_heard(query: str, facts: Iterable[Fact], rows: Sequence[Row]) -> bool:
    """Whether what a description says beyond its slot is said of one of the facts: "my peanut allergy" is none to cats, "my appointment with the vet" none
    with the dentist. A clause on the user asks, and says nothing."""
    if _CLAUSE.match(query) and _FIRST_PERSON.search(query):
        return True
    pks = {fact.pk for fact in facts}
    meant = [row for row in rows if row.fact.pk in pks]
    rest = _residue(query, _asked(query))
    if rest and not any(rest & row.terms for row in meant):
        return False
    relation = relation_of(query)
    return relation is None or any(
        row.fact.entity_id or row.fact.predicate in RELATIONS or relation_of(row.text) == relation for row in meant
    )


def asks_more(query: str) -> bool:
    """Whether a description asks for a slot that somebody may have: "what my brother does for a living"."""
    return bool({intent.predicate for intent in intents_of(in_first_person(query))} - RELATIONS - {"name"})


def _of_somebody(user_id: UUID, query: str, intents: Sequence[Intent], rows: Sequence[Row]) -> list[Row] | None:
    """Facts on somebody whom a clause names, in the slots that it asks for: "where my brother lives". None when it asks for none of theirs.

    A clause that is about them alone finds nothing when that is not known, and never what is known of the user.
    """
    asked = {intent.predicate for intent in intents} - RELATIONS - {"name"}
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


def of_kin(user_id: UUID, query: str, hits: Sequence[Row]) -> list[Row]:
    """Of facts that name somebody, those of the relation, or the kind of animal, that a description says: "my sister" is no brother."""
    relation = relation_of(query)
    if relation is None:
        return list(hits)
    called = entities.named_each(user_id, {row.fact.value for row in hits if row.fact.predicate in RELATIONS})
    fitting = [
        row
        for row in hits
        if row.fact.predicate not in RELATIONS
        or predicate_for(relation) != row.fact.predicate
        or (not is_other_kin(row.fact.text, relation) and _may_be(called.get(row.fact.value, []), relation))
    ]
    return _of_kind(user_id, query, fitting)


def _may_be(people: Sequence[Entity], relation: str) -> bool:
    """Whether one of those of a name can stand in this relation; nobody of that name known is no objection."""
    return not people or any(not one.relation or entities.fits(one.relation, relation) for one in people)


def _of_kind(user_id: UUID, query: str, rows: Sequence[Row]) -> list[Row]:
    """Of facts on animals, those of the kind that a description names: "my dog" is no cat. A single one whose kind was not told is meant."""
    kind = kind_of_pet(query)
    pets = [row for row in rows if row.fact.predicate == "pet"] if kind else []
    if not pets:
        return list(rows)
    told = {fact.pk for word in kind for fact in told_with(user_id, word, {row.fact.pk: row.fact for row in pets})}
    meant = [row for row in pets if row.fact.pk in told and not kind_of_pet(row.said) - kind]
    meant = [row for row in pets if kind_of_pet(row.said) == kind] or meant
    if meant or len(pets) > 1:
        return meant
    return [row for row in pets if not kind_of_pet(row.text) and not _kinds_told(user_id, row)]


def _kinds_told(user_id: UUID, row: Row) -> bool:
    """Whether a sentence in which a fact was told names a kind of animal."""
    return any(kind_of_pet(sentence) for _, sentence in sentences_of(user_id, [row.fact.pk]))


def of_theirs(user_id: UUID, query: str, rows: Sequence[Row]) -> list[Fact]:
    """Facts on somebody whom a clause names, which share a word with it: "when my wife is due"."""
    people = {entity.pk for entity in owners(user_id, query)}
    terms = set(terms_of(query, "en")) | set(terms_of(query))
    return [row.fact for row in rows if row.fact.entity_id in people and terms & row.terms]


def _residue(query: str, intents: Sequence[Intent]) -> set[str]:
    used = {word for intent in intents for word in intent.words if not _DAY.fullmatch(word)}
    of_animals = any(intent.predicate in ("pet", "species", "vet") for intent in intents)
    left = [
        word
        for word in question_words(query)
        if word not in used
        and word not in SMALL_WORDS
        and word not in _NAMING
        and (relation_in(word) is None or (relation_in(word) == "pet" and not of_animals))
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
        if fold(word) not in SMALL_WORDS:
            found |= {entity.pk for entity in entities.named(user_id, word)}
    if found and not re.search(r"\b(?:my|mein\w*|mi|min|mitt)\b", query, re.IGNORECASE):
        return found
    return None
