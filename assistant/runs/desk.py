"""Open the desk on which the calls of one answer are worked on: for whom, with which tools, and what its prompt holds that makes asking needed."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import datetime

from assistant.context.inputs import ContextInputs
from assistant.conversations.place import place_of
from assistant.conversations.withheld import withheld_from
from assistant.models import Message, Run
from assistant.runs.calls import Desk
from assistant.runs.writer import AnswerWriter
from assistant.tools.base import Asker
from assistant.tools.chats import quoting
from assistant.tools.memory import FOREIGN_ORIGINS
from assistant.tools.registry import Toolbox
from memory.api import MemoryLine, read_line
from profiles.api import locale_of, profile_of


def asker_of(run: Run, *, at: datetime) -> Asker:
    """For whom the tools of this answer work; inside `as_user`."""
    place, locale = place_of(run.conversation), locale_of(run.user_id)
    return Asker(
        user_id=run.user_id,
        conversation_id=run.conversation_id,
        question_id=run.question_id,
        at=at,
        zone=locale.zone,
        language=locale.language,
        scope=place.scope,
        keeps_memory=place.is_kept,
        is_paused=profile_of(run.user_id).is_memory_paused,
        without=withheld_from(run),
    )


def open_desk(
    run: Run, inputs: ContextInputs, writer: AnswerWriter, asker: Asker, toolbox: Toolbox, stop: asyncio.Event
) -> Desk:
    """The desk for one attempt; inside `as_user`."""
    return Desk(
        run,
        writer,
        asker,
        toolbox,
        stop,
        personal=[text for line in _lines(inputs) for text in (line.text, line.value, line.quote) if text],
        is_tainted=_holds_foreign_text(run, inputs),
    )


def _lines(inputs: ContextInputs) -> Iterator[MemoryLine]:
    """Every line of memory in the prompt."""
    yield from inputs.profile
    for item in inputs.recalled:
        yield item.line
    for turn in inputs.turns:
        for sent in turn.beside.lines if turn.beside else ():
            if (line := read_line(sent.text)) is not None:
                yield line


def _holds_foreign_text(run: Run, inputs: ContextInputs) -> bool:
    """Whether anybody may have written part of the prompt: what was pasted or attached, what an earlier answer read, a memory from such."""
    if run.question.pasted or inputs.files or any(item.origin in FOREIGN_ORIGINS for item in inputs.recalled):
        return True
    if any(line.origin in FOREIGN_ORIGINS for line in _lines(inputs)):
        return True
    shown = Message.objects.of(run.user_id).filter(id__in=[turn.message_id for turn in inputs.turns])
    return quoting(run.user_id, list(shown))
