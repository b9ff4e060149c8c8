"""What people ask of answers again and again, in words that leave no doubt. Pure: patterns are counted over conversations elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

# (predicate, value, sentence, pattern). A request about this very answer; what is said for good ("always answer shortly") is read at once, elsewhere.
_ASKS: tuple[tuple[str, str, str, re.Pattern[str]], ...] = tuple(
    (predicate, value, text, re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE))
    for predicate, value, text, pattern in (
        (
            "answer_length",
            "short",
            "Wants short answers",
            (
                r"(?:make (?:it|that|this) )?(?:much |a bit |a little )?(?:shorter|more (?:concise|brief))(?: please)?|(?:that(?:'s| is)|way|much) too long|keep it (?:short|brief)|in one sentence|tl;?dr"
                r"|(?:etwas |viel )?(?:kürzer|knapper)(?: bitte)?|zu lang|más (?:corto|breve)|demasiado largo|kortere|for langt"
            ),
        ),
        (
            "answer_length",
            "detailed",
            "Wants detailed answers",
            r"(?:in )?more detail|more details|longer please|elaborate|ausführlicher|mehr details|más detalle|más detallado|mer utfyllende|flere detaljer",
        ),
        (
            "answer_style",
            "bullet points",
            "Wants bullet points",
            r"(?:in|as|with|use) bullet ?points?|as a (?:bulleted )?list|in stichpunkten|als liste|en viñetas|como lista|som punkter|i kulepunkter",
        ),
        (
            "answer_style",
            "examples",
            "Wants examples",
            r"(?:give|show) (?:me )?(?:an|some|another) examples?|with an example|ein beispiel bitte|mit beispiel|(?:un|con) ejemplo|gi (?:meg )?et eksempel",
        ),
        (
            "answer_style",
            "plain words",
            "Wants plain words",
            r"in (?:plain|simple(?:r)?) (?:words|english|terms)|explain (?:it )?(?:more )?simply|like i'?m five|einfacher erklärt|in einfachen worten|con palabras (?:sencillas|simples)|med enkle ord",
        ),
    )
)
_MOST_WORDS = 25  # a longer turn talks of something else


def find_asks(text: str) -> Iterator[tuple[str, str, str, tuple[int, int]]]:
    """(predicate, value, sentence, span) of each request in a short turn."""
    if len(text.split()) > _MOST_WORDS:
        return
    for predicate, value, sentence, pattern in _ASKS:
        if match := pattern.search(text):
            yield predicate, value, sentence, match.span()
