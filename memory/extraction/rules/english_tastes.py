"""English: food, likes and dislikes, favourites."""

from __future__ import annotations

import re

from memory.extraction.rules import shapes
from memory.extraction.rules.clauses import Clause
from memory.extraction.rules.english_forms import AM, MY, SELF
from memory.extraction.rules.patterns import Pattern, pattern
from memory.extraction.rules.values import thing
from memory.extraction.rules.words import FAVOURITES

_DRINKS = r"(?:coffee|tea|alcohol|beer|wine|milk|soda|cola|espresso|decaf|juice|whisky|whiskey)"
_FOR_A_TIME = r"(?! (?:for|during|over|until|till) (?:lent|ramadan|advent|january|(?:dry|sober) \w+|easter|a (?:day|week|month|while|bit)|the (?:day|week|month)|one (?:day|week|month)|\d+ (?:days|weeks)))"
_NO_MORE = r"(?: any ?more| any longer| these days)"


def _favourite(match: re.Match[str], clause: Clause) -> list[str]:
    if FAVOURITES.get(match["what"].casefold()) == "supports_team":
        return [re.sub(r"^the ", "", value, flags=re.IGNORECASE) for value in shapes.one_thing(match, clause)]
    named = re.match(r"the (?=(?-i:[A-ZÀ-ÞŁŚ\d]))", match["v"], re.IGNORECASE)  # "The Cure"
    title = thing(match["v"][named.end() :]) if named else ""
    value = [named.group() + title] if named and title else shapes.one_thing(match, clause)
    return value if match["what"].casefold() in FAVOURITES else []


def _no_verb(match: re.Match[str], clause: Clause) -> list[str]:
    """Likes and dislikes: things, not people spoken to and not what is only now being done."""
    found = shapes.some_things(match, clause)
    return [
        value
        for value in found
        if not re.match(
            r"(?:to (?:know|be|see|hear|have|get|ask|say|think)|how|when|that|if|(?:the )?(?:option|version|choice|variant|number|draft|answer|idea)(?: (?:[a-z]|\d+|one|two|three))?$|the (?:first|second|third|last|former|latter|other|new|old) (?:one|version|draft|option|answer)|mi |mein\w* |min )\b",
            value,
            re.IGNORECASE,
        )
    ]


TASTES: tuple[Pattern, ...] = (
    pattern("diet", rf"{AM}(?:an? )?(?:strict |mostly |pretty much )?(?P<v>[a-z\-]+)\b(?! (?:food|restaurant|recipe|adjacent|curious|wannabe|sympathi[sz]er|on (?:mon|tues|wednes|thurs|fri|satur|sun|week)|at (?:work|school|heart|home)|when\b|most of|until|before|for (?:january|february|lent|a (?:day|week|month)|the (?:day|week|month))|in (?:theory|spirit|my (?:head|dreams))|half))", shapes.diet),
    pattern("diet", rf"(?:{AM}on (?:a|the)|{SELF}(?:follow|eat|keep)(?: a| an)?) (?:strict )?(?P<v>[a-z\-]+)(?: diet)?\b", shapes.diet),
    pattern("diet", rf"{AM}(?:doing |on |going )(?P<v>keto|low[- ]carb|paleo|carnivore|whole30)\b(?! (?:recipe|ideas?|diets?['’]))", shapes.whole),
    pattern("diet", r"^\W*(?P<v>vegan|vegetarian|pescatarian)s? (?:here|btw|by the way)\b", shapes.diet),
    pattern("diet", rf"{AM}not (?:an? )?(?P<v>[a-z\-]+) (?:any ?more|any longer)", shapes.diet, change="ends"),
    pattern("diet", r"^\W*(?:(?:so|and|but|well|actually|also) )*(?:not (?:an? )?(?P<v>[a-z\-]+) (?:any ?more|any longer|these days))", shapes.diet, change="ends"),
    pattern("diet", r"^\W*(?:(?:so|and|but|well|actually|also) )*no longer (?:an? )?(?P<v>[a-z\-]+)\b", shapes.diet, change="ends"),
    pattern("diet", r"\bi (?:quit|stopped|gave up) being (?:an? )?(?P<v>[a-z\-]+)\b", shapes.diet, change="ends"),
    pattern("diet", rf"{AM}no longer (?:an? )?(?P<v>[a-z\-]+)", shapes.diet, change="ends"),
    pattern("diet", rf"{AM}not (?:an? )?(?:actually )?(?P<v>[a-z\-]+)\b(?! (?:any ?more|any longer))", shapes.diet, change="negates"),
    pattern("diet", r"\bi never was (?:an? )?(?P<v>[a-z\-]+)\b", shapes.diet, change="negates"),
    pattern("avoids_food", r"\b(?:i|we) (?:don['’]?t|do not|never|can['’]?t|cannot|won['’]?t|avoid|no longer) ?(?:eat|eating)?(?<=eat|ing|oid) (?P<v>(?!(?:before|after|until|till|at|today|tonight|now|much|enough|out|in|on|here|there|like|well|properly|breakfast|lunch|dinner)\b).+)", shapes.some_things),
    pattern("avoids_food", r"\b(?:i|we) (?:can['’]?t|cannot|mustn['’]?t|shouldn['’]?t|don['’]?t) (?:have|do) (?P<v>(?:dairy|gluten|wheat|nuts|peanuts|eggs|shellfish|soy|sugar|caffeine|alcohol|pork|beef|meat|spicy food|lactose)(?:(?:,| or| and) (?:dairy|gluten|wheat|nuts|peanuts|eggs|shellfish|soy|sugar|caffeine|alcohol|pork|beef|meat))*)(?=\s*(?:$|[.,!;]|so\b|and\b|but\b|any ?more\b|because\b))", shapes.listed),
    pattern("favourite_music", r"\bi (?:mostly|mainly|always|usually) listen to (?:a lot of )?(?P<v>(?!(?:my|your|you|him|her|them|podcasts?|the (?:radio|news)|audio ?books?|what|it|this|that|people|music)\b).+)", shapes.some_things),
    pattern("favourite_drink", r"\bi (?:mostly|mainly|usually|always|only) drink (?P<v>(?!(?:it|this|that|them|a lot|too much|when|at|on|in|with|alone|one|two|three|lots?|more|less|enough|plenty|if|to|from|out|my|\w+ly)\b|\d)[\w\- ]{3,30}?)(?= (?:these days|now|and|but|at|in|with|because)\b|\s*(?:$|[.,!;]))", shapes.one_thing),
    pattern("favourite_drink", r"\bmy usual (?:coffee|drink|order)?\s*is (?P<v>.+)", shapes.one_thing),
    pattern("likes", rf"{SELF}(?:like|love|adore|enjoy) (?P<v>(?!you\b|it\b|that\b|this\b|how\b|your\b|the (?:idea|way|sound|look)|what\b|when\b|my (?:wife|husband|kids|mum|mom|dad|job)).+)", _no_verb),
    pattern("likes", rf"{AM}(?:an? )?(?:big |huge |massive )?(?:fan of|into|fond of|obsessed with|crazy about) (?P<v>.+)", _no_verb),
    pattern("dislikes", rf"{SELF}(?:hate|dislike|loathe|detest|despise) (?P<v>(?!it\b|that\b|this\b|you\b|to (?:be|say|ask|bother|admit)\b|when\b|how\b).+)", _no_verb),
    pattern("dislikes", r"\b(?:i|we) (?:can['’]?t stand|cannot stand|(?:really )?(?:don['’]?t|do not) (?:really )?like) (?P<v>(?!it\b|that\b|this\b|you\b|to (?:be|say|ask)\b|when\b|how\b).+)", _no_verb),
    pattern("avoids_food", rf"{SELF}(?:don['’]?t|do not|never) (?:drink|touch) (?P<v>{_DRINKS})\b", shapes.whole),
    pattern("avoids_food", rf"{SELF}(?:no longer|stopped|quit|gave up|have given up)(?: drink(?:ing)?| eat(?:ing)?)? (?P<v>{_DRINKS}|meat|sugar|gluten|dairy|fish|eggs)\b{_FOR_A_TIME}", shapes.whole),
    pattern("avoids_food", r"\bi['’]ve (?:stopped|quit|given up)(?: drinking| eating)? (?P<v>" + _DRINKS + r"|meat|sugar|gluten|dairy|fish|eggs)\b" + _FOR_A_TIME, shapes.whole),
    pattern("likes", rf"{SELF}(?:don['’]?t|do not) (?:drink|eat) (?P<v>[\w\- ]{{3,30}}?){_NO_MORE}", shapes.whole, change="ends"),
    pattern("likes", rf"{SELF}no longer (?:like|drink|eat|enjoy) (?P<v>[\w\- ]{{3,30}}?)(?=\s*(?:$|[.,!;]))", shapes.whole, change="ends"),
    pattern("likes", rf"{SELF}prefer (?P<v>(?!option\b|version\b|choice\b|plan [a-z]\b|the (?:first|second|third|latter|former|other|last)\b|to\b|not\b|if\b|when\b|that\b|it\b|you\b|metric\b|imperial\b|celsius\b|fahrenheit\b|short\b|brief\b|concise\b|long\b|detailed\b)[\w\-' ]+?)(?: (?:to|over) [\w\-' ]+)?(?: now| these days)?(?=\s*(?:$|[.,!;]))", shapes.whole),
    pattern("dislikes", rf"{AM}(?:a bit |really |very |terribly )?(?:afraid|scared|terrified) of (?P<v>(?!losing\b|being\b|that\b|what\b|the future\b).+)", shapes.some_things),
    pattern("diet", r"\bi(?:['’]ve| have) been (?:an? )?(?P<v>[a-z\-]+)(?= since\b| for (?:\d|an?|two|three|four|five|six|seven|eight|nine|ten|many|years)\b|\s*(?:$|[.,!;]))", shapes.diet, is_dated=True),
    *(
        pattern(
            predicate,
            rf"{MY}(?:all[- ]time )?(?:favou?rite|fave|fav) (?P<what>{re.escape(what)})s?(?:['’]s| is| are)(?: definitely| probably)? (?P<v>.+)",
            _favourite,
        )
        for what, predicate in FAVOURITES.items()
    ),
    *(
        pattern(
            predicate,
            rf"^\W*(?:and |also )?(?:all[- ]time )?(?:favou?rite|fave|fav) (?P<what>{re.escape(what)})s?(?: is| are|:)? (?P<v>(?!(?:is|are|such|so|a|an|hard|subjective|always|usually|whatever|different|impossible|not|what|which|to|of|for|in|on)\b)[\w'’\-]+(?: [\w'’\-]+){{0,3}})\W*$",
            _favourite,
        )
        for what, predicate in FAVOURITES.items()
        if what in ("colour", "color", "food", "film", "movie", "book", "band", "drink", "team", "series", "song")
    ),
)  # fmt: skip
