"""What people do to conversations. Each function is one use case, runs inside `as_user`, and leaves waking the workers to its caller."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from assistant.conf import message_limit_characters
from assistant.conversations.place import place_of
from assistant.conversations.projects import get_project
from assistant.conversations.selectors import get_conversation, get_message, leaf_below
from assistant.conversations.titles import one_line, title_from
from assistant.exceptions import EmptyMessage, MessageTooLong, NotFound, UnreadableText
from assistant.files.keep import attach, check_uploads, files_under
from assistant.models import Conversation, File, Message, Run
from memory import api as memory
from profiles.owned import new_id

FIRST_WORDS = "first-words"  # the client_id of the chat that holds them


@dataclass(frozen=True, slots=True)
class Posted:
    """A message that was taken, and the work on its answer. `is_new` is False when the same `client_id` had come before."""

    message: Message
    run: Run
    is_new: bool = True


def start_conversation(
    user_id: UUID,
    *,
    at: datetime,
    mode: str = Conversation.Mode.NORMAL,
    client_id: str | None = None,
    project_id: UUID | None = None,
    personal: str = Conversation.Personal.NORMAL,
) -> Conversation:
    """A new, empty conversation, in a project or in none. A `client_id` seen before gives the conversation of then. Raises NotFound."""
    if client_id and (known := Conversation.objects.of(user_id).filter(client_id=client_id).first()):
        return known
    begun = {
        "mode": mode,
        "project": get_project(user_id, project_id) if project_id else None,
        "personal": personal,
        "created_at": at,
        "spoken_at": at,
    }
    if not client_id:
        return Conversation.objects.create(user_id=user_id, **begun)
    # Two requests may begin the same one at once: the later waits for the first and takes what it made.
    return Conversation.objects.of(user_id).get_or_create(user_id=user_id, client_id=client_id, defaults=begun)[0]


def check_text(text: str, *, may_be_empty: bool = False) -> str:
    """The text of a message, line ends made one kind. Raises EmptyMessage, MessageTooLong, UnreadableText."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\x00" in text or any("\ud800" <= character <= "\udfff" for character in text):
        raise UnreadableText
    if len(text) > message_limit_characters():
        raise MessageTooLong(message_limit_characters())
    if not text.strip():
        if may_be_empty:
            return ""
        raise EmptyMessage
    return text.strip("\n")


def post_message(
    user_id: UUID,
    conversation_id: UUID,
    *,
    text: str,
    at: datetime,
    client_id: str | None = None,
    pasted: list[tuple[int, int]] | None = None,
    model: str = "",
    thinking: str = Run.Thinking.AUTO,
    attachments: Sequence[UUID] = (),
) -> Posted:
    """Take a message: the message, its episode in memory and a queued run, in the caller's transaction. Explicit commands act at once.

    `pasted` holds spans [start, end) of `text` that the person did not write; `attachments` are files that were uploaded for it (`assistant.files`):
    with them it may be without words. Raises NotFound, EmptyMessage, MessageTooLong, UnreadableText, TooManyFiles, FileGone.
    """
    conversation = get_conversation(user_id, conversation_id, lock=True)
    if client_id and (known := Message.objects.of(user_id).filter(client_id=client_id).first()):
        return Posted(known, Run.objects.of(user_id).get(question=known), is_new=False)
    text = check_text(text, may_be_empty=bool(attachments))
    files = check_uploads(user_id, attachments)
    if not conversation.title:
        conversation.title = title_from(text or files[0].name)
    return _ask(
        user_id,
        conversation,
        parent_id=conversation.active_leaf_id,
        text=text,
        at=at,
        client_id=client_id,
        pasted=pasted,
        model=model,
        thinking=thinking,
        files=files,
    )


def _ask(
    user_id: UUID,
    conversation: Conversation,
    *,
    parent_id: UUID | None,
    text: str,
    at: datetime,
    client_id: str | None = None,
    pasted: list[tuple[int, int]] | None = None,
    model: str = "",
    thinking: str = Run.Thinking.AUTO,
    files: Sequence[File] = (),
) -> Posted:
    message = Message.objects.create(
        user_id=user_id,
        conversation=conversation,
        parent_id=parent_id,
        role=Message.Role.USER,
        text=text,
        pasted=pasted or [],
        client_id=client_id or None,
        created_at=at,
    )
    attach(message, conversation, files)
    place = place_of(conversation)
    turn = memory.record_turn(
        user_id,
        conversation_id=conversation.id,
        message_id=message.id,
        role="user",
        text=text,
        at=at,
        pasted=tuple(pasted or ()),
        scope=place.scope,
        mode=place.mode,
    )
    actions = [memory.write_line(line) for line in memory.obey(user_id, turn, at=at)]
    run = _queue_answer(user_id, conversation, question=message, at=at, model=model, actions=actions, thinking=thinking)
    return Posted(message, run)


def _queue_answer(
    user_id: UUID,
    conversation: Conversation,
    *,
    question: Message,
    at: datetime,
    model: str,
    actions: list[str] | None = None,
    left_out: Sequence[str] = (),
    thinking: str = Run.Thinking.AUTO,
) -> Run:
    answer = Message.objects.create(
        user_id=user_id, conversation=conversation, parent=question, role=Message.Role.ASSISTANT, created_at=at
    )
    conversation.active_leaf = answer
    conversation.spoken_at = at
    conversation.save(update_fields=["active_leaf", "spoken_at", "title"])
    return Run.objects.create(
        id=new_id(),
        user_id=user_id,
        conversation=conversation,
        question=question,
        answer=answer,
        requested_model=model,
        actions=actions or [],
        left_out=list(left_out),
        thinking=thinking,
        created_at=at,
    )


def note_first_words(user_id: UUID, *, text: str, at: datetime, client_id: str) -> Message:
    """What somebody says of themselves at the beginning: a chat of its own without answers, read by the rules at once.

    Raises EmptyMessage, MessageTooLong, UnreadableText.
    """
    text = check_text(text)
    begun = start_conversation(user_id, at=at, client_id=FIRST_WORDS)
    # A field that is left and the form itself are often sent at once: one after the other, the second finds the first.
    chat = get_conversation(user_id, begun.id, lock=True)
    if known := Message.objects.of(user_id).filter(client_id=client_id).first():
        return known
    message = Message.objects.create(
        user_id=user_id,
        conversation=chat,
        parent_id=chat.active_leaf_id,
        role=Message.Role.USER,
        text=text,
        client_id=client_id,
        created_at=at,
    )
    chat.active_leaf, chat.spoken_at, chat.title = message, at, chat.title or title_from(text)
    chat.save(update_fields=["active_leaf", "spoken_at", "title"])
    memory.record_turn(
        user_id, conversation_id=chat.id, message_id=message.id, role="user", text=text, at=at, mode="normal"
    )
    memory.ingest(user_id, at=at)
    return message


def first_words(user_id: UUID) -> list[Message]:
    """What was said so, oldest first."""
    said = Message.objects.of(user_id).filter(conversation__client_id=FIRST_WORDS, role=Message.Role.USER)
    return list(said.order_by("id")[:20])


def edit_message(user_id: UUID, message_id: UUID, *, text: str, at: datetime) -> Posted:
    """Say it in other words: a sibling of the message, with its files, and an answer to it. What was learned from the old branch is set aside."""
    old = get_message(user_id, message_id)
    files = files_under(user_id, [old.id]).get(old.id, [])
    text = check_text(text, may_be_empty=bool(files))
    conversation = get_conversation(user_id, old.conversation_id, lock=True)
    memory.withdraw_turns(user_id, _branch_from(user_id, old), at=at)
    pasted = _still_pasted(old, text)
    return _ask(user_id, conversation, parent_id=old.parent_id, text=text, at=at, pasted=pasted, files=files)


def _still_pasted(old: Message, text: str) -> list[tuple[int, int]]:
    """Where in `text`, another wording of `old`, that stands which was pasted into it: an edit beside it makes nobody its author."""
    spans = []
    for start, end in old.pasted:
        at = text.find(old.text[start:end])
        if at >= 0 and end > start:
            spans.append((at, at + end - start))
    return spans


def regenerate(
    user_id: UUID, message_id: UUID, *, at: datetime, model: str = "", left_out: Sequence[str] = ()
) -> Posted:
    """Another answer to the same question: a sibling of the answer `message_id`. Both are kept.

    `left_out` are references of items of its receipt that the new answer has to do without.
    """
    old = get_message(user_id, message_id)
    question = old if old.role == Message.Role.USER else get_message(user_id, old.parent_id or old.id)
    conversation = get_conversation(user_id, old.conversation_id, lock=True)
    if old.role == Message.Role.ASSISTANT:
        memory.withdraw_turns(user_id, _branch_from(user_id, old), at=at)
    before = _run_of(user_id, old)
    return Posted(
        question,
        _queue_answer(
            user_id,
            conversation,
            question=question,
            at=at,
            model=model,
            # What was done on command with the question is not done again, and still told.
            actions=list(before.actions) if before else [],
            left_out=left_out,
            thinking=before.thinking if before else Run.Thinking.AUTO,
        ),
    )


def model_asked_for(user_id: UUID, message_id: UUID) -> str:
    """The model that was asked for by name to write an answer; empty where none was. It may be gone by now. Raises NotFound."""
    run = _run_of(user_id, get_message(user_id, message_id))
    return run.requested_model if run else ""


def _run_of(user_id: UUID, answer: Message) -> Run | None:
    """The work on an answer; None for a question."""
    return Run.objects.of(user_id).filter(answer=answer).first() if answer.role == Message.Role.ASSISTANT else None


def _branch_from(user_id: UUID, message: Message) -> list[UUID]:
    """The message and all that was said below it."""
    found, edge = [message.id], [message.id]
    while edge:
        edge = list(Message.objects.of(user_id).filter(parent__in=edge).values_list("id", flat=True))
        found += edge
    return found


def choose_version(user_id: UUID, message_id: UUID) -> Conversation:
    """Show the branch that goes through this message."""
    message = get_message(user_id, message_id)
    conversation = get_conversation(user_id, message.conversation_id, lock=True)
    conversation.active_leaf_id = leaf_below(user_id, message)
    conversation.save(update_fields=["active_leaf"])
    return conversation


def rename_conversation(user_id: UUID, conversation_id: UUID, *, title: str) -> Conversation:
    """Give it another title, one line of at most 120 characters. Raises NotFound, EmptyMessage."""
    line = one_line(title, 120)
    if not line:
        raise EmptyMessage
    return _change(get_conversation(user_id, conversation_id, lock=True), title=line, is_titled=True)


def set_pinned(user_id: UUID, conversation_id: UUID, *, pinned: bool) -> Conversation:
    """Keep it at the top of the list, or no longer."""
    return _change(get_conversation(user_id, conversation_id, lock=True), is_pinned=pinned)


def set_archived(user_id: UUID, conversation_id: UUID, *, archived: bool) -> Conversation:
    """Take it out of the list, or put it back. Nothing of it is lost, and what was learned stays."""
    conversation = get_conversation(user_id, conversation_id, lock=True)
    return _change(conversation, is_archived=archived, is_pinned=conversation.is_pinned and not archived)


def set_personal(user_id: UUID, conversation_id: UUID, *, personal: str) -> Conversation:
    """How much of what is known goes into the answers of this conversation, from the next one on."""
    return _change(get_conversation(user_id, conversation_id, lock=True), personal=personal)


def _change(conversation: Conversation, **fields: object) -> Conversation:
    """Set fields of a conversation that is locked, and tell by its version that it changed."""
    for name, value in fields.items():
        setattr(conversation, name, value)
    conversation.version += 1
    conversation.save(update_fields=[*fields, "version"])
    return conversation


def note_news(user_id: UUID, conversation_id: UUID) -> None:
    """An answer stands in this conversation that nobody has looked at yet."""
    Conversation.objects.of(user_id).filter(id=conversation_id).update(has_news=True)


def note_opened(conversation: Conversation) -> None:
    """Somebody looks at it: nothing in it is new any more."""
    if conversation.has_news:
        conversation.has_news = False
        conversation.save(update_fields=["has_news"])


def ask_no_more(user_id: UUID, conversation_id: UUID) -> None:
    """The person put a question off: it waits on the memory page, and this chat asks no more."""
    conversation = get_conversation(user_id, conversation_id, lock=True)
    conversation.is_quiet = True
    conversation.save(update_fields=["is_quiet"])


def delete_conversation(user_id: UUID, conversation_id: UUID, *, at: datetime, forget: bool) -> None:
    """Delete it: its messages can be restored for a moment. With `forget`, what was learned from it goes too, at once and for good."""
    conversation = get_conversation(user_id, conversation_id, lock=True)
    if forget:
        memory.forget(user_id, memory.ForgetTarget(conversation_id=conversation.id), at=at)
        conversation.delete()
        return
    conversation.deleted_at = at
    conversation.save(update_fields=["deleted_at"])


def close_temporary(user_id: UUID, conversation_id: UUID) -> None:
    """A temporary chat is over: it goes at once and for good. Raises NotFound, also for a chat that is not temporary."""
    conversation = get_conversation(user_id, conversation_id, lock=True)
    if not conversation.is_temporary:
        raise NotFound("temporary conversation")
    conversation.delete()


def delete_project(user_id: UUID, project_id: UUID, *, forget: bool, at: datetime) -> None:
    """Delete a project for good. Without `forget` its chats stay, outside of any project, and what was learned stays where it is:
    facts that counted only there are shown in memory and come into no answer. With it, its chats go and all that was learned in them.

    Raises NotFound.
    """
    project = get_project(user_id, project_id)
    if forget:
        for chat_id in list(project.conversations.filter(deleted_at=None).values_list("id", flat=True)):
            delete_conversation(user_id, chat_id, at=at, forget=True)
    project.delete()


def restore_conversation(user_id: UUID, conversation_id: UUID) -> Conversation:
    """Undo a deletion that kept what was learned. Raises NotFound when it is gone for good."""
    conversation = Conversation.objects.of(user_id).filter(id=conversation_id).exclude(deleted_at=None).first()
    if conversation is None:
        return get_conversation(user_id, conversation_id)
    conversation.deleted_at = None
    conversation.save(update_fields=["deleted_at"])
    return conversation
