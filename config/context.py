"""What every template may ask about this installation."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def installation(request: HttpRequest) -> dict[str, bool]:
    """Whether mail can be sent, and whether anybody may sign up."""
    return {"mail_is_set_up": bool(settings.EMAIL_URL), "sign_up_is_open": settings.SIGN_UP == "open"}
