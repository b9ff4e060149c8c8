"""Whoever asked is gone: then nothing more is done for them.

Django cancels the work on a request when its client leaves. On its way through threads and timed waits the cancellation is
sometimes lost (asgiref awaits the thread and goes on; so do timed reads of a socket), and an event stream would then run
for ever, for nobody, and hold its connection to Valkey. So it is told again until it has heard.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

Scope = dict[str, Any]
Message = Mapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]
AGAIN_SECONDS = 1.0


class Departures:
    """An ASGI application in which a request that has lost its client ends, whatever became of its first cancellation."""

    def __init__(self, application: Application) -> None:
        self.application = application

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        gone = False
        writer: asyncio.Task[Any] | None = None  # whoever sent last

        def tell_again() -> None:
            if writer and not writer.done():
                writer.cancel()
                asyncio.get_running_loop().call_later(AGAIN_SECONDS, tell_again)

        async def receive_here() -> Message:
            nonlocal gone
            message = await receive()
            if message["type"] == "http.disconnect" and not gone:
                gone = True
                asyncio.get_running_loop().call_later(AGAIN_SECONDS, tell_again)
            return message

        async def send_there(message: Message) -> None:
            nonlocal writer
            writer = asyncio.current_task()
            if gone:
                raise asyncio.CancelledError  # Django takes it as what it is
            await send(message)

        await self.application(scope, receive_here, send_there)
