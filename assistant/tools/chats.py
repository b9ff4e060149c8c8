"""What was said in the person's own chats, word for word."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assistant.conversations.search import FoundChat, search_chats
from assistant.models import ContextItem, Conversation, Message, Project, ToolCall
from assistant.models.conversation import ConversationQuerySet
from assistant.tools.base import Arguments, Asker, Origin, ReadingTool, Result, schema
from memory.api import ScopeKind
from profiles.owned import work_as

MOST = 8


class SearchChats(ReadingTool):
    name = "search_conversations"
    label = _("Your chats")
    description = "Finds earlier chats of the person in which all the given words stand, with the place and the day. Use it when they ask what was said when."
    parameters = schema(
        required=("words",),
        words={
            "type": "string",
            "minLength": 2,
            "maxLength": 100,
            "description": "One to four words that must all stand there.",
        },
    )

    def is_offered(self, asker: Asker) -> bool:
        return asker.keeps_memory

    async def call(self, asker: Asker, arguments: Arguments) -> Result:
        return await work_as(asker.user_id, self._look, asker, arguments["words"])

    def _look(self, asker: Asker, words: str) -> Result:
        reached = set(chats_in_reach(asker).values_list("id", flat=True))
        found = [chat for chat in search_chats(asker.user_id, words, limit=40) if chat.conversation.id in reached]
        found = [chat for chat in found if not _is_the_question(chat, asker) and not _is_withheld(chat, asker)][:MOST]
        if not found:
            return Result("No chat holds all of these words.", Origin.MEMORY)
        messages = [chat.message for chat in found if chat.message]
        origin = Origin.QUOTED if quoting(asker.user_id, messages) else Origin.MEMORY
        return Result("\n".join(_told(chat, asker) for chat in found), origin)


def chats_in_reach(asker: Asker) -> ConversationQuerySet:
    """The chats that an answer here may draw from: those of its isolated project alone, else all but those of projects that keep to themselves."""
    listed = Conversation.objects.of(asker.user_id).listed()
    if asker.scope.kind == ScopeKind.PROJECT and asker.scope.id is not None:
        return listed.filter(project_id=asker.scope.id)
    return listed.filter(Q(project=None) | Q(project__memory=Project.Memory.SHARED))


def quoting(user_id: UUID, messages: Collection[Message]) -> bool:
    """Whether any of these messages may hold words that neither the person nor this server wrote."""
    if any(message.pasted for message in messages):
        return True
    answers = [message.id for message in messages if message.role == Message.Role.ASSISTANT]
    if ToolCall.objects.of(user_id).filter(run__answer__in=answers, origin__in=ToolCall.FOREIGN).exists():
        return True
    return ContextItem.objects.of(user_id).filter(run__answer__in=answers, kind=ContextItem.Kind.FILE).exists()


def _is_the_question(chat: FoundChat, asker: Asker) -> bool:
    return chat.message is not None and chat.message.id == asker.question_id


def _is_withheld(chat: FoundChat, asker: Asker) -> bool:
    """Whether this answer has to do without it."""
    if chat.message is None:
        return asker.without.is_told_in(chat.conversation.title)
    return asker.without.holds(chat.message.id)


def _told(chat: FoundChat, asker: Asker) -> str:
    said = chat.message.created_at if chat.message else chat.conversation.spoken_at
    who = "title" if chat.message is None else chat.message.role
    words = "".join(piece.text for piece in chat.snippet)
    title = "untitled" if asker.without.is_told_in(chat.conversation.title) else chat.conversation.title or "untitled"
    return f"- {said.astimezone(asker.zone):%Y-%m-%d} | {title} | {who}: {words}"
