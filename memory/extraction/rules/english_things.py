"""English: what people own, drive, use, subscribe to and buy."""

from __future__ import annotations

import re

from memory.extraction.rules import shapes
from memory.extraction.rules.clauses import Clause
from memory.extraction.rules.english_forms import BRAND, HAVE, I_DID, MY, SELF, UPPER, WE_DID
from memory.extraction.rules.patterns import Pattern, pattern

_MOTOR = r"(?:car|van|truck|pickup|motorbike|motorcycle|scooter|moped|camper ?van|estate|hatchback|convertible)"
_VEHICLE = r"(?:car|bike|bicycle|boat|motorbike|van|house|flat|apartment|cabin|caravan|piano|guitar|laptop|phone|camera|kayak|sofa|scooter|tractor)"

_NAMED = r"(?-i:[A-Z])[\w+.#\-]*(?: (?-i:[A-Z])[\w+.#\-]*)?"


def _capital(match: re.Match[str], clause: Clause) -> list[str]:
    """Things with a name of their own."""
    found = shapes.one_thing(match, clause)
    return [value for value in found if any(word[:1].isupper() or word[:1].isdigit() for word in value.split())]


def _driven(match: re.Match[str], clause: Clause) -> list[str]:
    """A vehicle: with a name or a year, or called one; not "a hard bargain"."""
    found = shapes.one_thing(match, clause)
    return [
        value
        for value in found
        if re.search(
            r"(?-i:[A-ZÀ-ÞŁŚ]|\d)|\b(?:\w*car|van|truck|lorry|pickup|taxi|cab|tractor|motorbike|motorcycle|scooter|moped|camper\w*|estate|hatchback|convertible|hybrid|coupe|jeep)$",
            value,
        )
    ]


def _subscribed(match: re.Match[str], clause: Clause) -> list[str]:
    """A title of one breath; "The Theory of Everything" is no longer one once it is cut."""
    found = shapes.one_thing(match, clause)
    return [value for value in found if not re.match(r"the \w+ of\b", value, re.IGNORECASE)]


THINGS: tuple[Pattern, ...] = (
    pattern("owns", rf"{SELF}own (?:an? |two |three )(?P<v>.+)", shapes.one_thing),
    pattern("drives", rf"{SELF}drive (?:an? |the )(?P<v>(?!lot\b|bit\b|bus\b).+)", _driven),
    pattern("drives", rf"{MY}(?:car|truck|van|motorbike|ride)(?: is|['’]s) (?:an? )?(?:(?:red|blue|black|white|grey|gray|silver|green|yellow|old|new|battered|trusty|little|second-?hand|used) ){{0,2}}(?P<v>(?:\d{{4}} )?(?-i:[A-ZÀ-ÞŁŚ]).+)", shapes.one_thing),
    pattern("uses_software", rf"{SELF}use (?P<v>(?-i:[A-Z])[\w+.#\-]*(?: (?-i:[A-Z])[\w+.#\-]*)*)(?= (?:at work|at home|for|on (?:my|an?)|every day|as my)\b|\s*(?:$|[.,!;]))", shapes.whole),
    pattern("uses_software", rf"{SELF}use (?P<v>{_NAMED}(?:, {_NAMED}){{0,4}},? and {_NAMED})(?= (?:at work|at home|for|on (?:my|an?)|every day|mostly)\b|\s*(?:$|[.,!;]))", shapes.listed),
    pattern("uses_device", rf"(?:{HAVE}|{SELF}(?:use|(?:work|write|code|type|game) on) |\bi use [\w+.# ]{{2,30}} on )(?:an? |the |my )?(?:new |old )?(?P<v>(?-i:(?:MacBook|iPhone|iPad|iMac|ThinkPad|Chromebook|Kindle|Pixel|Galaxy|PlayStation|Xbox|Nintendo Switch|Steam Deck|Apple Watch|Garmin|Fitbit)(?: [\w+]+)?))\b", shapes.whole),
    pattern("uses_device", rf"{MY}(?:new )?(?:phone|laptop|computer|tablet|watch|camera)(?: is|['’]s) (?!called\b|named\b)(?:an? )?(?P<v>(?-i:[A-Za-z]).+)", _capital),
    pattern("owns", rf"{MY}(?:bike|bicycle|boat|guitar|piano|violin|tent|canoe|kayak|motorbike|scooter|telescope|sailboat)(?: is|['’]s) (?:called |named )?(?:an? )?(?P<v>(?-i:[A-ZÀ-ÞŁŚ]).+)", shapes.one_thing),
    pattern("owns", rf"{HAVE}(?:an? |my own )(?P<v>(?:[\w\-]+ ){{0,2}}(?:boat|bike|bicycle|piano|guitar|violin|caravan|camper ?van|motorbike|canoe|kayak|telescope|greenhouse|allotment|vineyard|sailboat|cabin|cottage))\b", shapes.whole),
    pattern("subscription", rf"(?:{SELF}subscribe to|{HAVE}an? subscription to) (?P<v>(?-i:[A-Z]).+)", _subscribed),
    pattern("subscription", rf"{I_DID}(?:cancel(?:l)?ed|ended|dropped) my (?P<v>{UPPER}[\w+]+(?: {UPPER}[\w+]+)?) subscription\b", shapes.whole, change="ends", is_dated=True),
    pattern("subscription", rf"{SELF}subscribe to (?P<v>(?!the (?:theory|idea|view|notion|school|belief)\b)(?:the )?{UPPER}[\w+]+(?: (?:of |and |& )?{UPPER}[\w+]+)*)(?= (?:and|but|on|for|at|as|because|since|with)\b|\s*(?:$|[.,!;)]))", shapes.proper),
    pattern("drives", rf"{WE_DID}sold (?:my|our|the) (?P<v>(?:old )?(?:{BRAND}(?: (?:{UPPER}|\d)[\w\-]*)?(?: {_MOTOR})?|(?:{UPPER}[\w\-]+ )?{_MOTOR}))(?= (?:last|yesterday|today|this|in|on|to|for|because|so|and)\b|\s*(?:$|[.,!;]))", shapes.of_own, change="ends", is_dated=True),
    pattern("bought", rf"{WE_DID}bought (?:an? |our |my )?(?P<v>(?:new |used |second-?hand |old |small |first )*(?:{UPPER}[\w\-]+ )?{_VEHICLE})(?= (?:last|yesterday|today|this|in|on|from|for|with|and|because|so)\b|\s*(?:$|[.,!;]))", shapes.whole, is_dated=True),
)  # fmt: skip
