"""Settings → Security: the ways into the account, and where somebody is in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from assistant.web.base import UserPage

PAGE = "/settings/security/"
MOST_SESSIONS = 20
# In this order: each browser also names those that it is like.
_BROWSERS = (("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
_SYSTEMS = (("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS", "Mac"))


@dataclass(frozen=True, slots=True)
class Passkey:
    """One passkey. `used` is None until it has opened the account."""

    id: int
    name: str
    added: datetime
    used: datetime | None


@dataclass(frozen=True, slots=True)
class SignedIn:
    """One place where somebody is signed in."""

    device: str
    ip: str
    since: datetime
    is_this: bool


def device_in_words(user_agent: str) -> str:
    """What a browser calls itself, as a person would: "Firefox on Windows"."""
    browser = next((name for mark, name in _BROWSERS if mark in user_agent), "")
    system = next((name for mark, name in _SYSTEMS if mark in user_agent), "Linux" if "Linux" in user_agent else "")
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or re.sub(r"[/ (].*", "", user_agent) or _("Unknown device")


class Security(UserPage):
    area = "settings"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Password, passkeys, two-step codes, and where somebody is signed in."""
        known = list(Authenticator.objects.filter(user=self.user).order_by("id"))
        by_type = {row.type: row for row in known}
        recovery = by_type.get(Authenticator.Type.RECOVERY_CODES)
        sessions = sorted(UserSession.objects.purge_and_list(self.user), key=lambda one: one.created_at, reverse=True)
        context = {
            "section": "security",
            "passkeys": [
                Passkey(row.pk, row.wrap().name, row.created_at, row.last_used_at)
                for row in known
                if row.type == Authenticator.Type.WEBAUTHN
            ],
            "has_codes": Authenticator.Type.TOTP in by_type,
            "recovery_codes": len(recovery.wrap().get_unused_codes()) if recovery else None,
            "sessions": [self._shown(one) for one in sessions[:MOST_SESSIONS]],
        }
        return self.page("settings/security.html", context)

    def _shown(self, session: UserSession) -> SignedIn:
        is_this = session.session_key == self.request.session.session_key
        return SignedIn(device_in_words(session.user_agent), session.ip, session.created_at, is_this)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Sign out everywhere else."""
        for session in UserSession.objects.filter(user=self.user).exclude(session_key=request.session.session_key):
            session.end()
        messages.success(request, _("Signed out everywhere else."))
        return redirect(PAGE)
