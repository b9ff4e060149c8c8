"""/me/exports and /me/imports: everything taken along, and what another assistant kept taken in. A worker does it; these say how far it is."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from assistant.exchange import transfers
from assistant.models import Transfer
from assistant.rest.base import Strict, UserView, checked, page
from assistant.tasks import wake, work_on_transfer
from profiles.api import AccessToken

# An export holds all of them, so a token must be allowed to read all of them; an import writes chats and memory.
READS = (AccessToken.Scope.CHAT, AccessToken.Scope.MEMORY_READ, AccessToken.Scope.PROFILE)
WRITES = (AccessToken.Scope.CHAT, AccessToken.Scope.MEMORY_WRITE)


class TransferShape(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    state = serializers.ChoiceField(choices=Transfer.State.choices)
    done = serializers.IntegerField(help_text="Chats that are through.")
    total = serializers.IntegerField(help_text="Chats in all, as far as is known by now.")
    problem = serializers.CharField(help_text="Why it failed, as a short name; empty where it did not.")
    created_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)


class ExportShape(TransferShape):
    size = serializers.IntegerField(help_text="Bytes of the file.")
    file = serializers.CharField(
        allow_null=True, help_text="Where the archive can be fetched, for a day after it was made."
    )


class ImportShape(TransferShape):
    name = serializers.CharField()
    source = serializers.ChoiceField(  # type: ignore[assignment]  # an attribute of theirs by this name
        choices=["", *Transfer.Source.values], help_text="Whose export it is."
    )
    found = serializers.DictField(child=serializers.IntegerField(), help_text="Chats and messages in the file.")
    kept = serializers.DictField(
        child=serializers.IntegerField(), help_text="What came in, chats known before, and files left out."
    )
    waiting = serializers.IntegerField(help_text="Facts of imports that wait for review (200 at most).")


class ExportPage(serializers.Serializer[Any]):
    items = ExportShape(many=True)
    next_cursor = serializers.CharField(allow_null=True)


class ImportPage(serializers.Serializer[Any]):
    items = ImportShape(many=True)
    next_cursor = serializers.CharField(allow_null=True)


class NewImport(Strict):
    file = serializers.FileField(
        allow_empty_file=True, help_text="The export as its assistant gave it, 200 MB at most."
    )


def _body(row: Transfer) -> dict[str, Any]:
    names = ("id", "state", "done", "total", "problem", "created_at", "finished_at")
    return {name: getattr(row, name) for name in names}


def export_body(row: Transfer) -> dict[str, Any]:
    is_there = row.state == Transfer.State.DONE
    return {**_body(row), "size": row.size, "file": f"/api/v1/me/exports/{row.id}/file" if is_there else None}


def import_body(row: Transfer) -> dict[str, Any]:
    told = {name: getattr(row, name) for name in ("name", "source", "found", "kept")}
    return {**_body(row), **told, "waiting": transfers.waiting_for_review(row.user_id, row)}


class ZipRenderer(BaseRenderer):
    """Lets DRF agree to `Accept: application/zip`; renders only what went wrong."""

    media_type = "application/zip"
    format = "zip"

    def render(self, data: Any, accepted_media_type: str | None = None, renderer_context: Any = None) -> bytes:
        return JSONRenderer().render(data, accepted_media_type, renderer_context)


class ExportView(UserView):
    scope_to_read = scope_to_write = READS


class Exports(ExportView):
    @extend_schema(operation_id="exports_list", responses=ExportPage)
    def get(self, request: Request) -> Response:
        """The latest exports, newest first."""
        rows = transfers.transfers_of(self.user.pk, kind=Transfer.Kind.EXPORT)
        return page([export_body(row) for row in rows], None)

    @extend_schema(operation_id="exports_create", request=None, responses={202: ExportShape})
    def post(self, request: Request) -> Response:
        """Have everything packed. What was packed before goes; one at a time (409 `already-running`)."""
        row = transfers.open_export(self.user.pk, at=timezone.now())
        transaction.on_commit(partial(wake, work_on_transfer, self.user.pk, row.id))
        return Response(export_body(row), status=202)


class OneExport(ExportView):
    @extend_schema(operation_id="exports_read", responses=ExportShape)
    def get(self, request: Request, transfer_id: UUID) -> Response:
        """How far it is."""
        return Response(export_body(transfers.get_transfer(self.user.pk, transfer_id, kind=Transfer.Kind.EXPORT)))


class CancelExport(ExportView):
    @extend_schema(operation_id="exports_cancel", request=None, responses=ExportShape)
    def post(self, request: Request, transfer_id: UUID) -> Response:
        """Go no further."""
        transfers.get_transfer(self.user.pk, transfer_id, kind=Transfer.Kind.EXPORT)
        transfers.cancel(self.user.pk, transfer_id, at=timezone.now())
        return Response(export_body(transfers.get_transfer(self.user.pk, transfer_id)))


class ExportFile(ExportView):
    renderer_classes = [JSONRenderer, ZipRenderer]

    @extend_schema(operation_id="exports_file", responses={(200, "application/zip"): OpenApiTypes.BINARY})
    def get(self, request: Request, transfer_id: UUID) -> HttpResponseBase:
        """The archive: JSON, Markdown and pages to read."""
        row = transfers.get_transfer(self.user.pk, transfer_id)
        pieces = list(transfers.result_of(self.user.pk, transfer_id))  # read while the wall stands
        headers = {"Content-Disposition": f'attachment; filename="{row.name}"', "Content-Length": str(row.size)}
        headers["Cache-Control"] = "no-store"
        return StreamingHttpResponse(pieces, content_type="application/zip", headers=headers)


class ImportView(UserView):
    scope_to_read = scope_to_write = WRITES


class Imports(ImportView):
    parser_classes = [MultiPartParser]

    @extend_schema(operation_id="imports_list", responses=ImportPage)
    def get(self, request: Request) -> Response:
        """The latest imports, newest first."""
        rows = transfers.transfers_of(self.user.pk, kind=Transfer.Kind.IMPORT)
        return page([import_body(row) for row in rows], None)

    @extend_schema(
        operation_id="imports_create", request={"multipart/form-data": NewImport}, responses={202: ImportShape}
    )
    def post(self, request: Request) -> Response:
        """Take in an export of ChatGPT, Claude, Open WebUI or Remembrancer. What is learned from it waits for review; one at a time."""
        file = checked(NewImport, request)["file"]
        row = transfers.open_import(self.user.pk, file.chunks(), name=file.name or "", at=timezone.now())
        transaction.on_commit(partial(wake, work_on_transfer, self.user.pk, row.id))
        return Response(import_body(row), status=202)


class OneImport(ImportView):
    @extend_schema(operation_id="imports_read", responses=ImportShape)
    def get(self, request: Request, transfer_id: UUID) -> Response:
        """How far it is, and in the end what came in."""
        return Response(import_body(transfers.get_transfer(self.user.pk, transfer_id, kind=Transfer.Kind.IMPORT)))


class CancelImport(ImportView):
    @extend_schema(operation_id="imports_cancel", request=None, responses=ImportShape)
    def post(self, request: Request, transfer_id: UUID) -> Response:
        """Go no further. Chats that came in already stay."""
        transfers.get_transfer(self.user.pk, transfer_id, kind=Transfer.Kind.IMPORT)
        transfers.cancel(self.user.pk, transfer_id, at=timezone.now())
        return Response(import_body(transfers.get_transfer(self.user.pk, transfer_id)))
