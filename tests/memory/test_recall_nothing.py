"""When memory says that it knows nothing: where a slot that is asked for is empty, and not because a question sounds as if it asked for one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from memory import api
from memory.recall.query import analyse
from profiles.owned import as_user, new_id
from tests.memory.test_reconcile import claim, say

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


def asked(user, said, question, *, days=3):
    """What recall answers to `question`, so many days after `said` and something about the weather were said."""
    for minute, text in enumerate((said, "what a lot of rain, and the gutters are full", "how do I whip cream")):
        api.record_turn(
            user.pk,
            conversation_id=new_id(),
            message_id=new_id(),
            role="user",
            text=text,
            at=MONDAY + timedelta(minutes=minute),
        )
    return api.recall(user.pk, question, at=MONDAY + timedelta(days=days))


@pytest.mark.parametrize(
    ("said", "question"),
    [
        ("my old cello went for 900 at the fair", "How much did somebody pay for my cello?"),
        ("my niece was cast as the Tin Man", "Which part did my niece get?"),
        ("home from Ghent, so many stairs", "Which place did I come home from three days ago?"),
        ("mi sobrina hace de bruja en la obra del colegio", "¿Qué papel hace mi sobrina?"),
        ("meine Nichte spielt im Stück eine Hexe", "Was spielt meine Nichte?"),
        ("the cousins never touch a drink", "Who in the family doesn't drink?"),
    ],
)
def test_a_question_that_only_sounds_like_one_for_an_empty_slot_is_answered(alice, said, question):
    with as_user(alice):
        found = asked(alice, said, question)
    assert found.items[0].line.text == said


@pytest.mark.parametrize(
    "question",
    ["Who is my niece?", "What do I earn?", "How much is my rent?", "Wie heißt meine Nichte?", "Do I work from home?"],
)
def test_a_question_for_a_slot_in_which_nothing_stands_is_told_so(alice, question):
    with as_user(alice):
        found = asked(alice, "the ferry was late again", question)
    assert found.nothing
    assert found.reason == "the slot is empty"


@pytest.mark.parametrize(
    ("question", "slots"),
    [
        ("What diet do the people I live with keep?", {"diet"}),
        ("Was essen die Leute, mit denen ich wohne?", set()),
        ("Who are the people I live with?", {"lives_with"}),
        ("How do I get home from work?", {"commute"}),
        ("Do I work from home?", {"work_mode"}),
    ],
)
def test_who_is_meant_is_not_what_is_asked(alice, question, slots):
    """ "The people I live with" says of whom the diet is asked, and "home from work" is not "from home"."""
    found = analyse(alice.pk, question, at=MONDAY, zone=ZoneInfo("UTC"), knows_somebody=False)
    assert found.predicates == slots


def test_how_it_went_on_with_somebody_known_is_answered_by_what_was_said_of_them(alice):
    with as_user(alice):
        say(alice, "my parrot Kiwi is a terrible singer", claim("pet", "Kiwi", "my parrot Kiwi"))
        asked(alice, "Kiwi passed away last night", "Is it cold?")
        said = [item.line.text for item in api.recall(alice.pk, "What happened to my parrot?", at=MONDAY).items]
    assert "Kiwi passed away last night" in said


@pytest.mark.parametrize(
    ("predicate", "value", "question"),
    [
        ("likes", "tango", "What music do I like?"),
        ("deadline", "skate rental", "What's coming up for me?"),
        ("trip", "Algonquin", "What's on my calendar?"),
    ],
)
def test_what_stands_in_a_slot_beside_the_one_that_is_asked_for_is_told(alice, predicate, value, question):
    with as_user(alice):
        say(alice, f"something with {value}", claim(predicate, value))
        found = api.recall(alice.pk, question, at=MONDAY)
    assert value in [item.line.value for item in found.items]
