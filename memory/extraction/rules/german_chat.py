"""German as it is told in a chat: jobs that begin and end, the day before the plan, fans, and how to be answered."""

from __future__ import annotations

import re

from memory.extraction.rules import shapes
from memory.extraction.rules.clauses import Clause
from memory.extraction.rules.german_forms import MY, UPPER
from memory.extraction.rules.patterns import Pattern, pattern
from memory.extraction.rules.teams import is_team

_TONGUES = frozenset(
    [
        "Deutsch",
        "Englisch",
        "Französisch",
        "Spanisch",
        "Italienisch",
        "Russisch",
        "Türkisch",
        "Polnisch",
        "Norwegisch",
        "Schwedisch",
        "Dänisch",
        "Arabisch",
        "Chinesisch",
        "Japanisch",
        "Niederländisch",
        "Ukrainisch",
        "Portugiesisch",
    ]
)


def _fan_of(match: re.Match[str], clause: Clause) -> list[str]:
    """The team of a fan; of what else there are fans is left out."""
    del clause
    return [match["v"].rstrip(".")] if is_team(match["v"].rstrip(".")) else []


def _without(match: re.Match[str], clause: Clause) -> list[str]:
    del clause
    return [f"keine {match['v']}"]


def _asked(match: re.Match[str], clause: Clause) -> list[str]:
    """The wish, before its verb or behind it."""
    del clause
    return [match["v"] or match["w"]]


def _language_asked(match: re.Match[str], clause: Clause) -> list[str]:
    """A language, before the verb or behind it."""
    return [value.title() for value in _asked(match, clause) if value.title() in _TONGUES]


CHAT: tuple[Pattern, ...] = (
    pattern("child", rf"{MY}(?:Sohn|Tochter|Kleine|Kleiner|Große|Großer) ist [^,;.]{{1,20}} und heißt (?P<v>{UPPER}\w+)", shapes.relative),
    pattern("works_at", rf"\b(?:ich )?(?:habe|hab) (?:[\w.]+ ){{0,4}}?bei (?:der |dem )?(?P<v>{UPPER}[\w&\- ]+?) (?:angefangen|begonnen)\b", shapes.whole, is_dated=True),
    pattern("works_at", rf"\bich (?:fange|beginne|starte) (?:[\w.]+ ){{0,4}}?bei (?P<v>{UPPER}[\w&\-]+(?: {UPPER}[\w&\-]+)*)", shapes.organisation, is_dated=True, lean="future"),
    pattern("works_at", rf"(?:^|,)\W*(?:ab|am|zum|im|nächste\w*) [^,;]{{1,30}}?(?:fange|beginne|starte|arbeite) ich (?:\w+ )?bei (?P<v>{UPPER}[\w&\-]+(?: {UPPER}[\w&\-]+)*)", shapes.organisation, lean="future", needs_date=True),
    pattern("works_at", rf"\b(?:ich )?arbeite (?:nicht mehr|nicht länger) (?:bei|beim|für) (?P<v>{UPPER}.+)", shapes.organisation, change="ends"),
    pattern("works_at", rf"\bich habe bei (?:der |dem )?(?P<v>{UPPER}[\w&\- ]+?) (?:gekündigt|aufgehört)\b", shapes.whole, change="ends", is_dated=True),
    pattern("dislikes", r"\bich\b[^,;.]{1,60} (?:und|aber) hasse (?P<v>(?!es\b|das\b|dich\b|dass\b).+)", shapes.some_things),
    pattern("likes", r"\bich\b[^,;.]{1,60} (?:und|aber) (?:liebe|mag) (?P<v>(?!es\b|das\b|dich\b|dass\b|nicht\b|kein).+)", shapes.some_things),
    pattern("supports_team", rf"\bich bin (?:[a-zäöüß]+ )?(?:-)?Fan (?:von|vom|des) (?P<v>{UPPER}[\w.]+(?: (?:{UPPER}|\d)[\w.]*){{0,2}})", _fan_of),
    pattern("answer_style", r"(?:^\W*|\bbitte )(?:keine) (?P<v>Emojis|Listen|Tabellen|Floskeln|Stichpunkte)\b", _without),
    pattern("answer_length", r"(?:^\W*|\bbitte )(?:nur |immer )?(?P<v>kurze|knappe|kürzere|lange|längere|ausführliche) Antworten\b", shapes.whole),
    pattern("answer_style", r"^\W*(?:bitte )?(?P<v>(?:duze|sieze) mich|du kannst mich duzen)\b", shapes.whole),
    pattern(
        "trip",
        rf"(?:^|,)\W*(?:(?:und|dann) )?(?:am|im|ab|nächste\w*|übernächste\w*|kommende\w*|morgen|übermorgen|zu|über|in) [^,;]{{0,30}}?(?:fliege|fliegen|fahre|fahren|reise|reisen) (?:ich|wir) (?:\w+ )?nach (?P<v>{UPPER}.+)",
        shapes.place,
        lean="future",
        needs_date=True,
    ),
    pattern(
        "appointment",
        rf"(?:^|,)\W*(?:am|nächste\w*|kommende\w*|morgen|übermorgen) [^,;]{{0,30}}?(?:habe|haben) (?:ich|wir) (?:einen|eine|ein|meinen|meine) (?P<v>{UPPER}\w*(?:termin|prüfung|operation|untersuchung|gespräch)|Termin (?:beim|bei der|bei) {UPPER}[\w-]+|Prüfung|OP|Termin)\b",
        shapes.whole,
        lean="future",
        needs_date=True,
    ),
    pattern(
        "appointment",
        r"\b(?:ich|wir) (?:muss|müssen|gehe|gehen) (?:am|nächste\w*|morgen|übermorgen) [^,;]{0,30}?(?P<v>(?:zum|zur) (?:Zahnarzt|Zahnärztin|Arzt|Ärztin|Hausarzt|Hausärztin|Friseur|Augenarzt|TÜV|Physiotherapie))\b",
        shapes.whole,
        lean="future",
        needs_date=True,
    ),
    pattern(
        "answer_language",
        r"\b(?:antworte|antworten|schreib|schreibe|sprich)(?: (?:mir|bitte|immer|ab jetzt|ab sofort|von nun an|künftig|in zukunft|nur|stets|doch|mal))* auf (?P<v>\w+)|\b(?:mir |bitte |immer |nur |ab jetzt )*auf (?P<w>\w+) (?:antworten|schreiben)\b",
        _language_asked,
    ),
    pattern(
        "answer_length",
        r"\b(?:antworte|antworten|fass dich|schreib|schreibe)\b[^.!?;]{0,40}?\b(?P<v>kurz|knapp|kürzer|ausführlich|ausführlicher)\b|^\W*(?:(?:bitte|mir|immer|ab jetzt|etwas|ganz) )*(?P<w>kurz|knapp|kürzer|ausführlich|ausführlicher) antworten\b",
        _asked,
    ),
    pattern(
        "dislikes",
        r"\bich (?:habe|hab) (?:große |ein bisschen |etwas |panische |totale )*(?:Angst|Panik) vor (?:der |dem |den )?(?P<v>(?!(?:morgen|allem|dir|euch|ihm|ihr|der|dem|den|mir)\b|(?-i:Zukunft|Prüfung|Verlust|Veränderung)).+)",
        shapes.some_things,
    ),
    pattern(
        "plays_instrument",
        r"\bich spiele (?:(?:gar|überhaupt|eigentlich|doch|ja) )*(?:kein|keine|keinen|nicht) (?P<v>(?-i:[A-ZÄÖÜ])\w+)(?=\s*(?:$|[.,!;]|(?:und|aber|sondern)\b))",
        shapes.instrument_as_said,
        change="negates",
    ),
    pattern(
        "speaks",
        r"\bich (?:spreche|kann) (?:(?:gar|überhaupt|eigentlich|doch|ja) )*(?:kein|nicht) (?P<v>(?-i:[A-ZÄÖÜ])\w+)(?=\s*(?:$|[.,!;]|(?:und|aber|sondern)\b))",
        shapes.one_language,
        change="negates",
    ),
)  # fmt: skip
