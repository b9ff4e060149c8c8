"""What every template may ask about this installation and whoever looks at it."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from profiles.look import look_of


def installation(request: HttpRequest) -> dict[str, object]:
    """Whether mail can be sent, whether anybody may sign up, and how this browser's person wants pages to look."""
    return {
        "mail_is_set_up": bool(settings.EMAIL_URL),
        "sign_up_is_open": settings.SIGN_UP == "open",
        **look_of(request),
    }
