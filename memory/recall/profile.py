"""The profile block: who the user is, in a stable order, for every prompt."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import numpy as np

from memory.facts.predicates import IMPORTANCE, REGISTRY, predicate_of
from memory.facts.views import fact_line, fact_views
from memory.facts.wishes import condition_of
from memory.lines import MemoryLine
from memory.models import Fact
from memory.recall import cache
from memory.recall.load import state_of
from memory.recall.pack import tokens_of
from memory.recall.packed_facts import PackedFacts
from memory.recall.slots import readable, standing
from memory.types import USER_SCOPE, MemoryScope
from profiles.api import locale_of

_ALWAYS = frozenset({"name", "preferred_name", "pronouns", *(row.name for row in REGISTRY.values() if row.is_style)})
_TOPICS = ("identity", "home", "work", "education", "family", "health", "food")
_REST = (
    frozenset(row.name for row in REGISTRY.values() if row.topic in _TOPICS and row.kind not in ("event", "plan"))
    - _ALWAYS
)
MOST_TO_COME = 5  # facts that wait for their day
MOST_CANDIDATES = 100  # facts that are read for the lines within the budget; a line has at least a few tokens


def profile_block(
    user_id: UUID,
    *,
    at: datetime,
    scope: MemoryScope = USER_SCOPE,
    budget_tokens: int = 400,
    as_of: datetime | None = None,
    known_at: datetime | None = None,
) -> list[MemoryLine]:
    """FACT lines on who the user is, in stable order: name, preferred name, pronouns and every active style fact that is bound to no task always; then
    identity, home, work, family by importance up to the budget."""
    packed = cache.facts_of(user_id, state_of(user_id))
    day = as_of.astimezone(locale_of(user_id).zone) if as_of else None
    told = standing(packed, scope, as_of=day, known_at=known_at, with_past=False)
    about_user = packed.is_about_user
    always_rows = told[(about_user & packed.where("predicate", _ALWAYS))[told]]
    rest_rows = told[(about_user & packed.where("predicate", _REST))[told]].tolist()
    predicates = {row: packed.name_of("predicate", row) for row in rest_rows}
    rest_rows.sort(key=lambda row: (-IMPORTANCE.get(predicates[row], 0.3), predicates[row]))
    ids = [packed.id_of(row) for row in (*always_rows.tolist(), *rest_rows[:MOST_CANDIDATES])]
    facts = [
        fact
        for fact in Fact.objects.of(user_id).filter(pk__in=ids).order_by("-said_at", "-id")
        if fact.status != Fact.Status.DISPUTED or known_at
    ]
    always = [fact for fact in facts if fact.predicate in _ALWAYS and not _is_bound(fact)]
    rest = [fact for fact in facts if fact.predicate in _REST]
    chosen = _ordered(always)
    lines = [fact_line(view) for view in fact_views(user_id, chosen)]
    left = budget_tokens - sum(tokens_of(line) for line in lines)
    for line in [fact_line(view) for view in fact_views(user_id, _ordered(rest))]:
        if (cost := tokens_of(line)) <= left:
            lines.append(line)
            left -= cost
    if not (as_of or known_at):
        lines += _to_come(user_id, packed, at=at, scope=scope)
    return lines


def _to_come(user_id: UUID, packed: PackedFacts, *, at: datetime, scope: MemoryScope) -> list[MemoryLine]:
    """What the user said will hold from a later day on, and waits for it: "I start at Kartenwerk on Monday"."""
    waits = packed.where("status", {Fact.Status.PROPOSED.value}) & packed.is_about_user
    waiting = np.flatnonzero(waits & packed.where("predicate", _REST) & readable(packed, scope))
    if not len(waiting):
        return []
    today = at.astimezone(locale_of(user_id).zone).date()
    facts = (
        Fact.objects.of(user_id)
        .filter(pk__in=[packed.id_of(row) for row in waiting.tolist()])
        .filter(valid_from__gt=today, status=Fact.Status.PROPOSED, origin="user_said")
    )
    return [fact_line(view) for view in fact_views(user_id, _ordered(list(facts))[:MOST_TO_COME])]


def _is_bound(fact: Fact) -> bool:
    """Whether it is a wish for some task or mood only: see `recall.wishes`."""
    return predicate_of(fact.predicate).is_style and bool(condition_of(fact.value))


def _ordered(facts: Sequence[Fact]) -> list[Fact]:
    """The same facts always come in the same order, whatever was said of them since."""
    return sorted(
        facts, key=lambda fact: (-IMPORTANCE.get(fact.predicate, 0.3), fact.predicate, fact.recorded_at, str(fact.pk))
    )
