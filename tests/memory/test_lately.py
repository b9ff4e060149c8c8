"""The task and mood of the last turns shift what is recalled, a little and told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from memory import api
from profiles.owned import as_user, new_id

NOW = datetime(2026, 3, 2, 18, tzinfo=UTC)
SAID = (
    "On free evenings I walk along the river.",
    "On free evenings I often cook a slow dinner from an old recipe.",
    "On free evenings I write code for my weather station.",
    "On free evenings, when I am exhausted, I lie on the sofa with the radio on.",
)


@pytest.fixture
def told(db, alice):
    with as_user(alice):
        turns = [api.Said(new_id(), None, "user", text, NOW - timedelta(days=9 + n)) for n, text in enumerate(SAID)]
        api.record_turns(alice.pk, turns, at=NOW)

    def recall(lately: str = "", question: str = "What do I do on free evenings?"):
        with as_user(alice):
            return list(api.recall(alice.pk, question, at=NOW, lately=lately).items)

    return recall


@pytest.mark.parametrize(
    ("lately", "first", "why"),
    [
        ("There is a bug in my function.", "code", "task"),
        ("What should I cook on Sunday?", "recipe", "task"),
        ("I am so tired today.", "exhausted", "mood"),
        ("Ich bin heute so müde.", "exhausted", "mood"),
    ],
)
def test_what_fits_the_last_turns_comes_first_and_says_why(told, lately, first, why):
    items = told(lately)
    assert first in items[0].line.text
    assert items[0].score.channels[why] > 0
    assert items[0].score.total == pytest.approx(sum(items[0].score.channels.values()), abs=1e-3)
    assert all(why not in item.score.channels for item in items[1:])


def test_it_brings_nothing_in_and_takes_nothing_out(told):
    plain, shifted = told(), told("I am so tired today, and there is a bug in my function.")
    assert {item.id for item in plain} == {item.id for item in shifted}
    assert not told("I am so tired today.", question="What is the capital of Peru?")
    assert [item.id for item in told("What a nice day.")] == [item.id for item in plain]
