"""Shapes of values inside a clause: names, places, things, lists. Pure."""

from __future__ import annotations

import re

from memory.extraction.rules.frames import is_advice

UPPER = r"[A-ZÀ-ÖØ-ÞŁŚŠŽĐŐŰĀĒĪŌŪİ]"
_JOINER = r"(?:de|del|de la|da|do|dos|van|von|van der|der|den|la|le|el|al|bin|ben|ibn|of|upon|on|an der|am|sur|ter|y|e|zu|zum)"
NAME = rf"{UPPER}[\w'’\-]*(?:\.? (?:{_JOINER} )?{UPPER}[\w'’\-]*){{0,3}}"
TITLED = rf"(?:(?:Dr|Mr|Mrs|Ms|Miss|Prof|Dott|Frau|Herr|Sr|Sra|Don|Doña)\.? )?{NAME}"
PLACE = rf"(?:Mo i Rana\b|(?:the )?{UPPER}[\w'’.\-]*(?: (?:{_JOINER} )?{UPPER}[\w'’.\-]*){{0,3}}(?:, {UPPER}[\w'’\-]+(?: {UPPER}[\w'’\-]+)?(?=\s*(?:$|[.,!?;:)(•]|and\b|but\b|with\b|btw\b|so\b|now\b|since\b|these\b|in\b|from\b|last\b|next\b|on\b|y\b|und\b|og\b)))?)"
_AGED = r"(?:\s*\(\d{1,2}\))?"  # "Anna (8) and Per (5)"
_LITTLE = r"(?:(?:baby|little|big|our|my) )?"  # "Ellie, Jack and baby Noah"
LOWER_PLACE = r"[^\W\d_][\w'’\-]+(?: [^\W\d_][\w'’\-]+)?"

# Where a thing ends: a conjunction, a preposition of another thought, a remark.
_END = re.compile(
    r"\s+(?:but|because|cause|cos|so|since|when|whenever|while|which|who|whom|that|where|though|although|unless|until|if|as (?:well|of|an?|my|long)|btw|by the way|tbh|ngl|imo|fyi|rn|atm|rly|cuz|bc|irl|idk|smh|imho|innit|lmao|lmfao|omg|yay|ugh|meh|xx|hehe|w|auch nicht|ebenfalls nicht|tampoco|heller ikke|desde|seit|siden|at (?:home|work|all)|(?:nicht )?mehr|too|also|lol|haha|anymore|any more|now|right now|(?:\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|some|several|many|a few|a couple of) (?:days?|weeks?|months?|years?) ago"
    r"|these days|at the moment|currently|actually|really|very much|a lot|so much|more than|please|thanks|ever|again|already|yet|instead|today|tomorrow|yesterday|tonight|last|next|every|for (?:\d|a|years|ages|now|my)"
    r"|and (?:i|i'm|my|we|our|it|he|she|they|have|am|is|the|a|an|now|not|love|hate|can|need|want|live|ride|drive|speak|study|teach|eat|own|collect|take|commute|cycle|grew|was|were|don['’]t|do|usually|then)|und (?:ich|wir|mag|habe|bin|esse|hasse|wohne|arbeite|meine?|es|das|die|der|ein|eine)|y (?:no|me|soy|tengo|odio|vivo|trabajo|hablo|toco|estoy|estudio|mi|mis|un|una|(?:el|la|los|las)(?!\s+[\w\-]+\s*(?:$|[.,!?;)])))|og (?:jeg|liker|er|har|hater|bor|jobber|min|mitt|vi|en|et)|aber|weil|denn|sehr|gerne|pero|porque|mucho|men|fordi|xd|:\)|:D)(?!\w)",
    re.IGNORECASE,
)
_TRIM = " \t.,;:!?…•\"'“”()[]-–—*"
_NO_NAME = frozenset({"I", "I'm", "I’m", "We", "He", "She", "They", "It", "My", "Our", "The", "And", "But"})
_EMPTY = frozenset(
    [
        "it",
        "this",
        "that",
        "them",
        "him",
        "her",
        "you",
        "me",
        "us",
        "one",
        "some",
        "any",
        "something",
        "anything",
        "everything",
        "nothing",
        "these",
        "those",
        "here",
        "there",
        "how",
        "what",
        "when",
        "where",
        "why",
        "who",
        "myself",
        "yourself",
        "the",
        "a",
        "an",
        "my",
        "your",
        "his",
        "its",
        "our",
        "to",
        "being",
        "doing",
        "having",
        "going",
        "idea",
        "way",
        "fact",
        "thought",
        "sound",
        "look",
        "looks",
        "kind",
        "lot",
        "lots",
        "bit",
        "es",
        "das",
        "sie",
        "ihn",
        "dich",
        "mich",
        "eso",
        "esto",
        "ello",
        "det",
        "den",
        "deg",
        "meg",
    ]
)


_LEADS_ON = frozenset(
    {"with", "of", "for", "from", "by", "and", "or", "mit", "von", "für", "con", "de", "para", "med", "til"}
)


def edged(text: str) -> str:
    """A value without what hangs on its edges; the s of a name such as McDonald's stays."""
    return " ".join(text.strip(_TRIM).split())


def tidy(text: str) -> str:
    """A value without what hangs on its edges, nor the s of a possessive."""
    text = edged(text)
    return re.sub(r"[’']s$", "", text).strip(_TRIM)


def thing(text: str, *, most_words: int = 5) -> str:
    """The noun phrase that `text` begins with; empty when it begins with none worth keeping."""
    match = _END.search(text)
    phrase = tidy(text[: match.start()] if match else text)
    phrase = re.sub(
        r"^(?:the smell of|keine?n?|a|an|some|any|all|my|any kind of|all kinds of|eating|drinking)\s+",
        "",
        phrase,
        flags=re.IGNORECASE,
    )
    words = phrase.split()
    while len(words) > 1 and words[-1].casefold() in _LEADS_ON:  # "bread with", cut off in front of what follows
        words.pop()
    phrase = " ".join(words)
    if not words or len(words) > most_words or words[0].casefold() in _EMPTY or "•" in phrase:
        return ""
    if len(phrase) < 2 or not any(char.isalpha() for char in phrase):
        return ""
    return phrase


_ITEM = r"[\w'’\-]+(?: [\w'’\-]+){0,2}"
_NO_ITEM = r"(?:i|i'm|my|we|our|what|who|how|where|can|so|but|which|he|she|they|it|and (?:i|my|we))\b"
_AND = r"(?:\s*,\s*|\s+)(?:and|&|or|und|y|og|e|oder|o|eller)\s+"
# Whom somebody loves or hates among their own is no taste: "meine Frau", "mi ex", "sjefen min".
_ONES_OWN = re.compile(
    r"(?:(?:mein|meine[nmrs]?|unser\w*|mis?|nuestr[oa]s?)\s\w|\w+\s(?:min|mi|mitt|mine|vår|vårt|våre)$)", re.IGNORECASE
)
_LISTED = re.compile(
    rf"(?P<items>(?:\s*,\s*(?!{_NO_ITEM}){_ITEM}){{0,6}}?{_AND}(?!(?:i|i'm|my|we|our|what|he|she|they|it|can|have|am|love|hate)\b){_ITEM})(?=\s*(?:[.!?,;)]|$))"
    # The last of the list is one's own, and no more than that: "figs, dates, and my oven".
    rf"|(?P<but_own>(?:\s*,\s*(?!{_NO_ITEM}){_ITEM}){{1,6}}?)(?={_AND}(?:my|our)\s+[\w'’\-]+(?:\s+[\w'’\-]+)?\s*(?:[.!?,;)]|$))",
    re.IGNORECASE,
)


def things(text: str, after: str = "") -> list[str]:
    """The items of a list that `text` begins with; `after` is the rest of the sentence, where a list goes on behind its commas."""
    listed = _LISTED.match(after)
    whole = text + (listed.group() if listed else "")
    end = _END.search(whole)
    if end:
        whole = whole[: end.start()]
    parts = re.split(r"\s*,\s*(?:and |und |y |og )?|\s+(?:and|&|und|y|og|or|oder|o|eller|as well as)\s+", whole)
    found = [
        phrase
        for part in parts
        if (phrase := thing(part, most_words=4))
        and not (len(parts) > 1 and is_advice(phrase))
        and not _ONES_OWN.match(phrase)
    ]
    return list(dict.fromkeys(found))


def names(text: str) -> list[str]:
    """The proper names that `text` lists from its beginning: "Archie and Poppy", "Omar, Bilal and Yusuf"."""
    match = re.match(
        rf"\s*(?P<all>{TITLED}{_AGED}(?:(?:\s*,\s*(?:and |und |y |og )?|\s+(?:and|&|und|y|og)\s+){_LITTLE}{TITLED}{_AGED})*)",
        text,
    )
    if not match:
        return []
    listed = re.sub(rf"{_AGED}|(?<=\s){_LITTLE}(?={UPPER})", "", match["all"])
    parts = re.split(r"\s*,\s*(?:and |und |y |og )?|\s+(?:and|&|und|y|og)\s+", listed)
    if len(parts) > 1 and text[match.end() :].startswith(" for short"):
        parts.pop()  # "Alexandra, Alex for short" is one
    return [name for part in parts if (name := tidy(part)) and name not in _NO_NAME]
