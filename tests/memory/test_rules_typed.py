"""Rules on forms that people type every day: teams, animals by number, wishes put as questions, dates with strokes, jobs left; and what only looks like it."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from memory.extraction.rules import read_turns
from memory.types import Turn
from profiles.owned import new_id
from tests.memory.test_rules_life import AT, read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I live near Hexham", {("lives_in", "near Hexham", "asserts")}),
        ("I'm a huge Lakers fan", {("supports_team", "Lakers", "asserts")}),
        ("I'm a Star Trek fan", {("likes", "Star Trek", "asserts")}),
        ("I have two cats and no time", {("pet", "two cats", "asserts")}),
        ("I have two dogs. Their names are Rex and Bo", {("pet", "Rex", "asserts"), ("pet", "Bo", "asserts")}),
        ("started my new job at Lucid on Monday, it's a long drive", {("works_at", "Lucid", "asserts")}),
        ("I work at Rema 1000", {("works_at", "Rema 1000", "asserts")}),
        ("I left Lucid", {("works_at", "Lucid", "ends")}),
        ("can you keep your answers brief?", {("answer_length", "brief", "asserts")}),
        ("Kannst du bitte kurz antworten?", {("answer_length", "kurz", "asserts")}),
        ("you can write longer answers from now on", {("answer_length", "longer", "asserts")}),
        ("mum of two here: Ben and baby Lily", {("child", "Ben", "asserts"), ("child", "Lily", "asserts")}),
        ("sorry, typo! my dog is called Mac", {("pet", "Mac", "corrects")}),
        ("On 5 May we're flying to Crete", {("trip", "Crete", "asserts")}),
        ("Am 5. Mai fliegen wir nach Kreta", {("trip", "Kreta", "asserts")}),
        ("Jeg skal til tannlegen 12. mai", {("appointment", "tannlegen", "asserts")}),
        ("favourite colour is teal", {("favourite_colour", "teal", "asserts")}),
        ("Ich bin Fan von Werder Bremen", {("supports_team", "Werder Bremen", "asserts")}),
        ("Quatsch, ich meinte: ich wohne in Bonn", {("lives_in", "Bonn", "corrects")}),
        ("Jeg begynte å jobbe i Equinor", {("works_at", "Equinor", "asserts")}),
        ("I lost my job at Lucid", {("works_at", "Lucid", "ends")}),
        ("I've been a welder for ten years", {("occupation", "welder", "asserts")}),
        ("my daughter's 7 and her name is Ottilie", {("child", "Ottilie", "asserts")}),
        ("holiday to Rhodes on 3 June", {("trip", "Rhodes", "asserts")}),
        ("don't be so formal", {("answer_style", "don't be so formal", "asserts")}),
        ("I'm learning Italian on Duolingo", {("learning", "Italian", "asserts")}),
    ],
)
def test_what_people_type_every_day_is_read(text, expected):
    assert set(read(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "my sister is a Lakers fan",
        "I have two cat toys",
        "I used to play the violin and work at Boots",
        "can you keep it short for this one?",
        "can you write me a poem in German?",
        "could you give me short answers to questions 3 and 4?",
        "favourite food is subjective",
        "I'm leaving Paris tomorrow",
        "my brother's last day at Currys was Friday",
        "the doctor on Monday was rude to my mum",
        "Broren min jobber på Rema 1000",
        "In dem Buch wohne ich in Rom",
        "Morgen fliegt mein Bruder nach Rom",
        "ratio 3/4/5 triangle",
        "my trip to Rome in 2019 was great",
        "I've been a fool for years",
        "today we tasted eleven wedding cakes",
    ],
)
def test_what_only_looks_like_it_is_left_out(text):
    assert read(text) == []


@pytest.mark.parametrize(
    ("zone", "said", "expected"),
    [
        ("Europe/London", "3/12/1985", ["3 December 1985"]),
        ("America/Chicago", "3/12/1985", ["12 March 1985"]),
        ("America/Toronto", "3/12/1985", []),
        ("America/Toronto", "25/12/85", ["25 December 1985"]),
    ],
)
def test_a_birthday_with_strokes_is_read_as_where_the_user_lives(zone, said, expected):
    turn = Turn(new_id(), new_id(), None, "user", f"My birthday is {said}", AT, episode_id=new_id(), seq=1)
    assert [fact["value"] for fact in read_turns([turn], zone=ZoneInfo(zone))] == expected
