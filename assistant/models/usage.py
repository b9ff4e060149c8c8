from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from profiles.owned import OwnedModel


class Usage(OwnedModel):
    """One call of a provider: what it took and cost. Kept when the conversation is gone, hence no text in it."""

    run_id = models.UUIDField(null=True, db_index=True)
    project_id = models.UUIDField(null=True)
    role = models.CharField(_("role"), max_length=12)
    model = models.CharField(_("model"), max_length=120)
    input_tokens = models.PositiveIntegerField(default=0)
    output_tokens = models.PositiveIntegerField(default=0)
    cached_tokens = models.PositiveIntegerField(default=0)
    cost = models.DecimalField(_("cost"), max_digits=12, decimal_places=6, null=True)
    error_code = models.CharField(max_length=40, blank=True)
    called_at = models.DateTimeField()

    class Meta:
        verbose_name = _("usage")
        verbose_name_plural = _("usage")
        indexes = [
            models.Index(fields=["user", "called_at"], name="usage_by_time"),
            models.Index(fields=["called_at"], name="usage_of_all_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.model}: {self.input_tokens} + {self.output_tokens}"
