"""Which models take pictures, and prompts for those that don't."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping, Sequence
from typing import Any

from asgiref.sync import sync_to_async

from assistant.llm.connected import models_made_for
from assistant.llm.door import load_litellm
from assistant.llm.types import Model

UNSEEN = "(The picture is not shown to you. Tell the person that you can't see it.)"


def can_see(model: Model) -> bool:
    """Whether a model takes pictures: one that was connected for them, else by litellm's tables."""
    if model.is_builtin:
        return False
    if model in models_made_for("vision"):
        return True
    try:
        return bool(load_litellm().supports_vision(model=model.name))
    except Exception:  # noqa: BLE001 - a name that is not in its tables
        return False


def with_picture(message: Mapping[str, Any], data: bytes, media_type: str) -> dict[str, Any]:
    """The message in two parts: what it says, and the picture."""
    address = f"data:{media_type};base64,{b64encode(data).decode()}"
    parts = [{"type": "text", "text": message["content"]}, {"type": "image_url", "image_url": {"url": address}}]
    return {**message, "content": parts}


async def as_seen(messages: Sequence[Mapping[str, Any]], model: Model) -> Sequence[Mapping[str, Any]]:
    """The prompt, without its pictures for a model that takes none: another may have been asked first."""
    if any(map(is_with_picture, messages)) and not await sync_to_async(can_see)(model):
        return without_pictures(messages)
    return messages


def without_pictures(messages: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The prompt for a model that takes no pictures: where one was, it says so."""
    return [
        {**message, "content": f"{message['content'][0]['text']}\n{UNSEEN}"}
        if is_with_picture(message)
        else dict(message)
        for message in messages
    ]


def is_with_picture(message: Mapping[str, Any]) -> bool:
    """Whether `with_picture` made it."""
    return isinstance(message.get("content"), list)
