"""How people give commands to memory, in four languages. Idioms, questions and quotations are no commands. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from memory.evidence import blank


class Verb(StrEnum):
    REMEMBER = "remember"
    FORGET = "forget"
    UNDO = "undo"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Command:
    """One command. `rest` is what it is about, at [start, end) of the turn."""

    verb: Verb
    rest: str
    start: int
    end: int


_POLITE = r"(?:(?:hey|ok|okay|so|and|also|oh|btw|hi|actually|well|alright|listen|please|pls|bitte|por favor|vennligst|kindly|now|just|can you|could you|would you|will you|i want you to|i'd like you to|you can|du kannst|kannst du|puedes|kan du),? )*"
_COMMANDS: Sequence[tuple[Verb, re.Pattern[str]]] = [
    (verb, re.compile(rf"^\W*{_POLITE}{form}", re.IGNORECASE))
    for verb, form in (
        (
            Verb.UNDO,
            r"(?:undo (?:that|this|it|the last(?: one| change)?)|take that back|mach das rückgängig|deshaz (?:eso|lo último)|deshazlo|angre det)\b(?=(?:,? (?:please|now|again|bitte|por favor|takk))?\W*$)(?P<rest>)",
        ),
        (
            Verb.REMEMBER,
            r"(?:(?:please )?remember(?: (?:this|for me|for later|for next time))?(?: that|:)?|(?:make a note|take note|note)(?: down)?(?: that|:| of this:)|keep in mind(?: that|:)?|don['’]?t forget(?: that|:)|never forget that"
            r"|save (?:to memory|this)(?::| that)?|add to (?:your )?memory(?::| that)?|merk[e]? dir(?:,? dass|:)?|denk daran(?:,? dass|:)?|vergiss nicht(?:,? dass|:)|recuerda(?: que|:)?|acuérdate(?: de)? que|ten en cuenta que|no olvides que"
            r"|husk(?: at|:)?|ikke glem at|souviens-toi que|n'oublie pas que)\s+(?P<rest>.+)",
        ),
        (
            Verb.FORGET,
            r"(?:(?:please )?(?:forget|erase|delete|remove|wipe|unlearn)(?: (?:from (?:your )?memory|about))?|stop remembering|don['’]?t remember|vergiss(?: bitte)?,?|lösche?(?: bitte)?,?|(?:olvida(?:te)?(?: de)?|olvídate de|borra|elimina)(?: a(?! qué\b))?|glem|slett|oublie)\s+(?P<rest>.+)",
        ),
        (
            Verb.WRONG,
            r"(?P<rest>(?:no,? )?(?:that['’]?s|that is|this is|it['’]?s|das ist|das stimmt nicht|eso es|eso no es|det er|c'est) ?(?:wrong|not (?:right|true|correct)|incorrect|false|falsch|nicht (?:richtig|wahr)|mentira|incorrecto|cierto|verdad"
            r"|feil|ikke (?:riktig|sant)|faux)?)\W*$",
        ),
    )
]
# A clause after "forget that": it says what is to go, where the bare words wave something aside.
_CLAUSE = r" (?:(?:i|you|we|he|she|they)\b(?! (?:just |ever |even )?(?:said|asked|mentioned|told|wrote)\b)|(?:my|our|his|her|their) \w|[\w-]+(?: [\w-]+)? (?:is|was|are|were|has|had|have|can['’]?t|lives?|works?|likes?|loves?|hates?|eats?|drinks?|plays?|drives?|speaks?|studies|teaches|goes|wants?|takes?|owes?|earns?|owns?|got|lost|left|moved|married|quit|died)\b|(?:\w+ )?(?:thing|stuff|business|bit|story) (?:about|with|on)\b)"
# What begins like a command and is none.
_IDIOM = re.compile(
    rf"^\W*(?:(?:oh|ok|okay|ah|well|no|nah|please|just)[, ]+)*(?:forget (?:it|that(?!{_CLAUSE})|this|about it|about that|what i (?:said|asked)(?! about\b)|the (?:last|previous) (?:question|message|one))\b|never ?mind|forget all (?:previous|prior|earlier|your) (?:instructions|rules)"
    r"|don['’]?t forget to\b|remember (?:when|to|the time|how)\b|do you remember|i (?:don['’]?t|can['’]?t|do) remember|remember me\b|vergiss es|schon gut|olvídalo|no importa|glem det(?! (?:jeg|med)\b)|husk å\b|recuerda (?:cuando|a\b)|délaisse|laisse tomber)",
    re.IGNORECASE,
)
_NOT_MEMORY = re.compile(
    r"^(?:(?:the|this|that|my|all|a|an|any|every|these|those) )?(?:\w+ ){0,2}?(?:files?|folders?|rows?|columns?|lines?|duplicates|branch(?:es)?|commits?|comments?|spaces?|whitespace|code|function|class|table|database|record|account|app|draft|email|tweet|post"
    r"|message|paragraph|sentence|word|words|stain|stains|wine|wax|rust|mould|mold|cookies|cache|history of my browser|password|docker|container|image|package|index|key)\b",
    re.IGNORECASE,
)
_ASKED_TO = re.compile(r",? (?:would|will|could|can) (?:you|ya|u)(?: please)?[?\s]*$", re.IGNORECASE)
_QUOTED = re.compile(r"“[^”]*”|„[^“”]*[“”]|«[^»]*»|\"[^\"\n]*\"|```.*?```|`[^`\n]*`", re.DOTALL)
_SENTENCE = re.compile(r"[^.!?\n]+(?:[.](?=\w)[^.!?\n]*)*[.!?]*")


def commands_in(text: str, pasted: Sequence[tuple[int, int]] = ()) -> list[Command]:
    """The commands of a turn, in order."""
    if len(text) > 2000:
        return []  # nobody gives orders at such a length; what is in there was brought along
    open_text = blank(text, pasted)
    open_text = blank(open_text, [match.span() for match in _QUOTED.finditer(open_text)])
    sentences = _SENTENCE.finditer(open_text)
    return [command for sentence in sentences if (command := _command(sentence.group(), sentence.start()))]


def orders_to_forget(text: str, pasted: Sequence[tuple[int, int]] = ()) -> list[tuple[int, int]]:
    """Where a turn says what is to be forgotten. Nothing is learned from there: "forget my hamster Otto" tells of no hamster to keep."""
    spans = []
    for command in commands_in(text, pasted):
        if command.verb == Verb.FORGET:
            goes_on = _NEW_THOUGHT.search(text, command.start, command.end)
            spans.append((command.start, goes_on.start() if goes_on else command.end))
    return spans


_NEW_THOUGHT = re.compile(
    r"[,;–—] *(?:and |but |because |since |und |aber |weil |denn |y |pero |porque |og |men |fordi )?(?:(?:i|we|it|ich|wir|yo|jeg|vi)\b|i['’]m\b|we['’]re\b)",
    re.IGNORECASE,
)


def _command(sentence: str, start: int) -> Command | None:
    if _IDIOM.match(sentence):
        return None
    for verb, form in _COMMANDS:
        match = form.match(sentence)
        if not match:
            continue
        rest = (match["rest"] or "").strip().strip(".!").strip()
        if verb == Verb.WRONG and not re.search(
            r"wrong|not|incorrect|false|falsch|nicht|mentira|incorrect|no es|feil|ikke|faux", rest, re.IGNORECASE
        ):
            return None
        if verb in (Verb.REMEMBER, Verb.FORGET) and not any(char.isalnum() for char in rest.replace("•", "")):
            return None
        if verb == Verb.FORGET and (_NOT_MEMORY.match(rest) or _IDIOM.match(f"forget {rest}")):
            return None
        if (
            sentence.rstrip().endswith("?")
            and not _ASKED_TO.search(sentence)
            and not re.match(
                r"^\W*(?:can|could|would|will|kannst|könntest|puedes|podrías|kan) ", sentence, re.IGNORECASE
            )
        ):
            return None
        rest = _ASKED_TO.sub("", rest).rstrip("?").strip()
        at = sentence.find(rest) if rest else 0
        return Command(verb, rest, start + at, start + at + len(rest))
    return None
