"""English, in depth."""

from __future__ import annotations

import re

from memory.extraction.rules import shapes
from memory.extraction.rules.clauses import Clause
from memory.extraction.rules.patterns import Language, Pattern, pattern
from memory.extraction.rules.values import names, tidy
from memory.extraction.rules.words import FAVOURITES, HOMES, STATUSES
from memory.facts.relations import PET_WORDS, RELATION_OF, predicate_for

_ADVERBS = r"(?:(?:also|now|currently|still|actually|just|really|basically|mostly|usually|officially|already|recently|always|absolutely|both|all|proudly|happily|finally|only|do|truly|totally|kinda|quite) )*"
_I = rf"\b(?:i|we) {_ADVERBS}"
_AM = rf"\b(?:i['’]?m|i am|we['’]?re|we are) {_ADVERBS}"
_HAVE = rf"\b(?:i|we)(?:['’]ve| have)?(?: got)? {_ADVERBS}"
_MY = r"\b(?:my|our) "
_OLDER = r"(?:(?:older|younger|elder|big|little|twin|best|dear|late|new|current|lovely|good|old|other|eldest|youngest|only|middle|baby|first|second|step|half) )*"
_RELATION = "|".join(
    sorted((re.escape(word) for word in RELATION_OF if re.fullmatch(r"[a-z\-é]+", word)), key=len, reverse=True)
)
_PET = "|".join(
    sorted((re.escape(word).replace("\\-", "[ -]") for word in PET_WORDS if word.isascii()), key=len, reverse=True)
)
_COUNT = r"(?:a|an|one|two|three|four|five|six|\d+)"


def _favourite(match: re.Match[str], clause: Clause) -> list[str]:
    value = shapes.one_thing(match, clause)
    return value if match["what"].casefold() in FAVOURITES else []


def _home(match: re.Match[str], clause: Clause) -> list[str]:
    return [tidy(match["v"])] if match["v"].split()[-1].casefold() in HOMES else []


def _status(match: re.Match[str], clause: Clause) -> list[str]:
    after = clause.text[match.end("v") :]
    if re.match(r"\s+(?:to (?:my|the) (?:job|work)|with (?:this|that|the) )", after):
        return []
    return (
        [STATUSES[match["v"].casefold()]]
        if not re.match(r"[ -]\w", after) or re.match(r"\s+(?:to|with|and|now|since|for|but)\b", after)
        else []
    )


def _relation_patterns() -> list[Pattern]:
    """One pattern a predicate that is told by a relation word: "my husband Marc", "my sister's called Imogen"."""
    by_predicate: dict[str, list[str]] = {}
    for word, relation in RELATION_OF.items():
        predicate = predicate_for(relation)
        if predicate and re.fullmatch(r"[a-z\-é]+", word):
            by_predicate.setdefault(predicate, []).append(re.escape(word))
    patterns = []
    for predicate, words in by_predicate.items():
        kin = "(?:" + "|".join(sorted(words, key=len, reverse=True)) + ")"
        patterns.append(
            pattern(
                predicate,
                rf"{_MY}{_OLDER}{kin}(?:['’]s name is|['’]s called| is called| are called|['’]s| is named| named| called| is| are|,)? (?:called |named )?(?P<v>(?-i:[A-ZÀ-ÞŁŚ]).*)",
                shapes.relatives
                if predicate
                in (
                    "child",
                    "sibling",
                    "parent",
                    "friend",
                    "lives_with",
                    "colleague",
                    "in_law",
                    "relative",
                    "neighbour",
                )
                else shapes.relative,
            )
        )
        if predicate in ("child", "sibling", "lives_with"):
            patterns.append(
                pattern(
                    predicate,
                    rf"{_HAVE}{_COUNT} {_OLDER}{kin},?(?: called| named|:| -)? (?P<v>(?-i:[A-ZÀ-ÞŁŚ]).*)",
                    shapes.relatives,
                )
            )
            patterns.append(pattern(predicate, rf"{_HAVE}{_COUNT} {_OLDER}{kin}(?P<v>)$", _listed_after))
    return patterns


def _listed_after(match: re.Match[str], clause: Clause) -> list[str]:
    """Names behind a comma: "two kids, Archie and Poppy"."""
    found = re.match(r"\s*[,:–-]\s*", clause.after)
    return names(clause.after[found.end() :]) if found else []


def _pets(match: re.Match[str], clause: Clause) -> list[str]:
    return shapes.relatives(match, clause)


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
_PATTERNS: tuple[Pattern, ...] = (
    # who
    pattern(
        "name",
        r"\b(?:my (?:full |first |real )?name(?:['’]?s| is)|name['’]?s|the name['’]?s|i am called|i['’]m called) (?P<v>.+)",
        shapes.loose_name,
    ),
    pattern(
        "name",
        r"(?:^|[,.!;]\s*)(?:hi|hey|hello|hiya|morning|evening)?[,!]?\s*i(?:['’]m| am) (?P<v>(?-i:[A-ZÀ-ÞŁŚ]).*)",
        shapes.own_name,
    ),
    pattern(
        "name",
        r"^\W*(?:(?:hi|hey|hello|hiya|morning|good (?:morning|evening)|btw)[,!.]? )?(?P<v>(?-i:[A-ZÀ-ÞŁŚ][\w'’\-]+)) here\b(?=\s*(?:$|[.,!]))",
        shapes.name,
    ),
    pattern(
        "preferred_name",
        r"\b(?:please call me|just call me|you can call me|call me|i go by|everyone calls me|everybody calls me|people call me|friends call me|(?:my )?friends call me|they call me|known as|my nickname is) (?P<v>.+)",
        shapes.loose_name,
    ),
    pattern(
        "pronouns",
        r"\b(?:my pronouns are|pronouns:|i use) (?P<v>(?:she|he|they|xe|ze|it|fae|ey)(?:/\w+){1,2})",
        shapes.whole,
    ),
    pattern(
        "birthday",
        rf"{_MY}(?:birthday|b-?day|date of birth|dob)(?:['’]?s| is|:)? (?:on )?(?P<v>.+)",
        shapes.day_of_year,
    ),
    pattern("birthday", r"\b(?:i was born|i['’]m born) on (?P<v>.+)", shapes.day_of_year),
    pattern(
        "age",
        rf"{_AM}(?P<v>\d{{1,3}})(?: years old| years of age| yo\b| y/o|-year-old|(?=\s*$|\s*[.,!;]| and\b))(?!\s*%|\s*(?:cm|kg|min|miles|km))",
        shapes.number,
    ),
    pattern("age", r"\bi (?:just )?turned (?P<v>\d{1,3})\b", shapes.number),
    pattern("born_in", r"\bi was born in (?P<v>(?!\d).+)", shapes.place),
    pattern("born_in", r"\bborn and raised in (?P<v>.+)", shapes.place),
    pattern("grew_up_in", rf"{_I}(?:grew up|was raised|was brought up) in (?P<v>.+)", shapes.place),
    pattern("grew_up_in", rf"(?:{_AM}|\bi )(?:come )?(?:originally )?from (?P<v>(?-i:[A-ZÀ-ÞŁŚ]).+)", shapes.place),
    pattern(
        "nationality",
        rf"{_AM}(?:half[ -])?(?P<v>[a-z]+)(?=\s*(?:$|[.,!;]|and\b|but\b|by\b|citizen|national\b|btw))",
        shapes.nationality,
    ),
    pattern("nationality", rf"{_HAVE}(?:a|an) (?P<v>[a-z]+) passport", shapes.nationality),
    pattern(
        "native_language",
        rf"{_MY}(?:mother tongue|native language|first language)(?: is|['’]s) (?P<v>.+)",
        shapes.one_language,
    ),
    pattern("native_language", rf"{_AM}a native (?P<v>\w+) speaker", shapes.one_language),
    pattern(
        "speaks", rf"{_I}(?:can )?speak (?:fluent |some |a little |a bit of |good |basic )?(?P<v>.+)", shapes.languages
    ),
    pattern(
        "height",
        rf"{_AM}(?P<v>\d(?:[.,]\d+)? ?m|1\d\d ?cm|[4-7](?:'|ft| foot| feet) ?\d{{0,2}}(?:\"|in)?)(?: tall)?(?!\w)",
        shapes.whole,
    ),
    # home
    pattern(
        "lives_in",
        rf"{_I}(?:live|reside|stay|lived|have lived)(?: full[- ]time| alone| together)? in (?P<v>.+)",
        shapes.place,
        is_dated=True,
    ),
    pattern(
        "lives_in",
        r"\b(?:i|we)(?:['’]ve| have) (?:been living|lived|been based) in (?P<v>.+)",
        shapes.place,
        is_dated=True,
    ),
    pattern(
        "lives_in",
        rf"{_AM}(?:living|based|staying permanently|settled|at home) in (?P<v>.+)",
        shapes.place,
        is_dated=True,
    ),
    pattern(
        "lives_in",
        rf"{_I}(?:(?:have|['’]ve) )?(?:moved|relocated|emigrated)(?: house)?(?: from [^,.]+?)?(?: back| over| down| up| out)?(?: here)? to (?P<v>.+)",
        shapes.place,
        is_dated=True,
    ),
    pattern(
        "lives_in",
        rf"\b(?:i|we)['’]ve {_ADVERBS}(?:moved|relocated|emigrated)(?: back| over| down| up)? to (?P<v>.+)",
        shapes.place,
        is_dated=True,
    ),
    pattern(
        "lives_in",
        r"^\W*(?:and |just |so |well )*(?:just )?(?:moved|relocated) to (?P<v>(?-i:[A-ZÀ-ÞŁŚ]).+)",
        shapes.place,
        is_dated=True,
    ),
    pattern(
        "lives_in", rf"{_MY}(?:home|home town|hometown|city|town) is (?:in )?(?P<v>(?-i:[A-ZÀ-ÞŁŚ]).+)", shapes.place
    ),
    pattern("lives_in", r"\b(?:i|we) used to live in (?P<v>.+)", shapes.place, change="ends"),
    pattern(
        "lives_in",
        r"\b(?:i|we) (?:don['’]?t|do not|no longer) live in (?P<v>.+?) (?:anymore|any more|any longer)",
        shapes.place,
        change="ends",
    ),
    pattern("lives_in", r"\b(?:i|we) no longer live in (?P<v>.+)", shapes.place, change="ends"),
    pattern(
        "lives_in",
        r"\b(?:i|we)(?: have|['’]ve)? never (?:actually )?lived in (?P<v>.+)",
        shapes.place,
        change="negates",
    ),
    pattern("lives_in", r"\bi (?:don['’]?t|do not) live in (?P<v>.+)", shapes.place, change="negates"),
    pattern(
        "lives_in",
        rf"{_I}live in (?:a|an|the|my|our) [\w\- ]{{3,30}}? (?:in|near) (?P<v>(?-i:[A-ZÀ-ÞŁŚ]).+)",
        shapes.place,
        is_dated=True,
    ),
    pattern(
        "home_type",
        rf"{_I}(?:live|rent|own|bought|have)(?: in)? (?:a|an) (?P<v>(?:[\w\-]+ ){{0,2}}(?:{'|'.join(HOMES)}))\b",
        _home,
    ),
    # work and study
    pattern(
        "works_at",
        rf"{_I}work (?:full[- ]time |part[- ]time |remotely )?(?:at|for) (?P<v>.+)",
        shapes.organisation,
        is_dated=True,
    ),
    pattern("works_at", rf"{_AM}(?:working|employed) (?:at|for|by) (?P<v>.+)", shapes.organisation, is_dated=True),
    pattern(
        "works_at",
        rf"\b(?:i|we)(?: have|['’]ve)? {_ADVERBS}(?:started|joined|begun|began)(?: (?:a )?(?:new )?(?:job|work|working))?(?: at| with)? (?P<v>(?-i:[A-ZÀ-ÞŁŚ]).+)",
        shapes.organisation,
        is_dated=True,
    ),
    pattern(
        "works_at",
        rf"{_I}work as (?:an? |the )?[\w\- ]{{3,40}}? (?:at|for) (?P<v>.+)",
        shapes.organisation,
        is_dated=True,
    ),
    pattern("works_at", rf"{_MY}(?:employer|company|new employer) is (?P<v>.+)", shapes.organisation),
    pattern(
        "works_at",
        rf"{_AM}(?:an?|the) (?:[\w\-]+ ){{0,3}}?[\w\-]+ (?:at|for) (?P<v>(?-i:[A-ZÀ-ÞŁŚ]).+)",
        shapes.organisation,
    ),
    pattern(
        "works_at",
        r"\bi (?:no longer work|don['’]?t work|used to work|quit working|stopped working) (?:at|for) (?P<v>.+?)(?: any ?more| any longer|$)",
        shapes.organisation,
        change="ends",
    ),
    pattern("works_at", r"\bi never worked (?:at|for) (?P<v>.+)", shapes.organisation, change="negates"),
    pattern("occupation", rf"{_I}work as (?:an? |the )?(?P<v>.+)", shapes.any_job, is_dated=True),
    pattern("occupation", rf"{_AM}(?:working as )?(?:an? )(?P<v>.+)", shapes.job),
    pattern(
        "occupation",
        rf"{_MY}(?:job|profession|occupation|trade) is (?:being |to be )?(?:an? )?(?P<v>.+)",
        shapes.any_job,
    ),
    pattern(
        "studies",
        rf"(?:{_I}study|{_AM}studying|{_AM}majoring in|{_I}major in) (?P<v>(?!at\b|for\b|abroad|hard).+?)(?= at | in my |$)",
        shapes.caught_thing,
        is_dated=True,
    ),
    pattern(
        "studies_at", rf"(?:{_I}study|{_AM}studying)(?: \w+){{0,4}}? at (?P<v>.+)", shapes.organisation, is_dated=True
    ),
    pattern(
        "learning",
        rf"{_AM}(?:learning|trying to learn|teaching myself) (?:to speak |how to play |to play )?(?:the )?(?P<v>.+)",
        shapes.one_thing,
    ),
    pattern("work_mode", rf"{_I}work (?P<v>from home|remotely|hybrid|on site|on-site)\b", shapes.whole),
    # people and animals
    *_relation_patterns(),
    pattern(
        "partner",
        rf"{_AM}(?:married to|engaged to|dating|going out with|in a relationship with) (?P<v>(?-i:[A-ZÀ-ÞŁŚ]).*)",
        shapes.relative,
    ),
    pattern("relationship_status", rf"{_AM}(?P<v>{'|'.join(word for word in STATUSES if word.isascii())})\b", _status),
    pattern(
        "pet",
        rf"{_MY}{_OLDER}(?:{_PET})s?(?:['’]s name is|['’]s called| is called| are called|['’]s| is named| named| called| is| are|,)? (?:called |named )?(?P<v>(?-i:[A-ZÀ-ÞŁŚ]).*)",
        _pets,
    ),
    pattern(
        "pet",
        rf"{_HAVE}{_COUNT} (?:[\w\-]+ ){{0,3}}?(?:{_PET})s?,?(?: called| named| whose name is|:| -)? (?P<v>(?-i:[A-ZÀ-ÞŁŚ]).*)",
        _pets,
    ),
    pattern("pet", rf"{_HAVE}{_COUNT} (?:[\w\-]+ ){{0,2}}?(?:{_PET})s?(?P<v>)$", _listed_after),
    pattern(
        "pet",
        rf"\b(?:i|we) (?:just )?(?:adopted|got|rescued) {_COUNT} (?:[\w\-]+ ){{0,2}}?(?:{_PET})(?: called| named)? (?P<v>(?-i:[A-ZÀ-ÞŁŚ]).*)",
        _pets,
    ),
    # health and food
    pattern(
        "allergic_to",
        rf"(?:{_AM}|^\W*(?:(?:and|also|but|plus) )*)(?:badly |severely |deathly |very |highly |mildly |terribly |super )?allergic to (?P<v>(?!(?:mon|tues|wednes|thurs|fri)days?\b|work\b|exercise\b|mornings\b|you\b).+)",
        shapes.some_things,
    ),
    pattern(
        "allergic_to",
        rf"{_HAVE}(?:an? )?(?:bad |severe |mild )?(?P<v>[\w\-]+(?: [\w\-]+)?) allerg(?:y|ies)\b",
        shapes.whole,
    ),
    pattern("allergic_to", rf"{_AM}(?P<v>[\w\-]+)[ -]intolerant\b", shapes.whole),
    pattern("allergic_to", rf"{_AM}intolerant to (?P<v>.+)", shapes.some_things),
    pattern(
        "has_condition",
        rf"{_HAVE}(?:been diagnosed with )?(?P<v>(?:type [12] )?(?:diabetes|asthma|epilepsy|migraines?|coeliac disease|celiac disease|crohn['’]s(?: disease)?|adhd|autism|arthritis|anxiety|depression|bipolar disorder|hypertension|high blood pressure|endometriosis|psoriasis|eczema|ms|fibromyalgia|insomnia|tinnitus|dyslexia))\b",
        shapes.whole,
    ),
    pattern("has_condition", r"\bi(?: was|['’]ve been) diagnosed with (?P<v>.+)", shapes.one_thing, is_dated=True),
    pattern(
        "has_condition",
        rf"{_AM}(?:an? )?(?P<v>diabetic|asthmatic|epileptic|autistic|coeliac|celiac|dyslexic|deaf|blind|colou?r[ -]?blind)\b",
        shapes.whole,
    ),
    pattern(
        "takes_medication",
        rf"(?:{_I}take|{_AM}taking|{_AM}on) (?P<v>[a-z]{{5,}})(?: \d+ ?mg)(?: (?:every day|daily|each|once|twice|at|in))?",
        shapes.whole,
    ),
    pattern(
        "takes_medication",
        rf"(?:{_I}take|{_AM}taking) (?P<v>[a-z]{{4,}}(?:in|ol|ine|ide|ate|one|pril|pam|mab|statin|formin|cillin))\b(?: every day| daily| once| twice| for my)",
        shapes.whole,
    ),
    pattern(
        "takes_medication",
        rf"(?:{_I}take|{_AM}taking|{_AM}on) (?P<v>(?-i:[A-Z])[\w\-]+(?: \d+ ?mg)?)(?: \d+ ?mg)? (?:for my|every|daily|each|once|twice)",
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
        rf"{_AM}(?:an? )?(?:strict |mostly |pretty much )?(?P<v>[a-z\-]+)\b(?! (?:food|restaurant|recipe))",
        shapes.diet,
    ),
    pattern(
        "diet",
        rf"(?:{_AM}on (?:a|the)|{_I}(?:follow|eat|keep)(?: a| an)?) (?:strict )?(?P<v>[a-z\-]+)(?: diet)?\b",
        shapes.diet,
    ),
    pattern("diet", r"^\W*(?P<v>vegan|vegetarian|pescatarian)s? (?:here|btw|by the way)\b", shapes.diet),
    pattern("diet", rf"{_AM}not (?:an? )?(?P<v>[a-z\-]+) (?:any ?more|any longer)", shapes.diet, change="ends"),
    pattern("diet", rf"{_AM}no longer (?:an? )?(?P<v>[a-z\-]+)", shapes.diet, change="ends"),
    pattern(
        "diet",
        rf"{_AM}not (?:an? )?(?:actually )?(?P<v>[a-z\-]+)\b(?! (?:any ?more|any longer))",
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
        rf"{_I}(?:like|love|adore|enjoy) (?P<v>(?!you\b|it\b|that\b|this\b|how\b|your\b|the (?:idea|way|sound|look)|what\b|when\b|my (?:wife|husband|kids|mum|mom|dad|job)).+)",
        _no_verb,
    ),
    pattern(
        "likes",
        rf"{_AM}(?:an? )?(?:big |huge |massive )?(?:fan of|into|fond of|obsessed with|crazy about) (?P<v>.+)",
        _no_verb,
    ),
    pattern(
        "dislikes",
        rf"{_I}(?:hate|dislike|loathe|detest|despise) (?P<v>(?!it\b|that\b|this\b|you\b|to (?:be|say|ask|bother|admit)\b|when\b|how\b).+)",
        _no_verb,
    ),
    pattern(
        "dislikes",
        r"\b(?:i|we) (?:can['’]?t stand|cannot stand|(?:really )?(?:don['’]?t|do not) (?:really )?like) (?P<v>(?!it\b|that\b|this\b|you\b|to (?:be|say|ask)\b|when\b|how\b).+)",
        _no_verb,
    ),
    pattern("hobby", rf"{_MY}(?:hobby|hobbies|pastime)(?: is| are) (?P<v>.+)", shapes.some_things),
    pattern("sport", rf"{_I}play (?P<v>[a-z\-]+)\b", shapes.sport),
    pattern("plays_instrument", rf"{_I}play (?:the |a bit of |some )?(?P<v>[a-z\-]+)\b", shapes.instrument),
    pattern("supports_team", rf"{_I}support (?P<v>(?-i:[A-ZÀ-ÞŁŚ]).+)", shapes.name),
    *(
        pattern(
            predicate,
            rf"{_MY}(?:all[- ]time )?favou?rite (?P<what>{re.escape(what)})s?(?:['’]s| is| are)(?: definitely| probably)? (?P<v>.+)",
            _favourite,
        )
        for what, predicate in FAVOURITES.items()
    ),
    pattern("reading", rf"(?:{_AM}|^\W*)(?:currently |now )?reading (?P<v>(?-i:[A-ZÀ-ÞŁŚ]).+)", shapes.one_thing),
    pattern("drives", rf"{_I}drive (?:an? |the )(?P<v>(?!lot\b|bit\b|bus\b).+)", shapes.one_thing),
    pattern(
        "drives",
        rf"{_MY}(?:car|truck|van|motorbike|ride) is (?:an? )?(?P<v>(?:\d{{4}} )?(?-i:[A-ZÀ-ÞŁŚ]).+)",
        shapes.one_thing,
    ),
    pattern(
        "religion",
        rf"{_AM}(?:an? )?(?:practising |practicing |devout |lapsed )?(?P<v>[a-z]+)\b(?=\s*(?:$|[.,!;]|and\b|but\b))",
        shapes.faith,
    ),
    # plans
    pattern(
        "trip",
        rf"(?:{_AM}|\bi['’]ll be |\bwe['’]ll be )(?:flying|travelling|traveling|going|off|heading|driving|sailing|cycling|driving up|driving down)(?: out| over| back| up| down)? to (?P<v>.+)",
        shapes.place,
        lean="future",
        needs_date=True,
    ),
    pattern(
        "trip",
        rf"{_HAVE}(?:booked )?(?:a |an |our |my )?(?:trip|flight|holiday|vacation|journey)(?: booked)? to (?P<v>.+)",
        shapes.place,
        lean="future",
        needs_date=True,
    ),
    pattern(
        "appointment",
        rf"{_HAVE}(?:an? |my |the )?(?P<v>(?:[\w\-]+ ){{0,3}}(?:appointment|interview|check-?up|consultation|surgery|operation|scan|viewing|root canal))\b",
        shapes.whole,
        lean="future",
        needs_date=True,
    ),
    pattern(
        "appointment",
        rf"{_MY}(?P<v>(?:[\w\-]+ ){{0,3}}(?:appointment|interview|check-?up|consultation|surgery|operation|scan|viewing)) is\b",
        shapes.whole,
        lean="future",
        needs_date=True,
    ),
    pattern(
        "deadline",
        rf"{_MY}(?P<v>(?:[\w\-]+ ){{0,3}}(?:essay|thesis|paper|report|assignment|application|dissertation|homework|project|tax return|manuscript)) is due\b",
        shapes.whole,
        lean="future",
        needs_date=True,
    ),
    pattern(
        "plans_to",
        rf"(?:{_AM}|\bi['’]ll be )(?:running|hosting|giving|attending|performing at|playing at|moving to|starting|speaking at|getting) (?P<v>.+)",
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

_CORRECTING = re.compile(
    r"^\W*(?:(?:oh|oops|ah|no|sorry|wait|well|hmm)[, ]+)*(?:actually|correction|i meant|i mean(?:t)? to (?:say|write)|typo|no wait|wait no|scratch that|that['’]s wrong|not true|sorry, i|my mistake|i was wrong)\b"
    r"|\b(?:i meant|typo|correction)\b",
    re.IGNORECASE,
)
SENTENCES = {
    "name": "Is called {value}",
    "preferred_name": "Goes by {value}",
    "pronouns": "Uses the pronouns {value}",
    "birthday": "Has their birthday on {value}",
    "age": "Is {value}",
    "born_in": "Was born in {value}",
    "grew_up_in": "Grew up in {value}",
    "nationality": "Is {value}",
    "native_language": "Has {value} as mother tongue",
    "speaks": "Speaks {value}",
    "height": "Is {value} tall",
    "lives_in": "Lives in {value}",
    "home_type": "Lives in a {value}",
    "works_at": "Works at {value}",
    "occupation": "Works as {value}",
    "studies": "Studies {value}",
    "studies_at": "Studies at {value}",
    "learning": "Is learning {value}",
    "work_mode": "Works {value}",
    "partner": "Has a partner, {value}",
    "relationship_status": "Is {value}",
    "child": "Has a child, {value}",
    "parent": "Has a parent, {value}",
    "sibling": "Has a sibling, {value}",
    "relative": "Has a relative, {value}",
    "in_law": "Has an in-law, {value}",
    "ex_partner": "Has an ex-partner, {value}",
    "friend": "Has a friend, {value}",
    "manager": "Has a manager, {value}",
    "colleague": "Has a colleague, {value}",
    "neighbour": "Has a neighbour, {value}",
    "landlord": "Has a landlord, {value}",
    "lives_with": "Lives with {value}",
    "doctor": "Has a doctor, {value}",
    "dentist": "Has a dentist, {value}",
    "therapist": "Has a therapist, {value}",
    "vet": "Has a vet, {value}",
    "pet": "Has a pet, {value}",
    "allergic_to": "Is allergic to {value}",
    "has_condition": "Has {value}",
    "takes_medication": "Takes {value}",
    "smokes": "Smokes",
    "diet": "Eats {value}",
    "avoids_food": "Doesn't eat {value}",
    "favourite_drink": "Usually drinks {value}",
    "favourite_food": "Likes to eat {value}",
    "favourite_colour": "Has {value} as favourite colour",
    "favourite_music": "Likes the music of {value}",
    "favourite_film": "Has {value} as favourite film",
    "favourite_book": "Has {value} as favourite book",
    "local_favourite": "Likes to go to {value}",
    "code_language": "Codes in {value}",
    "likes": "Likes {value}",
    "dislikes": "Dislikes {value}",
    "hobby": "Has a hobby, {value}",
    "sport": "Plays {value}",
    "plays_instrument": "Plays the {value}",
    "supports_team": "Supports {value}",
    "reading": "Is reading {value}",
    "drives": "Drives a {value}",
    "religion": "Is {value}",
    "trip": "Travels to {value}",
    "appointment": "Has a {value}",
    "deadline": "Has a {value} due",
    "plans_to": "Plans: {value}",
    "answer_language": "Wants answers in {value}",
    "answer_length": "Wants {value} answers",
    "answer_style": "Wants answers in {value}",
    "units": "Uses {value}",
    "avoid_topic": "Doesn't want to hear about {value}",
}
ENGLISH = Language("en", _PATTERNS, _CORRECTING, SENTENCES)
