"""Exact cosine over one user's vectors: no shared index could promise completeness, and none is needed."""

from __future__ import annotations

import numpy as np

from memory.recall.arrays import Floats, Turns

_BLOCK = 4096


def cosines(turns: Turns, question: Floats) -> Floats:
    """The cosine of each turn (with the turn before it) to the question; 0 where either has no vector."""
    scores = np.zeros(len(turns), dtype=np.float32)
    for low in range(0, len(turns), _BLOCK):
        block = turns.vectors[low : low + _BLOCK].astype(np.float32)
        scores[low : low + _BLOCK] = block @ question
    scaled: Floats = scores * turns.scales
    return scaled
