"""/projects"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from assistant.conversations import projects, services
from assistant.models import Project
from assistant.rest.base import Strict, UserView, asked, checked, page


class ProjectInput(Strict):
    name = serializers.CharField(max_length=80)
    instructions = serializers.CharField(
        max_length=projects.LONGEST_INSTRUCTIONS, required=False, allow_blank=True, trim_whitespace=False
    )
    memory = serializers.ChoiceField(choices=Project.Memory.choices, required=False)


class ProjectChange(ProjectInput):
    name = serializers.CharField(max_length=80, required=False)
    is_archived = serializers.BooleanField(required=False)


class ProjectShape(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    name = serializers.CharField()
    instructions = serializers.CharField()
    memory = serializers.ChoiceField(choices=Project.Memory.choices)
    is_archived = serializers.BooleanField()
    created_at = serializers.DateTimeField()


class ProjectPage(serializers.Serializer[Any]):
    items = ProjectShape(many=True)
    next_cursor = serializers.CharField(allow_null=True)


def project_body(project: Project) -> dict[str, Any]:
    return {
        "id": project.id,
        "name": project.name,
        "instructions": project.instructions,
        "memory": project.memory,
        "is_archived": project.archived_at is not None,
        "created_at": project.created_at,
    }


class ProjectQuery(Strict):
    archived = serializers.BooleanField(default=False, help_text="Those that were put away.")


class Projects(UserView):
    @extend_schema(operation_id="projects_list", responses=ProjectPage, parameters=[ProjectQuery])
    def get(self, request: Request) -> Response:
        """The projects in use, or with `archived=true` those put away, by name; 200 at most."""
        is_archived = asked(ProjectQuery, request)["archived"]
        return page([project_body(one) for one in projects.projects_of(self.user.pk, archived=is_archived)], None)

    @extend_schema(operation_id="projects_create", request=ProjectInput, responses={201: ProjectShape})
    def post(self, request: Request) -> Response:
        """Begin a project."""
        project = projects.begin_project(self.user.pk, at=timezone.now(), **checked(ProjectInput, request))
        return Response(project_body(project), status=201)


class OneProject(UserView):
    @extend_schema(operation_id="projects_read", responses=ProjectShape)
    def get(self, request: Request, project_id: UUID) -> Response:
        """One project."""
        return Response(project_body(projects.get_project(self.user.pk, project_id)))

    @extend_schema(operation_id="projects_change", request=ProjectChange, responses=ProjectShape)
    def patch(self, request: Request, project_id: UUID) -> Response:
        """Set some of it. What it says about memory counts from the next message."""
        data = checked(ProjectChange, request)
        is_archived = data.pop("is_archived", None)
        project = projects.change_project(self.user.pk, project_id, **data)
        if is_archived is not None:
            project = projects.put_away(self.user.pk, project_id, archived=is_archived, at=timezone.now())
        return Response(project_body(project))

    @extend_schema(
        operation_id="projects_delete",
        responses={204: None},
        parameters=[OpenApiParameter("memories", str, enum=["keep", "forget"], required=True)],
    )
    def delete(self, request: Request, project_id: UUID) -> Response:
        """Delete it for good. `keep`: its chats stay, outside of any project; `forget`: they go, with all that was learned in them."""
        memories = request.query_params.get("memories")
        if memories not in ("keep", "forget"):
            raise ValidationError({"memories": ["keep, or forget"]})
        services.delete_project(self.user.pk, project_id, forget=memories == "forget", at=timezone.now())
        return Response(status=204)
