"""How a fact on somebody near reads: by the word that was said of them. "Has a sister, Ana", not "Has a sibling, Ana". Pure."""

from __future__ import annotations

import re

from memory.facts.relations import PETS, RELATION_OF, predicate_for
from memory.values import fold

_KIN = frozenset({"partner", "parent", "sibling", "child", "relative", "in_law", "pet"})
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_CLOSE = re.compile(
    r"[,:]?(?: (?:is|was|called|named|heißt|heisst|namens|se llama|llamad[oa]|heter|som|ist|es|er|que))*[,:]? ?",
    re.IGNORECASE,
)
_FEMININE_DE = frozenset(
    [
        "frau",
        "ehefrau",
        "freundin",
        "verlobte",
        "partnerin",
        "mutter",
        "mama",
        "mutti",
        "schwester",
        "tochter",
        "großmutter",
        "oma",
        "omi",
        "tante",
        "cousine",
        "nichte",
        "enkelin",
        "schwiegermutter",
        "schwägerin",
        "katze",
        "hündin",
        "schildkröte",
    ]
)
_NEUTER_DE = frozenset(
    [
        "kind",
        "baby",
        "kätzchen",
        "kaninchen",
        "meerschweinchen",
        "huhn",
        "pferd",
        "pony",
        "haustier",
        "patenkind",
        "enkelkind",
    ]
)
_FEMININE_ES = frozenset(["mujer", "madre"])
_ONE_OF = {
    "söhne": "sohn",
    "töchter": "tochter",
    "brüder": "bruder",
    "schwestern": "schwester",
    "kinder": "kind",
    "sønner": "sønn",
    "døtre": "datter",
    "brødre": "bror",
    "søstre": "søster",
}
_ENDINGS = {
    "no": ("en", "a", "et"),
    "en": ("s",),
    "es": ("s",),
    "de": ("n",),
}  # of the plural, or of the one that is meant
_PETS = {language: frozenset(words.split()) for language, words in PETS.items()}
_NEUTER_NO = frozenset(["barn", "barnebarn", "kjæledyr", "marsvin", "søskenbarn"])


def kin_sentence(language: str, predicate: str, value: str, said: str) -> str:
    """The sentence for a named person or animal by the noun in `said`, which ends with the quote of the fact; empty where it has none, or leaves open which of several."""
    if predicate not in _KIN or not value[:1].isupper():
        return ""
    noun = _noun(language, predicate, value, said)
    if not noun:
        return ""
    if language == "en":
        noun = noun.replace("-", " ") if predicate == "pet" else RELATION_OF[noun]
        return f"Has {'an' if noun[0] in 'aeiou' else 'a'} {noun}, {value}"
    if language == "de":
        article = "eine" if noun in _FEMININE_DE else "ein" if noun in _NEUTER_DE else "einen"
        return f"Hat {article} {noun.capitalize()}, {value}"
    if language == "es":
        return f"Tiene {'una' if noun.endswith('a') or noun in _FEMININE_ES else 'un'} {noun}, {value}"
    return f"Har {'et' if noun in _NEUTER_NO else 'en'} {noun}, {value}" if language == "no" else ""


def _noun(language: str, predicate: str, value: str, said: str) -> str:
    """The noun before the value: the only one of its kind, or of several the one that it stands right behind, and no other without its name before."""
    place = said.rfind(value)
    if place < 0:
        return ""
    said = _COMPOUND.sub("-", said)
    found = [
        (noun, match.span())
        for match in _WORD.finditer(said[:place])
        if (noun := _singular(match[0].casefold(), language, predicate))
    ]
    if not found:
        return ""
    noun, (start, end) = found[-1]
    others = [span for other, span in found if other != noun]
    is_next = bool(_CLOSE.fullmatch(said[end:place])) and all(_NAME.search(said[last:start]) for _, last in others)
    return noun if not others or is_next else ""


# "guinea pig" is one word here, as it is in the list of animals.
_COMPOUND = re.compile(
    r"(?<=\bguinea) (?=pigs?\b)|(?<=\bbearded) (?=dragons?\b)|(?<=\bmaine) (?=coons?\b)", re.IGNORECASE
)
_NAME = re.compile(r"\b[^\W\d_a-zäöüåøæñáéíóú]\w")


def _singular(word: str, language: str, predicate: str) -> str:
    """The word as one of it is called, where it names somebody of this predicate."""
    for form in (word, _ONE_OF.get(word, ""), *(word.removesuffix(ending) for ending in _ENDINGS.get(language, ()))):
        if predicate == "pet":
            if form in _PETS.get(language, ()):
                return form
        elif form not in _ONE_OF and (relation := RELATION_OF.get(fold(form))) and predicate_for(relation) == predicate:
            return form
    return ""
