"""The model that reads for memory. Bound to memory by the setting MEMORY_LANGUAGE_MODEL, so that memory need not import the assistant."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils import timezone

from assistant.llm import gateway
from assistant.llm.budgets import check_budget
from assistant.llm.choice import models_for
from assistant.llm.errors import ErrorCode, ProviderError
from assistant.llm.loop import run_in_loop
from assistant.llm.structured import complete_json
from assistant.llm.types import Completion, Deadlines, Model
from assistant.llm.types import Usage as TokenUsage
from assistant.llm.usage import note_calls
from memory.api import USER_SCOPE, MemoryScope, ScopeKind
from memory.ports import ModelFailed
from profiles.owned import as_user

log = logging.getLogger(__name__)

# Two calls and a label stay within the limit of a memory task that asks a model. A model on one's own processor is slow.
DEADLINES = Deadlines(first_token=60, between_tokens=30, overall=120)
_LATER = frozenset(
    {
        ErrorCode.RATE_LIMITED,
        ErrorCode.UNREACHABLE,
        ErrorCode.SERVER_ERROR,
        ErrorCode.TIMEOUT_FIRST_TOKEN,
        ErrorCode.TIMEOUT_BETWEEN_TOKENS,
        ErrorCode.TIMEOUT_OVERALL,
        ErrorCode.INTERRUPTED,
        ErrorCode.BUDGET,
        ErrorCode.SPENT,
        ErrorCode.SPENT_PROJECT,
        ErrorCode.REFUSED_KEY,
        ErrorCode.UNKNOWN_MODEL,
    }
)


class Reader:
    """Memory's `LanguageModel`: the models of the small roles, asked through the gateway, each call with its usage row."""

    def __init__(self, models: Mapping[str, Sequence[Model]]) -> None:
        self._models = models
        self.name = models["extract"][0].name

    def extract(
        self, user_id: UUID, *, instructions: str, text: str, schema: Mapping[str, Any], scope: MemoryScope = USER_SCOPE
    ) -> str:
        models = self._models["extract"]
        messages = _messages(instructions, text)

        def ask(record: gateway.Recorder) -> Awaitable[Completion]:
            return complete_json(
                messages, models=models, schema=schema, deadlines=DEADLINES, record=record, temperature=0
            )

        return self._call(user_id, "extract", ask, scope)

    def summarise(self, user_id: UUID, *, instructions: str, text: str, scope: MemoryScope = USER_SCOPE) -> str:
        models = self._models["summarise"]
        messages = _messages(instructions, text)

        def ask(record: gateway.Recorder) -> Awaitable[Completion]:
            return gateway.complete(messages, models=models, deadlines=DEADLINES, record=record, temperature=0)

        return self._call(user_id, "summarise", ask, scope)

    def label(
        self, user_id: UUID, *, instructions: str, text: str, labels: Sequence[str], scope: MemoryScope = USER_SCOPE
    ) -> str:
        models = self._models["extract"]
        messages = _messages(instructions, text)

        def ask(record: gateway.Recorder) -> Awaitable[Completion]:
            return gateway.complete(
                messages, models=models, deadlines=DEADLINES, record=record, temperature=0, max_tokens=16
            )

        said = self._call(user_id, "extract", ask, scope)
        words = "".join(char if char.isalpha() else " " for char in said.casefold()).split()
        named = [label for label in labels if label in words]
        return named[0] if len(named) == 1 else ""

    def _call(
        self, user_id: UUID, role: str, ask: Callable[[gateway.Recorder], Awaitable[Completion]], scope: MemoryScope
    ) -> str:
        """One answer; what each call took is written down whether it came or not. Raises ModelFailed and nothing else."""
        calls: list[tuple[str, TokenUsage, str]] = []
        project_id = scope.id if scope.kind == ScopeKind.PROJECT else None

        async def wait() -> Completion:
            return await ask(lambda model, usage, code: calls.append((model, usage, code)))

        try:
            check_budget(user_id, project_id=project_id, at=timezone.now())
            text = run_in_loop(wait()).text
        except ProviderError as error:
            log.warning("no answer for memory (%s): %s", role, error)
            if error.code == ErrorCode.BAD_ANSWER:
                text = ""  # an answer, if an empty one
            else:
                raise ModelFailed(str(error.code), retryable=error.code in _LATER) from error
        finally:
            with as_user(user_id):
                note_calls(user_id, role, calls, at=timezone.now(), project_id=project_id)
        return text


def _messages(instructions: str, text: str) -> list[dict[str, str]]:
    return [{"role": "system", "content": instructions}, {"role": "user", "content": text}]


def language_model() -> Reader | None:
    """What the setting names: None where the built-in model comes first, since it can't read; rules read then."""
    models = {role: [model for model in models_for(role) if not model.is_builtin] for role in ("extract", "summarise")}
    capable = not models_for("extract")[0].is_builtin
    return Reader(models) if capable and all(models.values()) else None
