"""Rules on everyday statements in four languages, wishes for one answer only, and names of figures, sides and things."""

from __future__ import annotations

import pytest

from tests.memory.test_rules_life import read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I'm Nora and I live in Cork", {("name", "Nora"), ("lives_in", "Cork")}),
        ("Hi, I'm Tom", {("name", "Tom")}),
        ("Yes, I'm Kari", {("name", "Kari")}),
        ("We moved into a small flat in Ghent", {("lives_in", "Ghent")}),
        ("I've been vegetarian for ten years", {("diet", "vegetarian")}),
        ("I play the piano and the violin", {("plays_instrument", "piano"), ("plays_instrument", "violin")}),
        ("I have a cat called Miso and a dog called Bo", {("pet", "Miso"), ("pet", "Bo")}),
        ("My commute is 20 minutes", {("commute", "20 minutes")}),
        ("My flight to Tokyo is on 4 April", {("trip", "Tokyo")}),
        ("My train to Hamburg leaves on 5 April", {("trip", "Hamburg")}),
        ("I drive an old Volvo", {("drives", "old Volvo")}),
        ("Ich spiele Geige", {("plays_instrument", "Geige")}),
        ("Ich spiele Fußball", {("sport", "Fußball")}),
        ("Ich habe zwei Kinder, Max und Lea", {("child", "Max"), ("child", "Lea")}),
        ("Ich bin gegen Nüsse allergisch", {("allergic_to", "Nüsse")}),
        ("Ich bin Muslim", {("religion", "Muslim")}),
        ("Ich bin Ärztin im Klinikum Augsburg", {("occupation", "Ärztin"), ("works_at", "Klinikum Augsburg")}),
        ("Ich bin mit Anna verheiratet", {("partner", "Anna"), ("relationship_status", "married")}),
        ("Ich trinke keinen Alkohol", {("avoids_food", "Alkohol")}),
        ("Toco la guitarra", {("plays_instrument", "guitarra")}),
        ("Juego al tenis", {("sport", "tenis")}),
        ("Hablo catalán", {("speaks", "Catalán")}),
        ("Soy católico", {("religion", "católico")}),
        ("Jeg spiller fiolin", {("plays_instrument", "fiolin")}),
        ("Jeg snakker samisk", {("speaks", "Samisk")}),
        ("Jeg heter Kari og jobber som sykepleier", {("name", "Kari"), ("occupation", "sykepleier")}),
        ("Jeg er gift med Per", {("partner", "Per"), ("relationship_status", "married")}),
        ("Jeg drikker ikke kaffe", {("avoids_food", "kaffe")}),
    ],
)
def test_everyday_statements_are_read(text, expected):
    assert {(predicate, value) for predicate, value, _ in read(text)} == expected


@pytest.mark.parametrize(
    ("text", "predicate", "value", "change"),
    [
        ("I don't smoke", "smokes", "yes", "negates"),
        ("No fumo", "smokes", "yes", "negates"),
        ("Jeg røyker ikke", "smokes", "yes", "negates"),
        ("Ich rauche nicht mehr", "smokes", "yes", "ends"),
        ("I broke up with Tom", "partner", "Tom", "ends"),
        ("We sold our Volvo last week", "drives", "Volvo", "ends"),
        ("I sold my old van", "drives", "old van", "ends"),
        ("I got let go from Nokia", "works_at", "Nokia", "ends"),
    ],
)
def test_endings_and_denials_are_told_apart(text, predicate, value, change):
    assert read(text) == [(predicate, value, change)]


@pytest.mark.parametrize(
    "text",
    [
        "use Fahrenheit in this function",
        "answer in French, what is 'dog'?",
        "write this in German",
        "keep it short this time",
        "Reply in Spanish: what is a boat",
        "Antworte auf Deutsch: was ist ein Hund?",
        "Svar på norsk nå",
    ],
)
def test_a_wish_for_one_answer_is_none_for_good(text):
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "predicate"),
    [
        ("Answer in French from now on", "answer_language"),
        ("Please keep it short, ok?", "answer_length"),
        ("please keep your answers short, I read these on the tram", "answer_length"),
        ("Always use metric units", "units"),
        ("reply in Spanish", "answer_language"),
    ],
)
def test_a_wish_without_a_task_is_kept(text, predicate):
    assert [found for found, _, _ in read(text)] == [predicate]


@pytest.mark.parametrize(
    "text",
    [
        "I'm Batman",
        "I am Groot",
        "I'm Team Edward",
        "I'm All Ears",
        "The crowd stood up and cheered for minutes. I'm Jonas",
        "I vote Yes",
        "I voted No",
        "I sold my Tesla shares",
        "I sold my Beatles records",
        "We went to Plan B",
        "I went to Bed early",
        "I was let go by Anna at the door",
        "I subscribe to The Theory of Everything",
        "I'm allergic to bullshit",
        "I'm allergic to commitment",
        "I'm married to the sea",
        "I'm divorced from reality",
        "We are getting married in June",
        "I drive a hard bargain",
        "I drive a point home",
        "I started Python last week",
        "I joined Zoom late",
        "In this story I'm called Max",
        "As Hamlet, I'm Danish",
        "Explain the sentence: I have a cat named Bob",
        "My commute is terrible",
        "I don't smoke as much",
        "Ich esse kein Abendessen heute",
        "Ich bin mit dem Job verheiratet",
        "Ich bin Bahnhof",
        "Ich spiele mit dem Gedanken",
        "Meine Freundin spielt Geige",
        "Spielst du Geige?",
        "Soy Batman",
        "Estoy casado con mi trabajo",
        "Mi vecino toca la guitarra",
        "Jeg er gift med jobben",
        "Jeg spiller en rolle",
        "Hun spiller fiolin",
    ],
)
def test_figures_of_speech_and_words_of_others_yield_nothing(text):
    assert read(text) == []
