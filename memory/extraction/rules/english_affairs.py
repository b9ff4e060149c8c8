"""English: debts, insurers, the place of the car and of the desk, the time zone, and what else is told of one's affairs."""

from __future__ import annotations

import re

from memory.extraction.rules import shapes
from memory.extraction.rules.clauses import Clause
from memory.extraction.rules.english_forms import AM, HAVE, MY, OLDER, SELF, UPPER
from memory.extraction.rules.kin import kin_words
from memory.extraction.rules.patterns import Pattern, pattern

_MONEY = r"(?:[€$£]\d[\d.,]*(?: ?(?:k|million|grand))?|\d[\d.,]*(?: ?k| million| grand)?(?: (?:euros?|dollars?|pounds?|kroner|francs|rupees|bucks|quid))?)"
_LENDER = rf"(?:(?:my|the) [\w'’\-]+(?: [\w'’\-]+)?|{UPPER}[\w'’\-]+(?: {UPPER}[\w'’\-]+)?)"
_HALT = r"(?=\s*(?:$|[.,!;)]|(?:and|but|so|because|since|for|now|at|when|which)\b))"


def _owed(match: re.Match[str], clause: Clause) -> list[str]:
    """The sum, and to whom: "500 euros to my brother"."""
    del clause
    return [f"{match['v']} to {match['who']}"]


def _zone(match: re.Match[str], clause: Clause) -> list[str]:
    del clause
    return [match["v"].strip()]


AFFAIRS: tuple[Pattern, ...] = (
    pattern("debt", rf"{SELF}owe (?P<who>{_LENDER}) (?P<v>{_MONEY}){_HALT}", _owed),
    pattern("debt", rf"{SELF}owe (?P<v>{_MONEY}) to (?P<who>{_LENDER}){_HALT}", _owed),
    pattern("insurance", rf"{AM}insured (?:with|by|through) (?P<v>{UPPER}[\w&'’\-]+(?: {UPPER}[\w&'’\-]+)*)", shapes.whole),
    pattern("insurance", rf"{MY}(?:(?:car|house|home|health|travel|life|pet) )?(?:insurance|insurer)(?: is|['’]s) (?:with |from )?(?P<v>{UPPER}[\w&'’\-]+(?: {UPPER}[\w&'’\-]+)*)", shapes.whole),
    pattern("office", rf"{MY}(?:office|desk)(?: is|['’]s) on the (?P<v>[\w\-]+ floor)\b", shapes.whole),
    pattern("parking", rf"{SELF}park (?:my car |the car |it )?(?:in|on|at) (?:the |my |our )?(?P<v>(?!(?:time|front|night|home|work|weekends|my own|peace)\b)[\w'’\-]+(?: [\w'’\-]+){{0,6}}?){_HALT}", shapes.whole),
    pattern("parking", rf"{SELF}park (?:my car |the car |it )?(?P<v>(?:behind|under|outside|opposite|beside|next to) (?:the |my |our )[\w'’\-]+(?: [\w'’\-]+){{0,4}}?){_HALT}", shapes.whole),
    pattern("timezone", rf"{MY}time ?zone(?: is|['’]s) (?P<v>(?-i:[A-Z]{{2,5}}(?:[+\-]\d{{1,2}})?|[A-Z]\w+/[A-Z]\w+|[A-Z]\w+(?= time)))", _zone),
    pattern("timezone", rf"{AM}(?:in|on) (?:the )?(?P<v>(?-i:[A-Z][\w/]+)(?: (?-i:[A-Z])\w+)?) time ?zone\b", _zone),
    pattern("timezone", rf"{AM}on (?P<v>(?-i:CET|CEST|GMT|BST|UTC(?:[+\-]\d{{1,2}})?|EST|EDT|PST|PDT|MST|IST|JST|AEST|Eastern|Pacific|Mountain|Central))(?: time)?{_HALT}", _zone),
    pattern("blood_type", rf"{AM}blood (?:type|group) (?P<v>(?:AB|A|B|O|0)(?: ?[+\-−]| ?(?:rh )?(?:positive|negative|pos|neg))?)(?!\w)", shapes.whole),
    pattern("preferred_name", rf"{SELF}(?:prefer|like) (?:to be called|being called|to go by|going by) (?P<v>{UPPER}[\w'’\-]+){_HALT}", shapes.name),
    *(
        pattern(predicate, rf"{HAVE}an? {OLDER}{kin} (?:(?:living |based |who lives )?in|from) {UPPER}[\w'’\-]+(?: called| named|,) (?P<v>{UPPER}.*)", shapes.relative)
        for predicate, kin in kin_words().items()
        if predicate in ("sibling", "child", "friend", "relative")
    ),
)  # fmt: skip
