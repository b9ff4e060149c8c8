"""Text made comparable: folded, cut into clauses, reduced to the words that carry its meaning; and the language it is written in."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import snowballstemmer

from assistant.llm.builtin.tables import LANGUAGES, read_patterns, read_words

MOST_CHARACTERS = 4000  # of a message that is read; what follows is a document, not a question
_TYPOGRAPHY = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "\u00a0": " ", "…": "...", "–": "-", "—": "-"})
_QUOTED = re.compile(r"```.*?(?:```|$)|“[^”]*[”“]|„[^“”]*[“”]|«[^»]*»|\"[^\"]*\"|(?m:^>.*$)", re.DOTALL)
_CONTRACTED = re.compile(r"\b(what|who|where|when|how|that|it|why|which|there|here)'s\b")
_BREAK = re.compile(r"[?!;\n]+\s*|(?<!\d)(?<!\b[a-z])\.+(?=\s|$)\s*|(?<=\w{4})\.+(?=\s|$)\s*")
_EDGE = " \t.,:;!?¿¡\"'()[]*_-…"
_JOIN = r"(?:,?\s+(?:and|und|y|e|og|but|aber|pero|men|also|sowie)\s+(?:also |auch |también |også )?|,\s*)"
_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")

_STEMMERS = {"en": "english", "de": "german", "es": "spanish", "nb": "norwegian"}


def fold(text: str, *, language: str) -> str:
    """`text` case-folded, with plain apostrophes and single blanks; in Spanish without accents, which people leave out."""
    plain = unicodedata.normalize("NFKC", text.translate(_TYPOGRAPHY)).casefold()
    plain = "".join(char for char in plain if unicodedata.category(char) not in ("Cc", "Cf", "Mn") or char in "\n\t")
    if language == "es":
        plain = "".join(char for char in unicodedata.normalize("NFD", plain) if not unicodedata.combining(char))
    plain = _CONTRACTED.sub(r"\1 is", plain)
    return "\n".join(" ".join(line.split()) for line in plain.split("\n") if line.strip())


def without_quotes(text: str) -> str:
    """`text` less what stands in quotation marks, quoted lines and code: words that are shown rather than said."""
    return _QUOTED.sub(" ", text)


def cut_clauses(folded: str, *, language: str) -> list[str]:
    """The sentences of `folded`, and inside them what begins a question or an order of its own."""
    patterns = read_patterns(f"intents/{language}.txt")
    opening = patterns["opening"].match(folded)
    pieces = [folded] if not opening else [folded[: opening.end()], folded[opening.end() :]]
    join = re.compile(_JOIN + f"(?={patterns['split'].pattern})")
    clauses: list[str] = []
    for piece in pieces:
        for sentence in _BREAK.split(piece):
            whole = patterns["command"].match(sentence.strip(_EDGE))  # "forget where I live, and my boss" is one order
            parts = [sentence] if whole else join.split(sentence)
            clauses += [clause for part in parts for clause in _apart(part.strip(_EDGE), patterns)]
    return [clause for clause in clauses if clause]


def _apart(clause: str, patterns: dict[str, re.Pattern[str]]) -> list[str]:
    """ "Thanks, bye": what is said between commas out of courtesy stands apart; a word that only leads in is dropped."""
    pieces = [piece.strip(_EDGE) for piece in clause.split(",")]
    if len(pieces) > 1 and any(patterns[key].match(piece) for piece in pieces for key in ("thanks", "bye", "ack")):
        courteous = [any(patterns[key].match(piece) for key in ("thanks", "bye", "ack")) for piece in pieces]
        rest = ", ".join(piece for piece, is_courteous in zip(pieces, courteous, strict=True) if not is_courteous)
        return [*(piece for piece, is_courteous in zip(pieces, courteous, strict=True) if is_courteous), rest]
    return [
        clause
        if any(patterns[key].match(clause) for key in ("ack", "statement"))
        else patterns["filler"].sub("", clause)
    ]


def tell_language(text: str) -> str | None:
    """The language of `text` where its words tell it from the other three, else None."""
    words = [word.casefold() for word in _WORD.findall(text[:MOST_CHARACTERS].translate(_TYPOGRAPHY))]
    scores = {language: sum(word in tells for word in words) for language, tells in read_words("telling.txt").items()}
    if "¿" in text or "¡" in text or "ñ" in text:
        scores["es"] += 2
    if "ß" in text:
        scores["de"] += 2
    if any(char in text for char in "øåæØÅ"):
        scores["nb"] += 2
    ranked = sorted(LANGUAGES, key=lambda language: -scores[language])
    if scores[ranked[0]] == 0 or scores[ranked[0]] == scores[ranked[1]]:
        return None
    return ranked[0]


@lru_cache(maxsize=8)
def _stemmer(language: str) -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer(_STEMMERS[language])


@lru_cache(maxsize=1)
def _empty_words() -> frozenset[str]:
    return frozenset(word for words in read_words("empty.txt").values() for word in words)


def content_words(text: str, *, language: str) -> frozenset[str]:
    """The stems of the words in `text` that carry meaning."""
    empty = _empty_words()
    words = [word for word in _WORD.findall(fold(text, language=language)) if word not in empty and len(word) > 1]
    words = [word.removesuffix("'s") for word in words]
    return frozenset(_stemmer(language).stemWords(words))
