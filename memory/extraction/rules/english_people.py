"""English: who somebody is and where they live."""

from __future__ import annotations

import re

from memory.extraction.rules import days, shapes
from memory.extraction.rules.callings import own_calling
from memory.extraction.rules.clauses import Clause
from memory.extraction.rules.english_forms import ADVERBS, AM, HAVE, MY, SELF, UPPER, WE_DID
from memory.extraction.rules.patterns import Pattern, pattern
from memory.extraction.rules.tongues import languages_in
from memory.extraction.rules.values import tidy
from memory.extraction.rules.words import HOMES

_HALT = r"(?=\s*(?:$|[.,!;)]|\band\b|\bbut\b|\bso\b|\bsince\b|\bnow\b))"


_OWNED_BESIDE = frozenset(
    {"caravan", "cabin", "boat", "houseboat", "trailer", "van", "farm"}
)  # to own one is not to live in it


def _home(match: re.Match[str], clause: Clause) -> list[str]:
    kind = match["v"].split()[-1].casefold()
    if kind in _OWNED_BESIDE and re.search(r"\b(?:own|bought|have)\b", match.group(), re.IGNORECASE):
        return []
    return [tidy(match["v"])] if kind in HOMES else []


_OF_SOMEBODY = re.compile(
    r"\b(?:(?:my|our|his|her|their|your|the) (?!names?\b|pronouns\b)|(?:he|she|they|you)(?:['’]s|['’]re)? )",
    re.IGNORECASE,
)


def _own_pronouns(match: re.Match[str], clause: Clause) -> list[str]:
    """Pronouns behind one's own name, or by themselves: not "my partner is Alex, they/them"."""
    return [] if _OF_SOMEBODY.search(clause.before) else shapes.whole(match, clause)


def _first_said(match: re.Match[str], clause: Clause) -> list[str]:
    """A place told without "I", where the turn begins with it."""
    is_first = clause.is_first and not clause.previous and not re.search(r"\b(?:he|she|who)\b", clause.after)
    return shapes.place(match, clause) if is_first else []


def _raised(match: re.Match[str], clause: Clause) -> list[str]:
    """Where somebody was raised, behind where they were born: "born in Kraków, raised in Toronto"."""
    return (
        shapes.place(match, clause)
        if re.match(r"\W*(?:i was )?born in [^,;]+\W*$", clause.before, re.IGNORECASE)
        else []
    )


def _moved_for_good(match: re.Match[str], clause: Clause) -> list[str]:
    """A place moved to, unless the sentence says that they are elsewhere by now: "moved to Spain, back in Leeds since 2020"."""
    return [] if _ELSEWHERE.search(clause.after) else shapes.place(match, clause)


def _settled_again(match: re.Match[str], clause: Clause) -> list[str]:
    """A place that somebody who moved away is back in."""
    is_now = re.search(r"\bnow\b", match.group(), re.IGNORECASE) or _FOR_GOOD.match(clause.text[match.end("v") :])
    is_lasting = is_now and _MOVED_AWAY.search(clause.before)
    return shapes.place_within(match, clause) if is_lasting else []


_MOVED_AWAY = re.compile(r"\b(?:i|we) (?:[\w'’]+ )?(?:moved|lived|emigrated|relocated)\b", re.IGNORECASE)
_FOR_GOOD = re.compile(r" (?:since|again|now|for good|these days)\b", re.IGNORECASE)
_ELSEWHERE = re.compile(rf"\b(?:(?:back|now|currently) in|(?:moved|came|went) back (?:to|in)) {UPPER}", re.IGNORECASE)


def _tongues_behind(match: re.Match[str], clause: Clause) -> list[str]:
    """The languages that the colon announces: "I speak three languages: Dutch, French and German"."""
    del match
    found = re.match(r"\s*[:,–-]\s*", clause.after)
    return languages_in(clause.after[found.end() :]) if found else []


def _other_half(match: re.Match[str], clause: Clause) -> list[str]:
    """The second half of where somebody is from: "I'm half Irish, half Greek"."""
    is_own = re.search(r"\b(?:i['’]?m|i am) half[ -]\w+\W*$", clause.before, re.IGNORECASE)
    return shapes.nationality(match, clause) if is_own else []


PEOPLE: tuple[Pattern, ...] = (
    pattern("lives_in", rf"{WE_DID}moved into (?:an?|our|my) (?:[\w\-]+ ){{0,3}}(?:{'|'.join(HOMES)}) in (?P<v>{UPPER}.+)", shapes.place, is_dated=True),
    pattern("name", r"\b(?:my (?:full |first |real )?name(?:['’]?s| is)|i am called|i['’]m called) (?P<v>.+)", shapes.loose_name),
    pattern("name", r"(?:^|[,.!;]\s*)(?:hi|hey|hello|hiya|morning|evening)?[,!]?\s*(?:i['’]m|i am|(?-i:im)) (?P<v>(?-i:[A-ZÀ-ÞŁŚ]).*)", shapes.own_name),
    pattern("name", r"^\W*(?:(?:hi|hey|hello|hiya|morning|good (?:morning|evening)|btw)[,!.]? )?(?P<v>(?-i:[A-ZÀ-ÞŁŚ][\w'’\-]+)) here\b(?=\s*(?:$|[.,!]))", shapes.name),
    pattern("preferred_name", r"\b(?:please call me|just call me|you can call me|call me|i go by|(?:everyone|everybody|every one) (?:just |always )?calls me|(?:people|friends|they|you all) (?:just |always |usually )?call me|known as|my nickname is) (?P<v>.+)", own_calling(shapes.loose_name)),
    pattern("preferred_name", r"(?:^|\b(?:but|though|although|and)\s+|[,;.]\s*)(?P<v>(?-i:[A-ZÀ-ÞŁŚ])[\w'’-]+?)(?: is|['’]s) what (?:(?:most |all )?(?:people|friends)|everyone|everybody|they|my (?:friends|family|mates)|most) calls? me\b", shapes.name),
    pattern("pronouns", r"\b(?:my pronouns are|pronouns:|i use) (?P<v>(?:she|he|they|xe|ze|it|fae|ey)(?:/\w+){1,2})", shapes.whole),
    pattern("pronouns", r"^\W*(?P<v>(?:she/her|he/him|they/them|she/they|he/they|xe/xem|ze/zir)(?:/\w+)?)(?=(?: pronouns?)?(?: btw\b| by the way\b| here\b|\W*$))", _own_pronouns),
    pattern("birthday", rf"{MY}(?:birthday|b-?day|date of birth|dob|d\.o\.b\.?)(?:['’]?s| is|:)? (?:on )?(?P<v>.+)", days.day_of_year),
    pattern("birthday", r"\b(?:i was born|i['’]m born) on (?P<v>.+)", days.day_of_year),
    pattern("age", rf"{AM}(?P<v>\d{{1,3}})(?: years old| years of age| yo\b| y/o|-year-old|(?=\s*$|\s*[.,!;]| and\b))(?!\s*%|\s*(?:cm|kg|min|miles|km))", shapes.number),
    pattern("age", r"\bi (?:just )?turned (?P<v>\d{1,3})\b", shapes.number),
    pattern("born_in", r"\bi was born in (?P<v>(?!\d).+)", shapes.place),
    pattern("born_in", rf"^\W*born in (?P<v>{UPPER}.+)", _first_said),
    pattern("grew_up_in", rf"^\W*(?:but |and )?(?:raised|brought up|grew up) in (?P<v>{UPPER}.+)", _raised),
    pattern("born_in", r"\bborn and (?:raised|bred) in (?P<v>.+)", shapes.place),
    pattern("grew_up_in", rf"{SELF}(?:grew up|was raised|was brought up) in (?P<v>.+)", shapes.place),
    pattern("grew_up_in", rf"{SELF}was born in [^,;.]+? (?:and|but) (?:grew up|was raised) in (?P<v>.+)", shapes.place),
    pattern("grew_up_in", rf"(?:{AM}|\bi )(?:come )?(?:originally )?from (?P<v>(?-i:[A-ZÀ-ÞŁŚ]).+)", shapes.place),
    pattern("nationality", rf"{AM}(?:half[ -])?(?P<v>[a-z]+)(?=\s*(?:$|[.,!;]|and\b|but\b|by\b|citizen|national\b|btw))", shapes.nationality),
    pattern("nationality", rf"^\W*(?:and )?half[ -](?P<v>{UPPER}[a-z]+)", _other_half),
    pattern("nationality", rf"{AM}(?:half[ -]){UPPER}[a-z]+(?:,| and|,? and) half[ -](?P<v>{UPPER}[a-z]+)", shapes.nationality),
    pattern("nationality", rf"(?:{HAVE}|{SELF}(?:hold|carry|travel on) )(?:an? )(?P<v>[a-z]+) passport", shapes.nationality),
    pattern("native_language", rf"{MY}(?:mother tongue|native language|first language)(?: is|['’]s) (?P<v>.+)", shapes.one_language),
    pattern("native_language", rf"{AM}a native (?P<v>\w+) speaker", shapes.one_language),
    pattern("speaks", rf"{SELF}(?:can )?speak (?:two|three|four|five|six|several|\d) languages(?P<v>)$", _tongues_behind),
    pattern("speaks", rf"{SELF}(?:can )?speak (?:fluent |some |a little |a bit of |good |basic )?(?P<v>.+)", shapes.languages),
    pattern("height", rf"{AM}(?P<v>\d(?:[.,]\d+)? ?m|1\d\d ?cm|[4-7](?:'|ft| foot| feet) ?\d{{0,2}}(?:\"|in)?)(?: tall)?(?!\w)", shapes.whole),
    pattern("lives_in", rf"{SELF}(?:live|reside|stay|have lived)(?: full[- ]time| alone| together| by (?:myself|ourselves)| on my own)? in (?P<v>.+)", shapes.place, is_dated=True),
    pattern("lives_in", r"\b(?:i|we)(?:['’]ve| have) (?:been living|lived|been based) in (?P<v>.+)", shapes.place, is_dated=True),
    pattern("lives_in", rf"{AM}based out of (?P<v>{UPPER}.+)", shapes.place),
    pattern("lives_in", rf"{AM}(?:living|based|staying permanently|settled|at home) in (?P<v>.+)", shapes.place, is_dated=True),
    pattern("lives_in", rf"{SELF}(?:(?:have|['’]ve) )?(?:moved|relocated|emigrated)(?: house)?(?: from [^,.]+?)?(?: back| over| down| up| out)?(?: here)? to (?P<v>.+)", _moved_for_good, is_dated=True),
    pattern("lives_in", rf"\b(?:i|we)['’]ve {ADVERBS}(?:moved|relocated|emigrated)(?: from [^,.]+?)?(?: back| over| down| up)? to (?P<v>.+)", _moved_for_good, is_dated=True),
    pattern("lives_in", rf"^\W*(?:(?:and|but|so|now|then|i['’]?m|i am|we['’]?re) )*(?:back|now back) in (?P<v>{UPPER}.+?)(?=\s*$|[.,!;]| (?:since|again|now|for good|these days)\b)", _settled_again, is_dated=True),
    pattern("lives_in", r"^\W*(?:and |just |so |well )*(?:just )?(?:moved|relocated) to (?P<v>(?-i:[A-ZÀ-ÞŁŚ]).+)", shapes.place, is_dated=True),
    pattern("lives_in", rf"{SELF}(?:live|(?:have|['’]ve) (?:lived|been living)) (?:somewhere |right |just |quite )?(?P<near>near|outside|close to|not far from) (?P<v>{UPPER}.+)", shapes.place_near, is_dated=True),
    pattern("lives_in", rf"{AM}(?:living|based) (?:somewhere |right |just )?(?P<near>near|outside|close to|not far from) (?P<v>{UPPER}.+)", shapes.place_near, is_dated=True),
    pattern("lives_in", rf"{MY}(?:home|home town|hometown|city|town)(?: is|['’]s) (?:in )?(?P<v>(?-i:[A-ZÀ-ÞŁŚ]).+)", shapes.place ),
    pattern("lives_in", r"\b(?:i|we) used to live in (?P<v>.+)", shapes.place, change="ends"),
    pattern("lives_in", r"\b(?:i|we) (?:don['’]?t|do not|no longer) live in (?P<v>.+?) (?:anymore|any more|any longer)", shapes.place, change="ends"),
    pattern("lives_in", r"\b(?:i|we) no longer live in (?P<v>.+)", shapes.place, change="ends"),
    pattern("lives_in", r"\b(?:i|we)(?: have|['’]ve)? never (?:actually )?lived in (?P<v>.+)", shapes.place, change="negates"),
    pattern("lives_in", r"\bi (?:don['’]?t|do not) live in (?P<v>.+)", shapes.place, change="negates"),
    pattern("lives_in", rf"{SELF}live(?: alone| together| by (?:myself|ourselves)| on my own)? in (?:a|an|the|my|our) [\w\- ]{{3,30}}? (?:in|near) (?P<v>(?-i:[A-ZÀ-ÞŁŚ]).+)", shapes.place, is_dated=True),
    pattern("home_type", rf"{SELF}(?:live|rent|own|bought|have)(?: in)? (?:a|an) (?P<v>(?:[\w\-]+ ){{0,2}}(?:{'|'.join(HOMES)}))\b", _home),
    pattern("lives_in", rf"{SELF}(?:work|study) in [^,;.]{{2,30}}? (?:but|and) live in (?P<v>(?-i:[A-ZÀ-ÞŁŚ]).+)", shapes.place),
    pattern("lives_in", rf"(?:{SELF}live|{AM}living) (?:with my|near the|by the|close to the|not far from the|(?:above|over|behind|below|opposite|next to|near|across from) (?:an?|the|my)) [\w ]{{2,30}}? in (?P<v>(?-i:[A-ZÀ-ÞŁŚ]).+)", shapes.place, is_dated=True),
    pattern("religion", rf"{AM}(?:an? )?(?:practising |practicing |devout |lapsed )?(?P<v>[a-z]+)\b(?=\s*(?:$|[.,!;]|and\b|but\b))", shapes.faith),
    pattern("sexual_orientation", rf"{AM}(?P<v>gay|lesbian|bisexual|bi|pansexual|asexual){_HALT}", shapes.whole),
    pattern("politics", rf"{SELF}(?:vote|voted) (?:for )?(?P<v>(?:the )?{UPPER}[\w\-]+(?: {UPPER}[\w\-]+)?)", shapes.proper),
    pattern("name", rf"{MY}name(?: is|['’]s) (?:spelled|spelt|written) (?P<v>{UPPER}[\w'’\-]+)", shapes.name),
    pattern("birthday", r"\bi(?:(?:['’]ll)? (?:turn|be)|['’]m turning| am turning) \d{1,3} on (?P<v>.+)", days.day_of_year),
    pattern("born_in", rf"\bi was born (?:on|in) [^,.;]*?\d{{4}},? in (?P<v>{UPPER}.+)", shapes.place),
    pattern("grew_up_in", rf"{SELF}(?:grew up|was raised) (?:on|in|at) (?P<v>(?:an? |the )(?:small |tiny |little |old )?(?:farm|village|town|island|suburb|vicarage|houseboat)(?: (?:near|outside|in|on|of) {UPPER}[\w'’\-]+)?)", shapes.whole),
    pattern("native_language", rf"\b(?P<v>{UPPER}[a-zé]+) is (?:my|our) (?:mother tongue|native language|first language)\b", shapes.one_language),
)  # fmt: skip
