from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from assistant.models.address import validate_address


class Provider(models.Model):
    """Where models are: a company's service or a server of one's own, with the key it wants. Set by the operator; belongs to no user."""

    class Kind(models.TextChoices):
        OPENAI = "openai", _("OpenAI")
        ANTHROPIC = "anthropic", _("Anthropic")
        GEMINI = "gemini", _("Google Gemini")
        MISTRAL = "mistral", _("Mistral")
        GROQ = "groq", _("Groq")
        OPENROUTER = "openrouter", _("OpenRouter")
        OLLAMA = "ollama_chat", _("Ollama")
        COMPATIBLE = "compatible", _("Any address that speaks OpenAI's protocol")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=60)
    api_base = models.CharField(
        _("address"),
        max_length=300,
        blank=True,
        validators=[validate_address],
        help_text=_("Only for Ollama and servers of your own."),
    )
    key_cipher = models.BinaryField(default=b"", editable=False)  # see llm/keys.py; never shown again
    is_enabled = models.BooleanField(_("in use"), default=True)
    created_at = models.DateTimeField(_("connected"), auto_now_add=True)

    class Meta:
        verbose_name = _("provider")
        verbose_name_plural = _("providers")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(Lower("name"), name="provider_name_once"),
            models.CheckConstraint(
                condition=~Q(kind__in=["compatible", "ollama_chat"]) | ~Q(api_base=""), name="provider_own_has_address"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def has_key(self) -> bool:
        return bool(self.key_cipher)


class ConnectedModelQuerySet(models.QuerySet["ConnectedModel"]):
    def usable(self) -> Self:
        """Those that may be asked, with their provider."""
        return self.filter(is_enabled=True, provider__is_enabled=True).select_related("provider")


class ConnectedModel(models.Model):
    """A model of a provider."""

    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="offers")
    name = models.CharField(_("name"), max_length=120, help_text=_("As the provider calls it."))
    label = models.CharField(_("shown as"), max_length=60, blank=True)
    is_enabled = models.BooleanField(_("in use"), default=True)

    objects = ConnectedModelQuerySet.as_manager()

    class Meta:
        verbose_name = _("model")
        verbose_name_plural = _("models")
        ordering = ["provider", "name"]
        constraints = [models.UniqueConstraint("provider", "name", name="connected_model_once")]

    def __str__(self) -> str:
        return self.label or self.name


class ModelRole(models.Model):
    """Which models serve a role, in order. Roles without any fall back to those of the chat."""

    class Role(models.TextChoices):
        CHAT = "chat", _("Chat")
        REASON = "reason", _("Thinking")
        EXTRACT = "extract", _("Learning")
        SUMMARISE = "summarise", _("Summaries")
        TITLE = "title", _("Titles and suggestions")
        VISION = "vision", _("Pictures")
        EMBED = "embed", _("Meaning")

    role = models.CharField(_("role"), max_length=9, choices=Role.choices)
    model = models.ForeignKey(ConnectedModel, on_delete=models.CASCADE, related_name="roles")
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("role of a model")
        verbose_name_plural = _("roles of models")
        ordering = ["role", "order", "id"]
        constraints = [
            models.UniqueConstraint("role", "model", name="model_role_once"),
            models.CheckConstraint(
                condition=Q(role__in=["chat", "reason", "extract", "summarise", "title", "vision", "embed"]),
                name="model_role_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role}: {self.model}"


class Budget(models.Model):
    """What may be spent in a calendar month (UTC): by everybody together, by one user, or in one project. The strictest that applies counts."""

    user = models.ForeignKey("profiles.User", on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    project = models.ForeignKey("assistant.Project", on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    dollars = models.DecimalField(_("US dollars a month"), max_digits=10, decimal_places=2, null=True, blank=True)
    tokens = models.PositiveBigIntegerField(_("tokens a month"), null=True, blank=True)

    class Meta:
        verbose_name = _("budget")
        verbose_name_plural = _("budgets")
        constraints = [
            models.UniqueConstraint(fields=["user", "project"], nulls_distinct=False, name="budget_once"),
            models.CheckConstraint(
                condition=Q(dollars__isnull=False) | Q(tokens__isnull=False), name="budget_limits_something"
            ),
            models.CheckConstraint(
                condition=Q(user__isnull=True) | Q(project__isnull=True), name="budget_of_one_thing"
            ),
        ]

    def __str__(self) -> str:
        whose = f"user {self.user_id}" if self.user_id else f"project {self.project_id}" if self.project_id else "all"
        return f"budget of {whose}"
