"""What is forgotten is gone from everything that told it, also where it stood in another dress: escaped for JSON, or without signs that mean something."""

from __future__ import annotations

import json

import pytest
from django.utils import timezone

from assistant.models import ContextItem, Run, ToolCall
from memory import api as memory
from profiles.owned import as_user


@pytest.mark.parametrize(
    "value", ['the "Old Inn" by the quay', "tea | coffee", "notes in ⟦brackets⟧", "C:\\sagas\\old"]
)
def test_a_value_with_signs_that_are_written_otherwise_is_forgotten_all_the_same(table, value):
    table.knows("likes", value)
    run = table.ask("What do I like?", [("search_conversations", {"words": value[:100]})], "That.")
    with as_user(table.alice):
        Run.objects.of(table.alice).filter(id=run.id).update(suggestions=[f"Tell me more of {value}"])
        (fact,) = memory.facts_of(table.alice.pk, memory.FactFilter()).facts
        items, calls = (
            ContextItem.objects.of(table.alice).filter(run=run),
            ToolCall.objects.of(table.alice).filter(run=run),
        )
        assert items.filter(reference=str(fact.id)).exists()
        memory.forget(table.alice.pk, memory.ForgetTarget(fact_id=fact.id), at=timezone.now())
        told = [*items.values_list("text", flat=True), *calls.values_list("arguments", flat=True)]
        kept = Run.objects.of(table.alice).get(id=run.id)
    word = value.split()[-1].strip('"⟧')
    assert all(word not in text for text in [*told, json.dumps(kept.suggestions, ensure_ascii=False)])


def test_a_value_too_common_to_be_looked_for_is_gone_from_receipts_with_its_fact(table):
    table.ask("I have 2 children.")
    table.knows("likes", "7")
    run = table.ask("Which number do I like?", [("search_memory", {"query": "which number do I like"})], "Seven.")
    with as_user(table.alice):
        (fact,) = [fact for fact in memory.facts_of(table.alice.pk, memory.FactFilter()).facts if fact.value == "7"]
        items = ContextItem.objects.of(table.alice).filter(run=run)
        assert items.filter(text__contains=f"[f:{fact.id}]").exists()
        memory.forget(table.alice.pk, memory.ForgetTarget(fact_id=fact.id), at=timezone.now())
        assert not items.filter(text__contains=f"[f:{fact.id}]").exists()
        assert items.filter(text__contains="2 children").exists()
