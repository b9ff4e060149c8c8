"""Conversations and the work of answering in the administration. What people wrote stays masked."""

from __future__ import annotations

from typing import ClassVar

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from assistant.models import Conversation, Run, ToolCall, Usage
from assistant.provider_admin import BudgetAdmin, ModelRoleAdmin, ProviderAdmin
from assistant.server_admin import ToolServerAdmin
from profiles.owned_admin import OwnedAdmin, masked

__all__ = [
    "BudgetAdmin",
    "ConversationAdmin",
    "ModelRoleAdmin",
    "ProviderAdmin",
    "RunAdmin",
    "ToolCallAdmin",
    "ToolServerAdmin",
    "UsageAdmin",
]


@admin.register(Conversation)
class ConversationAdmin(OwnedAdmin):
    list_display = ("id", "user", "masked_title", "mode", "spoken_at", "is_archived")
    list_filter = ("mode", "is_archived")
    list_select_related = ("user",)
    ordering = ("-id",)
    fields = ("id", "user", "masked_title", "mode", "is_pinned", "is_archived", "created_at", "spoken_at", "deleted_at")

    @admin.display(description=_("title"))
    def masked_title(self, conversation: Conversation) -> str:
        return masked(conversation.title)


@admin.register(Run)
class RunAdmin(OwnedAdmin):
    list_display = ("id", "user", "status", "attempt", "model", "error_code", "created_at", "finished_at")
    list_filter: ClassVar = ("status", "model")
    list_select_related = ("user",)
    ordering = ("-id",)
    exclude = ("question", "answer", "actions")


@admin.register(ToolCall)
class ToolCallAdmin(OwnedAdmin):
    """The audit of tools: what was called, when, and how it ended. With what, and what came of it, is the person's own."""

    list_display = (
        "created_at",
        "user",
        "name",
        "permission",
        "state",
        "why_asked",
        "origin",
        "decided_at",
        "finished_at",
    )
    list_filter: ClassVar = ("state", "permission", "origin", "name")
    list_select_related = ("user",)
    ordering = ("-id",)
    exclude = ("arguments", "said", "preview", "proof", "result", "reference")


@admin.register(Usage)
class UsageAdmin(OwnedAdmin):
    list_display = ("called_at", "user", "role", "model", "input_tokens", "output_tokens", "cost", "error_code")
    list_filter = ("role", "model")
    list_select_related = ("user",)
    ordering = ("-called_at",)
