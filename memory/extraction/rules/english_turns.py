"""English: turning points (a job, a wedding, a move begins or ends), the body, money, papers, ways to reach somebody, and how to be answered."""

from __future__ import annotations

import re

from memory.extraction.rules import shapes
from memory.extraction.rules.clauses import Clause
from memory.extraction.rules.english_forms import AM, HAVE, MY, OLDER, SELF
from memory.extraction.rules.patterns import Pattern, pattern
from memory.extraction.rules.values import thing, tidy

_I = r"\bi(?:['’]ve| have)? (?:just |recently |finally )?"
_WE = r"\b(?:i|we)(?:['’]ve| have)? (?:just |recently |finally )?"
_UP = r"(?-i:[A-ZÀ-ÞŁŚ])"
_HALT = r"(?=\s*(?:$|[.,!;)]|\band\b|\bbut\b|\bso\b|\bsince\b|\bnow\b))"
_PLACE_OF_WORK = r"(?:hospital|school|kindergarten|nursery|university|library|bank|bakery|café|cafe|restaurant|hotel|museum|pharmacy|clinic|law firm|start-?up|brewery|farm|factory|garage|supermarket|gym|shipyard|newspaper|care home)"
_TECH = r"(?:Python|Rust|Go|Java|JavaScript|TypeScript|Ruby|Kotlin|Swift|Scala|Haskell|Elixir|Julia|Perl|PHP|R|C|C\+\+|C#|Lua|Zig|OCaml|Clojure|SQL|Bash)(?![\w+#])"
_VEHICLE = r"(?:car|bike|bicycle|boat|motorbike|van|house|flat|apartment|cabin|caravan|piano|guitar|laptop|phone|camera|kayak|sofa|scooter|tractor)"
_SURGERY = r"(?:surgery|an operation|a check-?up|a scan|an interview|a job interview|a hearing|a biopsy|a baby scan)"
_WEAR = r"(?:a hearing aid|hearing aids|a pacemaker|an insulin pump)"


def _contact(match: re.Match[str], clause: Clause) -> list[str]:
    """An address or a number as typed, with what follows the comma."""
    text = clause.text[match.start("v") :] + clause.after
    found = re.match(r"[^.!?;\n]{5,80}", text)
    value = tidy(re.split(r"\s+(?:and|but|so|if|in case)\s", found.group())[0]) if found else ""
    return [value] if any(char.isdigit() for char in value) else []


def _of_own(match: re.Match[str], clause: Clause) -> list[str]:
    """What one does or has, if it takes no more than a few words: "pottery", "cold-water swimming"."""
    del clause
    value = tidy(match["v"])
    return (
        [value]
        if 1 <= len(value.split()) <= 4 and value.split()[0].casefold() not in ("it", "that", "this", "the")
        else []
    )


def _running(match: re.Match[str], clause: Clause) -> list[str]:
    """The trade of somebody who has a business of their own."""
    found = _of_own(match, clause)
    return [f"runs a {value}" for value in found]


def _deed(match: re.Match[str], clause: Clause) -> list[str]:
    """What is to be done, to the end of the thought: "run a marathon under four hours"."""
    del clause
    phrase = thing(match["v"], most_words=8)
    return [phrase] if len(phrase.split()) > 1 else []


def _plan(match: re.Match[str], clause: Clause) -> list[str]:
    """What is planned, without its day."""
    rest = re.split(
        r"\s+(?:in|on|by|before|next|this|from|around|tomorrow|tonight)\b", clause.text[match.start("v") :]
    )[0]
    phrase = thing(rest, most_words=6)
    return [phrase] if len(phrase.split()) > 1 else []


TURNS: tuple[Pattern, ...] = (
    # work
    pattern("works_at", rf"{SELF}work (?:at|in|for) (?P<v>(?:an? |the )(?:[\w\-]+ ){{0,2}}{_PLACE_OF_WORK})\b", shapes.whole),
    pattern("works_at", rf"(?:{SELF}(?:start|begin)|{AM}starting) (?:an? (?:new )?(?:job|position) )?(?:at|with) (?P<v>{_UP}.+)", shapes.organisation, is_dated=True, lean="future"),
    pattern("works_at", rf"{_I}(?:been hired by|got an? (?:new )?job (?:at|with)|landed an? (?:new )?job (?:at|with)|accepted an offer from) (?P<v>{_UP}.+)", shapes.organisation, is_dated=True),
    pattern("works_at", rf"{_I}(?:quit|left|leaving|resigned from|given up) (?:my job|my post|my position)(?: at| with)? (?P<v>{_UP}.+)", shapes.organisation, change="ends", is_dated=True),
    pattern("works_at", rf"{_I}(?:resigned|retired) from (?P<v>{_UP}.+)", shapes.organisation, change="ends", is_dated=True),
    pattern("works_at", rf"\bi (?:got|was|have been|['’]ve been) (?:laid off|fired|let go|made redundant) (?:from|by|at) (?P<v>{_UP}.+)", shapes.organisation, change="ends", is_dated=True),
    pattern("works_at", rf"{AM}(?:no longer|not) (?:with|employed (?:at|by)) (?P<v>{_UP}.+?)(?: any ?more| any longer)?{_HALT}", shapes.organisation, change="ends"),
    pattern("occupation", rf"{AM}(?P<v>self-employed|freelancing|retired|unemployed|between jobs|on parental leave|on maternity leave|on paternity leave|on sick leave){_HALT}", shapes.whole),
    pattern("occupation", r"\bi (?:just |finally |recently )?(?P<v>retired)(?= (?:last|in|this|two|three|a|\d)|\s*(?:$|[.,!;]))", shapes.whole, is_dated=True),
    pattern("occupation", rf"{_I}(?:got |been |was )?(?:promoted|appointed) (?:to|as) (?P<v>.+)", shapes.one_thing, is_dated=True),
    pattern("occupation", rf"{SELF}(?:run|own) (?:an? |my own )(?P<v>(?:[\w\-]+ ){{0,2}}(?:bakery|café|cafe|restaurant|shop|business|company|farm|salon|studio|consultancy|brewery|hotel|bookshop|garage))\b", _running),
    pattern("work_schedule", rf"{SELF}work (?P<v>nights|night shifts|early shifts|late shifts|shifts|part[- ]time|full[- ]time|(?:from )?\d{{1,2}}(?::\d\d)?(?: ?[ap]m)? ?(?:to|till|until|-|–) ?\d{{1,2}}(?::\d\d)?(?: ?[ap]m)?|four days a week|three days a week)\b", shapes.whole),
    pattern("office", rf"{MY}office is (?:on|in|at) (?P<v>{_UP}.+)", shapes.one_thing),
    pattern("salary", rf"(?:{SELF}(?:earn|make)|{MY}salary is) (?:about |around |roughly )?(?P<v>(?:[€$£]\d[\d.,' ]*k?|\d[\d.,' ]*(?:k\b|(?:k )?(?:euros?|kroner|dollars|pounds|francs|€|\$|£)))(?: (?:a|per) (?:year|month|hour)| an hour)?)", shapes.whole),
    # ties
    pattern("partner", rf"{_I}(?:got engaged to|got married to|married|proposed to|dating|been dating|engaged to) (?P<v>{_UP}.+)", shapes.relative, is_dated=True),
    pattern("partner", rf"{AM}(?:dating|seeing|going out with|engaged to) (?P<v>{_UP}.+)", shapes.relative),
    pattern("partner", rf"{MY}late (?:husband|wife|partner) (?P<v>{_UP}.+)", shapes.relative, change="ends"),
    pattern("relationship_status", rf"{_WE}(?:got |been )?(?P<v>engaged|married|divorced|separated)(?= (?:last|in|on|this|yesterday|two|three|a|to)\b|\s*(?:$|[.,!;]))", shapes.whole, is_dated=True),
    pattern("anniversary", rf"{MY}(?:wedding )?anniversary(?:['’]?s| is)(?: on)? (?P<v>.+)", shapes.day_of_year),
    pattern("child", rf"{HAVE}an? (?:\d{{1,2}}-(?:year|month)-old|newborn|baby|teenage) (?:son|daughter|boy|girl|child)(?: called| named|,)? (?P<v>{_UP}.*)", shapes.relative),
    pattern("due_date", rf"(?:{AM}expecting|{AM}pregnant and due|the baby is due|our baby is due)(?: a baby| our (?:first|second|third)(?: child| baby)?| twins)? (?:in|on) (?P<v>(?:\d{{1,2}}(?:st|nd|rd|th)? )?(?-i:[A-Z])[a-z]+(?: \d{{1,2}}\b)?)", shapes.whole, is_dated=True, lean="future"),
    pattern("lives_with", rf"{SELF}(?:live|share a flat|share a house|share an apartment) with (?:my )?{OLDER}(?:flatmate|roommate|housemate|partner|boyfriend|girlfriend|brother|sister|friend|cousin|son|daughter)s? (?P<v>{_UP}.+)", shapes.relatives),
    # home and money
    pattern("home_address", rf"(?:{MY}(?:home )?address is|{SELF}live at) (?P<v>(?:\d|{_UP}).+)", _contact),
    pattern("landlord", rf"\b(?:i|we) rent (?:it|(?:my|our|the) (?:flat|apartment|house|room|place)) from (?P<v>{_UP}.+)", shapes.relative),
    pattern("rent", rf"(?:{SELF}pay (?P<v>[€$£]?\d[\d.,' ]*(?:k\b)?(?: ?(?:euros?|kroner|dollars|pounds|francs|€|\$|£))?(?: (?:a|per) month)?) (?:in|of|for) rent)", shapes.whole),
    pattern("rent", rf"{MY}rent is (?P<v>[€$£]?\d[\d.,' ]*(?: ?(?:euros?|kroner|dollars|pounds|francs|€|\$|£))?(?: (?:a|per) month)?)", shapes.whole),
    pattern("bank", rf"(?:{SELF}bank with|{MY}bank is) (?P<v>{_UP}.+)", shapes.organisation),
    pattern("phone_number", rf"{MY}(?:phone|mobile|cell|cell ?phone)?(?: number)? ?is (?P<v>\+?\d[\d \-/]{{5,18}}\d)", shapes.whole),
    pattern("email", rf"{MY}(?:private )?e-?mail(?: address)?(?: is|:) (?P<v>[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+)", shapes.whole),
    # body
    pattern("blood_type", rf"{MY}blood (?:type|group) is (?P<v>(?:AB|A|B|O|0)(?: ?[+\-−]| ?(?:rh )?(?:positive|negative|pos|neg))?)", shapes.whole),
    pattern("has_condition", rf"{SELF}(?:wear|have|use) (?P<v>{_WEAR})\b", shapes.whole),
    pattern("takes_medication", rf"(?:{SELF}take|{AM}taking|{AM}on) \d+ ?(?:mg|µg|mcg|ml|units) (?:of )?(?P<v>[A-Za-z]{{4,}})\b", shapes.whole),
    pattern("diet", r"\bi(?:['’]ve| have) been (?:an? )?(?P<v>[a-z\-]+)(?= since\b| for \d|\s*(?:$|[.,!;]))", shapes.diet, is_dated=True),
    pattern("therapist", rf"{MY}(?:therapist|psychologist|counsell?or) is (?:called )?(?P<v>{_UP}.+)", shapes.relative),
    pattern("sexual_orientation", rf"{AM}(?P<v>gay|lesbian|bisexual|bi|pansexual|asexual){_HALT}", shapes.whole),
    pattern("politics", rf"{SELF}(?:vote|voted) (?:for )?(?P<v>(?:the )?{_UP}[\w\-]+(?: {_UP}[\w\-]+)?)", shapes.whole),
    # who somebody is
    pattern("name", rf"{MY}name is (?:spelled|spelt|written) (?P<v>{_UP}[\w'’\-]+)", shapes.name),
    pattern("birthday", r"\bi(?:['’]ll)? (?:turn|be) \d{1,3} on (?P<v>.+)", shapes.day_of_year),
    pattern("born_in", rf"\bi was born (?:on|in) [^,.;]*?\d{{4}},? in (?P<v>{_UP}.+)", shapes.place),
    pattern("grew_up_in", rf"{SELF}(?:grew up|was raised) (?:on|in|at) (?P<v>(?:an? |the )(?:small |tiny |little |old )?(?:farm|village|town|island|suburb|vicarage|houseboat)(?: (?:near|outside|in|on|of) {_UP}[\w'’\-]+)?)", shapes.whole),
    pattern("native_language", rf"\b(?P<v>{_UP}[a-zé]+) is (?:my|our) (?:mother tongue|native language|first language)\b", shapes.one_language),
    # learning and papers
    pattern("degree", rf"{HAVE}(?:an? |my )(?P<v>(?:master['’]?s|bachelor['’]?s|phd|doctorate|degree|diploma|mba)(?: degree)? in [\w\- ]+?)(?= (?:from|at)\b|\s*(?:$|[.,!;]))", shapes.whole),
    pattern("achieved", rf"{_I}(?P<v>graduated from {_UP}[\w'’\-]+(?: {_UP}[\w'’\-]+)*)", shapes.whole, is_dated=True),
    pattern("licence", rf"{HAVE}(?:an? |my )(?P<v>(?:[\w\-]+ )?(?:licence|license|diving certificate|first[- ]aid certificate))(?= (?:and|but|since|for)\b|\s*(?:$|[.,!;]))", shapes.whole),
    pattern("licence", r"\bi (?:just |finally )?(?:got|passed|have got) my (?P<v>(?:driving|pilot['’]?s|boat|fishing|hunting|motorcycle|driver['’]?s) (?:licence|license))\b", shapes.whole, is_dated=True),
    # interests
    pattern("hobby", rf"{_I}(?:taken up|took up|got into|gotten into) (?P<v>(?-i:[a-z])(?!oo much)[\w\- ]{{3,40}}?)(?= (?:last|this|in|recently|again|a few|two|since)\b|\s*(?:$|[.,!;]))", _of_own, is_dated=True),
    pattern("member_of", rf"{AM}an? (?:active |proud )?member of (?:the |an? )?(?P<v>.+)", shapes.one_thing),
    pattern("member_of", rf"{SELF}(?:sing|play|dance|row) in (?P<v>(?:an? |the )(?:[\w\-]+ ){{0,2}}(?:choir|orchestra|band|quartet|big band|theatre group|folk group))\b", shapes.whole),
    pattern("sport", rf"{_I}(?:stopped|quit|given up|gave up) playing (?P<v>[a-z\-]+)\b", shapes.sport, change="ends", is_dated=True),
    pattern("plays_instrument", rf"{_I}(?:stopped|quit|given up|gave up) playing (?:the )?(?P<v>[a-z\-]+)\b", shapes.instrument, change="ends", is_dated=True),
    pattern("subscription", rf"{_I}(?:cancel(?:l)?ed|ended|dropped) my (?P<v>{_UP}[\w+]+(?: {_UP}[\w+]+)?) subscription\b", shapes.whole, change="ends", is_dated=True),
    pattern("subscription", rf"{SELF}subscribe to (?P<v>(?:the )?{_UP}[\w+]+(?: {_UP}[\w+]+)*)", shapes.whole),
    pattern("code_language", rf"{SELF}(?:code|program|develop)(?: mostly| mainly| only| usually)? in (?P<v>(?-i:{_TECH}))", shapes.whole),
    pattern("code_language", rf"\b(?:(?:when(?:ever)?|if) (?:i ask (?:you )?for|you (?:write|show me)|writing) (?:code|examples|snippets|code examples),? (?:please |always )*(?:use|write it in|do it in)|(?:always |from now on,? )(?:use|(?:write|give me|show me) (?:all )?(?:your )?(?:code|code examples|examples|snippets) in)) (?P<v>(?-i:{_TECH}))", shapes.whole),
    # things
    pattern("drives", rf"{_WE}sold (?:my|our|the) (?P<v>(?:old )?{_UP}[\w\-]+(?: {_UP}[\w\-]+)?)", _of_own, change="ends", is_dated=True),
    pattern("bought", rf"{_WE}bought (?:an? |our |my )?(?P<v>(?:new |used |second-?hand |old |small |first )*(?:{_UP}[\w\-]+ )?{_VEHICLE})(?= (?:last|yesterday|today|this|in|on|from|for|with|and|because|so)\b|\s*(?:$|[.,!;]))", shapes.whole, is_dated=True),
    pattern("pet", rf"{MY}{OLDER}(?:dog|cat|rabbit|hamster|parrot|horse|pony|tortoise|budgie|guinea pig),? (?P<v>{_UP}[\w'’\-]+),? (?:just |sadly |recently )?(?:died|passed away|ran away|was put (?:down|to sleep))", shapes.relative, change="ends", is_dated=True),
    # plans
    pattern("trip", rf"{SELF}(?:fly|travel|leave|go) (?:back )?to (?P<v>{_UP}.+)", shapes.place, lean="future", needs_date=True),
    pattern("trip", rf"\b(?:i|we)['’]ll be in (?P<v>{_UP}.+)", shapes.place, lean="future", needs_date=True),
    pattern("visited", rf"{_WE}(?:went|been|travel(?:l)?ed) to (?P<v>{_UP}.+)", shapes.place, is_dated=True),
    pattern("plans_to", rf"(?:{AM}planning|{SELF}(?:plan|intend)) to (?P<v>(?!(?:go|travel|fly|drive|sail) to\b).+)", _plan, lean="future", needs_date=True),
    pattern("appointment", rf"(?:{AM}having|{HAVE}) ?(?P<v>{_SURGERY})\b", shapes.whole, lean="future", needs_date=True),
    pattern("appointment", r"\b(?:the|our) (?P<v>wedding|christening|funeral|housewarming|graduation|move) is (?:on|in|at|next|this|tomorrow)\b", shapes.whole, lean="future", needs_date=True),
    pattern("deadline", r"\b(?:the|our) (?P<v>(?:[\w\-]+ ){0,2}(?:essay|thesis|paper|report|assignment|application|dissertation|proposal|manuscript|tax return)) (?:is|are) due\b", shapes.whole, lean="future", needs_date=True),
    pattern("goal", rf"{MY}(?:goal|dream|aim|ambition) is to (?P<v>.+)", _deed),
    # how to be answered
    pattern("answer_length", r"^\W*(?:please |always |just )*(?:be|keep it|stay) (?P<v>brief|concise|short)\b", shapes.whole),
    pattern("answer_style", r"^\W*(?:please |always )*be (?:a bit |a little )?(?P<v>(?:more |less )(?:formal|informal|casual|direct|friendly|technical|blunt|playful))\b", shapes.whole),
    pattern("answer_style", r"\b(?P<v>no (?:emojis?|bullet points|exclamation marks|tables|jargon|small talk))(?=,? (?:please|from now on|in your)|\s*(?:$|[.!]))", shapes.whole),
    pattern("answer_style", r"^\W*(?:please |always )*explain (?:things|everything|it)(?: to me)? (?P<v>like i['’]?m (?:five|a beginner|a child|new to it|an expert)|step by step|with examples)", shapes.whole),
    pattern("units", r"^\W*(?:please |always )*use (?P<v>metric|imperial|celsius|fahrenheit|kilomet(?:re|er)s|miles|kilos|pounds)(?: units)?(?=\s*(?:$|[.,!;]))", shapes.whole),
)  # fmt: skip
