"""What memory is worth in answers: the questions of behaviour cases, answered by the model in use with memory and without it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from asgiref.sync import async_to_sync

from assistant.context.build import build_context
from assistant.context.inputs import ContextInputs
from assistant.llm import choice, gateway
from assistant.llm.types import ProviderError
from memory.evaluation.behaviours import Asked, Case, unmet_words
from profiles.owned import new_id


def compare(cases: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Of the questions that say what must stand in the answer: how many were answered so with memory, and how many without; by category too."""
    asked: list[Asked] = []
    rows: dict[str, dict[str, int]] = {}
    for case in cases:
        Case(case, listen=asked.append).run()
        for one in asked:
            if one.probe.get("include"):
                row = rows.setdefault(one.category, {"questions": 0, "with": 0, "without": 0})
                row["questions"] += 1
                row["with"] += not unmet_words(one.probe, _answer(one, with_memory=True))
                row["without"] += not unmet_words(one.probe, _answer(one, with_memory=False))
        asked.clear()
    total = {name: sum(row[name] for row in rows.values()) for name in ("questions", "with", "without")}
    return {"model": choice.models_for("chat")[0].name, **total, "by_category": rows}


def _answer(asked: Asked, *, with_memory: bool) -> str:
    inputs = ContextInputs(
        conversation_id=new_id(),
        run_id=new_id(),
        question=str(asked.probe["ask"]),
        now=asked.at,
        zone=ZoneInfo(asked.zone),
        language="en",
        memory_state="off",
    )
    if with_memory:
        inputs = replace(inputs, memory_state="on", profile=asked.profile, recalled=asked.found.items)
    models = choice.models_for("chat")
    context = build_context(inputs, count=lambda text: len(text) // 4)
    try:
        return async_to_sync(gateway.complete)(context.messages, models=models, temperature=0).text
    except ProviderError:
        return ""
