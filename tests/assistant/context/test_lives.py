"""Whole prompts of ten lives, to be read and judged by a person. After a wanted change: `GOLDEN=new make test only=test_lives`, then read the difference."""

from __future__ import annotations

import os
import re
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from assistant.context.build import build_context
from assistant.context.gather import Measure, gather
from assistant.conversations import services
from assistant.llm.room import Room
from assistant.models import Run
from memory import api as memory
from profiles.owned import as_user

HERE = Path(__file__).parent / "lives"
OSLO = ZoneInfo("Europe/Oslo")


def lives() -> dict[str, list[str]]:
    """Lines by the name of the life."""
    found: dict[str, list[str]] = {}
    for line in (HERE / "lives.txt").read_text().splitlines():
        if line.startswith("== "):
            lines = found.setdefault(line[3:], [])
        elif line and not line.startswith("#"):
            lines.append(line)
    return found


def count(text: str) -> int:
    return -(-len(text) // 4)


def readable(messages) -> str:
    """The prompt with ids and keys named in the order in which they come, so that the same life gives the same text."""
    text = "\n".join(f"--- {message['role']}\n{message['content']}" for message in messages) + "\n"
    named: dict[str, str] = {}

    def name(match: re.Match[str]) -> str:
        return named.setdefault(match[0], f"{match[1]}{len(named) + 1}")

    text = re.sub(r"(?<=\[)([ftsa]:)(?=[0-9a-f]*\d)[0-9a-f-]{8,36}(?=\])", name, text)
    return re.sub(r"(?<=\w )(?P<key>)[0-9a-f]{12}(?=⟧)", "key", text)


@pytest.mark.parametrize("life", lives())
def test_the_prompt_of_a_life_is_as_it_was_judged(db, alice, life):
    lines = lives()[life]
    with as_user(alice):
        chat = None
        for number, line in enumerate(lines):
            is_question = line.startswith("? ")
            day, text = line.removeprefix("? ").split(" | ", 1)
            at = datetime.fromisoformat(f"{day}T09:{number:02}:00").replace(tzinfo=OSLO)
            chat = services.start_conversation(alice.pk, at=at)
            posted = services.post_message(alice.pk, chat.id, text=text, at=at)
            if not is_question:
                memory.ingest(alice.pk, at=at)
                Run.objects.of(alice).filter(id=posted.run.id).update(status="done", finished_at=at)
        run = Run.objects.of(alice).select_related("conversation__project", "question").get(id=posted.run.id)
        inputs = gather(run, at=at, measure=Measure(Room(turns=3000), count))
    context = build_context(inputs, count=count)
    assert context.tokens == sum(count(message["content"]) for message in context.messages)
    told = readable(context.messages)
    file = HERE / f"{life.replace(' ', '-')}.txt"
    if os.environ.get("GOLDEN") == "new":
        file.write_text(told)
    assert told == file.read_text()
