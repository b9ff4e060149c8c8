"""Whom a description names beside the user: by relation in any form ("datteren", "primos"), or by a name that is known, however it is written."""

from __future__ import annotations

import re
from uuid import UUID

from memory.facts import entities
from memory.facts.likeness import is_form_of
from memory.facts.relations import PET_WORDS, PETS, POSSESSIVES, RELATION_OF, predicate_for, relation_in
from memory.models import Entity, Fact
from memory.terms import STOP_WORDS
from memory.values import fold

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SMALL = STOP_WORDS["en"] | STOP_WORDS["de"] | STOP_WORDS["es"] | STOP_WORDS["no"] | POSSESSIVES
# Definite and plural endings of relation words, beside those that every text is read with: datteren, vennene, primas.
_ENDINGS = ("enes", "ene", "ens", "ers", "en", "er", "ne", "et", "as", "os", "es", "a", "e", "s", "n")
_LEAST = 3  # letters of a relation word before its ending, and of a name in small letters
_ANY_PET = frozenset(
    ["pet", "pets", "haustier", "haustiere", "mascota", "mascotas", "kjæledyr", "animal", "animals", "dyr"]
)
_ENGLISH = PETS["en"].split()
_KINDS = tuple(  # words for animals of one kind: somebody's dog may be told of as a beagle, or a puppy
    frozenset(words)
    for words in (
        [
            *_ENGLISH[: _ENGLISH.index("ragdoll")],
            *["hund", "hündin", "welpe", "perro", "perra", "perrito", "cachorro", "valp", "chien", "chienne"],
        ],
        [
            "ragdoll",
            "maine-coon",
            "cat",
            "kitten",
            "kitty",
            "tomcat",
            "katze",
            "kater",
            "kätzchen",
            "gato",
            "gata",
            "gatito",
            "katt",
            "kattunge",
            "chat",
            "chatte",
        ],
        ["horse", "pony", "mare", "pferd", "stute", "caballo", "yegua", "hest", "ponni", "hoppe", "cheval"],
        ["rabbit", "bunny", "kaninchen", "hase", "conejo", "kanin", "lapin"],
        [
            "parrot",
            "budgie",
            "parakeet",
            "cockatiel",
            "canary",
            "bird",
            "papagei",
            "wellensittich",
            "vogel",
            "loro",
            "periquito",
            "pájaro",
            "papegøye",
            "undulat",
            "fugl",
        ],
        ["chicken", "hen", "cockerel", "rooster", "huhn", "gallina", "høne", "poule"],
    )
)


def relation_of(text: str) -> str | None:
    """The relation that `text` names, as `relation_in`, and also in the forms in which commands name it; the last word counts."""
    found = None
    for word in _WORD.findall(text.casefold()):
        found = relation_in(word) or _inflected(word) or found
    return found


def _inflected(word: str) -> str | None:
    for ending in _ENDINGS:
        base = word.removesuffix(ending)
        if base == word or len(base) < _LEAST:
            continue
        for form in (base, base + "e"):
            if form in RELATION_OF:
                return RELATION_OF[form]
            if form in PET_WORDS:
                return "pet"
    return None


def is_relation(text: str) -> bool:
    """Whether `text` is one relation word, beside possessives and articles."""
    words = [word for word in _WORD.findall(text.casefold()) if word not in _SMALL or word == "son"]  # Spanish: are
    return len(words) == 1 and relation_of(words[0]) is not None


def kind_of_pet(text: str) -> frozenset[str]:
    """The words for the kind of animal that `text` names, its own first among equals; empty when it names none, or animals in general."""
    bare = [re.sub("['’]s?$", "", word) for word in _WORD.findall(text.casefold())]  # "my dog's name"
    words = [word for word in bare if relation_of(word) == "pet"]
    kinds = [word for word in words if not any(is_form_of(word, general) for general in _ANY_PET)]
    if not kinds:
        return frozenset()
    alike = [kind for kind in _KINDS if any(is_form_of(kinds[-1], word) for word in kind)]
    return alike[0] if alike else frozenset({kinds[-1]})


def is_other_kin(text: str, relation: str) -> bool:
    """Whether `text` says of somebody that they are of a relation which is not this one: "Mother is Rita" tells of no father."""
    said = relation_of(text)
    return said is not None and predicate_for(said) == predicate_for(relation) and not entities.fits(said, relation)


def people_named(user_id: UUID, text: str) -> list[Entity]:
    """Those whose name stands in `text`, in small letters or in the genitive too: "ivy's school", "Lenas Schule", "where nora lives"."""
    found: dict[UUID, Entity] = {}
    for word in _WORD.findall(text.replace("’", "'")):
        bare = word.removesuffix("'s")
        if len(bare) < _LEAST or fold(bare) in _SMALL or relation_of(bare):
            continue
        people = entities.named(user_id, bare)
        if not people and bare.endswith("s"):
            people = entities.named(user_id, bare[:-1])
        found |= {entity.pk: entity for entity in people}
    return list(found.values())


def owners(user_id: UUID, text: str) -> list[Entity]:
    """Those whom `text` names: by name, and by relation when it has no name that is known."""
    relation = relation_of(text)
    named = people_named(user_id, text)
    if named and relation:
        named = [entity for entity in named if not entity.relation or entities.fits(entity.relation, relation)]
    if named or relation is None:
        return named
    people = entities.related(user_id, relation)
    naming = Fact.objects.of(user_id).shown().filter(value_key__in=[one.name_key for one in people])
    told = dict(naming.values_list("value_key", "text"))
    return [entity for entity in people if not is_other_kin(told.get(entity.name_key, ""), relation)]
