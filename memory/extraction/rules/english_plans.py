"""English: journeys, appointments, what is due and other plans with a day."""

from __future__ import annotations

import re

from memory.extraction.rules import shapes
from memory.extraction.rules.clauses import Clause
from memory.extraction.rules.english_forms import ADVERBS, AM, HAVE, MY, SELF, UPPER
from memory.extraction.rules.patterns import Pattern, pattern
from memory.extraction.rules.values import thing

_WHEN_EN = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?|January|February|March|April|May|June|July|August|September|October|November|December"
_AHEAD = r"\b(?=\s*(?:$|[.,!;])|\s+(?:(?:in|on|at|next|this|with|for|from|again|together|tomorrow|and|because|before|after|over)\b))"
_HAVE = rf"\b(?:i|we)(?:['’]?ve(?: got)?| have(?: got)?| got) {ADVERBS}"
_SURGERY = r"(?:surgery|operation|check-?up|scan|interview|job interview|hearing|biopsy|baby scan)"
_VISIT = r"(?:(?:dentist|doctor|vet|hairdresser|optician)['’]?s|dentist|doctors?|gp|optician|hairdresser|haircut|physio|vet|mot|hospital|orthodontist|midwife|blood test|check-?up|job interview|interview|driving test|parents['’]? evening)"


def _plan(match: re.Match[str], clause: Clause) -> list[str]:
    """What is planned, without its day."""
    rest = re.split(
        r"\s+(?:in|on|by|before|next|this|from|around|tomorrow|tonight)\b", clause.text[match.start("v") :]
    )[0]
    phrase = thing(rest, most_words=6)
    return [phrase] if len(phrase.split()) > 1 else []


def _move(match: re.Match[str], clause: Clause) -> list[str]:
    """Where somebody is to move: a plan until then."""
    return [f"move to {found}" for found in shapes.place(match, clause)]


def _deed_ahead(match: re.Match[str], clause: Clause) -> list[str]:
    """What is to be done, without the day that may stand behind it: "hike the Rota Vicentina"."""
    del clause
    return [re.sub(rf" (?:on |in |at )?(?:{_WHEN_EN})$", "", match["v"])]


def _own_trip(match: re.Match[str], clause: Clause) -> list[str]:
    """A journey told without "I", where the sentence begins with it."""
    return shapes.place(match, clause) if clause.is_first else []


def _own_visit(match: re.Match[str], clause: Clause) -> list[str]:
    """An appointment told without "I": where the sentence begins with it."""
    return [match["v"].casefold()] if clause.is_first else []


PLANS: tuple[Pattern, ...] = (
    pattern("trip", rf"{MY}(?:flight|train|trip|ferry|holiday|vacation|cruise) to (?P<v>{UPPER}.+?) (?:is|leaves|departs|starts)\b", shapes.place_within, lean="future", needs_date=True),
    pattern("trip", rf"(?:{AM}|\bi['’]ll be |\bwe['’]ll be )(?:flying|travelling|traveling|going|off|heading|driving|sailing|cycling|driving up|driving down|(?:going|off|away) on (?:holiday|vacation|a (?:trip|cruise|break)|our honeymoon))(?: out| over| back| up| down| home)? to (?P<v>.+)", shapes.place, lean="future", needs_date=True),
    pattern("trip", rf"{HAVE}(?:booked )?(?:a |an |our |my )?(?:trip|flights?|holiday|vacation|journey|(?:flight|train|plane|ferry|bus|coach) tickets?)(?: booked)? to (?P<v>.+)", shapes.place, lean="future", needs_date=True),
    pattern("appointment", rf"{_HAVE}(?:the |my )(?P<v>dentist|doctor|vet|optician|hairdresser|orthodontist|dermatologist|physio|hygienist|midwife|gynae\w*|gp)(?= (?:on|at|tomorrow|next|this)\b)", shapes.whole, lean="future", needs_date=True),
    pattern("appointment", rf"{_HAVE}(?:an? |my |the )?(?P<v>(?:[\w'’\-]+ ){{0,3}}(?:appointment|interview|check-?up|consultation|surgery|operation|scan|viewing|root canal))\b", shapes.whole, lean="future", needs_date=True),
    pattern("appointment", rf"{MY}(?P<v>(?:[\w'’\-]+ ){{0,3}}(?:appointment|interview|check-?up|consultation|surgery|operation|scan|viewing)(?: (?:at|with) {UPPER}[\w'’\-]+)?) is\b", shapes.whole, lean="future", needs_date=True),
    pattern("deadline", r"^\W*(?:(?:and|so|but|ugh|btw) )*(?P<v>(?!(?:the|my|our|his|her|their|your)\b)(?:[\w\-]+ ){0,2}?(?:essay|thesis|coursework|paper|report|assignment|application|dissertation|homework|project|tax return|manuscript|invoice|rent)) (?:is |are )?due\b", shapes.whole, lean="future", needs_date=True),
    pattern("deadline", rf"{MY}(?P<v>(?:[\w\-]+ ){{0,3}}(?:essay|thesis|coursework|paper|report|assignment|application|dissertation|homework|project|tax return|manuscript)) is due\b", shapes.whole, lean="future", needs_date=True),
    pattern("plans_to", rf"(?:{AM}|\bi['’]ll be )(?:running|hosting|giving|attending|performing at|playing at|speaking at|starting|getting(?! (?:married\b|engaged\b|divorced\b|ready\b|better\b|old\w*\b|tired\b|up\b|used\b|there\b|on\b|into\b|my hair\b))) (?P<v>.+)", shapes.one_thing, lean="future", needs_date=True),
    pattern("plans_to", rf"(?:{AM}(?:going to |gonna |off to )|{SELF}(?:will |['’]ll )|\b(?:i|we)['’]ll )(?P<v>(?:hike|walk|climb|cycle|bike|ride|run|sail|row|kayak|paddle|ski|swim|trek|drive|cross|visit|tour) (?:along )?(?:the |part of the |all of the )?{UPPER}[\w'’\-]+(?: (?:(?:of|de|del|da|do|la|the|di) ){{0,2}}{UPPER}[\w'’\-]+){{0,4}}){_AHEAD}", _deed_ahead, lean="future", needs_date=True),
    pattern("plans_to", rf"{AM}(?P<v>(?:hiking|walking|climbing|cycling|biking|sailing|kayaking|skiing|trekking|crossing) (?:along )?(?:the |part of the |all of the ){UPPER}[\w'’\-]+(?: (?:(?:of|de|del|da|do|la|the|di) ){{0,2}}{UPPER}[\w'’\-]+){{0,4}}){_AHEAD}", _deed_ahead, lean="future", needs_date=True),
    pattern("trip", rf"^\W*(?:(?:and|so|our|my|family|big|next) )*(?:holiday|vacation|trip|flight|city break|weekend|honeymoon|road trip|flying|travelling|traveling|heading|driving|sailing|(?:flights?|train|plane|ferry|bus|coach) tickets? booked)(?: out| over| back| up| down| home| off)? (?:to|in) (?P<v>{UPPER}.+)", _own_trip, lean="future", needs_date=True),
    pattern("plans_to", rf"(?:{AM}|\bi['’]ll be )moving to (?P<v>{UPPER}.+)", _move, lean="future", needs_date=True),
    pattern("plans_to", rf"{AM}(?:getting|going to get) married (?P<v>)on\b", shapes.const("get married"), lean="future", needs_date=True),
    pattern("appointment", rf"^\W*(?:(?:and|so|ugh|also|i['’]?ve got|i have|got|a|my) )*(?!.*\b(?:was|were|said|told)\b)(?P<v>{_VISIT}(?: appointment)?)(?: is| are|['’]s)?(?: (?:booked|scheduled)(?: in)?(?: for)?)? (?:on|at|(?:the )?\d|tomorrow|next|this|mon|tues|wednes|thurs|fri|satur|sun)", _own_visit, lean="future", needs_date=True),
    pattern("trip", rf"(?:{AM}planning|{SELF}(?:plan|planned)) (?:an? |our |my |the )?(?:trip|journey|holiday|vacation|weekend|tour|cruise) (?:to|in) (?P<v>.+)", shapes.place, lean="future", needs_date=True),
    pattern("trip", rf"(?:{AM}planning (?:on going|to (?:go|travel|fly|drive|sail))|{SELF}(?:plan|intend) to (?:go|travel|fly|drive|sail)) to (?P<v>.+)", shapes.place, lean="future", needs_date=True),
    pattern("appointment", rf"{_HAVE}(?:an? |my |the |another )?(?P<v>(?:[\w\-]+ ){{0,2}}(?:exam|test|meeting|presentation|recital|audition|rehearsal|race|match|hearing|driving test|defence|defense|concert|wedding|ceremony)(?: in [\w\-]+)?)\b", shapes.whole, lean="future", needs_date=True),
    pattern("appointment", rf"{MY}(?P<v>(?:[\w\-]+ ){{0,2}}(?:exam|test|meeting|presentation|recital|audition|race|match|hearing|driving test|defence|defense|wedding|concert)(?: (?:in|with|for) [\w\-]+(?: [\w\-]+)?)?) is (?:on|in|at|next|this|tomorrow)\b", shapes.whole, lean="future", needs_date=True),
    pattern("deadline", rf"{SELF}(?:need|have|must|['’]ve got) (?:to )?(?:finish|submit|hand in|deliver|send|file|complete) (?:my |our |the )?(?P<v>[\w\- ]{{3,40}}?) (?:by|before|until) ", shapes.whole, lean="future", needs_date=True),
    pattern("deadline", rf"{MY}(?:deadline) for (?:the |my )?(?P<v>[\w\- ]{{3,40}}?) is\b", shapes.whole, lean="future", needs_date=True),
    pattern("trip", rf"{SELF}(?:fly|travel|leave|go) (?:back )?to (?P<v>{UPPER}.+)", shapes.place, lean="future", needs_date=True),
    pattern("trip", rf"\b(?:i|we)['’]ll be in (?P<v>{UPPER}.+)", shapes.place, lean="future", needs_date=True),
    pattern("plans_to", rf"(?:{AM}planning|{SELF}(?:plan|intend)) to (?P<v>(?!(?:go|travel|fly|drive|sail) to\b).+)", _plan, lean="future", needs_date=True),
    pattern("appointment", rf"(?:{AM}having |{_HAVE})(?:an? )?(?P<v>{_SURGERY})\b", shapes.whole, lean="future", needs_date=True),
    pattern("appointment", r"\b(?:the|our) (?P<v>wedding|christening|funeral|housewarming|graduation|move) is (?:on|in|at|next|this|tomorrow)\b", shapes.whole, lean="future", needs_date=True),
    pattern("deadline", r"\b(?:the|our) (?P<v>(?:[\w\-]+ ){0,2}(?:essay|thesis|paper|report|assignment|application|dissertation|proposal|manuscript|tax return)) (?:is|are) due\b", shapes.whole, lean="future", needs_date=True),
)  # fmt: skip
