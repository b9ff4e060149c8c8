"""English: where to reach somebody, and what the home and the bank are."""

from __future__ import annotations

import re

from memory.extraction.rules import shapes
from memory.extraction.rules.clauses import Clause
from memory.extraction.rules.english_forms import MY, SELF, UPPER
from memory.extraction.rules.patterns import Pattern, pattern
from memory.extraction.rules.values import tidy


def _contact(match: re.Match[str], clause: Clause) -> list[str]:
    """An address or a number as typed, with what follows the comma."""
    text = clause.text[match.start("v") :] + clause.after
    found = re.match(r"[^.!?;\n]{5,80}", text)
    value = tidy(re.split(r"\s+(?:and|but|so|if|in case)\s", found.group())[0]) if found else ""
    return [value] if any(char.isdigit() for char in value) else []


CONTACTS: tuple[Pattern, ...] = (
    pattern("home_address", rf"(?:{MY}(?:new |current |old )?(?:home |postal )?address is|{SELF}live at) (?P<v>(?:\d|{UPPER}).+)", _contact),
    pattern("landlord", rf"\b(?:i|we) rent (?:it|(?:my|our|the) (?:flat|apartment|house|room|place)) from (?P<v>{UPPER}.+)", shapes.relative),
    pattern("rent", rf"(?:{SELF}pay (?P<v>[€$£]?\d[\d.,' ]*(?:k\b)?(?: ?(?:euros?|kroner|dollars|pounds|francs|€|\$|£))?(?: (?:a|per) month)?) (?:in|of|for) rent)", shapes.whole),
    pattern("rent", rf"{MY}rent(?: is|['’]s) (?P<v>[€$£]?\d[\d.,' ]*(?: ?(?:euros?|kroner|dollars|pounds|francs|€|\$|£))?(?: (?:a|per) month)?)", shapes.whole),
    pattern("bank", rf"(?:{SELF}bank with|{MY}bank is) (?P<v>{UPPER}.+)", shapes.organisation),
    pattern("phone_number", rf"{MY}(?:(?:phone|mobile|cell|cell ?phone) )?(?:number )?is (?P<v>\+?\d[\d \-/]{{5,18}}\d)", shapes.whole),
    pattern("email", r"\b(?:you can |please |best to |just )?(?:reach|e-?mail|mail|write to|contact) me (?:at|on|under|via) (?P<v>[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+)", shapes.whole),
    pattern("phone_number", r"\b(?:you can |please |just )?(?:reach|call|ring|text|phone|whatsapp) me (?:at|on|under) (?P<v>\+?\d[\d \-/]{5,18}\d)", shapes.whole),
    pattern("email", rf"{MY}(?:private )?e-?mail(?: address)?(?: is|:) (?P<v>[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+)", shapes.whole),
)  # fmt: skip
