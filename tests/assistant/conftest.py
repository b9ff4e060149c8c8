"""Answers in this process, without web server and worker: a model that is told what to do, and what it left behind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import pytest
from asgiref.sync import async_to_sync
from django.utils import timezone

from assistant.conversations import services
from assistant.models import Conversation, Message, Run, ToolCall
from assistant.runs.turn import run_turn
from memory import api as memory
from profiles.models import User
from profiles.owned import as_user
from tests.fakes.provider import Running


@dataclass
class Table:
    """Alice at a table with a scripted model."""

    alice: User
    provider: Running
    settings: Any
    chat: Conversation | None = None

    def model(self, script: str) -> None:
        """Who answers from now on: a script or a personality of the provider."""
        self.settings.CHAT_MODEL, self.settings.CHAT_API_BASE = f"openai/{script}", self.provider.url

    def post(self, text: str, *steps: Any, **more: Any) -> Run:
        """Say something; the run that waits. `steps`: what the model does then (see `tests.fakes.wire.stepped`)."""
        if steps:
            self.model("steps")
            self.provider.provider.state.steps["steps"] = list(steps)
        with as_user(self.alice):
            if self.chat is None:
                self.chat = services.start_conversation(self.alice.pk, at=timezone.now())
            return services.post_message(self.alice.pk, self.chat.id, text=text, at=timezone.now(), **more).run

    def ask(self, text: str, *steps: Any, **more: Any) -> Run:
        """Say something and have it answered; the run as it ended."""
        return self.work(self.post(text, *steps, **more))

    def work(self, run: Run) -> Run:
        """What a worker does with a run."""
        done = async_to_sync(run_turn)(self.alice.pk, run.id)
        assert done is not None
        return done

    def calls(self, run: Run) -> list[ToolCall]:
        with as_user(self.alice):
            return list(ToolCall.objects.of(self.alice).filter(run=run))

    def states(self, run: Run) -> list[tuple[str, str]]:
        return [(call.name, call.state) for call in self.calls(run)]

    def text(self, run: Run) -> str:
        with as_user(self.alice):
            return Message.objects.of(self.alice).get(id=run.answer_id).text

    def prompts(self) -> list[dict[str, Any]]:
        """The bodies of all requests for an answer, in their order."""
        return [request["body"] for request in self.provider.requests if request["path"] == "/v1/chat/completions"]

    def page(self, path: str, text: str, **head: str) -> str:
        """Put a page on the small web, which may be reached; its address."""
        markup = f"<html><head><title>A page</title></head><body><main><p>{text}</p></main></body></html>"
        fields = {"content-type": "text/html; charset=utf-8", **head}
        self.provider.provider.state.pages[path] = (200, fields, markup.encode())
        self.settings.FETCH_ALLOWED = (urlsplit(self.provider.root).netloc,)
        return f"{self.provider.root}{path}"

    def knows(self, predicate: str, value: str) -> None:
        with as_user(self.alice):
            memory.remember(self.alice.pk, predicate=predicate, value=value, at=timezone.now())

    def facts(self) -> list[str]:
        with as_user(self.alice):
            return [
                fact.value for fact in memory.facts_of(self.alice.pk, memory.FactFilter(statuses=("active",))).facts
            ]


@pytest.fixture
def table(transactional_db, alice, provider, settings) -> Table:
    return Table(alice, provider, settings)


@pytest.fixture
def told() -> Callable[[dict[str, Any]], list[str]]:
    """What the tools gave, as it stands in a prompt."""
    return lambda body: [message["content"] for message in body["messages"] if message["role"] == "tool"]
