"""Chats from elsewhere as chats here: nothing comes in twice, and what is learned from them waits for the user."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from assistant.conf import message_limit_characters
from assistant.conversations.titles import one_line, title_from
from assistant.exceptions import FileProblem
from assistant.exchange.types import ChatElsewhere, SaidElsewhere
from assistant.files.keep import attach, keep_upload
from assistant.models import Conversation, Message
from memory import api as memory

_OLDEST = datetime(1990, 1, 1, tzinfo=UTC)
OURS = "ours"


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What of a chat is new here: nothing, when it was here already. `left_out`: files that could not be taken, or had no room."""

    messages: int = 0
    files: int = 0
    left_out: int = 0


def take_in(user_id: UUID, chat: ChatElsewhere, *, source: str, import_id: UUID | None, at: datetime) -> TakenIn:
    """Store a chat and, with an `import_id`, have memory read what the user said in it. Says what is new.

    Without one nothing is to be learned: our own export brings its memory along.
    """
    if not chat.messages:
        return TakenIn()
    files = 0
    # Our own keep their ids, by which the memory that comes along finds them; where those are another user's, ids of our own making.
    for keeps in (True, False) if source == OURS else (False,):
        ids = _ids(user_id, chat, source=source, at=at, keeps=keeps)
        if Conversation.objects.of(user_id).filter(id=ids[""]).exists():
            return TakenIn()
        try:
            with transaction.atomic():
                files = _store(user_id, chat, ids, at=at)
            break
        except IntegrityError:
            if not keeps:
                raise
    if import_id is not None:
        times = _times(chat, at)
        said = [
            memory.Said(
                conversation_id=ids[""],
                message_id=ids[one.key],
                role="user" if one.role == "user" else "assistant",
                text=_text(one),
                at=times[one.key],
                imported_in=import_id,
            )
            for one in chat.messages
        ]
        for start in range(0, len(said), 500):
            memory.record_turns(user_id, said[start : start + 500], at=at)
    told_of = sum(len(one.files) for one in chat.messages)
    return TakenIn(len(chat.messages), files, told_of - files)


def _store(user_id: UUID, chat: ChatElsewhere, ids: dict[str, UUID], *, at: datetime) -> int:
    """Returns how many files came with it."""
    times = _times(chat, at)
    conversation = Conversation.objects.create(
        id=ids[""],
        user_id=user_id,
        title=one_line(chat.title, 120) or title_from(_text(chat.messages[0]) or chat.messages[0].files[0].name),
        is_titled=bool(chat.title),
        created_at=min(times.values()),
        spoken_at=max(times.values()),
    )
    Message.objects.bulk_create(
        [
            Message(
                id=ids[one.key],
                user_id=user_id,
                conversation=conversation,
                parent_id=ids[one.parent] if one.parent in times else None,
                role=one.role,
                text=_text(one),
                created_at=times[one.key],
            )
            for one in chat.messages
        ]
    )
    kept = sum(_attach(conversation, ids[one.key], one, at=at) for one in chat.messages if one.files)
    conversation.active_leaf_id = ids[chat.leaf]
    conversation.save(update_fields=["active_leaf"])
    return kept


def _attach(conversation: Conversation, message_id: UUID, said: SaidElsewhere, *, at: datetime) -> int:
    """Keep the files of a message, as if they had been attached here. One that can't be taken, or has no room, is left out. How many were kept."""
    files = []
    for file in said.files:
        try:
            files.append(keep_upload(conversation.user_id, [base64.b64decode(file.data)], name=file.name, at=at))
        except (FileProblem, ValueError):
            continue
    attach(Message.objects.of(conversation.user_id).get(id=message_id), conversation, files)
    return len(files)


def _ids(user_id: UUID, chat: ChatElsewhere, *, source: str, at: datetime, keeps: bool) -> dict[str, UUID]:
    """The ids here by message; the chat's stands under the empty key."""
    moments = {"": chat.begun, **{key: moment.timestamp() for key, moment in _times(chat, at).items()}}
    if keeps:
        try:
            return {key: UUID(key or chat.key) for key in moments}
        except ValueError:
            pass  # not as we wrote it
    return {key: _id_of(user_id, source, chat.key, key, moment) for key, moment in moments.items()}


def _times(chat: ChatElsewhere, now: datetime) -> dict[str, datetime]:
    """When each was said: not before its parent, nor in the future. Ids rise with them, and the order of a branch is that of its ids."""
    found: dict[str, datetime] = {}
    for one in chat.messages:
        try:
            moment = datetime.fromtimestamp(one.at or chat.begun, UTC)
        except (ValueError, OverflowError, OSError):
            moment = _OLDEST
        moment = min(max(moment, _OLDEST), now - timedelta(minutes=1))
        before = found.get(one.parent)
        found[one.key] = max(moment, before + timedelta(milliseconds=1)) if before else moment
    return found


def _text(one: SaidElsewhere) -> str:
    clean = one.text.replace("\x00", "").replace("\r\n", "\n").encode("utf-8", "replace").decode("utf-8")
    return clean[: message_limit_characters()].strip("\n")


def _id_of(user_id: UUID, source: str, chat: str, message: str, moment: float) -> UUID:
    """An id of our making: the same for every import, rising with time (the layout of UUIDv7)."""
    digest = hashlib.blake2b(f"{source}\n{chat}\n{message}".encode(), digest_size=10, key=user_id.bytes).digest()
    whole = (max(0, int(moment * 1000)) << 80) | int.from_bytes(digest)
    whole = whole & ~(0xF << 76) | (7 << 76)
    return UUID(int=whole & ~(3 << 62) | (2 << 62))
