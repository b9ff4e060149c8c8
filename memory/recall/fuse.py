"""Add up what the channels say of each turn. All parts are scale-free: none is normalised over the user's turns, so priors do not fade as memory grows.

Weights: measured on five public conversations, see recall-evidence in the design and docs/benchmarks.md. Fitted no finer: a search over finer ones
gained nothing on conversations left out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from memory.recall.arrays import Floats, Turns
from memory.recall.kinds import asked_kinds, holding
from memory.recall.lexical import Lexical
from memory.recall.query import Query
from memory.recall.temporal import near_periods

VECTOR = 2.5  # weight of the cosine
_MOST_NAMES = 3
_SUBJECT = (
    r"\b(?:did|does|do|is|was|has|have|had|will|would|can|could|should|might"
    r"|hat|hatte|wollte|war|ist|wird|har|hadde|ville)\s+{name}\b(?!['’]|\s+(?:and|und|y|og)\b)"
)
PRIORS = frozenset({"length", "names", "question", "role", "support"})  # know nothing of the question


@dataclass(frozen=True, slots=True)
class Fused:
    """Scores by turn, in all and by channel."""

    total: Floats
    channels: Mapping[str, Floats]
    cosine: Floats


def fuse(turns: Turns, query: Query, lexical: Lexical, cosine: Floats) -> Fused:
    """The sum."""
    words, vector, pairs = 2.5 * lexical.bm25, VECTOR * cosine, 1.0 * lexical.pairs
    own = words + vector + pairs
    near = 0.25 * (turns.shifted(own, -1) + turns.shifted(own, 1)) + 0.2 * (
        turns.shifted(own, -2) + turns.shifted(own, 2)
    )
    near += np.float32(0.15) * turns.shifted(own * turns.asks, 1)  # what somebody asks back about was just told
    channels: dict[str, Floats] = {
        "words": words,
        "vector": vector,
        "pairs": pairs,
        "neighbours": near,
        "session": lexical.sessions,
        "window": 1.5 * lexical.window,
        "length": np.float32(0.2) * turns.log_words,
        "names": np.float32(0.3) * np.log2(1 + np.minimum(turns.names_brought_up, _MOST_NAMES)),
        "question": np.float32(-0.6) * turns.asks,
    }
    if query.periods:
        channels["date"] = 1.5 * near_periods(turns, query.periods, query.zone)
    if (speaker := _speaker(turns, query)) is not None:
        channels["speaker"] = np.float32(1.5) * (turns.speaker == speaker)
    if not query.is_general:
        # One's own life is told by oneself, not by who answers; unless it is the answer that is asked for.
        channels["role"] = np.float32(1.0) * (turns.by_user != query.asks_assistant)
    for kind in asked_kinds(query.text):
        channels[kind.channel] = np.float32(kind.weight) * holding(turns, kind)
    total = np.zeros(len(turns), dtype=np.float32)
    for part in channels.values():
        total += part
    return Fused(total, channels, cosine)


def speakers_in(turns: Turns, text: str) -> list[int]:
    """The known speakers whom a text names."""
    folded = text.casefold()
    return [
        number
        for number, name in enumerate(turns.speakers)
        if name and name.casefold() in folded and re.search(rf"\b{re.escape(name)}\b", text, re.IGNORECASE)
    ]


def without_speakers(turns: Turns, text: str) -> str:
    """`text` without the names of known speakers: they say who talks, and a vector would look for turns that call them by name."""
    for number in speakers_in(turns, text):
        text = re.sub(rf"\b{re.escape(turns.speakers[number])}\b(?:['’]s)?", " ", text, flags=re.IGNORECASE)
    return text


def _speaker(turns: Turns, query: Query) -> int | None:
    """The known speaker whose words are asked for: the only one named, or of several the subject of the question ("What did Ana tell Bo?")."""
    named = speakers_in(turns, query.text)
    if len(named) == 1:
        return named[0]
    for number in named:
        if re.search(_SUBJECT.format(name=re.escape(turns.speakers[number])), query.text, re.IGNORECASE):
            return number
    return None
