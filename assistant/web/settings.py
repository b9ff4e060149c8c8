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

from assistant.llm.choice import BUILTIN
from assistant.llm.counting import count_tokens
from assistant.web.base import UserPage, as_typed, is_changed_elsewhere
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
SET = ("language", "time_zone", "expertise", "custom_instructions")
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

    def get(
        self, request: HttpRequest, errors: dict[str, str] | None = None, theirs: dict[str, str] | None = None
    ) -> HttpResponse:
        """What was typed beside what was learned. `errors`, and what stands by now where that was changed elsewhere: by field."""
        context = {
            "rows": [self._row(predicate, errors or {}, theirs) for predicate in TYPED],
            "profile": self.profile,
            "settings": {name: self._setting(name, errors or {}, theirs) for name in SET},
            "languages": django_settings.LANGUAGES,
            "levels": Profile.Expertise.choices,
            "zones": sorted(available_timezones()),
            "instructions_limit": INSTRUCTIONS_LIMIT,
            "instructions_tokens": count_tokens(self.profile.custom_instructions, BUILTIN),
            "errors": errors or {},
        }
        return self.page("settings/profile.html", context, status=412 if theirs else 400 if errors else 200)

    def _setting(self, name: str, errors: dict[str, str], theirs: dict[str, str] | None) -> dict[str, Any]:
        """A field that is kept as a setting: what stands, what the form shows, and what went wrong with it."""
        now = getattr(self.profile, name)
        is_open = bool(theirs and name in theirs)
        shown = self.request.POST.get(name, now) if is_open or name in errors else now
        return {
            "now": now,
            "shown": shown,
            "error": errors.get(name, ""),
            "theirs": [("", self._in_words(name, now))] if is_open else (),
        }

    def _in_words(self, name: str, value: str) -> str:
        """A setting as its field shows it."""
        named: dict[str, dict[str, Any]] = {
            "language": dict(django_settings.LANGUAGES),
            "expertise": dict(Profile.Expertise.choices),
        }
        return str(named.get(name, {}).get(value, value))

    def _row(self, predicate: str, errors: dict[str, str], theirs: dict[str, str] | None = None) -> dict[str, Any]:
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
        now = chosen if choices else fact.value if fact else ""
        is_open = bool(theirs and predicate in theirs)
        return {
            **row,
            "choices": choices,
            "now": now,
            "shown": self.request.POST.get(predicate, now) if is_open or predicate in errors else now,
            "theirs": [("", str(dict(choices).get(now, now)))] if is_open else (),
            "error": errors.get(predicate, ""),
        }

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
        theirs = self._changed_elsewhere()
        errors = self._save(theirs)
        if self.wants_fragment:
            name = request.POST.get("field", "")
            is_typed = name in TYPED
            row = self._row(name, errors, theirs) if is_typed else {}
            if name in SET:
                row = self._setting(name, errors, theirs)
            template = "settings/_profile_row.html" if is_typed else "settings/_profile_state.html"
            return self.fragment(template, {"row": row, "is_saved": not errors and not theirs})
        if errors or theirs:
            return self.get(request, errors, theirs)
        messages.success(request, _("Saved."))
        return redirect("/profile/")

    def _changed_elsewhere(self) -> dict[str, str]:
        """What stands now, by field, where the form began with something else and wants a third."""
        stands = {name: getattr(self.profile, name) for name in SET}
        stands |= {predicate: self._row(predicate, {})["now"] for predicate in TYPED if predicate in self.request.POST}
        return {name: now for name, now in stands.items() if is_changed_elsewhere(self.request.POST, name, now=now)}

    def _wanted(self, name: str) -> str | None:
        """What the form wants a field to be; None where it leaves it as it was."""
        form = self.request.POST
        if name not in form or as_typed(form[name]) == as_typed(form.get(f"{name}-was", "\x00")):
            return None
        return as_typed(form[name])

    def _save(self, theirs: dict[str, str]) -> dict[str, str]:
        """Save what is wanted, but for `theirs`. Returns what could not be saved, by field, in words."""
        errors: dict[str, str] = {}
        for predicate in TYPED:
            value = self._wanted(predicate)
            if value is None or predicate in theirs:
                continue
            if not value and f"{predicate}-was" not in self.request.POST:
                continue
            try:
                self._put(predicate, value[:240])
            except MemoryProblem as error:
                errors[predicate] = told(error)
        for name in SET:
            value = self._wanted(name)
            if value is None or name in theirs:
                continue
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
                sends_by_ctrl_enter=request.POST.get("sends_by_ctrl_enter") == "on",
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
