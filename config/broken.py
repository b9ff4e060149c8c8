"""The page for what broke: made without the database, which may be what did."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.template.loader import render_to_string

from profiles.look import look_of


def server_error(request: HttpRequest) -> HttpResponse:
    """Says so, in the colours and the text size that the browser tells."""
    return HttpResponseServerError(render_to_string("500.html", look_of(request)))
