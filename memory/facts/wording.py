"""How a description is worded: what it says of all, of whom, and what it leaves out. Pure; four languages."""

from __future__ import annotations

import re
from dataclasses import dataclass

_MY = r"(?:my|our|mein(?:e[rnms]?)?|unser(?:e[rnms]?)?|mis?|nuestr[oa]s?|min|mitt|mine|mi|vår|vårt|våre)"
_MINE_BEHIND = r"(?:min|mitt|mine|mi|vår|vårt|våre|mí[oa]s?|of mine|von mir)"
_TAIL = re.compile(
    r"[\s,.!?]+(?:please|pls|plz|thanks|thank you|thx|ok|okay|now|for good|altogether|completely|entirely"
    r"|(?:all|both|each|every(?: last)? bit|the whole lot|any) of (?:it|them|that|those)|the (?:whole )?lot|every(?: last)? bit|every (?:single )?one of them"
    r"|alles davon|alle davon|ganz|komplett|todo ello|tod[oa]s ell[oa]s|por completo|alt sammen|alle sammen|helt"
    r"|bitte|danke|por favor|gracias|porfa|takk|er du snill"
    r"|vær så snill|vennligst)[\s.!?]*$",
    re.IGNORECASE,
)
_ALL = re.compile(
    r"^(?:all(?: of)?|every(?:one|body) in|every(?: single)?(?: one of)?|each(?: and every)?(?: one of)?|any(?: of)?|aller?|all|sämtliche[rsn]?|jede[rsn]?"
    r"|tod[oa]s|toda|cualquier|samtlige|enhver|hver(?:t|eneste)?(?: av)?)\s+"
    rf"(?:(?:{_MY}|the|those|these|die|der|den|das|l[oa]s?|el|de|av|von)\s+)*(?P<what>.+?)"
    rf"(?:\s+{_MINE_BEHIND})?"
    r"(?:,?\s+(?:that |which |die |que |som )?(?:i(?: have|'ve| own| told| mentioned| play| take|'m)|i['’]ve|ich|tengo|te he|jeg|you know|you have|du)\b.*)?$",
    re.IGNORECASE | re.DOTALL,
)
_EXCEPT = re.compile(
    r"\s*,?\s+(?:except(?: for)?|apart from|other than|but not|save for"
    r"|außer|bis auf|aber nicht|excepto|menos|salvo|pero no|unntatt|bortsett fra|men ikke)\s+(?P<left>.+)$",
    re.IGNORECASE | re.DOTALL,
)
# Which of several that followed one another in a slot is meant: the address before, or that of now.
_FORMER = re.compile(
    r"\b(?:(?<!how )old|previous|former|past|prior|last|first|before|used to|alte[nrsm]?|frühere[nrsm]?|vorherige[nrsm]?|ehemalige[nrsm]?"
    r"|letzte[nrsm]?|erste[nrsm]?|früher|antigu[oa]s?|viej[oa]s?|anterior(?:es)?|primer[oa]?|últim[oa]|antes|gaml[ae]|gammelt|forrige|tidligere|første|siste|pleide)\b",
    re.IGNORECASE,
)
_PRESENT = re.compile(
    r"\b(?:new|current|present|neue[nrsm]?|jetzige[nrsm]?|aktuelle[nrsm]?|nuev[oa]s?|actual(?:es)?|nye|nåværende)\b",
    re.IGNORECASE,
)
# A time at which something was said: facts can't be told apart by that, so nothing is done at once.
_TOLD_ON = re.compile(
    r"\s+(?:yesterday|today|earlier|just now|before|last (?:week|month|night|year|time|\w+day)|this (?:week|morning|month)|(?:the other|on \w+)day"
    r"|gestern|heute|vorhin|letzte woche|ayer|hoy|antes|la semana pasada|i går|i dag|forrige uke)$",
    re.IGNORECASE,
)
_THEIRS = re.compile(r"^(?:his|her|their|its|seine?[nmrs]?|ihre?[nmrs]?|sus?|hans|hennes|deres)\s", re.IGNORECASE)
_NOT_A_WHOLE = re.compile(r"^(?:about|on|of|über|sobre|om|you|that|what|du|lo)\b", re.IGNORECASE)

# What a thing is like, or when it is: such a word tells of any other thing as well.
_DESCRIPTIONS = (
    "green black white brown yellow orange purple violet golden silver small large great little young older other first second third fourth final early later"
    " sweet fresh dirty clean cheap pricey heavy light short quick quiet noisy happy funny night morning evening afternoon weekly monthly daily yearly annual"
    " former current local public private whole entire summer winter spring autumn monday tuesday wednesday thursday friday saturday sunday weekend january"
    " february march april august september october november december family school office house garden kitchen travel favourite favorite special secret"
    " grüne schwarze weiße braune gelbe kleine große alte junge erste zweite letzte verde negro blanca blanco pequeño grande viejo primer primera grønne svarte"
    " hvite lille store gamle første andre siste"
)
_DESCRIBING = frozenset(_DESCRIPTIONS.split())
_SHORTEST = 5  # letters of a word that may stand for a matter
_POSSESSED = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # my daughter's school, Ivy's school, my parents' address
        r"^(?:the )?(?P<owner>.+?)(?:['’]s|s['’]) (?P<thing>.+)$",
        # the school of my daughter, die Schule von meiner Tochter, el colegio de mi hija, skolen til datteren min
        rf"^(?:(?:the|der|die|das|den|dem|el|la|los|las|lo) )?(?P<thing>[\w' -]+?) (?:of|von|del?|til|på) (?P<owner>{_MY} .+|(?:el|la) .+)$",
        rf"^(?P<thing>[\w-]+) (?:til|på) (?P<owner>[\w-]+ {_MINE_BEHIND}(?: .+)?)$",
        r"^(?:(?:the|der|die|das|den|dem|el|la|los|las|lo) )?(?P<thing>[\w' -]+?) (?:of|von|de|til) (?P<owner>[\w' -]+)$",
        # die Schule meiner Tochter
        r"^(?:(?:der|die|das|den|dem) )?(?P<thing>[\w-]+) (?P<owner>(?:meine[rs]|unsere[rs]) .+)$",
        # meiner Tochter ihre Schule, datteren min sin skole
        rf"^(?P<owner>(?:{_MY} )?[\w -]+?) (?:ihre?n?|seine?n?|sin|sitt|sine|si) (?P<thing>[\w-]+)$",
        # min datters skole, Lenas Schule
        rf"^(?P<owner>(?:{_MY} )?(?:[\w-]+ )?[\w-]+)s (?P<thing>[\w-]+)$",
    )
]
_EDGE = re.compile(rf"^(?:{_MY}|the|a|an|der|die|das|den|dem|el|la|los|las)\s+|\s+{_MINE_BEHIND}$", re.IGNORECASE)
# Verbs of the third person as the question forms have them, in the first: "wo mein Mann arbeitet" asks what "wo arbeite" does.
_FIRST_PERSON = {
    "arbeitet": "arbeite",
    "wohnt": "wohne",
    "lebt": "lebe",
    "heisst": "heisse",
    "studiert": "studiere",
    "verdient": "verdiene",
    "trinkt": "trinke",
    "fährt": "fahre",
    "spricht": "spreche",
    "lernt": "lerne",
    "liest": "lese",
    "spielt": "spiele",
    "vive": "vivo",
    "trabaja": "trabajo",
    "estudia": "estudio",
    "gana": "gano",
    "conduce": "conduzco",
    "habla": "hablo",
    "nació": "nací",
    "come": "como",
    "bebe": "bebo",
    "toca": "toco",
    "dedica": "dedico",
    "tiene": "tengo",
    "va": "voy",
}


@dataclass(frozen=True, slots=True)
class Possessed:
    """What is somebody's: "my daughter's school"."""

    owner: str
    thing: str


def tidied(query: str) -> str:
    """A description without the civilities behind it."""
    while (shorter := _TAIL.sub("", query)) != query:
        query = shorter
    return query.strip()


def exception_in(query: str) -> tuple[str, str]:
    """A description, and what it leaves out: "all my instruments except the cello". The second is empty when it leaves out nothing."""
    found = _EXCEPT.search(query)
    return (query[: found.start()], found["left"]) if found else (query, "")


def undated(query: str) -> tuple[str, bool]:
    """A description without the day on which something was told, and whether it named one: "the stuff I said yesterday"."""
    shorter = _TOLD_ON.sub("", query)
    return shorter, shorter != query


def time_in(query: str) -> tuple[str, str]:
    """Which of several values that followed one another a description means, "former" or "present", and by which word; empty when it doesn't say."""
    for name, form in (("former", _FORMER), ("present", _PRESENT)):
        if found := form.search(query):
            return name, found[0]
    return "", ""


def without_theirs(parts: list[str]) -> list[str]:
    """The parts of "my brother and his number" without those that are of somebody named before."""
    return [part for place, part in enumerate(parts) if not place or not _THEIRS.match(part)]


def whole_of(query: str) -> str:
    """What "all my X", "every X of mine", "alle meine X", "todas mis X" or "alle mine X" is all of; empty for other descriptions."""
    found = _ALL.match(query)
    return found["what"].strip() if found and not _NOT_A_WHOLE.match(found["what"]) else ""


def is_mine(query: str) -> bool:
    """Whether a description begins or ends with a possessive of the user."""
    return bool(re.match(rf"^{_MY}\s", query, re.IGNORECASE) or re.search(rf"\s{_MINE_BEHIND}$", query, re.IGNORECASE))


def bared(phrase: str) -> str:
    """A noun without articles and possessives before or behind it."""
    while (shorter := _EDGE.sub("", phrase.strip())) != phrase:
        phrase = shorter
    return phrase


def possessions_in(query: str) -> list[Possessed]:
    """The ways in which a description may be of something that is somebody's."""
    matches = [found for pattern in _POSSESSED if (found := pattern.match(query.strip(" .!?")))]
    return [Possessed(found["owner"], bared(found["thing"])) for found in matches]


def in_first_person(query: str) -> str:
    """A clause about somebody with its verb as the question forms have it."""
    return re.sub(r"\w+", lambda word: _FIRST_PERSON.get(word[0].casefold(), word[0]), query)


def matter_in(topic: str) -> str:
    """The word by which people call a matter of two words: "custody" of "custody hearing". Empty for others, and where it only describes: "green tea"."""
    words = topic.split()
    is_one = len(words) == 2 and topic == topic.lower() and len(words[0]) >= _SHORTEST
    return words[0] if is_one and words[0] not in _DESCRIBING else ""
