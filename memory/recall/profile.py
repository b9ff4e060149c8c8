"""The profile block: who the user is, in a stable order, for every prompt."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from memory.facts.predicates import IMPORTANCE, predicate_of
from memory.facts.views import fact_line, fact_views
from memory.lines import MemoryLine
from memory.models import Fact
from memory.recall import cache
from memory.recall.load import state_of
from memory.recall.pack import tokens_of
from memory.recall.slots import standing
from memory.types import USER_SCOPE, MemoryScope
from profiles.api import locale_of

_ALWAYS = ("name", "preferred_name", "pronouns")
_TOPICS = ("identity", "home", "work", "education", "family", "health", "food")


def profile_block(
    user_id: UUID,
    *,
    at: datetime,
    scope: MemoryScope = USER_SCOPE,
    budget_tokens: int = 400,
    as_of: datetime | None = None,
    known_at: datetime | None = None,
) -> list[MemoryLine]:
    """FACT lines on who the user is, in stable order: name, preferred name, pronouns and every active style fact always; then identity, home, work,
    family by importance up to the budget."""
    packed = cache.facts_of(user_id, state_of(user_id))
    day = as_of.astimezone(locale_of(user_id).zone) if as_of else None
    told = standing(packed, scope, as_of=day, known_at=known_at, with_past=False)
    ids = [packed.rows[row].id for row in told.tolist() if packed.rows[row].entity is None]
    facts = [
        fact
        for fact in Fact.objects.of(user_id).filter(pk__in=ids).order_by("-said_at", "-id")
        if fact.status != Fact.Status.DISPUTED or known_at
    ]
    always = [fact for fact in facts if fact.predicate in _ALWAYS or predicate_of(fact.predicate).is_style]
    rest = [
        fact
        for fact in facts
        if fact not in always
        and predicate_of(fact.predicate).topic in _TOPICS
        and predicate_of(fact.predicate).kind not in ("event", "plan")
    ]
    chosen = _ordered(always)
    lines = [fact_line(view) for view in fact_views(user_id, chosen)]
    left = budget_tokens - sum(tokens_of(line) for line in lines)
    for line in [fact_line(view) for view in fact_views(user_id, _ordered(rest))]:
        if (cost := tokens_of(line)) <= left:
            lines.append(line)
            left -= cost
    return lines


def _ordered(facts: Sequence[Fact]) -> list[Fact]:
    """The same facts always come in the same order, whatever was said of them since."""
    return sorted(
        facts, key=lambda fact: (-IMPORTANCE.get(fact.predicate, 0.3), fact.predicate, fact.recorded_at, str(fact.pk))
    )
