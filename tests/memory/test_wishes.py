"""Wishes about answers that hold for a task or a mood: learned with their condition, and brought up when it is there."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from memory import api
from profiles.owned import as_user, new_id

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


def learned(user, *texts: str, **more) -> list[tuple[str, str]]:
    for minute, text in enumerate(texts):
        at = MONDAY + timedelta(minutes=minute)
        with as_user(user):
            api.record_turn(
                user.pk, conversation_id=new_id(), message_id=new_id(), role="user", text=text, at=at, **more
            )
            api.ingest(user.pk, at=at)
    with as_user(user):
        return [(fact.predicate, fact.value) for fact in api.facts_of(user.pk, api.FactFilter()).facts]


@pytest.mark.parametrize(
    "text",
    [
        "When I ask for code, give me only the code.",
        "If I'm stressed, keep it short.",
        "Keep answers short when I ask about work.",
        "Please answer in bullet points when I ask for a plan",
        "Wenn ich nach Code frage, gib mir nur den Code.",
        "Cuando te pida código, dame solo el código.",
    ],
)
def test_a_wish_is_kept_with_the_task_or_mood_it_is_for(alice, text):
    words = text.removeprefix("Please ").rstrip(".")
    assert learned(alice, text) == [("answer_style", words)]


@pytest.mark.parametrize(
    "text",
    [
        "What happens when I ask for code, give me an example?",
        "Tell me when I need to leave.",
        "When I ask for code, my brother laughs.",
        "When I was a kid, we lived in Voss.",
        "My boss wrote: “When I ask for code, give me only the code.”",
        "> When I ask for code, give me only the code.",
        "If it rains, use the bus.",
    ],
)
def test_what_is_no_wish_about_answers_is_not_kept_as_one(alice, text):
    assert "answer_style" not in dict(learned(alice, text))


def test_nothing_pasted_becomes_a_wish(alice):
    text = "When I ask for code, give me only the code."
    assert learned(alice, text, pasted=((0, len(text)),)) == []


def test_it_is_brought_up_when_its_task_or_mood_is_there_and_not_otherwise(alice):
    learned(
        alice,
        "When I ask for code, give me only the code.",
        "If I'm stressed, keep it short.",
        "Keep answers friendly.",
    )

    def wishes(asked: str, lately: str = "") -> list[str]:
        with as_user(alice):
            return [item.line.value for item in api.wishes_for(alice.pk, asked, lately=lately)]

    code, short = "When I ask for code, give me only the code", "If I'm stressed, keep it short"
    assert wishes("Write a Python function that sorts names") == [code]
    assert wishes("Schreib mir ein Skript") == [code]
    assert wishes("I feel so overwhelmed today") == [short]
    assert wishes("What should I do first?", lately="I'm totally stressed, too much at work") == [short]
    assert wishes("What should I cook tonight?") == []
    assert wishes("What should I cook tonight?", lately="Write a Python function") == [], (
        "a task is over with its answer"
    )
    with as_user(alice):
        block = [line.value for line in api.profile_block(alice.pk, at=MONDAY)]
    assert not {code, short} & set(block), "what comes and goes stands in no block that is sent always"


def test_a_wish_whose_condition_code_cannot_tell_is_always_sent_with_it(alice):
    learned(alice, "Keep answers short when I ask about my boss.")
    with as_user(alice):
        block = [line.value for line in api.profile_block(alice.pk, at=MONDAY)]
        assert block == ["Keep answers short when I ask about my boss"]
        assert api.wishes_for(alice.pk, "How do I talk to my boss?") == []
