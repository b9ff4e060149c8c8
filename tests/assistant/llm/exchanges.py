"""Reads the table of exchanges (`exchanges.txt`) and lays out prompts the way the context builder does."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from memory.lines import BlockName, neutralise, write_block

NOW = "date=2026-03-02 weekday=Monday time=09:15 zone=Europe/Oslo"
KEY = "3f9a2c"


@dataclass
class Life:
    profile: list[str] = field(default_factory=list)
    recalled: list[str] = field(default_factory=list)
    summary: list[str] = field(default_factory=list)
    now: list[str] = field(default_factory=list)


@dataclass
class Exchange:
    language: str
    life: Life
    question: str
    history: list[tuple[str, str]]
    actions: list[str]
    now: list[str]
    must: list[str]
    must_not: list[str]
    whole: str

    def messages(self) -> list[dict[str, str]]:
        return lay_out(
            self.question,
            life=self.life,
            language=self.language,
            history=self.history,
            actions=self.actions,
            now=self.now,
        )


def read_aloud(answer: str) -> str:
    """`answer` without the ids of what it rests on, which a page shows as small marks."""
    return re.sub(r" \[[fts]:[0-9a-z-]+\]", "", answer)


def raw_block(name: BlockName, lines: list[str]) -> str:
    """A block of lines that are written already."""
    opening, closing = write_block(name, [], key=KEY).split("\n")
    return "\n".join([opening, *lines, closing])


def lay_out(
    question: str,
    *,
    life: Life,
    language: str = "en",
    history: Sequence[tuple[str, str]] = (),
    actions: Sequence[str] = (),
    now: Sequence[str] = (),
) -> list[dict[str, str]]:
    messages = [{"role": "system", "content": "You are Remembrancer."}]
    if life.profile:
        messages.append({"role": "user", "content": raw_block(BlockName.PROFILE, life.profile)})
    if life.summary:
        messages.append({"role": "user", "content": raw_block(BlockName.SUMMARY, life.summary)})
    messages += [{"role": role, "content": neutralise(text)} for role, text in history]
    late = [raw_block(BlockName.RECALLED, life.recalled)] if life.recalled else []
    late += [raw_block(BlockName.ACTIONS, list(actions))] if actions else []
    words = " ".join(
        [
            NOW,
            f"language={language}",
            "memory=on" if not any("memory=" in word for word in now) else "",
            *life.now,
            *now,
            "link_memory=/memory/ link_models=/settings/models/",
        ]
    )
    late.append(raw_block(BlockName.NOW, [words]))
    messages.append({"role": "user", "content": "\n".join(late)})
    messages.append({"role": "user", "content": neutralise(question)})
    return messages


def read_exchanges() -> list[Exchange]:
    lives: dict[str, Life] = {}
    exchanges: list[Exchange] = []
    for part in Path(__file__).with_name("exchanges.txt").read_text(encoding="utf-8").split("\n\n"):
        lines = [line for line in part.splitlines() if line.strip() and not line.startswith("#")]
        if not lines:
            continue
        kind, *names = lines[0].split()
        by_mark: dict[str, list[str]] = {}
        for line in lines[1:]:
            by_mark.setdefault(line[0], []).append(line[2:])
        if kind == "@life":
            lives[names[0]] = Life(
                by_mark.get("P", []), by_mark.get("R", []), by_mark.get("S", []), by_mark.get("N", [])
            )
            continue
        history = [tuple(turn.split(": ", 1)) for turn in by_mark.get("H", [])]
        exchanges += [
            Exchange(
                language=names[0],
                life=lives[names[1]],
                question=question,
                history=[(role, text) for role, text in history],
                actions=by_mark.get("A", []),
                now=by_mark.get("N", []),
                must=by_mark.get("+", []),
                must_not=by_mark.get("-", []),
                whole="".join(by_mark.get("=", [])),
            )
            for question in by_mark["?"]
        ]
    return exchanges
