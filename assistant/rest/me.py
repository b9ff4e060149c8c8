"""/me, /models, /access-tokens"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from assistant.exceptions import NotFound
from assistant.llm.choice import connected_models
from assistant.llm.usage import used_since
from assistant.rest.base import Strict, UserView, checked
from profiles.api import (
    AccessToken,
    Profile,
    change_profile,
    issue_access_token,
    profile_of,
    revoke_access_token,
)


class MeShape(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    email = serializers.EmailField()
    name = serializers.CharField()
    is_owner = serializers.BooleanField()


class ProfileShape(Strict):
    language = serializers.CharField(max_length=12, required=False)
    time_zone = serializers.CharField(max_length=64, required=False)
    custom_instructions = serializers.CharField(max_length=1500, required=False, allow_blank=True)
    expertise = serializers.ChoiceField(choices=Profile.Expertise.choices, required=False, allow_blank=True)
    is_memory_paused = serializers.BooleanField(required=False)
    theme = serializers.ChoiceField(choices=Profile.Theme.choices, required=False)
    text_size = serializers.ChoiceField(choices=Profile.TextSize.choices, required=False)


PROFILE_FIELDS = ("language", "time_zone", "custom_instructions", "expertise", "is_memory_paused", "theme", "text_size")


class ModelShape(serializers.Serializer[Any]):
    name = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # a field of ours by the name of an attribute of theirs
    is_builtin = serializers.BooleanField()


class NewAccessToken(Strict):
    name = serializers.CharField(max_length=80)
    scopes = serializers.ListField(child=serializers.ChoiceField(choices=AccessToken.Scope.choices), min_length=1)
    expires_at = serializers.DateTimeField(required=False, allow_null=True)


class AccessTokenShape(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    name = serializers.CharField()
    hint = serializers.CharField()
    scopes = serializers.ListField(child=serializers.CharField())
    created_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField(allow_null=True)
    last_used_at = serializers.DateTimeField(allow_null=True)
    secret = serializers.CharField(required=False, help_text="Only in the answer that makes it.")


def _profile(profile: Profile) -> dict[str, Any]:
    return {name: getattr(profile, name) for name in PROFILE_FIELDS} | {"version": profile.version}


def _token(token: AccessToken) -> dict[str, Any]:
    names = ("id", "name", "hint", "scopes", "created_at", "expires_at", "last_used_at")
    return {name: getattr(token, name) for name in names}


class Me(UserView):
    @extend_schema(operation_id="me", responses=MeShape)
    def get(self, request: Request) -> Response:
        """Who asks."""
        user = self.user
        return Response({"id": user.pk, "email": user.email, "name": user.name, "is_owner": user.is_owner})


class MyProfile(UserView):
    scope_to_read = scope_to_write = AccessToken.Scope.PROFILE

    @extend_schema(operation_id="me_profile", responses=ProfileShape)
    def get(self, request: Request) -> Response:
        """What was set: language, time zone, instructions, switches."""
        return Response(_profile(profile_of(self.user.pk)))

    @extend_schema(operation_id="me_profile_change", request=ProfileShape, responses=ProfileShape)
    def patch(self, request: Request) -> Response:
        """Set some of it."""
        return Response(_profile(change_profile(self.user.pk, **checked(ProfileShape, request))))


class Models(UserView):
    @extend_schema(operation_id="models", responses=ModelShape(many=True))
    def get(self, request: Request) -> Response:
        """The models that answers can come from, the one in use first."""
        return Response(
            [{"name": model.name, "label": model.label, "is_builtin": model.is_builtin} for model in connected_models()]
        )


class UsageShape(serializers.Serializer[Any]):
    role = serializers.CharField()
    model = serializers.CharField()
    calls = serializers.IntegerField()
    failures = serializers.IntegerField()
    input_tokens = serializers.IntegerField()
    output_tokens = serializers.IntegerField()
    cost = serializers.DecimalField(max_digits=12, decimal_places=6, help_text="US dollars; 0 where no price is known.")


class MyUsage(UserView):
    @extend_schema(operation_id="me_usage", responses=UsageShape(many=True))
    def get(self, request: Request) -> Response:
        """What one's own answers took since the month began (UTC), by role and model."""
        month = timezone.now().replace(day=1, hour=0, minute=0, second=0, microsecond=0)
        return Response([asdict(row) for row in used_since(month, user_id=self.user.pk)])


class SignedInOnly(UserView):
    """Access tokens can't make or list access tokens."""

    def check_permissions(self, request: Request) -> None:
        super().check_permissions(request)
        if request.auth is not None:
            self.permission_denied(request)


class AccessTokens(SignedInOnly):
    @extend_schema(operation_id="access_tokens_list", responses=AccessTokenShape(many=True))
    def get(self, request: Request) -> Response:
        """The access tokens, without their secrets."""
        return Response([_token(token) for token in AccessToken.objects.filter(user=self.user).order_by("id")[:200]])

    @extend_schema(operation_id="access_tokens_create", request=NewAccessToken, responses={201: AccessTokenShape})
    def post(self, request: Request) -> Response:
        """Make one. Its secret is in this answer and never shown again."""
        data = checked(NewAccessToken, request)
        issued = issue_access_token(
            self.user, name=data["name"], scopes=data["scopes"], at=timezone.now(), expires_at=data.get("expires_at")
        )
        return Response({**_token(issued.token), "secret": issued.secret}, status=201)


class OneAccessToken(SignedInOnly):
    @extend_schema(operation_id="access_tokens_revoke", responses={204: None})
    def delete(self, request: Request, token_id: UUID) -> Response:
        """Revoke it: what uses it stops working at once."""
        if not revoke_access_token(self.user, token_id):
            raise NotFound("access token")
        return Response(status=204)
