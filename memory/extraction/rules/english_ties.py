"""English: the people and animals around somebody, and how a tie begins and ends."""

from __future__ import annotations

import re

from memory.extraction.rules import days, shapes
from memory.extraction.rules.clauses import Clause
from memory.extraction.rules.english_forms import AM, COUNT, HAVE, I_DID, MY, OLDER, SELF, UPPER, WE_DID
from memory.extraction.rules.patterns import Pattern, pattern
from memory.extraction.rules.values import names, tidy
from memory.extraction.rules.words import STATUSES
from memory.facts.relations import PET_WORDS, RELATION_OF, predicate_for

_PET = "|".join(
    sorted(
        (re.escape(word).replace("\\-", "[ -]") for word in PET_WORDS if word.isascii()),
        key=lambda word: (-len(word), word),
    )
)


_ANOTHER_PET = re.compile(
    rf"(?:,|\band)\s+(?:and\s+)?(?:an?|one|my|our)\s+(?:[\w\-]+\s+){{0,2}}?(?:{_PET})\s+(?:called|named)\s+(?P<v>(?-i:[A-ZÀ-ÞŁŚ])[\w'’\-]+)",
    re.IGNORECASE,
)


def _status(match: re.Match[str], clause: Clause) -> list[str]:
    after = clause.text[match.end("v") :]
    if re.match(
        r"\s+(?:to (?:my|the|this) (?!(?:best|old|high|childhood|first|same|love|man|woman|girl|boy|husband|wife|mother|father|partner|ex)\b)|from reality|in talks|with (?:this|that|the) )",
        after,
    ):
        return []
    return (
        [STATUSES[match["v"].casefold()]]
        if not re.match(r"[ -]\w", after)
        or re.match(
            r"\s+(?:to|with|and|now|since|for|but|btw|by the way|lol|atm|again|these days|at the moment)\b", after
        )
        else []
    )


def _relation_patterns() -> list[Pattern]:
    """One pattern a predicate that is told by a relation word: "my husband Marc", "my sister's called Imogen"."""
    by_predicate: dict[str, list[str]] = {}
    for word, relation in RELATION_OF.items():
        predicate = predicate_for(relation)
        if predicate and re.fullmatch(r"[a-z\-é]+", word):
            by_predicate.setdefault(predicate, []).append(re.escape(word).replace("\\-", "[ -]"))
    patterns = []
    for predicate, words in by_predicate.items():
        older = OLDER.replace("|late", "") if predicate == "partner" else OLDER  # a late husband was one
        kin = "(?:" + "|".join(sorted(words, key=len, reverse=True)) + ")"
        patterns.append(
            pattern(
                predicate,
                rf"{MY}{older}{kin}(?:(?:['’]?s)? name is|['’]?s called| is called| are called|['’]s| is named| named| called| is| are|,)? (?:called |named )?(?P<v>(?-i:[A-ZÀ-ÞŁŚ]).*)",
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
            patterns.append(pattern(predicate, rf"{HAVE}{COUNT} {older}{kin}(?P<v>)$", shapes.names_after))
    return patterns


def _pets(match: re.Match[str], clause: Clause) -> list[str]:
    """Their names, also of those that the sentence counts up further on: "a cat called Miso and a dog called Bo"."""
    found = shapes.relatives(match, clause)
    rest = clause.text[match.start("v") :] + clause.after
    return [*found, *(name for more in _ANOTHER_PET.finditer(rest) for name in names(more["v"])[:1])]


_SEVERAL = r"(?:two|three|four|five|six|seven|eight|nine|ten|\d{1,2})"
_PARENT_OF = r"(?:\b(?:i['’]?m|i am) (?:an? )?(?:proud |busy |tired |single )*|^\W*(?:(?:and|so|hi|hey|hello|tired|busy|proud|single) )*|\bas an? )(?:mum|mom|mother|dad|father|parent|mama|papa) (?:of|to) (?:one|two|three|four|five|six|\d|twins)(?: here| (?:boys|girls|kids|children))?(?:,? called| named)?"


def _kind(match: re.Match[str], clause: Clause) -> list[str]:
    """Animals by number and kind, where no name follows: "two cats"."""
    rest = clause.text[match.end() :] + clause.after
    return (
        []
        if re.match(r"\W*(?:called|named|whose|(?-i:[A-ZÀ-ÞŁŚ])|food\b|toys?\b|beds?\b|hairs?\b)", rest)
        else [tidy(match["v"])]
    )


TIES: tuple[Pattern, ...] = (
    pattern("partner", rf"{I_DID}(?:broke up|broken up|split up|separated) (?:with|from) (?P<v>{UPPER}.+)", shapes.relative, change="ends", is_dated=True),
    *_relation_patterns(),
    pattern("sibling", rf"{MY}(?:two|three|four|five|six) {OLDER}(?:sisters|brothers|siblings)(?P<v>)$", shapes.names_after),
    pattern("sibling", rf"{MY}(?:two|three|four|five|six) {OLDER}(?:sisters|brothers|siblings)(?: are| are called| called)? (?P<v>{UPPER}.*)", shapes.relatives),
    pattern("child", rf"{MY}(?:two|three|four|five|six) {OLDER}(?:kids|children|sons|daughters|boys|girls)(?P<v>)$", shapes.names_after),
    pattern("child", rf"{MY}(?:two|three|four|five|six) {OLDER}(?:kids|children|sons|daughters|boys|girls)(?: are| are called| called)? (?P<v>{UPPER}.*)", shapes.relatives),
    pattern("pet", rf"{MY}{OLDER}(?:{_PET})(?:['’]s| is) an? [\w\- ]{{2,30}}? (?:called|named) (?P<v>{UPPER}.*)", _pets),
    pattern("partner", rf"{AM}(?:married to|engaged to|dating|going out with|in a relationship with) (?P<v>(?-i:[A-ZÀ-ÞŁŚ]).*)", shapes.relative),
    pattern("relationship_status", rf"{AM}(?P<v>{'|'.join(word for word in STATUSES if word.isascii())})\b", _status),
    pattern("pet", rf"{MY}{OLDER}(?:{_PET})s?(?:(?:['’]s)? name is|['’]s called| is called| are called|['’]s| is named| named| called| is| are|,)? (?:called |named )?(?P<v>(?-i:[A-ZÀ-ÞŁŚ]).*)", _pets),
    pattern("pet", rf"{HAVE}{COUNT} (?:(?!with\b|whose\b|who\b|and\b|that\b)[\w\-]+ ){{0,3}}?(?:{_PET})s?,?(?: called| named| whose name is|:| -)? (?P<v>(?-i:[A-ZÀ-ÞŁŚ]).*)", _pets),
    pattern("pet", rf"{HAVE}{COUNT} (?:[\w\-]+ ){{0,2}}?(?:{_PET})s?(?P<v>)$", shapes.names_after),
    pattern("pet", rf"\b(?:i|we) (?:just )?(?:adopted|got|rescued) {COUNT} (?:[\w\-]+ ){{0,2}}?(?:{_PET})(?: called| named)? (?P<v>(?-i:[A-ZÀ-ÞŁŚ]).*)", _pets),
    pattern("partner", rf"{I_DID}(?:got engaged to|got married to|married|proposed to|dating|been dating|engaged to) (?P<v>{UPPER}.+)", shapes.relative, is_dated=True),
    pattern("partner", rf"{AM}(?:dating|seeing|going out with|engaged to) (?P<v>{UPPER}.+)", shapes.relative),
    pattern("partner", rf"{MY}late (?:husband|wife|partner) (?P<v>{UPPER}.+)", shapes.relative, change="ends"),
    pattern("relationship_status", rf"{WE_DID}(?:got |been )?(?P<v>engaged|married|divorced|separated)(?= (?:last|in|on|this|yesterday|two|three|a|to)\b|\s*(?:$|[.,!;]))", shapes.whole, is_dated=True),
    pattern("child", rf"{MY}(?:son|daughter|baby|boy|girl|kid|child|toddler)(?:['’]s| is) (?:only |nearly |almost )?\d{{1,2}}(?: (?:months?|years?|weeks?)(?: old)?)? and (?:(?:his|her|their) name is|(?:(?:he|she)(?:['’]s| is) )?called) (?P<v>{UPPER}[\w'’\-]+)", shapes.relative),
    pattern("child", rf"{_PARENT_OF}(?P<v>)$", shapes.names_after),
    pattern("child", rf"{_PARENT_OF} (?P<v>{UPPER}.*)", shapes.relatives),
    pattern("pet", rf"{HAVE}(?P<v>{_SEVERAL} (?:(?!with\b|whose\b|who\b|and\b|that\b)[\w\-]+ ){{0,2}}?(?:(?:{_PET})(?:s|es)|fish|goldfish|sheep|mice|geese|ponies|puppies|bunnies))\b", _kind),
    pattern("child", rf"\band my (?:wife|husband|partner|girlfriend|boyfriend|other half|ex)(?: {UPPER}[\w'’\-]+)? have {COUNT} {OLDER}(?:kids?|children|sons?|daughters?|boys?|girls?)(?P<v>)$", shapes.names_after),
    pattern("child", rf"\band my (?:wife|husband|partner|girlfriend|boyfriend|other half|ex)(?: {UPPER}[\w'’\-]+)? have {COUNT} {OLDER}(?:kids?|children|sons?|daughters?|boys?|girls?)(?: called| named)? (?P<v>{UPPER}.*)", shapes.relatives),
    pattern("partner", rf"{MY}(?:husband|wife|partner|girlfriend|boyfriend|fiancée?),? (?P<v>{UPPER}[\w'’\-]+),? (?:just |sadly |recently |suddenly )?(?:died|passed away)", shapes.relative, change="ends", is_dated=True),
    pattern("anniversary", rf"{MY}(?:wedding )?anniversary(?:['’]?s| is)(?: on)? (?P<v>.+)", days.day_of_year),
    pattern("child", rf"{HAVE}an? (?:\d{{1,2}}-(?:year|month)-old|newborn|baby|teenage) (?:son|daughter|boy|girl|child)(?: called| named|,)? (?P<v>{UPPER}.*)", shapes.relative),
    pattern("due_date", rf"(?:{AM}expecting|{AM}pregnant(?: and|,)? due|the baby is due|our baby is due)(?: a baby| our (?:first|second|third)(?: child| baby)?| twins)? (?:in|on) (?P<v>(?:\d{{1,2}}(?:st|nd|rd|th)? )?(?-i:[A-Z])[a-z]+(?: \d{{1,2}}\b)?)", shapes.whole, is_dated=True, lean="future"),
    pattern("lives_with", rf"{SELF}(?:live|share a flat|share a house|share an apartment) with (?:my )?{OLDER}(?:flatmate|roommate|housemate|partner|boyfriend|girlfriend|brother|sister|friend|cousin|son|daughter)s? (?P<v>{UPPER}.+)", shapes.relatives),
    pattern("pet", rf"{MY}{OLDER}(?:dog|cat|rabbit|hamster|parrot|horse|pony|tortoise|budgie|guinea pig),? (?P<v>{UPPER}[\w'’\-]+),? (?:just |sadly |recently )?(?:died|passed away|ran away|was put (?:down|to sleep))", shapes.relative, change="ends", is_dated=True),
)  # fmt: skip
