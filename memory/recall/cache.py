"""What is kept in the process between questions: arrays of the users seen last, within a bound of bytes, checked against the user's memory version
at every recall, so that a forgotten fact is gone from them at once."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import TypeVar
from uuid import UUID

from memory import conf
from memory.recall import load, packed_facts
from memory.recall.arrays import Turns
from memory.recall.load import State
from memory.recall.packed_facts import PackedFacts

K = TypeVar("K", Turns, PackedFacts)


class Cache:
    """The least recently used go first. Keys and values both carry the user, checked on read."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[type, UUID, str], Turns | PackedFacts] = OrderedDict()
        self._lock = Lock()

    def get(self, kind: type[K], user_id: UUID, embedder: str) -> K | None:
        """What is kept of the user, of whatever version."""
        with self._lock:
            kept = self._kept.get((kind, user_id, embedder))
            if kept is None or kept.user_id != user_id or not isinstance(kept, kind):
                return None
            self._kept.move_to_end((kind, user_id, embedder))
            return kept

    def put(self, kept: Turns | PackedFacts, embedder: str) -> None:
        """Keep it, unless something newer is there. The latest stays even when it alone is larger than the bound."""
        with self._lock:
            key = (type(kept), kept.user_id, embedder)
            there = self._kept.get(key)
            if there is not None and there.version > kept.version:
                return
            self._kept[key] = kept
            self._kept.move_to_end(key)
            while len(self._kept) > 1 and self._bytes() > conf.arrays_cache_bytes():
                self._kept.popitem(last=False)

    def drop(self, user_id: UUID) -> None:
        """Forget the user."""
        with self._lock:
            for key in [key for key in self._kept if key[1] == user_id]:
                del self._kept[key]

    def nbytes(self, user_id: UUID) -> int:
        """Memory that the arrays of a user take, about."""
        with self._lock:
            return sum(one.nbytes for one in self._kept.values() if one.user_id == user_id)

    def _bytes(self) -> int:
        return sum(one.nbytes for one in self._kept.values())


_cache = Cache()


def turns_of(user_id: UUID, state: State) -> Turns:
    """The user's turns as of `state`. What a transaction reads that has written itself may yet be rolled back: it is not kept."""
    return _as_of(user_id, state, Turns, load.load, load.catch_up)


def facts_of(user_id: UUID, state: State) -> PackedFacts:
    """The user's facts as of `state`, by the same rules."""
    return _as_of(user_id, state, PackedFacts, packed_facts.load, packed_facts.catch_up)


def _as_of(
    user_id: UUID,
    state: State,
    kind: type[K],
    read: Callable[[UUID, State], K],
    catch_up: Callable[[K, State], K | None],
) -> K:
    kept = _cache.get(kind, user_id, state.embedder.name)
    if kept is not None and kept.version == state.version and state.is_settled:
        return kept
    caught_up = catch_up(kept, state) if kept is not None else None
    found = read(user_id, state) if caught_up is None else caught_up
    if state.is_settled:
        _cache.put(found, state.embedder.name)
    return found


def drop(user_id: UUID) -> None:
    """Forget the arrays of a user in this process."""
    _cache.drop(user_id)


def nbytes_of(user_id: UUID) -> int:
    """Memory that the arrays of a user take in this process, about."""
    return _cache.nbytes(user_id)
