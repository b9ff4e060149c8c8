"""Wishes about answers that hold for a task or a mood only, once that is there. They stand in no profile block: it would change from turn to turn."""

from __future__ import annotations

from uuid import UUID

from memory.facts import wishes
from memory.facts.predicates import REGISTRY
from memory.facts.views import fact_line, fact_views
from memory.models import Fact
from memory.recall import cache
from memory.recall.found import RecalledItem, ScoreBreakdown
from memory.recall.load import state_of
from memory.recall.pack import tokens_of
from memory.recall.slots import standing
from memory.types import USER_SCOPE, MemoryScope

STYLES = frozenset(row.name for row in REGISTRY.values() if row.is_style)
MOST = 4


def wishes_for(user_id: UUID, asked: str, *, lately: str = "", scope: MemoryScope = USER_SCOPE) -> list[RecalledItem]:
    """The wishes that fit what is `asked` or the mood of what was said `lately`, newest first, at most four."""
    packed = cache.facts_of(user_id, state_of(user_id))
    told = standing(packed, scope, as_of=None, known_at=None, with_past=False)
    rows = told[(packed.is_about_user & packed.where("predicate", STYLES))[told]].tolist()
    if not rows:
        return []
    found = Fact.objects.of(user_id).filter(pk__in=[packed.id_of(row) for row in rows], status=Fact.Status.ACTIVE)
    fitting = [
        fact
        for fact in found.order_by("-said_at", "-id")
        if (condition := wishes.condition_of(fact.value)) and wishes.fits(condition, asked=asked, lately=lately)
    ]
    items = []
    for view in fact_views(user_id, fitting[:MOST]):
        line = fact_line(view)
        items.append(
            RecalledItem(
                id=view.id,
                kind="fact",
                line=line,
                tokens=tokens_of(line),
                score=ScoreBreakdown({"wish": 1.0}, 1.0),
                reason="wish",
                origin=view.origin,
            )
        )
    return items
