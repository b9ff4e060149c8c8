"""German, the commonest forms."""

from __future__ import annotations

import re

from memory.extraction.rules import days, shapes
from memory.extraction.rules.callings import own_calling
from memory.extraction.rules.clauses import Clause
from memory.extraction.rules.german_chat import CHAT
from memory.extraction.rules.german_forms import ADVERBS, COUNT, HAVE, MY, MY_OWN, PET, UPPER
from memory.extraction.rules.german_habits import HABITS
from memory.extraction.rules.german_kin import KIN
from memory.extraction.rules.patterns import Language, Pattern, pattern
from memory.extraction.rules.words import STATUSES
from memory.facts.relations import RELATION_OF, predicate_for


def _job(match: re.Match[str], clause: Clause) -> list[str]:
    """What follows "arbeite als" or "bin … von Beruf"."""
    found = shapes.any_job(match, clause)
    return [value for value in found if value[:1].isupper()]


# A noun that says what somebody is ("ich bin Krankenpfleger") has a capital like a name; many names end like one too, so those are left out.
_JOB_ENDS = (
    "pfleger|lehrer|ingenieur|techniker|händler|meister|verkäufer|entwickler|programmierer|fahrer|mechaniker|elektriker|tischler|schreiner"
    "|maurer|maler|friseur|bäcker|metzger|journalist|redakteur|architekt|informatiker|künstler|musiker|schauspieler|polizist|richter|apotheker"
    "|therapeut|assistent|referent|dozent|professor|wissenschaftler|forscher|sekretär|verwalter|leiter|grafiker|fotograf|dachdecker|schlosser|schweißer|lackierer|monteur|soldat|makler|notar|pfarrer|sänger|tänzer|autor|schriftsteller|lektor|winzer|brauer|konditor|fleischer|florist|chemiker|physiker|mathematiker|bibliothekar|archivar|historiker|disponent|kassierer|arbeiter|trainer|zimmerer|zimmermann|installateur|hausmeister|schneider|goldschmied|buchhändler|drucker|erzieher|gärtner|landwirt|berater|kellner|buchhalter|übersetzer|dolmetscher|pilot|optiker|klempner|imker|förster"
)
_JOB_ENDS = "|".join(
    [
        *(f"{word}(?:in)?" for word in _JOB_ENDS.split("|")),
        *(
            "ärztin",
            "arzt",
            "anwalt",
            "anwältin",
            "koch",
            "köchin",
            "hebamme",
            "psychologe",
            "psychologin",
            "biologe",
            "biologin",
        ),
        *(
            "krankenschwester",
            "hausfrau",
            "hausmann",
            "kauffrau",
            "kaufmann",
            "pädagogin",
            "pädagoge",
            "logopädin",
            "logopäde",
            "geologe",
            "geologin",
            "soziologin",
            "soziologe",
            "beamter",
            "beamtin",
            "feuerwehrmann",
            "feuerwehrfrau",
            "putzfrau",
            "hebamme",
            "rentner",
            "rentnerin",
            "student",
            "studentin",
            "azubi",
        ),
    ]
)


def _own_name(match: re.Match[str], clause: Clause) -> list[str]:
    words = match["v"].split()
    is_noun = bool(
        re.search(
            r"(?:er|erin|in|ist|eur|ent|ant|arzt|frau|mann|kraft|schwester|amme|fan|hof|bahn|haus|ung|heit|keit|schaft|e)$",
            words[0].strip(".,!").casefold(),
        )
    )
    is_greeting = bool(re.match(r"\W*(?:hallo|hi|moin|servus|guten)\b", match.group(), re.IGNORECASE)) or bool(
        re.match(r"\s*,\s*\d{1,2}\b", clause.after)  # "ich bin Merle, 24"
    )
    return [] if is_noun and not is_greeting else shapes.own_name(match, clause)


def _age_behind(match: re.Match[str], clause: Clause) -> list[str]:
    """The number behind the comma: "ich bin die Katrin, 38"."""
    found = re.match(r"\s*,\s*(?P<age>\d{2})(?=\s*(?:$|[.,!]|und\b|jahre\b))", clause.after, re.IGNORECASE)
    return [found["age"]] if found else []


def _pet_before(match: re.Match[str], clause: Clause) -> list[str]:
    """The name of the animal that the sentence has just told of: "ich habe eine Katze, sie heißt Luzi"."""
    told = re.search(rf"\b(?:ich habe|wir haben) {COUNT} (?:\w+ )?(?:{PET})\W*$", clause.before, re.IGNORECASE)
    return shapes.relative(match, clause) if told else []


def _status(match: re.Match[str], clause: Clause) -> list[str]:
    if re.search(r"\bmit (?:dem|der|meine[mr]) (?:Job|Arbeit|Beruf|Musik|Firma|Meer)\b", match.group(), re.IGNORECASE):
        return []  # a figure of speech
    return [STATUSES[match["v"].casefold()]] if not clause.text[match.end() :].startswith("-") else []


def _kin() -> list[Pattern]:
    patterns = []
    for predicate in dict.fromkeys(KIN.values()):
        words = "|".join(sorted((word for word, own in KIN.items() if own == predicate), key=len, reverse=True))
        my = MY_OWN if predicate == "partner" else MY  # "meine beste Freundin" is no partner
        patterns.append(pattern(predicate, rf"{my}(?:{words})(?: heißt| heisst|,| ist)? (?P<v>{UPPER}.*)", _names_only))
    patterns.append(
        pattern(
            "friend",
            rf"{MY_OWN}(?:beste[rn]?|gute[rn]?|alte[rn]?) (?:Freund|Freundin)(?: heißt|,| ist)? (?P<v>{UPPER}.*)",
            _names_only,
        )
    )
    patterns.append(
        pattern(
            "child",
            rf"{HAVE} {COUNT} (?:Kinder|Söhne|Töchter|Sohn|Tochter|Kind)(?:,| namens)? (?P<v>{UPPER}.*)",
            shapes.relatives,
        )
    )
    for predicate, nouns in (
        ("child", "Kinder|Söhne|Töchter|Sohn|Tochter|Kind"),
        ("sibling", "Geschwister|Brüder|Schwestern|Bruder|Schwester"),
    ):
        patterns.append(pattern(predicate, rf"{HAVE} {COUNT} (?:{nouns})(?P<v>)$", shapes.names_after))
    patterns.append(
        pattern(
            "sibling",
            rf"{HAVE} {COUNT} (?:Geschwister|Brüder|Schwestern|Bruder|Schwester)(?:,| namens)? (?P<v>{UPPER}.*)",
            shapes.relatives,
        )
    )
    return patterns


def _names_only(match: re.Match[str], clause: Clause) -> list[str]:
    """Nouns have capitals too: a name is followed by a verb, a conjunction or nothing, and is no relation itself."""
    found = shapes.relatives(match, clause)
    return [
        one
        for one in found
        if (one.split()[0].casefold() not in RELATION_OF or re.match(r"Frau \w", one))
        and predicate_for(one.split()[0].casefold()) is None
        and not re.fullmatch(rf"fan|single|\w*(?:{_JOB_ENDS})", one.split()[0], re.IGNORECASE)
    ]


_PATTERNS: tuple[Pattern, ...] = (
    *CHAT,
    pattern("name", rf"\b(?:ich heiße|ich heisse|mein name ist|ich bin (?:der|die)) (?P<v>{UPPER}.*)", shapes.name),
    pattern(
        "name",
        rf"^\W*(?:(?:hallo|hi|moin|servus)\W+)?bin (?:der|die) (?P<v>{UPPER}\w+)(?=\s*(?:$|[.,!]|und\b))",
        shapes.name,
    ),
    pattern(
        "name",
        rf"^\W*(?:(?:hallo|hi|moin|servus|guten (?:tag|morgen|abend))[,!.]? )?ich bin (?P<v>{UPPER}.*)",
        _own_name,
    ),
    pattern(
        "preferred_name",
        rf"\b(?:nenn mich|nennt mich|alle nennen mich|ich werde|man nennt mich) (?:einfach |bitte )?(?P<v>{UPPER}\w+)(?: genannt)?",
        own_calling(shapes.name),
    ),
    pattern(
        "birthday",
        r"\b(?:ich habe am(?=.*\bgeburtstag\b)|mein geburtstag ist(?: am| der)?|ich (?:bin|wurde) am(?=.*\bgeboren\b)) (?P<v>\d.*)",
        days.day_of_year,
    ),
    pattern(
        "age",
        r"(?:\bich bin|^\W*(?:und )?bin) (?P<v>\d{1,3})(?: jahre(?: alt)?)?(?=\s*(?:$|[.,!](?!\d)|und\b))",
        shapes.number,
    ),
    pattern(
        "age", rf"^\W*(?:(?:hallo|hi|moin|servus)[,!.]? )?ich bin (?:(?:der|die) )?{UPPER}[\w-]+(?P<v>)$", _age_behind
    ),
    pattern("born_in", rf"\b(?:ich bin|ich wurde) in (?P<v>{UPPER}.+?) geboren", shapes.place),
    pattern("grew_up_in", rf"\b(?:ich bin|bin) in (?P<v>{UPPER}.+?) aufgewachsen", shapes.place),
    pattern("grew_up_in", rf"\b(?:ich komme|komme)(?: ursprünglich)? aus (?P<v>{UPPER}.+)", shapes.place),
    pattern("native_language", r"\bmeine muttersprache ist (?P<v>.+)", shapes.one_language),
    pattern(
        "speaks",
        rf"\b(?:ich )?(?:spreche|kann) {ADVERBS}(?:fließend |etwas |gut )?(?P<v>{UPPER}.+)",
        shapes.languages,
    ),
    pattern(
        "lives_in",
        rf"\b(?:ich |wir )?(?:wohne?|wohnen|lebe?|leben) {ADVERBS}in (?P<v>{UPPER}.+)",
        shapes.place,
        is_dated=True,
    ),
    pattern(
        "lives_in",
        rf"\w (?:wohne|lebe) ich {ADVERBS}in (?P<v>{UPPER}.+)",
        shapes.place,
        is_dated=True,
    ),
    pattern(
        "lives_in",
        rf"\b(?:ich |wir )?(?:bin|sind) {ADVERBS}(?:letzte\w* \w+ |vor \w+ \w+ |gerade |gestern |am \w+ |im \w+ )?(?:von [^,.]{{2,40}}? )?nach (?P<v>(?!Hause\b){UPPER}.+?) (?:gezogen|umgezogen)",
        shapes.place,
        is_dated=True,
    ),
    pattern(
        "lives_in",
        rf"\b(?:ich |wir )?(?:habe|haben) früher in (?P<v>{UPPER}.+?) (?:gewohnt|gelebt)",
        shapes.place,
        change="ends",
    ),
    pattern(
        "lives_in",
        rf"\b(?:ich|wir) (?:wohne|wohnen|lebe|leben) nicht mehr in (?P<v>{UPPER}.+)",
        shapes.place,
        change="ends",
    ),
    pattern(
        "works_at",
        rf"\b(?:ich )?arbeite {ADVERBS}(?:als \w+ )?(?:bei|beim|für|bei der) (?P<v>{UPPER}.+)",
        shapes.organisation,
        is_dated=True,
    ),
    pattern(
        "works_at",
        rf"\b(?:ich )?arbeite {ADVERBS}(?:in einer|in einem|in der|an einer|an der|im|am|auf einem) (?P<v>{UPPER}\w*(?:krankenhaus|klinikum|klinik|schule|universität|bibliothek|bank|bäckerei|restaurant|hotel|museum|apotheke|kanzlei|brauerei|bauernhof|fabrik|werkstatt|supermarkt|kindergarten|praxis|redaktion))\b",
        shapes.whole,
    ),
    pattern(
        "works_at",
        r"\b(?:ich )?arbeite (?:in einer|in einem|in der|an einer|an der|im|am|auf einem) (?P<v>Krankenhaus|Klinik|Schule|Universität|Uni|Bibliothek|Bank|Bäckerei|Restaurant|Hotel|Museum|Apotheke|Kanzlei|Brauerei|Bauernhof|Fabrik|Werkstatt|Supermarkt|Kindergarten|Café)\b",
        shapes.whole,
    ),
    pattern(
        "works_at",
        rf"\bich bin {ADVERBS}\w*(?:{_JOB_ENDS}) (?:bei|(?:im|am|an der|in der|bei der|beim)(?= \w*(?:klinik|krankenhaus|spital|schule|gymnasium|uni|institut|bank|museum|theater|amt|verlag))) (?P<v>{UPPER}.+)",
        shapes.organisation,
    ),
    pattern("occupation", rf"\b(?:ich )?arbeite {ADVERBS}als (?P<v>{UPPER}.+)", _job, is_dated=True),
    pattern(
        "occupation", rf"\b(?:ich )?arbeite {ADVERBS}(?:bei|beim|für|in) [^,;.]{{2,40}}? als (?P<v>{UPPER}.+)", _job
    ),
    pattern("occupation", rf"\bich bin (?P<v>{UPPER}[\w-]+) von beruf", shapes.whole),
    pattern("occupation", rf"\bvon beruf bin ich (?P<v>{UPPER}[\w-]+)", _job),
    pattern("occupation", rf"\bich bin {ADVERBS}(?P<v>{UPPER}?\w*(?:{_JOB_ENDS}))\b(?! von beruf)", shapes.whole),
    pattern("studies", rf"\b(?:ich )?studiere {ADVERBS}(?P<v>{UPPER}[\w-]+)", shapes.caught_thing, is_dated=True),
    pattern("learning", rf"\b(?:ich )?lerne {ADVERBS}(?P<v>{UPPER}[\w-]+)", shapes.one_thing),
    pattern(
        "partner",
        rf"\bich bin {ADVERBS}mit (?!Leib\b)(?P<v>{UPPER}\w+) (?:verheiratet|verlobt|zusammen)\b",
        shapes.whole,
    ),
    *_kin(),
    pattern(
        "relationship_status",
        rf"\bich bin (?:mit (?!(?:dem|der|meine[mr]) (?:Job|Arbeit|Beruf|Musik|Firma)\b)(?:meine[mr] )?\w+ )?{ADVERBS}(?P<v>verheiratet|geschieden|verlobt|single)\b",
        _status,
    ),
    pattern("pet", rf"{MY}(?:{PET})(?: heißt| heisst|,)? (?P<v>{UPPER}.*)", _names_only),
    pattern(
        "pet",
        rf"{HAVE} {COUNT} (?:{PET})(?:n|en|e)?(?:,? (?:der|die|das))?(?: namens| heißt|,)? (?P<v>{UPPER}\w+)",
        shapes.relatives,
    ),
    pattern(
        "pet",
        rf"{HAVE} {COUNT} (?:{PET})(?:n|en|e)?(?P<v>)$",
        shapes.names_after,
    ),
    pattern("pet", rf"^\W*(?:sie|er|es|die|der|das|sie) heißt (?P<v>{UPPER}\w+)", _pet_before),
    pattern(
        "appointment",
        rf"\b(?:ich habe|wir haben|habe) (?:am|nächste\w*|morgen)\b[^,;]{{0,40}}?\b(?:einen|eine|ein|meinen|meine) (?P<v>(?:{UPPER}\w*termin|Termin (?:beim|bei der|bei) {UPPER}[\w-]+|{UPPER}?\w*(?:prüfung|operation|untersuchung|gespräch)|Prüfung|OP))\b",
        shapes.whole,
        lean="future",
        needs_date=True,
    ),
    pattern("allergic_to", rf"\bich bin {ADVERBS}gegen (?P<v>.+?) allergisch\b", shapes.listed),
    pattern("allergic_to", r"\bich bin [^,;.]{2,30}? und (?:auch )?gegen (?P<v>.+?) allergisch\b", shapes.listed),
    pattern("allergic_to", rf"\b(?:ich )?bin {ADVERBS}allergisch (?:gegen|auf) (?P<v>.+)", shapes.some_things),
    pattern("allergic_to", r"\bich (?:habe|hab) eine (?P<v>[\w-]+?)-?allergie\b", shapes.whole),
    pattern(
        "diet",
        rf"\b(?:ich )?bin {ADVERBS}(?P<v>vegan|vegetarisch|vegetarier(?:in)?|veganer(?:in)?|pescetarier(?:in)?)\b",
        shapes.diet_as_said,
    ),
    pattern(
        "diet", rf"\bich (?:esse|ernähre mich|lebe) {ADVERBS}(?P<v>vegan|vegetarisch|halal|koscher)\b", shapes.whole
    ),
    pattern(
        "avoids_food",
        r"\bich trinke (?:kein|keine|keinen) (?P<v>Alkohol|Kaffee|Tee|Bier|Wein|Milch|Cola)\b(?! (?:heute|mehr heute|gerade))",
        shapes.whole,
    ),
    pattern(
        "avoids_food",
        r"\bich esse (?:kein|keine|keinen) (?P<v>(?!(?:Abend|Mittag)essen\b|Frühstück\b|Mittag\b|[^,.;]*\b(?:heute|gerade|jetzt|diese[nmrs]?|morgen)\b).+)",
        shapes.some_things,
    ),
    pattern(
        "likes",
        rf"\bich (?:mag|liebe) {ADVERBS}(?P<v>(?!es\b|das\b|dich\b|dass\b|wie\b|nicht\b|kein).+)",
        shapes.some_things,
    ),
    pattern(
        "dislikes",
        rf"\bich (?:hasse|verabscheue) {ADVERBS}(?P<v>(?!es\b|das\b|dich\b|dass\b|wie\b).+)",
        shapes.some_things,
    ),
    pattern("dislikes", r"\bich mag (?:kein|keine|keinen) (?P<v>.+)", shapes.some_things),
    pattern("plays_instrument", rf"\bich spiele {ADVERBS}(?P<v>\w+)\b", shapes.instrument_as_said),
    pattern("hobby", rf"\bich spiele {ADVERBS}(?:gern |gerne |viel |oft )?(?P<v>\w+)\b", shapes.game),
    pattern("sport", rf"\bich spiele {ADVERBS}(?P<v>\w+)\b", shapes.sport_as_said),
    pattern(
        "religion",
        rf"\bich bin {ADVERBS}(?:gläubige[rn]? |praktizierende[rn]? )?(?P<v>Muslim|Muslima|Muslimin|Christ|Christin|Katholik|Katholikin|Protestant|Protestantin|Jude|Jüdin|Hindu|Buddhist|Buddhistin|Atheist|Atheistin|katholisch|evangelisch|muslimisch|jüdisch|buddhistisch)\b(?! [a-zäöü]+end)",
        shapes.whole,
    ),
    pattern("smokes", r"\bich rauche nicht(?=\s*(?:$|[.,!;]|und\b))", shapes.const("yes"), change="negates"),
    pattern("smokes", r"\bich rauche nicht mehr\b", shapes.const("yes"), change="ends"),
    pattern("favourite_colour", r"\bmeine lieblingsfarbe ist (?P<v>.+)", shapes.one_thing),
    pattern("favourite_food", r"\bmein lieblings(?:essen|gericht) (?:ist|sind) (?P<v>.+)", shapes.one_thing),
    pattern("drives", rf"\bich fahre {ADVERBS}(?:einen|ein|eine) (?P<v>{UPPER}.+)", shapes.one_thing),
    pattern(
        "trip",
        rf"\b(?:ich|wir) (?:fliege|fliegen|fahre|fahren|reise|reisen) {ADVERBS}(?:am [\w. ]+? |im \w+ |nächste\w* \w+ |morgen )?nach (?P<v>{UPPER}.+)",
        shapes.place,
        lean="future",
        needs_date=True,
    ),
    pattern(
        "answer_language",
        r"\b(?:antworte|antworten sie|schreib|sprich)(?: mir| mit mir)?(?: bitte)?(?: immer| ab jetzt)? auf (?P<v>\w+)",
        shapes.one_language,
    ),
    pattern(
        "answer_length", r"\b(?:antworte|fass dich)(?: bitte)?(?: immer)? (?P<v>kurz|knapp|ausführlich)\b", shapes.whole
    ),
)


_CORRECTING = re.compile(
    r"^\W*(?:(?:oh|ups|sorry|nein|moment)[, ]+)*(?:ich meinte|korrektur|tippfehler|das stimmt nicht|falsch|eigentlich|vertippt|schreibfehler|hab(?:e)? mich (?:vertippt|verschrieben|geirrt|vertan))\b|\b(?:ich meinte|vertippt|verschrieben|falsch geschrieben)\b",
    re.IGNORECASE,
)
SENTENCES = {
    "answer_style": "Wunsch: {value}",
    "appointment": "Termin: {value}",
    "owns": "Besitzt: {value}",
    "work_schedule": "Arbeitet {value}",
    "supports_team": "Ist Fan von {value}",
    "member_of": "Ist in {value}",
    "favourite_drink": "Trinkt {value}",
    "name": "Heißt {value}",
    "preferred_name": "Wird {value} genannt",
    "birthday": "Hat am {value} Geburtstag",
    "age": "Ist {value} Jahre alt",
    "height": "Ist {value} groß",
    "born_in": "Ist in {value} geboren",
    "grew_up_in": "Ist in {value} aufgewachsen",
    "native_language": "Hat {value} als Muttersprache",
    "speaks": "Spricht {value}",
    "lives_in": "Wohnt in {value}",
    "works_at": "Arbeitet bei {value}",
    "occupation": "Arbeitet als {value}",
    "studies": "Studiert {value}",
    "learning": "Lernt {value}",
    "work_mode": "Arbeitet {value}",
    "partner": "Ist mit {value} zusammen",
    "child": "Hat ein Kind, {value}",
    "parent": "Hat ein Elternteil, {value}",
    "sibling": "Hat ein Geschwister, {value}",
    "relative": "Hat in der Familie {value}",
    "pet": "Hat ein Haustier, {value}",
    "allergic_to": "Ist allergisch gegen {value}",
    "diet": "Ernährt sich: {value}",
    "parking": "Parkt hier: {value}",
    "avoids_food": "Isst nicht: {value}",
    "likes": "Mag {value}",
    "dislikes": "Mag nicht: {value}",
    "drives": "Fährt {value}",
    "trip": "Reist nach {value}",
    "plays_instrument": "Spielt {value}",
    "hobby": "Hobby: {value}",
    "sport": "Spielt {value}",
    "religion": "Glaube: {value}",
    "smokes": "Raucht",
    "answer_language": "Möchte Antworten auf {value}",
    "answer_length": "Möchte Antworten: {value}",
}
GERMAN = Language("de", _PATTERNS + HABITS, _CORRECTING, SENTENCES, fallback="{value}")
