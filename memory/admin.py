"""Facts and the work of learning in the administration. What is known about people stays masked."""

from __future__ import annotations

from typing import ClassVar

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from memory.models import Fact, MemoryJob
from profiles.owned_admin import OwnedAdmin, masked


@admin.register(Fact)
class FactAdmin(OwnedAdmin):
    list_display = ("id", "user", "predicate", "masked_text", "status", "origin", "sensitivity", "recorded_at")
    list_filter: ClassVar = ("status", "origin", "sensitivity", "kind")
    list_select_related = ("user",)
    ordering = ("-id",)
    fields = (
        *("id", "user", "predicate", "masked_text", "kind", "status", "origin", "sensitivity", "confidence"),
        *("recorded_at", "retired_at", "expires_at", "review_at", "version"),
    )

    @admin.display(description=_("text"))
    def masked_text(self, fact: Fact) -> str:
        return masked(fact.text)


@admin.register(MemoryJob)
class MemoryJobAdmin(OwnedAdmin):
    list_display = ("id", "user", "kind", "state", "due_at", "attempts", "lag_ms", "error")
    list_filter: ClassVar = ("kind", "state")
    list_select_related = ("user",)
    ordering = ("-id",)
