"""Reading conversations. Fetching is the access check: what is not the user's is not found. All run inside `as_user`."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Max, QuerySet

from assistant.exceptions import NotFound
from assistant.models import ContextItem, Conversation, Message, Run
from profiles.owned import current_scope

THREAD_PAGE = 40
SIDEBAR_PAGE = 60


def get_conversation(user_id: UUID, conversation_id: UUID, *, lock: bool = False) -> Conversation:
    """The user's conversation. With `lock` its row is held until the transaction ends. Raises NotFound."""
    queryset = Conversation.objects.of(user_id).present().select_related("project")
    if lock:
        queryset = queryset.select_for_update(of=("self",))
    try:
        return queryset.get(id=conversation_id)
    except Conversation.DoesNotExist as error:
        raise NotFound("conversation") from error


def deleted_conversation(user_id: UUID, conversation_id: UUID) -> Conversation | None:
    """A conversation that was deleted and can still be brought back."""
    return Conversation.objects.of(user_id).filter(id=conversation_id).exclude(deleted_at=None).first()


def get_message(user_id: UUID, message_id: UUID) -> Message:
    """The user's message, with its conversation. Raises NotFound."""
    try:
        return (
            Message.objects.of(user_id).select_related("conversation").get(id=message_id, conversation__deleted_at=None)
        )
    except Message.DoesNotExist as error:
        raise NotFound("message") from error


def get_run(user_id: UUID, run_id: UUID) -> Run:
    """The user's run, with question, answer and conversation. Raises NotFound."""
    try:
        return (
            Run.objects.of(user_id)
            .select_related("question", "answer", "conversation__project")
            .get(id=run_id, conversation__deleted_at=None)
        )
    except Run.DoesNotExist as error:
        raise NotFound("run") from error


def sidebar(
    user_id: UUID,
    *,
    before: Conversation | None = None,
    limit: int = SIDEBAR_PAGE,
    project_id: UUID | None = None,
) -> list[Conversation]:
    """One page of the listed conversations, or of those of a project: pinned first, then by last message, newest first."""
    queryset: QuerySet[Conversation] = (
        Conversation.objects.of(user_id).listed().select_related("project").order_by("-is_pinned", "-spoken_at", "-id")
    )
    if project_id is not None:
        queryset = queryset.filter(project=project_id)
    if before is not None:
        queryset = _after(queryset.filter(is_pinned=False), before)
    return list(queryset[:limit])


def archived(user_id: UUID, *, before: Conversation | None = None, limit: int = SIDEBAR_PAGE) -> list[Conversation]:
    """One page of the conversations that were put away, last message first."""
    queryset: QuerySet[Conversation] = (
        Conversation.objects.of(user_id)
        .present()
        .filter(is_archived=True)
        .select_related("project")
        .order_by("-spoken_at", "-id")
    )
    return list((_after(queryset, before) if before is not None else queryset)[:limit])


def _after(queryset: QuerySet[Conversation], before: Conversation) -> QuerySet[Conversation]:
    """Those that come after `before` in the order of the list."""
    return queryset.extra(
        where=["(assistant_conversation.spoken_at, assistant_conversation.id) < (%s, %s)"],
        params=[before.spoken_at, before.id],
    )


@dataclass(frozen=True, slots=True)
class Turn:
    """One message as it is shown: with its versions and, for an answer, its run."""

    message: Message
    run: Run | None
    version: int  # 1-based place among its siblings
    versions: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class Thread:
    """The end of the shown branch, oldest first, and whether there is more above."""

    turns: list[Turn]
    has_earlier: bool


def thread(user_id: UUID, conversation: Conversation, *, upto: UUID | None = None, limit: int = THREAD_PAGE) -> Thread:
    """The last `limit` messages of the active branch, or of the branch that ends in message `upto`. Four queries, whatever its length."""
    leaf_id = upto or conversation.active_leaf_id
    if leaf_id is None:
        return Thread([], has_earlier=False)
    path = list(Message.objects.of(user_id).path_to(leaf_id, limit=limit + 1))
    has_earlier = len(path) > limit
    path = path[-limit:]
    runs = {run.answer_id: run for run in Run.objects.of(user_id).filter(answer__in=[message.id for message in path])}
    siblings: dict[tuple[UUID | None, str], list[UUID]] = {}
    parents = [message.parent_id for message in path if message.parent_id]
    relatives = Message.objects.of(user_id).filter(conversation=conversation, parent__in=parents)
    roots = Message.objects.of(user_id).filter(conversation=conversation, parent=None)
    for found in relatives.union(roots).values_list("id", "parent_id", "role"):
        siblings.setdefault((found[1], found[2]), []).append(found[0])
    turns = []
    for message in path:
        versions = tuple(sorted(siblings.get((message.parent_id, message.role), [message.id])))
        turns.append(Turn(message, runs.get(message.id), versions.index(message.id) + 1, versions))
    return Thread(turns, has_earlier)


def versions_of(user_id: UUID, message: Message) -> list[UUID]:
    """The versions of a message, itself included, oldest first."""
    return list(Message.objects.of(user_id).siblings_of(message).values_list("id", flat=True))


def leaf_below(user_id: UUID, message: Message) -> UUID:
    """The newest end of the branch that goes on from `message`."""
    leaf_id = message.id
    while (
        child := Message.objects.of(user_id).filter(parent=leaf_id).order_by("-id").values_list("id", flat=True).first()
    ):
        leaf_id = child
    return leaf_id


def context_items(user_id: UUID, message: Message) -> list[ContextItem]:
    """What went into the answer `message`, in the order it was sent; empty for a question."""
    return list(ContextItem.objects.of(user_id).filter(run__answer=message).order_by("position"))


def unfinished_runs(user_id: UUID, conversation: Conversation) -> list[Run]:
    """Runs of this conversation that still work or wait."""
    return list(Run.objects.of(user_id).unfinished().filter(conversation=conversation).order_by("id"))


def being_answered(user_id: UUID) -> set[UUID]:
    """Conversations in which an answer is being written or waits."""
    return set(Run.objects.of(user_id).unfinished().values_list("conversation_id", flat=True))


def owner_of_run(run_id: UUID) -> UUID:
    """Whose run this is, for a worker that was told only its id; inside `as_system`. Raises NotFound."""
    scope = current_scope()
    found = Run.objects.across_users(scope.reason).filter(id=run_id).values_list("user_id", flat=True).first()
    if found is None:
        raise NotFound("run")
    return found


def titles_of(user_id: UUID, conversation_ids: Collection[UUID]) -> dict[UUID, str]:
    """Titles of those conversations that are still there, by id."""
    if not conversation_ids:
        return {}
    found = Conversation.objects.of(user_id).present().filter(id__in=conversation_ids)
    return dict(found.values_list("id", "title"))


def uses_of(user_id: UUID, reference: str) -> tuple[int, datetime | None]:
    """In how many answers a fact was used, and when the last of them was asked for."""
    used = ContextItem.objects.of(user_id).filter(kind__in=["fact", "profile"], reference=reference)
    found = used.aggregate(times=Count("run", distinct=True), last=Max("run__created_at"))
    return found["times"], found["last"]
