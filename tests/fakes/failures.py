"""Further ways to fail: scripts like those of `scripts.py`."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from tests.fakes.wire import HANG_SECONDS, Call, chunk, end_stream, event, problem, refuse, start_stream, words


async def forbidden(call: Call) -> None:
    await refuse(call, 403, problem("This key may not use this model.", "permission_error"))


async def mute(call: Call) -> None:
    """Takes the request and answers nothing, not even that it was taken."""
    await asyncio.sleep(HANG_SECONDS)


async def not_json(call: Call) -> None:
    """A page where an answer should be, as a proxy in between gives it."""
    await refuse(call, 200, "<html><body>Please sign in.</body></html>")


async def filtered(call: Call) -> None:
    text = "The response was filtered due to the prompt triggering the content management policy."
    await refuse(call, 400, problem(text, "invalid_request_error", "content_policy_violation"))


async def filtered_at_once(call: Call) -> None:
    await start_stream(call)
    await event(call, chunk({"role": "assistant", "content": ""}))
    await end_stream(call, finish="content_filter")


async def filtered_midway(call: Call) -> None:
    await start_stream(call)
    await words(call, "Bergen is")
    await end_stream(call, finish="content_filter")


async def error_in_stream(call: Call) -> None:
    await start_stream(call)
    await words(call, "Bergen is")
    await event(call, problem("The server is overloaded", "server_error"))
    await call.send({"type": "http.response.body", "body": b""})


FAILURES: dict[str, Callable[[Call], Awaitable[None]]] = {
    "403": forbidden,
    "mute": mute,
    "not-json": not_json,
    "filtered": filtered,
    "filtered-at-once": filtered_at_once,
    "filtered-midway": filtered_midway,
    "error-in-stream": error_in_stream,
}
