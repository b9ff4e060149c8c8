"""What is said of somebody near, in the words of who knows them: "my husband Jonas teaches chemistry", "she lives in Kiel".

Only of those who are named in the turn, or known by name already; and only in the plainest words: where they live, work and study, how old they are,
what they play, like and can't have. Four languages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from memory.extraction.rules import shapes
from memory.extraction.rules.clauses import Clause, is_reported
from memory.extraction.rules.english_forms import BRAND, WORKPLACE
from memory.extraction.rules.german_habits import TRADE
from memory.extraction.rules.given_names import GIVEN_NAMES
from memory.extraction.rules.patterns import Pattern, Shape, pattern
from memory.facts.relations import relation_in

# Names as they are written, each with the predicate of the relation to the user; "" where it is not known.
People = Mapping[str, str]

_UPPER = r"(?-i:[A-ZÀ-ÞŁŚ])"
_NUMBERS = {
    "en": "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty",
    "de": "zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn zwanzig",
    "es": "dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve veinte",
    "no": "to tre fire fem seks sju åtte ni ti elleve tolv tretten fjorten femten seksten sytten atten nitten tjue",
}
_AGE_OF = {word: str(age) for words in _NUMBERS.values() for age, word in enumerate(words.split(), start=2)}
_PART = rf"{_UPPER}[\w\-]*(?:['’](?!s\b)\w+)?"
_NAME = rf"{_PART}(?: {_PART})?"
_HALT = r"(?=\s*(?:$|[.,!;)]|(?:and|und|y|og)\b))"


def _number(language: str) -> str:
    return rf"(?:\d{{1,3}}|{'|'.join(sorted(_NUMBERS[language].split(), key=len, reverse=True))})"


def _age(match: re.Match[str], clause: Clause) -> list[str]:
    del clause
    said = match["v"].casefold()
    return [_AGE_OF.get(said, said)]


def _teacher(match: re.Match[str], clause: Clause) -> list[str]:
    del clause
    return [f"{match['v']} teacher"]


def _tastes(match: re.Match[str], clause: Clause) -> list[str]:
    """What they like or can't have: no person and no deed."""
    return [value for value in shapes.some_things(match, clause) if not _NO_TASTE.match(value)]


_NO_TASTE = re.compile(
    r"(?:me|us|him|her|them|each|to|that|when|how|being|you|my|our|his|their|everyone|everybody|it|this|that|él|ella|ellos|ellas|mí|eso|esto|ihn|sie|ihm|ihr|mich|dich|uns|es|das|ham|henne|dem|det|den|meg|deg|oss)\b",
    re.IGNORECASE,
)
_TAUGHT = r"(?:maths?|mathematics|physics|chemistry|biology|history|geography|music|art|english|german|french|spanish|latin|pe|sports?|science|computer science|religion|philosophy|drama|dance|yoga|piano|guitar|violin|swimming|norwegian)"
_NOW_EN = r"(?:(?:now|still|currently|also|already|only|just|both) )*"
_NOW_DE = r"(?:(?:jetzt|noch|immer noch|auch|schon|erst|derzeit|zurzeit|inzwischen|mittlerweile) )*"
_NOW_ES = r"(?:(?:ahora|todavía|aún|también|ya|solo|actualmente) )*"
_NOW_NO = r"(?:(?:nå|fortsatt|fremdeles|også|bare|allerede) )*"
_TRADE = rf"(?P<v>{TRADE}){_HALT}"


def _told(predicate: str, regex: str, shape: Shape) -> Pattern:
    return pattern(predicate, regex, shape)


# Each stands right behind the name, or behind an "and".
_FORMS: dict[str, tuple[Pattern, ...]] = {
    "en": (
        _told("lives_in", rf"{_NOW_EN}(?:lives|is living|is based|['’]s living|resides|(?:has |['’]s )?(?:just |recently )?moved)(?: back)? (?:in|to) (?P<v>{_UPPER}.+)", shapes.place),
        _told("works_at", rf"{_NOW_EN}(?:works|is working)(?: full[- ]time| part[- ]time| as an? [\w\- ]{{3,30}}?)? (?:at|for|with) (?P<v>{_UPPER}.+)", shapes.organisation),
        _told("works_at", rf"{_NOW_EN}(?:works|is working)(?: full[- ]time| part[- ]time)? (?:at|in|for) (?P<v>(?:an? |the )(?:[\w\-]+ ){{0,2}}{WORKPLACE})\b", shapes.whole),
        _told("occupation", rf"{_NOW_EN}(?:works|is working)(?: (?:at|for|with|in) [^,;.]{{2,30}}?)? as an? (?P<v>.+)", shapes.any_job),
        _told("occupation", rf"(?:is|['’]s) {_NOW_EN}an? (?P<v>.+)", shapes.job),
        _told("occupation", rf"{_NOW_EN}teaches (?P<v>{_TAUGHT})(?= (?:at|in|to)\b|\s*(?:$|[.,!;]))", _teacher),
        _told("works_at", rf"{_NOW_EN}teaches (?:{_TAUGHT} )?(?:at|in) (?P<v>an? (?:[\w\-]+ ){{0,2}}(?:school|university|college|conservatoire|nursery|kindergarten))\b", shapes.whole),
        _told("works_at", rf"{_NOW_EN}teaches (?:{_TAUGHT} )?at (?P<v>{_UPPER}.+)", shapes.organisation),
        _told("studies", rf"{_NOW_EN}(?:studies|is studying|['’]s studying) (?P<v>(?!at\b|in\b|for\b|abroad|hard|here|there).+?)(?= at | in |$)", shapes.caught_thing),
        _told("studies_at", rf"{_NOW_EN}(?:studies|is studying|['’]s studying)(?: \w+){{0,3}}? at (?P<v>{_UPPER}.+)", shapes.organisation),
        _told("age", rf"(?:is|['’]s) {_NOW_EN}(?:(?:nearly|about) )?(?P<v>{_number('en')})(?: years old)?{_HALT}", _age),
        _told("age", rf"(?:has |['’]s )?(?:just )?turned (?P<v>{_number('en')}){_HALT}", _age),
        _told("plays_instrument", rf"{_NOW_EN}plays (?:the )?(?P<v>[a-z\-]+)\b", shapes.instrument),
        _told("sport", rf"{_NOW_EN}plays (?P<v>[a-z\-]+)\b", shapes.sport),
        _told("drives", rf"{_NOW_EN}drives an? (?:(?:old|new|red|blue|green|black|white|little) )?(?P<v>{BRAND}(?: (?:{_UPPER}|\d)[\w\-]*)?)", shapes.whole),
        _told("allergic_to", rf"(?:is|['’]s) {_NOW_EN}allergic to (?P<v>.+)", _tastes),
        _told("likes", rf"{_NOW_EN}(?:(?:really|absolutely) )?(?:loves|likes|adores) (?P<v>(?!it\b|that\b|this\b).+)", _tastes),
        _told("dislikes", rf"{_NOW_EN}(?:(?:really|absolutely) )?(?:hates|dislikes|can['’]t stand) (?P<v>(?!it\b|that\b|this\b).+)", _tastes),
    ),
    "de": (
        _told("lives_in", rf"(?:wohnt|lebt) {_NOW_DE}in (?P<v>{_UPPER}.+)", shapes.place),
        _told("works_at", rf"arbeitet {_NOW_DE}(?:bei|für) (?P<v>{_UPPER}.+)", shapes.organisation),
        _told("occupation", rf"arbeitet {_NOW_DE}(?:(?:bei|in|für) [^,;.]{{2,30}}? )?als (?P<v>{TRADE})\b", shapes.whole),
        _told("works_at", rf"arbeitet {_NOW_DE}als {TRADE} (?:bei|beim|für|in der|am|im) (?P<v>{_UPPER}.+)", shapes.organisation),
        _told("occupation", rf"ist {_NOW_DE}(?:von Beruf )?{_TRADE}", shapes.whole),
        _told("studies", rf"studiert {_NOW_DE}(?P<v>{_UPPER}[\w\-]+)(?= (?:in|an|bei)\b|\s*(?:$|[.,!;]))", shapes.whole),
        _told("age", rf"(?:ist|wird) {_NOW_DE}(?P<v>{_number('de')})(?: Jahre(?: alt)?)?{_HALT}", _age),
        _told("plays_instrument", rf"spielt {_NOW_DE}(?P<v>{_UPPER}\w+)\b", shapes.instrument_as_said),
        _told("sport", rf"spielt {_NOW_DE}(?P<v>{_UPPER}\w+)\b", shapes.sport_as_said),
        _told("allergic_to", rf"ist {_NOW_DE}allergisch (?:gegen|auf) (?P<v>.+)", _tastes),
    ),
    "es": (
        _told("lives_in", rf"vive {_NOW_ES}en (?P<v>{_UPPER}.+)", shapes.place),
        _told("occupation", rf"trabaja {_NOW_ES}(?:de|como) (?P<v>(?!una?\b)[\wáéíóúñ]+)\b", shapes.whole),
        _told("age", rf"tiene {_NOW_ES}(?P<v>{_number('es')}) años\b", _age),
        _told("studies", rf"estudia {_NOW_ES}(?P<v>[\wáéíóúñ]+)(?= en\b|\s*(?:$|[.,!;]))", shapes.caught_thing),
        _told("plays_instrument", rf"toca {_NOW_ES}(?:el |la |los )?(?P<v>\w+)\b", shapes.instrument),
        _told("allergic_to", rf"es {_NOW_ES}alérgic[oa] (?:a las |a los |a la |al |a )(?P<v>.+)", _tastes),
    ),
    "no": (
        _told("lives_in", rf"bor {_NOW_NO}i (?P<v>{_UPPER}.+)", shapes.place),
        _told("occupation", rf"(?:jobber|arbeider) {_NOW_NO}som (?P<v>[\wæøå]+)\b", shapes.whole),
        _told("works_at", rf"(?:jobber|arbeider) {_NOW_NO}(?:hos|for) (?P<v>{_UPPER}.+)", shapes.organisation),
        _told("studies", rf"studerer {_NOW_NO}(?P<v>[\wæøå]+)(?= (?:i|på|ved)\b|\s*(?:$|[.,!;]))", shapes.caught_thing),
        _told("age", rf"er {_NOW_NO}(?P<v>{_number('no')}) år(?: gammel)?\b", _age),
        _told("plays_instrument", rf"spiller {_NOW_NO}(?P<v>\w+)\b", shapes.instrument),
        _told("allergic_to", rf"er {_NOW_NO}allergisk mot (?P<v>.+)", _tastes),
    ),
}  # fmt: skip
_OWN = r"(?:my|our|mein|meine|unser|unsere|mi|nuestr[oa]|min|mi|mitt|vår|vårt)"
_HEAD = re.compile(
    rf"^\W*(?:(?:and|but|so|oh|actually|well|btw|also|no|sorry|now|wrong|und|aber|nein|doch|y|pero|no|og|men|nei|that['’]s wrong)\b\W*){{0,3}}"
    rf"(?P<from>)(?:{_OWN} (?:[\w\-]+ ){{1,3}}?|\w+ (?:min|mi|mitt|vår) )?(?:(?:called|named|namens|som heter) )?"
    rf"(?:(?P<who>{_NAME})|(?P<he>he|she|who|er|sie|der|die|él|ella|que|han|hun|som))"
    rf"(?=['’]s |\s),?\s*(?P<rest>\S.*)$",
    re.IGNORECASE | re.DOTALL,
)
_AND = re.compile(r"\s+(?:and|und|y|og)\s+(?:(?:also|auch|también|også) )?")
_AND_LAST = re.compile(r"\s+(?:and|und|y|og)\s+(?:(?:also|auch|también|også) )?$")
_INSTEAD = re.compile(r"\s*[,;]?\s*(?:and |und |y |og )?(?:not|nicht|no|ikke)\s+\w+", re.IGNORECASE)
_WORDS = re.compile(rf"(?<!\w){_NAME}")
_HE = frozenset({"he", "er", "der", "él", "han"})
_SHE = frozenset({"she", "sie", "die", "ella", "hun"})
_PRONOUNS = _HE | _SHE | {"who", "que", "som"}
_BESIDE = frozenset({"who", "der", "die", "que", "som"})  # which only follow the name and its comma
_WOMEN = frozenset(
    [
        "wife",
        "girlfriend",
        "mother",
        "sister",
        "daughter",
        "grandmother",
        "granddaughter",
        "aunt",
        "niece",
        "mother-in-law",
        "sister-in-law",
    ]
)
_MEN = frozenset(
    [
        "husband",
        "boyfriend",
        "father",
        "brother",
        "son",
        "grandfather",
        "grandson",
        "uncle",
        "nephew",
        "father-in-law",
        "brother-in-law",
    ]
)


@dataclass(frozen=True, slots=True)
class Told:
    """One thing said of somebody. `place`: of its words, in the turn; `relation`: the predicate by which they are near."""

    who: str
    relation: str
    form: Pattern
    value: str
    place: tuple[int, int]
    language: str
    is_correcting: bool


def told_of_others(clauses: Sequence[Clause], people: People) -> Iterator[Told]:
    """What `clauses` say of `people`, in order."""
    if not people:
        return
    last, who = "", ""
    for clause in clauses:
        head = _HEAD.match(clause.text)
        goes_on = _AND.match(" " + clause.text) if who and clause.before.rstrip().endswith(last) else None
        if clause.lead or is_reported(clause.text):
            who = ""
        elif goes_on:  # "Lars bor i Hamar | og jobber som tannlege"
            yield from _said_of(who, people[who], (goes_on.start(), goes_on.end() - 1), clause)
        elif head:
            said = head["who"] or head["he"]
            is_pronoun = said.casefold() in _PRONOUNS
            who = _named(said, people) or (_meant(said.casefold(), clause, people) if is_pronoun else "")
            if who:
                yield from _said_of(who, people[who], (head.start("from"), head.start("rest")), clause)
        else:
            who = ""
        last = clause.text.rstrip()


def _said_of(who: str, relation: str, place: tuple[int, int], clause: Clause) -> Iterator[Told]:
    """What `clause` says of `who`; `place`: where in it they are named, and where what is said of them begins."""
    named, rest = place
    begins = [rest, *(gap.end() for gap in _AND.finditer(clause.text, rest))]
    heard = [(begin, forms) for begin in begins if (forms := list(_forms_at(clause.text, begin)))]
    if not heard or heard[0][0] != begins[0]:
        return
    for index, (begin, forms) in enumerate(heard):
        is_last = index + 1 == len(heard)
        end = len(clause.text) if is_last else heard[index + 1][0]
        text = clause.text[:end] if is_last else _AND_LAST.sub("", clause.text[:end])
        piece = replace(clause, text=text, after=clause.after if is_last else "")
        for language, form in forms:
            match = form.regex.match(text, begin)
            for value in form.shape(match, piece) if match else ():
                assert match
                span = (clause.start + named, clause.start + _end_of(value, match, text))
                corrects = form.predicate == "age" and bool(_INSTEAD.match(text[match.end() :] + piece.after))
                yield Told(who, relation, form, value, span, language, corrects)


def _forms_at(text: str, begin: int) -> Iterator[tuple[str, Pattern]]:
    """The forms of words that begin at this place, each predicate once."""
    found = set[str]()
    for language, forms in _FORMS.items():
        for form in forms:
            if form.predicate not in found and form.regex.match(text, begin):
                found.add(form.predicate)
                yield language, form


def _end_of(value: str, match: re.Match[str], text: str) -> int:
    place = text.casefold().find(value.casefold(), match.start("v"))
    return place + len(value) if place >= 0 else match.end()


def _named(said: str, people: People) -> str:
    """The one of `people` who is called so, or by that first name."""
    if said in people:
        return said
    same = [name for name in people if name.split()[0] == said]
    return same[0] if len(same) == 1 else ""


def _meant(he: str, clause: Clause, people: People) -> str:
    """Whom "he" or "she" stands for: the only one named in what was said right before."""
    before = clause.before.strip()
    if he in _BESIDE:
        if not before.endswith(","):
            return ""
        last = _WORDS.findall(before.rstrip(" ,"))
        return _named(last[-1], people) if last and before.rstrip(" ,").endswith(last[-1]) else ""
    said = before if before.strip(" ,.!") else clause.previous
    if len(said) > _NEAR:
        return ""
    words = _WORDS.findall(said)
    near = {name for word in words if (name := _named(word, people) or _named(word.split()[-1], people))}
    strangers = [
        word for word in words if word.casefold() in GIVEN_NAMES and not any(word in name.split() for name in near)
    ]
    if len(near) != 1 or strangers:
        return ""
    relation = relation_in(said)
    wrong = _WOMEN if he in _HE else _MEN if he in _SHE else frozenset()
    return "" if relation in wrong else near.pop()


_NEAR = 160  # characters: further back somebody else may be meant
