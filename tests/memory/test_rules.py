"""What the rules read in a turn, and above all what they leave alone."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from memory.extraction.rules import read_turns
from memory.facts.predicates import REGISTRY
from memory.facts.questions import intents_of, missing_forms
from memory.types import Turn

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


def read(text, pasted=()):
    turn = Turn(uuid4(), uuid4(), None, "user", text, MONDAY, seq=1, pasted=pasted)
    return read_turns([turn], zone=ZoneInfo("Europe/Oslo"))


def pairs(text) -> set[tuple[str, str]]:
    """What the rules read about the user."""
    return {(fact["predicate"], fact["value"]) for fact in read(text) if fact["subject"] == "user"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "hey there, I'm Sarah and I'm a software engineer at Spotify",
            {("name", "Sarah"), ("occupation", "software engineer"), ("works_at", "Spotify")},
        ),
        ("My name is Jean-Luc", {("name", "Jean-Luc")}),
        ("I live in Oslo. Can you rephrase your last answer?", {("lives_in", "Oslo")}),
        ("Me llamo Ainhoa", {("name", "Ainhoa")}),
        ("Kona mi heter Astrid", {("partner", "Astrid")}),
        ("Jetzt wohne ich in Trier", {("lives_in", "Trier")}),
        ("Ich bin am 3. Juni 1984 geboren", {("birthday", "3 June 1984")}),
        ("Ich bin Krankenpfleger", {("occupation", "Krankenpfleger")}),
        ("Tengo dos hijos, Leo y Martina", {("child", "Leo"), ("child", "Martina")}),
        ("No me gusta el cilantro", {("dislikes", "cilantro")}),
        ("Jeg jobber i Equinor som geolog", {("works_at", "Equinor"), ("occupation", "geolog")}),
        ("I got a new job at Spotify", {("works_at", "Spotify")}),
        ("I was born in Tromsø and grew up in Bodø", {("born_in", "Tromsø"), ("grew_up_in", "Bodø")}),
        ("people call me Bob", {("preferred_name", "Bob")}),
        ("I grew up in Manchester but now I live in Leeds", {("grew_up_in", "Manchester"), ("lives_in", "Leeds")}),
        ("I live in a flat in Bristol", {("home_type", "flat"), ("lives_in", "Bristol")}),
        ("i live in eugene with my dog", {("lives_in", "Eugene")}),
        ("I work for the city council", {("works_at", "the city council")}),
        (
            "I'm studying medicine at Uppsala University",
            {("studies", "medicine"), ("studies_at", "Uppsala University")},
        ),
        ("My wife Anna and I have two kids, Leo and Mia", {("partner", "Anna"), ("child", "Leo"), ("child", "Mia")}),
        ("I have a golden retriever named Max", {("pet", "Max")}),
        (
            "I'm allergic to nuts, shellfish and dairy",
            {("allergic_to", "nuts"), ("allergic_to", "shellfish"), ("allergic_to", "dairy")},
        ),
        ("my sister Ana is allergic to nuts", {("sibling", "Ana")}),
        (
            "I don't like olives, mushrooms or fish",
            {("dislikes", "olives"), ("dislikes", "mushrooms"), ("dislikes", "fish")},
        ),
        (
            "I speak German, French and a bit of Italian",
            {("speaks", "German"), ("speaks", "French"), ("speaks", "Italian")},
        ),
        ("my birthday's on the 5th of June", {("birthday", "5 June")}),
        ("I play the guitar and I play football on Sundays", {("plays_instrument", "guitar"), ("sport", "football")}),
        ("I'm vegan, what can I cook tonight?", {("diet", "vegan")}),
        ("always use metric units", {("units", "metric")}),
        ("don't mention my ex again", {("avoid_topic", "my ex")}),
        ("Ich heiße Jörg und wohne in Paderborn", {("name", "Jörg"), ("lives_in", "Paderborn")}),
        ("Meine Schwester heißt Anna und mein Hund heißt Bello", {("sibling", "Anna"), ("pet", "Bello")}),
        ("Ich bin allergisch gegen Nüsse und mag keine Oliven", {("allergic_to", "Nüsse"), ("dislikes", "Oliven")}),
        ("bin letzten Samstag nach Lübeck gezogen", {("lives_in", "Lübeck")}),
        ("Me llamo Nerea y vivo en Getxo", {("name", "Nerea"), ("lives_in", "Getxo")}),
        (
            "mi perro se llama Chocolate y mi novia Ximena es alérgica a él",
            {("pet", "Chocolate"), ("partner", "Ximena")},
        ),
        ("Soy vegetariana y no como cebolla", {("diet", "vegetariana"), ("avoids_food", "cebolla")}),
        (
            "Jeg heter Ola, jeg jobber som lærer og kona mi heter Kari",
            {("name", "Ola"), ("occupation", "lærer"), ("partner", "Kari")},
        ),
    ],
)
def test_the_commonest_forms_are_read(text, expected):
    assert pairs(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Do I live in London?",
        "Hun sa: jeg bor i London",
        "Wo wohne ich in London?",
        "Ich bin eine Nachteule",
        "What if I lived in Rome?",
        "would I like it if I lived in Paris? asking for a friend",
        "If I was a doctor I'd work at the Mayo Clinic",
        "I might move to Canada",
        "I'd love to live in Japan",
        "My friend lives in Paris and works at Renault",
        "She lives in London",
        'My friend told me "I\'m moving to Mombasa" and hung up',
        "My mum says I'm a good cook",
        "He thinks I live in Rome",
        'how does that song go, "my name is Luka, I live on the second floor"',
        "write a short story that starts with: I live in a lighthouse and I have a dog named Anchor",
        "Translate to Malay: My name is Daniel and I am from Canada.",
        "oh sure, I just LOVE being on hold for two hours /s",
        "I'm dead. I'm literally a ghost.",
        "I'm hungry and I'm so tired",
        "I live in fear",
        "I moved to Python from Java",
        "Dear Sir, my name is John Smith and I live in Leeds. (please fix the grammar)",
        "I am Eva and I lives in Leeds. Proofread this please",
        "Call me later",
        "call me crazy, but it works",
        "Ich lebe in Angst",
        "Estoy aprendiendo mucho",
        "Jeg lærer mye",
        "Me gusta tu respuesta",
        "Jeg liker svaret ditt",
        "I like you. I like this. I love it",
        "Call me when you're ready",
        "My name isn't John",
        "Wenn ich in Rom wohnen würde, wäre ich froh",
        "Würdest du sagen, ich wohne in Berlin?",
        "¿Vivo en Madrid?",
        "Si viviera en Roma, sería feliz",
        "Bor jeg i Oslo?",
        "",
        "😀😀😀",
        "a" * 20_000,
        "I'm " * 5_000,
    ],
)
def test_what_is_not_said_of_oneself_yields_nothing(text):
    assert [fact for fact in read(text) if fact["change"] == "asserts"] == []


def test_pasted_words_are_not_the_users_own():
    text = "look at this: I live in Rome"
    assert read(text, pasted=((14, len(text)),)) == []


def test_quotes_stand_in_the_turn_word_for_word():
    text = "Hi!   I'm Mia,  I moved to  Bergen last week and I'm allergic to peanuts."
    facts = read(text)
    assert {fact["predicate"] for fact in facts} == {"name", "lives_in", "allergic_to"}
    assert all(fact["quote"] in text for fact in facts)


@pytest.mark.parametrize(
    ("text", "change", "value"),
    [
        ("I used to live in Kassel", "ends", "Kassel"),
        ("I never lived in Oslo", "negates", "Oslo"),
        ("Ya no vivo en Lugo", "ends", "Lugo"),
        ("I don't live in Lyon", "negates", "Lyon"),
        ("Actually I live in Trondheim", "corrects", "Trondheim"),
    ],
)
def test_what_is_over_or_never_was_is_told_apart(text, change, value):
    (fact,) = read(text)
    assert (fact["predicate"], fact["change"], fact["value"]) == ("lives_in", change, value)


@pytest.mark.parametrize(
    ("text", "start", "precision"),
    [
        ("I moved to Bergen last week", "2026-02-23", "week"),
        ("I moved to Bergen on 1 February", "2026-02-01", "day"),
        ("I've been living in Bergen since 2019", "2019-01-01", "year"),
        ("I moved to Bergen two days ago", "2026-02-28", "day"),
        ("bin letzten Samstag nach Lübeck gezogen", "2026-02-28", "day"),
        ("I'm flying to Tenerife on 20 March", "2026-03-20", "day"),
    ],
)
def test_days_are_reckoned_from_the_day_they_were_said(text, start, precision):
    (fact,) = read(text)
    assert (fact["valid_from"], fact["precision"]) == (start, precision)


def test_a_plan_ends_with_its_day():
    (fact,) = read("I'm flying to Tenerife on 20 March")
    assert (fact["kind"], fact["expires_on"]) == ("plan", "2026-03-20")


def test_every_predicate_can_be_asked_for():
    assert missing_forms() == set()


def test_every_review_rule_names_predicates_of_the_registry():
    assert {name for row in REGISTRY.values() for name in row.review} <= REGISTRY.keys()


@pytest.mark.parametrize(
    ("question", "predicate"),
    [
        ("Where do I live?", "lives_in"),
        ("Wo wohne ich?", "lives_in"),
        ("¿Dónde vivo?", "lives_in"),
        ("Hvor bor jeg?", "lives_in"),
        ("Who is my employer?", "works_at"),
        ("how much I earn", "salary"),
        ("what I usually drink", "favourite_drink"),
        ("What animals are at my place?", "pet"),
        ("Am I still married?", "relationship_status"),
        ("Which languages do I speak?", "speaks"),
    ],
)
def test_a_question_names_its_slot(question, predicate):
    assert predicate in {intent.predicate for intent in intents_of(question)}
