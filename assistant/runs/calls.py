"""The calls of one step: written down, let through or held for the person, carried out, and told to the model as data.

Each call is a row before anything happens. What only reads runs beside the others; what changes memory runs alone, in the transaction that notes that
it ran. So a run that lost its worker goes on from its rows and does nothing twice.
"""

from __future__ import annotations

import asyncio
import json
import logging
import re
import time
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db import transaction
from django.utils import timezone

from assistant.conf import tool_calls_a_step, tool_characters, tool_result_characters, tool_seconds
from assistant.exceptions import LostClaim
from assistant.llm.types import ToolCall as Asked
from assistant.models import Run, ToolCall
from assistant.runs.telling import call_event, finished_event, waiting_event
from assistant.runs.writer import AnswerWriter
from assistant.tools.arguments import BadArguments, read_arguments, written
from assistant.tools.base import Asker, ChangingTool, Origin, ReadingTool, Result, Tool, ToolFailed
from assistant.tools.leave import digest_of, why_to_ask
from assistant.tools.registry import Toolbox
from memory.exceptions import MemoryProblem
from profiles.owned import work_as

log = logging.getLogger(__name__)
State = ToolCall.State
AGAIN = " Call it once more with arguments that fit, or answer without it."
NO_MORE = " Answer without this tool."


@dataclass
class Desk:
    """Where the calls of one answer are worked on.

    `personal` are texts of memories in the prompt; `is_tainted`: it holds text that anybody may have written.
    """

    run: Run
    writer: AnswerWriter
    asker: Asker
    toolbox: Toolbox
    stop: asyncio.Event
    personal: list[str] = field(default_factory=list)
    is_tainted: bool = False
    bad: int = 0  # calls whose arguments could not be read
    seconds: float = 0.0
    characters: int = 0

    @property
    def is_spent(self) -> bool:
        """Whether no more tools are to be offered for this answer."""
        return self.bad > 1 or self.seconds >= tool_seconds() or self.characters >= tool_characters()

    async def earlier(self) -> list[list[ToolCall]]:
        """What stands already, by step: of an attempt whose worker was lost, or from before the person decided."""
        rows = await work_as(self.run.user_id, lambda: list(ToolCall.objects.of(self.run.user_id).filter(run=self.run)))
        self.characters = sum(len(row.result) for row in rows)
        return [list(step) for _, step in groupby(rows, key=lambda row: row.step)]

    async def plan(self, step: int, said: str, asked: Sequence[Asked]) -> list[ToolCall]:
        """Write the calls of a step down, each with what is to become of it. Raises LostClaim."""
        return await work_as(self.run.user_id, self._plan, step, said, asked, timezone.now())

    def _plan(self, step: int, said: str, asked: Sequence[Asked], at: datetime) -> list[ToolCall]:
        self._check_claim()
        rows: list[ToolCall] = []
        taken = set(ToolCall.objects.of(self.run.user_id).filter(run=self.run).values_list("reference", flat=True))
        for position, call in enumerate(asked[: tool_calls_a_step()]):
            is_new = bool(call.id) and call.id not in taken  # some servers begin to count anew in each step
            reference = call.id if is_new else f"call_{step}_{position}"
            taken.add(reference)
            row = ToolCall(
                user_id=self.run.user_id,
                run=self.run,
                step=step,
                position=position,
                reference=reference,
                name=re.sub(r"[^A-Za-z0-9_-]", "_", call.name)[:64] or "unknown",
                arguments=_storable(call.arguments)[:20_000],
                said=said if position == 0 else "",
                created_at=at,
            )
            self._judge(row, call, at)
            rows.append(row)
        ToolCall.objects.bulk_create(rows)
        return rows

    def _judge(self, row: ToolCall, call: Asked, at: datetime) -> None:
        """What is to become of a call: its state, and what the person is shown where they are asked."""
        tool = self.toolbox.find(call.name)
        if tool is None:
            _close(row, State.FAILED, "There is no tool of this name." + NO_MORE, at=at)
            return
        row.permission = tool.permission
        try:
            arguments = read_arguments(call.arguments, tool.parameters)
        except BadArguments as problem:
            self.bad += 1
            _close(row, State.FAILED, f"{problem}{NO_MORE if self.bad > 1 else AGAIN}", at=at)
            return
        row.arguments = written(arguments)
        reason = why_to_ask(
            tool,
            row.arguments,
            is_tainted=self.is_tainted,
            memories=self.personal,
            typed=self.run.question.text,
        )
        if reason is None:
            return
        try:
            preview = tool.preview(self.asker, arguments)
        except ToolFailed as problem:
            _close(row, State.FAILED, str(problem), at=at)
            return
        row.state, row.why_asked = State.WAITING, reason
        row.preview, row.proof = preview.text, preview.proof
        row.digest = digest_of(row.name, row.arguments, row.preview, row.proof)

    async def complete(self, rows: list[ToolCall]) -> bool:
        """Carry out what is left of a step. False when it was stopped, or waits for the person. Raises LostClaim."""
        for row in rows:
            if row.state == State.WAITING:
                await self.writer.emit("tool.waiting", waiting_event(row, self.toolbox.find(row.name)))
        readers = [row for row in rows if row.is_open and row.state != State.WAITING and not self._changes(row)]
        await self._until_stop([self._read(row) for row in readers])
        for row in rows:
            if row.is_open and row.state != State.WAITING and self._changes(row) and not self.stop.is_set():
                await self._change(row)
        if self.stop.is_set():
            await work_as(self.run.user_id, self._stop_open)
            return False
        self.is_tainted = self.is_tainted or any(row.is_foreign for row in rows)
        for row in rows:
            if row.origin == Origin.MEMORY:
                self.personal += row.result.splitlines()
        return all(row.state != State.WAITING for row in rows)

    def _changes(self, row: ToolCall) -> bool:
        return isinstance(self.toolbox.find(row.name), ChangingTool)

    async def _until_stop(self, work: list[Any]) -> None:
        """All of it side by side, until the run is told to stop. The first fault of our own ends the rest and is raised."""
        tasks = {asyncio.ensure_future(one) for one in work}
        stopping = asyncio.ensure_future(self.stop.wait())
        began = time.monotonic()
        try:
            while pending := {task for task in tasks if not task.done()}:
                await asyncio.wait({*pending, stopping}, return_when=asyncio.FIRST_COMPLETED)
                for task in tasks:
                    if task.done():
                        task.result()
                if stopping.done():
                    return
        finally:
            self.seconds += time.monotonic() - began
            for task in (*tasks, stopping):
                task.cancel()
            await asyncio.gather(*tasks, stopping, return_exceptions=True)

    # --- one call

    async def _read(self, row: ToolCall) -> None:
        tool = self.toolbox.find(row.name)
        if not isinstance(tool, ReadingTool):
            await self._end(row, State.FAILED, "This tool is not there any more.")
            return
        if row.state == State.RUNNING and row.permission in (ToolCall.Permission.NETWORK, ToolCall.Permission.CHANGES):
            await self._end(
                row,
                State.FAILED,
                "It was broken off; whether it had done its work is not known. It was not tried again.",
            )
            return
        if row.state == State.APPROVED and not _is_as_approved(row):
            await self._end(row, State.FAILED, "It is not what the person allowed, and was not done.")
            return
        await self._begin(row, tool)
        try:
            async with asyncio.timeout(max(1.0, min(tool.seconds, tool_seconds() - self.seconds))):
                result = await tool.call(self.asker, json.loads(row.arguments))
        except TimeoutError:
            await self._end(row, State.FAILED, "It took too long and was stopped.")
        except ToolFailed as problem:
            await self._end(row, State.FAILED, str(problem), problem.origin)
        except (LostClaim, asyncio.CancelledError):
            raise
        except Exception:
            log.exception("tool %s failed", row.name)  # its arguments stay out of the log
            await self._end(row, State.FAILED, "It failed for a reason of its own.")
        else:
            await self._end(row, State.DONE, result.text, result.origin)

    async def _change(self, row: ToolCall) -> None:
        tool = self.toolbox.find(row.name)
        assert isinstance(tool, ChangingTool)
        await self.writer.emit("tool.started", call_event(row, tool))
        await work_as(self.run.user_id, self._change_once, row, tool)
        await self.writer.emit("tool.finished", finished_event(row))

    def _change_once(self, row: ToolCall, tool: ChangingTool) -> None:
        """The change and the note of it, in one transaction: neither without the other. Raises LostClaim."""
        self._check_claim()
        now = timezone.now()
        open_one = ToolCall.objects.of(row.user_id).filter(id=row.id, state__in=[State.PLANNED, State.APPROVED])
        if not open_one.update(state=State.RUNNING, started_at=now):
            row.refresh_from_db()
            return
        if row.state == State.APPROVED and not _is_as_approved(row):
            self._note(row, State.FAILED, "It is not what the person allowed, and was not done.", Origin.COMPUTED)
            return
        try:
            with transaction.atomic():
                result = tool.change(self.asker, json.loads(row.arguments), proof=row.proof)
        except (ToolFailed, MemoryProblem) as problem:
            result, state = Result(str(problem)), State.FAILED
        else:
            state = State.DONE
        self._note(row, state, result.text, result.origin)

    async def _begin(self, row: ToolCall, tool: Tool) -> None:
        def note() -> None:
            self._check_claim()
            ToolCall.objects.of(row.user_id).filter(id=row.id).update(state=State.RUNNING, started_at=timezone.now())

        await work_as(row.user_id, note)
        await self.writer.emit("tool.started", call_event(row, tool))

    async def _end(self, row: ToolCall, state: State, text: str, origin: Origin = Origin.COMPUTED) -> None:
        def note() -> None:
            self._check_claim()
            self._note(row, state, text, origin)

        await work_as(row.user_id, note)
        await self.writer.emit("tool.finished", finished_event(row))

    def _note(self, row: ToolCall, state: State, text: str, origin: Origin) -> None:
        _close(row, state, self._cut(text), origin=origin, at=timezone.now())
        fields = {"state": row.state, "result": row.result, "origin": row.origin, "finished_at": row.finished_at}
        ToolCall.objects.of(row.user_id).filter(id=row.id).update(**fields)

    def _cut(self, text: str) -> str:
        """As much of a result as one call, and one answer, may hold."""
        room = max(200, min(tool_result_characters(), tool_characters() - self.characters))
        beginning = _storable(
            text[: 4 * room]
        )  # a result of megabytes is not looked through for what is cut off anyway
        self.characters += min(len(beginning), room)
        if len(text) <= 4 * room and len(beginning) <= room:
            return beginning
        return f"{beginning[:room].rstrip()}\n(the rest was left out)"

    def _check_claim(self) -> None:
        if not Run.objects.of(self.run.user_id).held_by(self.run).exists():
            raise LostClaim(str(self.run.id))

    def _stop_open(self) -> None:
        left = ToolCall.objects.of(self.run.user_id).filter(run=self.run, state__in=ToolCall.OPEN)
        left.update(state=State.STOPPED, finished_at=timezone.now())


def _close(row: ToolCall, state: State, text: str, *, at: datetime, origin: Origin = Origin.COMPUTED) -> None:
    row.state, row.result, row.origin, row.finished_at = state, text, origin, at


def _is_as_approved(row: ToolCall) -> bool:
    return row.digest == digest_of(row.name, row.arguments, row.preview, row.proof)


def _storable(text: str) -> str:
    """Text without what hides or can't be kept: control and format characters, halves of characters. Line ends and tabs stay."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(
        sign for sign in text if sign in "\n\t" or unicodedata.category(sign) not in ("Cc", "Cf", "Cs", "Co")
    )
