"""What memory holds on a question: look, add up, fold, pack. No language model on this path."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

import numpy as np

from memory import ports
from memory.facts.views import fact_views
from memory.models import Episode, Fact, MemoryState
from memory.recall import arrays, dense, fold, fuse, lexical, slots
from memory.recall.arrays import Floats, Turns
from memory.recall.fuse import Fused
from memory.recall.pack import fit, line_of_fact, tokens_of, turn_line
from memory.recall.query import Query, analyse
from memory.recall.scope import turn_scopes
from memory.recall.slots import ScoredFact
from memory.types import USER_SCOPE, MemoryScope, Recalled, RecalledItem, ScoreBreakdown
from profiles.api import locale_of

CANDIDATES = 60  # turns that are looked at one by one
FACT_FLOOR = 2.2  # a fact below this has nothing to do with the question
RELATED = 0.25  # share of the question's words, by rarity, in one turn, from which it counts as spoken of
CLOSE = 0.35  # cosine from which a turn counts as about the question though it shares few words: see recall-evidence in the design
ANSWERED = 0.6  # the same share, when the slot that is asked for is known to be empty
ALIKE = 0.42
VAGUE = frozenset({"did", "likes", "states", "owns", "skill", "plans_to"})  # an empty slot of these says nothing


@dataclass(frozen=True, slots=True)
class _Look:
    """All that was found, before packing."""

    query: Query
    facts: list[ScoredFact]
    turns: Turns
    lexical: lexical.Lexical
    fused: Fused
    ranked: list[int]  # rows of `turns`, best first


def recall(
    user_id: UUID,
    question: str,
    *,
    at: datetime,
    conversation_id: UUID | None = None,
    scope: MemoryScope = USER_SCOPE,
    budget_tokens: int = 1500,
    exclude_message_ids: Sequence[UUID] = (),
    as_of: datetime | None = None,
    known_at: datetime | None = None,
    explain: bool = False,
) -> Recalled:
    """What memory holds on `question`, most useful first, packed under `budget_tokens`. No language model.

    `conversation_id` is the one being talked in: its recent turns are in the prompt anyway (`exclude_message_ids`). `as_of`: what was true then;
    `known_at`: what was known then. With `explain` also the items that were not packed come back, in `considered`.
    """
    found = search(
        user_id, question, at=at, scope=scope, exclude_message_ids=exclude_message_ids, as_of=as_of, known_at=known_at
    )
    version = MemoryState.objects.of(user_id).values_list("version", flat=True).first() or 0
    if found.nothing:
        return Recalled((), nothing=True, tokens=0, memory_version=version, reason=found.nothing)
    packed = fit(found.items, budget_tokens)
    packed = [replace(item, score=replace(item.score, rank_packed=rank)) for rank, item in enumerate(packed, start=1)]
    return Recalled(
        items=tuple(packed),
        nothing=not packed,
        tokens=sum(item.tokens for item in packed),
        memory_version=version,
        reason="" if packed else "nothing found",
        considered=found.items if explain else (),
    )


@dataclass(frozen=True, slots=True)
class Found:
    """What a question brings up before it is packed: most useful first, and why all of it counts as nothing, if it does."""

    items: tuple[RecalledItem, ...]
    nothing: str


def search(
    user_id: UUID,
    question: str,
    *,
    at: datetime,
    scope: MemoryScope = USER_SCOPE,
    exclude_message_ids: Sequence[UUID] = (),
    as_of: datetime | None = None,
    known_at: datetime | None = None,
) -> Found:
    """Look, add up and fold; the steps of `recall` before packing."""
    query = analyse(user_id, question, at=at, zone=locale_of(user_id).zone)
    if query.is_trivial:
        return Found((), "small talk")
    with_past = query.is_past or as_of is not None
    vector = ports.embedder().embed([query.text])[0]
    look = _look(user_id, query, vector, scope, as_of=as_of, known_at=known_at, with_past=with_past)
    facts = _fact_items(user_id, [item for item in look.facts if item.total >= FACT_FLOOR])
    turns = _turn_items(
        user_id,
        look,
        with_past=with_past,
        as_of=as_of,
        known_at=known_at,
        exclude=frozenset(exclude_message_ids),
    )
    return Found(tuple(_merge(facts, turns)), _nothing(user_id, look, scope))


def _look(
    user_id: UUID,
    query: Query,
    vector: Floats,
    scope: MemoryScope,
    *,
    as_of: datetime | None,
    known_at: datetime | None,
    with_past: bool,
) -> _Look:
    standing = slots.standing(user_id, scope, as_of=as_of, known_at=known_at, query=query, with_past=with_past)
    facts = slots.score(user_id, standing, query, vector, ports.embedder().name)
    turns = arrays.turns_of(user_id)
    words = lexical.score(turns, query.terms)
    fused = fuse.fuse(turns, query, words, dense.cosines(turns, vector))
    return _Look(query, facts, turns, words, fused, rank(turns, fused, scope))


def rank(turns: Turns, fused: Fused, scope: MemoryScope) -> list[int]:
    """The best turns of the scope, best first."""
    if not len(turns):
        return []
    open_scopes = turn_scopes(scope)
    allowed = np.array([name in open_scopes for name in turns.scopes], dtype=np.bool_)[turns.scope]
    total = np.where(allowed, fused.total, -np.inf)
    count = min(CANDIDATES, len(turns))
    best = np.argpartition(-total, count - 1)[:count]
    return [int(row) for row in best[np.lexsort((-turns.seq[best], -total[best]))] if np.isfinite(total[row])]


def _nothing(user_id: UUID, look: _Look, scope: MemoryScope) -> str:
    """Why memory holds no answer, or nothing when it may."""
    if any(item.in_slot for item in look.facts):
        return ""
    if any(item.words >= 0.5 for item in look.facts):
        return ""
    if not len(look.turns) and not look.facts:
        return "memory is empty"
    own = float(look.lexical.own.max()) if len(look.turns) else 0.0
    cosine = float(look.fused.cosine.max()) if len(look.turns) else 0.0
    asked = bool(look.query.predicates - VAGUE) and look.query.subjects is None
    if (
        asked
        and own < ANSWERED
        and cosine < ALIKE
        and look.lexical.rarest_is_absent
        and slots.slot_is_empty(user_id, scope, look.query)
    ):
        return "the slot is empty"
    if own < RELATED and cosine < CLOSE and not look.query.periods and not _was_known(user_id, scope, look.query):
        return "nothing is near"
    return ""


def _was_known(user_id: UUID, scope: MemoryScope, query: Query) -> bool:
    """Whether something stood in a slot that is asked for: how it ended may be in the turns."""
    return bool(query.predicates - VAGUE) and not slots.slot_is_empty(user_id, scope, query)


def _fact_items(user_id: UUID, facts: Sequence[ScoredFact]) -> list[RecalledItem]:
    views = {view.id: view for view in fact_views(user_id, [item.fact for item in facts])}
    items = []
    for rank_, item in enumerate(facts, start=1):
        line = line_of_fact(views[item.fact.pk])
        items.append(
            RecalledItem(
                id=item.fact.pk,
                kind="fact",
                line=line,
                tokens=tokens_of(line),
                score=ScoreBreakdown(
                    {name: value for name, value in item.channels.items() if value}, item.total, rank_fused=rank_
                ),
                reason=_reason(item),
                origin=item.fact.origin,
                conversation_id=views[item.fact.pk].conversation_id,
                message_id=views[item.fact.pk].message_id,
            )
        )
    return items


def _reason(item: ScoredFact) -> str:
    if item.in_slot:
        return f"asked for: {item.fact.predicate}"
    return max(item.channels, key=lambda name: item.channels[name])


def _turn_items(
    user_id: UUID,
    look: _Look,
    *,
    with_past: bool,
    as_of: datetime | None,
    known_at: datetime | None,
    exclude: frozenset[UUID],
) -> list[RecalledItem]:
    rows = look.ranked
    ids = [look.turns.ids[row] for row in rows]
    episodes = {episode.pk: episode for episode in Episode.objects.of(user_id).standing().filter(pk__in=ids)}
    held = [
        item.fact
        for item in look.facts
        if with_past or item.fact.status in (Fact.Status.ACTIVE, Fact.Status.DISPUTED) or known_at
    ]
    standing = fold.look_up(user_id, held, ids)
    items: list[RecalledItem] = []
    for rank_fused, row in enumerate(rows, start=1):
        episode = episodes.get(look.turns.ids[row])
        if episode is None or episode.message_id in exclude or not fold.known_by(episode, known_at):
            continue
        if as_of is not None and not standing.cited.get(episode.pk, set()) & standing.holding:
            continue
        if not fold.may_be_told(episode, standing, with_past=with_past and as_of is None):
            continue
        line = turn_line(episode, look.query.zone)
        channels = {
            name: float(values[row]) for name, values in look.fused.channels.items() if abs(float(values[row])) > 1e-6
        }
        items.append(
            RecalledItem(
                id=episode.pk,
                kind="turn",
                line=line,
                tokens=tokens_of(line),
                score=ScoreBreakdown(
                    channels, float(look.fused.total[row]), rank_fused=rank_fused, rank_folded=len(items) + 1
                ),
                reason=max(channels, key=lambda name: channels[name]) if channels else "",
                origin="user_said" if episode.source == "typed" else episode.source,
                conversation_id=episode.conversation_id,
                message_id=episode.message_id,
            )
        )
    return items


def _merge(facts: Sequence[RecalledItem], turns: Sequence[RecalledItem]) -> list[RecalledItem]:
    """Facts that answer come first, then turns and further facts in turn."""
    answering = [item for item in facts if "slot" in item.score.channels]
    others = [item for item in facts if "slot" not in item.score.channels]
    merged = list(answering)
    fact_queue, turn_queue = list(others), list(turns)
    while fact_queue or turn_queue:
        merged += turn_queue[:2]
        turn_queue = turn_queue[2:]
        merged += fact_queue[:1]
        fact_queue = fact_queue[1:]
    return merged
