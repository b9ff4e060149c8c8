"""English: who somebody is, where they live and work, and who is around them."""

from __future__ import annotations

import re

from memory.extraction.rules import shapes
from memory.extraction.rules.clauses import Clause
from memory.extraction.rules.english_forms import ADVERBS, AM, COUNT, HAVE, MY, OLDER, SELF
from memory.extraction.rules.patterns import Pattern, pattern
from memory.extraction.rules.values import names, tidy
from memory.extraction.rules.words import HOMES, STATUSES
from memory.facts.relations import PET_WORDS, RELATION_OF, predicate_for

_RELATION = "|".join(
    sorted((re.escape(word) for word in RELATION_OF if re.fullmatch(r"[a-z\-é]+", word)), key=len, reverse=True)
)

_PET = "|".join(
    sorted((re.escape(word).replace("\\-", "[ -]") for word in PET_WORDS if word.isascii()), key=len, reverse=True)
)


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
        older = OLDER.replace("|late", "") if predicate == "partner" else OLDER  # a late husband was one
        kin = "(?:" + "|".join(sorted(words, key=len, reverse=True)) + ")"
        patterns.append(
            pattern(
                predicate,
                rf"{MY}{older}{kin}(?:['’]s name is|['’]s called| is called| are called|['’]s| is named| named| called| is| are|,)? (?:called |named )?(?P<v>(?-i:[A-ZÀ-ÞŁŚ]).*)",
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
                    rf"{HAVE}{COUNT} {older}{kin},?(?: called| named|:| -)? (?P<v>(?-i:[A-ZÀ-ÞŁŚ]).*)",
                    shapes.relatives,
                )
            )
            patterns.append(pattern(predicate, rf"{HAVE}{COUNT} {older}{kin}(?P<v>)$", _listed_after))
    return patterns


def _listed_after(match: re.Match[str], clause: Clause) -> list[str]:
    """Names behind a comma: "two kids, Archie and Poppy"."""
    found = re.match(r"\s*[,:–-]\s*", clause.after)
    return names(clause.after[found.end() :]) if found else []


def _pets(match: re.Match[str], clause: Clause) -> list[str]:
    return shapes.relatives(match, clause)


PEOPLE: tuple[Pattern, ...] = (
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
        rf"{MY}(?:birthday|b-?day|date of birth|dob)(?:['’]?s| is|:)? (?:on )?(?P<v>.+)",
        shapes.day_of_year,
    ),
    pattern("birthday", r"\b(?:i was born|i['’]m born) on (?P<v>.+)", shapes.day_of_year),
    pattern(
        "age",
        rf"{AM}(?P<v>\d{{1,3}})(?: years old| years of age| yo\b| y/o|-year-old|(?=\s*$|\s*[.,!;]| and\b))(?!\s*%|\s*(?:cm|kg|min|miles|km))",
        shapes.number,
    ),
    pattern("age", r"\bi (?:just )?turned (?P<v>\d{1,3})\b", shapes.number),
    pattern("born_in", r"\bi was born in (?P<v>(?!\d).+)", shapes.place),
    pattern("born_in", r"\bborn and raised in (?P<v>.+)", shapes.place),
    pattern("grew_up_in", rf"{SELF}(?:grew up|was raised|was brought up) in (?P<v>.+)", shapes.place),
    pattern("grew_up_in", rf"{SELF}was born in [^,;.]+? (?:and|but) (?:grew up|was raised) in (?P<v>.+)", shapes.place),
    pattern("grew_up_in", rf"(?:{AM}|\bi )(?:come )?(?:originally )?from (?P<v>(?-i:[A-ZÀ-ÞŁŚ]).+)", shapes.place),
    pattern(
        "nationality",
        rf"{AM}(?:half[ -])?(?P<v>[a-z]+)(?=\s*(?:$|[.,!;]|and\b|but\b|by\b|citizen|national\b|btw))",
        shapes.nationality,
    ),
    pattern("nationality", rf"{HAVE}(?:a|an) (?P<v>[a-z]+) passport", shapes.nationality),
    pattern(
        "native_language",
        rf"{MY}(?:mother tongue|native language|first language)(?: is|['’]s) (?P<v>.+)",
        shapes.one_language,
    ),
    pattern("native_language", rf"{AM}a native (?P<v>\w+) speaker", shapes.one_language),
    pattern(
        "speaks",
        rf"{SELF}(?:can )?speak (?:fluent |some |a little |a bit of |good |basic )?(?P<v>.+)",
        shapes.languages,
    ),
    pattern(
        "height",
        rf"{AM}(?P<v>\d(?:[.,]\d+)? ?m|1\d\d ?cm|[4-7](?:'|ft| foot| feet) ?\d{{0,2}}(?:\"|in)?)(?: tall)?(?!\w)",
        shapes.whole,
    ),
    # home
    pattern(
        "lives_in",
        rf"{SELF}(?:live|reside|stay|have lived)(?: full[- ]time| alone| together)? in (?P<v>.+)",
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
        rf"{AM}(?:living|based|staying permanently|settled|at home) in (?P<v>.+)",
        shapes.place,
        is_dated=True,
    ),
    pattern(
        "lives_in",
        rf"{SELF}(?:(?:have|['’]ve) )?(?:moved|relocated|emigrated)(?: house)?(?: from [^,.]+?)?(?: back| over| down| up| out)?(?: here)? to (?P<v>.+)",
        shapes.place,
        is_dated=True,
    ),
    pattern(
        "lives_in",
        rf"\b(?:i|we)['’]ve {ADVERBS}(?:moved|relocated|emigrated)(?: back| over| down| up)? to (?P<v>.+)",
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
        "lives_in", rf"{MY}(?:home|home town|hometown|city|town) is (?:in )?(?P<v>(?-i:[A-ZÀ-ÞŁŚ]).+)", shapes.place
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
        rf"{SELF}live in (?:a|an|the|my|our) [\w\- ]{{3,30}}? (?:in|near) (?P<v>(?-i:[A-ZÀ-ÞŁŚ]).+)",
        shapes.place,
        is_dated=True,
    ),
    pattern(
        "home_type",
        rf"{SELF}(?:live|rent|own|bought|have)(?: in)? (?:a|an) (?P<v>(?:[\w\-]+ ){{0,2}}(?:{'|'.join(HOMES)}))\b",
        _home,
    ),
    # work and study
    pattern(
        "works_at",
        rf"{SELF}work (?:full[- ]time |part[- ]time |remotely )?(?:at|for) (?P<v>.+)",
        shapes.organisation,
        is_dated=True,
    ),
    pattern(
        "works_at",
        r"\bi(?:['’]ve)? (?:just )?(?:got|landed|found) (?:a |the |my )?(?:new )?job (?:at|with) (?P<v>(?-i:[A-ZÀ-ÞŁŚ]).+)",
        shapes.organisation,
        is_dated=True,
    ),
    pattern(
        "lives_in",
        rf"{SELF}(?:work|study) in [^,;.]{{2,30}}? (?:but|and) live in (?P<v>(?-i:[A-ZÀ-ÞŁŚ]).+)",
        shapes.place,
    ),
    pattern(
        "lives_in",
        rf"{SELF}live (?:with my|near the|by the|close to the|next to the|not far from the) [\w ]{{2,30}}? in (?P<v>(?-i:[A-ZÀ-ÞŁŚ]).+)",
        shapes.place,
        is_dated=True,
    ),
    pattern("works_at", rf"{AM}(?:working|employed) (?:at|for|by) (?P<v>.+)", shapes.organisation, is_dated=True),
    pattern(
        "works_at",
        rf"\b(?:i|we)(?: have|['’]ve)? {ADVERBS}(?:started|joined|begun|began)(?: (?:a )?(?:new )?(?:job|work|working))?(?: at| with)? (?P<v>(?-i:[A-ZÀ-ÞŁŚ]).+)",
        shapes.organisation,
        is_dated=True,
    ),
    pattern(
        "works_at",
        rf"{SELF}work as (?:an? |the )?[\w\- ]{{3,40}}? (?:at|for) (?P<v>.+)",
        shapes.organisation,
        is_dated=True,
    ),
    pattern("works_at", rf"{MY}(?:employer|company|new employer) is (?P<v>.+)", shapes.organisation),
    pattern(
        "works_at",
        rf"{AM}(?:an?|the) (?:[\w\-]+ ){{0,3}}?[\w\-]+ (?:at|for) (?P<v>(?-i:[A-ZÀ-ÞŁŚ]).+)",
        shapes.organisation,
    ),
    pattern(
        "works_at",
        r"\bi (?:no longer work|don['’]?t work|used to work|quit working|stopped working) (?:at|for) (?P<v>.+?)(?: any ?more| any longer|$)",
        shapes.organisation,
        change="ends",
    ),
    pattern("works_at", r"\bi never worked (?:at|for) (?P<v>.+)", shapes.organisation, change="negates"),
    pattern("occupation", rf"{SELF}work as (?:an? |the )?(?P<v>.+)", shapes.any_job, is_dated=True),
    pattern("occupation", rf"{SELF}work (?:at|for) [^,;.]{{2,40}}? as an? (?P<v>.+)", shapes.any_job),
    pattern("occupation", rf"{AM}(?:working as )?(?:an? )(?P<v>.+)", shapes.job),
    pattern(
        "occupation",
        rf"{MY}(?:job|profession|occupation|trade) is (?:being |to be )?(?:an? )?(?P<v>.+)",
        shapes.any_job,
    ),
    pattern(
        "studies",
        rf"(?:{SELF}study|{AM}studying|{AM}majoring in|{SELF}major in) (?P<v>(?!at\b|for\b|abroad|hard).+?)(?= at | in my |$)",
        shapes.caught_thing,
        is_dated=True,
    ),
    pattern(
        "studies_at", rf"(?:{SELF}study|{AM}studying)(?: \w+){{0,4}}? at (?P<v>.+)", shapes.organisation, is_dated=True
    ),
    pattern(
        "learning",
        rf"{AM}(?:learning|trying to learn|teaching myself) (?:to speak |how to play |to play )?(?:the )?(?P<v>.+)",
        shapes.one_thing,
    ),
    pattern("work_mode", rf"{SELF}work (?P<v>from home|remotely|hybrid|on site|on-site)\b", shapes.whole),
    # people and animals
    *_relation_patterns(),
    pattern(
        "partner",
        rf"{AM}(?:married to|engaged to|dating|going out with|in a relationship with) (?P<v>(?-i:[A-ZÀ-ÞŁŚ]).*)",
        shapes.relative,
    ),
    pattern("relationship_status", rf"{AM}(?P<v>{'|'.join(word for word in STATUSES if word.isascii())})\b", _status),
    pattern(
        "pet",
        rf"{MY}{OLDER}(?:{_PET})s?(?:['’]s name is|['’]s called| is called| are called|['’]s| is named| named| called| is| are|,)? (?:called |named )?(?P<v>(?-i:[A-ZÀ-ÞŁŚ]).*)",
        _pets,
    ),
    pattern(
        "pet",
        rf"{HAVE}{COUNT} (?:[\w\-]+ ){{0,3}}?(?:{_PET})s?,?(?: called| named| whose name is|:| -)? (?P<v>(?-i:[A-ZÀ-ÞŁŚ]).*)",
        _pets,
    ),
    pattern("pet", rf"{HAVE}{COUNT} (?:[\w\-]+ ){{0,2}}?(?:{_PET})s?(?P<v>)$", _listed_after),
    pattern(
        "pet",
        rf"\b(?:i|we) (?:just )?(?:adopted|got|rescued) {COUNT} (?:[\w\-]+ ){{0,2}}?(?:{_PET})(?: called| named)? (?P<v>(?-i:[A-ZÀ-ÞŁŚ]).*)",
        _pets,
    ),
)
