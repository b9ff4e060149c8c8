"""Rules on how people put the commonest things in another of the usual ways; and what stands close to it and teaches nothing."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from memory.extraction.rules import read_turns
from memory.types import Turn
from profiles.owned import new_id

AT = datetime(2026, 1, 20, 9, tzinfo=UTC)


def read(text: str) -> set[tuple[str, str]]:
    turn = Turn(new_id(), new_id(), None, "user", text, AT, episode_id=new_id(), seq=1)
    return {(fact["predicate"], fact["value"]) for fact in read_turns([turn], zone=ZoneInfo("Europe/Oslo"))}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I'm Josephine, though Josie is what everyone calls me", {("name", "Josephine"), ("preferred_name", "Josie")}),
        ("I speak Welsh and a little Breton", {("speaks", "Welsh"), ("speaks", "Breton")}),
        ("Ich spreche Dänisch und ein bisschen Polnisch", {("speaks", "Dänisch"), ("speaks", "Polnisch")}),
        ("Hablo catalán y un poco de francés", {("speaks", "Catalán"), ("speaks", "Francés")}),
        ("Jeg snakker finsk og litt tysk", {("speaks", "Finsk"), ("speaks", "Tysk")}),
        ("I've moved from Hamar to Molde", {("lives_in", "Molde")}),
        ("Ich bin von Gera nach Jena gezogen", {("lives_in", "Jena")}),
        ("Jeg har flyttet fra Moss til Hamar", {("lives_in", "Hamar")}),
        ("I'm living with my parents in Slough", {("lives_in", "Slough")}),
        ("my team is Burnley", {("supports_team", "Burnley")}),
        ("our football team's Everton", {("supports_team", "Everton")}),
        ("Mein Verein ist Werder Bremen", {("supports_team", "Werder Bremen")}),
        ("Mi equipo es el Betis", {("supports_team", "Betis")}),
        ("Laget mitt er Brann", {("supports_team", "Brann")}),
        ("you can reach me at kim@example.org", {("email", "kim@example.org")}),
        ("just text me on 07700 900321", {("phone_number", "07700 900321")}),
        ("I'm AB negative, they like that", {("blood_type", "AB negative")}),
        ("I'm on keto", {("diet", "keto")}),
        ("I just started reading Emma", {("reading", "Emma")}),
        ("I go to bed at ten and get up at six", {("wakes_at", "six")}),
        ("I've got the vet tomorrow", {("appointment", "vet")}),
        ("Ich bin 1,72 groß", {("height", "1,72")}),
        ("Jeg er 1,75 høy", {("height", "1,75")}),
        ("Mido 1,68", {("height", "1,68")}),
        ("Ich bin verheiratet mit Sven", {("relationship_status", "married"), ("partner", "Sven")}),
        ("I own a caravan", {("owns", "caravan")}),
    ],
)
def test_the_usual_in_another_of_the_usual_ways_is_read(text, expected):
    assert read(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "my sister's team is Burnley",
        "my team is Sales",
        "our team is Lea and me",
        "Mein Team ist super",
        "we moved from talking to doing",
        "can you reach me at the airport at 9?",
        "I'm A positive person",
        "He told me he started reading Emma",
        "should I go to bed at ten and get up at six?",
        "I have the vet on speed dial",
        "Bear is what I call him",
        "Ich bin verlobt mit meinem Sofa, haha /s",
        "compose a rap where I'm a king, I live in a castle and my wife is Cleopatra",
        "Draft a monologue for a smuggler: my name is Rook, I live on a barge and I hate rain",
        "Schreib einen Monolog: Ich heiße Otto und wohne in Trier",
        "Escribe una canción: me llamo Lola y vivo en Cádiz",
        "Skriv et eventyr: Jeg heter Askeladden og bor på et slott",
    ],
)
def test_what_stands_close_to_it_teaches_nothing(text):
    assert read(text) == set()
