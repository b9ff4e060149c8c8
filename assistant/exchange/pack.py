"""What an export holds: all of it as JSON, the chats as Markdown and as pages to read, and a first page with what is known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.timezone import localtime

from assistant.files.keep import files_under
from assistant.llm.choice import label_of
from assistant.markup import plain, render
from assistant.models import Conversation, File, FileContent, Message, Project, Run, Usage
from memory import api as memory
from profiles.api import User, profile_of

CHATS_AT_ONCE = 20
Files = Mapping[UUID, Sequence[File]]  # by message
PROFILE_FIELDS = ("language", "time_zone", "custom_instructions", "expertise", "is_memory_paused", "theme", "text_size")


@dataclass(frozen=True, slots=True)
class PackedChat:
    """One chat in the three forms, and its line in the list of the first page."""

    name: str  # of its files, without ending
    title: str
    spoken_at: str  # ISO 8601
    plain: dict[str, Any]
    markdown: str
    page: str

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def exportable(user_id: UUID) -> Any:
    """The chats that go along: all but temporary and deleted ones, in the order of their ids."""
    return Conversation.objects.of(user_id).present().filter(mode=Conversation.Mode.NORMAL).order_by("id")


def next_chats(user_id: UUID, *, after: UUID | None) -> list[Conversation]:
    """The next few to pack."""
    rows = exportable(user_id).select_related("project")
    return list((rows.filter(id__gt=after) if after else rows)[:CHATS_AT_ONCE])


def pack_chat(user_id: UUID, chat: Conversation) -> PackedChat:
    """One chat, every branch in its JSON, the shown one in Markdown and on its page."""
    messages = list(Message.objects.of(user_id).filter(conversation=chat).order_by("id"))
    models = dict(Run.objects.of(user_id).filter(conversation=chat).values_list("answer_id", "model"))
    files = files_under(user_id, [message.id for message in messages])
    shown = _branch(messages, chat.active_leaf_id)
    title = chat.title or "…"
    return PackedChat(
        name=_file_name(chat),
        title=title,
        spoken_at=localtime(chat.spoken_at).isoformat(),
        plain={
            "id": str(chat.id),
            "title": chat.title,
            "begun": chat.created_at.isoformat(),
            "project": chat.project.name if chat.project else None,
            "is_pinned": chat.is_pinned,
            "is_archived": chat.is_archived,
            "shown": str(chat.active_leaf_id) if chat.active_leaf_id else None,
            "messages": [
                {
                    "id": str(one.id),
                    "parent": str(one.parent_id) if one.parent_id else None,
                    "role": one.role,
                    "text": one.text,
                    "at": one.created_at.isoformat(),
                    "model": models.get(one.id) or None,
                    **({"files": [_file_as_json(file) for file in files[one.id]]} if one.id in files else {}),
                }
                for one in messages
            ],
        },
        markdown=_markdown(title, shown, files),
        page=_page(title, shown, models, files),
    )


def file_path(file: File) -> str:
    """Where a file lies in the archive: its name, behind as much of its id as keeps two of a name apart."""
    return f"files/{file.id.hex[-8:]}-{file.name.replace('/', '-')}"


def _file_as_json(file: File) -> dict[str, Any]:
    path = None if file.is_gone else file_path(file)
    return {"id": str(file.id), "name": file.name, "media_type": file.media_type, "size": file.size, "path": path}


def files_to_pack(user_id: UUID) -> Iterator[tuple[str, bytes]]:
    """(path, bytes) of each file of the chats that go along, one at a time."""
    kept = File.objects.of(user_id).filter(conversation__in=exportable(user_id)).defer("text").order_by("id")
    for file in kept:
        content = FileContent.objects.of(user_id).filter(file=file).first()
        if content is not None:
            yield file_path(file), bytes(content.data)


def _branch(messages: Sequence[Message], leaf: UUID | None) -> list[Message]:
    by_id = {message.id: message for message in messages}
    found: list[Message] = []
    at = leaf
    while at is not None and at in by_id:
        found.append(by_id[at])
        at = by_id[at].parent_id
    return found[::-1]


def _file_name(chat: Conversation) -> str:
    """The day, the title as far as any file system takes it, and the end of the id, which keeps two of a title apart."""
    words = re.sub(r"[^\w\- ]+", "", chat.title)[:60].strip().replace(" ", "-") or "chat"
    return f"{localtime(chat.created_at):%Y-%m-%d}-{words}-{chat.id.hex[-6:]}"


def _markdown(title: str, shown: Iterable[Message], files: Files) -> str:
    parts = [f"# {title}"]
    for message in shown:
        who = str(Message.Role(message.role).label)
        text = plain(message.text) if message.role == Message.Role.ASSISTANT else message.text
        parts.append(f"## {who}, {localtime(message.created_at):%Y-%m-%d %H:%M}")
        if attached := files.get(message.id):
            parts.append("\n".join(f"- [{_plain_name(file)}](<../{file_path(file)}>)" for file in attached))
        if text:
            parts.append(text)
    return "\n\n".join(parts) + "\n"


def _plain_name(file: File) -> str:
    """The name with nothing in it that Markdown gives a meaning."""
    return re.sub(r"([\\`*_{}\[\]()#+!|])", r"\\\1", file.name)


def _page(title: str, shown: Iterable[Message], models: dict[UUID, str], files: Files) -> str:
    turns = [
        {
            "message": message,
            "html": render(plain(message.text)) if message.role == Message.Role.ASSISTANT else "",
            "model": label_of(models[message.id]) if models.get(message.id) else "",
            "files": [(file, quote(f"../{file_path(file)}")) for file in files.get(message.id, ())],
        }
        for message in shown
    ]
    return render_to_string("export/chat.html", {"title": title, "turns": turns})


def first_page(user_id: UUID, chats: Sequence[dict[str, str]], *, at: datetime) -> str:
    """What is known, fact by fact with its words, and the way to each chat."""
    facts: list[memory.FactView] = []
    cursor = ""
    while True:
        page = memory.facts_of(user_id, memory.FactFilter(), cursor=cursor, limit=200)
        facts += page.facts
        cursor = page.next_cursor or ""
        if not cursor:
            break
    topics: dict[str, list[memory.FactView]] = {}
    for fact in facts:
        topics.setdefault(fact.topic, []).append(fact)
    persona = memory.persona(user_id, at=at)
    return render_to_string(
        "export/index.html",
        {
            "at": at,
            "name": User.objects.get(pk=user_id).name,
            "persona": persona.text if persona else "",
            "topics": sorted(topics.items()),
            "facts_count": len(facts),
            "chats": chats,
        },
    )


def profile_as_json(user_id: UUID) -> dict[str, Any]:
    """What was set, the projects, and what calls of models took, by month."""
    user, profile = User.objects.get(pk=user_id), profile_of(user_id)
    months: dict[str, dict[str, Any]] = {}
    for used in Usage.objects.of(user_id).order_by("id").iterator():
        month = months.setdefault(f"{used.called_at:%Y-%m} {used.model}", {"calls": 0, "tokens": 0, "cost": 0.0})
        month["calls"] += 1
        month["tokens"] += used.input_tokens + used.output_tokens
        month["cost"] = round(month["cost"] + float(used.cost or 0), 6)
    return {
        "exported_at": timezone.now().isoformat(),
        "name": user.name,
        "email": user.email,
        "settings": {name: getattr(profile, name) for name in PROFILE_FIELDS},
        "projects": [
            {"id": str(one.id), "name": one.name, "instructions": one.instructions, "memory": one.memory}
            for one in Project.objects.of(user_id).order_by("id")
        ],
        "usage": months,
    }


def style() -> str:
    """How the pages look, in a file beside them."""
    return render_to_string("export/style.css")
