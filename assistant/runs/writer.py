"""The answer as it grows: joined deltas and finished blocks to the viewers, a checkpoint to Postgres each second."""

from __future__ import annotations

import time
from typing import Any

from asgiref.sync import sync_to_async
from django.utils import timezone

from assistant.conf import checkpoint_seconds, delta_seconds
from assistant.markup import render, split_finished
from assistant.models import Run
from assistant.runs import lifecycle
from assistant.runs.stream import RunStream
from profiles.owned import work_as


class AnswerWriter:
    """Collects what a model says. One per attempt; not shared between tasks."""

    def __init__(self, run: Run, stream: RunStream) -> None:
        self.run, self.stream = run, stream
        self.text = ""
        self._pending = ""  # said, not sent yet
        self._open = ""  # the tail that more text can still change
        self._blocks = 0
        self._sent_at = self._kept_at = time.monotonic()

    async def emit(self, name: str, data: dict[str, Any]) -> None:
        """One event to the viewers. Raises LostClaim."""
        await sync_to_async(self.stream.append)(name, data)

    async def begin(self, model: str) -> None:
        """Say that work begins. A later attempt takes back what an earlier one had said."""
        if self.stream.seq or self.run.attempt > 1:
            await self.emit("snapshot", {"text": "", "attempt": self.run.attempt})
        await self.emit(
            "run.started",
            {"run": str(self.run.id), "message": str(self.run.answer_id), "model": model, "attempt": self.run.attempt},
        )

    async def add(self, text: str) -> None:
        """Take a piece of text; send and keep it when it is time. Raises LostClaim."""
        self.text += text
        self._pending += text
        now = time.monotonic()
        if now - self._sent_at >= delta_seconds():
            await self._send()
        if now - self._kept_at >= checkpoint_seconds():
            self._kept_at = now
            await work_as(self.run.user_id, lifecycle.checkpoint, self.run, self.text, at=timezone.now())

    async def _send(self) -> None:
        if not self._pending:
            return
        piece, self._pending, self._sent_at = self._pending, "", time.monotonic()
        self._open += piece
        await self.emit("message.delta", {"text": piece})
        if "\n" in piece:
            finished, rest = split_finished(self._open)
            if finished.strip():
                self._open = rest
                await self.emit("message.block", {"index": self._blocks, "html": render(finished), "rest": rest})
                self._blocks += 1

    async def end(self) -> str:
        """Send what is left and return the whole text. Raises LostClaim."""
        await self._send()
        return self.text

    async def announce(self, run: Run) -> None:
        """Say how it ended. `done` is always the last event."""
        if run.status == Run.Status.CANCELLED:
            await self.emit("run.cancelled", {"run": str(run.id)})
        if run.error_code:
            await self.emit("error", {"code": run.error_code, "status": run.status})
        if run.output_tokens is not None:
            cost = float(run.cost) if run.cost is not None else None
            await self.emit(
                "usage", {"in": run.input_tokens, "out": run.output_tokens, "cached": run.cached_tokens, "cost": cost}
            )
        await self.emit("message.completed", {"message": str(run.answer_id), "status": run.status})
        await self.emit("done", {})
