"""Answers from words that were said: quotes with dates, sources, searches, summaries, and the nearest thing when nothing fits exactly."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.llm.builtin.folding import content_words, fold
from assistant.llm.builtin.prompt import Prompt
from assistant.llm.builtin.questions import read_question
from assistant.llm.builtin.speech import Speech, cite, is_past, is_shown, is_user
from assistant.llm.builtin.tables import LANGUAGES, first_group, read_patterns
from assistant.llm.builtin.windows import Window, read_window
from memory.lines import LineKind, MemoryLine

_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
_YOU = re.compile(r"^(?:you|du|dijiste|has|recomend\w+|sugerist\w+)")
# stems of the words with which a source is asked for
_ASKING = frozenset(
    [
        *("think", "say", "believ", "know", "get", "learn", "hear", "read", "sourc", "make", "find"),
        *("glaub", "denk", "mein", "sag", "komm", "erzahl"),
        *("crees", "piens", "dic", "sac", "sab", "dij"),
        *("tror", "sier"),
    ]
)
_CITED = re.compile(r"\[f:([0-9a-z-]+)\]")
QUOTES = 3
SUMMARY_SENTENCES = 5


@dataclass(frozen=True, slots=True)
class _Scored:
    line: MemoryLine
    shared: int


def _nearest(
    lines: Sequence[MemoryLine], words: frozenset[str], *, language: str, share: float = 0.5
) -> list[MemoryLine]:
    """Lines that share at least `share` of `words`, most first, the order of recall kept among equals."""
    if not words:
        return []
    scored = [
        _Scored(
            line, len(words & content_words(f"{line.text} {line.value} {line.subject} {line.quote}", language=language))
        )
        for line in lines
    ]
    enough = math.ceil(len(words) * share)
    return [item.line for item in sorted(scored, key=lambda item: -item.shared) if item.shared >= max(1, enough)]


def _quoted(line: MemoryLine, speech: Speech) -> str:
    if line.kind == LineKind.FACT:
        return speech.fact(line)
    if line.kind == LineKind.SUMMARY:
        return f"{line.text}{cite(line)}"
    key = {"user": "said_user", "assistant": "said_assistant"}.get(line.speaker, "said_other")
    said = speech.phrase(key, day=speech.day(line.said_on), quote=speech.quote(line.text), speaker=line.speaker)
    return f"{re.sub(r'  +', ' ', said)}{cite(line)}"


def closest(
    words: frozenset[str],
    prompt: Prompt,
    speech: Speech,
    *,
    beside: frozenset[str] = frozenset(),
    is_said_only: bool = False,
    names: frozenset[str] = frozenset(),
) -> tuple[str, bool]:
    """The one thing said or noted that comes nearest to `words`, or ""; and whether it may hold the answer: the person's own words, or a fact of
    the very thing that is asked about.

    `beside`: words for those whom the question is about, by which alone nothing comes near it, unless it has no others. `is_said_only`: only what was said
    may hold it. `names`: words behind which the answer must name somebody: "who is my boss".
    """
    facts = [fact for fact in prompt.facts if is_shown(fact) and not is_past(fact, prompt.now.today)]
    said = [turn for turn in prompt.turns if turn.speaker == "user" and not _only_asks(turn.text, prompt.language)]
    if is_said_only:
        facts = []
    if names:
        said = [turn for turn in said if _names_somebody(turn.text, names, prompt.language)]
    if words - beside and beside:
        facts, said = ([line for line in lines if _shared(line, words - beside, prompt)] for lines in (facts, said))
    found = _nearest([*facts, *said], words, language=prompt.language)
    if found and found[0].kind == LineKind.FACT and not _holds_all(found[0], words, prompt):
        # A fact with a part of the words is seldom what is asked; words of one's own with as many of them may hold it.
        shared = _shared(found[0], words, prompt)
        found = [
            line for line in found if line.kind == LineKind.TURN and _shared(line, words, prompt) == shared
        ] or found
    if not found:  # what the assistant said, save where it only handed such a find on
        heads = [replace(speech, language=language).phrase("closest", text="").strip() for language in LANGUAGES]
        told = [
            turn
            for turn in prompt.turns
            if turn.speaker != "user" and not beside and not names and not any(head in turn.text for head in heads)
        ]
        found = _nearest(told, words, language=prompt.language)
    here = ""
    if not names and (not found or found[0].kind == LineKind.FACT):
        here = _said_here(words - beside or words, prompt)
    if here:
        return speech.phrase("said_here", quote=speech.quote(here)), True
    if not found:
        return "", False
    nearest = found[0]
    source = speech.source([nearest]) if nearest.kind == LineKind.FACT else ""
    text = speech.phrase("closest", text=f"{_quoted(nearest, speech)} {source}".strip())
    named = content_words(nearest.value, language=prompt.language) if nearest.kind == LineKind.FACT else frozenset()
    return text, nearest.kind == LineKind.TURN or bool(named and named < words)


def _names_somebody(text: str, words: frozenset[str], language: str) -> bool:
    """Whether one's own of `words` is named: "my boss is Karen", "sjefen min heter Ola", "Karen is my boss"."""
    found = [match[0] for match in _WORD.finditer(text)]
    for index, word in enumerate(found):
        if not content_words(word, language=language) & words:
            continue
        behind = found[index + 1 : index + 1 + _CLOSE]
        own = [other for other in (*found[max(0, index - 2) : index], *behind[:1]) if _OWN.fullmatch(other)]
        named = next((other for other in behind if not _LINK.fullmatch(other)), "")
        before = list(reversed(found[max(0, index - _CLOSE) : index]))
        told = next((other for other in before if not _LINK.fullmatch(other)), "")
        is_told = told and any(_IS.fullmatch(other) for other in before)
        if own and (_NAME.match(named) or (is_told and _NAME.match(told))):
            return True
    return False


_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_NAME = re.compile(r"[A-ZÀ-ÞŁŚ][\w'’-]+")
_OWN = re.compile(r"my|our|mein\w*|unser\w*|mis?|nuestr[oa]s?|min|mitt|mine|vår|vårt", re.IGNORECASE)
_IS = re.compile(r"is|was|ist|war|es|era|er|var", re.IGNORECASE)
_LINK = re.compile(
    rf"{_OWN.pattern}|{_IS.pattern}|are|called|named|name|heißt|heisst|hieß|namens|se|llama|llamaba|heter|het|new|old|neue[rn]?|alte[rn]?|nuev[oa]|nye|best|the|der|die|el|la",
    re.IGNORECASE,
)
_CLOSE = 4  # words


def _shared(line: MemoryLine, words: frozenset[str], prompt: Prompt) -> int:
    return len(words & content_words(f"{line.text} {line.value} {line.subject} {line.quote}", language=prompt.language))


def _holds_all(line: MemoryLine, words: frozenset[str], prompt: Prompt) -> bool:
    return _shared(line, words, prompt) == len(words)


def _said_here(words: frozenset[str], prompt: Prompt) -> str:
    """What the person said earlier in this conversation with the most of these words, the latest of equals; no question."""
    best, most = "", 0
    for said in prompt.history:
        text = " ".join(said.text.split())
        shared = len(words & content_words(text, language=prompt.language))
        if said.role == "user" and shared and shared >= most and not _is_asking(text, prompt.language):
            best, most = text, shared
    return best


def answer_said(match: re.Match[str], clause: str, prompt: Prompt, speech: Speech) -> str:
    """ "What did I say about the trip in March?": quotes from recalled turns and from this conversation."""
    by_assistant = bool(_YOU.match(first_group(match, "speaker")))
    window = read_window(clause, today=prompt.now.today)
    words = content_words(first_group(match, "what"), language=prompt.language)
    if window:
        words -= content_words(" ".join(_window_words(clause)), language=prompt.language)
    speaker = "assistant" if by_assistant else "user"
    turns = [
        turn
        for turn in prompt.turns
        if (turn.speaker == "assistant") == by_assistant and (window is None or window.holds(turn.said_on))
    ]
    if words:
        turns = _nearest(turns, words, language=prompt.language)
    if turns:
        return "\n".join(_quoted(turn, speech) for turn in turns[:QUOTES])
    here = [
        said.text
        for said in reversed(prompt.history)
        if said.role == speaker and (not words or words & content_words(said.text, language=prompt.language))
    ]
    if here and (window is None or window.holds(prompt.now.today)):
        return speech.phrase(
            "said_here_assistant" if by_assistant else "said_here", quote=speech.quote(" ".join(here[0].split()))
        )
    return speech.phrase("said_none")


def _window_words(clause: str) -> list[str]:
    return re.findall(r"\b(?:in|im|en|i|last|on|am|el) (\w+(?: \d{4})?)", clause)


def answer_search(match: re.Match[str], prompt: Prompt, speech: Speech) -> str:
    """The three best recalled turns, dated."""
    wanted = first_group(match, "what")
    words = content_words(wanted, language=prompt.language)
    if not words:
        return speech.phrase("search_empty")
    turns = _nearest(prompt.turns, words, language=prompt.language)[:QUOTES]
    if not turns:
        return speech.phrase("search_none")
    return "\n".join([speech.phrase("search_head"), *(f"- {_quoted(turn, speech)}" for turn in turns)])


def answer_why(clause: str, prompt: Prompt, speech: Speech) -> str:
    """Where it comes from: the quote and its day, of what was asked for or of what the last answer told."""
    facts = _meant(clause, prompt)
    if not facts:
        return speech.phrase("why_none")
    said = []
    for fact in facts[:QUOTES]:
        if fact.quote and fact.origin == "user_said":
            said.append(f"{speech.phrase('why_quote', day=speech.day(fact.said_on), quote=fact.quote)}{cite(fact)}")
        else:
            source = speech.source([fact])
            said.append(f"{speech.phrase('why_what', list=speech.inside(speech.fact(fact)))} {source}".strip())
    return "\n".join(dict.fromkeys(said))


def _meant(clause: str, prompt: Prompt) -> list[MemoryLine]:
    """The facts whose source is asked for: those of the slot named, those that share the clause's words, or those the last answer told."""
    facts = [fact for fact in prompt.facts if is_shown(fact)]
    asked = read_question(clause, prompt)
    if asked:
        return [fact for fact in facts if fact.predicate == asked.predicate and is_user(fact) == (not asked.who)]
    named = _nearest(facts, content_words(clause, language=prompt.language) - _ASKING, language=prompt.language)
    if named:
        return named
    last = next((said.text for said in reversed(prompt.history) if said.role == "assistant"), "")
    cited = set(_CITED.findall(last))
    if cited:
        return [fact for fact in facts if fact.id in cited]
    folded = fold(last, language="en")
    return [
        fact
        for fact in facts
        if fact.value and re.search(rf"(?<!\w){re.escape(fold(fact.value, language='en'))}(?!\w)", folded)
    ]


def answer_summary(clause: str, prompt: Prompt, speech: Speech) -> str:
    """The stored summary, or what was said, by the sentence that opens each turn; of a day, what is recalled from it."""
    window = read_window(clause, today=prompt.now.today)
    if window and not window.holds(prompt.now.today):
        return _summary_of(window, prompt, speech)
    if prompt.summary:
        return speech.phrase("summary_head", text=" ".join(prompt.summary))
    said = [turn.text for turn in prompt.history if turn.role == "user"]
    opened = [sentence for text in said if len(sentence := _SENTENCE.split(" ".join(text.split()))[0]) > 12]
    told = [sentence for sentence in opened if not _is_asking(sentence, prompt.language)]
    if not opened:
        return speech.phrase("summary_none")
    chosen = told or opened
    head = speech.phrase("summary_said" if told else "summary_asked")
    return "\n".join([head, *(f"- {speech.quote(sentence)}" for sentence in chosen[-SUMMARY_SENTENCES:])])


def _only_asks(text: str, language: str) -> bool:
    """Whether a turn tells nothing: it was asked before, and the question is no answer to itself."""
    return all(_is_asking(sentence, language) for sentence in _SENTENCE.split(text) if sentence.strip())


def _is_asking(sentence: str, language: str) -> bool:
    patterns = read_patterns(f"intents/{language}.txt")
    folded = fold(sentence, language=language).strip("¿¡ ")
    return "?" in sentence or any(patterns[key].match(folded) for key in ("question", "request", "search", "command"))


def _summary_of(window: Window, prompt: Prompt, speech: Speech) -> str:
    day = speech.bare_day(window.start) if window.start != window.end else speech.day(window.start)
    day = speech.bare_day(window.start) if day == speech.phrase("on_day", day=speech.bare_day(window.start)) else day
    lines = [
        line
        for line in prompt.recalled
        if line.kind in (LineKind.SUMMARY, LineKind.TURN) and window.holds(line.said_on)
    ]
    summaries = [line for line in lines if line.kind == LineKind.SUMMARY] or lines
    if not summaries:
        return speech.phrase("summary_none_day", day=day)
    return "\n".join(
        [
            speech.phrase("summary_day", day=day),
            *(f"- {_quoted(line, speech)}" for line in summaries[:SUMMARY_SENTENCES]),
        ]
    )
