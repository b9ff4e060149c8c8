"""Rules on what people type in a chat: without "I", without apostrophes, in small letters, counting things up; and what only looks like it."""

from __future__ import annotations

import pytest

from tests.memory.test_rules_life import read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "so my names Ingrid, live in Turku w my gf Maja",
            {("name", "Ingrid"), ("lives_in", "Turku"), ("partner", "Maja")},
        ),
        ("hey im Nora, nice to meet you", {("name", "Nora")}),
        ("Currently living in Porto", {("lives_in", "Porto")}),
        ("just moved to denver!!", {("lives_in", "Denver")}),
        ("im from aberdeen", {("grew_up_in", "Aberdeen")}),
        ("No longer living in Oslo - we're in Moss these days", {("lives_in", "Oslo"), ("lives_in", "Moss")}),
        ("been vegan for 5 years", {("diet", "vegan")}),
        ("can't stand marmite tbh", {("dislikes", "marmite")}),
        ("I can't eat shellfish, allergic", {("allergic_to", "shellfish"), ("avoids_food", "shellfish")}),
        (
            "I'm allergic to dairy, wheat and soy",
            {("allergic_to", "dairy"), ("allergic_to", "wheat"), ("allergic_to", "soy")},
        ),
        ("my wife is called anna", {("partner", "Anna")}),
        ("my sons called Theo", {("child", "Theo")}),
        ("I have a son named Bo and a daughter named Liv", {("child", "Bo"), ("child", "Liv")}),
        (
            "we have two kids, Bo and Liv, and a grumpy parrot named Kiwi",
            {("child", "Bo"), ("child", "Liv"), ("pet", "Kiwi")},
        ),
        ("my dog's name is Tui and the cats are Salt & Pepper", {("pet", "Tui"), ("pet", "Salt"), ("pet", "Pepper")}),
        ("I have a cat, her name is Luzi", {("pet", "Luzi")}),
        ("I'm a 27 year old nurse", {("age", "27"), ("occupation", "nurse")}),
        ("I teach maths at a school", {("occupation", "maths teacher")}),
        ("I'm a PhD student at Leiden", {("occupation", "PhD student"), ("studies_at", "Leiden")}),
        ("I work at McDonald's", {("works_at", "McDonald's")}),
        ("I've got a 2016 Honda Fit", {("drives", "2016 Honda Fit")}),
        ("I use Vim on a ThinkPad", {("uses_software", "Vim"), ("uses_device", "ThinkPad")}),
        ("we're flying to Athens on June 3rd", {("trip", "Athens")}),
        ("my favourite band is The Cure", {("favourite_music", "The Cure")}),
        ("I'm a nurse and live in Bath", {("occupation", "nurse"), ("lives_in", "Bath")}),
        ("I'm a nurse living in Bath", {("occupation", "nurse"), ("lives_in", "Bath")}),
        ("I'm vegan and allergic to nuts", {("diet", "vegan"), ("allergic_to", "nuts")}),
        ("I love tea and hate coffee", {("likes", "tea"), ("dislikes", "coffee")}),
        ("I'm Tom, 34, from Leeds", {("name", "Tom"), ("age", "34"), ("grew_up_in", "Leeds")}),
        ("my boss, Sue, is great", {("manager", "Sue")}),
        ("pizza is my favourite food", {("favourite_food", "pizza")}),
        ("Mein bester Freund heißt Jan", {("friend", "Jan")}),
        ("I live above a bakery in Ennis, so I'm hungry", {("lives_in", "Ennis")}),
        ("got a bulldog, his name is Max", {("pet", "Max")}),
        ("started my new job at Lucid", {("works_at", "Lucid")}),
        ("hi, bin die Svenja und wohne in Kiel", {("name", "Svenja"), ("lives_in", "Kiel")}),
        ("I'm in a book club", {("member_of", "book club")}),
        ("I'm 6'2", {("height", "6'2")}),
        ("Ich bin die Katrin, 38, und wohne in Jena", {("name", "Katrin"), ("age", "38"), ("lives_in", "Jena")}),
        ("Ich habe eine Katze, sie heißt Luzi", {("pet", "Luzi")}),
        ("Ich studiere Jura in Freiburg", {("studies", "Jura")}),
        ("Ich habe am 12. März einen Zahnarzttermin", {("appointment", "Zahnarzttermin")}),
        ("Soy alérgica a los mariscos, y odio el cilantro", {("allergic_to", "mariscos"), ("dislikes", "cilantro")}),
        ("vivo en un piso en Vigo", {("lives_in", "Vigo")}),
        ("Hei, jeg er Sindre og jobber som snekker", {("name", "Sindre"), ("occupation", "snekker")}),
        ("jeg flyttet til Mo i Rana i fjor", {("lives_in", "Mo i Rana")}),
    ],
)
def test_what_is_typed_in_a_chat_is_read(text, expected):
    assert {(predicate, value) for predicate, value, _ in read(text)} == expected


@pytest.mark.parametrize(
    "text",
    [
        "living in London is expensive",
        "working at Amazon must be hard",
        "based in Paris, the company makes shoes",
        "my dad, living in Crete, sends wine",
        "hate speech is bad",
        "I have a friend with a cat called Tiger",
        "I know a guy with a son called Rocco and a daughter named Elsa",
        "my sister's cat is called Milo",
        "the cats are hungry",
        "You are Gandalf. I'm Frodo and I live in the Shire.",
        "I'm jealous of people living in Rome",
        "I'm helping a nurse living in Bath",
        "I know Ann works hard and loves Rome",
        "my boss, Anna and I went out",
        "I've been with Jake since 2019",
        "I've been at Heathrow for three hours",
        "I call Bob home often",
        "i'm from work",
        "I can't eat before 10",
        "I'm no fan of yours",
        "Example sentence: My sister is called Anna",
    ],
)
def test_what_only_looks_like_it_yields_nothing(text):
    assert read(text) == []


def test_who_says_that_they_meant_another_corrects_with_the_next_sentence():
    assert read("Oops, I meant Moss, not Oslo. I moved to Moss") == [("lives_in", "Moss", "corrects")]
