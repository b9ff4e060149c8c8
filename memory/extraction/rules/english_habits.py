"""English: what people have as a rule: their drink, their team, their choir, their car, their hours; and labels in front of a value."""

from __future__ import annotations

import re

from memory.extraction.rules import days, shapes
from memory.extraction.rules.clauses import Clause
from memory.extraction.rules.english_chat import of_self
from memory.extraction.rules.english_forms import AM, BRAND, HAVE, I_DID, MY, SELF, UPPER, WE_DID, WORKPLACE
from memory.extraction.rules.given_names import GIVEN_NAMES
from memory.extraction.rules.patterns import Pattern, pattern
from memory.extraction.rules.teams import team_in
from memory.extraction.rules.values import edged
from memory.extraction.rules.words import FAVOURITES, HOMES, JOBS, word_set

_CHEERING = r"(?:(?:huge|big|massive|lifelong|life-long|proud|die-?hard|diehard|long-?suffering|long[- ]time|lifetime|real|total|fellow) )*"
_HERE = r"(?= (?:here|btw|by the way|since|for|from|through|in this|so|and|but|of)\b|\s*(?:$|[.,!;:)]))"
_HOT = r"(?P<what>coffee|tea|espresso|latte|brew|cuppa)"
_HOW = r"(?P<v>black|white|strong|weak|decaf|iced|sweet|plain|unsweetened|with (?:(?:a (?:splash|dash|drop) of|oat|soy|soya|almond|whole|skimmed|no|two|one|three|lots of|just|a) ){0,3}(?:milk|cream|sugars?|honey|lemon|sweeteners?|nothing(?: in it)?)(?: and (?:(?:no|one|two|three) )?(?:sugars?|honey|lemon))?|without (?:milk|sugar))"
_CUP = r"(?:coffee|tea|matcha|chai|espresso|cappuccino|latte|flat white|americano|cortado|cocoa|hot chocolate|kombucha|lemonade|rooibos|mate|beer|wine|cider|juice|smoothies?|tonic)"
_USUALLY = r"(?= (?:every|each|most) (?:single )?(?:morning|day|evening|night|afternoon)s?\b| (?:all day|in the mornings?|at breakfast|with breakfast|for breakfast|after (?:lunch|dinner)|before (?:work|bed))\b)"
_MANY = r"(?:\d{1,2}|one|two|three|four|five|six)"
_HOURS = rf"(?:(?:{_MANY} (?:days?|nights?|shifts?|mornings?|afternoons?|evenings?|hours) (?:a|per) week|(?:on )?(?:mon|tues|wednes|thurs|fri|satur|sun)days?|(?:at )?weekends|nights|days|evenings|shifts|mornings|part[- ]time|full[- ]time|mostly|remotely)(?: and)? ){{1,3}}"
_GROUP = r"(?:choir|chorus|choral society|choral|chorale|orchestra|band|brass band|big band|quartet|quintet|trio|ensemble|symphony|philharmonic|theatre group|theater group|drama (?:club|group|society)|operatic society|dramatic society|folk group|dance troupe|troupe|ceilidh band|samba band|club|society|league|team|squad|crew|association|group|troop|council|committee|board|union|lodge|guild|collective|co-op|cooperative|society|players|singers|ramblers|harriers|rotary|scouts|guides)"


def _fan(match: re.Match[str], clause: Clause) -> list[str]:
    """The team of a fan, where it is the speaker's own word: "lifelong Packers fan here"."""
    before = clause.text[: match.start()] + clause.before
    if re.search(r"\b(?:my|his|her|their|he|she|they|who|a friend|brother|sister)\b", before, re.IGNORECASE):
        return []
    team = team_in(match["v"])
    return [team] if team else []


def _team_fan(match: re.Match[str], clause: Clause) -> list[str]:
    del clause
    team = team_in(match["v"])
    return [team] if team else []


def _taken(match: re.Match[str], clause: Clause) -> list[str]:
    """A drink and how it is taken: "coffee black", "tea with oat milk"."""
    del clause
    return [f"{match['what'].casefold()} {match['v'].casefold()}"]


def _group(match: re.Match[str], clause: Clause) -> list[str]:
    """A choir, a club: with its own name, or as the kind that it is."""
    del clause
    value = edged(match["v"])
    words = re.sub(r"^(?:the|our|my|an?|local) ", "", value, flags=re.IGNORECASE)
    return [words]


def _bought(match: re.Match[str], clause: Clause) -> list[str]:
    """A vehicle of one's own; not one for somebody else, and not a toy."""
    rest = clause.text[match.end() :] + clause.after[:30]
    if re.match(
        r"\W*(?:for (?:my|his|her|our|their|a|the)\b|toys?\b|model\b|poster\b|t-?shirt\b|hoodie\b|keyboard\b)",
        rest,
        re.IGNORECASE,
    ):
        return []
    return [edged(match["v"])]


def _greeted(match: re.Match[str], clause: Clause) -> list[str]:
    """A name behind a greeting: "hey, this is Delroy"."""
    said = clause.before + clause.text[: match.start("v")]
    is_greeted = re.match(
        r"\W*(?:hi|hey|hello|hiya|yo|morning|evening|good (?:morning|evening|afternoon))\b", said, re.IGNORECASE
    )
    return shapes.name(match, clause) if is_greeted else []


def _listed_name(match: re.Match[str], clause: Clause) -> list[str]:
    """A name in small letters, if it is a common one and nothing speaks for a word."""
    del clause
    return [match["v"].title()] if match["v"].casefold() in GIVEN_NAMES else []


def _labelled(match: re.Match[str], clause: Clause) -> list[str]:
    """What stands behind the colon of a label."""
    del match
    found = re.match(r"\s*:\s*(?P<v>[^\n.;]{2,60})", clause.after)
    return shapes.listed_in(found["v"]) if found else []


def _with(match: re.Match[str], clause: Clause) -> list[str]:
    """The employer of somebody of a trade: "I'm an electrician with Balfour Beatty", not with Anna."""
    words = match["who"].casefold().split()
    found = shapes.organisation(match, clause) if words[-1] in JOBS else []
    return [value for value in found if value.split()[0].casefold() not in GIVEN_NAMES]


def _at_a(match: re.Match[str], clause: Clause) -> list[str]:
    """What kind of place, behind "at a"; not "at a desk"."""
    del clause
    return [] if match["v"].split()[-1].casefold() in _NO_WORKPLACE else [match["v"]]


_NO_WORKPLACE = word_set(
    "pace desk time table computer distance moment weekend end level rate speed loss standstill height laptop screen stretch cost price profit discount bench keyboard push high low disadvantage minimum maximum snail"
)


def _sharing(match: re.Match[str], clause: Clause) -> list[str]:
    """Names of those who share the home; an illness in capitals is nobody."""
    return [value for value in shapes.relatives(match, clause) if not value.isupper()]


def _employed(match: re.Match[str], clause: Clause) -> list[str]:
    """The kind of place where somebody of a trade works: "I'm a nurse in a care home"."""
    del clause
    words = match["who"].casefold().split()
    is_trade = words[-1] in JOBS or re.search(
        r"(?:engineer|ologist|therapist|keeper|maker|assistant|manager)$", words[-1]
    )
    return [match["v"]] if is_trade else []


HABITS: tuple[Pattern, ...] = (
    # teams
    pattern("supports_team", rf"^\W*(?:(?:and|also|but|so|as|well|oh|btw|hey|hi|i['’]?m|i am|an?|being) )*{_CHEERING}(?P<v>(?:the )?[\w'’\-]+(?: [\w'’\-]+){{0,2}}?) (?:fan|supporter|season ticket holder){_HERE}", _fan),
    pattern("supports_team", rf"^\W*(?:an? )?{_CHEERING}(?:fan|supporter) of (?P<v>(?:the )?[\w'’\-]+(?: [\w'’\-]+){{0,2}}){_HERE}", _fan),
    pattern("supports_team", rf"{MY}(?:favou?rite )?(?:football |soccer |rugby |cricket |baseball |basketball |hockey )?(?:team|club|side)(?: is|['’]s|:) (?P<v>(?:the )?{UPPER}[\w'’\-]+(?: [\w'’\-]+){{0,2}})", _team_fan),
    pattern("supports_team", rf"(?:{AM}(?:an? )?{_CHEERING}(?:fan|supporter) of|{SELF}(?:follow|root for|cheer for|barrack for|support)) (?P<v>(?:the )?[\w'’\-]+(?: [\w'’\-]+){{0,2}})", _team_fan),
    # drinks
    pattern("favourite_drink", rf"{SELF}(?:take|have|drink|like|prefer|want) (?:my |our )?{_HOT} {_HOW}(?= (?:and|but|please|thanks|always)\b|\s*(?:$|[.,!;]))", _taken),
    pattern("favourite_drink", rf"{SELF}(?:drink|have) (?:an? |my |some )?(?:cups? of |mugs? of |glass of |pots? of )?(?P<v>(?:(?!of\b|my\b|the\b|a\b|with\b)[\w\-]+ ){{0,3}}?{_CUP}){_USUALLY}", shapes.whole),
    *(
        pattern(predicate, rf"^\W*(?:my )?(?:all[- ]time )?(?:favou?rite|fave|fav) (?:{'|'.join(word for word, of in FAVOURITES.items() if of == predicate)})s?(?P<v>)\s*$", _labelled)
        for predicate in dict.fromkeys(FAVOURITES.values())
    ),
    pattern("dislikes", r"^\W*(?:(?:and|but|also|i['’]?m)\b\W*)*not (?:really |exactly )?(?:an? )?(?:big |huge |massive |great )?(?:fan of|keen on|fond of|into) (?P<v>(?!it\b|that\b|this\b|you\b|him\b|her\b|them\b|how\b|the (?:idea|way)).+)", of_self(shapes.some_things)),
    # groups
    pattern("member_of", rf"{SELF}(?:sing|play|dance|row|perform|act|march|volunteer|run|swim)(?: (?:the )?[\w\-]+){{0,2}}? (?:in|with|for) (?P<v>(?:an? |the |my |our )(?:[\w'’&\-]+ ){{0,4}}?{_GROUP}(?: {_GROUP}| {UPPER}[\w\-]+)*)\b(?! (?:next|this|of) )", _group),
    pattern("member_of", rf"(?:{SELF}(?:belong to|(?:have )?joined)|{AM}(?:an? )?(?:the )?(?:treasurer|secretary|chair(?:man|woman|person)?|president|captain|member|vice[- ]president|trustee|governor) (?:of|at|for)|{AM}(?:in|on|part of)) (?P<v>(?:an? |the |my |our )(?:[\w'’&\-]+ ){{0,4}}?{_GROUP}(?: {_GROUP}| {UPPER}[\w\-]+)*)\b(?! (?:next|this|of) )", _group),
    # work
    pattern("works_at", rf"{SELF}(?:work|help out) {_HOURS}(?:at|in|for) (?P<v>(?:an? |the )(?:[\w\-]+ ){{0,2}}{WORKPLACE})\b", shapes.whole),
    pattern("works_at", rf"{SELF}work {_HOURS}(?:at|for) (?P<v>{UPPER}.+)", shapes.organisation),
    pattern("works_at", rf"{SELF}(?:work|help out) (?:at|in) (?P<v>(?:an? |the )(?:[\w\-]+ ){{0,2}}{WORKPLACE})\b", shapes.whole),
    pattern("works_at", rf"{AM}an? (?P<who>[\w\-]+(?: [\w\-]+){{0,3}}?) (?:at|in|for) (?P<v>(?:an? |the )(?:[\w\-]+ ){{0,2}}{WORKPLACE})\b", _employed),
    pattern("work_schedule", rf"{SELF}work (?P<v>{_MANY} (?:days?|nights?|shifts?|mornings?|hours) (?:a|per) week)\b", shapes.whole),
    pattern("works_at", rf"{AM}an? (?P<who>[\w\-]+(?: [\w\-]+){{0,3}}?) with (?P<v>{UPPER}.+)", _with),
    pattern("works_at", rf"\b(?:i|we)(?:['’]ve| have) (?:worked|been working) (?:at|for) (?P<v>{UPPER}.+?)(?= (?:for (?:over |about |nearly |almost )?(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|\d+|ages|years)\b|since\b))", shapes.organisation),
    pattern("works_at", rf"{SELF}work {_HOURS}?at (?P<v>an? [\w\-]+(?: (?!(?:in|on|at|for|and|but|near|with|to|as|by|from|called|where|that|which|so|now|when|while)\b)[\w\-'’]+){{0,2}})", _at_a),
    # the home
    pattern("lives_with", rf"{SELF}(?:live|share (?:an?|my|our) (?:flat|house|place|apartment|room|home)|(?:live|flat[- ]?share) in [\w ]{{2,20}}?) with (?P<v>{UPPER}.+)", _sharing),
    pattern("lives_in", rf"{SELF}(?:rent|share) (?:an?|my|our) (?:[\w\-]+ ){{0,3}}(?:{'|'.join(HOMES)}) (?:in|near) (?P<v>{UPPER}.+)", shapes.place),
    pattern("lives_in", rf"(?:{WE_DID}|^\W*(?:(?:and|so|just|finally) )*)moved in with [^,.;]{{2,40}}? (?:in|over in|up in|down in) (?P<v>{UPPER}.+)", shapes.place, is_dated=True),
    # vehicles
    pattern("drives", rf"(?:{WE_DID}|^\W*(?:(?:and|so|just|finally|recently|we|i) )*)(?:bought|got|picked up|leased|treated myself to|ordered) (?:myself |ourselves )?(?:an? |my |our |the )?(?:(?:new|used|second-?hand|old|brand[- ]new|nearly new|red|blue|black|white|grey|silver|green|first|little|electric) ){{0,2}}(?P<v>(?:\d{{4}} )?{BRAND}(?: (?:{UPPER}|\d)[\w\-]*){{0,2}})(?![\w'’\-])", _bought, is_dated=True),
    pattern("drives", rf"(?:{I_DID}|{WE_DID}|^\W*(?:(?:and|so|just|finally) )*)(?:swapped|traded(?: in)?|replaced|exchanged) (?:my|our|the) [\w\- ]{{2,30}}? (?:for|with) (?:an? |the )(?:(?:new|used|second-?hand) )?(?P<v>(?:\d{{4}} )?{BRAND}(?: (?:{UPPER}|\d)[\w\-]*){{0,2}})", _bought, is_dated=True),
    pattern("drives", rf"{MY}(?:(?:old|new|trusty|poor|little|red|blue|black|white|grey|silver|green|beloved|battered) ){{0,2}}(?P<v>(?:\d{{4}} )?{BRAND} (?:{UPPER}|\d)[\w\-]*(?: (?:{UPPER}|\d)[\w\-]*)?)(?= (?:is|has|needs|won['’]?t|keeps|makes|just|failed|passed|broke|went|and|got|died|started)\b|\s*(?:$|[.,!;]))", _bought),
    # sports, units
    pattern("sport", rf"{SELF}play (?:(?:some|a bit of|a lot of|competitive|amateur|social|casual|club|league|semi-pro|mixed|women['’]?s|men['’]?s) )*(?P<v>(?:(?:\w+-a-side|\d-a-side|indoor|beach|table|touch|walking|wheelchair|ice|field|street) )(?:football|soccer|basketball|volleyball|tennis|rugby|hockey|cricket|handball))\b", shapes.whole),
    pattern("sport", rf"{SELF}play (?:(?:some|a bit of|a lot of|competitive|amateur|social|casual|club|league|semi-pro|mixed|women['’]?s|men['’]?s) )+(?P<v>[a-z\-]+)\b", shapes.sport),
    pattern("units", r"^\W*(?:(?:please|always|and|from now on,?) )*(?:give|show|tell|write|list|put|use)(?: me)?(?: all| the| your| any)*(?: (?:temperatures?|distances?|weights?|measurements?|prices?|units|recipes?|amounts|quantities|values|sizes|times)) in (?P<v>metric|imperial|celsius|fahrenheit|kilomet(?:re|er)s|miles|euros?|pounds|dollars|kilos|grams|ounces|cups)\b", shapes.whole),
    pattern("name", rf"^\W*(?:(?:hi|hey|hello|hiya|yo|morning|evening|there|all|everyone|again)\b\W*)*this is (?P<v>{UPPER}[a-zà-ÿ]+(?: {UPPER}[a-zà-ÿ]+)?)[\s.!]*$", _greeted),
    pattern("works_at", rf"{SELF}work (?:in|on) (?:the |an? )?(?:(?!(?:at|in|for|with)\b)[\w\-]+ ){{1,3}}at (?P<v>{UPPER}.+)", shapes.organisation),
    # names in small letters, and labels
    pattern("name", r"^\W*(?:(?:hi|hey|hello|hiya|heya|yo|morning|evening|afternoon|there|all|everyone|again|so|btw)\W+)*(?:im|i(?:'m|’m)|i am|this is|its|it(?:'s|’s)) (?P<v>(?-i:[a-z]{2,12}))(?=\s*(?:$|[.,!;:)]| (?:and|from|here|btw|by the way)\b))", _listed_name),
    pattern("name", r"^\W*(?:(?:hi|hey|hello|hiya|heya|yo|morning|evening)\W+)?(?P<v>(?-i:[a-z]{2,12})) here\b(?=\s*(?:$|[.,!]))", _listed_name),
    pattern("name", rf"^\W*(?:(?:hi|hey|hello|hiya|heya|yo|morning|evening|all|everyone|there)\W+)*(?P<v>{UPPER}[\w'’\-]+) (?:from|in|over in) {UPPER}[\w'’\-]+(?: {UPPER}[\w'’\-]+)? here\b(?=\s*(?:$|[.,!]))", shapes.name),
    pattern("born_in", rf"(?:{AM}|^\W*)(?P<v>{UPPER}[\w'’\-]+(?: {UPPER}[\w'’\-]+)?)[- ]born(?:,| and) (?:bred|raised|-bred)\b", shapes.place_within),
    pattern("birthday", r"^\W*(?:my )?(?:date of birth|dob|d\.o\.b\.?) (?:is )?(?P<v>\d.*)", days.day_of_year),
    pattern("birthday", r"^\W*(?:my )?(?:date of birth|dob|d\.o\.b\.?|birth ?date|birthday|born)(?P<v>)\s*$", days.day_behind),
    pattern("allergic_to", r"^\W*(?:my |known |food )?(?:allergies|allergy)(?P<v>)\s*$", _labelled),
    pattern("birthday", rf"{MY}(?:birthday|b-?day)(?:['’]?s| is) (?:(?:some ?time|early|late|at the (?:start|end) of) )?in (?P<v>(?-i:[A-Za-z])[a-z]+)\b", days.month_of_year),
    pattern("birthday", r"\bi was born in (?P<v>(?-i:[A-Z])[a-z]+)\b", days.month_of_year),
    pattern("birthday", rf"{MY}(?P<v>(?-i:[A-Z])[a-z]+) birthday\b", days.month_of_year),
    pattern("uses_device", rf"{HAVE}(?:an? )(?:new )?(?P<v>(?-i:Samsung|Fairphone|OnePlus|Huawei|Nokia|Fujifilm|Canon|Nikon|Leica|GoPro|Surface|Dell|Lenovo|Asus|Framework) (?:{UPPER}|\d)[\w\-]*(?: [\dA-Z][\w\-]*)?)", shapes.whole),
)  # fmt: skip
