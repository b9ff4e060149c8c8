"""What people want to be called, unless they say just then that they don't: "call me Tom" and "don't call me Thomas". Four languages."""

from __future__ import annotations

import re

from memory.extraction.rules.clauses import Clause
from memory.extraction.rules.patterns import Shape
from memory.extraction.rules.words import word_set

_UNWANTED = re.compile(
    r"\b(?:don['’]?t|do not|doesn['’]?t|never|not|stop|quit|nobody|no[- ]one|hates?|annoying|wrongly|bitte nicht|nicht|nie|niemand|keiner|no|nunca|nadie|ikke|aldri|ingen)\b(?:\s+\w+){0,3}\s*$",
    re.IGNORECASE,
)
_DISLIKED = re.compile(
    r"\W*(?:(?:and|but|which|though|und|aber|y|pero|og|men)\b\W*)?(?:i (?:hate|dislike|can['’]?t stand|loathe|prefer)|please don['’]?t|it['’]?s not|das (?:hasse|mag) ich|(?:lo|la) odio|no me gusta|det (?:hater|liker) jeg)\b",
    re.IGNORECASE,
)
_FOR_NOW = re.compile(
    r"\b(?:(?:for|in|during) (?:this|the|our) (?:chat|game|story|session|conversation|call|scene|role-?play|rp|exercise)|(?:just |only )?(?:for )?(?:today|tonight|now(?= call\b))|nur heute|für heute|heute|solo (?:por )?hoy|por hoy|i dag|for i dag|i kveld)\b",
    re.IGNORECASE,
)
# What somebody is by age, family or at work, and what one calls oneself before saying something bold.
_NO_CALLING = word_set(
    "miss mister mr mrs ms sir madam ma'am dad daddy mum mummy mom mommy papa mama grandma grandpa granny nan nana boss teacher tomorrow tonight back later asap sometime names whatever anything once whenever"
    " lucky biased basic boring cheesy cynical sentimental romantic selfish superstitious nerdy needy spoiled spoilt ignorant traditional conservative pedantic petty lame blunt strange shallow evil mean cold"
    " cheap fussy daft soft greedy vain jaded old-fashioned old-school out childish cruel heartless optimistic pessimistic dramatic gullible impatient lonely"
)


def own_calling(shape: Shape) -> Shape:
    """`shape`, unless it is said in front of it that nobody should say so, or behind it that it is disliked."""

    def read(match: re.Match[str], clause: Clause) -> list[str]:
        found = shape(match, clause)
        if not found or found[0].split()[0].casefold().rstrip(".") in _NO_CALLING:
            return []
        behind = clause.text[match.start("v") + len(found[0]) :] + clause.after
        if _FOR_NOW.search(clause.before + clause.text + clause.after):
            return []
        is_unwanted = _UNWANTED.search(clause.text[: match.start()]) or _DISLIKED.match(behind)
        return [] if is_unwanted else found

    return read
