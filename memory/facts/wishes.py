"""Wishes about answers that hold only for some task or mood: "when I ask for code, give me only the code". When one of them fits. Code, no model."""

from __future__ import annotations

import re

_BEFORE = r"when(?:ever)?|if|every time|each time|wenn|immer wenn|falls|sobald|cuando|siempre que|si"
_CONDITION = re.compile(rf"^(?:{_BEFORE})\s+(?P<first>[^,:]+)[,:]|\s(?:{_BEFORE})\s+(?P<last>.+)$", re.IGNORECASE)
# Words of a condition that say nothing of its task.
_EMPTY = frozenset(
    [
        "i",
        "i'm",
        "i",
        "am",
        "me",
        "my",
        "you",
        "your",
        "a",
        "an",
        "the",
        "some",
        "any",
        "to",
        "for",
        "of",
        "about",
        "with",
        "from",
        "in",
        "on",
        "at",
        "it",
        "is",
        "be",
        "do",
        "and",
        "or",
        "ask",
        "asks",
        "asking",
        "want",
        "need",
        "say",
        "write",
        "talk",
        "feel",
        "feeling",
        "seem",
        "sound",
        "get",
        "send",
        "share",
        "something",
        "anything",
        "help",
        "please",
        "ich",
        "mich",
        "mir",
        "bin",
        "nach",
        "um",
        "einen",
        "eine",
        "ein",
        "etwas",
        "den",
        "die",
        "das",
        "der",
        "über",
        "frage",
        "bitte",
        "brauche",
        "will",
        "möchte",
        "schreibe",
        "rede",
        "mich",
        "fühle",
        "te",
        "pido",
        "pida",
        "pregunto",
        "pregunte",
        "por",
        "para",
        "un",
        "una",
        "algo",
        "de",
        "sobre",
        "estoy",
        "esté",
        "necesito",
        "necesite",
        "quiero",
        "quiera",
        "me",
        "siento",
        "sienta",
        "hablo",
        "hable",
    ]
)
_TASKS = (
    "code coding program programs programming function functions script bug python javascript typescript sql regex class refactor compile"
    " programm funktion skript quellcode código programa función",
    "recipe recipes cook cooking bake dinner meal rezept rezepte kochen abendessen receta recetas cocinar cena",
    "plan plans planning schedule itinerary agenda planen zeitplan reiseplan planear itinerario",
    "email emails e-mail mail letter message draft brief nachricht correo carta mensaje",
    "translate translation übersetze übersetzen übersetzung traduce traducir traducción",
    "math maths sum calculate equation proof mathe rechne gleichung cálculo calcula ecuación",
    "summary summarise summarize zusammenfassung resumen resume",
)
_MOODS = (
    "stressed stress overwhelmed anxious nervous panic panicking swamped pressure gestresst stress überfordert nervös panik estresado estresada agobiado agobiada nervioso nerviosa ansiosa ansioso",
    "sad upset crying cried miserable lonely depressed heartbroken traurig niedergeschlagen weine einsam deprimiert triste llorando deprimido deprimida",
    "tired exhausted worn sleepy knackered müde erschöpft cansado cansada agotado agotada",
    "angry furious mad annoyed frustrated wütend sauer genervt frustriert enfadado enfadada furioso furiosa frustrado frustrada",
    "happy excited thrilled glücklich begeistert feliz contento contenta emocionado emocionada",
    "busy rush hurry eilig eile beschäftigt prisa ocupado ocupada",
)


def _words(text: str) -> set[str]:
    return {_singular(word) for word in re.findall(r"[^\W\d_][\w'’-]*", text.casefold())}


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 4 and word.endswith("s") and not word.endswith("ss") else word


_FAMILIES = tuple(frozenset(_words(words)) for words in (*_TASKS, *_MOODS))
_MOOD_WORDS = frozenset().union(*map(_words, _MOODS))


def kinds_in(text: str) -> frozenset[tuple[str, int]]:
    """The tasks and moods whose words stand in a text: ("task" or "mood", which of them)."""
    said = _words(text) if text else frozenset()
    return frozenset(
        ("task" if number < len(_TASKS) else "mood", number) for number, family in enumerate(_FAMILIES) if said & family
    )


def condition_of(value: str) -> str:
    """For which task or mood a wish holds, in its own words; empty for one that always does, and for one whose condition is of no kind that can be told
    here: better said always, with its condition, than not when it is wanted."""
    found = _CONDITION.search(value)
    condition = (found["first"] or found["last"]).strip() if found else ""
    return condition if any(_words(condition) & family for family in _FAMILIES) else ""


def fits(condition: str, *, asked: str, lately: str) -> bool:
    """Whether a condition holds now: its task is that of what is asked, or its mood that of what was said lately."""
    wanted = _words(condition) - _EMPTY
    now, mood = _words(asked), _words(f"{lately} {asked}") & _MOOD_WORDS
    if "```" in asked:
        now |= {"code"}
    said = now | mood
    if wanted & said:
        return True
    return any(wanted & family and said & family for family in _FAMILIES)
