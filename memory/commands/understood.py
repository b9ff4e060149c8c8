"""What will be remembered of a turn, told in the answer to it, before the job has run. A pure look ahead: writes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from memory.extraction import gate
from memory.extraction.rules import read_turns
from memory.facts.entities import known_people
from memory.facts.predicates import predicate_of, stricter
from memory.forgetting.tombstones import Graveyard
from memory.lines import LineKind, MemoryLine
from memory.models import Fact
from memory.reconciliation.rules import JUST_BEFORE
from memory.types import Turn
from memory.values import value_key
from profiles.api import consents_of, locale_of, profile_of


def understood(user_id: UUID, turn: Turn, *, at: datetime) -> list[MemoryLine]:
    """UNDERSTOOD lines: what rules will keep of this turn, `consent=<kind>` where leave is missing, `status=superseded` for what will be history, since
    something that began later is known. Writes nothing.

    For the prompt of the answer to this very turn. Nothing while memory is paused or the conversation is temporary.
    """
    if turn.episode_id is None or gate.refusal(turn) or profile_of(user_id).is_memory_paused:
        return []
    zone = locale_of(user_id).zone
    found = read_turns([turn], zone=zone, known=known_people(user_id))
    if not found:  # as with most turns: nothing more is looked up while somebody waits
        return []
    consents = consents_of(user_id)
    graveyard = Graveyard(user_id, turn.scope, at)
    lines = []
    for raw in found:
        if raw["change"] == "asserts" and graveyard.holds(
            predicate=raw["predicate"], subject=raw["subject"], value=raw["value"]
        ):
            continue
        sensitivity = stricter(predicate_of(raw["predicate"]).sensitivity, raw["sensitivity"])
        lines.append(
            MemoryLine(
                kind=LineKind.UNDERSTOOD,
                id=raw["change"],
                said_on=turn.said_at.astimezone(zone).date(),
                text=raw["text"],
                predicate=raw["predicate"],
                subject=raw["subject"],
                value=raw["value"],
                since=date.fromisoformat(raw["valid_from"]) if raw["valid_from"] else None,
                precision=raw["precision"],
                status="superseded" if _is_from_before(user_id, turn, raw) else "",
                expires_on=date.fromisoformat(raw["expires_on"]) if raw["expires_on"] else None,
                quote=raw["quote"],
                consent="" if consents.get(sensitivity, False) else sensitivity,
            )
        )
    return lines


def _is_from_before(user_id: UUID, turn: Turn, raw: Mapping[str, Any]) -> bool:
    """Whether a claim about the user is older than what stands in its slot: the later start wins."""
    if raw["change"] != "asserts" or raw["subject"] != "user" or not raw["valid_from"]:
        return False
    predicate = predicate_of(raw["predicate"])
    if not predicate.is_one:
        return False
    began = date.fromisoformat(raw["valid_from"])
    standing = (
        Fact.objects.of(user_id)
        .active()
        .about_user()
        .in_scope(turn.scope.kind.value, turn.scope.id)
        .filter(predicate=predicate.name)
        .exclude(value_key=value_key(raw["value"]))
    )
    return standing.filter(Q(valid_from__gt=began) | Q(valid_from=None, said_on__gt=began + JUST_BEFORE)).exists()
