"""Profile and settings: what a person sets, field by field, and the models that answer."""

from __future__ import annotations

from typing import Any
from uuid import UUID
from zoneinfo import available_timezones

from django.conf import settings as django_settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from assistant.web.base import UserPage
from assistant.web.memory_page import told
from memory import api as memory
from memory.exceptions import MemoryProblem
from profiles.api import AccessToken, Profile, change_profile, issue_access_token, revoke_access_token

# What of a person is kept as typed facts, not as settings.
TYPED = {
    "name": "you",
    "preferred_name": "you",
    "pronouns": "you",
    "lives_in": "you",
    "answer_length": "style",
    "answer_style": "style",
}
INSTRUCTIONS_LIMIT = 1500


class ProfilePage(UserPage):
    area = "profile"

    def get(self, request: HttpRequest, errors: dict[str, str] | None = None) -> HttpResponse:
        """What was typed beside what was learned. `errors`: by field."""
        context = {
            "rows": [self._row(predicate, errors or {}) for predicate in TYPED],
            "profile": self.profile,
            "languages": django_settings.LANGUAGES,
            "levels": Profile.Expertise.choices,
            "zones": sorted(available_timezones()),
            "instructions_limit": INSTRUCTIONS_LIMIT,
            "errors": errors or {},
        }
        return self.page("settings/profile.html", context, status=400 if errors else 200)

    def _row(self, predicate: str, errors: dict[str, str]) -> dict[str, Any]:
        labels = {
            "name": _("Name"),
            "preferred_name": _("Call me"),
            "pronouns": _("Pronouns"),
            "lives_in": _("Lives in"),
            "answer_length": _("Length"),
            "answer_style": _("Tone"),
        }
        found = memory.facts_of(self.user.pk, memory.FactFilter(predicate=predicate, subject="user"), limit=1).facts
        row = {"predicate": predicate, "label": labels[predicate], "group": TYPED[predicate]}
        return {**row, "fact": next(iter(found), None), "error": errors.get(predicate, "")}

    def post(self, request: HttpRequest) -> HttpResponse:
        """Save what was sent: the whole form, or for a script one field, which is told how that went."""
        errors = self._save(request)
        if self.wants_fragment:
            name = request.POST.get("field", "")
            row = self._row(name, errors) if name in TYPED else {"error": errors.get(name, "")}
            template = "settings/_profile_row.html" if name in TYPED else "settings/_profile_state.html"
            return self.fragment(template, {"row": row, "is_saved": not errors})
        if errors:
            return self.get(request, errors)
        messages.success(request, _("Saved."))
        return redirect("/profile/")

    def _save(self, request: HttpRequest) -> dict[str, str]:
        """What could not be saved, by field, in words."""
        errors: dict[str, str] = {}
        for predicate in TYPED:
            value = request.POST.get(predicate, "").strip()
            if predicate in request.POST and value != request.POST.get(f"{predicate}-was", ""):
                try:
                    memory.edit_profile(self.user.pk, predicate=predicate, value=value[:240], at=timezone.now())
                except MemoryProblem as error:
                    errors[predicate] = told(error)
        for name in ("language", "time_zone", "expertise", "custom_instructions"):
            if name not in request.POST:
                continue
            value = request.POST[name].strip()
            if name == "time_zone" and value not in available_timezones():
                errors[name] = _("There is no such time zone.")
                continue
            try:
                self.profile = change_profile(self.user.pk, **{name: value})
            except ValidationError as error:
                errors[name] = " ".join(error.messages)
        return errors


class Appearance(UserPage):
    area = "settings"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Light, dark, and the size of text."""
        context = {
            "section": "appearance",
            "themes": Profile.Theme.choices,
            "sizes": Profile.TextSize.choices,
            "profile": self.profile,
        }
        return self.page("settings/appearance.html", context)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Save the choice."""
        try:
            change_profile(
                self.user.pk,
                theme=request.POST.get("theme", "system"),
                text_size=int(request.POST.get("text_size", "100")),
            )
        except (ValidationError, ValueError):
            messages.error(request, _("That can't be chosen."))
        else:
            messages.success(request, _("Saved."))
        return redirect("/settings/appearance/")


class AccessTokens(UserPage):
    area = "settings"

    def get(self, request: HttpRequest, secret: str = "", error: str = "") -> HttpResponse:
        """The access tokens, and a form for another."""
        tokens = AccessToken.objects.filter(user=self.user).order_by("-id")[:200]
        context = {
            "section": "tokens",
            "tokens": tokens,
            "scopes": AccessToken.Scope.choices,
            "secret": secret,
            "error": error,
        }
        return self.page("settings/tokens.html", context, status=400 if error else 200)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Make one; its secret is shown this once."""
        try:
            issued = issue_access_token(
                self.user, name=request.POST.get("name", ""), scopes=request.POST.getlist("scopes"), at=timezone.now()
            )
        except ValidationError:
            return self.get(request, error=_("An access token needs a name of its own, and something that it may do."))
        return self.get(request, secret=issued.secret)


class RevokeAccessToken(UserPage):
    def post(self, request: HttpRequest, token_id: UUID) -> HttpResponse:
        """It stops working at once."""
        revoke_access_token(self.user, token_id)
        messages.success(request, _("Revoked."))
        return redirect("/settings/tokens/")
