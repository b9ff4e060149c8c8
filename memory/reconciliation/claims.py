"""From rows to the values that the rules decide on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from memory.evidence import denies, find_words
from memory.facts.predicates import Predicate, predicate_of
from memory.models import Evidence, Fact
from memory.reconciliation.rules import TRUSTED, Claim, Known, Mention
from memory.types import Candidate, MemoryScope
from memory.values import value_key

CURRENT = (Fact.Status.ACTIVE, Fact.Status.DISPUTED, Fact.Status.PROPOSED, Fact.Status.SUPERSEDED)


@dataclass(frozen=True, slots=True)
class Accepted:
    """A candidate that passed verification, with where it was said."""

    index: int
    candidate: Candidate
    episode_id: UUID
    episode_length: int
    episode_text: str
    span: tuple[int, int]
    quote: str  # as it stands in the turn
    speaker: str
    said_at: datetime
    said_on: date
    sensitivity: str
    origin: str = "user_said"


def start_of(fact: Fact) -> date:
    """The day from which a fact counts."""
    return fact.valid_from or fact.said_on


def mentions_of(facts: Sequence[Fact], zone: ZoneInfo) -> dict[UUID, tuple[Mention, ...]]:
    """All that was said for these facts and of their end, by fact."""
    found: dict[UUID, list[Mention]] = {}
    for row in Evidence.objects.of(facts[0].user_id).filter(fact__in=facts).exclude(change="negates"):
        day = row.said_at.astimezone(zone).date()
        found.setdefault(row.fact_id, []).append(
            Mention(row.valid_from or day, row.said_at, row.change == "ends", row.valid_from is not None)
        )
    return {
        fact.pk: tuple(
            found.get(fact.pk, [Mention(start_of(fact), fact.said_at, is_dated=fact.valid_from is not None)])
        )
        for fact in facts
    }


def known_facts(facts: Sequence[Fact], item: Accepted, zone: ZoneInfo) -> list[Known]:
    """Rows as the rules see them; with all their mentions in a slot with a history, or when the item was said before the last of them."""
    is_replay = False
    if facts:
        has_past = any(fact.status == Fact.Status.SUPERSEDED for fact in facts)
        is_late = len(facts) > 1 or any(fact.said_at > item.said_at for fact in facts)
        is_one = predicate_of(facts[0].predicate).is_one
        is_replay = has_past or is_late if is_one else has_past and item.candidate.change == "asserts"
    mentions = mentions_of(facts, zone) if is_replay else {}
    text = item.episode_text if item.candidate.change == "corrects" else ""  # only then it matters which one is named
    return [known(fact, text, mentions.get(fact.pk, ())) for fact in facts]


def known(fact: Fact, turn_text: str = "", mentions: tuple[Mention, ...] = ()) -> Known:
    """A row as the rules see it."""
    return Known(
        id=fact.pk,
        value=fact.value,
        value_key=fact.value_key,
        status=fact.status,
        start=start_of(fact),
        is_dated=fact.valid_from is not None,
        valid_to=fact.valid_to,
        precision=fact.precision,
        said_at=fact.said_at,
        origin=fact.origin,
        is_named=bool(turn_text) and bool(find_words(turn_text, fact.value)),
        is_denied=bool(turn_text) and denies(turn_text, fact.value),
        mentions=mentions,
    )


def claim_of(accepted: Accepted) -> Claim:
    """What a candidate claims. The day of an end counts as its date, not as a start."""
    said = accepted.candidate
    return Claim(
        value=said.value,
        value_key=value_key(said.value),
        change=said.change,
        start=said.valid_from or accepted.said_on,
        is_dated=said.valid_from is not None,
        valid_to=said.valid_to,
        precision=said.precision,
        said_at=accepted.said_at,
        today=accepted.said_on,
        confidence=said.confidence,
        is_trusted=accepted.origin in TRUSTED,
    )


def facts_beside(
    user_id: UUID, entity_id: UUID | None, predicate: Predicate, scope: MemoryScope, *, only: Candidate | None = None
) -> list[Fact]:
    """The facts that a claim can touch: same subject, predicate and scope, whatever still counts or once held.

    `only`: of a predicate with many values, what merely asserts one touches the facts of that value alone, however many there are.
    """
    rows = (
        Fact.objects.of(user_id)
        .in_scope(scope.kind.value, scope.id)
        .filter(predicate=predicate.name, status__in=CURRENT)
        .order_by("said_at", "id")
    )
    if only is not None and only.change == "asserts" and not predicate.is_one:
        rows = rows.filter(value_key=value_key(only.value)[:480])
    return list(rows.filter(entity_id=entity_id) if entity_id else rows.about_user())
