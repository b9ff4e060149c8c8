"""Projects, the archive, and moving conversations between them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from assistant.conversations import projects, selectors, services
from assistant.exceptions import EmptyMessage, MessageTooLong
from assistant.llm.budgets import read_limits, set_budget, spent_in_project
from assistant.models import Conversation, Project
from assistant.web.base import UserPage, as_typed, id_in, is_changed_elsewhere

PAGE = 40
FILES = 20


def memory_modes() -> list[tuple[str, str, str]]:
    """Each mode with what it reads and what it writes."""
    return [
        ("shared", _("Shared with all chats"), _("Reads everything known about you, and adds to it.")),
        (
            "isolated",
            _("Only in this project"),
            _("Reads what was said in this project and your profile. What is learned here is used only here."),
        ),
        ("off", _("Off"), _("Reads nothing, and nothing said here is remembered.")),
    ]


class Projects(UserPage):
    area = "projects"

    def get(self, request: HttpRequest, error: str = "") -> HttpResponse:
        """All projects, those put away below, and a form for another."""
        context = {
            "all_projects": projects.projects_of(self.user.pk),
            "put_away": projects.projects_of(self.user.pk, archived=True),
            "modes": memory_modes(),
            "typed": request.POST,
            "error": error,
        }
        return self.page("projects/list.html", context, status=400 if error else 200)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Begin one."""
        memory = request.POST.get("memory", "")
        try:
            project = projects.begin_project(
                self.user.pk,
                name=request.POST.get("name", ""),
                memory=memory if memory in Project.Memory.values else Project.Memory.SHARED,
                at=timezone.now(),
            )
        except EmptyMessage:
            return self.get(request, error=_("A project needs a name."))
        return redirect(f"/projects/{project.id}/")


class OneProject(UserPage):
    area = "projects"

    def get(
        self, request: HttpRequest, project_id: UUID, error: str = "", theirs: Sequence[tuple[str, str]] = ()
    ) -> HttpResponse:
        """Its chats and files beside what it says about memory and its instructions."""
        project = projects.get_project(self.user.pk, project_id)
        cursor = request.GET.get("cursor", "")
        before = selectors.get_conversation(self.user.pk, id_in(cursor)) if cursor else None
        chats = selectors.sidebar(self.user.pk, before=before, limit=PAGE + 1, project_id=project.id)
        after = request.GET.get("files", "")
        files = projects.files_in(self.user.pk, project.id, limit=FILES + 1, before=id_in(after) if after else None)
        context = {
            "project": project,
            "current_project": project.id,
            "files": files[:FILES],
            "files_cursor": files[FILES - 1].id if len(files) > FILES else None,
            "chats": chats[:PAGE],
            "cursor": chats[PAGE - 1].id if len(chats) > PAGE else None,
            "modes": memory_modes(),
            "name": request.POST.get("name", project.name),
            "instructions": request.POST.get("instructions", project.instructions),
            "longest": projects.LONGEST_INSTRUCTIONS,
            "error": error,
            "theirs": theirs,
            "spent": spent_in_project(self.user.pk, project.id, at=timezone.now()),
        }
        return self.page("projects/project.html", context, status=412 if theirs else 400 if error else 200)

    def post(self, request: HttpRequest, project_id: UUID) -> HttpResponse:
        """Save what was sent, or put it away and bring it back."""
        if (act := request.POST.get("do", "")) in ("archive", "restore"):
            projects.put_away(self.user.pk, project_id, archived=act == "archive", at=timezone.now())
            return redirect("/projects/")
        if act == "budget":
            return self._limit(request, project_id)
        if theirs := self._changed_elsewhere(request, project_id):
            return self.get(request, project_id, theirs=theirs)
        memory = request.POST.get("memory", "")
        fields: dict[str, Any] = {name: request.POST[name] for name in ("name", "instructions") if name in request.POST}
        for name in list(fields):  # what was left alone stays as it is by now
            if f"{name}-was" in request.POST and as_typed(fields[name]) == as_typed(request.POST[f"{name}-was"]):
                del fields[name]
        if memory in Project.Memory.values:
            fields["memory"] = memory
        try:
            projects.change_project(self.user.pk, project_id, **fields)
        except EmptyMessage:
            return self.get(request, project_id, error=_("A project needs a name."))
        except MessageTooLong:
            return self.get(request, project_id, error=_("The instructions are too long."))
        messages.success(request, _("Saved. Changes count from the next message."))
        return redirect(f"/projects/{project_id}/")

    def _changed_elsewhere(self, request: HttpRequest, project_id: UUID) -> list[tuple[str, str]]:
        """What stands now where the form began with something else and wants a third: label and text."""
        project = projects.get_project(self.user.pk, project_id)
        labels = {"name": _("Name"), "instructions": _("Instructions")}
        stands = {"name": project.name, "instructions": project.instructions}
        return [
            (labels[name], text) for name, text in stands.items() if is_changed_elsewhere(request.POST, name, now=text)
        ]

    def _limit(self, request: HttpRequest, project_id: UUID) -> HttpResponse:
        """A budget of the project. It can only narrow what whoever runs this server allows: the strictest that applies counts."""
        project = projects.get_project(self.user.pk, project_id)
        try:
            dollars, tokens = read_limits(request.POST.get("dollars", ""), request.POST.get("tokens", ""))
            set_budget(dollars=dollars, tokens=tokens, project_id=project.id)
        except ValidationError as error:
            return self.get(request, project_id, error=" ".join(error.messages))
        messages.success(request, _("Saved. Changes count from the next message."))
        return redirect(f"/projects/{project_id}/#budget")


class DeleteProject(UserPage):
    area = "projects"

    def get(self, request: HttpRequest, project_id: UUID) -> HttpResponse:
        """The choice to keep its chats and what was learned in them."""
        return self.page("projects/delete.html", {"project": projects.get_project(self.user.pk, project_id)})

    def post(self, request: HttpRequest, project_id: UUID) -> HttpResponse:
        """Delete it, and its chats with what was learned in them where that was chosen."""
        forget = request.POST.get("memories") == "forget"
        services.delete_project(self.user.pk, project_id, forget=forget, at=timezone.now())
        messages.success(request, _("Project deleted."))
        return redirect("/projects/")


class MoveChat(UserPage):
    area = "chat"

    def get(self, request: HttpRequest, conversation_id: UUID) -> HttpResponse:
        """The projects to choose from."""
        conversation = selectors.get_conversation(self.user.pk, conversation_id)
        context = {
            "conversation": conversation,
            "current_chat": conversation,
            "all_projects": projects.projects_of(self.user.pk),
        }
        return self.page("chat/move.html", context)

    def post(self, request: HttpRequest, conversation_id: UUID) -> HttpResponse:
        """Into the chosen one, or out of any."""
        chosen = request.POST.get("project", "")
        projects.move_conversation(self.user.pk, conversation_id, project_id=id_in(chosen) if chosen else None)
        return redirect(f"/c/{conversation_id}/")


class Archive(UserPage):
    area = "archive"

    def get(self, request: HttpRequest) -> HttpResponse:
        """The conversations that were put away."""
        cursor = request.GET.get("cursor", "")
        before = selectors.get_conversation(self.user.pk, id_in(cursor)) if cursor else None
        chats: list[Conversation] = selectors.archived(self.user.pk, before=before, limit=PAGE + 1)
        more = chats[PAGE - 1].id if len(chats) > PAGE else None
        return self.page("chat/archive.html", {"chats": chats[:PAGE], "cursor": more})


class ArchiveChat(UserPage):
    def post(self, request: HttpRequest, conversation_id: UUID) -> HttpResponse:
        """Put it away, or bring it back to the list."""
        is_archived = request.POST.get("archived") != "no"
        services.set_archived(self.user.pk, conversation_id, archived=is_archived)
        if is_archived:
            messages.success(request, _("Archived."), extra_tags=f"unarchive:{conversation_id}")
            return redirect("/")
        return redirect(f"/c/{conversation_id}/")
