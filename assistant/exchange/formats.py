"""The exports of ChatGPT, Claude, Open WebUI and our own, read into chats. Pure; what can't be read of a chat is left out, never guessed."""

from __future__ import annotations

import base64
import io
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from assistant.exchange.types import (
    ChatElsewhere,
    FileElsewhere,
    NotReadable,
    SaidElsewhere,
    in_order,
    seconds,
    text_in,
)

MOST_BYTES = 200 * 1024 * 1024  # of all files in an archive, unpacked
_ROLES = {"user": "user", "human": "user", "assistant": "assistant", "model": "assistant"}
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ReadFile:
    """What a file holds. `memory` is our own memory export, as it was written, where there is one."""

    source: str
    chats: list[ChatElsewhere]
    memory: bytes = b""
    files: dict[str, bytes] = field(default_factory=dict)  # by their path in the archive


def read_file(data: bytes) -> ReadFile:
    """The chats of an export, as a .zip or as its JSON alone. Raises NotReadable."""
    if len(data) > MOST_BYTES:
        raise NotReadable("too-large")
    if not data.startswith(b"PK"):
        source, chats = _read_json(data)
        return ReadFile(source, chats)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _read_archive(archive)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise NotReadable("not-an-archive") from error


def _read_archive(archive: zipfile.ZipFile) -> ReadFile:
    wanted = [entry for entry in archive.infolist() if _is_of_interest(entry.filename)]
    if sum(entry.file_size for entry in wanted) > MOST_BYTES:
        raise NotReadable("too-large")
    memory, source, chats, files = b"", "", list[ChatElsewhere](), dict[str, bytes]()
    for entry in sorted(wanted, key=lambda one: one.filename):
        with archive.open(entry) as file:
            content = file.read(MOST_BYTES + 1)  # what an archive says of its sizes may be wrong
        if len(content) > MOST_BYTES:
            raise NotReadable("too-large")
        if entry.filename.rsplit("/", 1)[-1] == "memory.json":
            memory = content
        elif entry.filename.startswith("files/"):
            files[entry.filename] = content
        else:
            source, more = _read_json(content)
            chats += more
    if not chats and not memory:
        raise NotReadable("nothing-in-it")
    return ReadFile(source or "ours", chats, memory, files if source == "ours" else {})


def _is_of_interest(path: str) -> bool:
    name = path.rsplit("/", 1)[-1]
    is_chats = name.startswith(("conversations", "chats", "chat-export")) and name.endswith(".json")
    return is_chats or name == "memory.json" or (path.startswith("files/") and name != "")


def _read_json(data: bytes) -> tuple[str, list[ChatElsewhere]]:
    try:
        whole = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise NotReadable("not-json") from error
    if isinstance(whole, dict):
        whole = whole.get("chats", whole.get("conversations", [whole]))
    rows = [row for row in whole if isinstance(row, dict)] if isinstance(whole, list) else []
    for source, (is_of, read) in _FORMATS.items():
        if any(is_of(row) for row in rows[:20]):
            chats = [chat for chat in (read(row) for row in rows) if chat is not None and chat.messages]
            return source, chats
    raise NotReadable("unknown-format")


def _chat(
    row: Row, key: object, title: object, begun: object, said: Iterable[SaidElsewhere], leaf: object
) -> ChatElsewhere:
    messages = in_order([message for message in said if message.text.strip() or message.files])
    first = min((message.at for message in messages if message.at), default=0.0)
    name = " ".join(title.split())[:120] if isinstance(title, str) else ""
    keys = {message.key for message in messages}
    shown = leaf if isinstance(leaf, str) and leaf in keys else (messages[-1].key if messages else "")
    return ChatElsewhere(str(key), name, seconds(begun, first), messages, shown)


def _tree(said: dict[str, SaidElsewhere | None], parents: dict[str, str]) -> list[SaidElsewhere]:
    """Messages of a tree in which some nodes say nothing: each hangs on the nearest one above that does."""
    found = []
    for key, message in said.items():
        if message is None:
            continue
        parent, seen = parents.get(key, ""), set[str]()
        while parent and said.get(parent) is None and parent not in seen:
            seen.add(parent)
            parent = parents.get(parent, "")
        found.append(SaidElsewhere(key, parent if said.get(parent) else "", message.role, message.text, message.at))
    return found


def _above(leaf: object, said: dict[str, SaidElsewhere | None], parents: dict[str, str]) -> str:
    """The nearest node at or above `leaf` that says something."""
    at, seen = str(leaf or ""), set[str]()
    while at and said.get(at) is None and at not in seen:
        seen.add(at)
        at = parents.get(at, "")
    return at


def _of_chatgpt(row: Row) -> ChatElsewhere | None:
    mapping = row.get("mapping")
    if not isinstance(mapping, dict):
        return None
    said: dict[str, SaidElsewhere | None] = {}
    parents: dict[str, str] = {}
    begun = seconds(row.get("create_time"))
    for key, node in mapping.items():
        if isinstance(node, dict):
            parents[key] = str(node.get("parent") or "")
            said[key] = _chatgpt_message(key, node.get("message"), begun)
    leaf = _above(row.get("current_node"), said, parents)
    key = row.get("conversation_id") or row.get("id") or f"{row.get('title')} {row.get('create_time')}"
    return _chat(row, key, row.get("title"), row.get("create_time"), _tree(said, parents), leaf)


def _chatgpt_message(key: str, message: object, begun: float) -> SaidElsewhere | None:
    if not isinstance(message, dict):
        return None
    author, content, about = (message.get(name) or {} for name in ("author", "content", "metadata"))
    role = _ROLES.get(str(author.get("role")))
    is_text = content.get("content_type") in ("text", "multimodal_text")
    if role is None or not is_text or about.get("is_visually_hidden_from_conversation"):
        return None  # system prompts, tools, thoughts
    if message.get("recipient", "all") != "all":
        return None  # what the assistant told a tool
    text = text_in(content.get("parts"))
    return SaidElsewhere(key, "", role, text, seconds(message.get("create_time"), begun)) if text.strip() else None


def _of_claude(row: Row) -> ChatElsewhere | None:
    rows = row.get("chat_messages")
    if not isinstance(rows, list):
        return None
    said: list[SaidElsewhere] = []
    begun = seconds(row.get("created_at"))
    before = ""
    for number, message in enumerate(rows):
        role = _ROLES.get(str(message.get("sender"))) if isinstance(message, dict) else None
        if role is None:
            continue
        key = str(message.get("uuid") or number)
        text = text_in(message.get("content")) or text_in(message.get("text"))
        if not text.strip():
            continue
        known = {one.key for one in said}
        parent = message.get("parent_message_uuid")
        said.append(
            SaidElsewhere(
                key, parent if parent in known else before, role, text, seconds(message.get("created_at"), begun)
            )
        )
        before = key
    leaf = row.get("current_leaf_message_uuid") or before
    return _chat(row, row.get("uuid"), row.get("name"), row.get("created_at"), said, leaf)


def _of_open_webui(row: Row) -> ChatElsewhere | None:
    chat = row.get("chat")
    if not isinstance(chat, dict):
        return None
    history = chat.get("history") if isinstance(chat.get("history"), dict) else {}
    nodes = (history or {}).get("messages")
    begun = seconds(row.get("created_at"), seconds(chat.get("timestamp")))
    said: dict[str, SaidElsewhere | None] = {}
    parents: dict[str, str] = {}
    if isinstance(nodes, dict) and nodes:
        for key, node in nodes.items():
            if isinstance(node, dict):
                parents[key] = str(node.get("parentId") or "")
                said[key] = _open_webui_message(key, node, begun)
    else:
        before = ""
        for number, node in enumerate(chat.get("messages") or []):
            if isinstance(node, dict):
                key = str(node.get("id") or number)
                parents[key], before = before, key
                said[key] = _open_webui_message(key, node, begun)
    leaf = _above((history or {}).get("currentId"), said, parents)
    key = row.get("id") or f"{row.get('title')} {begun}"
    return _chat(row, key, row.get("title") or chat.get("title"), begun, _tree(said, parents), leaf)


def _open_webui_message(key: str, node: Row, begun: float) -> SaidElsewhere | None:
    role, text = _ROLES.get(str(node.get("role"))), text_in(node.get("content"))
    return SaidElsewhere(key, "", role, text, seconds(node.get("timestamp"), begun)) if role and text.strip() else None


def _of_ours(row: Row) -> ChatElsewhere | None:
    said = [
        SaidElsewhere(
            str(message.get("id")),
            str(message.get("parent") or ""),
            _ROLES[message["role"]],
            text_in(message.get("text")),
            seconds(message.get("at")),
            tuple(_our_files(message.get("files"))),
        )
        for message in row.get("messages") or ()
        if isinstance(message, dict) and message.get("role") in _ROLES
    ]
    return _chat(row, row.get("id"), row.get("title"), row.get("begun"), said, row.get("shown"))


def _our_files(rows: object) -> Iterator[FileElsewhere]:
    for row in rows if isinstance(rows, list) else ():
        if isinstance(row, dict) and isinstance(row.get("path"), str) and row["path"].startswith("files/"):
            yield FileElsewhere(str(row.get("name") or ""), row["path"])


def with_files(chats: Iterable[ChatElsewhere], files: Mapping[str, bytes]) -> Iterator[ChatElsewhere]:
    """The chats, each with the bytes of its files; one that is not in the archive has none."""
    for chat in chats:
        yield replace(
            chat,
            messages=tuple(
                replace(
                    one,
                    files=tuple(
                        replace(file, data=base64.b64encode(files.get(file.path, b"")).decode()) for file in one.files
                    ),
                )
                if one.files
                else one
                for one in chat.messages
            ),
        )


_FORMATS: dict[str, tuple[Callable[[Row], bool], Callable[[Row], ChatElsewhere | None]]] = {
    "chatgpt": (lambda row: isinstance(row.get("mapping"), dict), _of_chatgpt),
    "claude": (lambda row: isinstance(row.get("chat_messages"), list), _of_claude),
    "open_webui": (lambda row: isinstance(row.get("chat"), dict), _of_open_webui),
    "ours": (lambda row: isinstance(row.get("messages"), list) and "begun" in row, _of_ours),
}
