"""The administration's way to rows of users: across all of them, with a reason, in one transaction a request; what people wrote stays masked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.template.response import TemplateResponse
from unfold.admin import ModelAdmin

from profiles.owned import OwnedQuerySet, as_system

REASON = "administration"


def masked(text: str) -> str:
    """That there is something, and about how much; never what."""
    return f"•••• ({len(text)})" if text else ""


class OwnedAdmin(ModelAdmin):
    """Base of the administration of owned rows. Read only unless a class says otherwise."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        manager = self.model._default_manager
        queryset: QuerySet[Any] = manager.all()
        if isinstance(queryset, OwnedQuerySet):
            queryset = queryset.across_users(REASON)
        ordering = self.ordering or ()
        return queryset.order_by(*ordering) if ordering else queryset

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponseBase:
        return self._as_system(super().changelist_view, request, extra_context)

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponseBase:
        return self._as_system(super().changeform_view, request, object_id, form_url, extra_context)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponseBase:
        return self._as_system(super().history_view, request, object_id, extra_context)

    @staticmethod
    def _as_system(view: Callable[..., HttpResponseBase], *args: Any) -> HttpResponseBase:
        with as_system(REASON):
            response = view(*args)
            if isinstance(response, TemplateResponse):
                response.render()  # now, while the rows can be reached
            return response
