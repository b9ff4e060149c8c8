"""The predicate registry: what can be known about somebody, and how it behaves. One line a predicate; adding one is one line.

The meaning of the columns stands in the design of memory: cardinality (`one`, `many`, `event`), decay class, sensitivity, topic, kind, and the
predicates of the same subject that are marked for review when this one changes or ends.
"""

from __future__ import annotations

from dataclasses import dataclass

FALLBACK = "states"


@dataclass(frozen=True, slots=True)
class Predicate:
    """One row of the registry."""

    name: str
    cardinality: str  # one, many, event
    decay: str  # fixed, slow, medium, fast, plan, pinned, event
    sensitivity: str
    topic: str
    kind: str
    review: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()  # question forms, as `memory.facts.questions` reads them

    @property
    def is_one(self) -> bool:
        return self.cardinality == "one"

    @property
    def is_event(self) -> bool:
        return self.cardinality == "event"

    @property
    def is_plan(self) -> bool:
        return self.decay == "plan"

    @property
    def is_fixed(self) -> bool:
        """A second value without a cue of correction is a conflict, not an update."""
        return self.decay == "fixed" and self.is_one

    @property
    def is_style(self) -> bool:
        return self.topic == "style"


def _row(
    name: str,
    cardinality: str,
    decay: str,
    sensitivity: str,
    topic: str,
    kind: str,
    *,
    review: str = "",
    asked: str = "",
) -> Predicate:
    """`review`: names, by spaces. `asked`: forms, by semicolons; each is words that must all stand in the question, `a|b` being either."""
    forms = tuple(form.strip() for form in asked.split(";") if form.strip())
    return Predicate(name, cardinality, decay, sensitivity, topic, kind, tuple(review.split()), forms)


# fmt: off
_ROWS = (
    _row("name", "one", "slow", "none", "identity", "state",
         asked="my name; what|whats|what's name; who am i; my full name; what am i called; mein name; wie heiße ich; wie heiss ich; "
               "me llamo; mi nombre; hva heter jeg; navnet mitt; je m'appelle; mon nom"),
    _row("preferred_name", "one", "pinned", "none", "identity", "state",
         asked="call me; should you call; nickname; preferred name; address me; wie nennst du mich; spitzname; mi apodo; kallenavn"),
    _row("pronouns", "one", "slow", "none", "identity", "state", asked="pronouns; pronomen; pronombres"),
    _row("birthday", "one", "fixed", "none", "identity", "state",
         asked="birthday; when born; date birth; birth date; geburtstag; wann geboren; cumpleaños; nací cuándo|cuando; bursdag; "
               "når født; anniversaire"),
    _row("age", "one", "medium", "none", "identity", "state", asked="how old; my age; wie alt; cuántos|cuantos años; edad; hvor gammel; quel âge"),
    _row("born_in", "one", "fixed", "none", "identity", "state",
         asked="where born; birthplace; place birth; born in; wo geboren; dónde|donde nací|nacido; hvor født"),
    _row("grew_up_in", "many", "fixed", "none", "identity", "state",
         asked="where grow|grew up; grew up; grow up; where from; from originally; hometown; home town; childhood; wo aufgewachsen; "
               "woher komme; dónde|donde crecí; hvor oppvokst; vokste opp"),
    _row("nationality", "many", "slow", "none", "identity", "state",
         asked="nationality; citizenship; passport; citizen; staatsangehörigkeit; nacionalidad; statsborger"),
    _row("native_language", "many", "fixed", "none", "identity", "state",
         asked="mother tongue; first language; native language; muttersprache; lengua materna; morsmål"),
    _row("speaks", "many", "slow", "none", "identity", "state",
         asked="languages|language speak; which|what languages; languages know; welche sprachen; sprachen spreche; idiomas hablo; "
               "hvilke språk; språk snakker"),
    _row("email", "one", "slow", "none", "identity", "state", asked="my email|e-mail|mail; email|e-mail address; mailadresse; correo"),
    _row("phone_number", "one", "slow", "none", "identity", "state",
         asked="phone number; my number; telephone; mobile number; telefonnummer; número teléfono"),
    _row("height", "one", "slow", "none", "identity", "state", asked="how tall; my height; wie groß; cuánto mido; hvor høy"),
    _row("lives_in", "one", "slow", "none", "home", "state",
         review="home_address home_type commute doctor dentist gym local_favourite neighbour landlord rent timezone parking",
         asked="where live|living|lived|stay|stayed|based|reside; city|town|village|country live|living|lived|in|home|reside; "
               "my home town|city; which|what city|town|place|village|country i|home; where is|was home; where home; my home; "
               "where am i living; wo wohne|lebe|wohnte|gewohnt; wohnort; dónde|donde vivo|vivía|vivia|viví; mi ciudad; "
               "hvor bor|bodde; où est-ce j'habite|habite; où j'habite; j'habite"),
    _row("home_address", "one", "slow", "location", "home", "state",
         asked="my address; home address; which|what street; street live; house number; postal address; adresse; mi dirección; "
               "hvilken gate"),
    _row("home_type", "one", "slow", "none", "home", "state",
         asked="flat or house; house or flat; what kind|type home|house|place|flat; sort home|house|place; kind of home"),
    _row("lives_with", "many", "medium", "none", "home", "state",
         asked="who live|living with; live with; living with; flatmates|flatmate; roommates|roommate; housemates|housemate; "
               "share flat|house|home; whose sofa|couch; mit wem wohne; mitbewohner; con quién|quien vivo; hvem bor sammen"),
    _row("landlord", "one", "medium", "none", "home", "relation", asked="landlord; landlady; rent from; vermieter; casero; utleier"),
    _row("neighbour", "many", "medium", "none", "home", "relation",
         asked="neighbour|neighbor|neighbours|neighbors; next door; nachbar; vecino; nabo"),
    _row("local_favourite", "many", "medium", "none", "home", "preference",
         asked="favourite|favorite|usual|best|fav cafe|café|bakery|pub|restaurant|bar|shop|place|diner|bookshop; "
               "local favourite|favorite; lieblingscafé; usual place"),
    _row("parking", "one", "medium", "location", "home", "state",
         asked="where park|parked|parking; parking spot|space; wo parke; dónde|donde aparco"),
    _row("timezone", "one", "slow", "none", "home", "state", asked="time zone; timezone; zeitzone; zona horaria; tidssone"),
    _row("commute", "one", "medium", "none", "routine", "state",
         asked="how get|getting|go|come home|back from work|office|school; "
               "how get|getting|go|travel|come to work|office|school|uni|university|college|campus; commute; way to work; how long to work; "
               "get to work|office|campus|college; arbeitsweg; wie komme arbeit; cómo|como voy trabajo; kommer jobb|jobben"),
    _row("gym", "one", "medium", "none", "routine", "state",
         asked="gym; where train|exercise|workout|work out; sports hall; fitness studio; fitnessstudio; gimnasio; treningssenter; "
               "where climb|swim|capoeira|yoga|karate|judo|pilates"),
    _row("wakes_at", "one", "medium", "none", "routine", "state",
         asked="when|time get up; when|time wake; wake up; rising time; alarm; when sleep; aufstehe|aufstehen; despierto; står opp"),
    _row("routine", "many", "medium", "none", "routine", "state",
         asked="what do on mondays|tuesdays|wednesdays|thursdays|fridays|saturdays|sundays|monday|tuesday|wednesday|"
               "thursday|friday|saturday|sunday|weekends|mornings|evenings; "
               "my routine; daily routine; habits|habit; montags|dienstags|mittwochs|donnerstags|freitags|samstags|sonntags; "
               "los lunes|martes|miércoles|jueves|viernes|sábados|domingos; "
               "je fais le lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"),
    _row("doctor", "one", "slow", "none", "health", "state",
         asked="my doctor|gp|physician; who doctor|gp; doctor's name; general practitioner; hausarzt; mein arzt; mi médico; fastlege"),
    _row("dentist", "one", "slow", "none", "health", "state", asked="dentist; zahnarzt; dentista; tannlege"),
    _row("works_at", "one", "slow", "none", "work", "state",
         review="work_email manager colleague commute work_schedule work_mode work_project salary office occupation",
         asked="where work|working|worked|employed; employer; who work|working|worked for; company work|working; which company; "
               "my company|workplace; workplace; where job; wo arbeite|arbeitete; arbeitgeber; dónde|donde trabajo|trabajaba; "
               "mi empresa; hvor jobber|arbeider|jobbet; arbeidsgiver"),
    _row("occupation", "one", "slow", "none", "work", "state",
         review="work_schedule salary",
         asked="what job; my job; job is; profession; occupation; what do for work|living; what do living; what work as; "
               "do for a living; my trade|career; beruf; was bin von beruf; was arbeite; profesión; qué|que trabajo; a qué me dedico; "
               "yrke; jobber som; subject teach; what teach"),
    _row("work_email", "one", "medium", "none", "work", "state", asked="work email|e-mail|mail; office email; email work; email at work"),
    _row("office", "one", "medium", "none", "work", "state",
         review="commute",
         asked="where office|desk; my office; office is; wo büro; mi oficina; kontoret"),
    _row("manager", "one", "medium", "none", "work", "relation",
         asked="my boss|manager|supervisor; who boss|manager|supervisor; report to; chef|chefin; mi jefe|jefa; sjef|sjefen"),
    _row("colleague", "many", "medium", "none", "work", "relation",
         asked="colleague|colleagues|coworker|coworkers|co-worker; team at work; work with; kollege|kollegen|kollegin; colega; kollega"),
    _row("work_schedule", "one", "medium", "none", "work", "state",
         asked="hours work; working hours; shift|shifts; work schedule; when work; arbeitszeit|arbeitszeiten; horario; turno; "
               "arbeidstid"),
    _row("work_mode", "one", "medium", "none", "work", "state",
         review="commute",
         asked="days office|home; office days; in the office; work|working from_home; remote|remotely|hybrid; home office; homeoffice; "
               "teletrabajo; hjemmekontor"),
    _row("work_project", "many", "fast", "none", "work", "state", asked="working on; project|projects; woran arbeite; proyecto; prosjekt"),
    _row("salary", "one", "medium", "finance", "work", "state",
         asked="salary; how much earn|make|paid; earn; my pay|wage|income; what paid; verdiene; gehalt; gano; sueldo|salario; tjener; "
               "lønn"),
    _row("studies", "one", "medium", "none", "education", "state",
         review="deadline",
         asked="what study|studying|major; my major|degree subject; course study; field study; was studiere; qué|que estudio; "
               "hva studerer"),
    _row("studies_at", "one", "medium", "none", "education", "state",
         review="commute deadline",
         asked="where study|studying|studied; which|what university|uni|college|institute|school i|study|go; "
               "university|college go|went|attend; wo studiere; dónde|donde estudio; hvor studerer; my uni|university|college"),
    _row("degree", "many", "fixed", "none", "education", "state",
         asked="degree|degrees|diploma have|got|hold; qualification|qualifications; my degree; abschluss; título; grad"),
    _row("learning", "many", "fast", "none", "education", "state", asked="learning; language learning; what learn; lerne; aprendiendo; lærer"),
    _row("skill", "many", "slow", "none", "education", "state", asked="good at; skill|skills; can i; gut in; fähigkeiten; habilidades; flink"),
    _row("licence", "many", "slow", "none", "education", "state",
         asked="licence|license; driving licence|license; certificate|certificates; führerschein; carnet|carné; førerkort; sertifikat"),
    _row("partner", "one", "slow", "none", "family", "relation",
         review="relationship_status lives_with anniversary in_law",
         asked="my partner|wife|husband|girlfriend|boyfriend|spouse|fiancé|fiancée|fiance|fiancee; "
               "who partner|wife|husband|girlfriend|boyfriend; married to; dating; "
               "partner's|wife's|husband's|girlfriend's|boyfriend's name; meine frau|freundin; mein mann|freund; "
               "mi esposa|esposo|marido|mujer|novia|novio|pareja; kona|mannen|kjæresten mi|min"),
    _row("relationship_status", "one", "slow", "none", "family", "state",
         asked="am married|single|divorced|engaged; relationship status; marital status; still married; verheiratet; "
               "casado|casada|soltero|soltera; gift|singel"),
    _row("anniversary", "one", "slow", "none", "family", "state",
         asked="anniversary; wedding day; when marry|married|wed; hochzeitstag; aniversario; bryllupsdag"),
    _row("child", "many", "slow", "children", "family", "relation",
         asked="my child|children|kid|kids|son|daughter|sons|daughters; have kids|children; meine kinder; mein sohn; meine tochter; "
               "mis hijos; mi hijo|hija; barna|sønnen|datteren mine|min; kid's|son's|daughter's name"),
    _row("school", "one", "medium", "children", "family", "state",
         asked="school|nursery|kindergarten go|goes|son|daughter|child|kid|attend|attends; which|what school; nursery|kindergarten; "
               "welche schule; qué|que colegio; hvilken skole"),
    _row("parent", "many", "fixed", "none", "family", "relation",
         asked="my mother|father|mum|mom|dad|parents|mam; mother's|father's|mum's|mom's|dad's name; meine mutter|eltern; mein vater; "
               "mi madre|padre; mis padres; moren|faren min"),
    _row("sibling", "many", "fixed", "none", "family", "relation",
         asked="my sister|brother|sisters|brothers|sibling|siblings; have siblings|sisters|brothers; sister's|brother's name; "
               "meine schwester|geschwister; mein bruder; mi hermana|hermano; søsteren|broren min"),
    _row("relative", "many", "slow", "none", "family", "relation",
         asked="my cousin|cousins|aunt|uncle|nephew|niece|grandmother|grandfather|grandma|grandpa|granny|gran|nan|grandson|granddaughter|relatives; "
               "cousin's|aunt's|uncle's name; meine oma|tante|cousine; mein opa|onkel|cousin; mi abuela|abuelo|tía|tío|primo|prima; "
               "bestemor|bestefar|fetter|kusine"),
    _row("in_law", "many", "slow", "none", "family", "relation",
         asked="mother-in-law|father-in-law|brother-in-law|sister-in-law|in-laws; schwiegermutter|schwiegervater|schwager|schwägerin; "
               "suegra|suegro|cuñado|cuñada; svigermor|svigerfar|svoger"),
    _row("ex_partner", "many", "slow", "none", "people", "relation",
         asked="my ex; ex-wife|ex-husband|ex-girlfriend|ex-boyfriend; who ex; former partner"),
    _row("friend", "many", "slow", "none", "people", "relation",
         asked="my friend|friends|buddy|mate|bestie; best friend; who friends|friend; meine freunde; mis amigos; vennene mine"),
    _row("pet", "many", "slow", "none", "family", "relation",
         review="vet",
         asked="pet|pets; my dog|cat|cats|dogs|rabbit|hamster|parrot|horse|tortoise|turtle|bird|hen|hens|cockerel|puppy|kitten; "
               "dog's|cat's|pet's|tortoise's|rabbit's|horse's|parrot's|cockerel's|hamster's|puppy's|kitten's name|called; "
               "animals|animal have|place|home; cat|dog|cats|dogs|tortoise|rabbit called|name|named; haustier|haustiere; mein hund; "
               "meine katze; mi perro|perra|gato|gata; hunden|katten min"),
    _row("species", "one", "fixed", "none", "family", "state", asked="what|which breed|kind|species dog|cat|pet|animal|is; breed; rasse; raza"),
    _row("vet", "one", "slow", "none", "family", "state",
         asked="our|my vet; who vet|veterinarian; vet; veterinary; tierarzt; veterinario; dyrlege|veterinær"),
    _row("allergic_to", "many", "slow", "health", "health", "state",
         asked="allergic; allergy|allergies; intolerance|intolerances|intolerant; allergisch; allergie|allergien; alérgico|alérgica; "
               "alergia|alergias; allergi|allergisk|allergier"),
    _row("has_condition", "many", "slow", "health", "health", "state",
         review="takes_medication",
         asked="condition|conditions have; diagnosis; diagnosed; illness|disease|disability; krankheit|diagnose; "
               "enfermedad|diagnóstico; sykdom|diagnose; medical condition"),
    _row("takes_medication", "many", "medium", "health", "health", "state",
         asked="medication|medications|medicine|medicines|pills|meds; medikament|medikamente; medicamento|medicamentos|medicación; "
               "medisin|medisiner"),
    _row("blood_type", "one", "fixed", "health", "health", "state", asked="blood type|group; blutgruppe; grupo sanguíneo; blodtype"),
    _row("injury", "event", "event", "health", "health", "event",
         asked="injure|injured|injury|injuries; broke|break|broken leg|arm|foot|wrist|ankle; operation|surgery; verletzt|verletzung; "
               "lesión; skade"),
    _row("therapist", "one", "medium", "health", "health", "state",
         asked="therapist|counsellor|counselor|psychologist; therapeut|therapeutin; terapeuta; psykolog"),
    _row("due_date", "one", "plan", "health", "health", "plan", asked="when due baby|i; due date; baby due; geburtstermin; termin baby"),
    _row("smokes", "one", "slow", "health", "health", "state",
         asked="smoke|smoking|smoker|cigarettes|cigarette; rauche|raucher; fumo|fumador; røyker"),
    _row("diet", "one", "slow", "none", "food", "state",
         review="favourite_food",
         asked="my diet; diet; vegetarian|vegan|halal|kosher|pescatarian am; am vegetarian|vegan; ernährung; vegetarisch|vegan ich; "
               "dieta; kosthold; people follow diet"),
    _row("favourite_food", "many", "slow", "none", "food", "preference",
         asked="favourite|favorite food|dish|meal|dessert|snack|cuisine; like|love to eat; like eat; lieblingsessen; comida favorita; "
               "yndlingsmat|favorittmat"),
    _row("avoids_food", "many", "slow", "none", "food", "preference",
         asked="don't|not|never|can't|avoid eat; food|foods avoid|itch; avoid food|foods|eating; esse nicht; no como; spiser ikke"),
    _row("favourite_drink", "one", "medium", "none", "food", "preference",
         asked="coffee order; favourite|favorite|usual drink|coffee|tea; what|usually drink; my usual; drink; lieblingsgetränk; "
               "trinke; bebida favorita; drikker"),
    _row("likes", "many", "slow", "none", "interests", "preference",
         asked="what|things like|love|enjoy; do like|love|enjoy; my likes; like; mag ich; was mag; me gusta; liker"),
    _row("dislikes", "many", "slow", "none", "interests", "preference",
         asked="dislike|hate|dislikes; don't like; can't stand; mag nicht; hasse; no me gusta; odio; hater; liker ikke"),
    _row("hobby", "many", "slow", "none", "interests", "state",
         asked="hobby|hobbies; pastime|pastimes; free|spare time; for fun; like to photograph; freizeit; aficiones|afición; fritid"),
    _row("sport", "many", "medium", "none", "interests", "state",
         asked="sport|sports; what|which sport; play tuesdays|mondays|weekends; sportart; deporte|deportes; idrett"),
    _row("plays_instrument", "many", "slow", "none", "interests", "state",
         asked="instrument|instruments; what|which play instrument; play guitar|piano|violin|drums; instrumento; spiller"),
    _row("supports_team", "many", "slow", "none", "interests", "preference",
         asked="team support; which|what team|club support; support team|club; football|soccer|basketball|baseball team; fan of; "
               "mannschaft|verein; equipo; lag heier"),
    _row("favourite_music", "many", "slow", "none", "interests", "preference",
         asked="music like|love|listen; favourite|favorite music|band|singer|song|artist; what|which band|bands love|like; "
               "lieblingsband|musik; música; musikk"),
    _row("favourite_film", "many", "slow", "none", "interests", "preference",
         asked="favourite|favorite film|movie|series|show; lieblingsfilm; película favorita; yndlingsfilm"),
    _row("favourite_book", "many", "slow", "none", "interests", "preference",
         asked="favourite|favorite book|author|writer|novel; lieblingsbuch; libro favorito; yndlingsbok"),
    _row("favourite_colour", "one", "slow", "none", "interests", "preference",
         asked="favourite|favorite colour|color; lieblingsfarbe; color favorito; yndlingsfarge|favorittfarge"),
    _row("reading", "one", "fast", "none", "interests", "state",
         asked="what|which book reading|read|moment; am reading; book reading; currently reading; lese; leyendo; leser"),
    _row("member_of", "many", "medium", "none", "interests", "state",
         asked="club|choir|clubs|society|group|committee|team in|am|member|join|joined|belong|sing|volunteer; member of; "
               "volunteer|volunteering; which club|choir; mitglied|verein; socio|coro; medlem"),
    _row("drives", "one", "slow", "none", "things", "state",
         review="parking insurance",
         asked="what|which car|vehicle|truck|motorbike|bike|van drive|have|own|driving; car drive; what drive; vehicle drive; "
               "my car|truck|van|motorbike; was fahre; mein auto; mi coche|carro; bilen min; kjører"),
    _row("owns", "many", "slow", "none", "things", "state", asked="do own; what own; belongings; possessions; besitze; favourite|favorite radio"),
    _row("uses_device", "many", "medium", "none", "things", "state",
         asked="phone|laptop|computer|camera|tablet|e-reader|device have|use|using|own|got|get; "
               "which|what phone|laptop|computer|camera|tablet|e-reader|device; what camera; handy; móvil|ordenador; telefon har; "
               "router"),
    _row("uses_software", "many", "medium", "none", "things", "state",
         asked="software|app|apps|editor|distribution|distro|os|operating|program|ide|browser use|run|using|running; "
               "which|what software|editor|linux|distribution|browser|app; programm; programa"),
    _row("subscription", "many", "medium", "none", "things", "state",
         asked="newspaper|newspapers|magazine|magazines|journal get|read|subscribe|take; streaming service|services; "
               "subscription|subscriptions; subscribe|subscribed; abo|abonnement|abonniert; suscripción"),
    _row("insurance", "many", "medium", "finance", "finance", "state",
         asked="insures|insurance|insurer; who insures; versicherung; seguro; forsikring"),
    _row("bank", "one", "slow", "finance", "finance", "state", asked="bank; which bank; bank with; welche bank; qué|que banco"),
    _row("rent", "one", "medium", "finance", "finance", "state", asked="rent; mortgage; how much rent|mortgage; miete; alquiler; husleie"),
    _row("debt", "many", "medium", "finance", "finance", "state", asked="owe; debt|debts; loan|loans; schulden; debo|deuda|deudas; gjeld|skylder"),
    _row("saves_for", "many", "medium", "finance", "finance", "state", asked="saving|save for; savings; budget; spare auf; ahorrando; sparer"),
    _row("religion", "one", "slow", "beliefs", "beliefs", "state",
         asked="religion; faith; my church|mosque|temple; religious; glaube; religión; tro"),
    _row("politics", "many", "medium", "beliefs", "beliefs", "state",
         asked="politics; political; vote|voting; which|what party am|support|vote|like; "
               "party support|member|belong|join|joined; union; politik|wähle|partei; política|voto; parti|stemmer"),
    _row("sexual_orientation", "one", "slow", "sexuality", "identity", "state",
         asked="orientation; sexuality; sexual orientation; am gay|straight|bi|lesbian; orientierung; orientación"),
    _row("goal", "many", "medium", "none", "plans", "state",
         asked="goal|goals; aim|aims|ambition|ambitions; want to achieve; ziel|ziele; meta|metas; mål"),
    _row("plans_to", "many", "plan", "none", "plans", "plan",
         asked="my plans|plan; what plans|planned|planning; coming up; what doing|do on|at; race|event|party|concert coming; "
               "what was on; planes; planer"),
    _row("trip", "many", "plan", "none", "plans", "plan",
         asked="trip|trips|journey|journeys|holiday|vacation; where going|flying|travelling|traveling|flight; my flight|flights; "
               "when flight|trip; where fly|flew|travel|travelled; reise; wohin fliege|reise; viaje; tur|reiser"),
    _row("appointment", "many", "plan", "none", "plans", "plan",
         asked="appointment|appointments; when dentist|doctor|interview; termin|termine; cita; time hos|avtale"),
    _row("deadline", "many", "plan", "none", "plans", "plan",
         asked="deadline|deadlines; due; what due; when essay|paper|report|assignment due; abgabe|frist; fecha límite; frist"),
    _row("did", "event", "event", "none", "events", "event", asked="what did; what did on; what happened"),
    _row("visited", "event", "event", "none", "events", "event",
         asked="where been; visited; places visited; where did go; which place|city|country visit|visited|back; where visit; besucht; "
               "visité|visitado; besøkt"),
    _row("bought", "event", "event", "none", "events", "event",
         asked="bought; buy; purchase|purchased; what buy|bought; gekauft; compré; kjøpte|kjøpt"),
    _row("achieved", "event", "event", "none", "events", "event",
         asked="achieve|achieved; exam pass|passed; which exam; win|won prize|race|medal; personal best; half marathon; "
               "time 10k|marathon; bestanden|gewonnen; logré|aprobé"),
    _row("answer_style", "many", "pinned", "none", "style", "instruction",
         asked="how answer|respond|reply|write|talk; style; tone; wie antworten; cómo|como responder; hvordan svare"),
    _row("answer_language", "one", "pinned", "none", "style", "instruction",
         asked="language answer|reply|respond|use|write|answers; which|what language answer|use|reply; sprache antworten; "
               "idioma responder; språk svare"),
    _row("answer_length", "one", "pinned", "none", "style", "instruction",
         asked="how long answer|answers|reply|replies; short|long answers|replies; length answers|replies; wie lang; svarlengde"),
    _row("units", "one", "pinned", "none", "style", "instruction",
         asked="units; metric|imperial; celsius|fahrenheit use; which|what currency|units; einheiten; unidades; enheter"),
    _row("avoid_topic", "many", "pinned", "none", "style", "instruction",
         asked="not mention|bring; never mention|bring; avoid topic|topics|mention; don't mention; topics avoid; nicht erwähnen; "
               "no mencionar"),
    _row("code_language", "one", "slow", "none", "style", "instruction",
         asked="programming language; code in; language code|program|programming; programmiersprache; lenguaje programación"),
    _row("states", "many", "medium", "none", "other", "state"),
)
# fmt: on

REGISTRY: dict[str, Predicate] = {row.name: row for row in _ROWS}
TOPICS: tuple[str, ...] = tuple(dict.fromkeys(row.topic for row in _ROWS))

# Predicates whose value names somebody: the value is an entity that other facts can be about.
RELATIONS = frozenset(row.name for row in _ROWS if row.kind == "relation") | {
    "therapist",
    "doctor",
    "dentist",
    "vet",
    "lives_with",
}
# What the profile block says first, and how much the rest matters there. Higher comes earlier.
IMPORTANCE: dict[str, float] = {
    "name": 1.0,
    "preferred_name": 1.0,
    "pronouns": 1.0,
    "lives_in": 0.9,
    "works_at": 0.8,
    "occupation": 0.8,
    "partner": 0.8,
    "allergic_to": 0.85,
    "diet": 0.8,
    "child": 0.75,
    "birthday": 0.6,
    "age": 0.6,
    "studies": 0.7,
    "studies_at": 0.65,
    "pet": 0.6,
    "timezone": 0.6,
    "has_condition": 0.7,
    "speaks": 0.55,
    "native_language": 0.55,
    "sibling": 0.55,
    "parent": 0.55,
    "nationality": 0.5,
    "relationship_status": 0.5,
}


def predicate_of(name: str) -> Predicate:
    """The row of `name`; names that are not in the registry fall back to `states`."""
    return REGISTRY.get(name) or REGISTRY[FALLBACK]


def is_known(name: str) -> bool:
    return name in REGISTRY


def stricter(one: str, other: str) -> str:
    """The stricter of two sensitivities: secret before what needs consent before places and children before none."""
    order = ("none", "children", "location", "finance", "health", "beliefs", "sexuality", "secret")
    return max(one, other, key=lambda kind: order.index(kind) if kind in order else 0)
