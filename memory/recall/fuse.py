"""Add up what the channels say of each turn. All parts are scale-free: none is normalised over the user's turns, so priors do not fade as memory grows.

Weights: measured on five public conversations, see recall-evidence in the design. Fitted no finer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from memory.recall.arrays import Floats, Turns
from memory.recall.lexical import Lexical
from memory.recall.query import Query
from memory.recall.temporal import holds_time_words, near_periods


@dataclass(frozen=True, slots=True)
class Fused:
    """Scores by turn, in all and by channel."""

    total: Floats
    channels: Mapping[str, Floats]
    cosine: Floats


def fuse(turns: Turns, query: Query, lexical: Lexical, cosine: Floats) -> Fused:
    """The sum."""
    words, vector, pairs = 2.5 * lexical.bm25, 3.0 * cosine, 1.0 * lexical.pairs
    own = words + vector + pairs
    near = 0.25 * (turns.shifted(own, -1) + turns.shifted(own, 1)) + 0.2 * (
        turns.shifted(own, -2) + turns.shifted(own, 2)
    )
    channels: dict[str, Floats] = {
        "words": words,
        "vector": vector,
        "pairs": pairs,
        "neighbours": near,
        "session": 1.0 * lexical.sessions,
        "window": 1.5 * lexical.window,
        "length": (0.2 * np.log1p(turns.words)).astype(np.float32),
        "question": -0.6 * turns.asks.astype(np.float32),
    }
    if query.periods:
        channels["date"] = 2.0 * near_periods(turns, query.periods, query.zone)
    if (speaker := _speaker(turns, query)) is not None:
        channels["speaker"] = 1.5 * (turns.speaker == speaker).astype(np.float32)
    if query.asks_when:
        channels["time words"] = 1.1 * holds_time_words(turns)
    total = np.zeros(len(turns), dtype=np.float32)
    for part in channels.values():
        total = total + part
    return Fused(total.astype(np.float32), channels, cosine)


def _speaker(turns: Turns, query: Query) -> int | None:
    """The one known speaker whom the question names."""
    named = [
        number
        for number, name in enumerate(turns.speakers)
        if name and re.search(rf"\b{re.escape(name)}\b", query.text, re.IGNORECASE)
    ]
    return named[0] if len(named) == 1 else None
