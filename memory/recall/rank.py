"""Which facts and turns fit a question best: scores by channel over the packed arrays, and the rule for "memory holds nothing on this"."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import datetime
from math import log
from threading import Lock
from typing import NamedTuple
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from memory import conf
from memory.facts.predicates import RELATIONS, predicate_of
from memory.recall import cache, dense, fuse, lexical, meaning, slots
from memory.recall.arrays import Rows, Turns, by_row, hashed
from memory.recall.fuse import Fused
from memory.recall.load import State
from memory.recall.packed_facts import PackedFacts
from memory.recall.query import Query
from memory.recall.scope import turn_scopes
from memory.recall.slots import Scored, ScoredFact
from memory.terms import language_of
from memory.types import MemoryScope

CANDIDATES = 60  # turns that are looked at one by one
FACTS = 60
FACT_FLOOR = 2.2  # a fact below this has nothing to do with the question
RELATED = 0.25  # share of the question's words, by rarity, in one turn, from which it counts as spoken of
AROUND = 0.4  # the same within two turns: a question takes up what was asked together with what was answered
CLOSE = 0.35  # cosine from which a turn counts as about the question though it shares few words: see recall-evidence in the design
WHERE, GROWS, CLOSEST, APART = 629, 0.032, 0.13, 0.08  # see `close_among`
SAID = 0.15  # the same when what the assistant said is asked for, in other words than its own
ANSWERED = 0.6  # the same share, when the slot that is asked for is known to be empty
ALIKE = 0.42
NEARLY = 0.25  # the same, along with a share of the words that counts as spoken of
KNOWN = 0.5  # share of the question's words, by rarity, in one fact, from which it counts as an answer
VAGUE = frozenset(
    {"did", "likes", "states", "owns", "skill", "plans_to"}
)  # an empty slot of these says nothing, nor one of events: told in any words
_KEPT = 64  # results, in all
_SHARE = 16  # one in so many of the bytes that arrays may take is for results, each as large as the latest
_SCORED_BYTES = 1500  # that one ranked fact or turn takes with its channels, about


@dataclass(frozen=True, slots=True)
class Moment:
    """The past as which memory is asked, if it is: what was true at `as_of`, what was known at `known_at`."""

    as_of: datetime | None = None
    known_at: datetime | None = None

    @property
    def is_past(self) -> bool:
        return self.as_of is not None or self.known_at is not None


class RankedTurn(NamedTuple):
    """A turn with its score by channel. `rank` counts from 1."""

    id: UUID
    channels: Mapping[str, float]
    total: float
    rank: int


@dataclass(frozen=True, slots=True)
class Ranked:
    """The best facts and turns, best first; no text. `told`: rows of all facts that may be told. `nothing`: why all of it counts as no answer."""

    facts: tuple[ScoredFact, ...]
    turns: tuple[RankedTurn, ...]
    told: Rows
    nothing: str

    @property
    def nbytes(self) -> int:
        """About how much memory this takes; never nothing."""
        return _SCORED_BYTES + self.told.nbytes + _SCORED_BYTES * (len(self.facts) + len(self.turns))


_results: OrderedDict[Hashable, Ranked] = OrderedDict()
_lock = Lock()


def ranked(
    user_id: UUID, query: Query, state: State, *, conversation_id: UUID | None, scope: MemoryScope, moment: Moment
) -> Ranked:
    """Rank, or give the same ranking again when memory has not changed since it was asked the same in this conversation."""
    text = hashlib.blake2b(query.text.encode("utf-8", "replace"), digest_size=16).digest()
    key = (
        user_id,
        conversation_id,
        state.version,
        state.embedder.name,
        text,
        query.today,
        query.zone.key,
        scope,
        moment,
    )
    if state.is_settled:
        with _lock:
            if key in _results:
                _results.move_to_end(key)
                return _results[key]
    result = _rank(user_id, query, state, scope, moment)
    if state.is_settled:
        with _lock:
            _results[key] = result
            while len(_results) > min(_KEPT, 1 + conf.arrays_cache_bytes() // _SHARE // result.nbytes):
                _results.popitem(last=False)
    return result


def _rank(user_id: UUID, query: Query, state: State, scope: MemoryScope, moment: Moment) -> Ranked:
    turns, facts = cache.turns_of(user_id, state), cache.facts_of(user_id, state)
    told = slots.standing(
        facts,
        scope,
        as_of=moment.as_of.astimezone(query.zone) if moment.as_of else None,
        known_at=moment.known_at,
        with_past=query.is_past or moment.as_of is not None,
    )
    allowed = _allowed(turns, scope, moment)
    plain = fuse.without_speakers(turns, query.text)
    vector, *others = meaning.vectors_of(state.embedder, [query.text] if plain == query.text else [query.text, plain])
    scored = slots.score(facts, told, query, vector, floor=FACT_FLOOR, most=FACTS)
    words = lexical.score(turns, query.terms, query.stems, query.telling, query.kin)
    fused = fuse.fuse(turns, query, words, dense.cosines(turns.blocks, others[0] if others else vector))
    return Ranked(
        scored.best,
        tuple(_best(turns, fused, allowed)),
        told,
        _nothing(turns, allowed, facts, scored, words, fused, query, scope),
    )


def _allowed(turns: Turns, scope: MemoryScope, moment: Moment) -> NDArray[np.bool_]:
    """Turns of the scope that had been said by the moment."""
    open_scopes = turn_scopes(scope)
    allowed = np.array([name in open_scopes for name in turns.scopes], dtype=np.bool_)[turns.scope] & ~turns.gone
    if (
        moment.known_at is not None
    ):  # nothing is known before it was said; what was recorded later is left out where texts are read
        allowed &= turns.said_at <= moment.known_at.timestamp()
    return allowed


def _best(turns: Turns, fused: Fused, allowed: NDArray[np.bool_]) -> list[RankedTurn]:
    """The best of the allowed turns, best first; of equals the later."""
    count = min(CANDIDATES, int(allowed.sum()))
    if not count:
        return []
    total = np.where(allowed, fused.total, -np.inf)
    rows = np.argpartition(-total, count - 1)[:count]
    rows = rows[np.lexsort((-turns.seq[rows], -total[rows]))]
    told = zip(turns.ids[rows].tolist(), by_row(fused.channels, rows), total[rows].tolist(), strict=True)
    return [
        RankedTurn(UUID(bytes=raw), channels, points, rank)
        for rank, (raw, channels, points) in enumerate(told, start=1)
    ]


def close_among(turns: int, language: str) -> float:
    """The cosine from which a turn counts as about a question, in a memory of so many. The best one of unrelated questions grows by .032 with each e-fold of
    turns (.27 at 629, .41 at 51,000: recall-evidence in the design), so that in a small memory less says as much, and by how far it must stand out does too:
    a line too many costs less than an answer. Not in other languages than English: there static vectors put any two sentences near."""
    if language != "en" or turns >= WHERE:
        return CLOSE
    share = log(max(turns, 1)) / log(WHERE)
    return max(CLOSEST, CLOSE - APART * (1 - share) - GROWS * log(WHERE) * (1 - share))


def _nothing(
    turns: Turns,
    allowed: NDArray[np.bool_],
    facts: PackedFacts,
    scored: Scored,
    words: lexical.Lexical,
    fused: Fused,
    query: Query,
    scope: MemoryScope,
) -> str:
    """Why memory holds no answer, or nothing when it may."""
    if scored.in_slot or scored.words >= KNOWN or fuse.speakers_in(turns, query.text):
        return ""  # what is asked of somebody who talks here stands in no slot of the user
    if not allowed.any() and not scored.best:
        return "memory is empty"
    own = float(words.own.max(where=allowed, initial=0))
    cosine = float(fused.cosine.max(where=allowed, initial=0))
    # "When is Nana's party?" asks for no relative.
    asked = query.predicates - VAGUE - (RELATIONS if query.owns_it else frozenset())
    asks_slot = any(predicate_of(name).kind != "event" for name in asked)
    empty = slots.slot_is_empty(facts, scope, query)
    # Static vectors of other languages than English put any two sentences near: without a word in common they say nothing.
    is_english = language_of(query.text) == "en"
    is_alike = (cosine >= ALIKE and (own > 0 or is_english)) or (is_english and own >= RELATED and cosine >= NEARLY)
    # Something was said of what the question names beside its slot, or on a day that it names: anything, when it asks what happened.
    then = allowed & (fused.channels["date"] > 0) if "date" in fused.channels else np.zeros_like(allowed)
    if not all(predicate_of(name).kind in ("event", "plan") for name in asked):
        then = then & turns.holding(hashed(turns.user_id, tuple(query.telling)))
    is_told = bool(then.any()) or slots.is_held(turns, facts, query)
    if (
        asks_slot
        and query.subjects is None
        and own < ANSWERED
        and not is_alike
        and words.rarest_is_absent
        and empty
        and not is_told
        and not (query.is_general and own)  # of others the words of the slot say as much as a slot would
    ):
        return "the slot is empty"
    if asks_slot and query.subjects is None and query.is_own and empty and slots.is_of_others(facts, scope, query):
        return "the slot is empty"  # what was said of it was said of somebody else
    was_known = asks_slot and not empty  # how it ended may be in the turns
    around = float(words.around.max(where=allowed, initial=0))
    close = close_among(len(turns), language_of(query.text))
    if query.asks_assistant:
        close = min(SAID, close)
    if own < RELATED and around < AROUND and cosine < close and not query.periods and not was_known:
        return "nothing is near"
    return ""
