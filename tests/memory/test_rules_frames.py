"""Rules on what a turn asks for beside its news, and on texts that are not about the person; by kind, in four languages."""

from __future__ import annotations

import pytest

from tests.memory.test_rules_life import read


def _all(text: str, predicate: str) -> list[str]:
    return [value for found, value, _ in read(text) if found == predicate]


@pytest.mark.parametrize(
    ("text", "predicate", "values"),
    [
        ("I'm allergic to plums, compote ideas?", "allergic_to", ["plums"]),
        ("I'm allergic to plums and pears, compote ideas?", "allergic_to", ["plums", "pears"]),
        ("I'm allergic to wool, scarf recommendations please", "allergic_to", ["wool"]),
        ("I love plums, any recipe tips?", "likes", ["plums"]),
        ("I love plums, pears, and my kettle", "likes", ["plums", "pears"]),
        ("Ich wohne in Trier, Tipps?", "lives_in", ["Trier"]),
        ("Meine Katzen heißen Pia und Ole, Ideen?", "pet", ["Pia", "Ole"]),
        ("me encantan las ciruelas, ideas de postre?", "likes", ["ciruelas"]),
        ("jeg elsker plommer, oppskriftsforslag?", "likes", ["plommer"]),
    ],
)
def test_what_is_asked_for_in_passing_is_no_item_of_the_list(text, predicate, values):
    assert _all(text, predicate) == values


@pytest.mark.parametrize(
    "text",
    [
        "start a ballad for me with: I live in Lund and I have a cat named Fog",
        "finish this limerick: my name is Humbert",
        "first line of my novel: I live in Lund",
        "caption for my post: I live in Lund",
        "proofread: I works at Volvo",
        "reply to this: I moved to Lund",
        "rap this: my name is Humbert and I live in Lund",
        "in the style of a pirate: I live in Lund",
        "two truths and a lie: I live in Lund, I'm a nurse, I hate cats",
        "I have a cat named Fog and I live in Lund. What am I?",
        "continue the story: I live in Lund with my wife Berta",
        "Beginne eine Geschichte mit: Ich wohne in Lund",
        "Bildunterschrift für meinen Post: Ich wohne in Lund",
        "empieza un cuento con: vivo en Lund y me llamo Berta",
        "pie de foto para mi post: vivo en Lund",
        "start et dikt med: jeg bor i Lund",
        "svar på denne mailen: jeg bor i Lund",
        "I live in Lund, said no one ever",
        "I keep dreaming I live in Lund",
    ],
)
def test_a_text_that_was_asked_for_or_made_up_is_no_news(text):
    assert read(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "update on me: I moved to Lund",
        "note to self: I moved to Lund",
        "write this down: I moved to Lund",
        "long story short: I moved to Lund",
        "context for the email: I moved to Lund",
        "to answer your question: I moved to Lund",
        "Kleines Update: Ich wohne jetzt in Lund",
        "para que sepas: vivo en Lund",
        "oppdatering: jeg bor i Lund",
    ],
)
def test_news_that_is_announced_is_news(text):
    assert _all(text, "lives_in") == ["Lund"]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("I speak Danish and Motu", ["Danish", "Motu"]),
        ("I speak Danish, Tok Pisin and Motu", ["Danish", "Tok Pisin", "Motu"]),
        ("I speak Swiss German and a bit of Ladin", ["Swiss German", "Ladin"]),
        ("I speak Danish and Ana speaks Motu", ["Danish"]),
        ("I speak Danish, and Python", ["Danish"]),
        ("ich spreche Deutsch und Zazaki", ["Deutsch", "Zazaki"]),
        ("ich spreche Deutsch und Klartext", ["Deutsch"]),
        ("hablo español y totonaco", ["Español"]),
        ("hablo español y Totonaco", ["Español", "Totonaco"]),
        ("jeg snakker norsk og kvensk", ["Norsk", "Kvensk"]),
    ],
)
def test_a_language_beside_known_ones_is_one(text, values):
    assert _all(text, "speaks") == values


@pytest.mark.parametrize(
    "text",
    [
        "don't call me Thomas",
        "my pupils call me Miss",
        "call me old-fashioned but I like letters",
        "ikke kall meg Tom",
        "i live in pyjamas",
        "Ich wohne in Harmonie mit allen",
        "I turn 40 on saturday",
        "i work for peanuts",
        "i'm vegan on mondays",
    ],
)
def test_a_manner_of_speaking_is_no_fact(text):
    assert {predicate for predicate, _, _ in read(text)} <= {"likes", "answer_style"}


@pytest.mark.parametrize(
    ("text", "predicate", "values"),
    [
        ("my wife (Ana) is great", "partner", ["Ana"]),
        ("mum of 2 (Zoe & Ned)", "child", ["Zoe", "Ned"]),
        ("I have a dog (Labrador)", "pet", []),
        ("i live in turin rn", "lives_in", ["Turin"]),
        ("Ich habe am 3. Mai Geburtstag", "birthday", ["3 May"]),
        ("ich habe einen Bruder namens Lars und eine Schwester namens Ida", "sibling", ["Lars", "Ida"]),
        ("Ich esse kein Fleisch und keinen Fisch", "avoids_food", ["Fleisch", "Fisch"]),
        ("tengo 34 años y dos hijos, Leo y Vera", "child", ["Leo", "Vera"]),
        ("tengo un hermano que se llama Luis y una hermana que se llama Eva", "sibling", ["Luis", "Eva"]),
        ("mi perro se llama Churro y mi gata Lola", "pet", ["Churro", "Lola"]),
        ("jeg har en bror som heter Lars og en søster som heter Ida", "sibling", ["Lars", "Ida"]),
        ("Katten min heter Pus og hunden heter Bamse", "pet", ["Pus", "Bamse"]),
        ("jeg kan ikke fordra koriander", "dislikes", ["koriander"]),
    ],
)
def test_plain_news_in_few_words(text, predicate, values):
    assert _all(text, predicate) == values


def test_a_turn_of_marks_alone_says_nothing():
    assert read(", , :") == []
    assert read("...") == []


@pytest.mark.parametrize(
    "text",
    [
        "my mum: i live in Lund now",
        "mum texted: we moved to Lund",
        "Anna: I live in Lund. Me: nice",
        "Person A: I'm vegan. Person B: I'm not.",
        "meine Schwester: ich wohne in Lund",
        "mi hermana: vivo en Lund",
        "søsteren min: jeg bor i Lund",
        "I live in Lund, jk",
        "I live in Lund. Just kidding",
        "I live in Lund, no wait, Malmö",
        "Ich wohne in Lund, war nur ein Witz",
        "for this game, call me Captain",
        "I want to run a marathon before I'm 40",
    ],
)
def test_what_others_say_or_what_is_taken_back_is_no_news(text):
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "predicate", "values"),
    [
        ("I'm not kidding, I live in Lund", "lives_in", ["Lund"]),
        ("I'm a nurse. I live in Lund, jk", "occupation", ["nurse"]),
        ("Home: I live in Lund", "lives_in", ["Lund"]),
        ("I love figs, I mean really love them", "likes", ["figs"]),
        ("d.o.b. 7 September 1984", "birthday", ["7 September 1984"]),
        ("I support the Red Sox", "supports_team", ["Red Sox"]),
        ("I support the Labour Party", "supports_team", []),
        ("I'm learning Finnish and how to knit", "learning", ["Finnish", "how to knit"]),
    ],
)
def test_news_beside_is_kept(text, predicate, values):
    assert _all(text, predicate) == values
