"""Which turns may be told: not those whose facts no longer hold, unless the past is asked for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import numpy as np
from django.db import models
from numpy.typing import NDArray

from memory.evidence import find_words, joined, without
from memory.models import Fact
from memory.recall.arrays import Rows
from memory.recall.candidates import ToldTurn
from memory.recall.packed_facts import PackedFacts
from memory.recall.rank import RankedTurn

_OVER = ("superseded", "wrong", "expired", "withdrawn")
_NEVER = frozenset({"wrong", "withdrawn"})
_PAST = frozenset({"superseded", "expired"})
_NOW = frozenset({"active", "disputed"})


@dataclass(frozen=True, slots=True)
class Standing:
    """What is told now, for the turns that were looked up."""

    holding: frozenset[UUID]  # facts that may be told
    never: frozenset[UUID]  # facts that never held
    over: frozenset[UUID]  # facts that held once; not what a longer value took in: "Skoda" of "Skoda Octavia"
    days: Mapping[UUID, int]  # of events and plans of which the day is known, as ordinals
    outdated: frozenset[UUID]  # turns of the assistant that name a value that no longer holds, and none that does


def look_up(facts: PackedFacts, told: Rows, turns: Iterable[ToldTurn], *, with_past: bool, is_exact: bool) -> Standing:
    """Reckon once what folding needs for these turns. `is_exact`: all of `told` holds, since it was chosen for a moment."""
    is_told = np.zeros(len(facts), dtype=np.bool_)
    is_told[told] = True
    holding, never, over = set(), set(), set()
    days: dict[UUID, int] = {}
    turns = list(turns)
    for fact_id, row in facts.rows_of({fact_id for turn in turns for fact_id in turn.fact_ids}).items():
        status = facts.name_of("status", row)
        if status in _NEVER:
            never.add(fact_id)
        elif status in _PAST and not facts.is_extended[row]:
            over.add(fact_id)
        if is_told[row] and (is_exact or with_past or status in _NOW):
            holding.add(fact_id)
            if (day := facts.day_of(row)) is not None:
                days[fact_id] = day
    spoken = [] if with_past else [turn for turn in turns if turn.role == "assistant" and not turn.fact_ids]
    return Standing(frozenset(holding), frozenset(never), frozenset(over), days, _outdated(facts, is_told, spoken))


def _outdated(facts: PackedFacts, is_told: NDArray[np.bool_], turns: Sequence[ToldTurn]) -> frozenset[UUID]:
    """Turns that name a value of a fact that is over, and none of a fact that is told."""
    told_over = [facts.id_of(row) for row in facts.over[is_told[facts.over]].tolist()]
    if not turns or len(facts.over) == len(told_over):
        return frozenset()
    own = Fact.objects.of(facts.user_id)
    gone = own.filter(status__in=_OVER).exclude(pk__in=told_over).values_list("value", flat=True).distinct()
    retired = [value for value in gone if len(value) > 2]
    naming = [turn for turn in turns if _names_any(turn.text, retired)]
    if not naming:
        return frozenset()
    held = own.filter(models.Q(status__in=_NOW) | models.Q(pk__in=told_over))
    current = list(held.values_list("value", flat=True).distinct())
    return frozenset(turn.id for turn in naming if not _names_any(turn.text, current))


def _names_any(text: str, values: Sequence[str]) -> bool:
    plain = _plain(text)
    return any(_first_word(value) in plain and bool(find_words(text, value)) for value in values)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _first_word(value: str) -> str:
    """Stands in every text that names `value`: most values are ruled out by it, at little cost."""
    found = re.search(r"\w+", _plain(value))
    return found[0] if found else ""


def may_be_told(turn: ToldTurn, standing: Standing, *, with_past: bool) -> bool:
    """Whether a turn goes into the context of a question about the present (or, `with_past`, about the past)."""
    if not turn.fact_ids:
        return with_past or turn.id not in standing.outdated
    if standing.never.issuperset(turn.fact_ids):
        return False  # it never was so, then or now
    return with_past or not standing.holding.isdisjoint(turn.fact_ids)


def less_gone(facts: PackedFacts, turns: Iterable[ToldTurn], standing: Standing, *, with_past: bool) -> dict[UUID, str]:
    """The texts of turns that say what holds beside what does not, less the values of the latter: who put "a Maine Coon" right reads it no more, and asked
    where somebody lives, not where they lived before. Where the past is asked for (`with_past`) only what never held goes."""
    # At a moment of the past that is asked for, what is over today may have held.
    gone = (standing.never if with_past else standing.never | standing.over) - standing.holding
    mixed = [turn for turn in turns if turn.fact_ids and not gone.isdisjoint(turn.fact_ids)]
    mixed = [turn for turn in mixed if not gone.issuperset(turn.fact_ids)]
    if not mixed:
        return {}
    cited = {fact_id for turn in mixed for fact_id in turn.fact_ids}
    values = dict(Fact.objects.of(facts.user_id).filter(pk__in=cited).values_list("pk", "value"))
    texts: dict[UUID, str] = {}
    for turn in mixed:
        held = " · ".join(values.get(fact_id, "") for fact_id in turn.fact_ids if fact_id not in gone)
        left = {values.get(fact_id, "") for fact_id in turn.fact_ids if fact_id in gone}
        spans = [span for value in left if not find_words(held, value) for span in find_words(turn.text, value)]
        if spans:
            texts[turn.id] = without(turn.text, joined(spans, turn.text))
    return texts


def day_told(turn: ToldTurn, standing: Standing) -> date | None:
    """The one day of which a turn tells: "the tiler came on Friday". None where it tells of several, or of none that is known."""
    days = {standing.days[fact_id] for fact_id in turn.fact_ids if fact_id in standing.days}
    return date.fromordinal(days.pop()) if len(days) == 1 else None


def once(ranked: Iterable[RankedTurn], told: Mapping[UUID, ToldTurn]) -> Iterator[RankedTurn]:
    """The turns, best first, less those in which the assistant only says the same again. What a person says again is told: each time has its day."""
    said: set[str] = set()
    for one in ranked:
        turn = told.get(one.id)
        if turn is not None and turn.role == "assistant":
            if turn.text in said:
                continue
            said.add(turn.text)
        yield one


def known_by(turn: ToldTurn, moment: datetime | None) -> bool:
    """Whether the turn had been recorded at `moment`."""
    return moment is None or turn.recorded_at <= moment.timestamp()
