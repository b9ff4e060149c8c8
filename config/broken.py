"""The pages for what broke, what was too much at once, and what is not there yet: made without the database, which may be what is away."""

from __future__ import annotations

import logging
import math
import sys
import time
from uuid import uuid4

from allauth.core.internal import ratelimit
from django.core.cache import cache
from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.template.loader import render_to_string
from redis.exceptions import RedisError

from config import health
from profiles.look import look_of

log = logging.getLogger(__name__)
AGAIN_SECONDS = 5  # until a page looks whether the server is there
LONGEST_WAIT_SECONDS = 60  # told where nobody knows it: most limits count by the minute
# What a person did, by the name of the page, as the sign-in counts it.
COUNTED = {
    "account_login": "login",
    "account_signup": "signup",
    "account_reset_password": "reset_password",
    "account_reset_password_from_key": "reset_password_from_key",
    "account_change_password": "change_password",
    "account_reauthenticate": "reauthenticate",
    "account_request_login_code": "request_login_code",
}


def is_starting(error: BaseException | None) -> bool:
    """Whether this went wrong because the database can't be reached yet, or has not been brought to this version."""
    if not isinstance(error, DatabaseError | InterfaceError):
        return False
    if isinstance(error, InterfaceError | OperationalError) and getattr(error.__cause__, "sqlstate", None) is None:
        return True  # there was no server to give a reason
    return not health.has_database()


def server_error(request: HttpRequest) -> HttpResponse:
    """Says that it broke, with a reference that stands in the log too; or that the server starts, and then the page tries again by itself.

    In the colours and the text size that the browser tells.
    """
    if is_starting(sys.exc_info()[1]):
        return _starting(request)
    reference = uuid4().hex[:6]
    log.error("fault %s at %s", reference, request.path)
    return HttpResponseServerError(render_to_string("500.html", {**look_of(request), "reference": reference}))


def _starting(request: HttpRequest) -> HttpResponse:
    is_safe = request.method in ("GET", "HEAD")  # else trying again would drop what was sent
    html = render_to_string("503.html", {**look_of(request), "tries_again": is_safe})
    response = HttpResponse(html, status=503, headers={"Retry-After": str(AGAIN_SECONDS), "Cache-Control": "no-store"})
    if is_safe:
        response["Refresh"] = str(AGAIN_SECONDS)
    return response


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """Says when it can be tried again."""
    seconds = _seconds_to_wait(request)
    html = render_to_string("429.html", {**look_of(request), "seconds": seconds}, request)
    return HttpResponse(html, status=429, headers={"Retry-After": str(seconds)})


def _seconds_to_wait(request: HttpRequest) -> int:
    """Until the strictest limit that is used up takes one more, in whole seconds and at least one."""
    action = COUNTED.get(request.resolver_match.url_name or "" if request.resolver_match else "")
    typed = request.POST.get("email", request.POST.get("login", "")).lower()
    user = request.user if request.user.is_authenticated else None
    waits = []
    for rate in ratelimit.get_rates(app="allauth.account", action=action) if action else ():
        if (rate.per == "user" and user is None) or (rate.per == "key" and not typed):
            continue
        key = ratelimit.get_cache_key(
            request, app="allauth.account", action=action or "", rate=rate, key=typed, user=user
        )
        try:
            taken: list[float] = cache.get(key, [])  # latest first
        except RedisError:
            continue
        if len(taken) >= rate.amount:
            waits.append(taken[rate.amount - 1] + rate.duration - time.time())
    return max(1, math.ceil(max(waits, default=LONGEST_WAIT_SECONDS)))
