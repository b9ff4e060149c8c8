"""An answer again without a memory: whatever it looks up, what was left out does not come back."""

from __future__ import annotations

import pytest
from django.utils import timezone

from assistant.conversations import services
from assistant.models import ContextItem
from memory import api as memory
from memory.tasks import ingest_due
from profiles.owned import as_user

LOOKS = [
    ("search_memory", {"query": "where does my boat lie"}),
    ("search_conversations", {"words": "boat"}),
    ("query_my_data", {"sql": "SELECT value, text FROM facts"}),
    ("query_my_data", {"sql": "SELECT text FROM messages"}),
]


def again(table, run, reference: str, *steps):
    table.model("steps")
    table.provider.provider.state.steps["steps"] = list(steps)
    with as_user(table.alice):
        posted = services.regenerate(table.alice.pk, run.answer_id, at=timezone.now(), left_out=[reference])
    return table.work(posted.run)


def lines_with(word: str, body) -> list[str]:
    """The lines of a prompt in which a word stands."""
    return [line for message in body["messages"] for line in str(message).split("\\n") if word in line]


def learn(table, text: str) -> str:
    """Say it in a chat of its own; the id of the fact that was learned of it."""
    table.chat = None
    run = table.ask(text, "I see.")
    ingest_due(str(table.alice.pk))
    with as_user(table.alice):
        (chip, *_) = memory.learned_from(table.alice.pk, [run.question_id])[run.question_id]
    table.chat = None
    return str(chip.fact.id)


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_no_tool_brings_back_what_was_left_out(table, inline_tasks, told, look):
    fact = learn(table, "My boat is called Ternen.")
    first = table.ask("What is my boat called?", f"Your boat is called Ternen [f:{fact}].")
    assert "Ternen" in table.text(table.ask("Once more?", [look], "Ternen it is."))
    assert "Ternen" in told(table.prompts()[-1])[0], "it is there to be found"
    second = again(table, first, fact, [look], "I don't know.")
    assert lines_with("Ternen", table.prompts()[-1]) == []
    with as_user(table.alice):
        assert not ContextItem.objects.of(table.alice).filter(run=second, text__icontains="Ternen").exists()


def test_what_was_said_of_it_in_the_same_chat_is_cut_and_the_rest_stays(table, inline_tasks):
    fact = learn(table, "My boat is called Ternen.")
    table.ask("The weather is fine. My boat is called Ternen.", f"Then take Ternen out [f:{fact}], the wind is fair.")
    ingest_due(str(table.alice.pk))
    run = table.ask("What is my boat called?", "Ternen.")
    again(table, run, fact, "I don't know.")
    assert lines_with("Ternen", table.prompts()[-1]) == []
    assert lines_with("The weather is fine.", table.prompts()[-1])
    assert lines_with("the wind is fair", table.prompts()[-1])


def test_other_memories_stay(table, inline_tasks, told):
    boat = learn(table, "My boat is called Ternen.")
    learn(table, "I live in Bergen.")
    first = table.ask("Where do I live and what is my boat called?", "Bergen, Ternen.")
    again(table, first, boat, [("search_memory", {"query": "where do I live"})], "In Bergen.")
    assert "Bergen" in str(table.prompts()[-1])
