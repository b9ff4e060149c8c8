"""Text made comparable: folded, cut into clauses, reduced to the words that carry its meaning; and the language it is written in."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import snowballstemmer

from assistant.llm.builtin.tables import LANGUAGES, read_patterns

MOST_CHARACTERS = 4000  # of a message that is read; what follows is a document, not a question
_TYPOGRAPHY = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "\u00a0": " ", "…": "...", "–": "-", "—": "-"})
_QUOTED = re.compile(r"```.*?(?:```|$)|“[^”]*[”“]|„[^“”]*[“”]|«[^»]*»|\"[^\"]*\"|(?m:^>.*$)", re.DOTALL)
_CONTRACTED = re.compile(r"\b(what|who|where|when|how|that|it|why|which|there|here)'s\b")
_BREAK = re.compile(r"[?!;\n]+\s*|(?<!\d)(?<!\b[a-z])\.+(?=\s|$)\s*|(?<=\w{4})\.+(?=\s|$)\s*")
_EDGE = " \t.,:;!?¿¡\"'()[]*_-…"
_JOIN = r"(?:,?\s+(?:and|und|y|e|og|but|aber|pero|men|also|sowie)\s+(?:also |auch |también |også )?|,\s*)"
_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")

# Only words that tell a language from the three others.
_TELLING = {
    "en": "the is are what's who's where my your you i'm i've do does did have has with and of to where what when how why which know about tell please "
    "called live lives am an for it this that not don't can could would should from hello hi thanks name i",
    "de": "der die das ist sind mein meine meinen meiner ich du dich mich mir dir nicht und wie wo wer wann warum welche heiße wohne bin habe hast hat ein eine "
    "einen über für auf mit zu bitte danke hallo guten kannst weißt vergiss merke dem den gegen arbeite allergisch heißt was kein",
    "es": "el los las es son mi mis yo tú qué quién dónde cuándo cómo cuál por para vivo llamo tengo soy estoy sabes del una con porque también gracias hola "
    "buenos buenas días olvida recuerda cuánto cuántos alergia trabajo años gusta dime donde que como quien cuando un te",
    "nb": "jeg er ikke hva hvor hvem når hvordan hvorfor mitt mine deg meg du og på til av om heter bor har takk hei hadde glem husk det som fra jobber vet kan et",
}
_TELLS = {language: frozenset(words.split()) for language, words in _TELLING.items()}
_EMPTY = frozenset(
    (
        "a an the i me my mine we our us you your it its this that these those is are was were be been am do does did done have has had can could would should will "
        "shall may might must what which who whom whose where when why how many much of in on at to for from by with about and or but not no yes so as than then "
        "there here called name names named tell know remember please say said told again any some all one ones get got go goes going went usually currently now "
        "still ever today kind sort type thing things "
        "der die das den dem des ein eine einen einem einer mein meine meinen meinem meiner meines ich du mich dich mir dir wir uns unser es ist sind war waren bin "
        "bist habe hast hat haben hatte wird werden kann was wer wem wen wo wohin woher wann warum wie welche welcher welches welchen viele viel von in im an am auf "
        "zu zum zur für mit über und oder aber nicht kein keine ja nein da dort heißt heisst heisse heiße name weißt weisst sag noch mal bitte gerade gern "
        "el la los las un una unos unas mi mis yo tu tus me te se nos es son era soy eres estoy está esta he ha han tengo tiene que qué quien quién donde dónde cuando "
        "cuándo como cómo cual cuál cuanto cuánto de del en a al por para con sobre y o pero no si sí lo le llama llamo sabes dime todavia ahora "
        "jeg meg min mitt mine du deg din vi oss er var har hadde kan skal vil hva hvem hvor når hvorfor hvordan hvilke hvilken av i på til for fra med om og eller men "
        "ikke ja nei det den de et en heter vet"
    ).split()
)
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
            clauses += [clause.strip(_EDGE) for clause in join.split(sentence) if clause]
    return [clause for clause in clauses if clause]


def tell_language(text: str) -> str | None:
    """The language of `text` where its words tell it from the other three, else None."""
    words = [word.casefold() for word in _WORD.findall(text[:MOST_CHARACTERS].translate(_TYPOGRAPHY))]
    scores = {language: sum(word in tells for word in words) for language, tells in _TELLS.items()}
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


def content_words(text: str, *, language: str) -> frozenset[str]:
    """The stems of the words in `text` that carry meaning."""
    words = [word for word in _WORD.findall(fold(text, language=language)) if word not in _EMPTY and len(word) > 1]
    words = [word.removesuffix("'s") for word in words]
    return frozenset(_stemmer(language).stemWords(words))
