from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from profiles.owned import OwnedModel


class Project(OwnedModel):
    """Conversations that belong together, with instructions of their own and a say over memory."""

    class Memory(models.TextChoices):
        SHARED = "shared", _("Shared: reads and adds to everything known about you")
        ISOLATED = "isolated", _("Isolated: knows what was said in this project, and your profile")
        OFF = "off", _("Off: nothing is read or kept")

    name = models.CharField(_("name"), max_length=80)
    instructions = models.TextField(_("instructions"), max_length=4000, blank=True)
    memory = models.CharField(_("memory"), max_length=8, choices=Memory.choices, default=Memory.SHARED)
    created_at = models.DateTimeField(_("begun"))
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(memory__in=["shared", "isolated", "off"]), name="project_memory_known"),
            models.CheckConstraint(condition=~Q(name=""), name="project_has_a_name"),
        ]

    def __str__(self) -> str:
        return f"project {self.pk}"  # without its name: what people wrote stays out of logs and of the administration
