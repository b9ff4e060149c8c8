"""Open an import, take in one part of it, cancel it, say how far it is."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from datetime import datetime
from itertools import groupby
from uuid import UUID

from memory import jobs
from memory.exceptions import NotRemembered
from memory.importing.formats import Line, parse
from memory.importing.given import take_facts, take_turns
from memory.importing.part import Part
from memory.importing.restore import RESTORERS
from memory.models import Import, ImportPart, MemoryJob
from memory.types import ImportView
from memory.version import lock_user

PART_LINES = 500
MOST_ERRORS = 200  # that are listed; the rest is counted


def open_import(user_id: UUID, data: bytes, *, at: datetime, name: str = "") -> ImportView:
    """Keep a file, in parts, to be taken in by `advance_import`. Nothing of it is remembered yet. Raises BadFile."""
    parsed = parse(data)
    parts = [parsed.lines[start : start + PART_LINES] for start in range(0, len(parsed.lines), PART_LINES)]
    row = Import.objects.create(
        user_id=user_id,
        format=parsed.format,
        name=name[:120],
        total=len(parsed.lines),
        parts=len(parts),
        found=parsed.found,
        opened_at=at,
    )
    ImportPart.objects.bulk_create(
        (
            ImportPart(user_id=user_id, whole=row, number=number, lines=gzip.compress(json.dumps(lines).encode(), 3))
            for number, lines in enumerate(parts)
        ),
        batch_size=20,
    )
    jobs.make_due(user_id, MemoryJob.Kind.IMPORT, at=at)
    return view_of(row)


def register_import(user_id: UUID, *, name: str, turns: int, at: datetime) -> UUID:
    """An import whose turns the caller records itself, naming it in `Said.imported_in`: what is read of them waits for the user. Its id."""
    row = Import.objects.create(
        user_id=user_id,
        format=Import.Format.HISTORY,
        name=name[:120],
        state=Import.State.DONE,
        total=turns,
        done=turns,
        parts=0,
        found={"turn": turns},
        opened_at=at,
        finished_at=at,
    )
    return row.pk


def advance_import(user_id: UUID, import_id: UUID, *, at: datetime) -> ImportView:
    """Take in the next part, in the caller's transaction: it counts as a whole or not at all. Raises NotRemembered."""
    lock_user(user_id)
    row = _given(user_id, import_id)
    if row.state != Import.State.RUNNING:
        return view_of(row)
    waiting = ImportPart.objects.of(user_id).filter(whole=row, number=row.cursor).first()
    if waiting is not None:
        lines: list[Line] = json.loads(gzip.decompress(bytes(waiting.lines)))
        part = Part(user_id, row.pk, at)
        for kind, group in groupby(lines, key=lambda line: str(line["kind"])):
            _TAKERS[kind](part, list(group))
        waiting.delete()
        row.done += len(lines)
        row.kept = {name: row.kept.get(name, 0) + part.kept.get(name, 0) for name in {**row.kept, **part.kept}}
        row.errors = [*row.errors, *part.errors][:MOST_ERRORS]
    row.cursor += 1
    if row.cursor >= row.parts:
        row.state, row.finished_at = Import.State.DONE, at
    row.save()
    return view_of(row)


_TAKERS: dict[str, Callable[[Part, list[Line]], None]] = {"turn": take_turns, "fact": take_facts, **RESTORERS}


def cancel_import(user_id: UUID, import_id: UUID, *, at: datetime) -> ImportView:
    """Take in no more. What came in already stays. Raises NotRemembered."""
    lock_user(user_id)
    row = _given(user_id, import_id)
    if row.state == Import.State.RUNNING:
        _cancel(row, at)
    return view_of(row)


def cancel_all(user_id: UUID, *, at: datetime) -> int:
    """The same for all that run: what waits in them may hold what is being forgotten. How many."""
    rows = list(Import.objects.of(user_id).filter(state=Import.State.RUNNING))
    for row in rows:
        _cancel(row, at)
    return len(rows)


def _cancel(row: Import, at: datetime) -> None:
    ImportPart.objects.of(row.user_id).filter(whole=row).delete()
    row.state, row.finished_at = Import.State.CANCELLED, at
    row.save(update_fields=["state", "finished_at"])


def running_import(user_id: UUID) -> UUID | None:
    """The import that was opened first and is not finished."""
    return (
        Import.objects.of(user_id)
        .filter(state=Import.State.RUNNING)
        .order_by("opened_at", "id")
        .values_list("pk", flat=True)
        .first()
    )


def import_of(user_id: UUID, import_id: UUID) -> ImportView:
    """How far it is. Raises NotRemembered."""
    return view_of(_given(user_id, import_id))


def imports_of(user_id: UUID) -> list[ImportView]:
    """All imports, the latest first."""
    return [view_of(row) for row in Import.objects.of(user_id).order_by("-opened_at", "-id")]


def _given(user_id: UUID, import_id: UUID) -> Import:
    row = Import.objects.of(user_id).filter(pk=import_id).first()
    if row is None:
        raise NotRemembered("There is no such import.")
    return row


def view_of(row: Import) -> ImportView:
    return ImportView(
        id=row.pk,
        format=row.format,
        name=row.name,
        state=row.state,
        total=row.total,
        done=row.done,
        found=dict(row.found),
        kept=dict(row.kept),
        errors=tuple((error["line"], error["reason"]) for error in row.errors),
        opened_at=row.opened_at,
        finished_at=row.finished_at,
    )
