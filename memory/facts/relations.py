"""Words for the people and animals around somebody, one table a language, and the predicate each belongs to.

A relation has one canonical English name, so that granny, Oma and abuela are one and the same.
"""

from __future__ import annotations

from functools import cache

from memory.values import fold, words_of

# canonical relation: (predicate, words by language)
_TABLE: dict[str, tuple[str, dict[str, str]]] = {
    "wife": (
        "partner",
        {
            "en": "wife wifey missus",
            "de": "frau ehefrau",
            "es": "esposa mujer",
            "no": "kone kona",
            "fr": "femme épouse",
        },
    ),
    "husband": (
        "partner",
        {"en": "husband hubby", "de": "mann ehemann", "es": "marido esposo", "no": "ektemann", "fr": "mari"},
    ),
    "girlfriend": (
        "partner",
        {"en": "girlfriend gf", "de": "freundin", "es": "novia", "no": "kjæreste", "fr": "copine"},
    ),
    "boyfriend": ("partner", {"en": "boyfriend bf", "es": "novio", "fr": "copain"}),
    "fiancé": (
        "partner",
        {
            "en": "fiancé fiancée fiance fiancee",
            "de": "verlobter verlobte",
            "es": "prometido prometida",
            "no": "forlovede",
        },
    ),
    "partner": (
        "partner",
        {
            "en": "partner spouse",
            "de": "partner partnerin",
            "es": "pareja",
            "no": "partner samboer",
            "fr": "compagnon compagne",
        },
    ),
    "mother": (
        "parent",
        {
            "en": "mother mum mom mam mama mummy mommy ma",
            "de": "mutter mama mutti",
            "es": "madre mamá",
            "no": "mor mamma",
            "fr": "mère maman",
        },
    ),
    "father": (
        "parent",
        {
            "en": "father dad daddy papa pa",
            "de": "vater papa",
            "es": "padre papá",
            "no": "far pappa",
            "fr": "père papa",
        },
    ),
    "parent": (
        "parent",
        {"en": "parent parents folks", "de": "eltern", "es": "padres", "no": "foreldre", "fr": "parents"},
    ),
    "sister": (
        "sibling",
        {
            "en": "sister sis sisters",
            "de": "schwester schwestern",
            "es": "hermana hermanas",
            "no": "søster søstre",
            "fr": "sœur soeur",
        },
    ),
    "brother": (
        "sibling",
        {
            "en": "brother bro brothers",
            "de": "bruder brüder",
            "es": "hermano hermanos",
            "no": "bror brødre",
            "fr": "frère",
        },
    ),
    "sibling": ("sibling", {"en": "sibling siblings twin", "de": "geschwister zwilling", "no": "søsken tvilling"}),
    "son": (
        "child",
        {"en": "son sons boy boys", "de": "sohn söhne", "es": "hijo hijos", "no": "sønn sønner", "fr": "fils"},
    ),
    "daughter": (
        "child",
        {
            "en": "daughter daughters girl girls",
            "de": "tochter töchter",
            "es": "hija hijas",
            "no": "datter døtre",
            "fr": "fille",
        },
    ),
    "child": (
        "child",
        {
            "en": "child children kid kids baby toddler",
            "de": "kind kinder baby",
            "es": "niño niña niños niñas bebé",
            "no": "barn unge",
            "fr": "enfant enfants",
        },
    ),
    "grandmother": (
        "relative",
        {
            "en": "grandmother grandma granny gran nan nana nanna nonna grandmom babushka abuela oma dadi nani lola babcia yiayia",
            "de": "großmutter oma omi",
            "es": "abuela abuelita",
            "no": "bestemor mormor farmor",
            "fr": "mamie",
        },
    ),
    "grandfather": (
        "relative",
        {
            "en": "grandfather grandpa grandad granddad gramps grandpop nonno pops abuelo opa lolo dziadek",
            "de": "großvater opa opi",
            "es": "abuelo abuelito",
            "no": "bestefar morfar farfar",
            "fr": "papi papy",
        },
    ),
    "grandson": ("relative", {"en": "grandson grandsons", "de": "enkel", "es": "nieto nietos", "no": "barnebarn"}),
    "granddaughter": ("relative", {"en": "granddaughter granddaughters", "de": "enkelin", "es": "nieta nietas"}),
    "grandchild": ("relative", {"en": "grandchild grandchildren grandkid grandkids", "de": "enkelkind enkelkinder"}),
    "aunt": (
        "relative",
        {"en": "aunt auntie aunty zia tita tía", "de": "tante", "es": "tía", "no": "tante", "fr": "tante"},
    ),
    "uncle": ("relative", {"en": "uncle zio tito tío", "de": "onkel", "es": "tío", "no": "onkel", "fr": "oncle"}),
    "cousin": (
        "relative",
        {
            "en": "cousin cousins",
            "de": "cousin cousine",
            "es": "primo prima",
            "no": "fetter kusine søskenbarn",
            "fr": "cousine",
        },
    ),
    "nephew": ("relative", {"en": "nephew nephews", "de": "neffe", "es": "sobrino", "no": "nevø", "fr": "neveu"}),
    "niece": ("relative", {"en": "niece nieces", "de": "nichte", "es": "sobrina", "no": "niese", "fr": "nièce"}),
    "godchild": ("relative", {"en": "godson goddaughter godchild", "de": "patenkind"}),
    "stepchild": ("child", {"en": "stepson stepdaughter stepchild"}),
    "stepparent": ("parent", {"en": "stepmother stepmum stepmom stepfather stepdad"}),
    "mother-in-law": (
        "in_law",
        {"en": "mother-in-law", "de": "schwiegermutter", "es": "suegra", "no": "svigermor", "fr": "belle-mère"},
    ),
    "father-in-law": (
        "in_law",
        {"en": "father-in-law", "de": "schwiegervater", "es": "suegro", "no": "svigerfar", "fr": "beau-père"},
    ),
    "sister-in-law": ("in_law", {"en": "sister-in-law", "de": "schwägerin", "es": "cuñada", "no": "svigerinne"}),
    "brother-in-law": ("in_law", {"en": "brother-in-law", "de": "schwager", "es": "cuñado", "no": "svoger"}),
    "in-law": ("in_law", {"en": "in-laws in-law", "de": "schwiegereltern", "es": "suegros", "no": "svigerforeldre"}),
    "ex": (
        "ex_partner",
        {
            "en": "ex ex-wife ex-husband ex-girlfriend ex-boyfriend ex-partner",
            "de": "ex exfrau exmann",
            "es": "exmarido exmujer",
            "no": "eks",
        },
    ),
    "friend": (
        "friend",
        {
            "en": "friend friends buddy mate pal bestie bff best-friend",
            "de": "kumpel freund freunde",
            "es": "amigo amiga amigos",
            "no": "venn venninne kompis",
            "fr": "ami amie",
        },
    ),
    "boss": (
        "manager",
        {
            "en": "boss manager supervisor line-manager",
            "de": "chef chefin vorgesetzter vorgesetzte",
            "es": "jefe jefa",
            "no": "sjef leder",
            "fr": "patron patronne",
        },
    ),
    "colleague": (
        "colleague",
        {
            "en": "colleague colleagues coworker co-worker coworkers workmate teammate",
            "de": "kollege kollegin",
            "es": "colega compañero compañera",
            "no": "kollega",
            "fr": "collègue",
        },
    ),
    "neighbour": (
        "neighbour",
        {
            "en": "neighbour neighbor neighbours neighbors",
            "de": "nachbar nachbarin",
            "es": "vecino vecina",
            "no": "nabo",
            "fr": "voisin voisine",
        },
    ),
    "landlord": (
        "landlord",
        {
            "en": "landlord landlady",
            "de": "vermieter vermieterin",
            "es": "casero casera",
            "no": "huseier utleier",
            "fr": "propriétaire",
        },
    ),
    "flatmate": (
        "lives_with",
        {
            "en": "flatmate flatmates roommate roommates housemate housemates roomie",
            "de": "mitbewohner mitbewohnerin",
            "es": "compañero-de-piso",
            "no": "romkamerat",
            "fr": "colocataire",
        },
    ),
    "doctor": (
        "doctor",
        {
            "en": "doctor gp physician",
            "de": "arzt ärztin hausarzt hausärztin",
            "es": "médico médica doctora",
            "no": "lege fastlege",
            "fr": "médecin",
        },
    ),
    "dentist": (
        "dentist",
        {"en": "dentist", "de": "zahnarzt zahnärztin", "es": "dentista", "no": "tannlege", "fr": "dentiste"},
    ),
    "therapist": (
        "therapist",
        {
            "en": "therapist counsellor counselor psychologist shrink",
            "de": "therapeut therapeutin",
            "es": "terapeuta psicóloga psicólogo",
            "no": "terapeut psykolog",
        },
    ),
    "vet": (
        "vet",
        {
            "en": "vet veterinarian",
            "de": "tierarzt tierärztin",
            "es": "veterinario veterinaria",
            "no": "veterinær dyrlege",
        },
    ),
}
# Animals share one predicate; the word is the kind of the animal.
PETS: dict[str, str] = {
    "en": "dog puppy pup hound beagle poodle labrador lab retriever terrier corgi labradoodle bulldog pug chihuahua husky rottweiler dalmatian doberman mastiff cockapoo cavapoo pomeranian schnauzer staffie lurcher yorkie sheepdog whippet greyhound collie spaniel dachshund kelpie malinois alsatian weimaraner vizsla samoyed shih-tzu bichon goldendoodle maltipoo jack-russell shiba basset ragdoll maine-coon chinchilla cat kitten kitty"
    " tomcat rabbit bunny hamster guinea-pig gerbil rat mouse ferret hedgehog parrot budgie parakeet cockatiel canary bird chicken hen cockerel rooster"
    " duck goose fish goldfish turtle tortoise snake gecko lizard iguana bearded-dragon horse pony donkey goat sheep pig llama alpaca axolotl tarantula pet",
    "de": "hund hündin welpe katze kater kätzchen kaninchen hase hamster meerschweinchen papagei wellensittich vogel huhn fisch schildkröte pferd pony haustier",
    "es": "perro perra perrito cachorro gato gata gatito conejo hámster loro periquito pájaro gallina pez tortuga caballo mascota",
    "no": "hund valp katt kattunge kanin hamster marsvin papegøye undulat fugl høne fisk skilpadde hest ponni kjæledyr",
    "fr": "chien chienne chat chatte lapin hamster perroquet oiseau poule poisson tortue cheval",
}

RELATION_OF: dict[str, str] = {}  # folded word -> canonical relation
PREDICATE_OF_RELATION: dict[str, str] = {}
for _relation, (_predicate, _languages) in _TABLE.items():
    PREDICATE_OF_RELATION[_relation] = _predicate
    for _words in _languages.values():
        for _word in _words.split():
            RELATION_OF.setdefault(fold(_word), _relation)
PET_WORDS = frozenset(fold(word) for words in PETS.values() for word in words.split())

POSSESSIVES = frozenset(
    [
        "my",
        "our",
        "mein",
        "meine",
        "meinen",
        "meiner",
        "meinem",
        "unser",
        "unsere",
        "mi",
        "mis",
        "nuestro",
        "nuestra",
        "min",
        "mitt",
        "mine",
        "vår",
        "vårt",
        "mon",
        "ma",
        "mes",
        "notre",
    ]
)


def _relation_of(word: str) -> str | None:
    """The relation of one word, also in a German genitive or a plural."""
    for form in (word, word.removesuffix("es"), word.removesuffix("s"), word.removesuffix("n")):
        if form in RELATION_OF:
            return RELATION_OF[form]
        if form in PET_WORDS:
            return "pet"
    return None


def relation_in(text: str) -> str | None:
    """The canonical relation that `text` names ("my granny", "sister"), or None. The last relation word counts: "my sister's boss" is a boss."""
    found = None
    for word in text.casefold().replace("’", "'").split():
        bare = word.strip(".,!?;:()\"'").removesuffix("'s")
        found = _relation_of(bare) or found
    return found


@cache
def words_for(relation: str) -> tuple[tuple[str, str], ...]:
    """What people of a relation are called, each with its language; none for animals, whose kinds are not one and the same."""
    _, languages = _TABLE.get(relation, ("", {}))
    return tuple((language, word) for language, words in languages.items() for word in words.split())


def relation_beside(text: str, predicate: str) -> str | None:
    """The relation that `text` names for `predicate`, when it names one of them only: "dadi is 81, name's Kusum" tells of one grandmother."""
    found = {
        relation
        for word in text.casefold().replace("’", "'").split()
        if (relation := _relation_of(word.strip(".,!?;:()\"'").removesuffix("'s")))
        and predicate_for(relation) == predicate
    }
    return found.pop() if len(found) == 1 else None


def predicate_for(relation: str) -> str | None:
    """The predicate under which somebody of this relation is kept."""
    return "pet" if relation == "pet" else PREDICATE_OF_RELATION.get(relation)


def without_relation(text: str) -> str:
    """`text` without possessives and relation words: "my sister Ana" is "Ana", "my sister" is empty."""
    words = text.replace("’", "'").split()
    kept = [
        word
        for word in words
        if (bare := word.casefold().strip(".,!?;:()\"'").removesuffix("'s")) not in POSSESSIVES
        and bare not in RELATION_OF
        and bare not in PET_WORDS
        and bare not in ("the", "a", "an", "older", "younger", "little", "big", "elder", "best", "old", "other", "late")
    ]
    return " ".join(kept)


def names_only_a_relation(text: str) -> bool:
    """Whether `text` says who by relation alone, without a name."""
    return bool(words_of(text)) and not without_relation(text) and relation_in(text) is not None
