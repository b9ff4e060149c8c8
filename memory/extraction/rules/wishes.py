"""Wishes about answers bound to a task or a mood, read from whole sentences: the other rules leave suppositions out, and would lose the condition."""

from __future__ import annotations

import re
from collections.abc import Iterator

from memory.extraction.rules.clauses import Clause, sentences_of
from memory.types import Turn

_DO = (
    r"give|use|answer|reply|respond|write|explain|keep|be|show|tell|listen|skip|avoid|start|add|include|stay|speak|talk|make|put|suggest|"
    r"don['’]t|do not|never|just|always|only|no"
)
_LATER = r"give me|use|answer|reply|respond|write|explain|keep|be|don['’]t use|never use|always use|only use"  # "tell me when I …" is another thing
_TUE = r"gib|nutze|verwende|antworte|schreib|schreibe|erkläre?|halte?|sei|zeige?|höre?|lass|mache?|bleib|nimm|fasse?"
_HAZ = r"dame|usa|responde|contesta|escribe|explica|sé|muestra|muéstrame|escucha|no|solo|mantén|hazlo"
_ASK = r"i(?:['’]m|\s+am|\s+(?:ask|want|need|talk|feel|seem|sound|send|share))\b"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"^\W*(?P<all>(?:when(?:ever)?|if|every time|each time)\s+{_ASK}[^,.;!?\n]{{1,60}},\s*(?:then\s+)?(?:please\s+)?(?:{_DO})\b[^.;!?\n]{{2,120}})",
        rf"^\W*(?:please,?\s+)?(?P<all>(?:{_LATER})\b[^,.;!?\n]{{2,90}}?,?\s+(?:when(?:ever)?|if|every time)\s+{_ASK}[^,.;!?\n]{{1,60}})",
        rf"^\W*(?P<all>(?:wenn|immer wenn|falls|sobald)\s+ich\s+[^,.;!?\n]{{3,60}},\s*(?:bitte\s+|dann\s+)?(?:{_TUE})\b[^.;!?\n]{{2,120}})",
        rf"^\W*(?P<all>(?:cuando|siempre que)\s+(?:te\s+|me\s+)?(?:pid[ao]|pregunt[eo]|quier[ao]|necesit[eo]|esté|estoy|sient[ao]|habl[eo])\b[^,.;!?\n]{{1,60}},\s*(?:por favor\s+)?(?:{_HAZ})\b[^.;!?\n]{{2,120}})",
    )
)
LONGEST = 200  # characters

# A wish of these kinds holds as a rule only when nothing in its sentence ties it to the task at hand.
TIED_TO_A_TASK = frozenset({"answer_language", "answer_length", "answer_style", "units", "code_language"})
_LASTING = re.compile(
    r"\b(?:always|from (?:now|here|this point) on|going forward|in (?:the )?future|every time|as a rule|by default|generally|immer|ab (?:jetzt|sofort|nun)|künftig|in zukunft|von nun an"
    r"|(?:you can|you may|feel free to|i['’]d (?:rather|like|prefer)|i (?:want|prefer|like))\b[^.!?:]*\bnow|siempre|a partir de ahora|de ahora en adelante|desde ahora|en adelante|alltid|fra nå av|heretter)\b",
    re.IGNORECASE,
)
_FOR_ONCE = re.compile(
    r"\b(?:this|that|these|those|here|now|today|tonight|for once|just once|one time|the (?:following|next|above|last|first|table|essay|text|email|letter|function|script|code|file|recipe|answer)"
    r"|for (?:the|my|an?|our)|dies\w*|hier|jetzt|heute|diesmal|einmal|est[aeo]s?|aquí|ahora|hoy|esta vez|dette?|denne|disse|nå|i dag|denne gangen)\b",
    re.IGNORECASE,
)
# Why a wish holds, and no sign that it holds for once: "keep answers short, I read these on the tram".
_HABIT = re.compile(
    r"[,;–-]+ *(?:because |since |as |cos )?i (?:(?:usually|always|mostly|often|only) )?(?:read|skim|get|see|check|listen to|look at) (?:these|those|this|that|them|it)\b",
    re.IGNORECASE,
)
_TAG_QUESTION = re.compile(
    r"[\s,]*(?:ok|okay|please|thanks|right|yes|alright|got it|vale|ja|gell|greit|bitte|por favor|takk)?[\s?!.,]*",
    re.IGNORECASE,
)
_TASK_BEHIND = re.compile(
    r"\s*[,:;–-]+\s*(?:what|who|which|where|when|why|how|is|are|write|tell|explain|list|give|describe|summari[sz]e|was|wer|wie|qué|cómo|hva|hvem|hvordan)\b|\s*:\s*\S",
    re.IGNORECASE,
)


def wishes_in(turn: Turn) -> Iterator[tuple[int, int]]:
    """Where they stand in the text: the sentence less its beginning and its point. None in pasted text, and none in a question."""
    for sentence, start in sentences_of(turn.text, turn.pasted):
        if "?" in sentence:
            continue
        found = next((match for form in _FORMS if (match := form.match(sentence))), None)
        if found and len(found["all"]) <= LONGEST and "•" not in found["all"]:
            yield start + found.start("all"), start + found.start("all") + len(found["all"].rstrip())


def is_for_once(clause: Clause) -> bool:
    """Whether the sentence asks for it here and now: it says so, or the question or task to be answered so stands in it."""
    sentence = clause.before + clause.text + clause.after
    if _LASTING.search(sentence):
        return False
    asks = "?" in clause.after and not _TAG_QUESTION.fullmatch(clause.after)
    return asks or bool(_FOR_ONCE.search(_HABIT.sub("", sentence))) or bool(_TASK_BEHIND.match(clause.after))
