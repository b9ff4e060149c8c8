"""The nouns of slots in four languages: "debts", "Schulden", "deudas", "gjelden" all name what somebody owes. Pure.

Question forms ask for a slot in a sentence; these stand for it alone, behind "all my", "everything about my" or "my daughter's".
"""

from __future__ import annotations

from functools import cache

from memory.facts.predicates import REGISTRY
from memory.values import fold, strip_accents

# Predicates: their nouns by language; the forms of number, case and definiteness are made from them. A hyphen stands for a blank.
_NOUNS: dict[str, dict[str, str]] = {
    "name": {"en": "name", "de": "name", "es": "nombre", "no": "navn"},
    "preferred_name": {"en": "nickname", "de": "spitzname", "es": "apodo mote", "no": "kallenavn"},
    "birthday": {"en": "birthday", "de": "geburtstag", "es": "cumpleaños", "no": "bursdag fødselsdag"},
    "age": {"en": "age", "de": "alter", "es": "edad", "no": "alder"},
    "born_in": {"en": "birthplace", "de": "geburtsort", "es": "lugar-de-nacimiento", "no": "fødested"},
    "nationality": {"en": "nationality", "de": "staatsangehörigkeit", "es": "nacionalidad", "no": "nasjonalitet"},
    "speaks": {"en": "language", "de": "sprache sprachkenntnis", "es": "idioma", "no": "språk"},
    "email": {"en": "email e-mail email-address", "de": "mailadresse", "es": "correo", "no": "epost e-post"},
    "phone_number": {
        "en": "phone-number number",
        "de": "telefonnummer handynummer",
        "es": "número-de-teléfono teléfono",
        "no": "telefonnummer mobilnummer",
    },
    "lives_in": {
        "en": "home-town home-city place-of-residence",
        "de": "wohnort",
        "es": "lugar-de-residencia ciudad",
        "no": "bosted",
    },
    "home_address": {"en": "address", "de": "adresse anschrift", "es": "dirección domicilio", "no": "adresse"},
    "neighbour": {"en": "neighbour neighbor", "de": "nachbar", "es": "vecino", "no": "nabo"},
    "routine": {"en": "routine habit", "de": "gewohnheit", "es": "rutina costumbre", "no": "rutine vane"},
    "gym": {"en": "gym", "de": "fitnessstudio", "es": "gimnasio", "no": "treningssenter"},
    "works_at": {
        "en": "employer workplace company job",
        "de": "arbeitgeber arbeitsplatz arbeitsstelle arbeit firma job",
        "es": "empresa trabajo",
        "no": "arbeidsgiver arbeidsplass jobb",
    },
    "occupation": {
        "en": "job profession occupation trade",
        "de": "beruf job arbeit",
        "es": "profesión oficio trabajo",
        "no": "yrke jobb",
    },
    "manager": {"en": "boss manager", "de": "chef chefin", "es": "jefe jefa", "no": "sjef"},
    "colleague": {"en": "colleague coworker", "de": "kollege kollegin", "es": "colega", "no": "kollega"},
    "work_project": {"en": "project work-project", "de": "projekt", "es": "proyecto", "no": "prosjekt"},
    "salary": {"en": "salary wage pay income", "de": "gehalt lohn", "es": "sueldo salario", "no": "lønn"},
    "studies": {"en": "major", "de": "studium studienfach", "es": "carrera", "no": "studium studie"},
    "studies_at": {"en": "university college uni", "de": "universität uni", "es": "universidad", "no": "universitet"},
    "degree": {"en": "degree", "de": "abschluss", "es": "título", "no": "grad"},
    "skill": {"en": "skill", "de": "fähigkeit", "es": "habilidad", "no": "ferdighet"},
    "licence": {"en": "licence license", "de": "führerschein", "es": "carnet permiso", "no": "førerkort sertifikat"},
    "school": {
        "en": "school nursery kindergarten",
        "de": "schule kindergarten kita",
        "es": "colegio cole escuela guardería instituto",
        "no": "skole barnehage",
    },
    "pet": {"en": "pet animal", "de": "haustier", "es": "mascota", "no": "kjæledyr"},
    "doctor": {"en": "doctor gp", "de": "arzt ärztin", "es": "médico médica", "no": "lege fastlege"},
    "dentist": {"en": "dentist", "de": "zahnarzt zahnärztin", "es": "dentista", "no": "tannlege"},
    "allergic_to": {"en": "allergy intolerance", "de": "allergie", "es": "alergia", "no": "allergi"},
    "has_condition": {
        "en": "condition illness disease diagnosis",
        "de": "krankheit diagnose",
        "es": "enfermedad diagnóstico",
        "no": "sykdom diagnose",
    },
    "takes_medication": {
        "en": "medication medicine med pill",
        "de": "medikament tablette",
        "es": "medicamento medicación medicina pastilla",
        "no": "medisin pille",
    },
    "injury": {"en": "injury injuries", "de": "verletzung", "es": "lesión", "no": "skade"},
    "diet": {"en": "diet", "de": "ernährung", "es": "dieta", "no": "kosthold"},
    "favourite_food": {
        "en": "favourite-food favorite-food favourite-dish favorite-dish",
        "de": "lieblingsessen leibgericht",
        "es": "comida-favorita",
        "no": "yndlingsmat favorittmat",
    },
    "favourite_drink": {
        "en": "favourite-drink favorite-drink",
        "de": "lieblingsgetränk",
        "es": "bebida-favorita",
        "no": "favorittdrikk",
    },
    "favourite_music": {
        "en": "favourite-music favorite-music favourite-band favorite-band",
        "de": "lieblingsband lieblingsmusik",
        "es": "música-favorita",
        "no": "favorittmusikk favorittband",
    },
    "favourite_film": {
        "en": "favourite-film favorite-film favorite-movie favourite-movie",
        "de": "lieblingsfilm",
        "es": "película-favorita",
        "no": "yndlingsfilm favorittfilm",
    },
    "favourite_book": {
        "en": "favourite-book favorite-book",
        "de": "lieblingsbuch",
        "es": "libro-favorito",
        "no": "yndlingsbok favorittbok",
    },
    "likes": {"en": "like", "de": "vorliebe", "es": "gusto"},
    "dislikes": {"en": "dislike", "de": "abneigung"},
    "hobby": {
        "en": "hobby pastime",
        "de": "hobby",
        "es": "afición hobby pasatiempo",
        "no": "hobby fritidsinteresse",
    },
    "sport": {"en": "sport", "de": "sportart", "es": "deporte", "no": "idrett sport"},
    "plays_instrument": {"en": "instrument", "de": "instrument", "es": "instrumento", "no": "instrument"},
    "supports_team": {"en": "team", "de": "lieblingsverein", "es": "equipo", "no": "lag favorittlag"},
    "member_of": {
        "en": "club membership",
        "de": "verein mitgliedschaft",
        "es": "club asociación",
        "no": "klubb medlemskap",
    },
    "drives": {"en": "car", "de": "auto", "es": "coche", "no": "bil"},
    "uses_device": {"en": "device gadget", "de": "gerät", "es": "dispositivo aparato", "no": "enhet"},
    "owns": {"en": "possession belonging", "de": "besitz besitztum", "es": "posesión", "no": "eiendel"},
    "subscription": {"en": "subscription", "de": "abo abonnement", "es": "suscripción", "no": "abonnement"},
    "insurance": {"en": "insurance", "de": "versicherung", "es": "seguro", "no": "forsikring"},
    "bank": {"en": "bank", "de": "bank", "es": "banco", "no": "bank"},
    "rent": {"en": "rent", "de": "miete", "es": "alquiler", "no": "husleie"},
    "debt": {"en": "debt loan", "de": "schuld kredit", "es": "deuda préstamo", "no": "gjeld lån"},
    "saves_for": {"en": "savings saving-goal", "de": "sparziel", "es": "ahorro", "no": "sparing sparemål"},
    "religion": {"en": "religion faith", "de": "religion glaube", "es": "religión fe", "no": "religion"},
    "politics": {"en": "politics political-view", "de": "gesinnung", "es": "política", "no": "politikk"},
    "goal": {"en": "goal aim ambition", "de": "ziel vorsatz", "es": "meta objetivo propósito", "no": "mål"},
    "plans_to": {"en": "plan", "de": "plan pläne", "es": "plan", "no": "plan"},
    "trip": {"en": "trip journey holiday vacation", "de": "reise", "es": "viaje", "no": "reise tur"},
    "appointment": {"en": "appointment", "de": "termin", "es": "cita", "no": "avtale"},
    "deadline": {"en": "deadline", "de": "frist abgabetermin", "es": "plazo fecha-límite", "no": "frist"},
    "bought": {"en": "purchase", "de": "einkauf einkäufe", "es": "compra", "no": "innkjøp kjøp"},
    "achieved": {"en": "achievement", "de": "erfolg", "es": "logro", "no": "prestasjon"},
}
# Topics of the registry: what people call a whole side of their life.
_TOPICS = {
    "health": "health|medical history|gesundheit|salud|helse|helsa|helsen",
    "finance": "finances|finance|money|money matters|debts and money|finanzen|geld|finanzas|dinero|økonomi|økonomien|penger|pengene",
    "family": "family|familie|familia|familien",
    "work": "work|working life|arbeitsleben|berufsleben|vida laboral|arbeidsliv|arbeidslivet",
    "education": "education|ausbildung|bildung|formación|educación|utdanning|utdanningen|utdannelse",
    "interests": "interests|interessen|intereses|interesser|interessene",
    "beliefs": "beliefs|überzeugungen|creencias|tro",
}
_STUFF = (" stuff", " things", " matters", " issues", " details", " info", " information")
_ENDINGS = {
    "en": ("", "s", "es"),
    "de": ("", "e", "en", "n", "s", "es", "er", "ern", "nen"),
    "es": ("", "s", "es"),
    "no": ("", "en", "et", "a", "er", "ene", "n", "t", "r", "ne", "e"),
}


def _forms(noun: str, language: str) -> list[str]:
    forms = [noun + ending for ending in _ENDINGS[language]]
    if language == "en" and noun.endswith("y"):
        forms.append(noun[:-1] + "ies")
    if language == "es" and noun.endswith("ón"):
        forms.append(noun[:-2] + "ones")
    if language == "no" and noun.endswith("e"):
        forms.append(noun[:-1] + "a")
    return forms


@cache
def _by_noun() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for predicate, languages in _NOUNS.items():
        for language, nouns in languages.items():
            for noun in nouns.split():
                for form in _forms(noun, language):
                    for spelled in {form, form.replace("-", " ")}:
                        found.setdefault(strip_accents(fold(spelled)), set()).add(predicate)
    for topic, nouns in _TOPICS.items():
        for noun in nouns.split("|"):
            of_topic = {row.name for row in REGISTRY.values() if row.topic == topic}
            found.setdefault(strip_accents(fold(noun)), set()).update(of_topic)
    return {noun: frozenset(predicates) for noun, predicates in found.items()}


def slots_named(noun: str) -> frozenset[str]:
    """The predicates whose noun, or whose topic, `noun` is, without articles and possessives; none when it says more than that."""
    key = strip_accents(fold(noun)).strip(" .,;:!?\"'")
    for tail in _STUFF:
        key = key.removesuffix(tail)
    return _by_noun().get(key, frozenset())
