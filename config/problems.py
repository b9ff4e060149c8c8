"""Every app's errors as problem+json (RFC 9457). The only place that knows them all. An exception's own text never leaves the server."""

from __future__ import annotations

import logging
from typing import Any
from uuid import uuid4

from django.core.exceptions import PermissionDenied, RequestDataTooBig, ValidationError
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from redis.exceptions import RedisError
from rest_framework import exceptions as drf
from rest_framework.response import Response

from assistant.exceptions import AssistantError, FileProblem, MessageTooLong
from assistant.files.telling import told_of_file
from config.broken import AGAIN_SECONDS, is_starting
from memory.exceptions import MemoryProblem
from profiles.exceptions import ProfileError

log = logging.getLogger(__name__)

# code: (status, what a person is told)
ANSWERS: dict[str, tuple[int, Any]] = {
    "not-found": (404, _("There is nothing at this address, or it is not yours to see.")),
    "empty-message": (400, _("There is nothing in this message.")),
    "message-too-long": (413, _("This message is too long.")),
    "unreadable-text": (400, _("This text holds characters that can't be kept, such as a NUL.")),
    "file-too-large": (413, ""),  # the words of files are in assistant/files/telling.py
    "no-room-for-file": (413, ""),
    "unknown-model": (400, _("No model of this name is connected.")),
    "nothing-to-weigh": (409, _("No memory went into this answer.")),
    "already-decided": (409, _("This was decided already, or does not wait for you.")),
    "not-what-was-shown": (409, _("This is not what you were shown. Look again before you allow it.")),
    "already-running": (409, _("Another of this kind is still at work. One at a time.")),
    "not-readable": (400, _("This file can't be taken in: it is empty, or larger than 200 MB.")),
    "already-finished": (409, _("This answer is finished already.")),
    "idempotency-key-reused": (422, _("This Idempotency-Key came with another request before.")),
    "unavailable": (503, _("This part of the server can't be reached right now. What you sent is kept.")),
    "consent-not-possible": (400, _("This kind needs no consent, or can never have it.")),
    # memory
    "not_remembered": (404, _("This was forgotten or never existed.")),
    "unknown_predicate": (400, _("There is no such kind of fact.")),
    "bad_value": (400, _("This can't be kept: it is empty, too long, or holds markup or control characters.")),
    "secret_refused": (422, _("Passwords, card numbers and keys are never kept.")),
    "consent_missing": (409, _("You have not given leave to remember matters of this kind.")),
    "already_changed": (412, _("This was changed elsewhere meanwhile.")),
    "undo_refused": (409, _("This changed again later. Undo that first.")),
    "preview_expired": (409, _("More or other things match now. Look again before you forget.")),
}
TITLES = {
    400: _("That can't be done as asked"),
    401: _("Sign in first"),
    403: _("Not allowed"),
    404: _("Not found"),
    405: _("Not possible here"),
    406: _("No such form"),
    409: _("In conflict with what stands"),
    412: _("Changed meanwhile"),
    413: _("Too large"),
    415: _("No such form"),
    422: _("Not the same request"),
    429: _("Too many at once"),
    500: _("Something went wrong on our side"),
    503: _("Not there right now"),
}


def _problem(status: int, code: str, detail: Any, errors: Any = None) -> Response:
    reference = uuid4().hex[:6]
    body: dict[str, Any] = {
        "type": f"about:blank#{code}",
        "title": str(TITLES.get(status, TITLES[400])),
        "status": status,
        "detail": str(detail),
        "code": code,
        "request_id": reference,
    }
    if errors:
        body["errors"] = errors
    return Response(body, status=status, content_type="application/problem+json")


def _field_errors(detail: Any, prefix: str = "") -> list[dict[str, str]]:
    if isinstance(detail, dict):
        return [error for name, inner in detail.items() for error in _field_errors(inner, f"{prefix}{name}.")]
    if isinstance(detail, list):
        return [error for inner in detail for error in _field_errors(inner, prefix)]
    return [{"field": prefix.rstrip("."), "code": getattr(detail, "code", "invalid"), "detail": str(detail)}]


def answer_problem(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler. Whatever it does not know is logged with a reference and told as such."""
    if isinstance(error, Http404):
        error = drf.NotFound()
    elif isinstance(error, PermissionDenied):
        error = drf.PermissionDenied()
    if isinstance(error, AssistantError | MemoryProblem | ProfileError):
        status, detail = ANSWERS.get(error.code, (400, _("That can't be done.")))
        if isinstance(error, MessageTooLong) and error.args:
            detail = _("This message is too long: the limit is %(limit)s characters.") % {"limit": error.args[0]}
        if isinstance(error, FileProblem):
            detail = told_of_file(error)
        return _problem(status, error.code, detail)
    if isinstance(error, RequestDataTooBig):
        return _problem(413, "request-too-large", _("This request is too large."))
    if isinstance(error, ValidationError):
        named = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
        return _problem(400, "invalid", _("Some of it can't be taken as it is."), _field_errors(named))
    if isinstance(error, drf.ValidationError):
        return _problem(400, "invalid", _("Some of it can't be taken as it is."), _field_errors(error.detail))
    if isinstance(error, drf.APIException):
        return _answer_of_drf(error)
    if isinstance(error, RedisError):
        log.warning("Valkey can't be reached: %s", error)
        return _problem(*((503, "unavailable", ANSWERS["unavailable"][1])))
    if is_starting(error):
        response = _problem(503, "unavailable", _("Starting up. Try again in a moment."))
        response["Retry-After"] = str(AGAIN_SECONDS)
        return response
    response = _problem(500, "fault", _("Something went wrong on our side."))
    log.error("fault %s", response.data["request_id"], exc_info=error)
    return response


def _answer_of_drf(error: drf.APIException) -> Response:
    codes = error.get_codes()
    code = str(codes if isinstance(codes, str) else "invalid").replace("_", "-")
    detail: Any = error.detail if isinstance(error.detail, str) else _("That can't be done.")
    if wait := getattr(error, "wait", None):
        seconds = int(wait) + 1
        detail = ngettext(
            "That was a lot at once. Try again in %(n)s second.",
            "That was a lot at once. Try again in %(n)s seconds.",
            seconds,
        ) % {"n": seconds}
    response = _problem(error.status_code, code, detail)
    if header := getattr(error, "auth_header", None):
        response["WWW-Authenticate"] = header
    if wait:
        response["Retry-After"] = str(seconds)
    return response
