"""Rows of our own export on their way in: under which ids, and whether each column is what it says it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models

from memory.exceptions import BadValue
from memory.importing.formats import Line, is_reckonable, is_storable
from memory.importing.given import Refused
from memory.importing.part import Part
from memory.secrets import holds_secret, mask_secrets
from memory.values import clean
from profiles.owned import OwnedModel

Row = dict[str, Any]


def here(part: Part, model: type[OwnedModel], theirs: Iterable[object]) -> dict[str, UUID]:
    """For ids of the file: those under which the rows are here, be it that they never left or that they were taken in."""
    wanted: dict[UUID, str] = {}
    for name in theirs:
        if (own := part.id(name)) is not None:
            wanted[own] = wanted[UUID(str(name))] = str(name)
    found = model.objects.of(part.user_id).filter(pk__in=list(wanted)).values_list("pk", flat=True)
    return {wanted[row]: row for row in found}


def columns(model: type[OwnedModel], row: Row, names: Sequence[str]) -> dict[str, Any]:
    """Columns of a row, each of its type and among its choices. Raises Refused."""
    values: dict[str, Any] = {}
    for name in names:
        field = cast("models.Field[Any, Any]", model._meta.get_field(name))
        try:
            value = field.to_python(row.get(name))
            values[name] = None if value is None and field.null else field.clean(value, None)
        except (ValidationError, TypeError, ValueError) as error:
            raise Refused("schema") from error
        if isinstance(value, datetime) and (value.tzinfo is None or not is_reckonable(value)):
            raise Refused("date")
        if isinstance(value, str) and not is_storable(value):
            raise Refused("schema")
    return values


def newcomers(part: Part, lines: list[Line], model: type[OwnedModel]) -> list[tuple[object, Row]]:
    """(line, row) of those that are rows and not here yet; the rest is refused or counts as kept."""
    found: list[tuple[object, Row]] = []
    known = here(part, model, (line["row"].get("id") for line in lines if isinstance(line["row"], dict)))
    for line in lines:
        row = line["row"]
        if not isinstance(row, dict) or part.id(row.get("id")) is None:
            part.refuse(line["line"], "schema")
        elif str(row["id"]) in known:
            part.keep(line["kind"])
        else:
            found.append((line["line"], row))
    return found


def store(part: Part, lines: list[Line], model: type[OwnedModel], make: Callable[[Row], OwnedModel]) -> None:
    """Rows that only need to be rows: made one by one, stored together."""
    made = []
    for number, row in newcomers(part, lines, model):
        try:
            instance = make(row)
        except Refused as refused:
            part.refuse(number, refused.reason)
            continue
        instance.pk, instance.user_id = part.id(row["id"]), part.user_id
        made.append(instance)
    model.objects.bulk_create(made, ignore_conflicts=True)
    if made:
        part.keep(lines[0]["kind"], len(made))


def safe_text(value: object) -> str:
    """Text as it may be stored: no NUL, no half characters, secrets masked."""
    if not isinstance(value, str):
        raise Refused("schema")
    return mask_secrets(value.replace("\x00", "").encode("utf-8", "replace").decode("utf-8"))[0]


def column(lines: Iterable[Line], name: str) -> list[object]:
    return [line["row"][name] for line in lines if isinstance(line["row"], dict) and line["row"].get(name)]


def needed(known: dict[str, UUID], theirs: object) -> UUID:
    found = known.get(str(theirs))
    if found is None:
        raise Refused("reference")
    return found


def one_line(value: object) -> str:
    if not isinstance(value, str):
        raise Refused("schema")
    if holds_secret(value):
        raise Refused("secret")
    try:
        return clean(value)
    except BadValue as error:
        raise Refused("schema") from error
