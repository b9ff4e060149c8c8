"""Norwegian, the commonest forms."""

from __future__ import annotations

import re

from memory.extraction.rules import days, shapes
from memory.extraction.rules.callings import own_calling
from memory.extraction.rules.clauses import Clause
from memory.extraction.rules.norwegian_habits import HABITS
from memory.extraction.rules.patterns import Language, Pattern, pattern
from memory.extraction.rules.towns import is_town
from memory.extraction.rules.words import STATUSES
from memory.facts.relations import PETS, RELATION_OF, predicate_for

_ADVERBS = r"(?:(?:nå|også|fortsatt|for tiden|veldig|egentlig|faktisk|alltid|bare|jo|her) )*"
_UPPER = r"(?-i:[A-ZÀ-ÞÆØÅŁŚ])"
_KIN = {
    "kona": "partner",
    "mannen": "partner",
    "kjæresten": "partner",
    "samboeren": "partner",
    "forloveden": "partner",
    "moren": "parent",
    "mora": "parent",
    "faren": "parent",
    "mamma": "parent",
    "pappa": "parent",
    "søsteren": "sibling",
    "søstera": "sibling",
    "broren": "sibling",
    "sønnen": "child",
    "datteren": "child",
    "dattera": "child",
    "bestemoren": "relative",
    "bestefaren": "relative",
    "mormoren": "relative",
    "farmoren": "relative",
    "tanten": "relative",
    "onkelen": "relative",
    "fetteren": "relative",
    "kusinen": "relative",
    "nevøen": "relative",
    "niesen": "relative",
    "sjefen": "manager",
    "lederen": "manager",
    "kollegaen": "colleague",
    "naboen": "neighbour",
    "huseieren": "landlord",
    "svigermoren": "in_law",
    "svigerfaren": "in_law",
    "svogeren": "in_law",
    "svigerinnen": "in_law",
    "kompisen": "friend",
    "vennen": "friend",
    "venninnen": "friend",
    "fastlegen": "doctor",
    "tannlegen": "dentist",
}
_PET = "|".join(sorted([*PETS["no"].split(), "bikkje", "pus", "valp", "kattunge"], key=len, reverse=True))
_COUNT = r"(?:en|ei|et|to|tre|fire|\d)"


_JOB_ENDS = (
    "pleier|lærer|ingeniør|lege|snekker|elektriker|rørlegger|kokk|frisør|utvikler|programmerer|journalist|advokat|arkitekt|psykolog|geolog|biolog"
    "|fysiker|kjemiker|baker|sjåfør|bonde|fisker|regnskapsfører|konsulent|selger|jordmor|vekter|servitør|tolk|forfatter|musiker|kunstner|designer"
    "|pilot|mekaniker|tømrer|maler|gartner|bibliotekar|veterinær"
)


def _status(match: re.Match[str], clause: Clause) -> list[str]:
    return [STATUSES[match["v"].casefold()]]


def _names_only(match: re.Match[str], clause: Clause) -> list[str]:
    found = shapes.relatives(match, clause)
    return [
        one
        for one in found
        if one.split()[0].casefold() not in RELATION_OF and predicate_for(one.split()[0].casefold()) is None
    ]


def _kin() -> list[Pattern]:
    patterns = []
    for predicate in dict.fromkeys(_KIN.values()):
        words = [word for word, own in _KIN.items() if own == predicate]
        bare = [re.sub(r"(?:en|a)$", "", word) for word in words]
        forms = "|".join(sorted({*words, *bare}, key=len, reverse=True))
        patterns.append(
            pattern(
                predicate,
                rf"\b(?:(?:{forms}) (?:min|mi|vår)|(?:min|mi|vår) (?:{forms}))(?: heter|,| er)? (?P<v>{_UPPER}.*)",
                _names_only,
            )
        )
    patterns.append(
        pattern(
            "child",
            rf"\b(?:jeg|vi) har {_COUNT} (?:barn|sønner|døtre|sønn|datter|gutter|jenter|unger|tvillinger)(?:,| som heter|:)? (?P<v>{_UPPER}.*)",
            shapes.relatives,
        )
    )
    patterns.append(
        pattern(
            "sibling",
            rf"\b(?:jeg|vi) har {_COUNT} (?:søsken|brødre|søstre|bror|søster)(?:,| som heter|:)? (?P<v>{_UPPER}.*)",
            shapes.relatives,
        )
    )
    for predicate, nouns in (
        ("child", "barn|sønner|døtre|sønn|datter|gutter|jenter|unger|tvillinger"),
        ("sibling", "søsken|brødre|søstre|bror|søster"),
    ):
        patterns.append(pattern(predicate, rf"\b(?:jeg|vi) har {_COUNT} (?:{nouns})(?P<v>)$", shapes.names_after))
    return patterns


def _without(match: re.Match[str], clause: Clause) -> list[str]:
    del clause
    return [f"ingen {match['v'].casefold()}"]


def _first_said(match: re.Match[str], clause: Clause) -> list[str]:
    """An employer, where the sentence begins with the verb: it is the speaker who works there."""
    return _employer(match, clause) if clause.is_first else []


def _first_place(match: re.Match[str], clause: Clause) -> list[str]:
    return shapes.place(match, clause) if clause.is_first else []


def _employer(match: re.Match[str], clause: Clause) -> list[str]:
    """Where somebody works, unless it is a town."""
    return [value for value in shapes.organisation(match, clause) if not is_town(value) or len(value.split()) > 1]


_PATTERNS: tuple[Pattern, ...] = (
    pattern("name", rf"\b(?:jeg heter|navnet mitt er|mitt navn er) (?P<v>{_UPPER}.*)", shapes.name),
    pattern(
        "name",
        rf"^\W*(?:(?:hei|hallo|heisann|god (?:dag|morgen|kveld))[,!.]? )?jeg er (?P<v>{_UPPER}.*)",
        shapes.own_name,
    ),
    pattern(
        "preferred_name", rf"\b(?:kall meg|alle kaller meg|jeg blir kalt) (?P<v>{_UPPER}\w+)", own_calling(shapes.name)
    ),
    pattern("birthday", r"\b(?:bursdagen min er|jeg har bursdag|jeg er født)(?: den)? (?P<v>\d.*)", days.day_of_year),
    pattern("age", r"(?:\bjeg er|\bog er) (?P<v>\d{1,3}) år\b", shapes.number),
    pattern("age", r"\bjeg er (?P<v>\d{2})(?=\s*(?:$|[.,!]|og\b))", shapes.number),
    pattern("born_in", rf"\bjeg er født i (?P<v>{_UPPER}.+)", shapes.place),
    pattern("grew_up_in", rf"\bjeg (?:vokste opp|er oppvokst) i (?P<v>{_UPPER}.+)", shapes.place),
    pattern("grew_up_in", rf"\bjeg (?:kommer|er) (?:opprinnelig )?fra (?P<v>{_UPPER}.+)", shapes.place),
    pattern("native_language", r"\bmorsmålet mitt er (?P<v>.+)", shapes.one_language),
    pattern("speaks", r"\bjeg (?:kan|snakker) (?P<v>.+)", shapes.languages),
    pattern(
        "speaks", r"\bjeg (?:(?! (?:som|at|og hun|og han|og de) )[^,.;]){2,40}? og snakker (?P<v>.+)", shapes.languages
    ),
    pattern(
        "lives_in", rf"(?:\b(?:jeg|vi)|\bog) bor {_ADVERBS}(?:i|på) (?P<v>{_UPPER}.+)", shapes.place, is_dated=True
    ),
    pattern(
        "lives_in", rf"\b(?:jeg|vi) har bodd {_ADVERBS}i (?P<v>{_UPPER}.+?)(?= siden\b)", shapes.place, is_dated=True
    ),
    pattern("lives_in", rf"\w bor jeg {_ADVERBS}i (?P<v>{_UPPER}.+)", shapes.place, is_dated=True),
    pattern(
        "lives_in",
        rf"\b(?:jeg|vi) (?:har flyttet|flyttet) {_ADVERBS}(?:nettopp )?(?:fra [^,.]{{2,40}}? )?til (?P<v>{_UPPER}.+)",
        shapes.place,
        is_dated=True,
    ),
    pattern(
        "lives_in",
        rf"\b(?:jeg|vi) (?:bodde før|pleide å bo|bor ikke lenger) i (?P<v>{_UPPER}.+)",
        shapes.place,
        change="ends",
    ),
    pattern(
        "works_at",
        rf"\bjeg (?:jobber|arbeider) {_ADVERBS}(?:som \w+ )?(?:hos|i|på|for|ved) (?P<v>{_UPPER}.+)",
        _employer,
        is_dated=True,
    ),
    pattern(
        "works_at",
        rf"\b(?:jeg )?(?:jobber|arbeider) {_ADVERBS}(?:på|i|ved|hos) (?P<v>(?:et |en |ei )?(?:sykehus(?:et)?|skole(?:n)?|barnehage(?:n)?|universitetet|bibliotek(?:et)?|bank(?:en)?|bakeri(?:et)?|restaurant(?:en)?|hotell(?:et)?|museum|museet|apotek(?:et)?|bryggeri(?:et)?|gård(?:en)?|fabrikk(?:en)?|verksted(?:et)?|butikk(?:en)?|kommunen|legevakten|sykehjem(?:met)?))\b",
        shapes.whole,
    ),
    pattern(
        "occupation", rf"(?:\bjeg|\bog) (?:jobber|arbeider) {_ADVERBS}som (?P<v>.+)", shapes.any_job, is_dated=True
    ),
    pattern(
        "occupation",
        rf"\bjeg (?:jobber|arbeider) {_ADVERBS}(?:hos|i|på|for|ved) [^,;.]{{2,40}}? som (?P<v>.+)",
        shapes.any_job,
    ),
    pattern("occupation", rf"\bjeg er {_ADVERBS}(?:en )?(?P<v>\w*(?:{_JOB_ENDS}))\b", shapes.whole),
    pattern("studies", r"\bjeg studerer (?P<v>.+?)(?= ved | på | i |$)", shapes.caught_thing, is_dated=True),
    pattern(
        "learning",
        r"\bjeg lærer(?: meg)? (?!(?:mye|noe|litt|ingenting)\b)(?P<v>.+?)(?= (?:på|med|i|hos|for|via|av)\b|$)",
        shapes.caught_thing,
    ),
    pattern("partner", rf"\bjeg er (?:gift|forlovet|sammen|samboer) med (?P<v>{_UPPER}\w+)", shapes.relative),
    *_kin(),
    pattern(
        "relationship_status",
        rf"\bjeg er {_ADVERBS}(?P<v>gift|skilt|forlovet|singel)\b(?! med (?:jobben|arbeidet|musikken|naturen|havet|\w+en\b(?! min))| (?:fra|av) )",
        _status,
    ),
    pattern(
        "pet", rf"\b(?:{_PET})(?:en|a|et)? (?:min|mi|mitt|vår|vårt)(?: heter|,| er)? (?P<v>{_UPPER}.*)", _names_only
    ),
    pattern("pet", rf"\b(?:jeg|vi) har {_COUNT} (?:{_PET})(?:er)?(?: som heter|,)? (?P<v>{_UPPER}.*)", _names_only),
    pattern("pet", rf"\b(?:jeg|vi) har {_COUNT} (?:{_PET})(?:er)?(?P<v>)$", shapes.names_after),
    pattern("allergic_to", rf"\bjeg er {_ADVERBS}(?:allergisk mot|allergisk for) (?P<v>.+)", shapes.some_things),
    pattern(
        "lives_in",
        rf"\b(?:jeg|vi) har (?:nettopp|akkurat|nylig|nå) flyttet (?:fra [^,.]{{2,40}}? )?til (?P<v>{_UPPER}.+)",
        shapes.place,
        is_dated=True,
    ),
    pattern(
        "works_at",
        rf"\bjeg (?:begynte|har begynt|har nettopp begynt) (?:å jobbe |i ny jobb |i jobb )?(?:i|hos|på|for|ved) (?P<v>{_UPPER}.+)",
        _employer,
        is_dated=True,
    ),
    pattern(
        "works_at",
        rf"\bjeg (?:jobber ikke lenger|jobber ikke|har sluttet|sluttet|slutta) (?:i|hos|på|for|ved) (?P<v>{_UPPER}.+)",
        shapes.organisation,
        change="ends",
        is_dated=True,
    ),
    pattern(
        "supports_team", rf"\b(?:jeg|vi) (?:heier på|holder med) (?P<v>{_UPPER}[\w]+(?: {_UPPER}\w+)?)", shapes.whole
    ),
    pattern("allergic_to", r"\bjeg er [^,;.]{2,40}? og (?:er )?allergisk mot (?P<v>.+)", shapes.some_things),
    pattern(
        "appointment",
        r"(?:^|,)\W*(?:(?:og|så) )?(?:på|den|neste|i morgen|i overmorgen) ?[^,;]{0,30}?skal (?:jeg|vi) (?:til|på) (?P<v>tannlegen|legen|fastlegen|frisøren|øyelegen|fysioterapeuten|sykehuset|intervju|jobbintervju|eksamen|konsert|kontroll|møte)\b",
        shapes.whole,
        lean="future",
        needs_date=True,
    ),
    pattern(
        "appointment",
        r"^\W*(?:og )?(?P<v>eksamen(?:en)?|operasjonen|legetimen|tannlegetimen|intervjuet) min(?:e)? er\b",
        shapes.whole,
        lean="future",
        needs_date=True,
    ),
    pattern(
        "answer_style", r"^\W*(?:vær så snill[, ]+|helst )?ingen (?P<v>emojier|emojis|lister|tabeller)\b", _without
    ),
    pattern("allergic_to", r"\bjeg har (?P<v>\w+?)-?allergi\b", shapes.whole),
    pattern("diet", rf"\bjeg er {_ADVERBS}(?P<v>vegetarianer|veganer|vegetar|pescetarianer)\b", shapes.whole),
    pattern(
        "avoids_food",
        r"\bjeg drikker ikke (?P<v>alkohol|kaffe|te|øl|vin|melk|brus)\b(?! (?:i dag|nå|i kveld))",
        shapes.whole,
    ),
    pattern("avoids_food", r"\bjeg spiser ikke (?P<v>.+)", shapes.some_things),
    pattern(
        "likes",
        rf"\bjeg (?:liker|elsker) {_ADVERBS}(?P<v>(?!ikke\b|det\b|at\b|når\b|deg\b|\w+ (?:din|di|ditt|dine)\b).+)",
        shapes.some_things,
    ),
    pattern(
        "dislikes",
        r"\bjeg er (?:veldig |litt |kjemperedd |livredd |så )*(?:redd|livredd|kjemperedd) for (?P<v>(?!(?:det|at|å|deg|ham|henne|dem|hva|fremtiden|framtida)\b).+)",
        shapes.some_things,
    ),
    pattern("dislikes", r"\bjeg (?:hater|liker ikke) (?P<v>(?!det\b|at\b|når\b).+)", shapes.some_things),
    pattern(
        "plays_instrument",
        r"\bjeg spiller ikke (?P<v>\w+)(?=\s*(?:$|[.,!;]|(?:og|men)\b))",
        shapes.instrument,
        change="negates",
    ),
    pattern(
        "speaks",
        r"\bjeg snakker ikke (?P<v>\w+)(?=\s*(?:$|[.,!;]|(?:og|men)\b))",
        shapes.one_language,
        change="negates",
    ),
    pattern("plays_instrument", rf"\bjeg spiller {_ADVERBS}(?P<v>\w+)\b", shapes.instrument),
    pattern("hobby", rf"\bjeg spiller {_ADVERBS}(?:mye |ofte )?(?P<v>\w+)\b", shapes.game),
    pattern("sport", rf"\bjeg spiller {_ADVERBS}(?P<v>\w+)\b", shapes.sport),
    pattern("smokes", r"\bjeg røyker ikke(?=\s*(?:$|[.,!;]|og\b))", shapes.const("yes"), change="negates"),
    pattern(
        "religion",
        r"\bjeg er (?:en )?(?P<v>muslim|kristen|katolikk|protestant|jøde|hindu|buddhist|ateist)\b",
        shapes.whole,
    ),
    pattern("favourite_colour", r"\b(?:yndlingsfargen|favorittfargen) min er (?P<v>.+)", shapes.one_thing),
    pattern(
        "drives",
        rf"\bjeg kjører (?:en|ei|et) (?:gammel |ny |brukt |rød |blå |svart |hvit |liten )?(?P<v>{_UPPER}.+)",
        shapes.one_thing,
    ),
    pattern(
        "trip",
        rf"\b(?:jeg|vi) (?:flyr|reiser|drar|skal) til (?P<v>{_UPPER}.+)",
        shapes.place,
        lean="future",
        needs_date=True,
    ),
    pattern(
        "appointment",
        r"\b(?:jeg|vi) har (?:en |et )?(?P<v>time (?:hos|til) (?:tannlegen|legen|fastlegen|frisøren|\w+)|(?:tannlege|lege|frisør)time|avtale (?:med|hos) \w+|jobbintervju|intervju|eksamen(?: i \w+)?|møte (?:med|hos) \w+)\b",
        shapes.whole,
        lean="future",
        needs_date=True,
    ),
    pattern(
        "appointment",
        r"\b(?:jeg|vi) (?:skal|må) (?:til|på) (?P<v>tannlegen|legen|fastlegen|frisøren|øyelegen|fysioterapeuten|sykehuset|intervju|jobbintervju|eksamen|konsert|kontroll|møte)\b",
        shapes.whole,
        lean="future",
        needs_date=True,
    ),
    pattern(
        "trip",
        rf"(?:^|,)\W*(?:(?:og|så) )?(?:den|i|på|neste|til) [^,;]{{1,30}}?(?:flyr|reiser|drar|skal) (?:jeg|vi) til (?P<v>{_UPPER}.+)",
        shapes.place,
        lean="future",
        needs_date=True,
    ),
    pattern(
        "works_at",
        rf"^\W*(?:(?:og|men|hei|nå) )*jobber {_ADVERBS}(?:hos|på|for|ved) (?P<v>{_UPPER}.+)",
        _first_said,
        is_dated=True,
    ),
    pattern("lives_in", rf"^\W*(?:(?:og|men|hei|nå) )*bor {_ADVERBS}i (?P<v>{_UPPER}.+)", _first_place, is_dated=True),
    pattern(
        "answer_language", r"\b(?:svar|skriv|snakk)(?: meg| til meg)?(?: alltid)? på (?P<v>\w+)", shapes.one_language
    ),
    pattern("answer_length", r"\bsvar (?P<v>kort|langt|utførlig)\b", shapes.whole),
)
_CORRECTING = re.compile(
    r"^\W*(?:(?:oi|ups|nei|unnskyld|vent)[, ]+)*(?:jeg mente|rettelse|skrivefeil|egentlig|feil|skrev feil|stavet feil)\b|\b(?:jeg mente|skrivefeil|skrev feil|stavet feil)\b",
    re.IGNORECASE,
)
SENTENCES = {
    "appointment": "Avtale: {value}",
    "work_schedule": "Jobber {value}",
    "supports_team": "Heier på {value}",
    "member_of": "Er med i {value}",
    "favourite_drink": "Drikker {value}",
    "name": "Heter {value}",
    "preferred_name": "Kalles {value}",
    "birthday": "Har bursdag {value}",
    "age": "Er {value} år",
    "height": "Er {value} høy",
    "born_in": "Er født i {value}",
    "grew_up_in": "Vokste opp i {value}",
    "native_language": "Har {value} som morsmål",
    "speaks": "Snakker {value}",
    "lives_in": "Bor i {value}",
    "works_at": "Jobber hos {value}",
    "occupation": "Jobber som {value}",
    "studies": "Studerer {value}",
    "learning": "Lærer {value}",
    "work_mode": "Jobber {value}",
    "partner": "Er sammen med {value}",
    "child": "Har et barn, {value}",
    "parent": "Har en forelder, {value}",
    "sibling": "Har et søsken, {value}",
    "relative": "Har i familien {value}",
    "pet": "Har et kjæledyr, {value}",
    "allergic_to": "Er allergisk mot {value}",
    "diet": "Kosthold: {value}",
    "avoids_food": "Spiser ikke {value}",
    "likes": "Liker {value}",
    "dislikes": "Liker ikke {value}",
    "drives": "Kjører {value}",
    "trip": "Reiser til {value}",
    "plays_instrument": "Spiller {value}",
    "hobby": "Hobby: {value}",
    "sport": "Spiller {value}",
    "smokes": "Røyker",
    "religion": "Tro: {value}",
    "answer_language": "Vil ha svar på {value}",
    "answer_length": "Vil ha svar: {value}",
}
NORWEGIAN = Language("no", _PATTERNS + HABITS, _CORRECTING, SENTENCES, fallback="{value}")
