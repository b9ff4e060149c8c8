"""Wishes about answers bound to a task or a mood, read from whole sentences: the other rules leave suppositions out, and would lose the condition."""

from __future__ import annotations

import re
from collections.abc import Iterator

from memory.extraction.rules.clauses import sentences_of
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


def wishes_in(turn: Turn) -> Iterator[tuple[int, int]]:
    """Where they stand in the text: the sentence less its beginning and its point. None in pasted text, and none in a question."""
    for sentence, start in sentences_of(turn.text, turn.pasted):
        if "?" in sentence:
            continue
        found = next((match for form in _FORMS if (match := form.match(sentence))), None)
        if found and len(found["all"]) <= LONGEST and "•" not in found["all"]:
            yield start + found.start("all"), start + found.start("all") + len(found["all"].rstrip())
