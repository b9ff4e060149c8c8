"""Play the month: each message is posted, read and answered at its own time, by the same functions as any other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from pathlib import Path
from uuid import UUID

from django.utils.formats import date_format

from assistant.context.build import build_context
from assistant.context.gather import Measure, gather
from assistant.context.receipt import CITABLE, mark_cited, receipt_rows
from assistant.conversations.projects import begin_project, projects_of
from assistant.conversations.services import post_message, rename_conversation, start_conversation
from assistant.llm.room import UNKNOWN
from assistant.markup import plain
from assistant.models import ContextItem, Message, Run
from memory import api as memory
from profiles.api import locale_of
from profiles.owned import as_user

CHARACTERS_A_TOKEN = 4
SCRIPT = Path(__file__).with_name("month.txt")
_HEAD = re.compile(r"^== (\d+) (\d\d):(\d\d) ([^@]+?)(?: @ (.+))?$")
_CITE = re.compile(r"\{cite ([^}]+)\}")
_LINE = re.compile(r"^- \[([fts]:[0-9a-z-]{1,36})\]")
MODEL = "demo"  # what wrote the answers: nobody, they stand in the script
_DAY = re.compile(r"\{\+(\d+)\}")


@dataclass(slots=True)
class Scene:
    """One chat of the script: when it began, its title and project (empty: in none), and what was said: (mark, text)."""

    days_ago: int
    clock: time
    title: str
    project: str
    lines: list[tuple[str, str]] = field(default_factory=list)


def scenes(script: str) -> list[Scene]:
    """The chats of a script, in order. Raises ValueError with the number of a line that is none of its forms."""
    found: list[Scene] = []
    for number, line in enumerate(script.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        if head := _HEAD.match(line):
            found.append(Scene(int(head[1]), time(int(head[2]), int(head[3])), head[4], head[5] or ""))
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
    project = _project(user_id, scene.project, at=moment) if scene.project else None
    conversation = start_conversation(user_id, at=moment, client_id=f"demo-{number}", project_id=project)
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
    rename_conversation(user_id, conversation.id, title=scene.title)


def _project(user_id: UUID, name: str, *, at: datetime) -> UUID:
    known = next((project.id for project in projects_of(user_id) if project.name == name), None)
    return known or begin_project(user_id, name=name, at=at).id


def _answer(run: Run, text: str, *, at: datetime) -> None:
    """An answer as it stands after its run, with the receipt of what would have gone into it, without having asked a model."""

    def count(words: str) -> int:
        return -(-len(words) // CHARACTERS_A_TOKEN)

    inputs = gather(run, at=at, measure=Measure(UNKNOWN, count), asked=run.question.text)
    rows = receipt_rows(run, build_context(inputs, count=count))
    ContextItem.objects.bulk_create(rows)
    lines = [row.text for row in rows if row.kind in CITABLE]
    text = _CITE.sub(lambda match: _marker(lines, match[1]), text)
    Message.objects.of(run.user_id).filter(id=run.answer_id).update(text=text, created_at=at)
    Run.objects.of(run.user_id).filter(id=run.id).update(
        status=Run.Status.DONE, attempt=1, started_at=at, finished_at=at, model=MODEL
    )
    mark_cited(run, text)
    memory.record_turn(
        run.user_id,
        conversation_id=run.conversation_id,
        message_id=run.answer_id,
        role="assistant",
        text=plain(text),
        at=at,
    )


def _marker(lines: list[str], words: str) -> str:
    """How an answer cites the first line with these words; nothing where no such line went into it."""
    found = next((_LINE.match(line) for line in lines if words in line and _LINE.match(line)), None)
    return f" [{found[1]}]" if found else ""
