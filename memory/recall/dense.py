"""Exact cosine over one user's vectors: no shared index could promise completeness, and none is needed."""

from __future__ import annotations

import numpy as np

from memory.recall.arrays import Block, Floats

_ROWS = 2048  # at a time: so many fit the processor's cache as floats


def cosines(blocks: tuple[Block, ...], question: Floats) -> Floats:
    """The cosine of each row to the question; 0 where either has no vector."""
    size = sum(len(block) for block in blocks)
    scores = np.zeros(size, dtype=np.float32)
    if not question.any():
        return scores
    start = 0
    for block in blocks:
        for low in range(0, len(block), _ROWS):
            some = block.vectors[low : low + _ROWS]
            scores[start + low : start + low + len(some)] = some.astype(np.float32) @ question
        scores[start : start + len(block)] *= block.scales
        start += len(block)
    return scores
