"""What a turn's vector is of: the turn before and the turn together, since answers mean little without their question. No names of speakers: they would
draw it to all that the same person says.

Stored is the sum of a turn's own words alone; a sum of two stands for both together. So a turn is written without a look at the one before it, and
words that are forgotten are in no other turn's row.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from memory.recall.arrays import Floats, Rows

Halves = NDArray[np.float16]
_ROWS = 4096  # at a time, so that floats of only so many stand in memory


def read_rows(present: NDArray[np.bool_], blob: bytes | None, dimensions: int) -> Halves:
    """Vectors as they are stored. `blob`: those of the rows that have one, in their wire form; the others are zeros."""
    rows = np.zeros((len(present), dimensions), dtype=np.float16)
    if blob and len(blob) == int(present.sum()) * (
        4 + 2 * dimensions
    ):  # else they are of a model that has changed under its name
        wire = np.dtype([("dim", ">i2"), ("unused", ">i2"), ("v", ">f2", (dimensions,))])
        rows[present] = np.frombuffer(blob, dtype=wire)["v"]
    return rows


def together(own: Halves, before: Halves) -> Halves:
    """Row by row, both."""
    return (own.astype(np.float32) + before.astype(np.float32)).astype(np.float16)


def with_before(own: Halves, before: Rows) -> Halves:
    """Each row with that of the turn before it. `before`: its place in `own`, or the number of rows where there is none."""
    known = np.concatenate([own, np.zeros((1, own.shape[1]), dtype=np.float16)])
    parts = [together(own[low : low + _ROWS], known[before[low : low + _ROWS]]) for low in range(0, len(own), _ROWS)]
    return np.concatenate(parts) if parts else own


def packed(rows: Halves) -> tuple[NDArray[np.int8], Floats]:
    """Unit vectors as int8 with a scale a row: a quarter of the bytes, and 99.9 % of the top 10 the same."""
    small = np.zeros(rows.shape, dtype=np.int8)
    scales = np.zeros(len(rows), dtype=np.float32)
    for low in range(0, len(rows), _ROWS):
        some = rows[low : low + _ROWS].astype(np.float32)
        most, length = np.abs(some).max(axis=1, initial=0), np.sqrt(np.einsum("ij,ij->i", some, some))
        most[most == 0], length[length == 0] = 1.0, np.inf
        small[low : low + len(some)] = np.rint(some / most[:, None] * 127).astype(np.int8)
        scales[low : low + len(some)] = most / length / 127
    return small, scales
