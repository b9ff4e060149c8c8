"""English: what people learn, aim at and do as a rule, and where they have been."""

from __future__ import annotations

import re

from memory.extraction.rules import shapes
from memory.extraction.rules.clauses import Clause
from memory.extraction.rules.english_forms import AM, I_DID, MY, SELF, UPPER, WE_DID
from memory.extraction.rules.patterns import Pattern, pattern
from memory.extraction.rules.teams import is_team
from memory.extraction.rules.values import thing

_EVERY = r"(?:every|each) (?:single )?(?:other )?(?:morning|evening|night|day|week|weekend|weekday|mondays?|tuesdays?|wednesdays?|thursdays?|fridays?|saturdays?|sundays?)"
_ON_DAYS = r"on (?:mondays|tuesdays|wednesdays|thursdays|fridays|saturdays|sundays|weekends|weekdays)"
_NOT_NOW = r"(?!to (?:know|say|ask|see|tell|hear|thank|apologi[sz]e|go (?:home|to (?:bed|sleep)))\b|you\b|it\b|that\b|this\b|some\b|help\b|a (?:break|nap|moment)\b)"


def _routine(match: re.Match[str], clause: Clause) -> list[str]:
    """The habit with its day, as said: "go running every morning"."""
    del clause
    value = " ".join(match["v"].split()).strip(" ,.;!")
    value = re.sub(r"^(?:i|we) ", "", value, flags=re.IGNORECASE)
    return [value] if 2 <= len(value.split()) <= 12 and not _OF_HEALTH.search(value) else []


# What needs leave to be kept is no mere habit.
_OF_HEALTH = re.compile(
    r"\b\d+ ?(?:mg|ml|mcg|µg|units)\b|\b(?:pills?|tablets?|medications?|meds|medicines?|insulin|antidepressants?|inhalers?|injections?|therapy|therapist|dialysis|chemo\w*|psycholog\w+|psychiatr\w+|counsell?\w+|rehab|aa meetings?)\b",
    re.IGNORECASE,
)


def _aim(match: re.Match[str], clause: Clause) -> list[str]:
    """What somebody aims at, when it is more than a word or two and not what they want of this answer."""
    found = shapes.one_thing(match, clause)
    return [value for value in found if len(value.split()) >= 2]


def _title(match: re.Match[str], clause: Clause) -> list[str]:
    """The title of a book, with its article."""
    del clause
    article = re.match(r"(?:The|A|An) ", match["v"])
    phrase = thing(match["v"][article.end() :] if article else match["v"])
    return [(article.group() if article else "") + phrase] if phrase else []


def _deed(match: re.Match[str], clause: Clause) -> list[str]:
    """What is to be done, to the end of the thought: "run a marathon under four hours"."""
    del clause
    phrase = thing(match["v"], most_words=8)
    return [phrase] if len(phrase.split()) > 1 else []


# What somebody who says "I can …" of it knows how to do.
_CAN = (
    "juggle|knit|crochet|sew|weld|yodel|touch[- ]type|ski|snowboard|surf|swim|drive|sail|code|draw|ice[- ]skate|skate|solder|read music|ride a (?:horse|bike|motorbike)"
    "|play (?:chess|by ear)|do (?:a handstand|sign language)|fly a plane|drive (?:a )?(?:stick|manual|lorry|truck)|read braille|make pottery|bake bread|fix (?:bikes|cars|engines)"
)


def _team(match: re.Match[str], clause: Clause) -> list[str]:
    """The team of a fan; a fan of something else likes it."""
    del clause
    value = re.sub(r"^the ", "", match["v"], flags=re.IGNORECASE)
    return [value] if is_team(value) or match.group().endswith("supporter") else []


def _no_team(match: re.Match[str], clause: Clause) -> list[str]:
    del clause
    value = match["v"]
    return [] if is_team(value) else [value]


def _learnt(match: re.Match[str], clause: Clause) -> list[str]:
    """What is learnt, less where and with whom: "Italian on Duolingo"."""
    found = shapes.one_thing(match, clause)
    learnt = [
        re.split(r" (?:on|with|at|in|through|via|by|from|online|and how to|and (?:also )?to)\b", value)[0]
        for value in found
    ]
    more = _AND_HOW.match(clause.after) or _AND_HOW.search(match["v"])
    return [*learnt, more["v"]] if learnt and more else learnt


_AND_HOW = re.compile(
    r"\s*\band (?:also )?(?P<v>how to [\w\-]+(?: (?!(?:on|with|at|in|this|next|and)\b)[\w\-]+){0,2})", re.IGNORECASE
)


_DONT = r"\bi (?:don['’]?t|do not) (?:actually |really |even )?"
_AT_ALL = r"(?=\s*(?:$|[.,!;]|(?:at all|and|but|though|either|actually|btw|nor)\b))"

PURSUITS: tuple[Pattern, ...] = (
    pattern("learning", rf"{AM}(?:learning|trying to learn|teaching myself) (?:to speak |how to play |to play )?(?:the )?(?P<v>(?!(?:hard way|ropes|lot|slowly|fast|so much|a lot|more|as i)\b).+)", _learnt),
    pattern("gym", rf"{SELF}(?:go to the gym|train|work out) at (?P<v>(?-i:[A-ZÀ-ÞŁŚ]).+?)(?= on | every | at | twice | with |$)", shapes.whole),
    pattern("hobby", rf"{MY}(?:hobby|hobbies|pastime)(?: is| are) (?P<v>.+)", shapes.some_things),
    pattern("sport", rf"{SELF}play (?P<v>[a-z\-]+)\b", shapes.sport),
    pattern("hobby", rf"{SELF}play (?:a lot of |competitive |online )?(?P<v>[a-z]+)\b", shapes.game),
    pattern("skill", rf"(?<!so\s)(?<!that\s)(?<!where\s)(?<!when\s)(?<!what\s)(?<!which\s)\bi can (?:also |actually )?(?P<v>{_CAN})(?=\s*(?:$|[.,!;]|and\b|but\b))", shapes.whole),
    pattern("plays_instrument", rf"{SELF}play (?:the |a bit of |some |first |second |lead |rhythm |classical |electric |acoustic |jazz )*(?P<v>[a-z\-]+)\b", shapes.instrument),
    pattern("supports_team", rf"{SELF}support (?P<v>(?-i:[A-ZÀ-ÞŁŚ]).+)", shapes.name),
    pattern("supports_team", rf"{SELF}support the (?P<v>{UPPER}[\w'’\-]+(?: {UPPER}[\w'’\-]+){{0,2}})", _team),
    pattern("supports_team", rf"{AM}(?:an? )?(?:(?:huge|big|massive|lifelong|life-long|proud|die-?hard|diehard|long-?suffering|lifetime|real|total) )*(?P<v>(?:the )?{UPPER}[\w'’\-]+(?: {UPPER}[\w'’\-]+){{0,2}}) (?:fan|supporter)\b", _team),
    pattern("likes", rf"{AM}(?:an? )?(?:(?:huge|big|massive|lifelong|life-long|proud|die-?hard|diehard|long-?suffering|lifetime|real|total) )*(?P<v>(?:the )?{UPPER}[\w'’\-]+(?: {UPPER}[\w'’\-]+){{0,2}}) (?:fan|nerd|geek|buff|enthusiast|fanatic)\b", _no_team),
    pattern("reading", rf"{I_DID}(?:started|begun|began) (?:reading|to read) (?P<v>(?-i:[A-ZÀ-ÞŁŚ]).+?)(?= by (?-i:[A-Z])|$)", _title),
    pattern("reading", rf"(?:{AM}|^\W*)(?:currently |now )?reading (?P<v>(?-i:[A-ZÀ-ÞŁŚ]).+?)(?= by (?-i:[A-Z])|$)", _title),
    pattern("member_of", rf"{AM}(?:an? )?(?:member of|in) (?P<v>(?:an? |the )?(?:band|choir|orchestra|book club|chess club|running club|sailing club|rowing club|football team|union|scouts)(?: (?:called|named) .+)?)", shapes.one_thing),
    pattern("learning", r"\bi(?:['’]ve| have) been (?:learning|teaching myself|practising|practicing|studying) (?P<v>(?!a lot\b|about\b|that\b|for\b)[\w\- ]+?)(?= (?:for|since|on|at|with|in)\b|\s*(?:$|[.,!;]))", shapes.whole),
    pattern("learning", rf"(?:{SELF}(?:started|began) (?:learning|to learn)|{AM}(?:teaching myself|taking lessons in)) (?P<v>.+)", shapes.one_thing, is_dated=True),
    pattern("goal", rf"{MY}(?:(?:big|main|current|next|long-term) )?(?:goal|dream|aim|ambition|resolution)(?: (?:for|this) [\w ]+?)?(?: is|['’]s) (?:to )?(?P<v>.+)", _aim),
    pattern("goal", rf"{AM}(?:training|practising|practicing) for (?:the )?(?P<v>.+?)(?= (?:on|in|next|this) |\s*$)", shapes.caught_thing),
    pattern("goal", rf"{SELF}(?:want|hope|would love|['’]d love) to (?P<v>{_NOT_NOW}(?:run|learn|write|lose|climb|visit|become|start|finish|publish|build|quit|walk|sail|move to|open|save|read|swim|cycle) .+?)(?: (?:this|next) (?:year|month|summer|winter|spring|autumn)| one day| some ?day| by .+)", _aim),
    pattern("saves_for", rf"{AM}saving(?: up)?(?: money)? for (?P<v>(?!(?:later|now|it|this|that|the future)\b).+)", shapes.one_thing),
    pattern("routine", rf"(?P<v>{SELF}(?:go|meet|call|visit|swim|run|walk|cycle|do|practi[sc]e|cook|bake|volunteer|train|teach|take) [^,.;!?]{{0,60}}?(?:{_EVERY}|{_ON_DAYS}(?:(?:, | and |, and )(?:on )?(?:mondays|tuesdays|wednesdays|thursdays|fridays|saturdays|sundays))*))", _routine),
    pattern("wakes_at", rf"{SELF}go to (?:bed|sleep) (?:at|around|about) [\w:]{{1,12}}(?: \w{{1,8}}){{0,2}} and (?:get up|wake up|wake|rise) (?:at|around|about) (?P<v>(?:half past |quarter (?:to|past) )?(?:\d{{1,2}}(?:[:.]\d\d)?(?: ?[ap]\.?m\.?)?|five|six|seven|eight|nine|ten))\b", shapes.whole),
    pattern("wakes_at", rf"{SELF}(?:get up|wake up|wake) (?:at|around|about) (?P<v>(?:half past |quarter (?:to|past) )?(?:\d{{1,2}}(?:[:.]\d\d)?(?: ?[ap]\.?m\.?)?|five|six|seven|eight|nine|ten))\b", shapes.whole),
    pattern("commute", rf"{SELF}(?:take|catch|commute by|go by|ride) (?:the |my )?(?P<v>bus|train|tram|metro|subway|ferry|bike|car|underground|tube) to (?:work|the office|uni|university|school)\b", shapes.whole),
    pattern("commute", rf"{MY}commute (?:is|takes) (?:about |around |roughly |only |just )?(?P<v>(?:\d+|an?|half an|two) (?:minutes?|mins?|hours?)(?: (?:by|on the) (?:bus|train|tram|metro|subway|ferry|bike|car|tube))?)", shapes.whole),
    pattern("commute", rf"{SELF}commute by (?P<v>bus|train|tram|metro|subway|ferry|bike|bicycle|car|underground|tube)\b", shapes.whole),
    pattern("commute", rf"{SELF}(?P<v>cycle|walk|drive|bike) to (?:work|the office|uni|university|school)\b", shapes.whole),
    pattern("visited", r"\b(?:i|we) (?:visited|travell?ed to|spent (?:a|two|three|\d+) (?:days?|weeks?|months?) in|was in|were in) (?P<v>(?-i:[A-ZÀ-ÞŁŚ]).+)", shapes.place, is_dated=True),
    pattern("achieved", r"\b(?:i|we) (?:just |finally |recently )?(?P<v>(?:finished|completed|ran|won|passed|published|graduated from) (?:my|our|a|the) [\w\- ]{3,40}?)(?= (?:last|yesterday|on|in|this)\b|\s*(?:$|[.,!;]))", shapes.whole, is_dated=True),
    pattern("hobby", rf"{I_DID}(?:taken up|took up|got into|gotten into) (?P<v>(?-i:[a-z])(?!oo much)[\w\- ]{{3,40}}?)(?= (?:last|this|in|recently|again|a few|two|since)\b|\s*(?:$|[.,!;]))", shapes.of_own, is_dated=True),
    pattern("member_of", rf"{AM}an? (?:active |proud )?member of (?:the |an? )?(?P<v>.+)", shapes.one_thing),
    pattern("plays_instrument", rf"{_DONT}play (?:the |an? )?(?P<v>[a-z\-]+){_AT_ALL}", shapes.instrument, change="negates"),
    pattern("plays_instrument", r"\bi (?:have never|never|['’]ve never) (?:played|learn(?:t|ed)) (?:the )?(?P<v>[a-z\-]+)\b", shapes.instrument, change="negates"),
    pattern("plays_instrument", rf"(?:{_DONT}play (?:the )?(?P<v>[a-z\-]+) (?:any ?more|any longer)){_AT_ALL}", shapes.instrument, change="ends"),
    pattern("plays_instrument", rf"\bi no longer play (?:the )?(?P<v>[a-z\-]+){_AT_ALL}", shapes.instrument, change="ends"),
    pattern("sport", rf"{_DONT}play (?P<v>[a-z\-]+){_AT_ALL}", shapes.sport, change="negates"),
    pattern("sport", rf"{_DONT}play (?P<v>[a-z\-]+) (?:any ?more|any longer){_AT_ALL}", shapes.sport, change="ends"),
    pattern("speaks", rf"(?:{_DONT}(?:actually )?|\bi can['’]?t )speak (?:any )?(?P<v>{UPPER}[a-z]+){_AT_ALL}", shapes.one_language, change="negates"),
    pattern("sport", rf"{I_DID}(?:stopped|quit|given up|gave up) playing (?P<v>[a-z\-]+)\b", shapes.sport, change="ends", is_dated=True),
    pattern("plays_instrument", rf"{I_DID}(?:stopped|quit|given up|gave up) playing (?:the )?(?P<v>[a-z\-]+)\b", shapes.instrument, change="ends", is_dated=True),
    pattern("visited", rf"\b(?:{UPPER}[\w'’\-]+|my [\w\-]+(?: {UPPER}[\w'’\-]+)?) and i (?:went|travell?ed|flew|drove|sailed|cycled|hitchhiked) to (?P<v>{UPPER}.+)", shapes.place, is_dated=True),
    pattern("visited", rf"{WE_DID}(?:went|been|travel(?:l)?ed) to (?P<v>{UPPER}.+)", shapes.place, is_dated=True),
    pattern("goal", rf"{SELF}(?:want|hope|would love|['’]d love) to (?P<v>learn how to [\w\- ]{{3,40}}?)(?= (?:one day|some ?day|this|next|before|and|but|because|so)\b|\s*(?:$|[.,!;]))", shapes.whole),
    pattern("goal", rf"{MY}(?:goal|dream|aim|ambition) is to (?P<v>.+)", _deed),
)  # fmt: skip
