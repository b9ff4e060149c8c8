"""Recall over 629 to 50,000 memories of one user, nine turns to one fact, beside plain cosine over the same vectors in the same database."""

from __future__ import annotations

import json
import os
import random
import resource
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import psycopg

from benchmarks._scratch import run_inside

SIZES = (629, 1_000, 10_000, 50_000)
QUESTIONS = 150
TURNS_A_CONVERSATION = 24
START = datetime(2022, 1, 3, 8, tzinfo=UTC)
ASKED = START + timedelta(days=4 * 365)
ZONE = ZoneInfo("UTC")  # whoever asks for an answer has read the user's already
_SAID = (
    "I went to the {0} with {1} and we talked about the {2} until late.",
    "The {0} at the {1} was {2}, but I would rather have had {3}.",
    "My {0} keeps asking about the {1}, so I bought a {2} yesterday.",
    "We finally fixed the {0}. It took {4} hours and a new {1}.",
    "Do you remember the {0} I told you about?",
    "Last week {1} showed me how to make {0} with {2} and {3}.",
    "I am thinking of selling the {0} and getting a {1} instead.",
)
_ANSWERED = (
    "That sounds like a good {0}. Was the {1} part of it?",
    "You could try the {0} first, and keep the {1} for later.",
    "Noted: the {0} matters more to you than the {1}.",
)
_ASKED = (
    "What did I say about the {0} and the {1}?",
    "When did I buy the {0}?",
    "Who went to the {0} with me?",
    "How many hours did the {0} take?",
    "Which {0} did I like better than the {1}?",
    "What happened with the {0} in March 2023?",
    "Where is my {0}?",
)
_NAMES = [
    "Ana",
    "Bilal",
    "Chen",
    "Dora",
    "Emeka",
    "Freya",
    "Goran",
    "Hana",
    "Ivo",
    "Jun",
    "Kofi",
    "Lena",
    "Mila",
    "Noor",
    "Otis",
    "Petra",
    "Quinn",
    "Rosa",
    "Sami",
    "Tove",
]


def measure() -> dict[str, Any]:
    """Milliseconds and bytes by the number of memories."""
    return run_inside("benchmarks.recall")


@dataclass(frozen=True)
class _Dice:
    """Words as they are in real memories: some everywhere, most of them rare."""

    random: random.Random
    words: Sequence[str]
    weights: Sequence[float]

    def fill(self, forms: Sequence[str]) -> tuple[str, list[str]]:
        """A sentence and the words in it."""
        words = self.random.choices(self.words, cum_weights=self.weights, k=4)
        if self.random.random() < 0.3:
            words[1] = self.random.choice(_NAMES)
        return self.random.choice(forms).format(*words, self.random.randint(2, 30)), words


def _dice() -> _Dice:
    import numpy as np

    from memory.embedding import word_llama_words

    dice = random.Random(11)
    words = word_llama_words()
    dice.shuffle(words)
    return _Dice(dice, words, np.cumsum(1 / (np.arange(len(words)) + 20.0)).tolist())


def _inside() -> dict[str, Any]:
    from memory.recall import cache
    from profiles.api import User

    dice = _dice()
    found: dict[str, Any] = {}
    for size in SIZES:
        user = User.objects.create_user(f"{size}@example.org", None, name="bench").pk
        spoken = _fill(user, size, dice)
        before = _resident()
        cold = _recall(user, "What did I say about the weather?", 0)
        grown = _resident() - before
        questions = [_question(dice, spoken) for _ in range(QUESTIONS)]
        for number in range(10):
            _recall(user, questions[number], 1_000 + number)
        found[str(size)] = {
            "cold_ms": round(cold, 1),
            "recall_ms": _spread([_recall(user, text, number) for number, text in enumerate(questions)]),
            "without_embedding_ms": _without_embedding(user, questions),
            "after_a_new_turn_ms": _after_new_turns(user, questions, dice),
            "cosine_alone_ms": _spread([_rival(user, text) for text in questions]),
            "arrays_mb": round(cache.nbytes_of(user) / 2**20, 1),
            "process_grew_mb": round(grown / 2**20, 1),
        }
        print(f"{size} memories: {json.dumps(found[str(size)])}", file=sys.stderr, flush=True)
    small, large = (found[str(size)]["recall_ms"]["p50"] for size in (SIZES[1], SIZES[-1]))
    return {"by_memories": found, "growth": {"memories": SIZES[-1] // SIZES[1], "p50": round(large / small, 2)}}


def _spread(times: Sequence[float]) -> dict[str, float]:
    ordered = sorted(times)
    return {"p50": round(ordered[len(ordered) // 2], 1), "p95": round(ordered[int(len(ordered) * 0.95)], 1)}


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - began)


def _resident() -> int:
    """The memory that this process holds, in bytes."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()


def _question(dice: _Dice, spoken: Sequence[list[str]]) -> str:
    return dice.random.choice(_ASKED).format(*dice.random.choice(spoken))


def _recall(user: UUID, text: str, number: int) -> float:
    """`number` stands for a conversation of its own: no answer of an earlier one is given again."""
    from memory import api
    from profiles.owned import as_user

    def call() -> None:
        with as_user(user):
            api.recall(user, text, at=ASKED, conversation_id=UUID(int=number), zone=ZONE)

    return _timed(call)


def _without_embedding(user: UUID, questions: Sequence[str]) -> dict[str, float]:
    """With the vectors of the questions at hand, as where a remote embedder was asked before."""
    from memory.recall import meaning

    known: dict[tuple[str, ...], list[Any]] = {}
    embedded = meaning.vectors_of

    def at_hand(embedder: Any, texts: Sequence[str]) -> list[Any]:
        key = tuple(texts)
        if key not in known:
            known[key] = embedded(embedder, texts)
        return known[key]

    meaning.vectors_of = at_hand
    try:
        for number, text in enumerate(questions):
            _recall(user, text, 2_000 + number)
        return _spread([_recall(user, text, 5_000 + number) for number, text in enumerate(questions)])
    finally:
        meaning.vectors_of = embedded


def _after_new_turns(user: UUID, questions: Sequence[str], dice: _Dice) -> dict[str, float]:
    """As in a chat: each question is asked just after a turn was recorded, so the arrays have to catch up."""
    from memory import api
    from profiles.owned import as_user, new_id

    times, conversation = [], new_id()
    for number, text in enumerate(questions):
        at = ASKED + timedelta(minutes=number)
        with as_user(user):
            api.record_turn(
                user, conversation_id=conversation, message_id=new_id(), role="user", text=dice.fill(_SAID)[0], at=at
            )
        times.append(_recall(user, text, 3_000 + number))
    return _spread(times)


def _rival(user: UUID, text: str) -> float:
    """The best sixty turns by cosine in Postgres, embedding included: what a plain vector store does."""
    from django.db import connection

    from memory.ports import embedder
    from profiles.owned import as_user

    def call() -> None:
        vector = embedder().embed([text])[0]
        with as_user(user), connection.cursor() as cursor:
            cursor.execute(
                "SELECT e.id, e.text FROM memory_vector v JOIN memory_episode e ON e.id = v.episode_id WHERE v.user_id = %s AND v.model = %s"
                " ORDER BY v.halfvec <=> %s::halfvec LIMIT 60",
                [user, embedder().name, str(vector.tolist())],
            )
            cursor.fetchall()

    return _timed(call)


def _fill(user: UUID, size: int, dice: _Dice) -> list[list[str]]:
    """Give a user `size` memories, by COPY. Returns the words of each turn that the user said."""
    from memory.terms import index
    from profiles.owned import as_user, new_id

    facts = size // 10
    turns, spoken = [], []
    conversation = new_id()
    for number in range(size - facts):
        if number % TURNS_A_CONVERSATION == 0:
            conversation = new_id()
        is_user = number % 2 == 0
        text, words = dice.fill(_SAID if is_user else _ANSWERED)
        if is_user:
            spoken.append(words)
        day, place = divmod(number, TURNS_A_CONVERSATION)
        at = START + timedelta(hours=day * 24 * 3 * 365 * TURNS_A_CONVERSATION / size, minutes=place)
        turns.append((new_id(), number + 1, conversation, "user" if is_user else "assistant", text, at))
    with psycopg.connect(
        os.environ["DATABASE_URL"]
    ) as connection:  # the owner of the tables: COPY passes no row-level security
        _copy_turns(connection, user, turns, [index(user, text) for *_, text, _ in turns])
        _copy_vectors(connection, user, "episode_id", [row[0] for row in turns], [row[4] for row in turns])
    with as_user(user):
        made = _add_facts(user, facts, dice, turns)
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        _copy_vectors(connection, user, "fact_id", *made)
        connection.execute("VACUUM ANALYZE")
    return spoken


def _copy_turns(
    connection: psycopg.Connection, user: UUID, turns: Sequence[tuple[Any, ...]], terms: Sequence[bytes]
) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO memory_memorystate (user_id, version, erased_version, turns, total_length) VALUES (%s, 1, 0, %s, 0)",
            [user, len(turns)],
        )
        with cursor.copy(
            "COPY memory_episode (id, user_id, scope_kind, seq, conversation_id, role, speaker, source, text, pasted, said_at, recorded_at, terms,"
            " changed_version)"
            " FROM STDIN"
        ) as copy:
            for (turn, seq, conversation, role, text, at), own in zip(turns, terms, strict=True):
                copy.write_row((turn, user, "user", seq, conversation, role, "", "typed", text, "{}", at, at, own, 1))


def _copy_vectors(
    connection: psycopg.Connection, user: UUID, column: str, ids: Sequence[UUID], texts: Sequence[str]
) -> None:
    from memory.ports import embedder
    from profiles.owned import new_id

    model = embedder()
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY memory_vector (id, user_id, {column}, model, dimensions, halfvec) FROM STDIN") as copy,
    ):
        for low in range(0, len(ids), 2_000):
            some = texts[low : low + 2_000]
            vectors = model.sums(some) if column == "episode_id" else model.embed(some)
            for owner, vector in zip(ids[low : low + 2_000], vectors, strict=True):
                copy.write_row((new_id(), user, owner, model.name, model.dimensions, str(vector.tolist())))


def _add_facts(user: UUID, number: int, dice: _Dice, turns: Sequence[tuple[Any, ...]]) -> tuple[list[UUID], list[str]]:
    """The ids and texts of the new facts."""
    from memory.models import Evidence, Fact
    from memory.terms import index

    facts, evidence = [], []
    for place in range(number):
        turn, _, _, _, text, at = turns[2 * place]
        value = " ".join(dice.fill(_SAID)[1][:2])
        facts.append(
            Fact(
                user_id=user,
                predicate=dice.random.choice(["likes", "owns", "did"]),
                value=f"{value} {place}",
                value_key=f"{value} {place}",
                text=f"Has to do with {value}",
                kind="event",
                said_on=at.date(),
                said_at=at,
                recorded_at=at,
                status="active",
                origin="user_said",
                terms=index(user, value),
            )
        )
        evidence.append(
            Evidence(
                user_id=user,
                fact=facts[-1],
                episode_id=turn,
                episode_length=len(text),
                start=0,
                end=len(text),
                quote=text,
                said_at=at,
                recorded_at=at,
            )
        )
    Fact.objects.bulk_create(facts, batch_size=1_000)
    Evidence.objects.bulk_create(evidence, batch_size=1_000)
    return [fact.pk for fact in facts], [fact.text for fact in facts]


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps(_inside()))
