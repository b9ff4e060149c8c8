"""A scripted OpenAI-compatible provider over real HTTP, in place of a paid model.

The script is chosen by the model's name (`openai/plain`, `openai/429`, ...; see `scripts.py`, `failures.py`, `personalities.py`), or set for any name through
`POST /control/script`. What came in is readable at `GET /control/requests`. Runs in a thread (`running_provider`) or by itself:
`python -m tests.fakes.provider --port 0`.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import socket
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import uvicorn

from tests.fakes.failures import FAILURES
from tests.fakes.personalities import PERSONALITIES
from tests.fakes.scripts import SCRIPTS, unknown_model
from tests.fakes.wire import Call, Send, problem, refuse, say, stepped


@dataclass
class State:
    """What the control endpoints see and set."""

    requests: list[dict[str, Any]] = field(default_factory=list)
    scripts: dict[str, str] = field(default_factory=dict)
    answers: dict[str, str | list[str]] = field(
        default_factory=dict
    )  # a list: one answer after the other, the last for good
    steps: dict[str, list[Any]] = field(default_factory=dict)  # see `stepped`
    pages: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)  # by path: a small web beside it


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
        if path in self.state.pages:
            self.state.requests.append({"path": path, "query": scope["query_string"].decode(), "body": {}})
            await self._page(*self.state.pages[path], send)
        elif path.startswith("/control/"):
            await self._control(path, body, call)
        elif path == "/v1/models":
            await refuse(
                call,
                200,
                {
                    "object": "list",
                    "data": [{"id": name, "object": "model"} for name in (*SCRIPTS, *FAILURES, *PERSONALITIES)],
                },
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

    async def _page(self, status: int, head: dict[str, str], body: bytes, send: Send) -> None:
        fields = [(name.encode(), value.encode()) for name, value in head.items()]
        await send({"type": "http.response.start", "status": status, "headers": fields})
        await send({"type": "http.response.body", "body": body})

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
            {
                "path": scope["path"],
                "body": body,
                "authorization": headers.get("authorization", ""),
                "at": time.perf_counter(),
            }
        )
        tries = sum(1 for request in self.state.requests if request["body"].get("model") == model)
        name = self.state.scripts.get(model, model)
        call = Call(body, send, tries)
        if model in self.state.steps:
            await stepped(call, self.state.steps[model])
            return
        if model in self.state.answers:
            answer = self.state.answers[model]
            text = answer if isinstance(answer, str) else answer[min(tries, len(answer)) - 1]
            await say(call, text, pause=0.05 if name == "slow" else 0.0)
            return
        script = SCRIPTS.get(name) or FAILURES.get(name) or PERSONALITIES.get(name) or unknown_model
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
