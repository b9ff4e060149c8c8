"""What the built-in model finds in its messages: memory's blocks, the recent turns and the person's message.

Blocks are read from user-role messages that begin with the mark of a block, never from the last message, which is the person's own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time
from typing import Any

from assistant.files.marks import NO_WORDS, OPENING
from assistant.llm.builtin.folding import tell_language
from assistant.llm.builtin.tables import LANGUAGES
from memory.lines import OPEN, BlockName, LineKind, MemoryLine, read_blocks, read_line

_PAIR = re.compile(r"(\w+)=(.*?)(?=\s+\w+=|$)")
_MARK = f"{OPEN}memory:"
_LANGUAGE_NAMES = {
    "en": ("en", "english", "englisch", "inglés", "ingles", "engelsk"),
    "de": ("de", "german", "deutsch", "alemán", "aleman", "tysk"),
    "es": ("es", "spanish", "spanisch", "español", "espanol", "castellano", "spansk"),
    "nb": ("nb", "no", "nn", "norwegian", "norsk", "norwegisch", "noruego", "bokmål"),
}


@dataclass(frozen=True, slots=True)
class Now:
    """The `now` block. `today` is the day in the user's zone; None where the prompt does not say."""

    today: date | None = None
    clock: time | None = None
    zone: str = ""
    language: str = ""
    first_meeting: bool = False
    name: str = ""
    memory: str = "on"  # on, paused, off, temporary
    memory_link: str = "/memory/"
    models_link: str = "/settings/models/"


@dataclass(frozen=True, slots=True)
class Said:
    """One of the recent turns."""

    role: str
    text: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """All that an answer may be made of."""

    message: str = ""
    facts: tuple[MemoryLine, ...] = ()  # of the profile and recalled, each once
    recalled: tuple[MemoryLine, ...] = ()  # best first: facts, turns, summaries
    summary: tuple[str, ...] = ()
    actions: tuple[MemoryLine, ...] = ()
    understood: tuple[MemoryLine, ...] = ()
    history: tuple[Said, ...] = ()
    now: Now = field(default_factory=Now)
    has_files: bool = False  # attached to this question
    language: str = "en"  # that the message is read in
    spoken: str = "en"  # that is answered in: the same, unless the person asked for another

    @property
    def turns(self) -> tuple[MemoryLine, ...]:
        return tuple(line for line in self.recalled if line.kind == LineKind.TURN)

    @property
    def name(self) -> str:
        """What to call the person, or "" when nobody said."""
        for predicate in ("preferred_name", "name"):
            for fact in self.facts:
                if fact.predicate == predicate and fact.subject == "user" and fact.status == "active":
                    return fact.value if predicate == "preferred_name" else fact.value.split()[0]
        return self.now.name

    def style(self, predicate: str) -> str:
        """The value of a style fact such as `answer_length`, case-folded, or ""."""
        return next(
            (
                fact.value.casefold()
                for fact in self.facts
                if fact.predicate == predicate and fact.subject == "user" and fact.status == "active"
            ),
            "",
        )


def read_prompt(messages: Sequence[Mapping[str, Any]]) -> Prompt:
    """`messages` as any chat model gets them, in parts. Nothing in them can make this raise."""
    spoken = [
        Said(str(message.get("role", "")), _text(message.get("content")))
        for message in messages
        if isinstance(message, Mapping)
    ]
    last = max((index for index, said in enumerate(spoken) if said.role == "user"), default=None)
    message = spoken[last].text if last is not None and spoken[last].text != NO_WORDS else ""
    blocks: dict[str, list[str]] = {}
    found: list[list[tuple[str, list[str]]]] = []  # a message each; the last one belongs to this question
    history: list[Said] = []
    for said in spoken[:last] if last is not None else []:
        if said.role == "user" and said.text.startswith(OPENING):
            continue
        if said.role == "user" and said.text.lstrip().startswith(_MARK):
            found.append(list(read_blocks(said.text)))
        elif said.role in ("user", "assistant") and said.text.strip():
            history.append(said)
    for age, told in enumerate(reversed(found)):
        for name, lines in told:
            if age == 0 or name not in (
                BlockName.ACTIONS,
                BlockName.NOW,
            ):  # what was done and the time are of their own question
                blocks.setdefault(name, []).extend(lines)
    profile = _lines(blocks.get(BlockName.PROFILE, []))
    recalled = _lines(blocks.get(BlockName.RECALLED, []))
    acted = _lines(blocks.get(BlockName.ACTIONS, []))
    facts = {line.id: line for line in [*reversed(recalled), *reversed(profile)] if line.kind == LineKind.FACT}
    now = _now(blocks.get(BlockName.NOW, []))
    prompt = Prompt(
        message=message,
        facts=tuple(reversed(facts.values())),
        recalled=tuple(recalled),
        summary=tuple(blocks.get(BlockName.SUMMARY, [])),
        actions=tuple(line for line in acted if line.kind == LineKind.ACTION),
        understood=tuple(line for line in acted if line.kind == LineKind.UNDERSTOOD),
        history=tuple(history),
        now=now,
        has_files=last is not None and last > 0 and spoken[last - 1].text.startswith(OPENING),
    )
    return _in_language(prompt)


def language_code(name: str) -> str | None:
    """The code of a language by its name in any of ours, or None for one that is not spoken here."""
    folded = name.casefold()
    return next(
        (
            code
            for code, names in _LANGUAGE_NAMES.items()
            if any(re.search(rf"\b{re.escape(word)}\b", folded) for word in names)
        ),
        None,
    )


def _in_language(prompt: Prompt) -> Prompt:
    """Read in the language of the message, else of the turns before it, else of the interface; answered in it, or in the one asked for."""
    told = tell_language(prompt.message)
    for said in reversed(prompt.history):
        if told:
            break
        if said.role == "user":
            told = tell_language(said.text)
    wanted = language_code(prompt.style("answer_language")) if prompt.style("answer_language") else None
    read = told or wanted or (prompt.now.language if prompt.now.language in LANGUAGES else "en")
    return replace(prompt, language=read, spoken=wanted or read)


def _text(content: Any) -> str:
    """The text of a message's content, which may be a list of parts."""
    if isinstance(content, str):
        return content
    if isinstance(content, list):
        return "\n".join(
            str(part.get("text", "")) for part in content if isinstance(part, Mapping) and part.get("type") == "text"
        )
    return ""


def _lines(raw: Sequence[str]) -> list[MemoryLine]:
    return [line for line in map(read_line, raw) if line is not None]


def _now(raw: Sequence[str]) -> Now:
    pairs = {key: value.strip().strip('"”“') for line in raw for key, value in _PAIR.findall(line)}
    language = pairs.get("language", "").split("-")[0]
    return Now(
        today=_parsed(date.fromisoformat, pairs.get("date", "")),
        clock=_parsed(time.fromisoformat, pairs.get("time", "")),
        zone=pairs.get("zone", ""),
        language="nb" if language in ("no", "nn") else language,
        first_meeting=pairs.get("first_meeting", "") in ("yes", "true", "1"),
        name=pairs.get("name", ""),
        memory=pairs.get("memory", "on") or "on",
        memory_link=pairs.get("link_memory") or "/memory/",
        models_link=pairs.get("link_models") or "/settings/models/",
    )


def _parsed(parse: Any, text: str) -> Any:
    try:
        return parse(text) if text else None
    except ValueError:
        return None
