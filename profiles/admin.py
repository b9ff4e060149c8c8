"""People in the administration."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.auth.models import Group
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from profiles.models import AccessToken, Consent, Profile, User
from profiles.owned_admin import OwnedAdmin

admin.site.unregister(Group)


@admin.register(User)
class UserAdmin(ModelAdmin):
    list_display = ("email", "name", "is_owner", "is_staff", "is_active", "last_login")
    list_filter = ("is_active", "is_staff")
    search_fields = ("email", "name")
    ordering = ("email",)
    fields = ("email", "name", "is_active", "is_staff", "is_owner", "last_login", "date_joined")
    readonly_fields = ("is_owner", "last_login", "date_joined")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """An account goes by its owner's wish, with everything in it, not by a tick in a list."""
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """The owner can't be locked out from here."""
        return (*self.readonly_fields, "is_active", "is_staff") if obj and obj.is_owner else self.readonly_fields


@admin.register(Profile)
class ProfileAdmin(OwnedAdmin):
    list_display = ("user", "language", "time_zone", "is_memory_paused")
    fields = ("user", "language", "time_zone", "is_memory_paused", "theme", "text_size")
    list_select_related = ("user",)


@admin.register(Consent)
class ConsentAdmin(OwnedAdmin):
    list_display = ("user", "sensitivity", "is_granted", "decided_at")
    list_filter = ("sensitivity", "is_granted")
    list_select_related = ("user",)


@admin.register(AccessToken)
class AccessTokenAdmin(ModelAdmin):
    list_display = ("name", "user", "hint", "last_used_at", "expires_at")
    fields = readonly_fields = ("name", "user", "hint", "scopes", "created_at", "last_used_at", "expires_at")
    list_select_related = ("user",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A secret made here would be seen by two."""
        return False
