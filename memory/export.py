"""All that memory holds of a user: as plain data to take along, or to remove for the end of an account."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import connection, models

from memory.models import (
    Batch,
    Entity,
    EntityAlias,
    Episode,
    Evidence,
    Fact,
    FactLink,
    ForgetReceipt,
    Import,
    ImportPart,
    MemoryEvent,
    MemoryJob,
    MemoryState,
    Question,
    Rejection,
    Summary,
    Tombstone,
    Vector,
)

# What is not taken along: hashes and numbers that mean nothing outside of this installation.
_LEFT = frozenset(
    {
        "user",
        "terms",
        "changed_version",
        "halfvec",
        "digest",
        "length",
        "episode_length",
        "value_key",
        "slot_key",
        "name_key",
        "bare_key",
        "alias_key",
    }
)
_EXPORTED: tuple[tuple[str, type[models.Model]], ...] = (
    ("imports", Import),
    ("turns", Episode),
    ("facts", Fact),
    ("evidence", Evidence),
    ("links", FactLink),
    ("people_and_things", Entity),
    ("other_names", EntityAlias),
    ("questions", Question),
    ("batches", Batch),
    ("changes", MemoryEvent),
    ("refusals", Rejection),
    ("summaries", Summary),
    ("receipts", ForgetReceipt),
)
# In an order in which nothing is left pointing at what is gone.
_ERASED: tuple[type[models.Model], ...] = (
    Rejection,
    Question,
    ForgetReceipt,
    FactLink,
    Vector,
    Evidence,
    EntityAlias,
    MemoryEvent,
    Fact,
    Entity,
    Summary,
    Episode,
    ImportPart,
    Import,
    MemoryJob,
    Tombstone,
    Batch,
    MemoryState,
)


def _plain(value: object) -> object:
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value


def export(user_id: UUID) -> dict[str, object]:
    """All that memory holds, as plain data by kind: turns, facts with evidence, people, questions, batches, summaries. No keys, hashes or vectors."""
    return {
        name: [
            {
                field.attname: _plain(getattr(row, field.attname))
                for field in model._meta.concrete_fields
                if field.name not in _LEFT
            }
            for row in model.objects.of(user_id).order_by("pk")  # type: ignore[attr-defined]
        ]
        for name, model in _EXPORTED
    }


def erase_user(user_id: UUID) -> Mapping[str, int]:
    """Remove every row of a user, tombstones and audit too, for the end of an account. Counts by table."""
    counts: dict[str, int] = {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.erasing', 'account', true)")  # the audit lets go only then
    Entity.objects.of(user_id).update(merged_into=None)
    for model in _ERASED:
        rows = model.objects.of(user_id)  # type: ignore[attr-defined]
        counts[model._meta.model_name or ""] = rows.count()
        rows._raw_delete(rows.db)
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.erasing', '', true)")
    return counts
