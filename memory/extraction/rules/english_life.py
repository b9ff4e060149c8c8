"""English: what people own, use, learn, aim at, do as a rule, and have put behind them."""

from __future__ import annotations

import re

from memory.extraction.rules import shapes
from memory.extraction.rules.clauses import Clause
from memory.extraction.rules.english_forms import AM, HAVE, MY, SELF
from memory.extraction.rules.patterns import Pattern, pattern

_DRINKS = r"(?:coffee|tea|alcohol|beer|wine|milk|soda|cola|espresso|decaf|juice|whisky|whiskey)"
_NO_MORE = r"(?: any ?more| any longer| these days)"
_EVERY = r"(?:every|each) (?:single )?(?:other )?(?:morning|evening|night|day|week|weekend|weekday|mondays?|tuesdays?|wednesdays?|thursdays?|fridays?|saturdays?|sundays?)"
_ON_DAYS = r"on (?:mondays|tuesdays|wednesdays|thursdays|fridays|saturdays|sundays|weekends|weekdays)"
_NOT_NOW = r"(?!to (?:know|say|ask|see|tell|hear|thank|apologi[sz]e|go (?:home|to (?:bed|sleep)))\b|you\b|it\b|that\b|this\b|some\b|help\b|a (?:break|nap|moment)\b)"


def _routine(match: re.Match[str], clause: Clause) -> list[str]:
    """The habit with its day, as said: "go running every morning"."""
    del clause
    value = " ".join(match["v"].split()).strip(" ,.;!")
    value = re.sub(r"^(?:i|we) ", "", value, flags=re.IGNORECASE)
    return [value] if 2 <= len(value.split()) <= 12 else []


def _aim(match: re.Match[str], clause: Clause) -> list[str]:
    """What somebody aims at, when it is more than a word or two and not what they want of this answer."""
    found = shapes.one_thing(match, clause)
    return [value for value in found if len(value.split()) >= 2]


def _capital(match: re.Match[str], clause: Clause) -> list[str]:
    """Things with a name of their own."""
    found = shapes.one_thing(match, clause)
    return [value for value in found if any(word[:1].isupper() or word[:1].isdigit() for word in value.split())]


LIFE: tuple[Pattern, ...] = (
    # food, drink and what was put behind
    pattern("avoids_food", rf"{SELF}(?:don['’]?t|do not|never) (?:drink|touch) (?P<v>{_DRINKS})\b", shapes.whole),
    pattern("avoids_food", rf"{SELF}(?:no longer|stopped|quit|gave up|have given up)(?: drink(?:ing)?| eat(?:ing)?)? (?P<v>{_DRINKS}|meat|sugar|gluten|dairy|fish|eggs)\b", shapes.whole),
    pattern("avoids_food", r"\bi['’]ve (?:stopped|quit|given up)(?: drinking| eating)? (?P<v>" + _DRINKS + r"|meat|sugar|gluten|dairy|fish|eggs)\b", shapes.whole),
    pattern("likes", rf"{SELF}(?:don['’]?t|do not) (?:drink|eat) (?P<v>[\w\- ]{{3,30}}?){_NO_MORE}", shapes.whole, change="ends"),
    pattern("likes", rf"{SELF}no longer (?:like|drink|eat|enjoy) (?P<v>[\w\- ]{{3,30}}?)(?=\s*(?:$|[.,!;]))", shapes.whole, change="ends"),
    pattern("likes", rf"{SELF}prefer (?P<v>(?!option\b|version\b|choice\b|plan [a-z]\b|the (?:first|second|third|latter|former|other|last)\b|to\b|not\b|if\b|when\b|that\b|it\b|you\b|short\b|brief\b|concise\b|long\b|detailed\b)[\w\-' ]+?)(?: (?:to|over) [\w\-' ]+)?(?: now| these days)?(?=\s*(?:$|[.,!;]))", shapes.whole),
    pattern("smokes", r"\bi used to smoke\b", shapes.const("yes"), change="ends"),
    pattern("dislikes", rf"{AM}(?:a bit |really |very |terribly )?(?:afraid|scared|terrified) of (?P<v>(?!losing\b|being\b|that\b|what\b|the future\b).+)", shapes.some_things),
    # health
    pattern("takes_medication", rf"(?:{SELF}take|{AM}taking|{AM}on) (?P<v>[a-z]{{2,}}(?:formin|pril|sartan|statin|cillin|azole|oxetine|aline|thyroxine|prazole|profen|olol|epam|mab))\b", shapes.whole),
    pattern("has_condition", rf"{AM}(?P<v>pregnant|hard of hearing|lactose[- ]intolerant|anaemic|anemic)\b", shapes.whole),
    pattern("injury", r"\bi(?:['’]ve| have)? (?:just )?(?P<v>(?:broke|broken|sprained|twisted|tore|torn|fractured|dislocated) my [\w\- ]{3,20}?)(?= (?:last|yesterday|on|in|while|when|this|two|three|a)\b|\s*(?:$|[.,!;]))", shapes.whole, is_dated=True),
    # things
    pattern("uses_software", rf"{SELF}use (?P<v>(?-i:[A-Z])[\w+.#\-]*(?: (?-i:[A-Z])[\w+.#\-]*)*)(?= (?:at work|at home|for|on my|every day|as my)\b|\s*(?:$|[.,!;]))", shapes.whole),
    pattern("uses_device", rf"{HAVE}(?:an? |the )?(?:new |old )?(?P<v>(?-i:(?:MacBook|iPhone|iPad|iMac|ThinkPad|Chromebook|Kindle|Pixel|Galaxy|PlayStation|Xbox|Nintendo Switch|Steam Deck|Apple Watch|Garmin|Fitbit)(?: [\w+]+)?))\b", shapes.whole),
    pattern("uses_device", rf"{MY}(?:phone|laptop|computer|tablet|watch|camera) is (?!called\b|named\b)(?:an? )?(?P<v>(?-i:[A-Za-z]).+)", _capital),
    pattern("owns", rf"{MY}(?:bike|bicycle|boat|guitar|piano|violin|tent|canoe|kayak|motorbike|scooter|telescope|sailboat) is (?:called |named )?(?:an? )?(?P<v>(?-i:[A-ZÀ-ÞŁŚ]).+)", shapes.one_thing),
    pattern("owns", rf"{HAVE}(?:an? |my own )(?P<v>(?:[\w\-]+ ){{0,2}}(?:boat|bike|bicycle|piano|guitar|violin|caravan|camper ?van|motorbike|canoe|kayak|telescope|greenhouse|allotment|vineyard|sailboat|cabin|cottage))\b", shapes.whole),
    pattern("subscription", rf"(?:{SELF}subscribe to|{HAVE}an? subscription to) (?P<v>(?-i:[A-Z]).+)", shapes.one_thing),
    pattern("member_of", rf"{AM}(?:an? )?(?:member of|in) (?P<v>(?:an? |the )?(?:band|choir|orchestra|book club|chess club|running club|sailing club|rowing club|football team|union|scouts)(?: (?:called|named) .+)?)", shapes.one_thing),
    # learning and aims
    pattern("learning", r"\bi(?:['’]ve| have) been (?:learning|teaching myself|practising|practicing|studying) (?P<v>(?!a lot\b|about\b|that\b|for\b)[\w\- ]+?)(?= (?:for|since|on|at|with|in)\b|\s*(?:$|[.,!;]))", shapes.whole),
    pattern("learning", rf"(?:{SELF}(?:started|began) (?:learning|to learn)|{AM}(?:teaching myself|taking lessons in)) (?P<v>.+)", shapes.one_thing, is_dated=True),
    pattern("goal", rf"{MY}(?:(?:big|main|current|next|long-term) )?(?:goal|dream|aim|ambition|resolution)(?: (?:for|this) [\w ]+?)? is (?:to )?(?P<v>.+)", _aim),
    pattern("goal", rf"{AM}(?:training|saving up|practising|practicing) for (?P<v>.+)", shapes.one_thing),
    pattern("goal", rf"{SELF}(?:want|hope|would love|['’]d love) to (?P<v>{_NOT_NOW}(?:run|learn|write|lose|climb|visit|become|start|finish|publish|build|quit|walk|sail|move to|open|save|read|swim|cycle) .+?)(?: (?:this|next) (?:year|month|summer|winter|spring|autumn)| one day| some ?day| by .+)", _aim),
    pattern("saves_for", rf"{AM}saving(?: up)?(?: money)? for (?P<v>.+)", shapes.one_thing),
    # plans with a day
    pattern("trip", rf"(?:{AM}planning|{SELF}(?:plan|planned)) (?:an? |our |my |the )?(?:trip|journey|holiday|vacation|weekend|tour|cruise) (?:to|in) (?P<v>.+)", shapes.place, lean="future", needs_date=True),
    pattern("trip", rf"(?:{AM}planning (?:on going|to (?:go|travel|fly|drive|sail))|{SELF}(?:plan|intend) to (?:go|travel|fly|drive|sail)) to (?P<v>.+)", shapes.place, lean="future", needs_date=True),
    pattern("appointment", rf"{HAVE}(?:an? |my |the |another )?(?P<v>(?:[\w\-]+ ){{0,2}}(?:exam|test|meeting|presentation|recital|audition|rehearsal|race|match|hearing|driving test|defence|defense|concert|wedding|ceremony)(?: in [\w\-]+)?)\b", shapes.whole, lean="future", needs_date=True),
    pattern("appointment", rf"{MY}(?P<v>(?:[\w\-]+ ){{0,2}}(?:exam|test|meeting|presentation|recital|audition|race|match|hearing|driving test|defence|defense|wedding|concert)(?: (?:in|with|for) [\w\-]+(?: [\w\-]+)?)?) is (?:on|in|at|next|this|tomorrow)\b", shapes.whole, lean="future", needs_date=True),
    pattern("deadline", rf"{SELF}(?:need|have|must|['’]ve got) (?:to )?(?:finish|submit|hand in|deliver|send|file|complete) (?:my |our |the )?(?P<v>[\w\- ]{{3,40}}?) (?:by|before|until) ", shapes.whole, lean="future", needs_date=True),
    pattern("deadline", rf"{MY}(?:deadline) for (?:the |my )?(?P<v>[\w\- ]{{3,40}}?) is\b", shapes.whole, lean="future", needs_date=True),
    # habits
    pattern("routine", rf"(?P<v>{SELF}(?:go|meet|call|visit|swim|run|walk|cycle|do|practi[sc]e|cook|bake|volunteer|train|teach|take) [^,.;!?]{{0,60}}?(?:{_EVERY}|{_ON_DAYS}(?:(?:, | and |, and )(?:on )?(?:mondays|tuesdays|wednesdays|thursdays|fridays|saturdays|sundays))*))", _routine),
    pattern("wakes_at", rf"{SELF}(?:get up|wake up|wake) (?:at|around|about) (?P<v>(?:half past |quarter (?:to|past) )?(?:\d{{1,2}}(?:[:.]\d\d)?(?: ?[ap]\.?m\.?)?|five|six|seven|eight|nine|ten))\b", shapes.whole),
    pattern("commute", rf"{SELF}(?:take|catch|commute by|go by|ride) (?:the |my )?(?P<v>bus|train|tram|metro|subway|ferry|bike|car|underground|tube) to (?:work|the office|uni|university|school)\b", shapes.whole),
    pattern("commute", rf"{SELF}commute by (?P<v>bus|train|tram|metro|subway|ferry|bike|bicycle|car|underground|tube)\b", shapes.whole),
    pattern("commute", rf"{SELF}(?P<v>cycle|walk|drive|bike) to (?:work|the office|uni|university|school)\b", shapes.whole),
    # what happened
    pattern("visited", r"\b(?:i|we) (?:visited|travell?ed to|spent (?:a|two|three|\d+) (?:days?|weeks?|months?) in|was in|were in) (?P<v>(?-i:[A-ZÀ-ÞŁŚ]).+)", shapes.place, is_dated=True),
    pattern("achieved", r"\b(?:i|we) (?:just |finally |recently )?(?P<v>(?:finished|completed|ran|won|passed|published|graduated from) (?:my|our|a|the) [\w\- ]{3,40}?)(?= (?:last|yesterday|on|in|this)\b|\s*(?:$|[.,!;]))", shapes.whole, is_dated=True),
    # how to answer
    pattern("answer_style", r"\bi (?:prefer|want|like) (?:(?:short|brief|concise|long|detailed) )?(?:answers|replies|responses) (?:with|in|as) (?P<v>bullet points|examples|plain words|simple words|tables|lists)\b", shapes.whole),
)  # fmt: skip
