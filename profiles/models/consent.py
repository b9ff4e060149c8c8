from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from profiles.owned import OwnedModel


class Sensitivity(models.TextChoices):
    """Kinds of knowledge that are kept only with leave (`predicates.md`). `SECRET` can never be granted."""

    NONE = "none", _("ordinary")
    HEALTH = "health", _("health")
    FINANCE = "finance", _("money")
    BELIEFS = "beliefs", _("beliefs")
    SEXUALITY = "sexuality", _("sexuality")
    LOCATION = "location", _("places")
    CHILDREN = "children", _("children")
    SECRET = "secret", _("secrets")


class Consent(OwnedModel):
    """Whether facts of one sensitivity may be learned. No row: the default of `profiles.consent` holds."""

    sensitivity = models.CharField(max_length=10, choices=Sensitivity.choices)
    is_granted = models.BooleanField()
    decided_at = models.DateTimeField()

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        constraints = [
            models.UniqueConstraint("user", "sensitivity", name="consent_once_a_kind"),
            models.CheckConstraint(
                condition=~models.Q(sensitivity__in=["none", "secret"]), name="consent_only_where_it_can_be_given"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sensitivity}: {'granted' if self.is_granted else 'withheld'}"
