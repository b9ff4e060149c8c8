"""BM25 over the stored terms, with the user's own statistics, and what hangs on single words. k1 1.2, b .75: see recall-evidence in the design."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from memory.recall.arrays import Floats, Rows, Turns, stored

K1 = 1.2
B = 0.75
SMALL = 100  # in a memory of fewer turns a word's rarity is reckoned as in one of so many
NEAR = 2  # turns
NO_STEMS: Mapping[str, Sequence[str]] = {}
APART = 2  # words of a pair stand at most so far apart


def idf(documents: int, holding: int) -> float:
    """Lucene's inverse document frequency: never negative."""
    return float(np.log(1 + (documents - holding + 0.5) / (holding + 0.5)))


@dataclass(frozen=True, slots=True)
class Lexical:
    """Scores by turn, each as a share of the best possible one, so that they mean the same in a small memory and in a large one."""

    bm25: Floats
    pairs: Floats
    sessions: Floats
    window: Floats  # share of the question's idf found within two turns
    own: Floats  # share of the rarity of the question's words found in the turn itself
    around: Floats  # the same within two turns
    rarest_is_absent: bool  # the rarest of the telling words of the question stands in no turn


def score(
    turns: Turns,
    terms: Sequence[str],
    stems: Mapping[str, Sequence[str]] = NO_STEMS,
    telling: Collection[str] = (),
    kin: Collection[str] = (),
) -> Lexical:
    """Score every turn for the terms of a question; `stems`, `telling` and `kin` as in Query. Without `telling` all of them are."""
    size = len(turns)
    if not turns.standing or not terms:
        zero = np.zeros(size, dtype=np.float32)
        return Lexical(zero, zero, zero, zero, zero, zero, True)

    postings = cache(turns.postings)

    def used(value: int) -> int:
        return len(postings(value)[0])

    hashes = stored(turns.user_id, terms, stems, used, kin)
    decisive = stored(turns.user_id, [term for term in terms if term in telling], stems, used, kin) or hashes
    bm25, own, window, around = (np.zeros(size, dtype=np.float32) for _ in range(4))
    sessions = np.zeros(len(turns.conversations), dtype=np.float32)
    idfs: dict[int, float] = {}
    rarity: list[float] = []
    for value in hashes:
        rows, counts = postings(value)
        idfs[value] = idf(turns.standing, len(rows))
        rarity.append(idf(max(turns.standing, SMALL), len(rows)))
        if len(rows):
            norm = K1 * (1 - B + B * turns.lengths[rows] / turns.average_length)
            bm25[rows] += idfs[value] * counts * (K1 + 1) / (counts + norm)
            own[rows] += rarity[-1]
            near = turns.around(rows, NEAR)
            window += np.float32(idfs[value]) * near
            around += np.float32(rarity[-1]) * near
            sessions += idfs[value] * _by_session(turns, rows, counts)
    total = sum(idfs.values()) or 1.0
    best = total * (K1 + 1)
    return Lexical(
        bm25 / np.float32(best),
        _pairs(turns, hashes, idfs),
        (sessions / best).astype(np.float32)[turns.conversation],
        window / np.float32(total),
        own / np.float32(sum(rarity) or 1.0),
        around / np.float32(sum(rarity) or 1.0),
        not used(max(decisive, key=idfs.__getitem__)),
    )


def _by_session(turns: Turns, rows: Rows, counts: Floats) -> Floats:
    """One term's BM25 part with whole conversations as documents, by conversation."""
    sizes = turns.conversation_lengths
    held = np.bincount(turns.conversation[rows], weights=counts, minlength=len(sizes))
    norm = K1 * (1 - B + B * sizes / (turns.average_conversation_length))
    share: Floats = (held * (K1 + 1) / (held + norm)).astype(np.float32)
    return share


def _pairs(turns: Turns, hashes: Sequence[int], idfs: dict[int, float]) -> Floats:
    """Neighbouring words of the question, and words one apart, that stand so in a turn too."""
    scores = np.zeros(len(turns), dtype=np.float32)
    best = 0.0
    for gap in range(1, APART + 1):
        for first, second in zip(hashes, hashes[gap:], strict=False):
            weight = (idfs[first] + idfs[second]) / 2
            best += weight
            scores[turns.near(first, second, APART)] += weight
    return scores / np.float32(best or 1.0)
