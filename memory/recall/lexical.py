"""BM25 over the stored terms, with the user's own statistics, and what hangs on single words. k1 1.2, b .75: see recall-evidence in the design."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from memory.recall.arrays import Floats, Turns
from memory.terms import TERM_BYTES, hash_terms

K1 = 1.2
B = 0.75
SMALL = 100  # in a memory of fewer turns a word's rarity is reckoned as in one of so many


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
    rarest_is_absent: bool  # the most telling word of the question stands in no turn
    idfs: tuple[float, ...]


def hashed(user_id: UUID, terms: Sequence[str]) -> list[int]:
    """The stored form of terms."""
    blob = hash_terms(user_id, list(terms))
    return [int.from_bytes(blob[at : at + TERM_BYTES], "big") for at in range(0, len(blob), TERM_BYTES)]


def score(turns: Turns, terms: Sequence[str]) -> Lexical:
    """Score every turn for the terms of a question."""
    size = len(turns)
    zero = np.zeros(size, dtype=np.float32)
    distinct = list(dict.fromkeys(terms))
    if not size or not distinct:
        return Lexical(zero, zero, zero, zero, zero, True, ())
    hashes = hashed(turns.user_id, distinct)
    bm25, own, window, sessions = (np.zeros(size, dtype=np.float64) for _ in range(4))
    lengths = K1 * (1 - B + B * turns.lengths / turns.average_length)
    idfs: list[float] = []
    rarity: list[float] = []
    rows_of: dict[int, NDArray[np.int64]] = {}
    for value in hashes:
        rows, counts = turns.postings(value)
        weight = idf(size, len(rows))
        idfs.append(weight)
        rarity.append(idf(max(size, SMALL), len(rows)))
        rows_of[value] = rows
        if not len(rows):
            continue
        bm25[rows] += weight * counts * (K1 + 1) / (counts + lengths[rows])
        own[rows] += rarity[-1]
        near = _near(turns, _presence(size, rows))
        window += weight * near
        sessions += weight * _by_session(turns, rows, counts)
    total = sum(idfs) or 1.0
    best = total * (K1 + 1)
    absent = not len(rows_of[hashes[int(np.argmax(rarity))]])
    pairs = _pairs(turns, hashes, rows_of, dict(zip(hashes, idfs, strict=True)))
    single = (bm25 / best, pairs, sessions / best, window / total, own / (sum(rarity) or 1.0))
    parts = [part.astype(np.float32) for part in single]
    return Lexical(parts[0], parts[1], parts[2], parts[3], parts[4], absent, tuple(idfs))


def _presence(size: int, rows: NDArray[np.int64]) -> Floats:
    flags = np.zeros(size, dtype=np.float32)
    flags[rows] = 1
    return flags


def _near(turns: Turns, here: Floats) -> Floats:
    """1 for turns that hold a word, or have it within two turns."""
    spread: Floats = np.maximum.reduce([here, *(turns.shifted(here, step) for step in (-2, -1, 1, 2))])
    return spread


def _by_session(turns: Turns, rows: NDArray[np.int64], counts: Floats) -> Floats:
    """One term's BM25 part with whole conversations as documents, handed to each of their turns."""
    number = len(turns.conversations)
    held = np.bincount(turns.conversation[rows], weights=counts, minlength=number).astype(np.float32)
    size = np.bincount(turns.conversation, weights=turns.lengths, minlength=number).astype(np.float32)
    norm = K1 * (1 - B + B * size / (float(size.mean()) or 1.0))
    share = held * (K1 + 1) / (held + norm)
    scaled: Floats = share[turns.conversation].astype(np.float32)
    return scaled


def _pairs(
    turns: Turns, hashes: Sequence[int], rows_of: dict[int, NDArray[np.int64]], idfs: dict[int, float]
) -> Floats:
    """Neighbouring words of the question, and words one apart, that stand so in a turn too."""
    scores = np.zeros(len(turns), dtype=np.float64)
    best = 0.0
    for gap in (1, 2):
        for first, second in zip(hashes, hashes[gap:], strict=False):
            weight = (idfs[first] + idfs[second]) / 2
            best += weight
            for row in np.intersect1d(rows_of[first], rows_of[second], assume_unique=True)[:2000]:
                own = turns.terms[turns.offsets[row] : turns.offsets[row + 1]]
                here = np.flatnonzero(own == np.uint64(first))
                there = np.flatnonzero(own == np.uint64(second))
                if len(here) and len(there) and np.abs(here[:, None] - there[None, :]).min() <= 2:
                    scores[row] += weight
    share: Floats = (scores / best if best else scores).astype(np.float32)
    return share
