from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from profiles.owned import new_id


class AccessToken(models.Model):
    """An API credential. Only its hash is stored. Read before the user is known, hence without row-level security."""

    class Scope(models.TextChoices):
        CHAT = "chat", _("Chat")
        MEMORY_READ = "memory:read", _("Read memory")
        MEMORY_WRITE = "memory:write", _("Change memory")
        PROFILE = "profile", _("Profile")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="access_tokens")
    name = models.CharField(_("name"), max_length=80)
    digest = models.BinaryField(unique=True, max_length=32, editable=False)
    hint = models.CharField(
        max_length=12, editable=False, help_text=_("The first characters, to tell one from another.")
    )
    scopes = ArrayField(models.CharField(max_length=16, choices=Scope.choices), verbose_name=_("what it may do"))
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(_("expires"), null=True, blank=True)
    last_used_at = models.DateTimeField(_("last used"), null=True, editable=False)

    class Meta:
        verbose_name = _("access token")
        verbose_name_plural = _("access tokens")
        constraints = [models.UniqueConstraint("user", "name", name="access_token_name_once")]

    def __str__(self) -> str:
        return f"{self.name} ({self.hint}…)"
