"""Rules read turning points, papers, money, the body and how to answer; and not what only sounds like them."""

from __future__ import annotations

from datetime import date

import pytest

from memory.dates import find_periods
from tests.memory.test_rules_life import read


@pytest.mark.parametrize(
    ("text", "predicate", "value", "change"),
    [
        ("I start a new job at Fjordkraft on Monday", "works_at", "Fjordkraft", "asserts"),
        ("I got laid off from Fjordkraft last week", "works_at", "Fjordkraft", "ends"),
        ("I work at a pharmacy", "works_at", "a pharmacy", "asserts"),
        ("I got promoted to head of sales last week", "occupation", "head of sales", "asserts"),
        ("I'm self-employed", "occupation", "self-employed", "asserts"),
        ("I retired last year", "occupation", "retired", "asserts"),
        ("I work nights", "work_schedule", "nights", "asserts"),
        ("I earn 48k a year", "salary", "48k a year", "asserts"),
        ("My late husband Oskar loved sailing", "partner", "Oskar", "ends"),
        ("I got engaged to Marta last weekend!", "partner", "Marta", "asserts"),
        ("We got divorced two years ago", "relationship_status", "divorced", "asserts"),
        ("Our anniversary is 8 August", "anniversary", "8 August", "asserts"),
        ("My cat Misha died last year", "pet", "Misha", "ends"),
        ("I live at Havnegata 5, 0155 Oslo", "home_address", "Havnegata 5, 0155 Oslo", "asserts"),
        ("We rent it from Mrs. Olsen", "landlord", "Mrs. Olsen", "asserts"),
        ("I pay 12000 kroner in rent", "rent", "12000 kroner", "asserts"),
        ("My blood type is O negative", "blood_type", "O negative", "asserts"),
        ("I take 20 mg of sertraline every morning", "takes_medication", "sertraline", "asserts"),
        ("I have been a vegetarian since 2015", "diet", "vegetarian", "asserts"),
        ("I turn 40 on 3 May", "birthday", "3 May", "asserts"),
        ("I was born on 5 July 1985 in Porto", "born_in", "Porto", "asserts"),
        ("I grew up on a farm near Voss", "grew_up_in", "a farm near Voss", "asserts"),
        ("I have a degree in physics from Uppsala", "degree", "degree in physics", "asserts"),
        ("I've taken up pottery", "hobby", "pottery", "asserts"),
        ("I stopped playing tennis", "sport", "tennis", "ends"),
        ("I cancelled my Mubi subscription", "subscription", "Mubi", "ends"),
        ("I code mostly in Kotlin", "code_language", "Kotlin", "asserts"),
        ("I bought a new bike last week", "bought", "new bike", "asserts"),
        ("I'm planning to run the Turku marathon in September", "plans_to", "run the Turku marathon", "asserts"),
        ("I fly to Madrid tomorrow", "trip", "Madrid", "asserts"),
        ("I'm having surgery on 20 March", "appointment", "surgery", "asserts"),
        ("The report is due on 12 June", "deadline", "report", "asserts"),
        ("Please be more formal", "answer_style", "more formal", "asserts"),
        ("No emojis please", "answer_style", "No emojis", "asserts"),
        ("Ich arbeite in einer Bäckerei", "works_at", "Bäckerei", "asserts"),
        ("Trabajo en un hospital", "works_at", "un hospital", "asserts"),
        ("Jeg jobber på sykehuset", "works_at", "sykehuset", "asserts"),
        ("Jeg har bodd i Bodø siden 2019", "lives_in", "Bodø", "asserts"),
    ],
)
def test_what_is_said_of_a_life_is_read(text, predicate, value, change):
    assert (predicate, value, change) in read(text)


def test_children_are_told_with_their_ages():
    assert [value for _, value, _ in read("I have two kids, Anna (8) and Per (5)")] == ["Anna", "Per"]


def test_the_year_before_is_a_year():
    (period,) = find_periods("Jeg flyttet til Tromsø i fjor", date(2026, 3, 2))
    assert (period.start, period.end, period.precision) == (date(2025, 1, 1), date(2025, 12, 31), "year")


@pytest.mark.parametrize(
    "text",
    [
        "I make 3 cakes a week",
        "I start work at nine",
        "I'm starting to like this",
        "I married into money",
        "I was married for six years",
        "I bought a laptop charger",
        "I'm due at the office",
        "I have a licence question",
        "I have an operation I need to code",
        "I took up too much of your time",
        "I got into Harvard",
        "I went to the shop",
        "I plan to sleep tomorrow",
        "Use Python for this script",
        "My number is 5",
        "I vote we go home",
        "I own this",
        "I'm seeing double",
        "Should I take up pottery?",
        "I might get laid off from Fjordkraft",
        "My sister got engaged to Marta",
    ],
)
def test_what_only_sounds_like_it_yields_nothing(text):
    assert read(text) == []
