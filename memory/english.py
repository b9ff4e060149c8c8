"""What English needs where words are put together. Pure."""

from __future__ import annotations

import re

_AS_YOU = re.compile(
    r"(?:uni(?!m|n)|us[aeiu]|ut[ei]|eu|ewe|one\b|once\b|ukulele|u-|[uU]\b)", re.IGNORECASE
)  # said with "y" or "w"
_SILENT_H = re.compile(r"(?:hour|honest|honou?r|heir)", re.IGNORECASE)
# Told letter by letter: "MSc", "HGV", "XC60", "MA"; "FIAT" is read as a word.
_SPELT = re.compile(r"[A-Z](?=[A-Z\d]|[a-z]?[A-Z])(?![AEIOU])|[A-Z]{1,2}\b|SUV\b")
_NUMBER = re.compile(r"(?:8\d*|11|18)(?!\d)|8\d+")  # eight, eleven, eighteen


def article_before(phrase: str) -> str:
    """ "an" before what is said with a vowel first ("old Skoda", "hour", "MSc", "8-seater"), else "a" ("used car", "one-bedroom flat")."""
    if _SPELT.match(phrase):
        return "an" if phrase[0] in "AEFHILMNORSX" else "a"
    if phrase[:1].isdigit():
        return "an" if _NUMBER.match(phrase) else "a"
    if _SILENT_H.match(phrase):
        return "an"
    return "an" if phrase[:1].casefold() in {*"aeiou"} and not _AS_YOU.match(phrase) else "a"
