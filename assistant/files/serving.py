"""A file on its way to its owner's browser: never as a page, whatever stands in it."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from assistant.files.keep import content_of
from assistant.models import File

POLICY = "default-src 'none'; sandbox"


def file_response(file: File) -> HttpResponse:
    """Pictures are shown, all else is saved. The media type is the one that was found in the bytes. Raises NotFound where they are gone."""
    media_type = "text/plain; charset=utf-8" if file.kind == File.Kind.TEXT else file.media_type
    response = HttpResponse(content_of(file), content_type=media_type)
    response["Content-Disposition"] = content_disposition_header(not file.is_image, file.name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = POLICY
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    return response
