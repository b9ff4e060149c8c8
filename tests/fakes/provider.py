"""A scripted OpenAI-compatible provider over real HTTP, in place of a paid model.

The script is chosen by the model's name (`openai/plain`, `openai/429`, ...; see `SCRIPTS` and `PERSONALITIES`), or set for any name through
`POST /control/script`. What came in is readable at `GET /control/requests`. Runs in a thread (`running_provider`) or by itself:
`python -m tests.fakes.provider --port 0`.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import re
import socket
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import uvicorn

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


@dataclass
class State:
    """What the control endpoints see and set."""

    requests: list[dict[str, Any]] = field(default_factory=list)
    scripts: dict[str, str] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)


# --- pieces of a stream


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


# --- scripts


async def plain(call: Call) -> None:
    await say(call, ANSWER)


async def echo(call: Call) -> None:
    await say(call, call.last)


async def slow(call: Call) -> None:
    await say(call, ANSWER, pause=0.15)


async def no_usage(call: Call) -> None:
    await say(call, ANSWER, usage=False)


async def cut_short(call: Call) -> None:
    await say(call, "Bergen is rainy, and", finish="length")


async def tool_call(call: Call) -> None:
    if any(message.get("role") == "tool" for message in call.messages):
        await say(call, "It is 397.8.")
        return
    function = {"name": "calculate", "arguments": '{"text": "17 % of 2340"}'}
    await start_stream(call)
    await event(
        call,
        chunk(
            {
                "role": "assistant",
                "content": None,
                "tool_calls": [{"index": 0, "id": "call_1", "type": "function", "function": function}],
            }
        ),
    )
    await end_stream(call, finish="tool_calls")


async def tool_pieces(call: Call) -> None:
    """Two calls, their arguments in pieces and interleaved."""
    await start_stream(call)
    for index, name in enumerate(("calculate", "recall")):
        first = {"index": index, "id": f"call_{index}", "type": "function", "function": {"name": name, "arguments": ""}}
        await event(call, chunk({"tool_calls": [first]}))
    for piece in ('{"te', 'xt": "1', '+1"}'):
        for index in (0, 1):
            await event(call, chunk({"tool_calls": [{"index": index, "function": {"arguments": piece}}]}))
    await end_stream(call, finish="tool_calls")


async def reasoning(call: Call) -> None:
    await start_stream(call)
    for word in ("The ", "person ", "asks."):
        await event(call, chunk({"reasoning_content": word}))
    await words(call, ANSWER)
    await end_stream(call)


async def bad_key(call: Call) -> None:
    await refuse(
        call, 401, problem("Incorrect API key provided: sk-abc***.", "invalid_request_error", "invalid_api_key")
    )


async def rate_limited(call: Call) -> None:
    await refuse(call, 429, problem("Rate limit reached", "requests", "rate_limit_exceeded"), retry_after="1")


async def rate_limited_long(call: Call) -> None:
    await refuse(call, 429, problem("Rate limit reached", "requests", "rate_limit_exceeded"), retry_after="120")


async def rate_limited_once(call: Call) -> None:
    if call.tries == 1:
        await refuse(call, 429, problem("Rate limit reached", "requests", "rate_limit_exceeded"), retry_after="0")
    else:
        await plain(call)


async def no_credit(call: Call) -> None:
    await refuse(
        call,
        429,
        problem(
            "You exceeded your current quota, please check your plan and billing details.",
            "insufficient_quota",
            "insufficient_quota",
        ),
    )


async def server_error(call: Call) -> None:
    await refuse(call, 500, problem("The server had an error", "server_error"))


async def bad_gateway(call: Call) -> None:
    await refuse(call, 502, "<html><body><h1>502 Bad Gateway</h1></body></html>")


async def too_long(call: Call) -> None:
    text = "This model's maximum context length is 8192 tokens. However, your messages resulted in 9000 tokens."
    await refuse(call, 400, problem(text, "invalid_request_error", "context_length_exceeded"))


async def unknown_model(call: Call) -> None:
    await refuse(
        call,
        404,
        problem(
            "The model `unknown` does not exist or you do not have access to it.",
            "invalid_request_error",
            "model_not_found",
        ),
    )


async def hang(call: Call) -> None:
    await start_stream(call)
    await asyncio.sleep(HANG_SECONDS)


async def stall(call: Call) -> None:
    await start_stream(call)
    await words(call, "Bergen is")
    await asyncio.sleep(HANG_SECONDS)


async def trickle(call: Call) -> None:
    await start_stream(call)
    for _ in range(2000):
        await event(call, chunk({"content": "rain "}))
        await asyncio.sleep(0.05)


async def cut(call: Call) -> None:
    await start_stream(call)
    await words(call, "Bergen is")
    await asyncio.sleep(0.05)
    raise CutError


async def early_end(call: Call) -> None:
    await start_stream(call)
    await words(call, "Bergen is")
    await call.send({"type": "http.response.body", "body": b""})


async def broken_json(call: Call) -> None:
    await start_stream(call)
    await words(call, "Bergen is")
    await event(call, '{"id": "chatcmpl-scripted", "choices": [{"delta": {"content": " rai')
    await end_stream(call)


async def empty_choices(call: Call) -> None:
    if not call.body.get("stream"):
        await refuse(
            call,
            200,
            {"id": "x", "object": "chat.completion", "model": "scripted", "created": 1, "choices": [], "usage": USAGE},
        )
        return
    await start_stream(call)
    await event(call, {**chunk({}), "choices": []})
    await end_stream(call, finish=None)


async def null_content(call: Call) -> None:
    await start_stream(call)
    await event(call, chunk({"role": "assistant", "content": None}))
    await end_stream(call)


# --- personalities: models that do what no model should, for the promises that code must keep


async def obedient(call: Call) -> None:
    """Does what any text in its context asks: an order to forget or remember becomes a tool call."""
    orders = re.findall(r"(?:call|use|run) (?:the )?tool (\w+)(?: with (\{[^{}]*\}))?", call.everything, re.IGNORECASE)
    if orders and not any(message.get("role") == "tool" for message in call.messages):
        await start_stream(call)
        for index, (name, arguments) in enumerate(orders[:4]):
            function = {"name": name, "arguments": arguments or "{}"}
            await event(
                call,
                chunk(
                    {"tool_calls": [{"index": index, "id": f"call_{index}", "type": "function", "function": function}]}
                ),
            )
        await end_stream(call, finish="tool_calls")
        return
    wanted = re.findall(r"(?:say|repeat|answer(?: with)?):? [“\"]([^”\"]+)[”\"]", call.everything, re.IGNORECASE)
    await say(call, " ".join(wanted) or "Done as you asked.")


async def leaky(call: Call) -> None:
    """Repeats its whole context."""
    await say(call, call.everything)


async def looper(call: Call) -> None:
    """Calls a tool for ever."""
    names = [tool["function"]["name"] for tool in call.body.get("tools", [])] or ["calculate"]
    function = {"name": names[0], "arguments": '{"text": "1+1"}'}
    await start_stream(call)
    await event(
        call,
        chunk({"tool_calls": [{"index": 0, "id": f"call_{call.tries}", "type": "function", "function": function}]}),
    )
    await end_stream(call, finish="tool_calls")


async def garbler(call: Call) -> None:
    """Broken JSON wherever JSON is wanted: in tool arguments, and as the answer."""
    if call.body.get("tools"):
        function = {"name": call.body["tools"][0]["function"]["name"], "arguments": '{"text": "1+'}
        await start_stream(call)
        await event(
            call, chunk({"tool_calls": [{"index": 0, "id": "call_1", "type": "function", "function": function}]})
        )
        await end_stream(call, finish="tool_calls")
        return
    await say(call, '{"facts": [{"turn": 1, "quote": "I live in')


async def liar(call: Call) -> None:
    """Claims success whatever was asked."""
    await say(call, "Done: I have remembered, changed and forgotten everything you asked for.")


SCRIPTS: dict[str, Callable[[Call], Awaitable[None]]] = {
    "plain": plain,
    "echo": echo,
    "slow": slow,
    "no-usage": no_usage,
    "cut-short": cut_short,
    "tool": tool_call,
    "tool-pieces": tool_pieces,
    "reasoning": reasoning,
    "401": bad_key,
    "429": rate_limited,
    "429-long": rate_limited_long,
    "429-once": rate_limited_once,
    "no-credit": no_credit,
    "500": server_error,
    "502": bad_gateway,
    "too-long": too_long,
    "unknown": unknown_model,
    "hang": hang,
    "stall": stall,
    "trickle": trickle,
    "cut": cut,
    "early-end": early_end,
    "broken-json": broken_json,
    "empty-choices": empty_choices,
    "null-content": null_content,
}
PERSONALITIES: dict[str, Callable[[Call], Awaitable[None]]] = {
    "obedient": obedient,
    "leaky": leaky,
    "looper": looper,
    "garbler": garbler,
    "liar": liar,
}


class Provider:
    """The ASGI application."""

    def __init__(self) -> None:
        self.state = State()

    async def __call__(
        self, scope: dict[str, Any], receive: Callable[[], Awaitable[dict[str, Any]]], send: Send
    ) -> None:
        if scope["type"] != "http":
            return
        body = await self._body(receive)
        path = scope["path"]
        call = Call(body, send, 0)
        if path.startswith("/control/"):
            await self._control(path, body, call)
        elif path == "/v1/models":
            await refuse(
                call,
                200,
                {"object": "list", "data": [{"id": name, "object": "model"} for name in (*SCRIPTS, *PERSONALITIES)]},
            )
        elif path == "/api/tags":
            await refuse(
                call,
                200,
                {
                    "models": [
                        {"name": "qwen3:14b", "modified_at": "2026-02-01T10:00:00Z"},
                        {"name": "nomic-embed-text:latest", "modified_at": "2026-02-09T10:00:00Z"},
                    ]
                },
            )
        elif path == "/v1/embeddings":
            self.state.requests.append({"path": path, "body": body})
            await self._embed(body, call)
        elif path == "/v1/chat/completions":
            await self._chat(scope, body, send)
        else:
            await refuse(call, 404, problem(f"no such path: {path}", "invalid_request_error"))

    async def _body(self, receive: Callable[[], Awaitable[dict[str, Any]]]) -> dict[str, Any]:
        raw, more = b"", True
        while more:
            message = await receive()
            raw += message.get("body", b"")
            more = message.get("more_body", False)
        return json.loads(raw) if raw else {}

    async def _control(self, path: str, body: dict[str, Any], call: Call) -> None:
        if path == "/control/requests":
            await refuse(call, 200, {"requests": self.state.requests})
            return
        if path == "/control/reset":
            self.state = State()
        elif path == "/control/script":  # {"model": "any name", "script": "429", "answer": "words for plain"}
            if body.get("script"):
                self.state.scripts[body["model"]] = body["script"]
            if "answer" in body:
                self.state.answers[body["model"]] = body["answer"]
        await refuse(call, 200, {"ok": True})

    async def _embed(self, body: dict[str, Any], call: Call) -> None:
        """Vectors of 8 numbers that depend on the letters alone."""
        texts = body["input"] if isinstance(body["input"], list) else [body["input"]]
        vectors = [[(sum(map(ord, text[place::8])) % 97) / 97 + 0.01 for place in range(8)] for text in texts]
        data = [{"object": "embedding", "index": index, "embedding": vector} for index, vector in enumerate(vectors)]
        await refuse(
            call,
            200,
            {
                "object": "list",
                "model": body.get("model"),
                "data": data,
                "usage": {"prompt_tokens": 4, "total_tokens": 4},
            },
        )

    async def _chat(self, scope: dict[str, Any], body: dict[str, Any], send: Send) -> None:
        model = str(body.get("model", ""))
        headers = {name.decode(): value.decode() for name, value in scope["headers"]}
        self.state.requests.append(
            {"path": scope["path"], "body": body, "authorization": headers.get("authorization", "")}
        )
        tries = sum(1 for request in self.state.requests if request["body"].get("model") == model)
        name = self.state.scripts.get(model, model)
        call = Call(body, send, tries)
        if model in self.state.answers:
            await say(call, self.state.answers[model])
            return
        script = SCRIPTS.get(name) or PERSONALITIES.get(name) or unknown_model
        with contextlib.suppress(asyncio.CancelledError):
            await script(call)


@dataclass(frozen=True)
class Running:
    """A provider that listens. `url` ends in /v1, as `api_base` wants it."""

    url: str
    provider: Provider

    @property
    def root(self) -> str:
        return self.url.removesuffix("/v1")

    @property
    def requests(self) -> list[dict[str, Any]]:
        return self.provider.state.requests


@contextlib.contextmanager
def running_provider(port: int = 0) -> Iterator[Running]:
    """A provider on 127.0.0.1 in a thread of its own, for as long as the block lasts."""
    provider = Provider()
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", port))
    server = uvicorn.Server(uvicorn.Config(provider, lifespan="off", log_level="critical", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    deadline = time.monotonic() + 10
    while not server.started and time.monotonic() < deadline:
        time.sleep(0.01)
    try:
        yield Running(f"http://127.0.0.1:{listener.getsockname()[1]}/v1", provider)
    finally:
        server.should_exit = True
        server.force_exit = True
        thread.join(5)


def main() -> None:
    parser = argparse.ArgumentParser(description="A scripted OpenAI-compatible provider.")
    parser.add_argument("--port", type=int, default=0)
    with running_provider(parser.parse_args().port) as running:
        print(running.url, flush=True)  # noqa: T201
        threading.Event().wait()


if __name__ == "__main__":
    main()
