"""Facts of our own export, with what shows them: checked like anything that was said."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from memory import ports
from memory.facts.ledger import index_text
from memory.facts.predicates import is_known, predicate_of, stricter
from memory.facts.slots import slot_key
from memory.forgetting.tombstones import Graveyard
from memory.importing.formats import Line
from memory.importing.given import Refused
from memory.importing.part import Part
from memory.importing.rows import Row, column, columns, here, needed, newcomers, one_line
from memory.models import (
    Batch,
    Entity,
    Episode,
    Evidence,
    Fact,
    Vector,
)
from memory.terms import index
from memory.types import MemoryScope, ScopeKind
from memory.values import value_key
from memory.version import raise_version
from profiles.api import consents_of


class _Facts:
    """The facts of one part: checked, then stored together with evidence and vectors."""

    def __init__(self, part: Part, lines: list[Line]) -> None:
        self.part = part
        self.consents = consents_of(part.user_id)
        self.graveyards: dict[MemoryScope, Graveyard] = {}
        self.entities = here(part, Entity, column(lines, "entity_id"))
        cited = [row for _, row in _evidence_rows(lines)]
        episodes = here(part, Episode, (row.get("episode_id") for row in cited))
        self.turns = self._turns(episodes)
        self.batches = here(part, Batch, (row.get("batch_id") for row in cited))
        self.slots: set[tuple[str, UUID | None, str]] = set()
        self.version, _ = raise_version(part.user_id)

    def _turns(self, episodes: dict[str, UUID]) -> dict[str, Episode]:
        rows = Episode.objects.of(self.part.user_id).in_bulk(list(episodes.values()))
        return {name: rows[pk] for name, pk in episodes.items() if pk in rows}

    def make(self, row: Row) -> tuple[Fact, list[Evidence]]:
        """The fact and what shows it. Raises Refused, with the reasons of verification."""
        values = columns(
            Fact,
            row,
            [
                *(
                    "predicate",
                    "kind",
                    "status",
                    "origin",
                    "reader",
                    "scope_kind",
                    "scope_id",
                    "confidence",
                    "importance",
                ),
                *(
                    "valid_from",
                    "valid_to",
                    "precision",
                    "said_on",
                    "said_at",
                    "recorded_at",
                    "retired_at",
                    "sensitivity",
                ),
                *("expires_at", "review_at", "review_since", "is_masked", "version"),
            ],
        )
        if not is_known(values["predicate"]):
            raise Refused("schema")
        predicate = predicate_of(values["predicate"])
        value, text, subject = (one_line(row.get(name)) for name in ("value", "text", "subject"))
        scope = MemoryScope(ScopeKind(values["scope_kind"]), values["scope_id"])
        if scope not in self.graveyards:
            self.graveyards[scope] = Graveyard(self.part.user_id, scope, self.part.at)
        if self.graveyards[scope].holds(predicate=predicate.name, subject=subject, value=value):
            raise Refused("tombstone")
        values["sensitivity"] = stricter(predicate.sensitivity, values["sensitivity"])
        if not self.consents.get(values["sensitivity"], False):
            raise Refused("consent")
        entity = needed(self.entities, row["entity_id"]) if row.get("entity_id") else None
        fact = Fact(
            **values,
            pk=self.part.id(row["id"]),
            user_id=self.part.user_id,
            entity_id=entity,
            subject=subject,
            value=value,
            value_key=value_key(value)[:480],
            text=text,
            slot_key=slot_key(entity.hex if entity else "user", predicate, value),
            changed_version=self.version,
        )
        shown = [one for one in (self._evidence(fact, raw) for raw in row.get("evidence", [])) if one is not None]
        if fact.origin == "user_said" and not shown:
            fact.origin = "import"
        if (
            fact.origin not in ("user_said", "user_edited", "admin", "inferred")
            and fact.status == Fact.Status.ACTIVE
            and not shown
        ):
            fact.status = Fact.Status.PROPOSED
        fact.terms = index(self.part.user_id, index_text(fact))
        return fact, shown

    def _evidence(self, fact: Fact, raw: object) -> Evidence | None:
        """What is said in a turn that is here, in these words; None when the turn does not say so."""
        if not isinstance(raw, dict) or (episode := self.turns.get(str(raw.get("episode_id")))) is None:
            return None
        try:
            names = (
                "start",
                "end",
                "speaker",
                "said_at",
                "valid_from",
                "valid_to",
                "precision",
                "change",
                "recorded_at",
            )
            values = columns(Evidence, raw, names)
        except Refused:
            return None
        if episode.role != "user" or not 0 <= values["start"] < values["end"] <= len(episode.text):
            return None
        quote = episode.text[values["start"] : values["end"]]
        if quote != raw.get("quote"):
            return None
        return Evidence(
            **values,
            pk=self.part.id(raw.get("id")),
            user_id=self.part.user_id,
            fact=fact,
            episode=episode,
            episode_length=len(episode.text),
            quote=quote,
            batch_id=self.batches.get(str(raw.get("batch_id"))),
        )

    def is_free(self, fact: Fact) -> bool:
        """Whether an active fact finds its slot empty."""
        slot = (fact.scope_kind, fact.scope_id, fact.slot_key)
        if fact.status != Fact.Status.ACTIVE or not fact.slot_key:
            return True
        taken = (
            Fact.objects.of(self.part.user_id).active().in_scope(fact.scope_kind, fact.scope_id).in_slot(fact.slot_key)
        )
        if slot in self.slots or taken.exists():
            return False
        self.slots.add(slot)
        return True


def _evidence_rows(lines: Iterable[Line]) -> list[tuple[Line, Row]]:
    return [
        (line, raw)
        for line in lines
        if isinstance(line["row"], dict) and isinstance(line["row"].get("evidence"), list)
        for raw in line["row"]["evidence"]
        if isinstance(raw, dict)
    ]


def restore_facts(part: Part, lines: list[Line]) -> None:
    work = _Facts(part, lines)
    facts: list[Fact] = []
    evidence: list[Evidence] = []
    for number, row in newcomers(part, lines, Fact):
        try:
            fact, shown = work.make(row)
        except Refused as refused:
            part.refuse(number, refused.reason)
            continue
        if not work.is_free(fact):  # something else holds the slot here: the user decides
            fact.status = Fact.Status.PROPOSED
        facts.append(fact)
        evidence += [one for one in shown if one.pk is not None]
        part.keep("facts")
    Fact.objects.bulk_create(facts)
    Evidence.objects.bulk_create(evidence, ignore_conflicts=True)
    embedder = ports.embedder()
    if facts and embedder.is_local:
        rows = embedder.embed([index_text(fact) for fact in facts])
        Vector.objects.bulk_create(
            Vector(
                user_id=part.user_id,
                fact=fact,
                model=embedder.name,
                dimensions=embedder.dimensions,
                halfvec=row.tolist(),
            )
            for fact, row in zip(facts, rows, strict=True)
            if row.any()
        )
