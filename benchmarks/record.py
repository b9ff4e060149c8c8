"""Writing memory: a recorded turn, turns in batches, and reading turns by rules, beside 0, 10,000 and 50,000 facts of one user."""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from benchmarks._scratch import run_inside

SIZES = (0, 10_000, 50_000)
CALLS = 1_000
BATCHES, BATCH_TURNS = 10, 500
JOBS = 10
BUFFERS = 40
START = datetime(2020, 1, 1, 8, tzinfo=UTC)
_WORDS = (
    *(
        "boat",
        "harbour",
        "rain",
        "market",
        "cousin",
        "bicycle",
        "kettle",
        "train",
        "garden",
        "letter",
        "window",
        "piano",
        "recipe",
    ),
    *(
        "forest",
        "bridge",
        "island",
        "ticket",
        "lantern",
        "blanket",
        "orchard",
        "museum",
        "teacher",
        "printer",
        "coffee",
        "camera",
    ),
    *(
        "river",
        "mountain",
        "village",
        "holiday",
        "invoice",
        "meeting",
        "report",
        "budget",
        "jacket",
        "picture",
        "station",
        "dinner",
    ),
    *("library", "concert", "cinema", "tennis", "football", "novel", "poem", "garlic", "tomato"),
)
_PLACES = ["Bergen", "Lisbon", "Graz", "Turku", "Leeds", "Porto", "Ghent", "Malmö", "Cork", "Basel"]
_FORMS = (
    "I moved to {place} because of the {one}.",
    "I really like {one} {two}.",
    "My sister {name} lives in {place}.",
    "I bought a {one} for the {two} at the {three} yesterday.",
    "I have a meeting about the {one} on the {two} of the {three}.",
)


def measure() -> dict[str, Any]:
    """Milliseconds and rates by the number of facts that the user has already."""
    return run_inside("benchmarks.record")


def _sentence(dice: random.Random) -> str:
    """About twenty words: one that rules can read, and some that they can't."""
    some = dice.sample(_WORDS, 8)
    said = dice.choice(_FORMS).format(
        place=dice.choice(_PLACES),
        name=f"{dice.choice(_PLACES)[:3]}{dice.choice(_WORDS)[:4]}".title(),
        one=some[0],
        two=some[1],
        three=some[2],
    )
    return f"{said} Then the {some[3]} and the {some[4]} were at the {some[5]}, and {some[6]} came with the {some[7]}."


def _inside() -> dict[str, Any]:
    from profiles.api import User
    from profiles.owned import new_id

    dice = random.Random(7)
    _figures(User.objects.create_user("warm@example.org", None, name="warm").pk, dice, calls=50, batches=1, jobs=1)
    found: dict[str, Any] = {}
    for size in SIZES:
        user = User.objects.create_user(f"{new_id().hex}@example.org", None, name="bench").pk
        _fill(user, size, dice)
        found[str(size)] = _figures(user, dice, calls=CALLS, batches=BATCHES, jobs=JOBS)
        print(f"{size} facts: {json.dumps(found[str(size)])}", file=sys.stderr, flush=True)
    model = _model_calls(user, dice)
    print(f"model, beside {SIZES[-1]} facts: {json.dumps(model)}", file=sys.stderr, flush=True)
    small, large = found[str(SIZES[0])], found[str(SIZES[-1])]
    growth = {
        "record_ms_p50": round(large["record_ms"]["p50"] / small["record_ms"]["p50"], 2),
        "batch_turns_per_second": round(small["batch_turns_per_second"] / large["batch_turns_per_second"], 2),
        "ingest_turns_per_second": round(small["ingest_turns_per_second"] / large["ingest_turns_per_second"], 2),
    }
    print(f"growth from {SIZES[0]} to {SIZES[-1]} facts (1 is none): {json.dumps(growth)}", file=sys.stderr, flush=True)
    return {"by_facts": found, "growth": growth, "model": model}


def _figures(user: UUID, dice: random.Random, *, calls: int, batches: int, jobs: int) -> dict[str, Any]:
    single = _record_singly(user, dice, calls)
    least = _write_one_row(user, calls)
    batch = _record_in_batches(user, dice, batches)
    imported = _import(user, dice, batches)
    learned, ingest = _ingest(user, dice, jobs)
    single.sort()
    return {
        "record_ms": {"p50": round(single[len(single) // 2], 2), "p95": round(single[int(len(single) * 0.95)], 2)},
        "calls_per_second": round(1000 * len(single) / sum(single)),
        "one_row_ms": round(least[len(least) // 2], 2),
        "times_one_row": round(single[len(single) // 2] / least[len(least) // 2], 1),
        "batch_turns_per_second": round(batch),
        "import_turns_per_second": round(imported),
        "jobs_per_second": round(ingest / BATCH_TURNS_A_JOB, 2),
        "ingest_turns_per_second": round(ingest),
        "facts_learned": learned,
    }


BATCH_TURNS_A_JOB = 20  # what somebody says in one sitting


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _record_singly(user: UUID, dice: random.Random, calls: int) -> list[float]:
    from memory import api
    from profiles.owned import as_user, new_id

    conversation = new_id()
    times = []
    for minute in range(calls):
        text, at = _sentence(dice), START + timedelta(days=2000, minutes=minute)

        def call(text: str = text, at: datetime = at) -> None:
            with as_user(user):
                api.record_turn(user, conversation_id=conversation, message_id=new_id(), role="user", text=text, at=at)

        times.append(1000 * _timed(call))
    return times


def _write_one_row(user: UUID, calls: int) -> list[float]:
    """What this machine takes for the least that is durable: one small row changed, as the user, and committed."""
    from django.db import connection

    from profiles.owned import as_user

    def call() -> None:
        with as_user(user), connection.cursor() as cursor:
            cursor.execute("UPDATE memory_memorystate SET version = version WHERE user_id = %s", [user])

    return sorted(1000 * _timed(call) for _ in range(calls))


def _record_in_batches(user: UUID, dice: random.Random, batches: int) -> float:
    from memory import api
    from profiles.owned import as_user, new_id

    seconds = 0.0
    for batch in range(batches):
        conversations = [new_id() for _ in range(10)]
        said = [
            api.Said(
                conversations[number * 10 // BATCH_TURNS],
                new_id(),
                "user" if number % 2 == 0 else "assistant",
                _sentence(dice),
                START + timedelta(days=2100 + batch, minutes=number),
            )
            for number in range(BATCH_TURNS)
        ]

        def call(said: list[api.Said] = said) -> None:
            with as_user(user):
                api.record_turns(user, said, at=START + timedelta(days=2200))

        seconds += _timed(call)
    return batches * BATCH_TURNS / seconds


def _import(user: UUID, dice: random.Random, batches: int) -> float:
    """Turns a second of a file of conversations, from opening it to the last part; the rules read them later, as jobs."""
    from memory import api
    from profiles.owned import as_user, new_id

    messages = [
        {"role": "user", "text": _sentence(dice), "at": (START + timedelta(days=1500, minutes=number)).isoformat()}
        for number in range(batches * BATCH_TURNS)
    ]
    data = json.dumps({"conversations": [{"id": str(new_id()), "messages": messages}]}).encode()

    def call() -> None:
        with as_user(user):
            view = api.open_import(user, data, at=START)
        while view.state == "running":
            with as_user(user):
                view = api.advance_import(user, view.id, at=START)

    return len(messages) / _timed(call)


def _ingest(user: UUID, dice: random.Random, jobs: int) -> tuple[int, float]:
    """(facts learned, turns a second) of jobs by rules, each of what is said in one sitting."""
    from memory import api
    from memory.models import Episode
    from profiles.owned import as_user, new_id

    with as_user(user):
        Episode.objects.of(user).update(rules_read_at=START)
    learned, seconds = 0, 0.0
    for job in range(jobs):
        at, conversation = START + timedelta(days=2300 + job), new_id()
        said = [
            api.Said(conversation, new_id(), "user", _sentence(dice), at + timedelta(minutes=number))
            for number in range(BATCH_TURNS_A_JOB)
        ]
        with as_user(user):
            api.record_turns(user, said, at=at)
        began = time.perf_counter()
        with as_user(user):
            learned += len(api.ingest(user, at=at + timedelta(hours=2)).facts)
        seconds += time.perf_counter() - began
    return learned, jobs * BATCH_TURNS_A_JOB / seconds


def _fill(user: UUID, size: int, dice: random.Random) -> None:
    """Give a user `size` facts, each with the turn that says it."""
    from django.db import connection

    from memory import api
    from memory.facts.predicates import predicate_of
    from memory.facts.slots import slot_key
    from memory.models import Evidence, Fact, Vector
    from memory.ports import embedder
    from memory.terms import index
    from profiles.owned import as_user, new_id

    predicate = predicate_of("likes")
    for start in range(0, size, BATCH_TURNS):
        values = [f"{' '.join(dice.sample(_WORDS, 2))} {number}" for number in range(start, start + BATCH_TURNS)]
        at = START + timedelta(minutes=start)
        conversation = new_id()
        said = [
            api.Said(conversation, None, "user", f"I like {value}", at + timedelta(seconds=number), is_read=True)
            for number, value in enumerate(values)
        ]
        with as_user(user):
            turns = api.record_turns(user, said, at=at)
            facts = [
                Fact(
                    user_id=user,
                    predicate=predicate.name,
                    value=value,
                    value_key=value,
                    text=f"Likes {value}",
                    kind="preference",
                    slot_key=slot_key("user", predicate, value),
                    said_on=turn.said_at.date(),
                    said_at=turn.said_at,
                    recorded_at=at,
                    status="active",
                    origin="user_said",
                    reader="rules",
                    terms=index(user, f"likes {value}"),
                )
                for value, turn in zip(values, turns, strict=True)
            ]
            Fact.objects.bulk_create(facts)
            Evidence.objects.bulk_create(
                Evidence(
                    user_id=user,
                    fact=fact,
                    episode_id=turn.episode_id,
                    episode_length=len(turn.text),
                    start=7,
                    end=len(turn.text),
                    quote=fact.value,
                    said_at=turn.said_at,
                    recorded_at=at,
                )
                for fact, turn in zip(facts, turns, strict=True)
                if turn.episode_id
            )
            rows = embedder().embed([fact.text for fact in facts])
            Vector.objects.bulk_create(
                Vector(
                    user_id=user,
                    fact=fact,
                    model=embedder().name,
                    dimensions=embedder().dimensions,
                    halfvec=row.tolist(),
                )
                for fact, row in zip(facts, rows, strict=True)
            )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _model_calls(user: UUID, dice: random.Random) -> dict[str, float]:
    """What a scripted model costs: calls a buffer, buffers a second, for turns that come one by one in several conversations.

    One answer in ten is no JSON, so that the second call which that may cost counts too.
    """
    from django.conf import settings
    from django.utils import timezone

    from config.celery import app
    from memory import api, tasks
    from memory.models import MemoryJob
    from profiles.owned import as_user, new_id
    from tests.fakes.provider import running_provider

    with as_user(user):  # summaries and patterns of the filling, which would be made within the first wake-up
        MemoryJob.objects.of(user).all().delete()
    app.conf.task_always_eager = True
    settings.MEMORY_LANGUAGE_MODEL = "assistant.llm.for_memory.language_model"
    settings.MEMORY_BUFFER_IDLE_SECONDS = 0.0
    with running_provider() as provider:
        settings.CHAT_MODEL, settings.CHAT_API_BASE = "openai/reader", provider.url
        provider.provider.state.answers["reader"] = [
            "No." if number % 10 == 4 else '{"facts": []}' for number in range(4 * BUFFERS)
        ]
        began = time.perf_counter()
        for _ in range(BUFFERS):
            conversation, at = new_id(), timezone.now()
            with as_user(user):
                said = [api.Said(conversation, None, "user", _sentence(dice), at) for _ in range(8)]
                api.record_turns(user, said, at=at)
            tasks.ingest_due(str(user))
        took = time.perf_counter() - began
    with as_user(user):
        read = MemoryJob.objects.of(user).filter(kind=MemoryJob.Kind.READ, state=MemoryJob.State.DONE, calls__gt=0)
        calls = list(read.values_list("calls", flat=True))
    return {
        "buffers": len(calls),
        "calls_per_buffer": round(sum(calls) / max(1, len(calls)), 3),
        "buffers_per_second": round(len(calls) / took, 1),
    }


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps(_inside()))
