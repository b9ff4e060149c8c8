"""What people do with projects: conversations that share instructions and a say over memory. Each runs inside `as_user`."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q

from assistant.conversations.selectors import get_conversation
from assistant.conversations.titles import one_line
from assistant.exceptions import EmptyMessage, MessageTooLong, NotFound
from assistant.models import Conversation, File, Project

LONGEST_INSTRUCTIONS = 4000  # characters
MOST_PROJECTS = 200


def projects_of(user_id: UUID, *, archived: bool = False, limit: int = MOST_PROJECTS) -> list[Project]:
    """The projects in use, or those that were put away, by name; each knows as `chats` how many conversations it has."""
    rows = Project.objects.of(user_id).filter(archived_at__isnull=not archived)
    standing = Q(conversations__deleted_at=None, conversations__is_archived=False)
    return list(rows.annotate(chats=Count("conversations", filter=standing)).order_by("name", "id")[:limit])


def project_names(user_id: UUID) -> dict[UUID, str]:
    """The names of all projects, put away or not, by their ids."""
    return dict(Project.objects.of(user_id).values_list("id", "name"))


def get_project(user_id: UUID, project_id: UUID) -> Project:
    """Raises NotFound."""
    found = Project.objects.of(user_id).filter(id=project_id).first()
    if found is None:
        raise NotFound("project")
    return found


def files_in(user_id: UUID, project_id: UUID, *, limit: int, before: UUID | None = None) -> list[File]:
    """Files that were attached in the project's chats, latest first; from the one that came `before` on."""
    rows = File.objects.of(user_id).in_project(project_id).order_by("-created_at", "-id")
    last = File.objects.of(user_id).filter(id=before).first() if before else None
    if last is not None:
        rows = rows.filter(Q(created_at__lt=last.created_at) | Q(created_at=last.created_at, id__lt=last.pk))
    return list(rows[:limit])


def begin_project(
    user_id: UUID, *, name: str, at: datetime, instructions: str = "", memory: str = Project.Memory.SHARED
) -> Project:
    """A new project. Raises EmptyMessage without a name, MessageTooLong for instructions over the limit."""
    project = Project(user_id=user_id, memory=memory, created_at=at)
    return _keep(project, name, instructions)


def change_project(
    user_id: UUID,
    project_id: UUID,
    *,
    name: str | None = None,
    instructions: str | None = None,
    memory: str | None = None,
) -> Project:
    """Set some of it. What it says about memory counts from the next message. Raises as `begin_project`, and NotFound."""
    project = get_project(user_id, project_id)
    project.memory = project.memory if memory is None else memory
    return _keep(
        project,
        project.name if name is None else name,
        project.instructions if instructions is None else instructions,
    )


def _keep(project: Project, name: str, instructions: str) -> Project:
    project.name = one_line(name, 80)
    project.instructions = instructions.replace("\r\n", "\n").replace("\x00", "").strip()
    if not project.name:
        raise EmptyMessage
    if len(project.instructions) > LONGEST_INSTRUCTIONS:
        raise MessageTooLong(LONGEST_INSTRUCTIONS)
    project.save()
    return project


def put_away(user_id: UUID, project_id: UUID, *, archived: bool, at: datetime) -> Project:
    """Take a project out of the sidebar, or bring it back. Its conversations and what it knows stay."""
    project = get_project(user_id, project_id)
    project.archived_at = at if archived else None
    project.save(update_fields=["archived_at"])
    return project


def move_conversation(user_id: UUID, conversation_id: UUID, *, project_id: UUID | None) -> Conversation:
    """Put a conversation into a project, or out of any. What was learned stays where it is. Raises NotFound."""
    conversation = get_conversation(user_id, conversation_id, lock=True)
    conversation.project = get_project(user_id, project_id) if project_id else None
    conversation.version += 1
    conversation.save(update_fields=["project", "version"])
    return conversation
