"""Finding what was said: titles and messages that hold all words of a query, with the place where they stand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from assistant.models import Conversation, Message

WORDS = 8
AROUND = 70  # characters of a snippet before the first word found
SNIPPET = 180


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


def words_of(query: str) -> list[str]:
    """The words of a query, each once."""
    return list(dict.fromkeys(query.casefold().split()))[:WORDS]


def marked(text: str, words: list[str]) -> tuple[Piece, ...]:
    """A line of `text` around the first of the words, cut into what matches and what does not."""
    flat = " ".join(text.split())
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


def search_chats(user_id: UUID, query: str, *, limit: int = 20) -> list[FoundChat]:
    """Conversations, archived ones too, whose title or one of whose messages holds every word of `query`, latest first; each once. Two queries."""
    words = words_of(query)
    if not words:
        return []
    in_title, in_text = Q(), Q()
    for word in words:
        in_title &= Q(title__icontains=word)
        in_text &= Q(text__icontains=word)
    listed = Conversation.objects.of(user_id).present().filter(mode=Conversation.Mode.NORMAL)
    found: dict[UUID, FoundChat] = {}
    messages = (
        Message.objects.of(user_id)
        .filter(in_text, conversation__in=listed)
        .select_related("conversation")
        .order_by("-id")[: limit * 5]
    )
    for message in messages:
        if message.conversation_id not in found:
            found[message.conversation_id] = FoundChat(message.conversation, message, marked(message.text, words))
    for conversation in listed.filter(in_title).order_by("-spoken_at", "-id")[:limit]:
        found.setdefault(conversation.id, FoundChat(conversation, None, marked(conversation.title, words)))
    return sorted(found.values(), key=lambda chat: chat.conversation.spoken_at, reverse=True)[:limit]
