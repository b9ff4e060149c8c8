"""Everyday wordings that nobody chose with the engine in mind: questions without the word for the thing, rules, secrets, forgotten names."""

from __future__ import annotations

import pytest

from memory.evidence import find_spans
from memory.facts.questions import intents_of
from memory.secrets import MASK, mask_secrets
from memory.values import bare_words, spellings_of
from tests.memory.test_rules_life import read


@pytest.mark.parametrize(
    ("question", "predicate"),
    [
        ("Where do I keep my savings?", "bank"),
        ("Which novel have I got on the go?", "reading"),
        ("Who do I root for?", "supports_team"),
        ("What does my place cost me a month?", "rent"),
        ("What did I live in before?", "home_type"),
        ("Who covers my house?", "insurance"),
        ("what Jens does for a living", "occupation"),
        ("Bei welcher Firma bin ich angestellt?", "works_at"),
        ("Womit verdiene ich mein Geld?", "occupation"),
        ("¿Dónde entreno?", "gym"),
        ("Hva er hobbyen min?", "hobby"),
        ("Who am I?", "name"),
        ("Which mobile do I have?", "uses_device"),
        ("What computers do I use?", "uses_device"),
        ("What sort of music am I into?", "favourite_music"),
        ("Do I have any appointments coming up?", "appointment"),
        ("Er jeg vegetarianer?", "diet"),
        ("Comment s'appelle mon chat ?", "pet"),
        ("Comment je vais au travail ?", "commute"),
        ("Where was I training?", "gym"),
        ("What were we driving?", "drives"),
        ("Which paper do I still get?", "subscription"),
        ("Which village did we see in May?", "visited"),
        ("which series I watch", "favourite_film"),
        ("What happened to my job?", "works_at"),
    ],
)
def test_a_question_in_everyday_words_leads_to_its_slot(question, predicate):
    assert predicate in {intent.predicate for intent in intents_of(question)}


@pytest.mark.parametrize(
    "question", ["How do I boil an egg?", "What is a deductible?", "Why is the sky blue?", "Who am I meeting?"]
)
def test_a_question_about_the_world_leads_to_no_slot(question):
    assert not intents_of(question)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ich spiele Schach", {("hobby", "Schach")}),
        ("Juego al ajedrez", {("hobby", "ajedrez")}),
        ("Jeg spiller sjakk", {("hobby", "sjakk")}),
        ("I play chess and the violin", {("hobby", "chess"), ("plays_instrument", "violin")}),
        ("I can juggle", {("skill", "juggle")}),
        ("I work for Century 21, upstairs", {("works_at", "Century 21")}),
        ("how are you, I'm Ana and I live in Leeds", {("name", "Ana"), ("lives_in", "Leeds")}),
        ("qué tal, me llamo Ana y vivo en Morelia", {("name", "Ana"), ("lives_in", "Morelia")}),
        ("Wie geht's, ich heiße Ana", {("name", "Ana")}),
        ("me and my wife Pia have two kids, Ole and Ida", {("partner", "Pia"), ("child", "Ole"), ("child", "Ida")}),
        ("Ich wohne aber seit 2019 in Zittau", {("lives_in", "Zittau")}),
        ("Ich wohne mit meiner Freundin Jana in Bamberg", {("lives_in", "Bamberg"), ("partner", "Jana")}),
        ("Trabajo en el Hospital La Paz", {("works_at", "Hospital La Paz")}),
        ("Jeg spiller fotball og snakker norsk", {("sport", "fotball"), ("speaks", "Norsk")}),
        ("I used to work at Kmart, now I'm at Target", {("works_at", "Kmart"), ("works_at", "Target")}),
        ("please don't use emojis", {("answer_style", "no emojis")}),
    ],
)
def test_more_forms_are_read(text, expected):
    assert {(predicate, value) for predicate, value, _ in read(text)} == expected


@pytest.mark.parametrize(
    "text",
    [
        "I can swim in the lake tomorrow",
        "a place that I can ski",
        "Can I juggle?",
        "I play go-between for my parents",
        "Meine Schwester spielt Schach",
        "Jeg har en venn som bor her og snakker norsk",
        "I'm at Target, need anything?",
        "She used to work at Kmart, now I'm at Target with her",
        "don't use emojis in this mail",
        "my mother passed away last spring",
        "I'm Mr. Brightside when it comes to deadlines",
        "My brother and his wife have two kids, Ole and Ida",
    ],
)
def test_what_only_looks_like_it_yields_nothing(text):
    assert not [fact for fact in read(text) if fact[2] == "asserts"]


def test_a_partner_who_died_is_one_no_longer():
    assert read("my husband Rob passed away") == [("partner", "Rob", "ends")]


@pytest.mark.parametrize(
    ("text", "secrets"),
    [
        ("my passwords are Tr0ub4dor&3 and kestrel-99-Moss, I run Debian", ["Tr0ub4dor&3", "kestrel-99-Moss"]),
        ("login: bob / hunter22 if the site asks", ["hunter22"]),
        ("my netflix login is dora@mail.example / Plum7tree!", ["Plum7tree"]),
    ],
)
def test_several_secrets_and_logins_are_masked(text, secrets):
    masked, found = mask_secrets(text)
    assert found
    assert masked.count(MASK) == len(secrets)
    assert not [secret for secret in secrets if secret in masked]


@pytest.mark.parametrize(
    "text",
    [
        "my passwords are usually long and I change 12 of them",
        "the login page / signup2 flow is broken",
        "see login: https://example.org/start1",
    ],
)
def test_talk_of_passwords_is_left_alone(text):
    assert mask_secrets(text) == (text, False)


@pytest.mark.parametrize(
    ("kept", "said"), [("Zürich", "Zuerich"), ("Zuerich", "Zürich"), ("Böhm", "Boehm"), ("Tromsø", "Tromsoe")]
)
def test_umlauts_spelled_out_are_the_same_to_a_tombstone(kept, said):
    assert bare_words(kept) in [bare_words(spelling) for spelling in spellings_of(said)]


def test_short_names_are_not_taken_for_umlauts_spelled_out():
    assert ["jo"] not in [bare_words(spelling) for spelling in spellings_of("Joe")]


def test_a_passphrase_of_one_word_takes_nothing_else_along():
    masked, _ = mask_secrets("my passphrase is copper-kettle-7, the bank is Nordea")
    assert masked == f"my passphrase is {MASK}, the bank is Nordea"


def test_marks_that_stand_apart_from_what_they_hold_are_marks_like_others():
    text = "J’ai un chat : « Minou » et un chien"
    assert [text[slice(*span)] for span in find_spans(text, 'un chat : "Minou" et')] == ["un chat : « Minou » et"]
