"""What others find for the same questions, in the same run: cosine alone over the same vectors, and mem0 where it is installed.

mem0 (an optional extra, `requirements-mem0.lock`) is given our embedder and a Postgres table of its own, and stores each turn as it is (`infer=False`):
what is compared is how it finds, without any language model on either side.
"""

from __future__ import annotations

import importlib.util
import logging
import os
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID

import numpy as np
from django.conf import settings
from django.db import connection

from memory.ports import embedder
from profiles.owned import as_user

MOST = 30


class Rival(Protocol):
    """A way to find turns."""

    name: str

    def take(self, user_id: UUID, turns: Sequence[Mapping[str, Any]], names: Mapping[UUID, str]) -> None:
        """Store one conversation. `names`: the turn ids by our episode."""

    def find(self, user_id: UUID, question: str) -> list[str]:
        """The turn ids found, best first, at most `MOST`."""


class Cosine:
    """pgvector's exact cosine over the vectors that are there."""

    name = "cosine alone (pgvector)"

    def __init__(self) -> None:
        self._names: dict[UUID, str] = {}

    def take(self, user_id: UUID, turns: Sequence[Mapping[str, Any]], names: Mapping[UUID, str]) -> None:
        del user_id, turns
        self._names.update(names)

    def find(self, user_id: UUID, question: str) -> list[str]:
        vector = embedder().embed([question])[0]
        with as_user(user_id), connection.cursor() as cursor:
            cursor.execute(
                "SELECT episode_id FROM memory_vector WHERE user_id = %s AND model = %s AND episode_id IS NOT NULL"
                " ORDER BY halfvec <=> %s::halfvec LIMIT %s",
                [user_id, embedder().name, str(vector.tolist()), MOST],
            )
            return [self._names.get(row[0], "") for row in cursor.fetchall()]


class Mem0:
    """mem0's own add and search, with its pgvector store."""

    name = "mem0"

    def __init__(self) -> None:
        os.environ["MEM0_TELEMETRY"] = "False"
        os.environ.setdefault("MEM0_DIR", tempfile.mkdtemp(prefix="remembrancer-mem0-"))
        from mem0 import Memory  # noqa: PLC0415  (optional, and seconds to import)

        logging.getLogger("mem0").setLevel(logging.WARNING)  # it tells of each row
        store = {
            "connection_string": settings.DATABASE_URL,  # as the owner of the database: it makes a table of its own
            "collection_name": "rival",
            "embedding_model_dims": embedder().dimensions,
            "hnsw": True,
        }
        self._memory = Memory.from_config(
            {
                "vector_store": {"provider": "pgvector", "config": store},
                "embedder": {"provider": "openai", "config": {"api_key": "unused"}},  # replaced below
                "llm": {"provider": "openai", "config": {"api_key": "unused"}},  # never asked: nothing is inferred
                "history_db_path": str(Path(os.environ["MEM0_DIR"]) / "history.db"),
            }
        )
        self._memory.embedding_model = _OurEmbedder()

    def take(self, user_id: UUID, turns: Sequence[Mapping[str, Any]], names: Mapping[UUID, str]) -> None:
        del names
        for turn in turns:
            self._memory.add(
                f"{turn['speaker']}: {turn['text']}",
                user_id=str(user_id),
                metadata={"turn": turn["turn"]},
                infer=False,
            )

    def find(self, user_id: UUID, question: str) -> list[str]:
        found = self._memory.search(question, filters={"user_id": str(user_id)}, top_k=MOST, threshold=0.0)
        return [str(row["metadata"]["turn"]) for row in found["results"]]


class _OurEmbedder:
    """Our embedder by the names that mem0 calls."""

    def embed(self, text: str, memory_action: str | None = None) -> list[float]:
        del memory_action
        return [float(number) for number in embedder().embed([text])[0]]

    def embed_batch(self, texts: Sequence[str], memory_action: str | None = None) -> list[list[float]]:
        return [self.embed(text, memory_action) for text in texts]


def rivals() -> list[Rival]:
    """Those that can be asked here."""
    found: list[Rival] = [Cosine()]
    if importlib.util.find_spec("mem0"):
        found.append(Mem0())
    return found


@dataclass
class Score:
    """What one rival found, and how long it took."""

    name: str
    recall: list[Mapping[int, float]] = field(default_factory=list)
    milliseconds: list[float] = field(default_factory=list)
    stored: int = 0
    seconds: float = 0.0

    def take(self, rival: Rival, user_id: UUID, turns: Sequence[Mapping[str, Any]], names: Mapping[UUID, str]) -> None:
        began = time.perf_counter()
        rival.take(user_id, turns, names)
        self.seconds += time.perf_counter() - began
        self.stored += len(turns)

    def ask(self, rival: Rival, user_id: UUID, question: Mapping[str, Any], at: Sequence[int]) -> None:
        began = time.perf_counter()
        found = rival.find(user_id, question["text"])
        self.milliseconds.append(1000 * (time.perf_counter() - began))
        wanted = set(question["evidence"])
        self.recall.append({k: len(wanted & set(found[:k])) / len(wanted) for k in at})

    def report(self, at: Sequence[int]) -> dict[str, Any]:
        """Averages over the questions; `turns_per_second` of storing, None for one that stores nothing of its own."""
        count = len(self.recall) or 1
        return {
            "name": self.name,
            "recall": {str(k): sum(row[k] for row in self.recall) / count for k in at},
            "latency_ms": {
                "p50": float(np.percentile(self.milliseconds or [0.0], 50)),
                "p95": float(np.percentile(self.milliseconds or [0.0], 95)),
            },
            "turns_per_second": round(self.stored / self.seconds) if self.seconds > 0.1 else None,
        }
