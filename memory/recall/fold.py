"""Which turns may be told: not those whose facts no longer hold, unless the past is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from memory.evidence import find_words
from memory.models import Episode, Evidence, Fact

_HELD = ("asserts", "corrects")
_OVER = frozenset({Fact.Status.SUPERSEDED, Fact.Status.WRONG, Fact.Status.EXPIRED, Fact.Status.WITHDRAWN})


@dataclass(frozen=True, slots=True)
class Standing:
    """What is told now: the ids of facts that hold, and the values that hold or no longer do."""

    holding: frozenset[UUID]
    current: tuple[str, ...]
    retired: tuple[str, ...]
    cited: dict[UUID, set[UUID]] = field(default_factory=dict)  # facts by turn
    wrong: frozenset[UUID] = frozenset()  # facts that never held


def look_up(user_id: UUID, holding: Iterable[Fact], turn_ids: Sequence[UUID]) -> Standing:
    """Read once what folding needs for these turns."""
    held = list(holding)
    ids = frozenset(fact.pk for fact in held)
    cited: dict[UUID, set[UUID]] = {}
    wrong: set[UUID] = set()
    rows = Evidence.objects.of(user_id).filter(episode_id__in=list(turn_ids), change__in=_HELD)
    for episode_id, fact_id, status in rows.values_list("episode_id", "fact_id", "fact__status"):
        cited.setdefault(episode_id, set()).add(fact_id)
        if status in (Fact.Status.WRONG, Fact.Status.WITHDRAWN):
            wrong.add(fact_id)
    retired = Fact.objects.of(user_id).filter(status__in=list(_OVER)).exclude(pk__in=ids)
    return Standing(
        ids,
        tuple({fact.value for fact in held}),
        tuple({value for value in retired.values_list("value", flat=True) if len(value) > 2}),
        cited,
        frozenset(wrong),
    )


def may_be_told(episode: Episode, standing: Standing, *, with_past: bool) -> bool:
    """Whether a turn goes into the context of a question about the present (or, `with_past`, about the past)."""
    facts = standing.cited.get(episode.pk)
    if facts and facts <= standing.wrong:
        return False  # it never was so, then or now
    if with_past:
        return True
    if facts:
        return bool(facts & standing.holding)
    if episode.role == Episode.Role.ASSISTANT:
        names_old = any(find_words(episode.text, value) for value in standing.retired)
        if names_old and not any(find_words(episode.text, value) for value in standing.current):
            return False
    return True


def known_by(episode: Episode, moment: datetime | None) -> bool:
    return moment is None or episode.recorded_at <= moment
