"""What memory holds on a question: look, add up, fold, pack. No language model on this path."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from memory.facts.views import fact_line
from memory.lines import MemoryLine
from memory.recall import cache, fold
from memory.recall.candidates import ToldFact, ToldTurn, read
from memory.recall.found import Recalled, RecalledItem, ScoreBreakdown
from memory.recall.fuse import PRIORS
from memory.recall.gate import needs_memory
from memory.recall.lately import shifted
from memory.recall.load import state_of
from memory.recall.pack import fit, tokens_of, turn_line
from memory.recall.query import analyse, normalised
from memory.recall.rank import Moment, RankedTurn, ranked
from memory.recall.slots import ScoredFact
from memory.types import USER_SCOPE, MemoryScope
from profiles.api import locale_of


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
    lately: str = "",
    zone: ZoneInfo | None = None,
) -> Recalled:
    """What memory holds on `question`, most useful first, packed under `budget_tokens`. No language model.

    `conversation_id` is the one being talked in: its recent turns are in the prompt anyway (`exclude_message_ids`). `as_of`: what was true then;
    `known_at`: what was known then. `lately`: what the user said just before; its task and mood shift the order (see `lately`). `zone`: the user's, where
    it is known already. With `explain` also the items that were not packed come back, in `considered`, also where all of them count as nothing; the
    score of each packed one tells its place (that in `items`).
    """
    found = search(
        user_id,
        question,
        at=at,
        conversation_id=conversation_id,
        scope=scope,
        exclude_message_ids=exclude_message_ids,
        as_of=as_of,
        known_at=known_at,
        lately=lately,
        zone=zone,
    )
    considered = tuple(found.items) if explain else ()
    if found.nothing:
        return Recalled(
            (), nothing=True, tokens=0, memory_version=found.version, reason=found.nothing, considered=considered
        )
    packed = fit(considered or found.items, budget_tokens)
    if explain:
        packed = [
            item._replace(score=item.score._replace(rank_packed=rank)) for rank, item in enumerate(packed, start=1)
        ]
    return Recalled(
        items=tuple(packed),
        nothing=not packed,
        tokens=sum(item.tokens for item in packed),
        memory_version=found.version,
        reason="" if packed else "nothing found",
        considered=considered,
    )


_Told = tuple[ScoredFact, ToldFact] | tuple[RankedTurn, ToldTurn]


@dataclass(frozen=True, slots=True)
class Found:
    """What a question brings up before it is packed: most useful first, and why all of it counts as nothing, if it does. Items are made as they are
    taken, once: most of them would never be packed."""

    items: Iterable[RecalledItem]
    nothing: str
    version: int  # of memory


def search(
    user_id: UUID,
    question: str,
    *,
    at: datetime,
    conversation_id: UUID | None = None,
    scope: MemoryScope = USER_SCOPE,
    exclude_message_ids: Sequence[UUID] = (),
    as_of: datetime | None = None,
    known_at: datetime | None = None,
    lately: str = "",
    zone: ZoneInfo | None = None,
) -> Found:
    """Look, add up and fold; the steps of `recall` before packing."""
    state = state_of(user_id, normalised(question))
    if not needs_memory(question):
        return Found((), "small talk", state.version)
    zone = zone or locale_of(user_id).zone
    query = analyse(user_id, question, at=at, zone=zone, knows_somebody=state.knows_somebody)
    moment = Moment(as_of, known_at)
    result = ranked(user_id, query, state, conversation_id=conversation_id, scope=scope, moment=moment)
    facts = cache.facts_of(user_id, state)
    told, facts_told = read(
        user_id,
        [turn.id for turn in result.turns],
        [fact.id for fact in result.facts],
        with_facts=len(facts) > 0,
    )
    with_past = query.is_past or as_of is not None
    standing = fold.look_up(
        facts, result.told, told.values(), with_past=with_past, is_exact=as_of is not None or known_at is not None
    )
    kept = [
        (ranked_turn, turn)
        for ranked_turn in fold.once(result.turns, told)
        if (turn := told.get(ranked_turn.id)) is not None
        and turn.message_id not in exclude_message_ids
        and fold.known_by(turn, known_at)
        and (as_of is None or not standing.holding.isdisjoint(turn.fact_ids))
        and fold.may_be_told(turn, standing, with_past=with_past and as_of is None)
    ]
    texts = fold.less_gone(facts, [turn for _, turn in kept], standing, with_past=with_past)
    if texts:
        kept = [(one, turn._replace(text=texts.get(turn.id, turn.text))) for one, turn in kept]
    facts_kept = [(one, facts_told[one.id]) for one in result.facts if one.id in facts_told]
    merged = _merge(*shifted(facts_kept, kept, lately))
    items = (_item(pair, rank, query.zone, standing) for rank, pair in enumerate(merged, start=1))
    return Found(items, result.nothing, state.version)


def _item(pair: _Told, rank: int, zone: ZoneInfo, standing: fold.Standing) -> RecalledItem:
    if isinstance(pair[0], ScoredFact):
        scored, fact = pair
        line, reason = fact_line(fact), f"asked for: {fact.predicate}" if scored.in_slot else ""
        return _made("fact", scored, fact, line, rank, origin=fact.origin, reason=reason)
    ranked_turn, turn = pair
    origin = "user_said" if turn.source == "typed" else turn.source
    return _made(
        "turn",
        ranked_turn,
        turn,
        turn_line(turn, zone, fold.day_told(turn, standing) if turn.fact_ids else None),
        rank,
        origin=origin,
        reason="",
    )


def _made(
    kind: str,
    one: ScoredFact | RankedTurn,
    told: ToldFact | ToldTurn,
    line: MemoryLine,
    rank: int,
    *,
    origin: str,
    reason: str,
) -> RecalledItem:
    score = ScoreBreakdown(one.channels, one.total, one.rank, rank)
    reason = reason or _strongest(one.channels)
    return RecalledItem(
        told.id, kind, line, tokens_of(line), score, reason, origin, told.conversation_id, told.message_id
    )


def _strongest(channels: Mapping[str, float]) -> str:
    """The channel that says most. The priors, which know nothing of the question, are no reason."""
    strongest, most = "", float("-inf")
    for name, value in channels.items():
        if value > most and name not in PRIORS:
            strongest, most = name, value
    return strongest


def _merge(facts: Sequence[tuple[ScoredFact, ToldFact]], turns: Sequence[tuple[RankedTurn, ToldTurn]]) -> list[_Told]:
    """Facts that answer come first, then turns and further facts in turn."""
    merged: list[_Told] = [pair for pair in facts if pair[0].in_slot]
    others = [pair for pair in facts if not pair[0].in_slot]
    for place in range(max(len(others), (len(turns) + 1) // 2)):
        merged += turns[2 * place : 2 * place + 2]
        merged += others[place : place + 1]
    return merged
