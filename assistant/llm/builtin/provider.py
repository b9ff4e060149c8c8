"""The built-in model as a litellm provider, `builtin/companion`: the same messages in, the same chunks and usage out as from any other.

litellm is imported inside `register` only; a process that never calls a model never pays for it.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from typing import Any

from assistant.conf import companion_seconds_a_word
from assistant.llm.builtin.prompt import read_prompt
from assistant.llm.builtin.reply import compose_reply

PROVIDER = "builtin"
MODEL = "builtin/companion"
STANDING_IN = "standing_in"  # the optional parameter that carries the code of the error it stands in for
_WORD = re.compile(r"\s*\S+|\s+$")


def answer_messages(messages: Sequence[Any], *, standing_in: str = "") -> str:
    """What the built-in model answers to `messages`."""
    return compose_reply(read_prompt(messages), standing_in=standing_in)


def count_words(messages: Sequence[Any]) -> int:
    """Tokens as this model counts them: its words, for it has no tokens of its own."""
    return sum(len(str(message.get("content") or "").split()) for message in messages if isinstance(message, dict))


def _usage(messages: Sequence[Any], text: str) -> dict[str, int]:
    sent, answered = count_words(messages), len(text.split())
    return {"prompt_tokens": sent, "completion_tokens": answered, "total_tokens": sent + answered}


def _chunk(text: str, *, usage: dict[str, int] | None = None) -> dict[str, Any]:
    done = usage is not None
    return {
        "text": text,
        "is_finished": done,
        "finish_reason": "stop" if done else "",
        "index": 0,
        "tool_use": None,
        "usage": usage,
    }


def register(litellm: Any) -> None:
    """Make `builtin/companion` known to litellm; again and again is no harm."""
    if any(entry["provider"] == PROVIDER for entry in litellm.custom_provider_map):
        return

    class Companion(litellm.CustomLLM):
        """litellm's four ways of calling, by keyword as litellm calls them."""

        def completion(self, **call: Any) -> Any:
            messages = call["messages"]
            text = answer_messages(messages, standing_in=_standing_in(call))
            response = call["model_response"]
            response.model = MODEL
            response.choices[0].message.content = text
            response.choices[0].finish_reason = "stop"
            response.usage = litellm.Usage(**_usage(messages, text))
            return response

        async def acompletion(self, **call: Any) -> Any:
            return self.completion(**call)

        def streaming(self, **call: Any) -> Iterator[dict[str, Any]]:
            text = answer_messages(call["messages"], standing_in=_standing_in(call))
            for word in _WORD.findall(text):
                yield _chunk(word)
                _pause_between_words()
            yield _chunk("", usage=_usage(call["messages"], text))

        async def astreaming(self, **call: Any) -> AsyncIterator[dict[str, Any]]:
            text = answer_messages(call["messages"], standing_in=_standing_in(call))
            pause = companion_seconds_a_word()
            for word in _WORD.findall(text):
                yield _chunk(word)
                await asyncio.sleep(pause)  # also at 0: a cancelled answer stops here
            yield _chunk("", usage=_usage(call["messages"], text))

    litellm.custom_provider_map = [*litellm.custom_provider_map, {"provider": PROVIDER, "custom_handler": Companion()}]


def _pause_between_words() -> None:
    pause = companion_seconds_a_word()
    if pause:
        time.sleep(pause)


def _standing_in(call: dict[str, Any]) -> str:
    return str((call.get("optional_params") or {}).get(STANDING_IN, ""))
