"""How many tokens a text is for a model, and whole messages; offline, by litellm's tables."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from assistant.llm.door import load_litellm
from assistant.llm.types import Model

Messages = Sequence[Mapping[str, Any]]


def count_tokens(text: str | Messages, model: Model) -> int:
    """How many tokens `text`, or whole messages, are for `model`; offline, near enough where its own tokeniser is not at hand."""
    if model.is_builtin:
        return _count_plainly(text)
    if isinstance(text, str):
        return _count_once(text, model)
    litellm = load_litellm()
    try:
        return int(litellm.token_counter(model=model.name, messages=list(text)))
    except Exception:  # noqa: BLE001 - a strange model name or content must not cost the answer
        return _count_plainly(text)


_counted: OrderedDict[bytes, int] = OrderedDict()  # by digest: no text is kept
_MOST_COUNTED = 20_000


def _count_once(text: str, model: Model) -> int:
    """The same lines are counted again at each turn of a chat, at 0.2 ms a line: hence a memory."""
    key = _digest(model, text)
    if (known := _counted.get(key)) is not None:
        return known
    try:
        found = int(load_litellm().token_counter(model=model.name, text=text))
    except Exception:  # noqa: BLE001 - as below
        found = _count_plainly(text)
    return _remember(key, found)


def _digest(model: Model, text: str) -> bytes:
    return hashlib.blake2b(f"{model.name}\n{text}".encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _remember(key: bytes, found: int) -> int:
    _counted[key] = found
    if len(_counted) > _MOST_COUNTED:
        with contextlib.suppress(KeyError):
            _counted.popitem(last=False)  # whichever came first: threads share this, and none has to wait
    return found


def count_messages(messages: Messages, model: Model, *, is_whole: bool = True) -> int:
    """The tokens of messages as `count_tokens` counts them together, what stands around each of them with it; counted message by message, so that those
    of the turn before need not be counted again. `is_whole`: with what opens the answer, once a prompt."""
    if model.is_builtin:
        return _count_plainly(messages)
    opening = _opening(model) if messages else 0
    return sum(_count_message(message, model) - opening for message in messages) + (opening if is_whole else 0)


def _count_message(message: Mapping[str, Any], model: Model) -> int:
    """One message as a prompt of its own."""
    key = _digest(model, json.dumps(message, ensure_ascii=False, sort_keys=True))
    if (known := _counted.get(key)) is None:
        known = _remember(key, count_tokens([message], model))
    return known


@lru_cache(maxsize=64)
def _opening(model: Model) -> int:
    """What a prompt takes beside its messages: twice one message, less two of them."""
    one: Messages = [{"role": "user", "content": "a"}]
    return 2 * count_tokens(one, model) - count_tokens([*one, *one], model)


def _count_plainly(text: str | Messages) -> int:
    """Four characters a token, as a rule of thumb; at least one for anything."""
    if isinstance(text, str):
        return -(-len(text) // 4)
    return sum(-(-len(str(message.get("content") or "")) // 4) for message in text)
