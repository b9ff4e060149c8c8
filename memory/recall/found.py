"""What recall answers with. Plain and frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from memory.lines import MemoryLine


class ScoreBreakdown(NamedTuple):
    """Why an item was found: its score by channel, before boosts, and its rank after each step (1 is best, 0: not there)."""

    channels: Mapping[str, float]
    total: float
    rank_fused: int = 0
    rank_folded: int = 0
    rank_packed: int = 0  # told with `explain`


class RecalledItem(NamedTuple):
    """One thing for the prompt. `id` is that of the fact or episode; `tokens` counts the written line."""

    id: UUID
    kind: str  # fact, turn
    line: MemoryLine
    tokens: int
    score: ScoreBreakdown
    reason: str  # a few words for the receipt
    origin: str = "user_said"
    conversation_id: UUID | None = None
    message_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class RelatedTurn:
    """A message near a search in meaning; `closeness` is the cosine, 1 at the most."""

    message_id: UUID
    closeness: float


@dataclass(frozen=True, slots=True)
class Recalled:
    """What a question brought up, most useful first, within its budget. `nothing`: memory holds no answer; then there are no items."""

    items: tuple[RecalledItem, ...]
    nothing: bool
    tokens: int
    memory_version: int
    reason: str = ""  # for `nothing`: which rule said so
    considered: tuple[RecalledItem, ...] = ()  # with explain=True: all that was weighed
