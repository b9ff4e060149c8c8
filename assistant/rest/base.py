"""What every endpoint has in common: who asks, what their token allows, the wall around their rows, and refusal of fields nobody knows."""

from __future__ import annotations

from typing import Any, cast

from django.http import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.authentication import BaseAuthentication, SessionAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import BasePermission, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from assistant.rest.idempotency import remember_answer, replayed
from profiles.api import AccessToken, User, verify_access_token
from profiles.owned import as_user

READING = ("GET", "HEAD", "OPTIONS")
MOST = 200  # rows of one page of a list


class AccessTokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer <access token>`."""

    keyword = b"bearer"

    def authenticate(self, request: Request) -> tuple[User, AccessToken] | None:
        parts = get_authorization_header(request).split()
        if not parts or parts[0].lower() != self.keyword:
            return None
        if len(parts) != 2:
            raise AuthenticationFailed(_("The access token is not readable."))
        token = verify_access_token(parts[1].decode("latin-1"), at=timezone.now())
        if token is None:
            raise AuthenticationFailed(_("This access token is unknown, revoked or expired."))
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


class Allowed(BasePermission):
    """Access tokens do only what they were made for; a signed-in person may do all."""

    message = _("This access token is not made for that.")

    def has_permission(self, request: Request, view: Any) -> bool:
        if not isinstance(request.auth, AccessToken):
            return True
        needed = view.scope_to_read if request.method in READING else view.scope_to_write
        return ({needed} if isinstance(needed, str) else set(needed)) <= set(request.auth.scopes)


class UserView(APIView):
    """An endpoint about the rows of whoever asks. Its handlers run in one transaction as that user; repeated POSTs with a key run once."""

    authentication_classes = [
        AccessTokenAuthentication,
        SessionAuthentication,
    ]
    permission_classes = [IsAuthenticated, Allowed]
    scope_to_read: str | tuple[str, ...] = AccessToken.Scope.CHAT  # of several, a token needs all
    scope_to_write: str | tuple[str, ...] = AccessToken.Scope.CHAT

    @property
    def user(self) -> User:
        """Whoever asks. Only after the permissions were checked."""
        return cast("User", self.request.user)

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """As in DRF, with the transaction around the handler."""
        self.args, self.kwargs, self.headers = args, kwargs, self.default_response_headers
        self.request = request = self.initialize_request(request, *args, **kwargs)
        try:
            self.initial(request, *args, **kwargs)
            method = (request.method or "").lower()
            handler = (
                getattr(self, method, self.http_method_not_allowed)
                if method in self.http_method_names
                else self.http_method_not_allowed
            )
            with as_user(self.user):
                response = replayed(request)
                if response is None:
                    response = handler(request, *args, **kwargs)
                    remember_answer(request, response)
        except Exception as error:  # noqa: BLE001  (DRF's own contract: its handler answers or raises again)
            response = self.handle_exception(error)
        self.response = self.finalize_response(request, response, *args, **kwargs)
        return self.response


class Strict(serializers.Serializer[Any]):
    """Input that refuses fields nobody knows, so that a typing error does not pass in silence."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, dict) and (unknown := set(data) - set(self.fields)):
            raise serializers.ValidationError({name: [_("No such field.")] for name in sorted(unknown)})
        return super().to_internal_value(data)


def checked(serializer: type[serializers.Serializer[Any]], request: Request) -> dict[str, Any]:
    """The body, checked. Raises ValidationError with a message for each field."""
    instance = serializer(data=request.data)
    instance.is_valid(raise_exception=True)
    data: dict[str, Any] = instance.validated_data
    return data


def page(items: list[dict[str, Any]], next_cursor: str | None) -> Response:
    """One page of a list."""
    return Response({"items": items, "next_cursor": next_cursor or None})


class Limit(serializers.IntegerField):
    """How many rows of a list: what asks for more or fewer than can be had gets what can."""

    def to_internal_value(self, data: Any) -> int:
        return max(1, min(super().to_internal_value(data), MOST))


class ListQuery(Strict):
    """What may stand behind the `?` of a list. Without `cursor` it is the first page."""

    limit = Limit(default=50, help_text=f"Rows of a page, {MOST} at most.")
    cursor = serializers.CharField(required=False, max_length=120, help_text="`next_cursor` of the page before.")


class RowQuery(ListQuery):
    """Of a list whose cursor is the id of a row."""

    cursor = serializers.UUIDField(required=False, help_text="`next_cursor` of the page before.")  # type: ignore[assignment]


class NoQuery(Strict):
    """Nothing may stand behind the `?`."""


def asked(serializer: type[serializers.Serializer[Any]], request: Request) -> dict[str, Any]:
    """What stands behind the `?`, checked; a name without a value is as good as none. Raises ValidationError for names nobody knows, and values that
    can't be."""
    query = request.query_params
    if twice := sorted(name for name, values in query.lists() if len(values) > 1):
        raise serializers.ValidationError({name: [_("Given more than once.")] for name in twice})
    known = serializer().fields
    instance = serializer(data={name: value for name, value in query.items() if value or name not in known})
    instance.is_valid(raise_exception=True)
    data: dict[str, Any] = instance.validated_data
    return data
