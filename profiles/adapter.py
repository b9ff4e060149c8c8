"""Who may sign up: nobody, the invited, or anybody, as the setting SIGN_UP says."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from profiles.accounts import open_profile
from profiles.invitations import invited_address
from profiles.models import User

KEY = "invitation"


class AccountAdapter(DefaultAccountAdapter):
    """allauth's questions, answered."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """An invitation comes in the link and is kept in the session until its form is sent."""
        if settings.SIGN_UP == "open":
            return True
        if settings.SIGN_UP != "invitation":
            return False
        if token := request.GET.get(KEY):
            request.session[KEY] = token
        return bool(invited_address(request.session.get(KEY, "")))

    def clean_email(self, email: str) -> str:
        """The invited sign up with the address that was invited."""
        email = str(super().clean_email(email)).lower()
        if settings.SIGN_UP == "invitation" and self.request is not None and KEY in self.request.session:
            invited = invited_address(self.request.session[KEY])
            if invited and email != invited:
                raise ValidationError(_("This invitation is for another address."))
        return email

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        """A new account gets its profile at once."""
        saved: User = super().save_user(request, user, form, commit=commit)
        if commit:
            open_profile(saved, language=(get_language() or "en").split("-")[0], time_zone="UTC")
            request.session.pop(KEY, None)
        return saved
