"""English: health, food, tastes, plans, and how to answer."""

from __future__ import annotations

import re

from memory.extraction.rules import shapes
from memory.extraction.rules.clauses import Clause
from memory.extraction.rules.english_forms import AM, HAVE, MY, SELF
from memory.extraction.rules.patterns import Pattern, pattern
from memory.extraction.rules.values import tidy
from memory.extraction.rules.words import FAVOURITES


def _favourite(match: re.Match[str], clause: Clause) -> list[str]:
    value = shapes.one_thing(match, clause)
    return value if match["what"].casefold() in FAVOURITES else []


def _no_verb(match: re.Match[str], clause: Clause) -> list[str]:
    """Likes and dislikes: things, not people spoken to and not what is only now being done."""
    found = shapes.some_things(match, clause)
    return [
        value
        for value in found
        if not re.match(r"(?:to (?:know|be|see|hear|have|get|ask|say|think)|how|when|that|if)\b", value, re.IGNORECASE)
    ]


def _short_style(match: re.Match[str], clause: Clause) -> list[str]:
    value = re.sub(
        r"\s*(?:from now on|from here on|going forward|in future|please|pls|thanks|thx|ok(?:ay)?|with me|to me|when you (?:can|answer)|every time|always).*$",
        "",
        match["v"],
        flags=re.IGNORECASE,
    )
    value = tidy(value)
    return [value] if value and len(value.split()) <= 10 else []


_INSTRUCT = r"(?:^|[,.!;]|\b(?:and|but|so|please|pls|always|now|then|also|just)\b)\s*(?:(?:please|pls|always|could you|can you|from now on|and|but|just|now|also|going forward|in future),? )*"


HABITS: tuple[Pattern, ...] = (
    # health and food
    pattern("owns", rf"{SELF}own (?:an? |two |three )(?P<v>.+)", shapes.one_thing),
    pattern(
        "gym",
        rf"{SELF}(?:go to the gym|train|work out) at (?P<v>(?-i:[A-ZÀ-ÞŁŚ]).+?)(?= on | every | at | twice | with |$)",
        shapes.whole,
    ),
    pattern(
        "allergic_to",
        rf"(?:{AM}|^\W*(?:(?:and|also|but|plus) )*)(?:badly |severely |deathly |very |highly |mildly |terribly |super )?allergic to (?P<v>(?!(?:mon|tues|wednes|thurs|fri)days?\b|work\b|exercise\b|mornings\b|you\b).+)",
        shapes.some_things,
    ),
    pattern(
        "allergic_to",
        rf"{HAVE}(?:an? )?(?:bad |severe |mild )?(?P<v>[\w\-]+(?: [\w\-]+)?) allerg(?:y|ies)\b",
        shapes.whole,
    ),
    pattern("allergic_to", rf"{AM}(?P<v>[\w\-]+)[ -]intolerant\b", shapes.whole),
    pattern("allergic_to", rf"{AM}intolerant to (?P<v>.+)", shapes.some_things),
    pattern(
        "has_condition",
        rf"{HAVE}(?:been diagnosed with )?(?P<v>(?:type [12] )?(?:diabetes|asthma|epilepsy|migraines?|coeliac disease|celiac disease|crohn['’]s(?: disease)?|adhd|autism|arthritis|anxiety|depression|bipolar disorder|hypertension|high blood pressure|endometriosis|psoriasis|eczema|ms|fibromyalgia|insomnia|tinnitus|dyslexia))\b",
        shapes.whole,
    ),
    pattern("has_condition", r"\bi(?: was|['’]ve been) diagnosed with (?P<v>.+)", shapes.one_thing, is_dated=True),
    pattern(
        "has_condition",
        rf"{AM}(?:an? )?(?P<v>diabetic|asthmatic|epileptic|autistic|coeliac|celiac|dyslexic|deaf|blind|colou?r[ -]?blind)\b",
        shapes.whole,
    ),
    pattern(
        "takes_medication",
        rf"(?:{SELF}take|{AM}taking|{AM}on) (?P<v>[a-z]{{5,}})(?: \d+ ?mg)(?: (?:every day|daily|each|once|twice|at|in))?",
        shapes.whole,
    ),
    pattern(
        "takes_medication",
        rf"(?:{SELF}take|{AM}taking) (?P<v>[a-z]{{4,}}(?:in|ol|ine|ide|ate|one|pril|pam|mab|statin|formin|cillin))\b(?: every day| daily| once| twice| for my)",
        shapes.whole,
    ),
    pattern(
        "takes_medication",
        rf"(?:{SELF}take|{AM}taking|{AM}on) (?P<v>(?-i:[A-Z])[\w\-]+(?: \d+ ?mg)?)(?: \d+ ?mg)? (?:for my|every|daily|each|once|twice)",
        shapes.whole,
    ),
    pattern("smokes", r"\bi smoke(?: \d+ a day| cigarettes)?(?=\s*(?:$|[.,!]))", shapes.const("yes")),
    pattern(
        "smokes",
        r"\bi(?:['’]ve| have)? (?:just )?(?:quit|stopped|given up|gave up) smoking\b",
        shapes.const("yes"),
        change="ends",
        is_dated=True,
    ),
    pattern(
        "diet",
        rf"{AM}(?:an? )?(?:strict |mostly |pretty much )?(?P<v>[a-z\-]+)\b(?! (?:food|restaurant|recipe))",
        shapes.diet,
    ),
    pattern(
        "diet",
        rf"(?:{AM}on (?:a|the)|{SELF}(?:follow|eat|keep)(?: a| an)?) (?:strict )?(?P<v>[a-z\-]+)(?: diet)?\b",
        shapes.diet,
    ),
    pattern("diet", r"^\W*(?P<v>vegan|vegetarian|pescatarian)s? (?:here|btw|by the way)\b", shapes.diet),
    pattern("diet", rf"{AM}not (?:an? )?(?P<v>[a-z\-]+) (?:any ?more|any longer)", shapes.diet, change="ends"),
    pattern("diet", rf"{AM}no longer (?:an? )?(?P<v>[a-z\-]+)", shapes.diet, change="ends"),
    pattern(
        "diet",
        rf"{AM}not (?:an? )?(?:actually )?(?P<v>[a-z\-]+)\b(?! (?:any ?more|any longer))",
        shapes.diet,
        change="negates",
    ),
    pattern("diet", r"\bi never was (?:an? )?(?P<v>[a-z\-]+)\b", shapes.diet, change="negates"),
    pattern(
        "avoids_food",
        r"\b(?:i|we) (?:don['’]?t|do not|never|can['’]?t|cannot|won['’]?t|avoid|no longer) ?(?:eat|eating)?(?<=eat|ing|oid) (?P<v>.+)",
        shapes.some_things,
    ),
    pattern("favourite_drink", r"\bmy usual (?:coffee|drink|order)?\s*is (?P<v>.+)", shapes.one_thing),
    # tastes
    pattern(
        "likes",
        rf"{SELF}(?:like|love|adore|enjoy) (?P<v>(?!you\b|it\b|that\b|this\b|how\b|your\b|the (?:idea|way|sound|look)|what\b|when\b|my (?:wife|husband|kids|mum|mom|dad|job)).+)",
        _no_verb,
    ),
    pattern(
        "likes",
        rf"{AM}(?:an? )?(?:big |huge |massive )?(?:fan of|into|fond of|obsessed with|crazy about) (?P<v>.+)",
        _no_verb,
    ),
    pattern(
        "dislikes",
        rf"{SELF}(?:hate|dislike|loathe|detest|despise) (?P<v>(?!it\b|that\b|this\b|you\b|to (?:be|say|ask|bother|admit)\b|when\b|how\b).+)",
        _no_verb,
    ),
    pattern(
        "dislikes",
        r"\b(?:i|we) (?:can['’]?t stand|cannot stand|(?:really )?(?:don['’]?t|do not) (?:really )?like) (?P<v>(?!it\b|that\b|this\b|you\b|to (?:be|say|ask)\b|when\b|how\b).+)",
        _no_verb,
    ),
    pattern("hobby", rf"{MY}(?:hobby|hobbies|pastime)(?: is| are) (?P<v>.+)", shapes.some_things),
    pattern("sport", rf"{SELF}play (?P<v>[a-z\-]+)\b", shapes.sport),
    pattern("plays_instrument", rf"{SELF}play (?:the |a bit of |some )?(?P<v>[a-z\-]+)\b", shapes.instrument),
    pattern("supports_team", rf"{SELF}support (?P<v>(?-i:[A-ZÀ-ÞŁŚ]).+)", shapes.name),
    *(
        pattern(
            predicate,
            rf"{MY}(?:all[- ]time )?favou?rite (?P<what>{re.escape(what)})s?(?:['’]s| is| are)(?: definitely| probably)? (?P<v>.+)",
            _favourite,
        )
        for what, predicate in FAVOURITES.items()
    ),
    pattern("reading", rf"(?:{AM}|^\W*)(?:currently |now )?reading (?P<v>(?-i:[A-ZÀ-ÞŁŚ]).+)", shapes.one_thing),
    pattern("drives", rf"{SELF}drive (?:an? |the )(?P<v>(?!lot\b|bit\b|bus\b).+)", shapes.one_thing),
    pattern(
        "drives",
        rf"{MY}(?:car|truck|van|motorbike|ride) is (?:an? )?(?P<v>(?:\d{{4}} )?(?-i:[A-ZÀ-ÞŁŚ]).+)",
        shapes.one_thing,
    ),
    pattern(
        "religion",
        rf"{AM}(?:an? )?(?:practising |practicing |devout |lapsed )?(?P<v>[a-z]+)\b(?=\s*(?:$|[.,!;]|and\b|but\b))",
        shapes.faith,
    ),
    # plans
    pattern(
        "trip",
        rf"(?:{AM}|\bi['’]ll be |\bwe['’]ll be )(?:flying|travelling|traveling|going|off|heading|driving|sailing|cycling|driving up|driving down)(?: out| over| back| up| down)? to (?P<v>.+)",
        shapes.place,
        lean="future",
        needs_date=True,
    ),
    pattern(
        "trip",
        rf"{HAVE}(?:booked )?(?:a |an |our |my )?(?:trip|flight|holiday|vacation|journey)(?: booked)? to (?P<v>.+)",
        shapes.place,
        lean="future",
        needs_date=True,
    ),
    pattern(
        "appointment",
        rf"{HAVE}(?:an? |my |the )?(?P<v>(?:[\w\-]+ ){{0,3}}(?:appointment|interview|check-?up|consultation|surgery|operation|scan|viewing|root canal))\b",
        shapes.whole,
        lean="future",
        needs_date=True,
    ),
    pattern(
        "appointment",
        rf"{MY}(?P<v>(?:[\w\-]+ ){{0,3}}(?:appointment|interview|check-?up|consultation|surgery|operation|scan|viewing)) is\b",
        shapes.whole,
        lean="future",
        needs_date=True,
    ),
    pattern(
        "deadline",
        rf"{MY}(?P<v>(?:[\w\-]+ ){{0,3}}(?:essay|thesis|paper|report|assignment|application|dissertation|homework|project|tax return|manuscript)) is due\b",
        shapes.whole,
        lean="future",
        needs_date=True,
    ),
    pattern(
        "plans_to",
        rf"(?:{AM}|\bi['’]ll be )(?:running|hosting|giving|attending|performing at|playing at|moving to|starting|speaking at|getting) (?P<v>.+)",
        shapes.one_thing,
        lean="future",
        needs_date=True,
    ),
    # how to answer
    pattern(
        "answer_language",
        rf"{_INSTRUCT}(?:answer|reply|respond|speak|write|talk)(?: to me| me)?(?: always| only)? in (?P<v>[a-z]+)",
        shapes.one_language,
    ),
    pattern(
        "answer_length",
        rf"{_INSTRUCT}(?:keep|make)(?: it| your (?:answers?|repl(?:y|ies)|responses?)| answers?| replies| responses| things)?(?: always)? (?P<v>short|brief|concise|long|detailed)\b",
        shapes.whole,
    ),
    pattern(
        "answer_length",
        rf"{_INSTRUCT}(?:give me|i (?:prefer|want|like)) (?P<v>short|brief|concise|long|detailed) (?:answers|replies|responses)",
        shapes.whole,
    ),
    pattern(
        "units",
        rf"{_INSTRUCT}(?:use|stick to|give me) (?P<v>metric|imperial|celsius|fahrenheit|kilomet(?:re|er)s|miles|euros?|pounds|dollars|kilos)(?: units| please|$|\s)",
        shapes.whole,
    ),
    pattern(
        "answer_style",
        rf"{_INSTRUCT}(?:always |only )?(?:answer|reply|respond|write|explain)(?: to me| me| things)?(?: always| only)? (?:in|with|using|as) (?P<v>(?!(?:english|german|french|spanish|norwegian|\w+ese|\w+ish)\b).+)",
        _short_style,
    ),
    pattern(
        "avoid_topic",
        rf"{_INSTRUCT}(?:never|don['’]?t|do not)(?: ever)? (?:mention|bring up|talk about|bring) (?P<v>.+?)(?: up)?(?: again| ever again| anymore| any more|$)",
        _short_style,
    ),
)
