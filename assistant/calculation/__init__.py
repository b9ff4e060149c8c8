"""Sums, dates and units, worked out exactly and without a language model.

`calculate` reads a short text in English, German, Spanish or Norwegian and answers with the result and its working, with a
typed problem ("division by zero"), or with None when the text is no calculation. It imports nothing of ours, so the built-in model, the
calculator tool and the web can all use it. It never raises on any text, and every step is bounded in size.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from assistant.calculation.arithmetic import solve_arithmetic
from assistant.calculation.days import solve_days
from assistant.calculation.types import Calculation, Kind, Problem, ProblemCode
from assistant.calculation.units import solve_units

__all__ = ["Calculation", "Kind", "Problem", "ProblemCode", "calculate"]

MAX_CHARACTERS = 300  # a longer text is a story, not a sum; also bounds every pattern below
_FOLD = str.maketrans(
    {"’": "'", "−": "-", "–": "-", "×": "*", "·": "*", "÷": "/", "∶": "/", "²": "^2", "³": "^3", "⁄": "/"}
)


def calculate(text: str, *, today: date, language: str = "en") -> Calculation | Problem | None:
    """Work out `text`.

    `today` is the day in the user's zone; `language` ("en", "de", "es", "nb"; others count as "en") decides how numbers are read and written.
    Returns the result with its working, a `Problem` when it is a calculation that has no answer, or None when it is none.
    """
    if len(text) > MAX_CHARACTERS:
        return None
    folded = unicodedata.normalize("NFC", text.translate(_FOLD)).casefold().strip().strip("¿¡?!. ")
    folded = re.sub(r"[ \t\n]+", " ", folded)
    if not folded or not folded.replace("\u00a0", "").replace("\u202f", "").isprintable():
        return None
    language = language if language in ("en", "de", "es", "nb") else "en"
    if language == "nb":  # only there is a plain blank a separator of thousands
        folded = re.sub(
            r"(?<![\d,])(\d{1,3})((?: \d{3})+)(?!\d)", lambda match: match[0].replace(" ", "\u00a0"), folded
        )
    for solve in (solve_units, solve_days):
        found = solve(folded, today=today, language=language)
        if found is not None:
            return found
    return solve_arithmetic(folded, language=language)
