"""What goes over the wire of the scripted provider: a request, and the pieces of an answer."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

Send = Callable[[dict[str, Any]], Awaitable[None]]
ANSWER = "Bergen is rainy, and you like it."
HANG_SECONDS = 30
USAGE = {"prompt_tokens": 21, "completion_tokens": 9, "total_tokens": 30, "prompt_tokens_details": {"cached_tokens": 8}}


class CutError(Exception):
    """Raised inside a stream: uvicorn then drops the connection without its end."""


@dataclass
class Call:
    """One request, and how to answer it."""

    body: dict[str, Any]
    send: Send
    tries: int  # how often this model was asked, this time included

    @property
    def messages(self) -> list[dict[str, Any]]:
        return list(self.body.get("messages", []))

    @property
    def last(self) -> str:
        return next((_plain(message) for message in reversed(self.messages) if message.get("role") == "user"), "")

    @property
    def everything(self) -> str:
        return "\n".join(_plain(message) for message in self.messages)


def _plain(message: dict[str, Any]) -> str:
    content = message.get("content")
    return content if isinstance(content, str) else json.dumps(content)


def chunk(delta: dict[str, Any], *, finish: str | None = None, **more: Any) -> dict[str, Any]:
    return {
        "id": "chatcmpl-scripted",
        "object": "chat.completion.chunk",
        "created": 1767225600,
        "model": "scripted",
        "choices": [{"index": 0, "delta": delta, "finish_reason": finish}],
        **more,
    }


async def start_stream(call: Call) -> None:
    headers = [(b"content-type", b"text/event-stream"), (b"cache-control", b"no-store")]
    await call.send({"type": "http.response.start", "status": 200, "headers": headers})


async def event(call: Call, data: dict[str, Any] | str) -> None:
    text = data if isinstance(data, str) else json.dumps(data)
    await call.send({"type": "http.response.body", "body": f"data: {text}\n\n".encode(), "more_body": True})


async def end_stream(call: Call, *, finish: str | None = "stop", usage: bool = True) -> None:
    if finish:
        await event(call, chunk({}, finish=finish))
    if usage and (call.body.get("stream_options") or {}).get("include_usage"):
        await event(call, {**chunk({}), "choices": [], "usage": USAGE})
    await event(call, "[DONE]")
    await call.send({"type": "http.response.body", "body": b""})


async def words(call: Call, text: str, *, pause: float = 0.0) -> None:
    await event(call, chunk({"role": "assistant", "content": ""}))
    for word in re.findall(r"\s*\S+|\s+$", text):
        await event(call, chunk({"content": word}))
        if pause:
            await asyncio.sleep(pause)


async def refuse(call: Call, status: int, body: dict[str, Any] | str, **headers: str) -> None:
    text = body if isinstance(body, str) else json.dumps(body)
    kind = "text/html" if isinstance(body, str) else "application/json"
    fields = [
        (b"content-type", kind.encode()),
        *((name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()),
    ]
    await call.send({"type": "http.response.start", "status": status, "headers": fields})
    await call.send({"type": "http.response.body", "body": text.encode()})


def problem(message: str, kind: str, code: str | None = None) -> dict[str, Any]:
    return {"error": {"message": message, "type": kind, "param": None, "code": code}}


async def say(call: Call, text: str, *, usage: bool = True, pause: float = 0.0, finish: str = "stop") -> None:
    """`text` as the whole answer, streamed or not as asked."""
    if not call.body.get("stream"):
        message = {"role": "assistant", "content": text}
        body = {"id": "chatcmpl-scripted", "object": "chat.completion", "created": 1767225600, "model": "scripted"}
        await refuse(
            call, 200, {**body, "choices": [{"index": 0, "message": message, "finish_reason": finish}], "usage": USAGE}
        )
        return
    await start_stream(call)
    await words(call, text, pause=pause)
    await end_stream(call, finish=finish, usage=usage)


def called(call: Call) -> list[dict[str, Any]]:
    """The calls of tools that stand in the prompt already."""
    return [tool for message in call.messages for tool in message.get("tool_calls") or []]


async def call_tools(call: Call, orders: list[tuple[str, str]], *, text: str = "") -> None:
    """Call these tools at once, by (name, arguments), after saying `text`."""
    step = sum(1 for message in call.messages if message.get("tool_calls"))
    await start_stream(call)
    if text:
        await words(call, text)
    for index, (name, arguments) in enumerate(orders):
        function = {"name": name, "arguments": arguments}
        one = {"index": index, "id": f"call_{step}_{index}", "type": "function", "function": function}
        await event(call, chunk({"tool_calls": [one]}))
    await end_stream(call, finish="tool_calls")


async def stepped(call: Call, steps: list[Any]) -> None:
    """The step that is due by what stands in the prompt: text to say, or a list of (name, arguments) to call; text among them is said first.

    The last one for good.
    """
    step = steps[min(sum(1 for message in call.messages if message.get("tool_calls")), len(steps) - 1)]
    if isinstance(step, str):
        await say(call, step)
    else:
        orders = [
            (one[0], one[1] if isinstance(one[1], str) else json.dumps(one[1]))
            for one in step
            if not isinstance(one, str)
        ]
        await call_tools(call, orders, text=" ".join(one for one in step if isinstance(one, str)))
