"""Spanish, the commonest forms."""

from __future__ import annotations

import re

from memory.extraction.rules import days, shapes
from memory.extraction.rules.callings import own_calling
from memory.extraction.rules.clauses import Clause
from memory.extraction.rules.patterns import Language, Pattern, pattern
from memory.extraction.rules.spanish_habits import HABITS
from memory.extraction.rules.towns import is_town
from memory.extraction.rules.words import DIETS, STATUSES
from memory.facts.relations import PETS, RELATION_OF, predicate_for

_ADVERBS = r"(?:(?:ahora|también|todavía|actualmente|ya|muy|hoy|sigo|siempre|solo|aquí|realmente|mucho|nada) )*"
_UPPER = r"(?-i:[A-ZÀ-ÞŁŚ])"
_MY = r"\b(?:mi|mis|nuestro|nuestra|nuestros|nuestras) "
_SIZE = r"(?:(?:mayor|menor|pequeño|pequeña|mejor|nuevo|nueva|querido|querida) )?"
_KIN = {
    "esposa": "partner",
    "esposo": "partner",
    "mujer": "partner",
    "marido": "partner",
    "novia": "partner",
    "novio": "partner",
    "pareja": "partner",
    "prometida": "partner",
    "prometido": "partner",
    "madre": "parent",
    "mamá": "parent",
    "padre": "parent",
    "papá": "parent",
    "hermana": "sibling",
    "hermano": "sibling",
    "hijo": "child",
    "hija": "child",
    "abuela": "relative",
    "abuelo": "relative",
    "tía": "relative",
    "tío": "relative",
    "prima": "relative",
    "primo": "relative",
    "sobrina": "relative",
    "sobrino": "relative",
    "jefe": "manager",
    "jefa": "manager",
    "colega": "colleague",
    "vecino": "neighbour",
    "vecina": "neighbour",
    "casero": "landlord",
    "casera": "landlord",
    "suegra": "in_law",
    "suegro": "in_law",
    "cuñado": "in_law",
    "cuñada": "in_law",
    "amigo": "friend",
    "amiga": "friend",
    "dentista": "dentist",
    "médico": "doctor",
    "médica": "doctor",
    "terapeuta": "therapist",
}
_PET = "|".join(sorted(PETS["es"].split(), key=len, reverse=True))
_COUNT = r"(?:un|una|dos|tres|cuatro|\d)"


_JOBS = (
    r"(?:profesora?|maestr[oa]|enfermer[oa]|médic[oa]|ingenier[oa]|abogad[oa]|arquitect[oa]|cociner[oa]|camarer[oa]|periodista|dentista|analista"
    r"|electricista|mecánic[oa]|carpinter[oa]|fontaner[oa]|programadora?|desarrolladora?|diseñadora?|traductora?|escritora?|músic[oa]|pintora?"
    r"|actor|actriz|policía|bomber[oa]|psicólog[oa]|biólog[oa]|contable|peluquer[oa]|panader[oa]|agricultora?|piloto|conductora?|veterinari[oa]"
    r"|farmacéutic[oa]|fotógraf[oa]|consultora?)"
)


def _first_of(match: re.Match[str], clause: Clause) -> list[str]:
    """A name, less the town behind it: "soy Andrea de Lugo"."""
    return [re.sub(rf" de {_UPPER}\w+$", "", value) for value in shapes.own_name(match, clause)]


def _status(match: re.Match[str], clause: Clause) -> list[str]:
    if re.match(
        r"\s+(?:con|de) (?:mi|el|la) (?:trabajo|música|mar|oficio|realidad)\b",
        clause.text[match.end() :],
        re.IGNORECASE,
    ):
        return []  # a figure of speech
    return [STATUSES[match["v"].casefold()]]


def _diet(match: re.Match[str], clause: Clause) -> list[str]:
    return [match["v"].casefold()] if match["v"].casefold() in DIETS else []


def _without(match: re.Match[str], clause: Clause) -> list[str]:
    del clause
    return [f"sin {match['v'].casefold()}"]


def _names_only(match: re.Match[str], clause: Clause) -> list[str]:
    found = shapes.relatives(match, clause)
    return [
        one
        for one in found
        if (one.split()[0].casefold() not in RELATION_OF or one == "Lola")
        and predicate_for(one.split()[0].casefold()) is None
    ]


def _listed(match: re.Match[str], clause: Clause) -> list[str]:
    """Things with their articles off: "los cacahuetes y el marisco"."""
    return [
        re.sub(r"^(?:el|la|los|las|al|a las|a los)\s+", "", value, flags=re.IGNORECASE)
        for value in shapes.some_things(match, clause)
    ]


def _job(match: re.Match[str], clause: Clause) -> list[str]:
    """A job after "trabajo de" or "trabajo como"."""
    return shapes.any_job(match, clause)


def _kin() -> list[Pattern]:
    patterns = []
    for predicate in dict.fromkeys(_KIN.values()):
        words = "|".join(sorted((word for word, own in _KIN.items() if own == predicate), key=len, reverse=True))
        patterns.append(
            pattern(
                predicate,
                rf"{_MY}{_SIZE}(?:{words})(?: mayor| menor)?(?: se llama|,| es)? (?P<v>{_UPPER}.*)",
                _names_only,
            )
        )
    patterns.append(
        pattern(
            "child",
            rf"\b(?:tengo|tenemos) {_COUNT} (?:hijos|hijas|hijo|hija|niños|niñas|niño|niña|peques|gemelos|gemelas|mellizos)(?:,| llamad[oa]s?|:)? (?P<v>{_UPPER}.*)",
            shapes.relatives,
        )
    )
    patterns.append(
        pattern(
            "sibling",
            rf"\b(?:tengo|tenemos) {_COUNT} (?:hermanos|hermanas|hermano|hermana)(?:,| llamad[oa]s?|:)? (?P<v>{_UPPER}.*)",
            shapes.relatives,
        )
    )
    for predicate, words in (
        ("child", "hijos|hijas|hijo|hija|niños|niñas|niño|niña|peques|gemelos|gemelas|mellizos"),
        ("sibling", "hermanos|hermanas|hermano|hermana"),
    ):
        patterns.append(pattern(predicate, rf"\b(?:tengo|tenemos) {_COUNT} (?:{words})(?P<v>)$", shapes.names_after))
    return patterns


def _employer(match: re.Match[str], clause: Clause) -> list[str]:
    """Where somebody works, unless it is a town."""
    return [value for value in shapes.organisation(match, clause) if not is_town(value) or len(value.split()) > 1]


_PATTERNS: tuple[Pattern, ...] = (
    pattern("name", rf"\b(?:me llamo|mi nombre es) (?P<v>{_UPPER}.*)", shapes.name),
    pattern("name", rf"^\W*(?:(?:hola|buenas|buenos días)[,!.]? )?soy (?P<v>{_UPPER}.*)", _first_of),
    pattern(
        "preferred_name",
        rf"\b(?:llámame|me dicen|todos me llaman|me llaman) (?P<v>{_UPPER}\w+)",
        own_calling(shapes.name),
    ),
    pattern("birthday", r"\b(?:mi cumple(?:años)? es|cumplo años|nací) el (?P<v>\d.*)", days.day_of_year),
    pattern("age", r"\btengo (?P<v>\d{1,3}) años\b", shapes.number),
    pattern("born_in", rf"\bnací en (?P<v>{_UPPER}.+)", shapes.place),
    pattern("grew_up_in", rf"\b(?:crecí en|me crié en) (?P<v>{_UPPER}.+)", shapes.place),
    pattern("grew_up_in", rf"\bsoy (?:originalmente )?de (?P<v>{_UPPER}.+)", shapes.place),
    pattern("native_language", r"\bmi lengua materna es (?:el )?(?P<v>.+)", shapes.one_language),
    pattern("speaks", r"(?<!\bno\s)\b(?:yo )?hablo (?P<v>.+)", shapes.languages),
    pattern(
        "lives_in",
        rf"(?<!\bno\s)\b(?:yo |nosotros )?(?:vivo|vivimos|resido|estoy viviendo) {_ADVERBS}en (?P<v>{_UPPER}.+)",
        shapes.place,
        is_dated=True,
    ),
    pattern(
        "lives_in",
        rf"\b(?:me mudé|nos mudamos|me he mudado|nos hemos mudado|me acabo de mudar|nos acabamos de mudar|acabo de mudarme) (?:[\w ]{{0,20}}? )?a (?P<v>{_UPPER}.+)",
        shapes.place,
        is_dated=True,
    ),
    pattern(
        "lives_in",
        rf"(?<!\bno\s)\b(?:vivo|vivimos) {_ADVERBS}en (?:un|una|el|la) [\w ]{{3,30}}? (?:en|de|del) (?P<v>{_UPPER}.+)",
        shapes.place,
        is_dated=True,
    ),
    pattern(
        "appointment",
        r"\b(?:tengo|tenemos) (?:una |un )?(?P<v>(?:cita|consulta|revisión)(?: (?:con|en) (?:el|la|mi) \w+)?|entrevista(?: de trabajo)?|examen(?: de \w+)?|operación|reunión)\b",
        shapes.whole,
        lean="future",
        needs_date=True,
    ),
    pattern("lives_in", rf"\b(?:antes vivía|vivía antes|ya no vivo) en (?P<v>{_UPPER}.+)", shapes.place, change="ends"),
    pattern(
        "works_at",
        rf"(?<!\bno\s)\b(?:yo )?trabajo {_ADVERBS}(?:como \w+ |de \w+ )?(?:en|para) (?P<v>{_UPPER}.+)",
        _employer,
        is_dated=True,
    ),
    pattern(
        "works_at",
        rf"(?<!\bno\s)\b(?:yo )?trabajo {_ADVERBS}en (?P<v>(?:un|una|el|la) (?:hospital|colegio|escuela|instituto|universidad|biblioteca|banco|panadería|restaurante|hotel|museo|farmacia|clínica|bufete|granja|fábrica|taller|supermercado|guardería|oficina de correos|ayuntamiento))\b(?! (?-i:[A-ZÀ-ÞŁŚ]))",
        shapes.whole,
    ),
    pattern(
        "works_at",
        rf"(?<!\bno\s)\b(?:yo )?trabajo {_ADVERBS}en (?:el |la )(?P<v>(?-i:Hospital|Universidad|Instituto|Colegio|Banco|Museo|Ayuntamiento|Clínica|Escuela|Hotel|Teatro|Biblioteca|Fundación|Editorial|Ministerio|Librería|Panadería|[A-ZÀ-Þ]{{2,}})\b.*)",
        shapes.organisation,
    ),
    pattern("occupation", r"(?<!\bno\s)\b(?:yo )?trabajo (?:como|de) (?P<v>.+)", _job, is_dated=True),
    pattern(
        "occupation",
        rf"(?<!\bno\s)\b(?:yo )?trabajo {_ADVERBS}(?:en|para) [^,;.]{{2,40}}? (?:como|de) (?P<v>[^\W\d_]+.*)",
        _job,
    ),
    pattern("occupation", rf"(?<!\bno\s)\b(?:yo )?soy {_ADVERBS}(?:un |una )?(?P<v>{_JOBS})\b", shapes.whole),
    pattern(
        "works_at",
        rf"\b(?:ya no trabajo|antes trabajaba|trabajaba antes|dejé de trabajar) (?:en|para) (?P<v>{_UPPER}.+)",
        shapes.organisation,
        change="ends",
    ),
    pattern(
        "studies",
        r"(?<!\bno\s)\b(?:yo )?estudio (?P<v>(?!en\b|mucho\b).+?)(?= en |$)",
        shapes.caught_thing,
        is_dated=True,
    ),
    pattern("learning", r"\bestoy aprendiendo (?:a )?(?!(?:mucho|algo|poco|nada)\b)(?P<v>.+)", shapes.one_thing),
    pattern("partner", rf"\b(?:estoy|soy) (?:casad[oa]|comprometid[oa]) con (?P<v>{_UPPER}\w+)", shapes.relative),
    *_kin(),
    pattern(
        "relationship_status",
        rf"\b(?:estoy|soy) {_ADVERBS}(?P<v>casado|casada|soltero|soltera|divorciado|divorciada)\b",
        _status,
    ),
    pattern("pet", rf"{_MY}(?:{_PET})s?(?: se llaman?|,)? (?P<v>{_UPPER}.*)", _names_only),
    pattern(
        "pet",
        rf"\b(?:tengo|tenemos) {_COUNT} (?:{_PET})(?:e?s)?(?: que se llama| llamad[oa]s?|,)? (?P<v>{_UPPER}.*)",
        _names_only,
    ),
    pattern("pet", rf"\b(?:tengo|tenemos) {_COUNT} (?:{_PET})(?:e?s)?(?P<v>)$", shapes.names_after),
    pattern(
        "allergic_to",
        rf"\b(?:yo )?(?:soy|estoy) {_ADVERBS}(?:alérgic[oa]|intolerante) (?:a la |a los |a las |al |a )(?P<v>.+)",
        _listed,
    ),
    pattern("allergic_to", r"\btengo alergia (?:a la |a los |a las |al |a )(?P<v>.+)", _listed),
    pattern("diet", rf"(?<!\bno\s)\b(?:yo )?soy {_ADVERBS}(?P<v>\w+)\b", _diet),
    pattern(
        "avoids_food", r"\b(?:yo )?no bebo (?P<v>alcohol|café|té|cerveza|vino|leche)\b(?! (?:hoy|ahora))", shapes.whole
    ),
    pattern("avoids_food", r"\b(?:yo )?no como (?P<v>.+)", _listed),
    pattern(
        "likes",
        rf"(?<!\bno\s)(?<!\bnunca\s)(?<!\btampoco\s)\b(?:a mí )?me (?:gusta|gustan|encanta|encantan) {_ADVERBS}(?P<v>(?!que\b|cuando\b|como\b|cómo\b|tus?\b).+)",
        _listed,
    ),
    pattern("dislikes", rf"\b(?:a mí )?no me (?:gusta|gustan) {_ADVERBS}(?P<v>(?!que\b|cuando\b).+)", _listed),
    pattern(
        "dislikes",
        r"(?<!\bno\s)\b(?:yo )?(?:(?:le |les )?tengo (?:mucho |un poco de |verdadero )?(?:miedo|pánico|terror|fobia) (?:a |de )|me (?:da|dan) (?:mucho |un poco de )?(?:miedo|pánico|terror|asco) )(?:las? |los? |el )?(?P<v>(?!(?:que|cuando|perder\w*|estar|ser|no|quedar\w*|lo|morir\w*|tu|tus|mi|mis)\b).+)",
        _listed,
    ),
    pattern(
        "dislikes",
        r"(?<!\bno\s)\b(?:yo )?(?:le |les )?tengo (?:mucho |un poco de )?(?:miedo|pánico|terror|fobia) al (?P<v>(?!(?:futuro|fracaso)\b).+)",
        _listed,
    ),
    pattern("dislikes", r"\b(?:yo )?odio (?P<v>(?!que\b|cuando\b).+)", _listed),
    pattern(
        "plays_instrument",
        r"\b(?:yo )?no toco (?:el |la |los )?(?P<v>\w+)(?=\s*(?:$|[.,!;]|(?:y|pero|sino)\b))",
        shapes.instrument,
        change="negates",
    ),
    pattern(
        "speaks",
        r"\b(?:yo )?no hablo (?P<v>\w+)(?=\s*(?:$|[.,!;]|(?:y|pero|sino)\b))",
        shapes.one_language,
        change="negates",
    ),
    pattern("plays_instrument", r"(?<!\bno\s)\b(?:yo )?toco (?:el |la |los )?(?P<v>\w+)\b", shapes.instrument),
    pattern("hobby", r"(?<!\bno\s)\b(?:yo )?juego (?:mucho )?al? (?P<v>\w+)\b", shapes.game),
    pattern("sport", r"(?<!\bno\s)\b(?:yo )?juego al? (?P<v>\w+)\b", shapes.sport),
    pattern("smokes", r"\b(?<!ya\s)(?:yo )?no fumo(?=\s*(?:$|[.,!;]|y\b))", shapes.const("yes"), change="negates"),
    pattern(
        "religion",
        r"(?<!\bno\s)\b(?:yo )?soy (?P<v>musulmán|musulmana|católico|católica|cristiano|cristiana|judío|judía|budista|ateo|atea|protestante)\b",
        shapes.whole,
    ),
    pattern(
        "supports_team",
        rf"\b(?:yo )?soy (?:hincha|fan|seguidora?|aficionad[oa]) del? (?P<v>{_UPPER}[\w]+(?: {_UPPER}\w+)?)",
        shapes.whole,
    ),
    pattern(
        "works_at",
        rf"\b(?:empecé|he empezado|acabo de empezar|empiezo) (?:a trabajar )?en (?P<v>{_UPPER}.+)",
        _employer,
        is_dated=True,
    ),
    pattern(
        "works_at",
        rf"\b(?:me despidieron de|dejé mi trabajo en|ya no estoy en) (?P<v>{_UPPER}.+)",
        shapes.organisation,
        change="ends",
        is_dated=True,
    ),
    pattern("answer_style", r"^\W*(?:por favor,? )?(?:sin|no uses) (?P<v>emojis|listas|tablas)\b", _without),
    pattern("favourite_colour", r"\bmi color favorito es (?:el )?(?P<v>.+)", shapes.one_thing),
    pattern("favourite_food", r"\bmi comida favorita es (?:el |la |los |las )?(?P<v>.+)", shapes.one_thing),
    pattern("drives", rf"(?<!\bno\s)\b(?:conduzco|manejo) un (?P<v>{_UPPER}.+)", shapes.one_thing),
    pattern(
        "trip",
        rf"\b(?:vuelo|volamos|viajo|viajamos|voy|vamos|me voy|nos vamos) a (?P<v>{_UPPER}.+)",
        shapes.place,
        lean="future",
        needs_date=True,
    ),
    pattern(
        "answer_language",
        r"\b(?:respóndeme|responde|contesta|contéstame|háblame|escríbeme)(?: por favor)?(?: siempre)? en (?P<v>\w+)",
        shapes.one_language,
    ),
    pattern(
        "answer_length", r"\b(?:respuestas|responde de forma) (?P<v>cortas|breves?|largas|detalladas)\b", shapes.whole
    ),
)
_CORRECTING = re.compile(
    r"^\W*(?:(?:ay|perdón|no|espera)[, ]+)*(?:quise decir|quería decir|corrección|en realidad|me equivoqué|lo escribí mal|error (?:mío|de escritura)|errata)\b|\b(?:quise decir|lo escribí mal|mal escrito)\b",
    re.IGNORECASE,
)
SENTENCES = {
    "appointment": "Cita: {value}",
    "work_schedule": "Trabaja {value}",
    "supports_team": "Es de {value}",
    "member_of": "Está en {value}",
    "favourite_drink": "Suele tomar {value}",
    "name": "Se llama {value}",
    "preferred_name": "Prefiere que le llamen {value}",
    "birthday": "Cumple años el {value}",
    "age": "Tiene {value} años",
    "height": "Mide {value}",
    "born_in": "Nació en {value}",
    "grew_up_in": "Creció en {value}",
    "native_language": "Su lengua materna es {value}",
    "speaks": "Habla {value}",
    "lives_in": "Vive en {value}",
    "works_at": "Trabaja en {value}",
    "occupation": "Trabaja de {value}",
    "studies": "Estudia {value}",
    "learning": "Aprende {value}",
    "work_mode": "Trabaja {value}",
    "partner": "Su pareja es {value}",
    "child": "Tiene descendencia: {value}",
    "parent": "Entre sus padres, {value}",
    "sibling": "Entre sus hermanos, {value}",
    "relative": "En la familia, {value}",
    "pet": "Tiene una mascota, {value}",
    "allergic_to": "Tiene alergia a {value}",
    "diet": "Su dieta: {value}",
    "avoids_food": "No come {value}",
    "likes": "Le gusta {value}",
    "dislikes": "No le gusta {value}",
    "drives": "Conduce {value}",
    "trip": "Viaja a {value}",
    "plays_instrument": "Toca {value}",
    "hobby": "Pasatiempo: {value}",
    "sport": "Juega a {value}",
    "smokes": "Fuma",
    "religion": "Su religión: {value}",
    "answer_language": "Quiere respuestas en {value}",
    "answer_length": "Quiere respuestas {value}",
}
SPANISH = Language("es", _PATTERNS + HABITS, _CORRECTING, SENTENCES, fallback="{value}")
