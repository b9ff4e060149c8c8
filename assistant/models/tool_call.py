from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from profiles.owned import OwnedModel


class ToolCall(OwnedModel):
    """One call of a tool by a model: what it asked for, whether it was let, what came of it. Its rows are the audit, and what a lost run goes on from."""

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        RUNNING = "running", _("At work")
        WAITING = "waiting", _("Waits for you")
        APPROVED = "approved", _("Allowed")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")
        REFUSED = "refused", _("Not allowed")
        STOPPED = "stopped", _("Stopped")

    class Permission(models.TextChoices):
        READS = "reads", _("Reads")
        CHANGES = "changes", _("Changes memory")
        NETWORK = "network", _("Reaches the network")
        CODE = "code", _("Runs code")

    class Origin(models.TextChoices):
        """Where the words of a result come from. Those of `FOREIGN` may have been written by anybody."""

        COMPUTED = "computed", _("Worked out")
        MEMORY = "memory", _("Your memory")
        QUOTED = "quoted", _("Your chats, quoting others")
        FILE = "file", _("Your files")
        WEB = "web", _("The web")
        SERVER = "server", _("A connected server")

    FOREIGN = (Origin.QUOTED, Origin.FILE, Origin.WEB, Origin.SERVER)
    OPEN = (State.PLANNED, State.RUNNING, State.WAITING, State.APPROVED)

    run = models.ForeignKey("assistant.Run", on_delete=models.CASCADE, related_name="tool_calls")
    step = models.PositiveSmallIntegerField(help_text=_("The step of the answer, from 1."))
    position = models.PositiveSmallIntegerField(help_text=_("Its place among the calls of its step."))
    reference = models.TextField(help_text=_("The model's own name for the call."))
    name = models.CharField(_("tool"), max_length=64)
    arguments = models.TextField(_("arguments"), help_text=_("JSON, as it is carried out."))
    said = models.TextField(
        blank=True, help_text=_("What the model said before the calls of its step; on the first of them.")
    )
    permission = models.CharField(max_length=7, choices=Permission.choices, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.PLANNED)
    why_asked = models.CharField(max_length=20, blank=True, help_text=_("Why the person is asked."))
    preview = models.TextField(blank=True, help_text=_("What it would do, as the person is shown it."))
    proof = models.CharField(max_length=120, blank=True, help_text=_("Binds the preview to what would be done."))
    digest = models.CharField(
        max_length=64, blank=True, help_text=_("Of name, arguments and preview: what an approval is for.")
    )
    result = models.TextField(_("result"), blank=True)
    origin = models.CharField(max_length=8, choices=Origin.choices, blank=True)
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True, help_text=_("When the person allowed or refused it."))
    finished_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("tool call")
        verbose_name_plural = _("tool calls")
        ordering = ["step", "position"]
        constraints = [
            models.UniqueConstraint("run", "step", "position", name="tool_call_once"),
            models.CheckConstraint(
                condition=Q(
                    state__in=["planned", "running", "waiting", "approved", "done", "failed", "refused", "stopped"]
                ),
                name="tool_call_state_known",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["planned", "running", "waiting", "approved"], finished_at=None)
                | (~Q(state__in=["planned", "running", "waiting", "approved"]) & Q(finished_at__isnull=False)),
                name="tool_call_finished_or_not",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["waiting", "approved"]) | ~Q(digest=""), name="tool_call_asked_for_bytes"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.state}"  # without its arguments: they may be private

    @property
    def is_foreign(self) -> bool:
        """Whether its result may hold words that neither the person nor this server wrote."""
        return self.origin in self.FOREIGN

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN
