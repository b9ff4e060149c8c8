"""Finding what was said: titles and messages that hold all words of a query, with the place where they stand; then what means the same in other words."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from assistant.markup import CITATION
from assistant.models import Attachment, Conversation, Message
from memory import api as memory

WORDS = 8
AROUND = 70  # characters of a snippet before the first word found
SNIPPET = 180
FEWEST_CHARACTERS = 3  # of a query that is looked for by meaning


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a snippet; `is_match` where a searched word stands."""

    text: str
    is_match: bool


@dataclass(frozen=True, slots=True)
class FoundChat:
    """A conversation that answers a search, with its best place. `message` is None when only the title matched."""

    conversation: Conversation
    message: Message | None
    snippet: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file whose name answers a search, and the message it was sent with."""

    name: tuple[Piece, ...]
    message: Message


def search_files(user_id: UUID, query: str, *, limit: int, since: datetime | None = None) -> list[FoundFile]:
    """Files that were sent (`since`: not before), whose names hold all words of the query, newest first."""
    words = words_of(query)
    if not words:
        return []
    rows = Attachment.objects.of(user_id).select_related("file", "message__conversation").defer("file__text")
    rows = rows.filter(message__conversation__deleted_at=None).exclude(
        message__conversation__mode=Conversation.Mode.TEMPORARY
    )
    if since:
        rows = rows.filter(message__created_at__gte=since)
    for word in words:
        rows = rows.filter(file__name__icontains=word)
    found = {row.file_id: row for row in rows.order_by("-id")[: 2 * limit]}  # a file may stand under two versions
    return [FoundFile(marked(row.file.name, words), row.message) for row in list(found.values())[:limit]]


def words_of(query: str) -> list[str]:
    """The words of a query, each once."""
    return list(dict.fromkeys(query.casefold().split()))[:WORDS]


_MARKUP = re.compile(
    r"\*\*|`+|^\s{0,3}(?:#{1,6}|[-*+]|>)\s", re.MULTILINE
)  # what a line of a list of results has no use for


def marked(text: str, words: list[str]) -> tuple[Piece, ...]:
    """A line of `text` around the first of the words, cut into what matches and what does not."""
    flat = " ".join(_MARKUP.sub("", CITATION.sub(r"\3", text)).split())
    pattern = re.compile(
        "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) or r"(?!)", re.IGNORECASE
    )
    first = pattern.search(flat)
    start = max(0, first.start() - AROUND) if first else 0
    if start:
        start = flat.find(" ", start) + 1 or start
    line = flat[start : start + SNIPPET]
    pieces, at = [], 0
    if start:
        pieces.append(Piece("…", is_match=False))
    for match in pattern.finditer(line):
        if match.start() > at:
            pieces.append(Piece(line[at : match.start()], is_match=False))
        pieces.append(Piece(match[0], is_match=True))
        at = match.end()
    rest = line[at:] + ("…" if start + SNIPPET < len(flat) else "")
    if rest:
        pieces.append(Piece(rest, is_match=False))
    return tuple(pieces)


def _listed(user_id: UUID) -> QuerySet[Conversation]:
    """What is searched: conversations that are there and not temporary."""
    rows: QuerySet[Conversation] = Conversation.objects.of(user_id).present().filter(mode=Conversation.Mode.NORMAL)
    return rows


def _places(user_id: UUID, messages: Iterable[Message], words: list[str]) -> dict[UUID, FoundChat]:
    """The conversations of these messages, each with the first of its messages. One query.

    Not joined to the search itself: for ten thousand conversations Postgres then looked through all messages once for each.
    """
    first: dict[UUID, Message] = {}
    for message in messages:
        first.setdefault(message.conversation_id, message)
    chats = _listed(user_id).select_related("project").in_bulk(list(first))
    return {
        chat_id: FoundChat(chats[chat_id], message, marked(message.text, words))
        for chat_id, message in first.items()
        if chat_id in chats
    }


def search_chats(user_id: UUID, query: str, *, limit: int = 20, since: datetime | None = None) -> list[FoundChat]:
    """Conversations, archived ones too, whose title or one of whose messages holds every word of `query`, latest first; each once. Three queries.

    `since`: what was said, or spoken in, not before.
    """
    words = words_of(query)
    if not words:
        return []
    in_title, in_text = Q(), Q()
    for word in words:
        in_title &= Q(title__icontains=word)
        in_text &= Q(text__icontains=word)
    if since:
        in_title &= Q(spoken_at__gte=since)
        in_text &= Q(created_at__gte=since)
    messages = Message.objects.of(user_id).filter(in_text).order_by("-id")[: limit * 5]
    found = _places(user_id, messages, words)
    for conversation in (
        _listed(user_id).select_related("project").filter(in_title).order_by("-spoken_at", "-id")[:limit]
    ):
        found.setdefault(conversation.id, FoundChat(conversation, None, marked(conversation.title, words)))
    return sorted(found.values(), key=lambda chat: chat.conversation.spoken_at, reverse=True)[:limit]


def related_chats(
    user_id: UUID, query: str, *, at: datetime, known: Collection[UUID] = (), limit: int = 6
) -> list[FoundChat]:
    """Conversations, archived ones too, in which something near `query` in meaning was said, nearest first; each once, and none of `known`.

    By what memory holds: what was forgotten, withdrawn or never remembered is not found.
    """
    if len(query.strip()) < FEWEST_CHARACTERS:
        return []
    near = [turn.message_id for turn in memory.related_turns(user_id, query, at=at)]
    messages = Message.objects.of(user_id).in_bulk(near)
    found = _places(user_id, [messages[one] for one in near if one in messages], words_of(query))
    return [chat for chat_id, chat in found.items() if chat_id not in known][:limit]
