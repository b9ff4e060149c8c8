"""Tool servers in the administration. A key goes in and is never shown again."""

from __future__ import annotations

from typing import Any

from asgiref.sync import async_to_sync
from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin

from assistant.conf import may_start_tool_servers
from assistant.llm.keys import encrypt
from assistant.models import ToolServer
from assistant.tools.servers import ask_for_tools, can_connect


class ToolServerForm(forms.ModelForm):  # type: ignore[type-arg]
    """A tool server, with room for a new key."""

    key = forms.CharField(
        label=_("Key"),
        required=False,
        strip=True,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_(
            "Sent as a bearer token, or to a command as MCP_KEY. Stored encrypted and never shown again; leave empty to keep it."
        ),
    )

    class Meta:
        model = ToolServer
        fields = ("name", "transport", "address", "command", "key", "permission", "seconds", "is_enabled")

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        is_command = data.get("transport") == ToolServer.Transport.COMMAND
        if is_command and not may_start_tool_servers():
            raise ValidationError(_("Commands are not allowed here: MCP_COMMANDS is off."))
        if not data.get("command" if is_command else "address"):
            raise ValidationError(_("Say how it is reached: by an address or by a command."))
        return data

    def save(self, commit: bool = True) -> ToolServer:
        if self.cleaned_data["key"]:
            self.instance.key_cipher = encrypt(self.cleaned_data["key"])
        server: ToolServer = super().save(commit)
        return server


@admin.register(ToolServer)
class ToolServerAdmin(ModelAdmin):
    form = ToolServerForm
    list_display = ("name", "transport", "address", "permission", "stored_key", "is_enabled", "listed_at", "problem")
    list_filter = ("transport", "is_enabled")
    actions = ("show_tools",)

    @admin.display(description=_("key"), boolean=True)
    def stored_key(self, server: ToolServer) -> bool:
        return server.has_key

    @admin.action(description=_("Ask each server for its tools"))
    def show_tools(self, request: HttpRequest, queryset: QuerySet[ToolServer]) -> None:
        if not can_connect():
            messages.error(request, _("The optional package “mcp” is not installed."))
            return
        for server in queryset:
            async_to_sync(ask_for_tools)(server)
            if server.problem:
                words = {"server": server, "why": server.problem}
                messages.error(request, _("%(server)s can't be reached: %(why)s.") % words)
                continue
            names = ", ".join(offer["name"] for offer in server.offers) or _("nothing")
            messages.success(request, _("%(server)s offers %(names)s.") % {"server": server, "names": names})
