"""A file, for whoever attached it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from assistant.files.keep import get_file
from assistant.files.serving import file_response
from assistant.web.base import UserPage


class OneFile(UserPage):
    def get(self, request: HttpRequest, file_id: UUID) -> HttpResponse:
        """Its bytes: a picture to look at, all else to save."""
        return file_response(get_file(self.user.pk, file_id))
