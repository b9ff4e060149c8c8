"""Rules on what people own, learn, aim at and do as a rule: the form counts, not the sentence; and what only looks like it yields nothing."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from memory.extraction.rules import read_turns
from memory.types import Turn
from profiles.owned import new_id

AT = datetime(2026, 1, 20, 9, tzinfo=UTC)


def read(text: str) -> list[tuple[str, str, str]]:
    turn = Turn(new_id(), new_id(), None, "user", text, AT, episode_id=new_id(), seq=1)
    return [
        (fact["predicate"], fact["value"], fact["change"]) for fact in read_turns([turn], zone=ZoneInfo("Europe/Oslo"))
    ]


@pytest.mark.parametrize(
    ("text", "predicate", "value"),
    [
        ("I've been learning Greek since autumn", "learning", "Greek"),
        ("We're planning a trip to Madeira in May", "trip", "Madeira"),
        ("My audition is on 4 March", "appointment", "audition"),
        ("I have to submit my tax return by 30 April", "deadline", "tax return"),
        ("I prefer trains to planes", "likes", "trains"),
        ("I'm training for a triathlon", "goal", "triathlon"),
        ("My goal is to read thirty books", "goal", "read thirty books"),
        ("I swim in the fjord every Saturday", "routine", "swim in the fjord every Saturday"),
        ("I take levothyroxine", "takes_medication", "levothyroxine"),
        ("I was diagnosed with hypothyroidism two years ago", "has_condition", "hypothyroidism"),
        ("I love rye bread with too much butter", "likes", "rye bread"),
        ("I've given up sugar", "avoids_food", "sugar"),
        ("I'm terrified of spiders", "dislikes", "spiders"),
        ("I use Obsidian for my notes", "uses_software", "Obsidian"),
        ("I wake up at half past six", "wakes_at", "half past six"),
        ("I cycle to work", "commute", "cycle"),
        ("We spent two weeks in Crete in 2019", "visited", "Crete"),
    ],
)
def test_the_form_is_read(text, predicate, value):
    assert (predicate, value, "asserts") in read(text)


def test_what_is_put_behind_ends():
    assert ("likes", "coffee", "ends") in read("I don't drink coffee any more")


@pytest.mark.parametrize(
    "text",
    [
        "I want to know how to learn Greek",
        "If I had a boat I'd sail to Madeira",
        "Do you go running every morning?",
        "She said: I'm training for a triathlon",
        "I need to finish this email by noon",
        "I prefer that you ask first",
        "I prefer option B",
        "I prefer the second one",
        "I'm afraid that won't work",
        "Imagine I take the tram to work",
        "In my novel I swim in the fjord every Saturday",
    ],
)
def test_what_only_looks_like_it_yields_nothing(text):
    assert read(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "People think I'm vegan but I eat meat",
        "As a student, I lived in Graz",
        "Here's what Anna wrote:\nI live in Paris and I love cats.",
        "Anna wrote:\nI live in Paris",
        "> I'm allergic to nuts\nWhat should I reply to this?",
        "Lyrics: My name is Luka, I live on the second floor.",
        "My computer is called Hal",
    ],
)
def test_words_of_others_and_times_past_are_not_read_as_the_users_own(text):
    assert read(text) == []


def test_what_stands_beside_them_is_read():
    assert read("> I'm allergic to nuts\nI live in Bergen.") == [("lives_in", "Bergen", "asserts")]
    assert read("Here is my profile:\nI live in Oslo.") == [("lives_in", "Oslo", "asserts")]
    assert read("I think I'm allergic to nuts") == [("allergic_to", "nuts", "asserts")]


def test_a_medicine_taken_every_morning_is_no_habit_beside():
    assert read("I take levothyroxine every morning") == [("takes_medication", "levothyroxine", "asserts")]
