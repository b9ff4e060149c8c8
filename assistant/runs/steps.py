"""One answer in steps: the model is asked, the tools that it calls are carried out, and it is asked again with what they gave, until it only speaks.

The steps are few, and the last one is asked without tools. A step that stands in its rows already is not asked for again.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from assistant.conf import answer_seconds, tool_steps, tool_tokens
from assistant.llm import gateway
from assistant.llm.budgets import check_budget
from assistant.llm.counting import count_messages, count_tokens
from assistant.llm.tooling import join_call
from assistant.llm.types import (
    Confidence,
    Deadlines,
    Delta,
    ErrorCode,
    Failed,
    Finish,
    Model,
    ProviderError,
    ReasoningDelta,
    Switched,
    TextDelta,
    ToolCallDelta,
    Usage,
)
from assistant.llm.types import (
    ToolCall as Asked,
)
from assistant.llm.usage import Call
from assistant.models import Run, ToolCall
from assistant.runs import lifecycle
from assistant.runs.calls import Desk
from assistant.runs.route import Route
from assistant.runs.telling import as_messages, as_sent
from assistant.runs.writer import AnswerWriter
from profiles.owned import work_as


@dataclass
class Said:
    """What a model gave in one step."""

    text: str = ""
    thought: str = ""
    calls: dict[tuple[int, int], Asked] = field(default_factory=dict)
    is_cut: bool = False
    is_noted: bool = False  # what its call took


@dataclass
class Steps:
    """The steps of one answer. After `answer`, `model` is the one that spoke last and `calls` what providers were called for and is not noted yet."""

    run: Run
    writer: AnswerWriter
    way: Route
    messages: list[dict[str, Any]]
    desk: Desk
    stop: asyncio.Event
    counted_for: Model  # by whose tokens the receipt counts
    timings: dict[str, int]
    started: float = field(default_factory=time.perf_counter)
    calls: list[Call] = field(default_factory=list)
    used: int = 0  # tokens of all steps so far
    confidence: list[tuple[int, int]] = field(
        default_factory=list
    )  # (characters, percent) of each token, in the order of the text

    def __post_init__(self) -> None:
        self.models: list[Model] = list(self.way.models)
        self.model = self.models[0]

    async def answer(self) -> lifecycle.Outcome:
        """Write the answer, to its end or to where it waits for the person. Raises ProviderError, LostClaim."""
        step = 0
        for rows in await self.desk.earlier():
            step = rows[0].step
            await self._say(rows[0].said)
            if not await self._finish_step(rows):
                return self._broken_off()
        while True:
            step += 1
            with_tools = step < tool_steps() and not self.desk.is_spent and self.used < tool_tokens()
            if step > 1:
                await self._note_calls()
            said = await self._ask(with_tools=with_tools and bool(self.desk.toolbox.tools))
            if self.stop.is_set():
                return self._broken_off()
            if not said.calls:
                return lifecycle.Outcome(Run.Status.TRUNCATED if said.is_cut else Run.Status.DONE, "")
            if not with_tools:
                return self._given_up()
            rows = await self.desk.plan(step, said.text, [said.calls[index] for index in sorted(said.calls)])
            if not await self._finish_step(rows):
                return self._broken_off()

    async def _ask(self, *, with_tools: bool) -> Said:
        """One call of a model; what it says goes to the viewers as it comes."""
        said = Said()
        limits = gateway.deadlines_from_settings()
        left = max(1.0, answer_seconds() - (time.perf_counter() - self.started))
        deltas = gateway.stream_chat(
            self.messages,
            models=self.models,
            tools=self.desk.toolbox.definitions if with_tools else (),
            deadlines=Deadlines(limits.first_token, limits.between_tokens, left),
            effort=self._effort(),
            because=self.way.because if self.models == self.way.models else None,
            with_confidence=True,
        )
        async with contextlib.aclosing(until(deltas, self.stop)) as wanted:
            async for delta in wanted:
                self.timings.setdefault("first_token", round((time.perf_counter() - self.started) * 1000))
                match delta:
                    case TextDelta(text=text):
                        await self._say(text, begins=not said.text)
                        said.text += text
                    case ReasoningDelta(text=text):
                        said.thought += text
                        await self.writer.emit("reasoning.delta", {"text": text})
                    case ToolCallDelta():
                        join_call(said.calls, delta)
                    case Confidence(text=text, probability=probability):
                        self.confidence.append((len(text), round(100 * probability)))
                    case Usage():
                        said.is_noted = True
                        self.calls.append((self.model.name, delta, ""))
                        self.used += delta.input_tokens + delta.output_tokens
                    case Failed(model=asked, error=error, usage=usage):
                        said.is_noted = True
                        self.calls.append((asked.name, usage, error.code))
                    case Switched(model=following, error=error):
                        self.model, said.is_noted = following, False
                        await self.writer.emit("model.switched", {"model": following.label, "because": error.code})
                    case Finish(reason=reason, model=used):
                        self.model, said.is_cut = used, reason == "length"
        if self.stop.is_set() and not said.is_noted:  # a stopped answer is paid for as well
            self.calls.append((self.model.name, self._taken(said), ""))
        self.models = self.models[self.models.index(self.model) :]  # whoever could not answer is not asked again
        return said

    def _taken(self, said: Said) -> Usage:
        called = "".join(call.name + call.arguments for call in said.calls.values())
        return gateway.usage_so_far(self.messages, said.thought + said.text + called, self.model)

    def _effort(self) -> str:
        """Anthropic's models want their own thoughts back between steps, which are not kept: there they think in the first step only."""
        is_later = any(message["role"] == "tool" for message in self.messages)
        return "" if is_later and "anthropic/" in self.models[0].name else self.way.effort

    async def _say(self, text: str, *, begins: bool = True) -> None:
        """Text of a step, parted from that of the step before."""
        if text and begins and self.writer.text.strip():
            text = f"\n\n{text}"
            if self.confidence:
                self.confidence.append((2, 100))
        if text:
            await self.writer.add(text)

    async def _finish_step(self, rows: list[ToolCall]) -> bool:
        """Carry the calls of a step out and put them into the prompt and its receipt. False when the answer ends here for now."""
        if not await self.desk.complete(rows):
            return False
        step = as_messages(rows)
        self.messages += step
        sent = [count_tokens(as_sent(row), self.counted_for) for row in rows]
        whole = count_messages(step, self.counted_for, is_whole=False)
        await work_as(self.run.user_id, lifecycle.add_results, self.run, rows, tokens=sent, whole=whole)
        return True

    async def _note_calls(self) -> None:
        """What the steps so far took is written down before more is spent. Raises ProviderError when the budget is used up."""
        calls, self.calls = self.calls, []
        user_id, project_id = self.run.user_id, self.run.conversation.project_id
        await work_as(user_id, lifecycle.note_step, self.run, self.way.role, calls, at=timezone.now())
        if not self.models[0].is_builtin:
            await work_as(user_id, check_budget, user_id, project_id=project_id, at=timezone.now())

    def _broken_off(self) -> lifecycle.Outcome:
        return lifecycle.Outcome(Run.Status.CANCELLED if self.stop.is_set() else Run.Status.WAITING, "")

    def _given_up(self) -> lifecycle.Outcome:
        status = Run.Status.INTERRUPTED if self.writer.text.strip() else Run.Status.FAILED
        return lifecycle.Outcome(status, "", ErrorCode.TOO_MANY_STEPS, "tools were called where none were offered")


async def until(deltas: AsyncGenerator[Delta], stop: asyncio.Event) -> AsyncGenerator[Delta]:
    """The deltas, until the event is set; then the provider's stream is closed at once, also while it is silent."""
    stopping = asyncio.create_task(stop.wait())
    upcoming: asyncio.Future[Delta] | None = None
    try:
        while True:
            upcoming = asyncio.ensure_future(anext(deltas))
            await asyncio.wait({upcoming, stopping}, return_when=asyncio.FIRST_COMPLETED)
            if not upcoming.done():
                upcoming.cancel()
                with contextlib.suppress(asyncio.CancelledError, StopAsyncIteration, ProviderError):
                    await upcoming
                return
            try:
                yield upcoming.result()
            except StopAsyncIteration:
                return
    finally:
        stopping.cancel()
        if upcoming is not None and not upcoming.done():  # the run was lost: nobody waits for the provider any more
            upcoming.cancel()
            await asyncio.gather(upcoming, return_exceptions=True)
        with contextlib.suppress(Exception):
            await deltas.aclose()
