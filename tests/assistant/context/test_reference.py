"""The last turns shift what is recalled: a message that leans on the one before brings up what both are about."""

from __future__ import annotations

from itertools import permutations

import pytest
from django.utils import timezone

from assistant.context.reference import asked_with, refers_back
from assistant.models import ContextItem
from memory import api as memory
from profiles.owned import as_user


@pytest.mark.parametrize(
    "text",
    [
        "And her?",
        "What about the second one?",
        "Why?",
        "When was she born?",
        "And on Sundays?",
        "Und sie?",
        "Was ist mit dem anderen?",
        "¿Y ella?",
        "¿Cuándo es su cumpleaños, el de ella?",
        "Og henne?",
    ],
)
def test_a_message_that_begins_in_the_middle_leans_on_the_one_before(text):
    assert asked_with(text, ["Where does Ana live?"]) == f"Where does Ana live? {text}"


@pytest.mark.parametrize(
    "text", ["What should I cook tonight?", "Where do I work?", "Thanks", "Wo wohne ich?", "", "Hello"]
)
def test_one_that_stands_on_its_own_does_not(text):
    assert asked_with(text, ["Where does Ana live?"]) == text


def test_it_goes_back_to_the_first_that_stands_on_its_own_and_no_further():
    said = ["What is my job?", "Where does Ana live?", "And Tom?"]
    assert asked_with("And when was she born?", said) == "Where does Ana live? And Tom? And when was she born?"
    assert asked_with("And her?", []) == "And her?"
    assert len(asked_with("And her?", ["long " * 5000])) < 400


def test_a_long_message_says_itself_what_it_is_about():
    assert not refers_back(
        "She said that the harbour, the boats and the whole old town of Bergen are best seen on a Sunday in May."
    )


@pytest.mark.parametrize(
    ("before", "found"), [("What do you think of my sister Ana?", True), ("Tell me about the weather.", False)]
)
def test_and_her_brings_up_what_is_known_of_whom_was_spoken_of(table, settings, before, found):
    table.model("plain")
    table.ask("My sister Ana is allergic to peanuts.")
    with as_user(table.alice):
        things = ("kettle", "lamp", "ferry", "garden", "violin", "bakery", "library", "tunnel", "market", "harbour")
        said = [
            memory.Said(table.chat.id, None, "user", f"The {one} near the {other} was closed.", timezone.now())
            for one, other in permutations(things, 2)
        ]
        memory.record_turns(table.alice.pk, said, at=timezone.now())
    table.chat, settings.RECALL_BUDGET_TOKENS = None, 0
    table.ask(before)
    settings.RECALL_BUDGET_TOKENS = 1200
    table.ask("And her?")
    assert ("peanuts" in recalled(table)) is found


def recalled(table) -> str:
    """All that was recalled so far in this chat, as it was sent."""
    with as_user(table.alice):
        items = ContextItem.objects.of(table.alice).filter(run__conversation=table.chat, kind__in=["fact", "episode"])
        return "\n".join(items.values_list("text", flat=True))


def test_a_wish_for_some_task_stands_in_the_prompt_of_that_task_alone(table, settings):
    table.model("plain")
    settings.RECALL_BUDGET_TOKENS = 0
    table.ask("When I ask for code, give me only the code.")
    with as_user(table.alice):
        memory.ingest(table.alice.pk, at=timezone.now())
    table.chat = None
    table.ask("What should I cook tonight?")
    assert "only the code" not in recalled(table)
    table.ask("Write a Python function that sorts names.")
    assert "only the code" in recalled(table)
