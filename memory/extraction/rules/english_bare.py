"""English: what people tell without "I" and without "my": "got two boys, Alfie and Noah", "mum's called Geraldine", "cancelled Netflix"."""

from __future__ import annotations

import re

from memory.extraction.rules import days, shapes
from memory.extraction.rules.clauses import Clause
from memory.extraction.rules.english_chat import START, of_self
from memory.extraction.rules.english_forms import AM, COUNT, OLDER, SELF, UPPER
from memory.extraction.rules.kin import kin_words
from memory.extraction.rules.patterns import Pattern, Shape, pattern
from memory.extraction.rules.words import word_set
from memory.facts.relations import PET_WORDS

_PET = "|".join(
    sorted(
        (re.escape(word).replace("\\-", "[ -]") for word in PET_WORDS if word.isascii()),
        key=lambda word: (-len(word), word),
    )
)
_GOT = (
    r"^\W*(?:(?:and|so|just|finally|we|i|yes|also|oh|btw|hey|hi|well)\b\W*){0,3}(?:got|adopted|rescued|have|there['’]s)"
)
_ELDERS = (
    r"(?:mum|mom|mam|dad|mother|father|gran|nan|nana|grandma|granny|grandad|granddad|grandpa|grandmother|grandfather)"
)
_DEGREE = r"(?:master['’]?s|bachelor['’]?s|ph\.?d|doctorate|degree|diploma|mba|ma|ba|bsc|msc|b\.sc|m\.sc|llb|llm|beng|meng|mphil|bed|pgce|hnd|associate['’]?s)(?: degree)?"
_SUBJECT = r"(?P<v>(?!(?:it|this|that|my|your|the|a|an|in)\b)[\w\-]+(?: (?!(?:at|in|from|and|but|with|for|on|so|here|now|right|this|over|because)\b)[\w\-]+){0,2})(?= (?:at|in|from|and|but|with|for|on|so|here|now|right|this|over|because)\b|\s*(?:$|[.,!;)]))"
_SHARERS = r"(?:nan|nana|gran|granny|grandma|grandad|grandpa|grandmother|grandfather|aunt|auntie|uncle|cousin|cousins|flatmates?|roommates?|housemates?|best friend|best mate|mate|two kids|three kids|daughter|son|daughters|sons|twins|sister|brother|sisters|brothers|fiancée?|mum and dad|mom and dad|dog|cat|in-laws|host family|landlady|landlord|ex)"


def _first(shape: Shape) -> Shape:
    """`shape`, where the sentence begins with it."""

    def read(match: re.Match[str], clause: Clause) -> list[str]:
        return shape(match, clause) if clause.is_first else []

    return read


def _origin(match: re.Match[str], clause: Clause) -> list[str]:
    """Where somebody says they come from, behind what they are: "I'm a girl from Wick", not "I'm a mile from Leeds"."""
    words = match["who"].casefold().split()
    return [] if set(words) & _NO_ORIGIN or words[-1].endswith("ing") else shapes.place(match, clause)


_NO_ORIGIN = word_set(
    "of for with day days week weeks month hour hours mile miles minute minutes year step stone call drive flight train walk ride block blocks bus short long quick little bit few fan lover email message letter reading watching world"
)


def _teacher(match: re.Match[str], clause: Clause) -> list[str]:
    del clause
    return [f"{match['v']} teacher"]


def _kin() -> list[Pattern]:
    found = []
    for predicate, kin in kin_words().items():
        if predicate in ("child", "sibling", "friend", "partner"):
            found.append(
                pattern(
                    predicate,
                    rf"{_GOT} {COUNT} (?:\d{{1,2}}[- ]year[- ]old )?{OLDER}{kin},?(?: called| named|:| -)? (?P<v>{UPPER}.*)",
                    _first(shapes.relatives),
                )
            )
            found.append(
                pattern(
                    predicate,
                    rf"{_GOT} {COUNT} (?:\d{{1,2}}[- ]year[- ]old )?{OLDER}{kin}(?P<v>)$",
                    _first(shapes.names_after),
                )
            )
    return found


BARE: tuple[Pattern, ...] = (
    *_kin(),
    pattern("pet", rf"{_GOT} (?:{COUNT}|our|another) (?:[\w\-]+ ){{0,2}}?(?:{_PET})s?,?(?: called| named)? (?P<v>{UPPER}.*)", _first(shapes.relatives)),
    pattern("pet", rf"{_GOT} (?:{COUNT}|our|another) (?:[\w\-]+ ){{0,2}}?(?:{_PET})s?(?P<v>)$", _first(shapes.names_after)),
    pattern("parent", r"^\W*(?:(?:and|so|but|btw)\b\W*)?(?:mum|mom|mam|dad|mother|father)(?:['’]?s called| is called|['’]?s name is|['’]s) (?P<v>" + UPPER + r"[\w'’\-]+)(?= (?:and|but|by the way|btw)\b|\s*(?:$|[.,!;]))", _first(shapes.relative)),
    pattern("relative", rf"^\W*(?:(?:and|so|but|btw)\b\W*)?(?:my )?(?!mum|mom|mam|dad|mother|father){_ELDERS}(?:['’]?s called| is called|['’]?s name is) (?P<v>{UPPER}[\w'’\-]+)", _first(shapes.relative)),
    pattern("child", rf"(?:{AM}|^\W*(?:and )?)(?:an? |the )?(?:(?:proud|tired|busy|single|new|full-time|stay-at-home) )*(?:mum|mom|mother|mama|dad|father|papa|parent) (?:to|of) (?P<v>{UPPER}.*)", of_self(shapes.relatives)),
    pattern("birthday", r"^\W*(?:(?:and|so|but|btw|my)\b\W*)?(?:birthday|b-?day)(?:['’]?s| is|:)(?: on)?(?: the)? (?P<v>.+)", _first(days.day_of_year)),
    pattern("subscription", rf"^\W*(?:(?:and|so|just|finally|i|i['’]ve|we)\b\W*){{0,3}}(?:cancel(?:l)?ed|dropped|ditched|unsubscribed from) (?:my |our )?(?P<v>{UPPER}[\w+]+(?: {UPPER}[\w+]+)?)(?: subscription| membership)?(?= (?:last|this|today|yesterday|because|and|so|too|after|in|on)\b|\s*(?:$|[.,!;]))", _first(shapes.whole), change="ends", is_dated=True, is_unsure=True),
    pattern("subscription", rf"^\W*(?:(?:and|so|just|finally|i|i['’]ve|we)\b\W*){{0,3}}(?:cancel(?:l)?ed|dropped|ended) (?:my |our |the )(?P<v>{UPPER}[\w+]+(?: {UPPER}[\w+]+)?) (?:subscription|membership)", _first(shapes.whole), change="ends", is_dated=True),
    pattern("partner", rf"^\W*(?:(?:and|so|finally|just|we|well)\b\W*){{0,3}}(?:broke up|split up|split|separated|parted ways) (?:with|from) (?P<v>{UPPER}.+)", _first(shapes.relative), change="ends", is_dated=True),
    # study
    pattern("studies", rf"(?:{AM}|{START})(?:doing|taking|finishing|starting|studying for|halfway through|writing up) (?:an? |my )(?:part[- ]time |second )?{_DEGREE} (?:in|on) {_SUBJECT}", of_self(shapes.whole)),
    pattern("studies_at", rf"(?:{AM}|{START})(?:doing|taking|finishing|studying for) (?:an? |my )(?:part[- ]time |second )?{_DEGREE}(?: (?:in|on) [\w\- ]{{3,40}}?)? at (?P<v>{UPPER}.+)", of_self(shapes.organisation)),
    pattern("studies", rf"{AM}an? [\w\-' ]{{3,40}}? (?:majoring in|specialising in|studying|reading) {_SUBJECT}", shapes.whole),
    pattern("studies", rf"^\W*(?:and )?(?:i['’]?m )?(?:majoring|minoring) in {_SUBJECT}", of_self(shapes.whole)),
    pattern("degree", rf"\b(?:i|we)(?:['’]ve| have)?(?: got| have)? (?:an? |my )(?P<v>{_DEGREE} in [\w\-]+(?: (?!(?:from|at|and|but|with)\b)[\w\-]+)?)(?= (?:from|at|and|but)\b|\s*(?:$|[.,!;]))", shapes.whole),
    pattern("occupation", rf"{SELF}teach (?:(?:\d+(?:st|nd|rd|th)?[- ]grade|year \d+|key stage \d|gcse|a[- ]level|primary|secondary|high[- ]school|middle[- ]school|beginners['’]?|adult) )(?P<v>[\w\-]+)(?= (?:at|in|to|for|part|full)\b|\s*(?:$|[.,!;]))", _teacher),
    # home and origin
    pattern("lives_with", rf"{SELF}(?:still )?live with (?:my |two |three |four )(?P<v>{_SHARERS}(?: and (?:my )?{_SHARERS})?)(?= (?:in|at|and|but|for|still|again|until|now|near|outside)\b|\s*(?:$|[.,!;]))", shapes.whole),
    pattern("grew_up_in", rf"{AM}an? (?P<who>[\w\-'’]+(?: [\w\-'’]+){{0,2}}?) (?:originally )?from (?P<v>{UPPER}.+)", _origin),
)  # fmt: skip
