"""Providers, models, roles and budgets in the administration. A key goes in and is never shown again."""

from __future__ import annotations

from typing import Any, ClassVar

from asgiref.sync import async_to_sync
from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin, TabularInline

from assistant.llm.connected import as_model
from assistant.llm.keys import UnreadableKey, encrypt
from assistant.llm.trial import role_of, try_model
from assistant.models import Budget, ConnectedModel, ModelRole, Provider


class ProviderForm(forms.ModelForm):  # type: ignore[type-arg]
    """A provider, with room for a new key."""

    key = forms.CharField(
        label=_("Key"),
        required=False,
        strip=True,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("Stored encrypted and never shown again. Leave empty to keep the one that is stored."),
    )

    class Meta:
        model = Provider
        fields = ("kind", "name", "api_base", "key", "is_enabled")

    def save(self, commit: bool = True) -> Provider:
        if self.cleaned_data["key"]:
            self.instance.key_cipher = encrypt(self.cleaned_data["key"])
        provider: Provider = super().save(commit)
        return provider


class OfferInline(TabularInline):
    model = ConnectedModel
    extra = 1
    fields = ("name", "label", "is_enabled")


@admin.register(Provider)
class ProviderAdmin(ModelAdmin):
    form = ProviderForm
    inlines: ClassVar = (OfferInline,)
    list_display = ("name", "kind", "api_base", "stored_key", "is_enabled")
    list_filter = ("kind", "is_enabled")
    actions = ("try_models",)

    @admin.display(description=_("key"), boolean=True)
    def stored_key(self, provider: Provider) -> bool:
        return provider.has_key

    @admin.action(description=_("Ask each model to say ok"))
    def try_models(self, request: HttpRequest, queryset: QuerySet[Provider]) -> None:
        if request.user.pk is None:
            return
        for row in ConnectedModel.objects.usable().filter(provider__in=queryset):
            try:
                result = async_to_sync(try_model)(request.user.pk, as_model(row), role=role_of(row))
            except UnreadableKey:
                messages.error(request, _("%(model)s: the key has to be entered again.") % {"model": row})
                continue
            level = messages.SUCCESS if result.ok else messages.ERROR
            messages.add_message(request, level, f"{row}: {result.sentence}")


@admin.register(ModelRole)
class ModelRoleAdmin(ModelAdmin):
    list_display = ("role", "model", "order")
    list_filter = ("role",)
    list_select_related = ("model__provider",)
    ordering = ("role", "order", "id")


@admin.register(Budget)
class BudgetAdmin(ModelAdmin):
    list_display = ("__str__", "dollars", "tokens")
    autocomplete_fields = ("user",)
    fields = ("user", "dollars", "tokens")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Those of everybody and of users; a project's is set where the project is."""
        budgets: QuerySet[Any] = super().get_queryset(request).filter(project__isnull=True).select_related("user")
        return budgets
