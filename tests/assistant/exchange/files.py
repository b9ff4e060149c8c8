"""Small exports in the forms of other assistants, as their makers write them."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any


def archive(**files: object) -> bytes:
    """A .zip with JSON files; `conversations` becomes conversations.json."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, content in files.items():
            packed.writestr(f"{name}.json", json.dumps(content))
    return out.getvalue()


def chatgpt_node(key: str, parent: str | None, role: str, text: str | None, at: float | None = None, **message: Any):
    content = {"content_type": "text", "parts": [text]}
    said = {"id": key, "author": {"role": role}, "create_time": at, "content": content, "metadata": {}, **message}
    return {"id": key, "parent": parent, "children": [], "message": said if text is not None else None}


CHATGPT = [
    {
        "title": "Moving house",
        "create_time": 1746000000.5,
        "update_time": 1746000100.0,
        "conversation_id": "conv-1",
        "current_node": "a2",
        "mapping": {
            "root": chatgpt_node("root", None, "system", None),
            "sys": chatgpt_node("sys", "root", "system", "You are helpful."),
            "u1": chatgpt_node("u1", "sys", "user", "I live in Bergen and I'm packing.", 1746000010.0),
            "tool": chatgpt_node("tool", "u1", "tool", "search results", 1746000011.0),
            "a1": chatgpt_node("a1", "tool", "assistant", "Begin with the books.", 1746000012.0),
            "a2": chatgpt_node("a2", "tool", "assistant", "Begin with the **kitchen**.", 1746000020.0),
        },
    },
    {"title": "Empty", "create_time": 1746000000, "mapping": {"root": chatgpt_node("root", None, "system", None)}},
]
CLAUDE = [
    {
        "uuid": "c-1",
        "name": "Cello",
        "created_at": "2025-05-01T10:00:00.000000Z",
        "chat_messages": [
            {
                "uuid": "m1",
                "sender": "human",
                "text": "",
                "content": [{"type": "text", "text": "I play the cello."}, {"type": "tool_use", "name": "x"}],
                "created_at": "2025-05-01T10:00:01Z",
            },
            {"uuid": "m2", "sender": "assistant", "text": "Lovely.", "created_at": "2025-05-01T10:00:05Z"},
        ],
    }
]
OPEN_WEBUI = [
    {
        "id": "w-1",
        "title": "Trip",
        "created_at": 1746000000,
        "chat": {
            "title": "Trip",
            "history": {
                "currentId": "n2",
                "messages": {
                    "n1": {
                        "id": "n1",
                        "parentId": None,
                        "role": "user",
                        "content": "My sister is called Ana.",
                        "timestamp": 1746000001,
                    },
                    "n2": {
                        "id": "n2",
                        "parentId": "n1",
                        "role": "assistant",
                        "content": "Noted.",
                        "timestamp": 1746000002000,
                    },
                },
            },
        },
    }
]
