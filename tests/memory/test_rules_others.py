"""What the rules read about those around the user, and that nobody's life is told who is not near."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from memory.extraction.rules import read_turns
from memory.types import Turn


def read(text, known=None):
    turn = Turn(uuid4(), uuid4(), None, "user", text, datetime(2026, 3, 2, 9, tzinfo=UTC), seq=1)
    return read_turns([turn], zone=ZoneInfo("Europe/Oslo"), known=known or {})


def told(text, known=None):
    return {(fact["subject"], fact["predicate"], fact["value"]) for fact in read(text, known)}


def of_others(text, known=None):
    return {fact for fact in told(text, known) if fact[0] != "user"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "My husband Jonas teaches chemistry at a grammar school, and our daughter Frida is six",
            {
                ("user", "partner", "Jonas"),
                ("user", "child", "Frida"),
                ("Jonas", "occupation", "chemistry teacher"),
                ("Jonas", "works_at", "a grammar school"),
                ("Frida", "age", "6"),
            },
        ),
        (
            "My sister is called Wiebke and she lives in Kiel",
            {("user", "sibling", "Wiebke"), ("Wiebke", "lives_in", "Kiel")},
        ),
        (
            "My husband's called Jonas. He's a carpenter and works for Ikea.",
            {("user", "partner", "Jonas"), ("Jonas", "occupation", "carpenter"), ("Jonas", "works_at", "Ikea")},
        ),
        (
            "Mein Bruder heißt Lars. Lars wohnt in Hamburg und ist Tierarzt.",
            {("user", "sibling", "Lars"), ("Lars", "lives_in", "Hamburg"), ("Lars", "occupation", "Tierarzt")},
        ),
        ("Mi hijo Leo tiene siete años", {("user", "child", "Leo"), ("Leo", "age", "7")}),
        (
            "Broren min Lars bor i Hamar og jobber som tannlege",
            {("user", "sibling", "Lars"), ("Lars", "lives_in", "Hamar"), ("Lars", "occupation", "tannlege")},
        ),
        (
            "My friend Priya loves Thai food and hates cilantro",
            {("user", "friend", "Priya"), ("Priya", "likes", "Thai food"), ("Priya", "dislikes", "cilantro")},
        ),
    ],
)
def test_what_is_said_of_somebody_near_is_read(text, expected):
    assert told(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Does my husband Jonas teach chemistry?",
        "If my brother Tom lives in Leeds, can he vote there?",
        "Maybe my sister Ana lives in Porto",
        "My brother Tom said Anna lives in Rome",
        "My brother Tom used to live in Leeds",
        "My brother Tom lives in fear",
        "My brother Tom is one of the best",
        "My sister Ana loves me",
        "My sister Ana's boss lives in Kiel",
        "My sister Ana and my friend Lena met. She lives in Kiel.",
        "My brother is called Tom. She lives in Kiel.",
        "Write a story: my brother Tom lives in Leeds",
        "Rome is seven, not six",
        "He lives in Kiel",
    ],
)
def test_nothing_is_told_of_others_that_was_not_said_of_them(text):
    assert of_others(text) == set()


def test_who_is_known_is_read_in_a_later_turn_and_a_correction_is_one():
    facts = read("Frida is seven, not six", {"Frida": "child"})
    assert [(fact["subject"], fact["value"], fact["change"]) for fact in facts] == [("Frida", "7", "corrects")]
    assert facts[0]["sensitivity"] == "children"
    assert of_others("Frida is seven, not six") == set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In March we're going to hike the Rota Vicentina", {("plans_to", "hike the Rota Vicentina", "asserts")}),
        ("That's wrong, I don't play the accordion", {("plays_instrument", "accordion", "negates")}),
        ("I no longer play the violin", {("plays_instrument", "violin", "ends")}),
        ("I don't play tennis on Mondays", set()),
        ("Ich spiele kein Akkordeon", {("plays_instrument", "Akkordeon", "negates")}),
        ("tengo miedo a las arañas", {("dislikes", "arañas", "asserts")}),
        ("no tengo miedo a las arañas", set()),
        ("Merke dir: ich parke immer hinter dem Rathaus", {("parking", "hinter dem Rathaus", "asserts")}),
        ("Ich parke beim Bahnhof", {("parking", "beim Bahnhof", "asserts")}),
        (
            "Je m'appelle Maëlle et j'habite à Quimper",
            {("name", "Maëlle", "asserts"), ("lives_in", "Quimper", "asserts")},
        ),
        ("Il m'a dit : je m'appelle Paul", set()),
        ("Tom and I went to Gdansk", {("visited", "Gdansk", "asserts")}),
        ("I'm going to run Python code in March", set()),
    ],
)
def test_these_are_read_of_the_user(text, expected):
    assert {(fact["predicate"], fact["value"], fact["change"]) for fact in read(text)} == expected


def test_guinea_pigs_are_no_pigs():
    assert [fact["text"] for fact in read("We have two guinea pigs, Salt and Pepper")] == [
        "Has a guinea pig, Salt",
        "Has a guinea pig, Pepper",
    ]
