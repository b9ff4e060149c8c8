"""Play the month: each message is posted, read and answered at its own time, by the same functions as any other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from pathlib import Path
from uuid import UUID

from django.utils.formats import date_format

from assistant.conversations.services import post_message, start_conversation
from assistant.models import Message, Run
from memory import api as memory
from profiles.api import locale_of
from profiles.owned import as_user

SCRIPT = Path(__file__).with_name("month.txt")
_HEAD = re.compile(r"^== (\d+) (\d\d):(\d\d)$")
_DAY = re.compile(r"\{\+(\d+)\}")


@dataclass(slots=True)
class Scene:
    """One chat of the script: when it began, and what was said: (mark, text)."""

    days_ago: int
    clock: time
    lines: list[tuple[str, str]] = field(default_factory=list)


def scenes(script: str) -> list[Scene]:
    """The chats of a script, in order. Raises ValueError with the number of a line that is none of its forms."""
    found: list[Scene] = []
    for number, line in enumerate(script.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        if head := _HEAD.match(line):
            found.append(Scene(int(head[1]), time(int(head[2]), int(head[3]))))
        elif found and line[:2] in ("> ", "< ", "? "):
            found[-1].lines.append((line[0], line[2:]))
        else:
            raise ValueError(f"line {number}: {line[:40]}")
    return found


def fill(user_id: UUID, *, at: datetime) -> Iterator[tuple[int, int]]:
    """Give the user the month that ends at `at`. Yields (done, all) after each chat. Running it twice makes no second copy."""
    script = scenes(SCRIPT.read_text())
    for number, scene in enumerate(script, 1):
        with as_user(user_id):
            _play(user_id, scene, number=number, end=at)
        yield number, len(script)


def _play(user_id: UUID, scene: Scene, *, number: int, end: datetime) -> None:
    zone = locale_of(user_id).zone
    day = end.astimezone(zone).date() - timedelta(days=scene.days_ago)
    moment = min(datetime.combine(day, scene.clock, tzinfo=zone), end - timedelta(minutes=len(scene.lines)))
    conversation = start_conversation(user_id, at=moment, client_id=f"demo-{number}")
    if conversation.active_leaf_id:
        return
    run: Run | None = None
    for index, (mark, template) in enumerate(scene.lines):
        now = moment + timedelta(seconds=40 * index)
        text = _DAY.sub(
            lambda match: date_format(end.astimezone(zone) + timedelta(days=int(match[1])), "j F"), template
        )
        if mark == ">":
            run = post_message(user_id, conversation.id, text=text, at=now, client_id=f"demo-{number}-{index}").run
        elif mark == "<" and run is not None:
            _answer(run, text, at=now)
            memory.ingest(user_id, at=now)
        elif mark == "?":
            kind, word = text.split()
            memory.decide_consent(user_id, kind, granted=word == "yes", at=now)
            memory.ingest(user_id, at=now)


def _answer(run: Run, text: str, *, at: datetime) -> None:
    """An answer as it stands after its run, without having asked a model."""
    Message.objects.of(run.user_id).filter(id=run.answer_id).update(text=text, created_at=at)
    Run.objects.of(run.user_id).filter(id=run.id).update(
        status=Run.Status.DONE, attempt=1, started_at=at, finished_at=at, model="builtin/companion"
    )
    memory.record_turn(
        run.user_id, conversation_id=run.conversation_id, message_id=run.answer_id, role="assistant", text=text, at=at
    )
