"""/files: uploaded first, then named in the message that they go with."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponseBase
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from assistant.files.keep import drop_upload, get_file, keep_upload
from assistant.files.serving import file_response
from assistant.rest.base import Strict, UserView, checked
from assistant.rest.shapes import FileShape, file_body


class NewFile(Strict):
    file = serializers.FileField(
        allow_empty_file=True,
        max_length=1000,
        help_text="Text, a PDF, or a picture as PNG, JPEG, WebP or GIF; 10 MB unless the operator set another limit.",
    )


class AnyRenderer(BaseRenderer):
    """Lets DRF agree to whatever is accepted; renders only what went wrong."""

    media_type = "*/*"
    format = "bytes"

    def render(self, data: Any, accepted_media_type: str | None = None, renderer_context: Any = None) -> bytes:
        return JSONRenderer().render(data, accepted_media_type, renderer_context)


class Files(UserView):
    parser_classes = [MultiPartParser]

    @extend_schema(operation_id="files_create", request={"multipart/form-data": NewFile}, responses={201: FileShape})
    def post(self, request: Request) -> Response:
        """Upload a file for a message that is yet to be sent. What it is shows in its bytes; without a message it is deleted after a day."""
        file = checked(NewFile, request)["file"]
        kept = keep_upload(self.user.pk, file.chunks(), name=file.name or "", at=timezone.now())
        return Response(file_body(kept), status=201)


class OneFile(UserView):
    @extend_schema(operation_id="files_read", responses=FileShape)
    def get(self, request: Request, file_id: UUID) -> Response:
        """What is known of it."""
        return Response(file_body(get_file(self.user.pk, file_id)))

    @extend_schema(operation_id="files_delete", responses={204: None})
    def delete(self, request: Request, file_id: UUID) -> Response:
        """Delete an upload that was not sent. What was sent stays, and goes with its conversation."""
        drop_upload(self.user.pk, file_id)
        return Response(status=204)


class FileContent(UserView):
    renderer_classes = [JSONRenderer, AnyRenderer]

    @extend_schema(operation_id="files_content", responses={(200, "application/octet-stream"): OpenApiTypes.BINARY})
    def get(self, request: Request, file_id: UUID) -> HttpResponseBase:
        """The bytes, to be saved; those of pictures may be shown."""
        return file_response(get_file(self.user.pk, file_id))
