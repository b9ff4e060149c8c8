"""How pages look for somebody, as far as it is known without the database: a page that says that something broke must not need it."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from profiles.models import Profile

COOKIE = "look"  # theme and text size, such as "dark-112"; read by a script as well, for the page that is kept for no network
KEPT_SECONDS = 365 * 24 * 3600


def look_of(request: HttpRequest) -> dict[str, object]:
    """`theme` and `text_size` of the last page that this browser was given; the defaults when it tells none, or nonsense."""
    theme, _, size = request.COOKIES.get(COOKIE, "").partition("-")
    return {
        "theme": theme if theme in Profile.Theme.values else Profile.Theme.SYSTEM.value,
        "text_size": int(size) if size in {str(value) for value in Profile.TextSize.values} else 100,
    }


def keep_look(request: HttpRequest, response: HttpResponseBase, profile: Profile) -> None:
    """Let the browser tell the look and the language of this profile from now on."""
    wanted = {COOKIE: f"{profile.theme}-{profile.text_size}", settings.LANGUAGE_COOKIE_NAME: profile.language}
    for name, value in wanted.items():
        if request.COOKIES.get(name) != value:
            response.set_cookie(
                name, value, max_age=KEPT_SECONDS, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
            )
