"""Our own export taken in again: every row under an id of its own here, so that the same file twice is the same.

A file can be forged, so what it says of itself is checked like anything that was said: secrets are masked, what was forgotten or is not allowed stays
out, and a fact counts only when the turn that it cites says so. Facts that can't show it wait for the user, as imports do.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from uuid import UUID

from memory.importing.formats import Line
from memory.importing.given import Refused
from memory.importing.part import Part
from memory.importing.restore_facts import restore_facts
from memory.importing.rows import Row, column, columns, here, needed, newcomers, one_line, safe_text, store
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
    MemoryEvent,
    Question,
    Rejection,
    Summary,
)
from memory.recording import record_turns
from memory.secrets import holds_secret
from memory.types import MemoryScope, Said, ScopeKind
from memory.values import value_key
from profiles.owned import OwnedModel

# --- what facts hang on


def _imports(part: Part, lines: list[Line]) -> None:
    names = ("format", "name", "state", "total", "done", "parts", "cursor", "found", "kept", "errors", "opened_at")

    def make(row: Row) -> Import:
        values = columns(Import, {**row, "found": row.get("found") or {}}, [*names, "finished_at"])
        if values["state"] == Import.State.RUNNING:  # its lines are not in the file
            values |= {"state": Import.State.CANCELLED, "finished_at": part.at}
        return Import(**values)

    store(part, lines, Import, make)


def _batches(part: Part, lines: list[Line]) -> None:
    names = ("kind", "actor", "at", "conversation_id", "message_ids", "undone_at")
    store(part, lines, Batch, lambda row: Batch(**columns(Batch, row, names)))


def _turns(part: Part, lines: list[Line]) -> None:
    rows = newcomers(part, lines, Episode)
    imports = here(part, Import, (row.get("imported_in_id") for _, row in rows))
    said: list[tuple[object, Said, dict[str, Any]]] = []
    for number, row in rows:
        try:
            values = columns(
                Episode,
                row,
                [
                    *(
                        "role",
                        "speaker",
                        "source",
                        "text",
                        "pasted",
                        "said_at",
                        "recorded_at",
                        "conversation_id",
                        "message_id",
                    ),
                    *("scope_kind", "scope_id", "rules_read_at", "model_read_at", "withdrawn_at", "cut_at"),
                ],
            )
        except Refused as refused:
            part.refuse(number, refused.reason)
            continue
        places = values["pasted"]
        said.append(
            (
                number,
                Said(
                    conversation_id=values["conversation_id"],
                    message_id=values["message_id"],
                    role=values["role"],
                    text=values["text"],
                    at=values["said_at"],
                    speaker=values["speaker"],
                    scope=MemoryScope(ScopeKind(values["scope_kind"]), values["scope_id"]),
                    source=values["source"],
                    pasted=tuple(zip(places[::2], places[1::2], strict=False)),
                    is_read=True,
                    imported_in=imports.get(
                        str(row.get("imported_in_id")), part.import_id if row.get("imported_in_id") else None
                    ),
                    id=part.id(row["id"]),
                ),
                values,
            )
        )
    turns = record_turns(part.user_id, [one for _, one, _ in said], at=part.at)
    moments = ("recorded_at", "rules_read_at", "model_read_at", "withdrawn_at", "cut_at")
    stored = []
    for (number, one, values), turn in zip(said, turns, strict=True):
        if turn.episode_id is None:
            part.refuse(number, "empty")
            continue
        part.keep("turns")
        if turn.episode_id == one.id:
            stored.append(Episode(pk=turn.episode_id, **{name: values[name] for name in moments}))
    Episode.objects.of(part.user_id).bulk_update(stored, moments)


def _entities(part: Part, lines: list[Line]) -> None:
    batches = here(part, Batch, column(lines, "batch_id"))

    def make(row: Row) -> Entity:
        values = columns(Entity, row, ("kind", "relation", "created_at"))
        entity = Entity(**values, batch_id=batches.get(str(row.get("batch_id"))))
        entity.call(one_line(row.get("name")))
        return entity

    store(part, lines, Entity, make)
    merged = {
        str(line["row"]["id"]): line["row"]["merged_into_id"] for line in lines if column([line], "merged_into_id")
    }
    known = here(part, Entity, [*merged, *merged.values()])
    for one, other in merged.items():
        if one in known and str(other) in known and known[one] != known[str(other)]:
            Entity.objects.of(part.user_id).filter(pk=known[one]).update(merged_into=known[str(other)])


def _aliases(part: Part, lines: list[Line]) -> None:
    entities, batches = (
        here(part, model, column(lines, name)) for model, name in ((Entity, "entity_id"), (Batch, "batch_id"))
    )

    def make(row: Row) -> EntityAlias:
        values = columns(EntityAlias, row, ("kind", "created_at"))
        alias = one_line(row.get("alias"))
        return EntityAlias(
            **values,
            entity_id=needed(entities, row.get("entity_id")),
            alias=alias,
            alias_key=value_key(alias)[:480],
            batch_id=batches.get(str(row.get("batch_id"))),
        )

    store(part, lines, EntityAlias, make)


def _links(part: Part, lines: list[Line]) -> None:
    facts = here(part, Fact, [*column(lines, "source_id"), *column(lines, "target_id")])
    batches = here(part, Batch, column(lines, "batch_id"))

    def make(row: Row) -> FactLink:
        values = columns(FactLink, row, ("type", "reason", "actor", "created_at"))
        source, target = (needed(facts, row.get(name)) for name in ("source_id", "target_id"))
        return FactLink(**values, source_id=source, target_id=target, batch_id=batches.get(str(row.get("batch_id"))))

    store(part, lines, FactLink, make)


# --- what was asked, refused, told in short and written down


def _own(part: Part, model: type[OwnedModel], values: object) -> list[UUID]:
    rows = values if isinstance(values, list) else []
    known = here(part, model, rows)
    return [known[str(row)] for row in rows if str(row) in known]


def _questions(part: Part, lines: list[Line]) -> None:
    episodes, batches = (
        here(part, model, column(lines, name)) for model, name in ((Episode, "episode_id"), (Batch, "batch_id"))
    )

    def make(row: Row) -> Question:
        values = columns(Question, row, ("kind", "state", "sensitivity", "predicate", "asked_at", "answered_at"))
        facts = _own(part, Fact, row.get("fact_ids"))
        first = (
            Fact.objects.of(part.user_id).filter(pk__in=facts).first()
            if values["kind"] in ("conflict", "typed")
            else None
        )
        return Question(
            **values,
            fact_ids=facts,
            entity_ids=_own(part, Entity, row.get("entity_ids")),
            slot_key=first.slot_key if first else "",
            episode_id=episodes.get(str(row.get("episode_id"))),
            batch_id=batches.get(str(row.get("batch_id"))),
        )

    store(part, lines, Question, make)


def _refusals(part: Part, lines: list[Line]) -> None:
    episodes, batches = (
        here(part, model, column(lines, name)) for model, name in ((Episode, "episode_id"), (Batch, "batch_id"))
    )

    def make(row: Row) -> Rejection:
        values = columns(Rejection, row, ("index", "reason", "predicate", "sensitivity", "at"))
        return Rejection(
            **values,
            episode_id=episodes.get(str(row.get("episode_id"))),
            batch_id=batches.get(str(row.get("batch_id"))),
        )

    store(part, lines, Rejection, make)


def _summaries(part: Part, lines: list[Line]) -> None:
    ends = here(
        part,
        Episode,
        (turn for line in lines if isinstance(line["row"], dict) for turn in line["row"].get("turns") or []),
    )
    numbers = dict(Episode.objects.of(part.user_id).filter(pk__in=list(ends.values())).values_list("pk", "seq"))

    def make(row: Row) -> Summary:
        names = ("level", "conversation_id", "topic", "upto_message_id", "version", "is_stale", "origin", "made_at")
        values = columns(Summary, row, (*names, "scope_kind", "scope_id"))
        turns = [ends.get(str(turn)) for turn in row.get("turns") or (None, None)]
        first, last = (numbers.get(turn, 0) if turn else 0 for turn in turns)
        return Summary(
            **values,
            text=safe_text(row.get("text")),
            from_seq=min(first, last),
            upto_seq=last,
            episode_ids=_own(part, Episode, row.get("episode_ids")),
            fact_ids=_own(part, Fact, row.get("fact_ids")),
        )

    store(part, lines, Summary, make)


def _receipts(part: Part, lines: list[Line]) -> None:
    batches = here(part, Batch, column(lines, "batch_id"))

    def make(row: Row) -> ForgetReceipt:
        values = columns(ForgetReceipt, row, ("at", "hashes"))
        counts = row.get("counts")
        if not isinstance(counts, dict) or not all(isinstance(count, int) for count in counts.values()):
            raise Refused("schema")
        return ForgetReceipt(**values, counts=counts, batch_id=batches.get(str(row.get("batch_id"))))

    store(part, lines, ForgetReceipt, make)


_POINTERS = frozenset({"entity_id", "fact", "source", "target"})  # in what stood before and after
_TABLES: dict[str, type[OwnedModel]] = {"fact": Fact, "evidence": Evidence, "link": FactLink, "entity": Entity}


def _events(part: Part, lines: list[Line]) -> None:
    batches = here(part, Batch, column(lines, "batch_id"))
    rows = {
        table: here(
            part,
            model,
            [
                line["row"].get("row_id")
                for line in lines
                if isinstance(line["row"], dict) and line["row"].get("table") == table
            ],
        )
        for table, model in _TABLES.items()
    }

    def make(row: Row) -> MemoryEvent:
        values = columns(MemoryEvent, row, ("order", "at", "actor", "action", "table", "reason"))
        table = values["table"]
        theirs = row.get("row_id")
        is_gone = (
            table == "fact" and str(theirs) not in rows[table]
        )  # it was refused: nor may its words come in this way
        own = rows[table].get(str(theirs)) if table in rows else None
        return MemoryEvent(
            **values,
            batch_id=batches.get(str(row.get("batch_id"))),
            row_id=own or part.id(theirs),
            before=None if is_gone else _pointed(part, row.get("before")),
            after=None if is_gone else _pointed(part, row.get("after")),
        )

    store(part, lines, MemoryEvent, make)


def _pointed(part: Part, stood: object) -> dict[str, object] | None:
    """What stood in a row, with the ids as they are here. Values that may not be stored are left out."""
    if not isinstance(stood, dict):
        return None
    values: dict[str, object] = {}
    for name, value in stood.items():
        if name in _POINTERS and value is not None:
            own = part.id(value)
            values[str(name)] = str(own) if own else None
        elif name == "slot_key" and isinstance(value, str):
            head, bar, rest = value.partition("|")
            own = part.id(head) if re.fullmatch(r"[0-9a-f]{32}", head) else None
            values[str(name)] = f"{own.hex if own else head}{bar}{rest}"
        elif not (isinstance(value, str) and holds_secret(value)):
            values[str(name)] = value
    return values


RESTORERS: dict[str, Callable[[Part, list[Line]], None]] = {
    "imports": _imports,
    "batches": _batches,
    "turns": _turns,
    "people_and_things": _entities,
    "other_names": _aliases,
    "facts": restore_facts,
    "links": _links,
    "questions": _questions,
    "refusals": _refusals,
    "summaries": _summaries,
    "receipts": _receipts,
    "changes": _events,
}
