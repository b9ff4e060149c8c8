"""Near duplicates: two values in a many-slot that may be one.

Code admits the pairs, a model only says whether they are the same; without one they stay apart. So do two values that were typed: no model takes back
what a person typed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from memory.facts.ledger import Ledger
from memory.facts.predicates import REGISTRY
from memory.models import Batch, Evidence, Fact, FactLink, MemoryEvent
from memory.types import MemoryScope, ScopeKind
from memory.version import lock_user

CLOSE = 0.90  # cosine; below, two values are two values
NEWEST = (
    64  # facts that are compared with all others of their kind where nobody says which: a night's work, not all pairs
)
LABELS = ("same", "different")
LABELLED = "labelled"
INSTRUCTIONS = (
    "Two notes about the same person, with what was said. Do they state one and the same thing, so that keeping both says nothing more?"
    " Two things of one kind are different. Answer with one word: same, or different."
)

_PAIRS = """
    SELECT new.id, old.id
    FROM memory_fact new
    JOIN memory_fact old ON old.user_id = new.user_id AND old.predicate = new.predicate AND old.status = 'active'
        AND old.entity_id IS NOT DISTINCT FROM new.entity_id AND old.scope_kind = new.scope_kind
        AND old.scope_id IS NOT DISTINCT FROM new.scope_id AND old.id <> new.id
        AND old.value_key <> new.value_key AND (old.recorded_at, old.id) < (new.recorded_at, new.id)
    JOIN memory_vector a ON a.fact_id = new.id
    JOIN memory_vector b ON b.fact_id = old.id AND b.model = a.model
    WHERE new.user_id = %(user)s AND new.status = 'active' AND new.predicate = ANY(%(predicates)s)
        AND new.id = ANY(%(facts)s)
        AND NOT (new.origin = 'user_edited' AND old.origin = 'user_edited')
        AND 1 - (a.halfvec <=> b.halfvec) >= %(close)s
        AND NOT EXISTS (
            SELECT 1 FROM memory_memoryevent seen
            WHERE seen.user_id = new.user_id AND seen.row_id = new.id AND seen.action = 'labelled'
                AND seen.after ->> 'other' = old.id::text
        )
    ORDER BY new.recorded_at DESC, a.halfvec <=> b.halfvec
    LIMIT %(limit)s
"""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two active facts of one subject, predicate and scope whose sentences lie close together. `text` is what the model is shown."""

    newer: UUID
    older: UUID
    text: str
    scope: MemoryScope


def find_pairs(user_id: UUID, fact_ids: Iterable[UUID] | None = None, *, limit: int = 1) -> list[Pair]:
    """Pairs that no model was asked about yet: of `fact_ids`, or of the newest facts, each with any older one. Closest first among the newest."""
    many = [row.name for row in REGISTRY.values() if row.cardinality == "many"]
    if fact_ids is None:
        newest = Fact.objects.of(user_id).active().filter(predicate__in=many).order_by("-recorded_at")
        fact_ids = newest.values_list("pk", flat=True)[:NEWEST]
    with connection.cursor() as cursor:
        cursor.execute(
            _PAIRS,
            {
                "user": user_id,
                "predicates": many,
                "facts": list(fact_ids),
                "close": CLOSE,
                "limit": limit,
            },
        )
        found = cursor.fetchall()
    facts = Fact.objects.of(user_id).in_bulk([fact_id for pair in found for fact_id in pair])
    return [Pair(newer, older, _told(facts[newer], facts[older]), _scope_of(facts[newer])) for newer, older in found]


def _scope_of(fact: Fact) -> MemoryScope:
    return MemoryScope(ScopeKind(fact.scope_kind), fact.scope_id)


def _told(newer: Fact, older: Fact) -> str:
    lines = []
    for name, fact in (("First", older), ("Second", newer)):
        said = Evidence.objects.of(fact.user_id).filter(fact=fact).order_by("-said_at").first()
        lines.append(
            f"{name}: {fact.subject}, {fact.predicate}: {fact.text}" + (f' (said: "{said.quote}")' if said else "")
        )
    return "\n".join(lines)


def settle_pair(user_id: UUID, pair: Pair, label: str, *, at: datetime) -> UUID | None:
    """Note what the model said; of two that are the same one is kept, with the evidence of both and what rests on them. The batch when something changed.

    With any other answer than "same" they stay apart, and are not asked about again.
    """
    lock_user(user_id)
    facts = Fact.objects.of(user_id).active().in_bulk([pair.newer, pair.older])
    if len(facts) != 2:
        return None
    newer, older = facts[pair.newer], facts[pair.older]
    if label != "same":
        MemoryEvent.objects.create(
            user_id=user_id,
            at=at,
            actor="model",
            action=LABELLED,
            table="fact",
            row_id=newer.pk,
            after={"other": str(older.pk), "label": label},
        )
        return None
    keep, drop = (older, newer) if _outranks(older, newer) else (newer, older)
    ledger = Ledger(user_id, kind=Batch.Kind.EXTRACT, actor="model", at=at)
    for evidence in Evidence.objects.of(user_id).filter(fact=drop):
        evidence.pk, evidence.fact = None, keep
        evidence._state.adding = True
        ledger.add_evidence(evidence)
    ledger.retire(drop, Fact.Status.SUPERSEDED, reason="says the same", review_since=None)
    ledger.link(keep, drop, FactLink.Type.DUPLICATES, reason="says the same")
    for resting in FactLink.objects.of(user_id).filter(target=drop, type=FactLink.Type.DEPENDS_ON).exclude(source=keep):
        ledger.link(resting.source, keep, FactLink.Type.DEPENDS_ON, reason="says the same")
    ledger.change_fact(
        keep, action="supported", said_at=max(newer.said_at, older.said_at), said_on=min(newer.said_on, older.said_on)
    )
    return ledger.batch.pk


def _outranks(older: Fact, newer: Fact) -> bool:
    """A typed value stays; of two that were said the one that says more does."""
    typed = (older.origin == "user_edited", newer.origin == "user_edited")
    if typed[0] != typed[1]:
        return typed[0]
    return len(older.value) > len(newer.value)
