"""Who a clause without a subject is about: "Jeg er 19, bor i Bodø og studerer" tells three things of one person."""

from __future__ import annotations

import re
from dataclasses import dataclass

from memory.extraction.rules.words import JOBS

_FILLERS = r"^\W*(?:(?:and|but|so|basically|honestly|anyways?|lol|haha|yo|um|uh|tbh|ngl|right|like|sorry|yeah|yep|well|hi|hey|hiya|hello|ok|okay|btw|yes|oh|also|und|aber|hallo|hi|moin|ja|also|y|pero|hola|og|men|hei|hallo|heisann|ja)\b\W*){0,3}"
# The person who speaks, at the head of a clause; the word that stands in for it in the clauses behind.
_SPEAKERS = (
    ("I", re.compile(rf"{_FILLERS}(?:i|i['’]?m|i['’]ve|im|ive|we|we['’]re|we['’]ve)\b(?!['’])", re.IGNORECASE)),
    (
        "ich",
        re.compile(
            rf"{_FILLERS}(?:ich|(?:bin|wohne|lebe|arbeite|studiere|habe|heiße|spiele|mag|komme) ich)\b", re.IGNORECASE
        ),
    ),
    ("jeg", re.compile(rf"{_FILLERS}(?:jeg|(?:bor|jobber|studerer|heter|har|er|kommer) jeg)\b", re.IGNORECASE)),
)
# Somebody else comes up: what follows may be about them.
_OTHERS = {
    "I": re.compile(
        r"\b(?:who|whose|that|which|people|persons?|somebody|someone|everyone|everybody|nobody|he|she|they|you|it|guys?|girls?|wom[ae]n|m[ae]n|blokes?|where|because|when|told|said|says|want|wanted|wish|hope|hoping"
        r"|might|would|could|never|don['’]?t|do not|not|can['’]?t|cannot|didn['’]?t|did not|used to|going to|plan\w*|need|try\w*)\b",
        re.IGNORECASE,
    ),
    "ich": re.compile(
        r"\b(?:der|die|das|er|sie|es|wir|man|jemand\w*|leute|dass|weil|wenn|will|möchte|würde|könnte|sagt\w*)\b(?! (?-i:[A-ZÄÖÜ])\w+$)",
        re.IGNORECASE,
    ),
    "jeg": re.compile(
        r"\b(?:(?<!jobber )(?<!arbeider )som|at|hun|han|de|du|det|man|noen|folk|fordi|når|hvis|vil|skal|ville|sa|sier|bror\w*|søster\w*|søstr\w*|brødre\w*|venn\w*|kompis\w*|kjæreste\w*|kon[ae]\w*|mannen|mann|sønn\w*|datter\w*|døtre\w*|onkel\w*|tante\w*"
        r"|sjef\w*|kolleg\w*|nabo\w*|mor|mora|moren|far|faren|mamma|pappa)\b",
        re.IGNORECASE,
    ),
}
# Verbs in the form of the first person, with which a clause goes on about the same one.
_GO_ON = {
    "I": re.compile(
        r"\W*(?:(?:and|but|also|now|currently|just|then|plus|still|really|mostly|both)\b\W*){0,3}"
        r"(?P<at>(?:(?:also|now|currently|just|still|really|mostly) )*(?:live|work|study|have|love|(?<=and )like|(?<=but )like|hate|enjoy|play|speak|drive|own|support|teach|sing|collect|volunteer|run|was born|grew up|can['’]?t stand|don['’]?t (?:eat|drink|like|smoke)|take|eat|drink|code)\b(?! (?:is|was|and let)\b))",
        re.IGNORECASE,
    ),
    "ich": re.compile(
        r"\W*(?:(?:und|aber|auch|dann|außerdem|jetzt|sowie)\b\W*){0,3}"
        r"(?P<at>(?:bin|wohne|lebe|arbeite|heiße|heisse|studiere|komme|mag|liebe|hasse|spiele|spreche|fahre|esse|trinke|lerne|habe|hab|sammle|singe|rauche)\b(?! ich\b))",
        re.IGNORECASE,
    ),
    "jeg": re.compile(
        r"\W*(?:(?:og|men|også|så|samt|nå)\b\W*){0,3}"
        r"(?P<at>(?:bor|jobber|arbeider|studerer|heter|har|er|liker|elsker|hater|spiller|snakker|kjører|kommer|trener|går|lærer|spiser|drikker|heier|samler|synger)\b(?! (?:jeg|det|du|han|hun)\b))",
        re.IGNORECASE,
    ),
}


# Who says what they are, and nothing more, may go on with more of it: "I'm 29, from Cork, a welder".
_BEING = (
    (
        "I'm",
        re.compile(
            rf"{_FILLERS}(?:(?:i['’]?m|i am) (?!\w+ing\b|not\b)(?:\d{{1,2}}(?: years old)?|an? [\w\-]+(?: [\w\-]+)?|[\w\-]+(?: (?-i:[A-ZÀ-Þ])[\w\-]+)?)|my name(?:['’]?s| is) [\w\-]+)\s*$",
            re.IGNORECASE,
        ),
    ),
    (
        "ich bin",
        re.compile(
            rf"{_FILLERS}(?:ich bin (?!nicht\b|mit\b)(?:(?:der|die) )?[\w\-]+(?: jahre(?: alt)?)?|ich hei(?:ß|ss)e [\w\-]+|mein name ist [\w\-]+)\s*$",
            re.IGNORECASE,
        ),
    ),
    (
        "soy",
        re.compile(rf"{_FILLERS}(?:soy [\w\-]+|me llamo [\w\-]+|tengo \d+ años)\s*$", re.IGNORECASE),
    ),
    (
        "jeg er",
        re.compile(
            rf"{_FILLERS}(?:jeg er (?!ikke\b|på\b)(?:en )?[\w\-]+(?: år)?|jeg heter [\w\-]+)\s*$", re.IGNORECASE
        ),
    ),
)
_MORE = {
    "I'm": re.compile(
        r"\W*(?:and )?(?P<at>(?:originally )?from (?-i:[A-ZÀ-Þ]).*|(?:living|based) in .+|working (?:at|for|as) .+|studying .+|\d{2}(?: years old)?|(?:happily |recently )?(?:married|single|divorced|engaged)\b.*"
        r"|(?:an? )?(?:vegan|vegetarian|pescatarian|coeliac|celiac|asthmatic|diabetic)|an? [\w\-]+(?: [\w\-]+){0,3})\s*$",
        re.IGNORECASE,
    ),
    "ich bin": re.compile(
        r"\W*(?:und )?(?P<at>\d{2}(?: jahre(?: alt)?)?|verheiratet\b.*|geschieden|verlobt|single|vegan|vegetarisch|vegetarier(?:in)?|veganer(?:in)?|(?-i:[A-ZÄÖÜ])[\w\-]+(?:er|in|ent|ist|arzt|frau|mann|schwester|amme|ur|ant)(?: (?:aus|in|bei|am|im|an der) .+)?)\s*$",
        re.IGNORECASE,
    ),
    "soy": re.compile(
        r"\W*(?:y )?(?P<at>de (?-i:[A-ZÀ-Þ])\w+(?: (?-i:[A-ZÀ-Þ])\w+)?|vegan[oa]|vegetarian[oa]|[\w]+(?:er[oa]|ora?|ista|ic[oa]|og[oa]|ad[oa]))\s*$",
        re.IGNORECASE,
    ),
    "jeg er": re.compile(
        r"\W*(?:og )?(?P<at>fra (?-i:[A-ZÆØÅ]).*|\d{2}(?: år(?: gammel)?)?|gift\b.*|skilt|singel|forlovet|vegetarianer|veganer|vegetar|(?:en )?[a-zæøå]+)\s*$",
        re.IGNORECASE,
    ),
}
_INTRO = re.compile(
    rf"{_FILLERS}(?:quick |short |a bit |a little )*(?:background|about me|intro|bio|context|facts about me|me in short|zu mir|über mich|sobre mí|om meg)\s*$",
    re.IGNORECASE,
)
_INTRO_IN = {"zu mir": "ich bin", "über mich": "ich bin", "sobre mí": "soy", "om meg": "jeg er"}
_LONGEST_INTRO = 50  # characters
_WORDED = re.compile(r"\W{0,20}(?P<word>\w+)")  # a clause that begins with more strokes than that is noise
_CHAT = "basically honestly anyway anyways lol haha yo um uh tbh ngl right like sorry yeah yep and but so well hi hey hiya hello ok okay btw yes no oh also und aber hallo moin ja nein pero hola y og men hei heisann nei nå"
_HEADS = frozenset(
    f"{_CHAT} i im ive we my ich bin wohne lebe arbeite studiere habe heiße spiele mag komme mein soy me tengo jeg bor jobber studerer heter har er kommer".split()
)
_OPENERS = frozenset(
    f"{_CHAT} wohne lebe arbeite heiße heisse studiere habe hab bin trinke esse mag er har bor jobber heter studerer liker elsker hater spiller snakker kjører drikker trener".split()
)
_SHORT = 3  # words: so few, and it may be one more thing that they are
_FROM = re.compile(r"\W*(?:und |ursprünglich )?(?P<at>aus (?-i:[A-ZÄÖÜ])[\w\-]+)\s*$", re.IGNORECASE)
_AGED = re.compile(r"\W*(?:y )?(?P<at>\d{2} años)\s*$", re.IGNORECASE)


@dataclass(slots=True)
class Subject:
    """Who the sentence is about so far, from clause to clause: the speaker's pronoun, or none when somebody else may be meant."""

    word: str = ""
    being: str = ""

    def opened(self, piece: str) -> tuple[str, int]:
        """As `carried`, for the first clause of a sentence, which chat begins with the verb."""
        word, begin = left_out(piece)
        if word:
            self.carried(f"{word} {piece[begin:]}")
        return (word, begin) if word else self.carried(piece)

    def carried(self, piece: str) -> tuple[str, int]:
        """The words to put in front of `piece`, and from which of its characters on; no words if it needs none."""
        first = _WORDED.match(piece)
        if not first or self._names_one(piece, first["word"]):
            return "", 0
        if self.being and (more := self._more(piece)):
            return more
        if not self.word:
            return "", 0
        goes_on = _GO_ON[self.word].match(piece)
        word = self.word
        if _OTHERS[word].search(piece):
            self.word = ""
        return (word, goes_on.start("at")) if goes_on else ("", 0)

    def _names_one(self, piece: str, first: str) -> bool:
        """Whether `piece` names its subject itself; who that is holds for what follows."""
        being = ""
        if first.casefold() in _HEADS:
            being = next((words for words, form in _BEING if form.match(piece)), "")
            for word, head in _SPEAKERS:
                if head.match(piece):
                    self.being = being
                    self.word = "" if _OTHERS[word].search(piece) else word
                    return True
        if len(piece) < _LONGEST_INTRO and _INTRO.match(piece):  # "background: 38, plasterer"
            being = next((words for told, words in _INTRO_IN.items() if piece.casefold().strip().endswith(told)), "I'm")
        if being:  # "me llamo Ana"
            self.being = being
        return bool(being)

    def _more(self, piece: str) -> tuple[str, int] | None:
        """One more thing that they are; after anything longer nothing is one."""
        for words, form in ((self.being, _MORE[self.being]), ("ich komme", _FROM), ("tengo", _AGED)):
            more = form.match(piece)
            if more and self.being in (words, _SAME.get(words)):
                return words, more.start("at")
        said = piece.split()
        if self.being == "I'm" and len(said) <= _SHORT and said[-1].casefold().strip(".!") in JOBS:
            return "I'm a", len(piece) - len(piece.lstrip())
        if len(said) > _SHORT:
            self.being = ""
        return None


_SAME = {"ich komme": "ich bin", "tengo": "soy"}


# Chat leaves the person out where the verb says who it is: "Wohne in Ulm", "har flyttet til Moss".
_BARE = (
    (
        "ich",
        re.compile(
            r"\W*(?:(?:hallo|hi|moin|hey|ja|also|und|nein)\b\W*){0,2}(?P<at>(?:wohne|lebe|arbeite|heiße|heisse|studiere|habe|hab|bin|trinke|esse|mag)\b(?! (?:ich|du|the|day|bag|it|my|a)\b))",
            re.IGNORECASE,
        ),
    ),
    (
        "jeg",
        re.compile(
            r"\W*(?:(?:hei|hallo|heisann|ja|og|nei|men|nå)\b\W*){0,2}(?P<at>(?:er(?= (?:\d{2}|fra|gift|singel|skilt|vegetarianer|veganer|allergisk|[a-zæøå]+(?:er|ør|lege|ist|ar))\s*(?:$|[,.!]|og\b|på\b|i\b))|har|bor|jobber|heter|studerer|liker|elsker|hater|spiller|snakker|kjører|drikker|trener)\b(?! (?:jeg|du|det|dere|vi|han|hun|de|noen|man)\b))",
            re.IGNORECASE,
        ),
    ),
)


def left_out(piece: str) -> tuple[str, int]:
    """The pronoun that the beginning of a sentence leaves out, and from which character on it belongs in front."""
    first = _WORDED.match(piece)
    if not first or first["word"].casefold() not in _OPENERS:
        return "", 0
    for word, form in _BARE:
        if found := form.match(piece):
            return word, found.start("at")
    return "", 0


# "Seit Mai wohne ich in Ulm", "nå bor jeg i Moss": the same letters in the order that the patterns know. What begins only later stays as it is.
_TURNED = re.compile(
    r"(?<=[\w,] )(?P<verb>\b(?:wohne|lebe|arbeite|studiere|heiße|mag|liebe|hasse|spiele|spreche|esse|trinke|lerne|bin|bor|jobber|arbeider|studerer|heter|liker|elsker|hater|spiller|snakker|kjører|drikker|er)) (?P<who>ich|jeg)\b",
    re.IGNORECASE,
)
_LATER = re.compile(
    r"\W*(?:ab|am|zum|nächste\w*|demnächst|bald|in (?:einer|einem|zwei|drei|ein)|fra|om|neste|snart|til|fram|früher|damals|als|wenn|da|der|før|når|hvis|den gang|warum|wo|wie|hvor|hva|hvem|hvordan)\b",
    re.IGNORECASE,
)


def in_order(piece: str) -> str:
    """`piece` with the speaker in front of the verb, where they stand the other way round; as long as before."""
    if (" ich" not in piece and " jeg" not in piece) or _LATER.match(piece):
        return piece
    return _TURNED.sub(lambda match: f"{match['who']} {match['verb']}", piece, count=1)
