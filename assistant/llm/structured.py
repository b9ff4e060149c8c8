"""Answers that must be JSON: by the schema where a model supports it, by a tool call where it has that, by plain words otherwise."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from assistant.llm.counting import Messages
from assistant.llm.door import load_litellm_off_loop
from assistant.llm.errors import ErrorCode, ProviderError
from assistant.llm.gateway import Recorder, complete, deadlines_from_settings
from assistant.llm.types import Completion, Deadlines, Model

TOOL = "answer"


class Way(StrEnum):
    """How a model is brought to answer in JSON."""

    SCHEMA = "schema"
    TOOL = "tool"
    WORDS = "words"


# What a server of one's own turned out not to take; kept for the life of the process, by model and address.
_refused: set[tuple[str, str, Way]] = set()


async def complete_json(
    messages: Messages,
    *,
    models: Sequence[Model],
    schema: Mapping[str, Any],
    deadlines: Deadlines | None = None,
    record: Recorder | None = None,
    **params: Any,
) -> Completion:
    """The answer of the first of `models` that gives one, its text meant to be JSON by `schema`; what it is worth is for the caller to check.

    A model that refuses one way of asking is asked in the next one. Raises the `ProviderError` of the last model.
    """
    limits = deadlines or deadlines_from_settings()
    until = asyncio.get_running_loop().time() + limits.overall
    failed: ProviderError | None = None
    for model in models:
        for way in await ways_of(model):
            left = until - asyncio.get_running_loop().time()
            if left <= 0:
                raise failed or ProviderError(ErrorCode.TIMEOUT_OVERALL, detail="overall deadline", model=model.name)
            try:
                answer = await complete(
                    messages,
                    models=[model],
                    deadlines=Deadlines(limits.first_token, limits.between_tokens, left),
                    record=record,
                    **_asked(way, schema),
                    **params,
                )
            except ProviderError as error:
                failed = error
                if error.code != ErrorCode.BAD_REQUEST or way == Way.WORDS:
                    break
                _refused.add((model.name, model.api_base, way))
                continue
            return _told(answer)
    raise failed or ProviderError(ErrorCode.UNKNOWN_MODEL, detail="no model to ask")


async def ways_of(model: Model) -> list[Way]:
    """The ways to try, best first. A server of one's own is not in litellm's tables: most take a schema, and those that don't say so."""
    litellm = await load_litellm_off_loop()
    if model.is_builtin:
        return [Way.WORDS]
    ways = []
    if model.api_base or litellm.supports_response_schema(model=model.name):
        ways.append(Way.SCHEMA)
    elif litellm.supports_function_calling(model=model.name):
        ways.append(Way.TOOL)
    return [way for way in (*ways, Way.WORDS) if (model.name, model.api_base, way) not in _refused]


def _asked(way: Way, schema: Mapping[str, Any]) -> dict[str, Any]:
    if way == Way.SCHEMA:
        described = {"name": TOOL, "schema": dict(schema), "strict": True}
        return {"response_format": {"type": "json_schema", "json_schema": described}}
    if way == Way.TOOL:
        function = {"name": TOOL, "description": "Give the answer.", "parameters": dict(schema)}
        return {
            "tools": [{"type": "function", "function": function}],
            "tool_choice": {"type": "function", "function": {"name": TOOL}},
        }
    return {}


def _told(answer: Completion) -> Completion:
    """The arguments of the tool call are the answer, where there is one."""
    if not answer.tool_calls:
        return answer
    arguments = answer.tool_calls[0].arguments
    text = arguments if isinstance(arguments, str) else json.dumps(arguments)
    return Completion(text, answer.model, answer.usage, answer.reason)
