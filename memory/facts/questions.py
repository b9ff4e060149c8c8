"""Question forms: which predicate a question, or a description such as "where I live", is about.

A form is a list of words that must all stand in the question, in any order; `a|b` means either. More words make a form more telling, so the form with
the most words wins. English in depth, German, Spanish and Norwegian for what people ask most.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from memory.facts.predicates import REGISTRY
from memory.values import fold

_FORMS: dict[str, str] = {
    "name": "my name; what|whats|what's name; who am i; my full name; what am i called; mein name; wie heiße ich; wie heiss ich; me llamo; mi nombre; hva heter jeg; navnet mitt; je m'appelle; mon nom",
    "preferred_name": "call me; should you call; nickname; preferred name; address me; wie nennst du mich; spitzname; mi apodo; kallenavn",
    "pronouns": "pronouns; pronomen; pronombres",
    "birthday": "birthday; when born; date birth; birth date; geburtstag; wann geboren; cumpleaños; nací cuándo|cuando; bursdag; når født; anniversaire",
    "age": "how old; my age; wie alt; cuántos|cuantos años; edad; hvor gammel; quel âge",
    "born_in": "where born; birthplace; place birth; born in; wo geboren; dónde|donde nací|nacido; hvor født",
    "grew_up_in": "where grow|grew up; grew up; grow up; where from; from originally; hometown; home town; childhood; wo aufgewachsen; woher komme; dónde|donde crecí; hvor oppvokst; vokste opp",
    "nationality": "nationality; citizenship; passport; citizen; staatsangehörigkeit; nacionalidad; statsborger",
    "native_language": "mother tongue; first language; native language; muttersprache; lengua materna; morsmål",
    "speaks": "languages|language speak; which|what languages; languages know; welche sprachen; sprachen spreche; idiomas hablo; hvilke språk; språk snakker",
    "email": "my email|e-mail|mail; email|e-mail address; mailadresse; correo",
    "phone_number": "phone number; my number; telephone; mobile number; telefonnummer; número teléfono",
    "height": "how tall; my height; wie groß; cuánto mido; hvor høy",
    "lives_in": "where live|living|lived|stay|stayed|based|reside; city|town|village|country live|living|lived|in|home|reside; my home town|city; which|what city|town|place|village|country i|home; where is|was home;"
    " where home; my home; where am i living; wo wohne|lebe|wohnte|gewohnt; wohnort; dónde|donde vivo|vivía|vivia|viví; mi ciudad; hvor bor|bodde; où est-ce j'habite|habite; où j'habite; j'habite",
    "home_address": "my address; home address; which|what street; street live; house number; postal address; adresse; mi dirección; hvilken gate",
    "home_type": "flat or house; house or flat; what kind|type home|house|place|flat; sort home|house|place; kind of home",
    "lives_with": "who live|living with; live with; living with; flatmates|flatmate; roommates|roommate; housemates|housemate; share flat|house|home; whose sofa|couch; mit wem wohne; mitbewohner; con quién|quien vivo; hvem bor sammen",
    "landlord": "landlord; landlady; rent from; vermieter; casero; utleier",
    "neighbour": "neighbour|neighbor|neighbours|neighbors; next door; nachbar; vecino; nabo",
    "local_favourite": "favourite|favorite|usual|best|fav cafe|café|bakery|pub|restaurant|bar|shop|place|diner|bookshop; local favourite|favorite; lieblingscafé; usual place",
    "parking": "where park|parked|parking; parking spot|space; wo parke; dónde|donde aparco",
    "timezone": "time zone; timezone; zeitzone; zona horaria; tidssone",
    "commute": "how get|getting|go|travel|come to work|office|school|uni; commute; way to work; how long to work; get to work|office; arbeitsweg; wie komme arbeit; cómo|como voy trabajo; kommer jobb|jobben",
    "gym": "gym; where train|exercise|workout|work out; sports hall; fitness studio; fitnessstudio; gimnasio; treningssenter; where climb|swim|capoeira|yoga|karate|judo|pilates",
    "wakes_at": "when|time get up; when|time wake; wake up; rising time; alarm; when sleep; aufstehe|aufstehen; despierto; står opp",
    "routine": "what do on mondays|tuesdays|wednesdays|thursdays|fridays|saturdays|sundays|monday|tuesday|wednesday|thursday|friday|saturday|sunday|weekends|mornings|evenings; my routine; daily routine; habits|habit;"
    " montags|dienstags|mittwochs|donnerstags|freitags|samstags|sonntags; los lunes|martes|miércoles|jueves|viernes|sábados|domingos; je fais le lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche",
    "doctor": "my doctor|gp|physician; who doctor|gp; doctor's name; general practitioner; hausarzt; mein arzt; mi médico; fastlege",
    "dentist": "dentist; zahnarzt; dentista; tannlege",
    "works_at": "where work|working|worked|employed; employer; who work|working|worked for; company work|working; which company; my company|workplace; workplace; where job; wo arbeite|arbeitete; arbeitgeber; dónde|donde trabajo|trabajaba; mi empresa; hvor jobber|arbeider|jobbet; arbeidsgiver",
    "occupation": "what job; my job; job is; profession; occupation; what do for work|living; what do living; what work as; do for a living; my trade|career; beruf; was bin von beruf; was arbeite; profesión; qué|que trabajo; a qué me dedico; yrke;"
    " jobber som; subject teach; what teach",
    "work_email": "work email|e-mail|mail; office email; email work; email at work",
    "office": "where office|desk; my office; office is; wo büro; mi oficina; kontoret",
    "manager": "my boss|manager|supervisor; who boss|manager|supervisor; report to; chef|chefin; mi jefe|jefa; sjef|sjefen",
    "colleague": "colleague|colleagues|coworker|coworkers|co-worker; team at work; work with; kollege|kollegen|kollegin; colega; kollega",
    "work_schedule": "hours work; working hours; shift|shifts; work schedule; when work; arbeitszeit|arbeitszeiten; horario; turno; arbeidstid",
    "work_mode": "days office|home; office days; in the office; work from home; remote|remotely|hybrid; home office; homeoffice; teletrabajo; hjemmekontor",
    "work_project": "working on; project|projects; woran arbeite; proyecto; prosjekt",
    "salary": "salary; how much earn|make|paid; earn; my pay|wage|income; what paid; verdiene; gehalt; gano; sueldo|salario; tjener; lønn",
    "studies": "what study|studying|major; my major|degree subject; course study; field study; was studiere; qué|que estudio; hva studerer",
    "studies_at": "where study|studying|studied; which|what university|uni|college|institute|school i|study|go; university|college go|went|attend; wo studiere; dónde|donde estudio; hvor studerer; my uni|university|college",
    "degree": "degree|degrees|diploma have|got|hold; qualification|qualifications; my degree; abschluss; título; grad",
    "learning": "learning; language learning; what learn; lerne; aprendiendo; lærer",
    "skill": "good at; skill|skills; can i; gut in; fähigkeiten; habilidades; flink",
    "licence": "licence|license; driving licence|license; certificate|certificates; führerschein; carnet|carné; førerkort; sertifikat",
    "partner": "my partner|wife|husband|girlfriend|boyfriend|spouse|fiancé|fiancée|fiance|fiancee; who partner|wife|husband|girlfriend|boyfriend; married to; dating; partner's|wife's|husband's|girlfriend's|boyfriend's name; meine frau|freundin;"
    " mein mann|freund; mi esposa|esposo|marido|mujer|novia|novio|pareja; kona|mannen|kjæresten mi|min",
    "relationship_status": "am married|single|divorced|engaged; relationship status; marital status; still married; verheiratet; casado|casada|soltero|soltera; gift|singel",
    "anniversary": "anniversary; wedding day; when marry|married|wed; hochzeitstag; aniversario; bryllupsdag",
    "child": "my child|children|kid|kids|son|daughter|sons|daughters; have kids|children; meine kinder; mein sohn; meine tochter; mis hijos; mi hijo|hija; barna|sønnen|datteren mine|min; kid's|son's|daughter's name",
    "school": "school|nursery|kindergarten go|goes|son|daughter|child|kid|attend|attends; which|what school; nursery|kindergarten; welche schule; qué|que colegio; hvilken skole",
    "parent": "my mother|father|mum|mom|dad|parents|mam; mother's|father's|mum's|mom's|dad's name; meine mutter|eltern; mein vater; mi madre|padre; mis padres; moren|faren min",
    "sibling": "my sister|brother|sisters|brothers|sibling|siblings; have siblings|sisters|brothers; sister's|brother's name; meine schwester|geschwister; mein bruder; mi hermana|hermano; søsteren|broren min",
    "relative": "my cousin|cousins|aunt|uncle|nephew|niece|grandmother|grandfather|grandma|grandpa|granny|gran|nan|grandson|granddaughter|relatives; cousin's|aunt's|uncle's name; meine oma|tante|cousine; mein opa|onkel|cousin; mi abuela|abuelo|tía|tío|primo|prima; bestemor|bestefar|fetter|kusine",
    "in_law": "mother-in-law|father-in-law|brother-in-law|sister-in-law|in-laws; schwiegermutter|schwiegervater|schwager|schwägerin; suegra|suegro|cuñado|cuñada; svigermor|svigerfar|svoger",
    "ex_partner": "my ex; ex-wife|ex-husband|ex-girlfriend|ex-boyfriend; who ex; former partner",
    "friend": "my friend|friends|buddy|mate|bestie; best friend; who friends|friend; meine freunde; mis amigos; vennene mine",
    "pet": "pet|pets; my dog|cat|cats|dogs|rabbit|hamster|parrot|horse|tortoise|turtle|bird|hen|hens|cockerel|puppy|kitten; dog's|cat's|pet's|tortoise's|rabbit's|horse's|parrot's|cockerel's|hamster's|puppy's|kitten's name|called; animals|animal have|place|home; cat|dog|cats|dogs|tortoise|rabbit called|name|named; haustier|haustiere; mein hund; meine katze; mi perro|perra|gato|gata; hunden|katten min",
    "species": "what|which breed|kind|species dog|cat|pet|animal|is; breed; rasse; raza",
    "vet": "our|my vet; who vet|veterinarian; vet; veterinary; tierarzt; veterinario; dyrlege|veterinær",
    "allergic_to": "allergic; allergy|allergies; intolerance|intolerances|intolerant; allergisch; allergie|allergien; alérgico|alérgica; alergia|alergias; allergi|allergisk|allergier",
    "has_condition": "condition|conditions have; diagnosis; diagnosed; illness|disease|disability; krankheit|diagnose; enfermedad|diagnóstico; sykdom|diagnose; medical condition",
    "takes_medication": "medication|medications|medicine|medicines|pills|meds; medikament|medikamente; medicamento|medicamentos|medicación; medisin|medisiner",
    "blood_type": "blood type|group; blutgruppe; grupo sanguíneo; blodtype",
    "injury": "injure|injured|injury|injuries; broke|break|broken leg|arm|foot|wrist|ankle; operation|surgery; verletzt|verletzung; lesión; skade",
    "therapist": "therapist|counsellor|counselor|psychologist; therapeut|therapeutin; terapeuta; psykolog",
    "due_date": "when due baby|i; due date; baby due; geburtstermin; termin baby",
    "smokes": "smoke|smoking|smoker|cigarettes|cigarette; rauche|raucher; fumo|fumador; røyker",
    "diet": "my diet; diet; vegetarian|vegan|halal|kosher|pescatarian am; am vegetarian|vegan; ernährung; vegetarisch|vegan ich; dieta; kosthold; people follow diet",
    "favourite_food": "favourite|favorite food|dish|meal|dessert|snack|cuisine; like|love to eat; like eat; lieblingsessen; comida favorita; yndlingsmat|favorittmat",
    "avoids_food": "don't|not|never|can't|avoid eat; food|foods avoid|itch; avoid food|foods|eating; esse nicht; no como; spiser ikke",
    "favourite_drink": "coffee order; favourite|favorite|usual drink|coffee|tea; what|usually drink; my usual; drink; lieblingsgetränk; trinke; bebida favorita; drikker",
    "likes": "what|things like|love|enjoy; do like|love|enjoy; my likes; like; mag ich; was mag; me gusta; liker",
    "dislikes": "dislike|hate|dislikes; don't like; can't stand; mag nicht; hasse; no me gusta; odio; hater; liker ikke",
    "hobby": "hobby|hobbies; pastime|pastimes; free|spare time; for fun; like to photograph; freizeit; aficiones|afición; fritid",
    "sport": "sport|sports; what|which sport; play tuesdays|mondays|weekends; sportart; deporte|deportes; idrett",
    "plays_instrument": "instrument|instruments; what|which play instrument; play guitar|piano|violin|drums; instrumento; spiller",
    "supports_team": "team support; which|what team|club support; support team|club; football|soccer|basketball|baseball team; fan of; mannschaft|verein; equipo; lag heier",
    "favourite_music": "music like|love|listen; favourite|favorite music|band|singer|song|artist; what|which band|bands love|like; lieblingsband|musik; música; musikk",
    "favourite_film": "favourite|favorite film|movie|series|show; lieblingsfilm; película favorita; yndlingsfilm",
    "favourite_book": "favourite|favorite book|author|writer|novel; lieblingsbuch; libro favorito; yndlingsbok",
    "favourite_colour": "favourite|favorite colour|color; lieblingsfarbe; color favorito; yndlingsfarge|favorittfarge",
    "reading": "what|which book reading|read|moment; am reading; book reading; currently reading; lese; leyendo; leser",
    "member_of": "club|choir|clubs|society|group|committee|team in|am|member|join|joined|belong|sing|volunteer; member of; volunteer|volunteering; which club|choir; mitglied|verein; socio|coro; medlem",
    "drives": "what|which car|vehicle|truck|motorbike|bike|van drive|have|own|driving; car drive; what drive; vehicle drive; my car|truck|van|motorbike; was fahre; mein auto; mi coche|carro; bilen min; kjører",
    "owns": "do own; what own; belongings; possessions; besitze; favourite|favorite radio",
    "uses_device": "phone|laptop|computer|camera|tablet|e-reader|device have|use|using|own|got|get; which|what phone|laptop|computer|camera|tablet|e-reader|device; what camera; handy; móvil|ordenador; telefon har; router",
    "uses_software": "software|app|apps|editor|distribution|distro|os|operating|program|ide|browser use|run|using|running; which|what software|editor|linux|distribution|browser|app; programm; programa",
    "subscription": "newspaper|newspapers|magazine|magazines|journal get|read|subscribe|take; streaming service|services; subscription|subscriptions; subscribe|subscribed; abo|abonnement|abonniert; suscripción",
    "insurance": "insures|insurance|insurer; who insures; versicherung; seguro; forsikring",
    "bank": "bank; which bank; bank with; welche bank; qué|que banco",
    "rent": "rent; mortgage; how much rent|mortgage; miete; alquiler; husleie",
    "debt": "owe; debt|debts; loan|loans; schulden; debo|deuda|deudas; gjeld|skylder",
    "saves_for": "saving|save for; savings; budget; spare auf; ahorrando; sparer",
    "religion": "religion; faith; my church|mosque|temple; religious; glaube; religión; tro",
    "politics": "politics; political; vote|voting|party; union; politik|wähle|partei; política|voto; parti|stemmer",
    "sexual_orientation": "orientation; sexuality; sexual orientation; am gay|straight|bi|lesbian; orientierung; orientación",
    "goal": "goal|goals; aim|aims|ambition|ambitions; want to achieve; ziel|ziele; meta|metas; mål",
    "plans_to": "my plans|plan; what plans|planned|planning; coming up; what doing|do on|at; race|event|party|concert coming; what was on; planes; planer",
    "trip": "trip|trips|journey|journeys|holiday|vacation; where going|flying|travelling|traveling|flight; my flight|flights; when flight|trip; where fly|flew|travel|travelled; reise; wohin fliege|reise; viaje; tur|reiser",
    "appointment": "appointment|appointments; when dentist|doctor|interview; termin|termine; cita; time hos|avtale",
    "deadline": "deadline|deadlines; due; what due; when essay|paper|report|assignment due; abgabe|frist; fecha límite; frist",
    "did": "what did; what did on; what happened",
    "visited": "where been; visited; places visited; where did go; which place|city|country visit|visited|back; where visit; besucht; visité|visitado; besøkt",
    "bought": "bought; buy; purchase|purchased; what buy|bought; gekauft; compré; kjøpte|kjøpt",
    "achieved": "achieve|achieved; exam pass|passed; which exam; win|won prize|race|medal; personal best; half marathon; time 10k|marathon; bestanden|gewonnen; logré|aprobé",
    "answer_style": "how answer|respond|reply|write|talk; style; tone; wie antworten; cómo|como responder; hvordan svare",
    "answer_language": "language answer|reply|respond|use|write|answers; which|what language answer|use|reply; sprache antworten; idioma responder; språk svare",
    "answer_length": "how long answer|answers|reply|replies; short|long answers|replies; length answers|replies; wie lang; svarlengde",
    "units": "units; metric|imperial; celsius|fahrenheit use; which|what currency|units; einheiten; unidades; enheter",
    "avoid_topic": "not mention|bring; never mention|bring; avoid topic|topics|mention; don't mention; topics avoid; nicht erwähnen; no mencionar",
    "code_language": "programming language; code in; language code|program|programming; programmiersprache; lenguaje programación",
    "states": "",
}
# Words in a question that weigh little when its forms are compared.
_LIGHT = frozenset(
    [
        "what",
        "whats",
        "what's",
        "which",
        "who",
        "my",
        "i",
        "do",
        "am",
        "is",
        "was",
        "in",
        "at",
        "to",
        "the",
        "me",
        "our",
        "a",
        "of",
        "when",
        "where",
        "how",
        "mi",
        "mein",
        "meine",
        "min",
        "wo",
        "was",
        "jeg",
        "ich",
    ]
)
_TOKEN = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*", re.UNICODE)
_EDGES = str.maketrans({"’": "'"})


@dataclass(frozen=True, slots=True)
class Intent:
    """A predicate that a question may be about. `weight` grows with the number of telling words that fit."""

    predicate: str
    weight: float
    words: frozenset[str]  # of the question, that the form used


@cache
def _forms() -> list[tuple[str, tuple[frozenset[str], ...]]]:
    parsed = [
        (predicate, tuple(frozenset(fold(word).split("|")) for word in form.split()))
        for predicate, forms in _FORMS.items()
        for form in forms.split(";")
    ]
    return [(predicate, words) for predicate, words in parsed if words]


def question_words(text: str) -> list[str]:
    """The words of a question as forms see them: folded, with apostrophes and hyphens kept, "what's" also as "what"."""
    words: list[str] = []
    for word in _TOKEN.findall(fold(text).translate(_EDGES)):
        words.append(word)
        if word.endswith("'s"):
            words.append(word[:-2])
    return words


def intents_of(text: str) -> list[Intent]:
    """The predicates that `text` may be about, the most telling first; only those as telling as the best, or nearly."""
    words = set(question_words(text))
    best: dict[str, Intent] = {}
    for predicate, form in _forms():
        used: set[str] = set()
        weight = 0.0
        for options in form:
            hit = options & words
            if not hit:
                break
            used |= hit
            weight += 0.3 if hit <= _LIGHT else 1.0
        else:
            if weight >= 0.9 and weight > (best[predicate].weight if predicate in best else 0):
                best[predicate] = Intent(predicate, weight, frozenset(used))
    ranked = sorted(best.values(), key=lambda intent: -intent.weight)
    return [intent for intent in ranked if intent.weight >= ranked[0].weight - 0.35]


def missing_forms() -> set[str]:
    """Predicates without a question form, beside the fallback. Empty, or a line was forgotten."""
    return {name for name in REGISTRY if not _FORMS.get(name)} - {"states"}
