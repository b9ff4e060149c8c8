"""What kind of thing a question asks for, such as a title, a place or a day, and which turns hold one: an answer is more likely there, whatever the topic.

The words are those that a language has for the kind, not those of any topic. By language, since terms are stored as its stems.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from memory.recall.arrays import Floats, Turns, hashed
from memory.terms import terms_of


@dataclass(frozen=True, slots=True, eq=False)
class Kind:
    """`channel` names the points in a receipt. A turn holds one when one of `words` stands in it, or when it is marked in the column `marked` of turns."""

    channel: str
    asked: re.Pattern[str]
    words: Mapping[str, str] = field(default_factory=dict)  # by language
    marked: str = ""
    weight: float = 0.5


def _asked(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE)


KINDS = (
    Kind(
        "time words",
        _asked(
            r"when|what (?:day|date|time|year|month)|since when|how long|wann|seit wann|wie lange|cuándo|cuando|desde cuándo|når|hvor lenge|quand"
        ),
        {
            "en": "yesterday today tonight tomorrow ago last next week weekend month year day morning monday tuesday wednesday thursday friday saturday"
            " sunday january february march april may june july august september october november december recently",
            "de": "gestern heute morgen letzte woche monat jahr montag dienstag mittwoch donnerstag freitag samstag sonntag januar februar märz mai juni"
            " juli oktober dezember kürzlich",
            "es": "ayer hoy mañana semana mes año lunes martes miércoles jueves viernes sábado domingo enero febrero marzo abril mayo junio julio agosto"
            " septiembre octubre noviembre diciembre",
            "no": "går dag morgen uke måned år mandag tirsdag onsdag torsdag fredag lørdag søndag januar februar mars mai juni juli oktober desember",
        },
        weight=1.1,
    ),
    Kind(
        "numbers",
        _asked(
            r"how (?:many|much|long|old|often|far|big)|number of|wie ?viele?|wie (?:lange|alt|oft)|cuánt[oa]s?|hvor (?:mange|mye|lenge|gammel|ofte)|combien"
        ),
        {
            "en": "two three four five six seven eight nine ten dozen couple few half hundred thousand twice",
            "de": "zwei drei vier fünf sechs sieben acht neun zehn dutzend hundert tausend zweimal",
            "es": "dos tres cuatro cinco seis siete ocho nueve diez docena cien mil",
            "no": "to tre fire fem seks sju åtte ni ti dusin hundre tusen",
        },
        marked="digits",
    ),
    Kind(
        "title",
        _asked(
            r"books?|movies?|films?|songs?|albums?|bands?|games?|series|shows?|plays?|poems?|title[ds]?|called|named?|quote[ds]?|says?|said"
            r"|buch|bücher|filme?|lied|lieder|serien?|spiele?|titel|heißt|hieß|libros?|películas?|canción|canciones|juegos?|título|llama"
            r"|bøker|boka?|boken|filmen|sang|sangen|spill|tittel|heter|het"
        ),
        marked="quotes",
    ),
    Kind(
        "place",
        re.compile(
            r"^\W*(?:where|wo|woher|wohin|a?dónde|hvor(?! (?:mange|mye|lenge|ofte|gammel|stor|langt)))\b"
            r"|\b(?:what|which|welche[rsnm]?|qué|hvilke[nt]?) (?:city|cities|country|countries|state|places?|towns?|park|area|stadt|land|ort|ciudad|país|lugar"
            r"|by|sted)\b",
            re.IGNORECASE,
        ),
        marked="places",
    ),
    Kind(
        "somebody",  # "person" is what facts get that are about whom the question names
        _asked(r"who|whom|whose|wer|wen|wem|wessen|quién|quiénes|hvem"),
        {
            "en": "friend friends mom mum dad mother father sister brother kid kids son daughter family husband wife partner girlfriend boyfriend cousin"
            " aunt uncle grandma grandpa grandmother grandfather team coach boss colleague neighbour neighbor parents children",
            "de": "freund freundin mutter vater schwester bruder kind kinder sohn tochter familie mann frau partner partnerin cousin cousine tante onkel oma"
            " opa trainer chef chefin kollege kollegin nachbar nachbarin eltern",
            "es": "amigo amiga madre padre hermana hermano hijo hija familia marido mujer pareja novio novia primo prima tía tío abuela abuelo equipo"
            " jefe jefa compañero compañera vecino vecina padres niños",
            "no": "venn venninne mor far søster bror barn sønn datter familie mann kone samboer kjæreste fetter kusine tante onkel bestemor bestefar lag"
            " trener sjef kollega nabo foreldre",
        },
    ),
    Kind(
        "taste",
        _asked(
            r"favou?rite|likes?|loves?|enjoy\w*|prefer\w*|hobb\w+|interest\w*|passion\w*|fan|lieblings\w+|mag|gern|gerne|favorit[oa]s?|gustan?|liker|yndlings\w+"
        ),
        {
            "en": "favourite favorite love loves enjoy best always fan prefer into",
            "de": "liebling liebe mag gern am liebsten immer fan",
            "es": "favorito favorita encanta gusta siempre prefiero",
            "no": "favoritt elsker liker glad alltid best",
        },
    ),
    Kind(
        "advice",
        _asked(
            r"advice|advise\w*|suggest\w*|recommend\w*|tips?|encourag\w*|rat|geraten|empfohlen|empfiehlst|consejos?|recomendó|recomiendas|råd|anbefal\w+"
        ),
        {
            "en": "should try recommend suggest could tip tips sure advice remember forget",
            "de": "solltest versuch empfehle tipp könntest rat",
            "es": "deberías prueba recomiendo consejo podrías",
            "no": "bør prøv anbefaler tips kunne råd",
        },
    ),
    Kind(
        "feeling",
        _asked(r"feel|feeling|felt|emotion\w*|react\w*|mood|attitude|fühl\w*|stimmung|siento|sentí|sentía|føl\w*"),
        {
            "en": "feel felt feeling happy proud excited sad scared nervous grateful thankful love amazing emotional relieved overwhelmed glad angry worried"
            " afraid",
            "de": "fühle fühlte glücklich stolz traurig angst nervös dankbar froh wütend sorge aufgeregt",
            "es": "siento sentí feliz orgulloso orgullosa triste miedo nervioso nerviosa agradecido contento enfadado preocupado",
            "no": "føler følte glad stolt trist redd nervøs takknemlig sint bekymret spent",
        },
    ),
)


def asked_kinds(text: str) -> Iterator[Kind]:
    """The kinds of thing that a question asks for."""
    return (kind for kind in KINDS if kind.asked.search(text))


def holding(turns: Turns, kind: Kind) -> Floats:
    """1 for the turns that hold a thing of this kind."""
    flags: NDArray[np.bool_] = turns.holding(_stored(turns.user_id, kind))
    if kind.marked:
        flags = flags | (getattr(turns, kind.marked) & ~turns.gone)
    return flags.astype(np.float32)


@lru_cache(maxsize=256)
def _stored(user_id: UUID, kind: Kind) -> tuple[int, ...]:
    terms = dict.fromkeys(term for language, words in kind.words.items() for term in terms_of(words, language))
    return tuple(hashed(user_id, tuple(terms)))
