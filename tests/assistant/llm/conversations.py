"""Reads the golden conversations (`conversations.txt`) and holds them with the built-in model."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from assistant.llm.builtin.provider import answer_messages
from tests.assistant.llm.exchanges import Life, lay_out, read_aloud


@dataclass
class Talk:
    language: str
    title: str
    lines: list[str] = field(default_factory=list)


def read_talks() -> list[Talk]:
    talks: list[Talk] = []
    for line in Path(__file__).with_name("conversations.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("@talk"):
            _, language, title = line.split(" ", 2)
            talks.append(Talk(language, title))
        elif talks and line.strip() and not line.startswith("#"):
            talks[-1].lines.append(line)
    return talks


def hold(talk: Talk) -> list[tuple[str, str, str]]:
    """(what was said, what the file has as the answer, what is answered now) of each step."""
    life = Life()
    history: list[tuple[str, str]] = []
    actions: list[str] = []
    now: list[str] = []
    held: list[tuple[str, str, str]] = []
    for index, line in enumerate(talk.lines):
        mark, rest = line[0], line[2:]
        if mark in "PR":
            (life.profile if mark == "P" else life.recalled).append(rest)
        elif mark == "X":
            life.profile = [written for written in life.profile if f"[f:{rest}]" not in written]
        elif mark in "AN":
            (actions if mark == "A" else now).append(rest)
        elif mark == ">":
            expected = []
            for following in talk.lines[index + 1 :]:
                if following[0] != "<":
                    break
                expected.append(following[2:])
            answer = answer_messages(
                lay_out(rest, life=life, language=talk.language, history=history, actions=actions, now=now)
            )
            held.append((rest, "\n".join(expected), read_aloud(answer)))
            history += [("user", rest), ("assistant", answer)]
            actions, now = [], []
    return held
