"""How values are compared and made fit to store. Pure."""

from __future__ import annotations

import re
import unicodedata

from memory.exceptions import BadValue

VALUE_LIMIT = 240
_QUOTES = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "‚": "'", "`": "'", "´": "'"}
)
_ARTICLES = frozenset(
    [
        "a",
        "an",
        "the",
        "my",
        "our",
        "your",
        "his",
        "her",
        "their",
        "der",
        "die",
        "das",
        "den",
        "dem",
        "des",
        "ein",
        "eine",
        "einen",
        "einem",
        "einer",
        "mein",
        "meine",
        "meinen",
        "el",
        "la",
        "los",
        "las",
        "un",
        "una",
        "unos",
        "unas",
        "mi",
        "mis",
        "le",
        "les",
        "une",
        "mon",
        "ma",
        "mes",
        "en",
        "et",
        "ei",
        "min",
        "mitt",
        "mine",
    ]
)
_TITLES = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "miss",
        "dr",
        "doctor",
        "prof",
        "professor",
        "sir",
        "herr",
        "frau",
        "señor",
        "señora",
        "sr",
        "sra",
        "dottoressa",
        "dott",
        "mister",
        "madam",
        "mme",
    ]
)
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*", re.UNICODE)
_MARKUP = re.compile(r"<[a-zA-Z/!][^>]*>|\[[^\]]*\]\([^)]*\)|```|!\[")


def fold(text: str) -> str:
    """`text` as it is compared: NFKC, without regard to case, one blank for any run of white space, plain quotes."""
    return " ".join(unicodedata.normalize("NFKC", text).translate(_QUOTES).casefold().split())


def value_key(value: str) -> str:
    """What makes two values the same. Titles and accents are kept."""
    return fold(value).strip(" .,;:!?\"'")


def strip_accents(text: str) -> str:
    """`text` without combining marks: Łódź stays Łodz, é becomes e."""
    return "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))


def words_of(text: str) -> list[str]:
    """The words of `text`, folded."""
    return _WORD.findall(fold(text))


_SPELLED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "æ": "ae", "ø": "oe", "å": "aa"})
_TELESCOPED = (
    (re.compile(r"ae"), "a"),
    (re.compile(r"oe"), "o"),
    (re.compile(r"(?<![aeioq])ue"), "u"),
    (re.compile(r"aa"), "a"),
)
_NORDIC = ((re.compile(r"ae"), "æ"), (re.compile(r"oe"), "ø"))
_SHORT = 5  # letters; below, Joe is not Jö


def spellings_of(value: str) -> list[str]:
    """`value` as it is, and as it is written where umlauts are spelled out, or were: Zürich, Zuerich."""
    folded = fold(value)
    found = [value, folded.translate(_SPELLED)]
    for letters in (_TELESCOPED, _NORDIC):
        words = []
        for word in folded.split(" "):
            for spelled, letter in letters if len(word) >= _SHORT else ():
                word = spelled.sub(letter, word)  # noqa: PLW2901
            words.append(word)
        found.append(" ".join(words))
    return list(dict.fromkeys(found))


def bare_words(value: str) -> list[str]:
    """Words without accents, and without leading articles and titles: what tombstones compare."""
    words = [strip_accents(word).removesuffix("'s") for word in words_of(value)]
    while len(words) > 1 and (words[0] in _ARTICLES or words[0] in _TITLES):
        words.pop(0)
    return words


def behind_title(value: str) -> str:
    """The name in "Dr Shenouda" as people also say it, without the title; empty when there is none."""
    words = value.split()
    if len(words) < 2 or words[0].casefold().rstrip(".") not in _TITLES:
        return ""
    return " ".join(words[1:]) if all(word[:1].isupper() for word in words[1:]) else ""


# Before a word, these make it name another thing: a trainee solicitor is no solicitor yet.
_OTHERWISE = frozenset(
    [
        "trainee",
        "apprentice",
        "student",
        "intern",
        "assistant",
        "deputy",
        "vice",
        "acting",
        "former",
        "ex",
        "junior",
        "aspiring",
        "future",
        "retired",
        "not",
        "non",
        "half",
        "azubi",
        "angehende",
        "angehender",
        "ehemalige",
        "ehemaliger",
        "stellvertretende",
        "stellvertretender",
        "aprendiz",
        "becario",
        "asistente",
        "futuro",
        "futura",
        "lærling",
        "assisterende",
        "tidligere",
    ]
)


def contains_words(longer: str, shorter: str) -> bool:
    """Whether every word of `shorter` stands in `longer`, which has more of them and names the same thing more closely."""
    more, fewer = set(words_of(longer)), set(words_of(shorter))
    return bool(fewer) and fewer < more and not (more - fewer) & _OTHERWISE


def means_the_same(one: str, other: str) -> bool:
    """Whether two values name the same thing up to articles, titles, accents and order of words."""
    first, second = set(bare_words(one)), set(bare_words(other))
    return bool(first) and (first == second or (len(first & second) > 0 and (first < second or second < first)))


def clean(text: str, *, limit: int = VALUE_LIMIT) -> str:
    """`text` fit to be stored as a value: one line, NFKC, no control or format characters. Raises BadValue when nothing fit is left."""
    flat = "".join(
        " " if char.isspace() else char
        for char in unicodedata.normalize("NFKC", text)
        if char.isspace() or unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co", "Cn")
    )
    flat = " ".join(flat.split()).strip()
    if not flat:
        raise BadValue("There is nothing in it to remember.")
    if len(flat) > limit:
        raise BadValue(f"Longer than {limit} characters.")
    if _MARKUP.search(flat):
        raise BadValue("Markup is not remembered.")
    return flat
