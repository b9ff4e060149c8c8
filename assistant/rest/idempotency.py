"""A POST that carries an Idempotency-Key runs once: whoever repeats it gets the first answer again."""

from __future__ import annotations

import hashlib
import json
from typing import Any, cast
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.encoders import JSONEncoder

from assistant.exceptions import KeyReused
from assistant.models import IdempotentRequest

LONGEST_KEY = 120


def _key(request: Request) -> str:
    return request.headers.get("Idempotency-Key", "")[:LONGEST_KEY] if request.method == "POST" else ""


def _user_id(request: Request) -> UUID:
    return cast("UUID", request.user.pk)


def _digest(request: Request) -> bytes:
    files = request.FILES
    fields = request.data
    if files and isinstance(fields, dict):
        fields = {name: value for name, value in fields.items() if name not in files}
    digest = hashlib.sha256(f"{request.path}\n{json.dumps(fields, sort_keys=True, cls=JSONEncoder)}".encode())
    for name, file in files.items():
        digest.update(f"\n{name}\n{file.name}\n".encode())
        for piece in file.chunks():
            digest.update(piece)
    return digest.digest()


def replayed(request: Request) -> Response | None:
    """The first answer, when this request was answered before. Of two at once the second waits for the first: the row is unique.

    Raises KeyReused when the key came with something else.
    """
    if not (key := _key(request)):
        return None
    digest = _digest(request)
    try:
        with transaction.atomic():
            IdempotentRequest.objects.create(
                user_id=_user_id(request), key=key, digest=digest, received_at=timezone.now()
            )
    except IntegrityError:
        known = IdempotentRequest.objects.of(_user_id(request)).get(key=key)
        if bytes(known.digest) != digest:
            raise KeyReused(key) from None
        return Response(known.body, status=known.status, headers={"Idempotency-Replayed": "true"})
    return None


def remember_answer(request: Request, response: Any) -> None:
    """Keep the answer for whoever repeats the request. An answer that is raised as an error is not kept: its transaction is gone."""
    if (key := _key(request)) and isinstance(response, Response) and "Idempotency-Replayed" not in response.headers:
        body = json.loads(json.dumps(response.data, cls=JSONEncoder))  # as it goes out, so that a replay is the same
        IdempotentRequest.objects.of(_user_id(request)).filter(key=key).update(status=response.status_code, body=body)
