from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assistant.models.address import validate_address
from assistant.models.tool_call import ToolCall


class ToolServer(models.Model):
    """A server whose tools join ours, by the Model Context Protocol. Set by the operator; belongs to no user."""

    class Transport(models.TextChoices):
        HTTP = "http", _("Address (streamable HTTP)")
        COMMAND = "command", _("Command on this machine (stdio)")

    name = models.CharField(
        _("name"),
        max_length=20,
        unique=True,
        validators=[RegexValidator(r"^[a-z][a-z0-9]*\Z", _("Small letters and digits, a letter first."))],
        help_text=_("Stands before the names of its tools."),
    )
    transport = models.CharField(_("reached by"), max_length=7, choices=Transport.choices, default=Transport.HTTP)
    address = models.CharField(_("address"), max_length=300, blank=True, validators=[validate_address])
    command = models.CharField(
        _("command"), max_length=400, blank=True, help_text=_("Started without a shell. Only where MCP_COMMANDS is on.")
    )
    key_cipher = models.BinaryField(default=b"", editable=False)  # see llm/keys.py; never shown again
    permission = models.CharField(
        _("its tools"),
        max_length=7,
        choices=ToolCall.Permission.choices,
        default=ToolCall.Permission.NETWORK,
        help_text=_(
            "What reads only is never asked about; what changes things or reaches the network is, where foreign text may be behind it."
        ),
    )
    seconds = models.PositiveSmallIntegerField(_("time limit in seconds"), default=20)
    is_enabled = models.BooleanField(_("in use"), default=True)
    offers = models.JSONField(
        default=list,
        editable=False,
        help_text=_("What it offered when it was asked last: name, title, description and schema of each tool."),
    )
    listed_at = models.DateTimeField(_("asked for its tools"), null=True, editable=False)
    problem = models.CharField(_("problem"), max_length=120, blank=True, editable=False)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("tool server")
        verbose_name_plural = _("tool servers")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(transport="http") & ~Q(address="")) | (Q(transport="command") & ~Q(command="")),
                name="tool_server_can_be_reached",
            ),
            models.CheckConstraint(
                condition=Q(permission__in=["reads", "changes", "network", "code"]), name="tool_server_permission_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def has_key(self) -> bool:
        return bool(self.key_cipher)
