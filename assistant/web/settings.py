"""Profile and settings: what a person sets, field by field, and the models that answer."""

from __future__ import annotations

from datetime import timedelta
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
LONGEST_DAYS = 3660  # of an access token that ends


def choices_of(predicate: str) -> list[tuple[str, str]]:
    """What a field of the profile offers, as it is kept and as it is shown; empty where anything can be typed. The rest goes into the instructions."""
    if predicate == "answer_length":
        return [
            ("short", _("Short")),
            ("medium", _("As long as it takes")),
            ("detailed", _("Detailed")),
        ]
    if predicate == "answer_style":
        return [
            ("a plain and friendly tone", _("Plain and friendly")),
            ("a matter-of-fact tone", _("Matter-of-fact")),
            ("a formal tone", _("Formal")),
            ("a casual tone", _("Casual")),
            ("a playful tone", _("Playful")),
        ]
    return []


SAME = {
    "answer_length": {"short": ("brief", "concise", "kurz", "knapp"), "detailed": ("long", "ausführlich", "largas")},
    "answer_style": {
        "a plain and friendly tone": ("friendly",),
        "a matter-of-fact tone": ("direct", "blunt"),
        "a formal tone": ("formal",),
        "a casual tone": ("casual", "informal"),
        "a playful tone": ("playful",),
    },
}


def chosen_of(predicate: str, value: str) -> str:
    """The choice that says the same as what was learned: "brief" is short, "more formal" a formal tone."""
    said = value.casefold().removeprefix("more ")
    return next((choice for choice, words in SAME.get(predicate, {}).items() if said in words), value)


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
        fact = self._shown(predicate)
        chosen, choices = chosen_of(predicate, fact.value if fact else ""), choices_of(predicate)
        if chosen and choices and chosen not in dict(choices):
            choices.insert(0, (chosen, chosen))  # in the words it was said in
        row = {"predicate": predicate, "label": labels[predicate], "group": TYPED[predicate], "fact": fact}
        return {**row, "choices": choices, "chosen": chosen, "error": errors.get(predicate, "")}

    def _shown(self, predicate: str) -> memory.FactView | None:
        """The fact that a field shows. Of the wishes for the style of answers, only one for the tone; the others stand on the memory page."""
        found = memory.facts_of(self.user.pk, memory.FactFilter(predicate=predicate, subject="user"), limit=40).facts
        if predicate == "answer_style":
            found = tuple(fact for fact in found if chosen_of(predicate, fact.value) in SAME[predicate])
        return next(iter(found), None)

    def _put(self, predicate: str, value: str) -> None:
        """Keep a value. A tone takes the place of the one that was shown, and leaves other wishes for the style as they are. Raises MemoryProblem."""
        fact, now = self._shown(predicate), timezone.now()
        if predicate != "answer_style" or fact is None:
            memory.edit_profile(self.user.pk, predicate=predicate, value=value, at=now)
        elif value:
            memory.correct(self.user.pk, fact.id, value=value, kind="changed", at=now)
        else:
            memory.mark_wrong(self.user.pk, fact.id, at=now)

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
                    self._put(predicate, value[:240])
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
        """Light, dark, the size of text, keys, and what is read out."""
        context = {
            "section": "appearance",
            "themes": Profile.Theme.choices,
            "sizes": Profile.TextSize.choices,
            "announcements": Profile.Announce.choices,
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
                has_single_keys=request.POST.get("has_single_keys") == "on",
                announce=request.POST.get("announce", self.profile.announce),
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
            "terms": (30, 90, 365),
            "secret": secret,
            "error": error,
        }
        return self.page("settings/tokens.html", context, status=400 if error else 200)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Make one; its secret is shown this once."""
        try:
            days = int(request.POST.get("days") or 0)
            issued = issue_access_token(
                self.user,
                name=request.POST.get("name", ""),
                scopes=request.POST.getlist("scopes"),
                at=timezone.now(),
                expires_at=timezone.now() + timedelta(days=days) if 0 < days <= LONGEST_DAYS else None,
            )
        except (ValidationError, ValueError):
            return self.get(request, error=_("An access token needs a name of its own, and something that it may do."))
        return self.get(request, secret=issued.secret)


class RevokeAccessToken(UserPage):
    def post(self, request: HttpRequest, token_id: UUID) -> HttpResponse:
        """It stops working at once."""
        revoke_access_token(self.user, token_id)
        messages.success(request, _("Revoked."))
        return redirect("/settings/tokens/")
