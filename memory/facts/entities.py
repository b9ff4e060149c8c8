"""Who is meant: subjects as said, to the user or to one entity."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from uuid import UUID

from memory.facts.ledger import Ledger
from memory.facts.predicates import RELATIONS
from memory.facts.relations import PREDICATE_OF_RELATION, predicate_for, relation_beside, relation_in, without_relation
from memory.models import Entity, EntityAlias, Fact
from memory.values import bare_words, fold, value_key

USER = "user"
_PRONOUNS = frozenset(
    [
        "he",
        "she",
        "they",
        "it",
        "him",
        "her",
        "them",
        "i",
        "me",
        "we",
        "you",
        "us",
        "this",
        "that",
        "he's",
        "she's",
        "his",
        "hers",
        "their",
        "theirs",
        "its",
        "someone",
        "somebody",
        "er",
        "sie",
        "es",
        "ihm",
        "ihr",
        "ihn",
        "ich",
        "mich",
        "wir",
        "du",
        "él",
        "ella",
        "ellos",
        "ellas",
        "yo",
        "nosotros",
        "tú",
        "eso",
        "esto",
        "han",
        "hun",
        "de",
        "dem",
        "jeg",
        "meg",
        "vi",
        "du",
        "den",
        "det",
        "il",
        "elle",
        "ils",
        "elles",
        "je",
        "moi",
        "nous",
        "tu",
        "lui",
        "leur",
    ]
)
_GENERIC = frozenset({"partner", "parent", "sibling", "child", "grandchild", "in-law", "friend", "colleague"})
_GENERIC_OF = {
    "partner": "partner",
    "parent": "parent",
    "sibling": "sibling",
    "child": "child",
    "in_law": "in-law",
    "ex_partner": "ex",
    "friend": "friend",
    "manager": "boss",
    "colleague": "colleague",
    "neighbour": "neighbour",
    "landlord": "landlord",
    "lives_with": "flatmate",
    "therapist": "therapist",
    "doctor": "doctor",
    "dentist": "dentist",
    "vet": "vet",
    "pet": "pet",
    "relative": "",
}


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom a fact is about. `entity` None is the user; several `candidates`: it can't be told which."""

    entity: Entity | None
    name: str  # as shown
    candidates: tuple[Entity, ...] = ()

    @property
    def key(self) -> str:
        return self.entity.pk.hex if self.entity else USER


def is_bare_pronoun(subject: str) -> bool:
    """Whether `subject` names nobody: empty or a pronoun alone."""
    return not fold(subject) or fold(subject) in _PRONOUNS


def fits(one: str, other: str) -> bool:
    """Whether two relations can be those of one person: the same, or one says the other in general."""
    if one == other:
        return True
    first, second = predicate_for(one), predicate_for(other)
    if first is None or first != second:
        return False
    return first == "partner" or one in _GENERIC or other in _GENERIC


@cache
def _fitting(relation: str) -> tuple[str, ...]:
    """All relations that can be those of one person who stands in `relation`."""
    return tuple({relation, *(other for other in (*PREDICATE_OF_RELATION, *_GENERIC) if fits(other, relation))})


def _root(entity: Entity) -> Entity:
    while entity.merged_into is not None:
        entity = entity.merged_into
    return entity


def _unique(entities: list[Entity]) -> list[Entity]:
    return list({entity.pk: entity for entity in map(_root, entities)}.values())


def named(user_id: UUID, name: str) -> list[Entity]:
    """Entities that go by `name`, whole, or by their first name alone."""
    key = value_key(name)
    if not key:
        return []
    rows = list(Entity.objects.of(user_id).filter(name_key=key))
    rows += [
        alias.entity
        for alias in EntityAlias.objects.of(user_id)
        .filter(alias_key=key)
        .exclude(kind="relation")
        .select_related("entity")
    ]
    if not rows:
        rows = list(Entity.objects.of(user_id).standing().called(name))
    return _unique(rows)


def named_each(user_id: UUID, names: Iterable[str]) -> dict[str, list[Entity]]:
    """As `named`, for many names: those who go by each, in a few queries beside one for each that is nobody's whole name."""
    keys = {name: value_key(name) for name in names}
    found: dict[str, list[Entity]] = {}
    for entity in Entity.objects.of(user_id).filter(name_key__in=set(keys.values())).select_related("merged_into"):
        found.setdefault(entity.name_key, []).append(entity)
    aliases = EntityAlias.objects.of(user_id).filter(alias_key__in=set(keys.values())).exclude(kind="relation")
    for alias in aliases.select_related("entity"):
        found.setdefault(alias.alias_key, []).append(alias.entity)
    return {name: _unique(found[key]) if key in found else named(user_id, name) for name, key in keys.items() if key}


def related(user_id: UUID, relation: str) -> list[Entity]:
    """Entities that stand in `relation` to the user."""
    same = _fitting(relation)
    rows = list(Entity.objects.of(user_id).standing().filter(relation__in=same))
    rows += [
        alias.entity
        for alias in EntityAlias.objects.of(user_id)
        .filter(kind="relation", alias_key__in=same)
        .select_related("entity")
    ]
    found = _unique(rows)
    exact = [entity for entity in found if entity.relation == relation]
    return exact or found


def _is_own_name(user_id: UUID, name: str) -> bool:
    return (
        Fact.objects.of(user_id)
        .active()
        .about_user()
        .filter(predicate__in=["name", "preferred_name"], value_key=value_key(name))
        .exists()
    )


def find(user_id: UUID, subject: str) -> list[Entity] | None:
    """The entities that `subject` may mean; None when it is the user."""
    if fold(subject) == USER:
        return None
    relation, name = relation_in(subject), without_relation(subject)
    if not name:
        return related(user_id, relation) if relation else []
    found = named(user_id, name)
    if relation:
        return [entity for entity in found if not entity.relation or fits(entity.relation, relation)] or [
            entity for entity in related(user_id, relation) if value_key(entity.name) == value_key(entity.relation)
        ]
    if not found and _is_own_name(user_id, name):
        return None
    return found


_MOST_KNOWN = 300  # people and animals: beyond that those known last


def known_people(user_id: UUID) -> dict[str, str]:
    """Who is known by name: people and animals, each with the predicate of their relation to the user, "" where it was never said."""
    rows = (
        Entity.objects.of(user_id)
        .standing()
        .filter(kind__in=[Entity.Kind.PERSON, Entity.Kind.ANIMAL])
        .order_by("-pk")
        .values_list("name", "relation")[:_MOST_KNOWN]
    )
    return {name: predicate_for(relation) or "" for name, relation in rows if name[:1].isupper()}


def resolve(ledger: Ledger, subject: str) -> Subject:
    """The user, one entity (made when it is new), or several between which it can't be told."""
    found = find(ledger.user_id, subject)
    if found is None:
        return Subject(None, USER)
    relation, name = relation_in(subject), without_relation(subject)
    if len(found) > 1:
        return Subject(found[0], found[0].name, tuple(found))
    if found:
        return Subject(_adopt(ledger, found[0], name, relation), found[0].name)
    return Subject(make(ledger, name or (relation or subject), relation or ""), name or (relation or subject))


def make(ledger: Ledger, name: str, relation: str) -> Entity:
    """A new entity."""
    kind = Entity.Kind.ANIMAL if relation == "pet" else Entity.Kind.PERSON if relation else Entity.Kind.UNKNOWN
    entity = Entity(kind=kind, relation=relation)
    entity.call(name)
    return ledger.add_entity(entity)


def _adopt(ledger: Ledger, entity: Entity, name: str, relation: str | None) -> Entity:
    """What a new mention adds to an entity: its relation, or the name of somebody known by relation alone."""
    if relation and not entity.relation:
        ledger.change_entity(entity, relation=relation)
    if (
        name
        and entity.relation
        and entity.name_key == value_key(entity.relation)
        and value_key(name) != entity.name_key
    ):
        ledger.add_alias(entity, entity.name, entity.name_key, EntityAlias.Kind.RELATION)
        ledger.change_entity(
            entity, name=name[:240], name_key=value_key(name)[:480], bare_key=" ".join(bare_words(name))[:480]
        )
    return entity


def introduce(ledger: Ledger, predicate: str, value: str, quote: str, turn: str = "") -> Entity | None:
    """The entity that the value of a relation names ("my sister Ana": Ana), made when it is new. None for predicates that name nobody.

    The relation is that of the quote, else the only fitting one of the whole turn.
    """
    if predicate not in RELATIONS:
        return None
    said = relation_in(quote)
    if not said or predicate_for(said) != predicate:
        said = relation_beside(turn, predicate) or _GENERIC_OF.get(predicate, "")
    relation = said
    name = without_relation(value) or value
    for entity in named(ledger.user_id, name):
        if not entity.relation or not relation or fits(entity.relation, relation):
            return _adopt(ledger, entity, name, relation)
    if relation in PREDICATE_OF_RELATION:
        nameless = [
            entity for entity in related(ledger.user_id, relation) if entity.name_key == value_key(entity.relation)
        ]
        if nameless:
            return _adopt(ledger, nameless[0], name, relation)
    return make(ledger, name, relation)
