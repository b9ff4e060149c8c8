"""One answer, start to end: claim, route, gather, build, answer in steps (`steps.py`), finish."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from asgiref.sync import sync_to_async
from django.utils import timezone

from assistant.conf import cancel_poll_seconds, run_renew_seconds
from assistant.context.build import build_context
from assistant.context.gather import Measure, gather
from assistant.context.inputs import Context, ContextInputs
from assistant.context.receipt import mark_cited, receipt_rows
from assistant.context.reference import asked_in, refers_back
from assistant.conversations.services import note_news
from assistant.exceptions import LostClaim
from assistant.files.read import bytes_to_read, read_pdf, store_words, waiting_files
from assistant.llm import counting, gateway
from assistant.llm.room import room_in
from assistant.llm.seeing import with_picture
from assistant.llm.tooling import can_call_tools
from assistant.llm.types import ProviderError
from assistant.llm.usage import Call
from assistant.models import FileContent, Run
from assistant.runs import lifecycle
from assistant.runs.calls import Desk
from assistant.runs.desk import asker_of, open_desk
from assistant.runs.route import parameters_of, route
from assistant.runs.steps import Steps
from assistant.runs.stream import RunStream, is_told_to_stop, notify
from assistant.runs.writer import AnswerWriter
from assistant.tools.base import Asker
from assistant.tools.registry import Toolbox, toolbox_for, within
from assistant.tools.servers import refresh_servers
from memory import api as memory
from profiles.owned import work_as

log = logging.getLogger(__name__)


async def run_turn(user_id: UUID, run_id: UUID) -> Run | None:
    """Answer one question. Returns the finished run, or None when there was nothing to do or another worker took over.

    Never raises for a fault of a provider: the run then says what happened. Whatever else goes wrong leaves the run to be taken up again.
    """
    await gateway.warm_up()  # before the lease begins: loading takes seconds in a worker that has just started

    def claim() -> tuple[Run | None, list[UUID]]:
        run = lifecycle.claim(user_id, run_id, at=timezone.now())
        return run, waiting_files(user_id, run.question_id) if run else []

    run, unread = await work_as(user_id, claim)
    if run is None:
        return None
    stream = RunStream(run.id)
    try:
        await sync_to_async(stream.resume)()
        return await _answer(run, stream, unread)
    except LostClaim:
        log.info("run %s was taken over", run.id)
        return None


async def _answer(run: Run, stream: RunStream, unread: list[UUID]) -> Run:
    started, timings = time.perf_counter(), {}
    way = await sync_to_async(route)(run, at=timezone.now())
    models = way.models
    writer = AnswerWriter(run, stream)
    await writer.begin(models[0].label)
    await sync_to_async(notify)(run.user_id, "run.started", {"run": str(run.id), **_whose(run)})

    def count(text: str) -> int:
        return counting.count_tokens(text, models[0])

    def whole(messages: Sequence[Mapping[str, Any]]) -> int:
        return counting.count_messages(messages, models[0])

    asked = run.question.text
    if unread:
        await _read_files(run, unread)
    measure = Measure(room_in(models[0]), count, way.sees)
    if not run.conversation.is_temporary:
        if refers_back(asked):
            asked = await work_as(run.user_id, asked_in, run.user_id, run.question)
        await sync_to_async(memory.prepare_recall)(run.user_id, asked)
    if can_call := await sync_to_async(can_call_tools)(models[0]):
        await refresh_servers()

    def collect() -> tuple[ContextInputs, Asker, Toolbox]:
        inputs, asker = gather(run, at=timezone.now(), measure=measure, asked=asked), asker_of(run, at=timezone.now())
        offered = toolbox_for(asker) if can_call else Toolbox()
        return inputs, asker, within(offered, tokens=measure.room.tools, count=count)

    inputs, asker, toolbox = await work_as(run.user_id, collect)
    timings["gather"] = _milliseconds(started)
    inputs = replace(inputs, step_by_step=way.step_by_step, tools=toolbox.written)
    context = build_context(inputs, count=count, whole=whole)

    async with _kept(run) as stop:

        def put_down() -> Desk:
            parameters = parameters_of(way, tools=len(toolbox.tools))
            lifecycle.store_receipt(run, receipt_rows(run, context), model=models[0].name, parameters=parameters)
            return open_desk(run, inputs, writer, asker, toolbox, stop)

        desk = await work_as(run.user_id, put_down)
        await writer.emit("context.ready", {"memories": context.memories, "tokens": context.tokens})
        timings["prompt"] = _milliseconds(started)
        messages: list[dict[str, Any]] = list(context.messages)
        if context.pictures:
            messages = await work_as(run.user_id, _with_pictures, run.user_id, context)
        steps = Steps(run, writer, way, messages, desk, stop, models[0], timings, started)
        try:
            outcome = await steps.answer()
        except ProviderError as error:
            status = Run.Status.INTERRUPTED if writer.text.strip() else Run.Status.FAILED
            outcome = lifecycle.Outcome(status, "", error.code, error.detail)
    timings["all"] = _milliseconds(started)
    return await _finish(
        run,
        writer,
        outcome,
        model=steps.model.name,
        role=way.role,
        calls=steps.calls,
        timings=timings,
        confidence=steps.confidence,
    )


async def _read_files(run: Run, unread: list[UUID]) -> None:
    """Have read what is attached to the question. It may take a while, so the lease is kept meanwhile, and no transaction is open."""
    async with _kept(run):
        for file_id in unread:
            data = await work_as(run.user_id, bytes_to_read, run.user_id, file_id)
            words = await asyncio.to_thread(read_pdf, data)
            await work_as(run.user_id, store_words, run.user_id, file_id, words)


def _with_pictures(user_id: UUID, context: Context) -> list[dict[str, Any]]:
    """The messages, with the bytes of the pictures that go with them."""
    messages: list[dict[str, Any]] = list(context.messages)
    found = FileContent.objects.of(user_id).filter(file__in=context.pictures.values()).select_related("file")
    contents = {content.file_id: content for content in found}
    for place, file_id in context.pictures.items():
        if content := contents.get(file_id):
            messages[place] = with_picture(messages[place], bytes(content.data), content.file.media_type)
    return messages


def _whose(run: Run) -> dict[str, str]:
    """What other pages need to know of an answer, to show that it is there."""
    return {"conversation": str(run.conversation_id), "message": str(run.answer_id)}


async def _finish(
    run: Run,
    writer: AnswerWriter,
    outcome: lifecycle.Outcome,
    *,
    model: str,
    role: str,
    calls: list[Call],
    timings: dict[str, int],
    confidence: list[tuple[int, int]],
) -> Run:
    text = await writer.end()

    def store() -> Run:
        now = timezone.now()
        done = lifecycle.finish(
            run,
            lifecycle.Outcome(outcome.status, text, outcome.error_code, outcome.error_detail),
            at=now,
            model=model,
            role=role,
            calls=calls,
            timings=timings,
            confidence=confidence,
        )
        mark_cited(done, text)
        return done

    finished = await work_as(run.user_id, store)
    if finished.status != Run.Status.CANCELLED:
        # Not in the transaction that stores the answer: there memory is locked before the conversation, elsewhere after it.
        await work_as(run.user_id, note_news, run.user_id, run.conversation_id)
    await writer.announce(finished)
    await sync_to_async(notify)(run.user_id, "run.finished", _whose(run))
    return finished


@contextlib.asynccontextmanager
async def _kept(run: Run) -> AsyncIterator[asyncio.Event]:
    """Renew the lease while an answer is written; the event is set when the run was asked to stop. Ends the writing when the run was lost."""
    stop, lost = asyncio.Event(), False
    writing = asyncio.current_task()

    async def renew() -> None:
        nonlocal lost
        due = time.monotonic() + run_renew_seconds()
        while not stop.is_set():
            await asyncio.sleep(cancel_poll_seconds())
            if await sync_to_async(is_told_to_stop)(run.id):
                stop.set()
            if time.monotonic() < due:
                continue
            due = time.monotonic() + run_renew_seconds()
            try:
                if await work_as(run.user_id, lifecycle.renew, run, at=timezone.now()):
                    stop.set()
            except LostClaim:
                lost = True
                if writing:
                    writing.cancel()
                return

    keeper = asyncio.create_task(renew())
    try:
        yield stop
    except asyncio.CancelledError:
        if lost:
            raise LostClaim(str(run.id)) from None
        raise
    finally:
        keeper.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await keeper


def _milliseconds(since: float) -> int:
    return round((time.perf_counter() - since) * 1000)
