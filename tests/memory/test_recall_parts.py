"""What recall is made of, each part alone: terms, days, and what fits a budget."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from memory import api
from memory.dates import find_periods
from memory.lines import LineKind, MemoryLine
from memory.recall import load
from memory.recall.found import RecalledItem, ScoreBreakdown
from memory.recall.pack import SHORTEST, fit
from memory.recall.temporal import near_periods
from memory.terms import languages_of, other_stems, terms_of
from profiles.owned import as_user, new_id

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("The two kettles were boiling", ["two", "kettl", "boil"]),
        ("Meine Fahrräder stehen im Keller", ["fahrrad", "steh", "kell"]),
        ("Los perros de mi hermana", ["perr", "herman"]),
        ("Jeg bor i Tromsø og liker Ærfugl", ["bor", "tromso", "lik", "aerfugl"]),
        ("Łódź and Đakovo", ["lodz", "dakovo"]),
        ("Café de l'Étoile", ["caf", "letoil"]),
        ("the 14th of March 2024, at 7:30", ["14", "th", "march", "2024", "7:30"]),
        ("2024-03-14 or 14/03", ["2024-03-14", "14/03"]),
        ("日本語", ["日本", "本語"]),
        ("猫", ["猫"]),
        ("Straße", ["strass"]),
        ("to be or not to be", []),
        ("🧿 ?!", []),
    ],
)
def test_words_become_terms(text, terms):
    assert terms_of(text) == terms


@pytest.mark.parametrize("word", ["Zürich", "São", "Ångström", "Tromsø", "naïve"])
def test_a_word_without_its_accents_is_the_same_term(word):
    bare = {"Zürich": "Zurich", "São": "Sao", "Ångström": "Angstrom", "Tromsø": "Tromso", "naïve": "naive"}[word]
    assert terms_of(word, "en") == terms_of(bare, "en")


@given(st.text(max_size=200))
def test_terms_of_any_text_are_words(text):
    for term in terms_of(text):
        assert term
        assert not any(char.isspace() for char in term)


def test_a_text_without_small_words_may_be_in_any_language():
    assert len(languages_of("Fahrräder?")) > 4
    assert languages_of("Wo sind meine Fahrräder?") == ["de"]
    (term,) = terms_of("Fahrräder?")
    assert "fahrrad" in other_stems("Fahrräder?")[term]
    assert other_stems("Where are my bikes?") == {}


@pytest.mark.parametrize(
    ("said", "question"),
    [
        ("Ich habe mein Fahrrad in den Keller gestellt", "Fahrräder?"),
        ("Fahrräder kaputt", "Wo sind die Fahrräder?"),
        ("Mis perros duermen en la cocina", "¿Perro?"),
        ("Jeg var i Tromsø med båten", "Tromso?"),
    ],
)
def test_short_questions_find_words_in_the_language_they_were_said_in(alice, said, question):
    with as_user(alice):
        for text in (said, "The kettle was on the stove", "We ate at the pier"):
            api.record_turn(alice.pk, conversation_id=new_id(), message_id=new_id(), role="user", text=text, at=MONDAY)
        found = api.recall(alice.pk, question, at=MONDAY + timedelta(days=1))
    assert not found.nothing
    assert found.items[0].line.text == said
    assert found.items[0].score.channels["words"] > 0


def item(tokens: int, name: str = "") -> RecalledItem:
    line = MemoryLine(kind=LineKind.TURN, id=name or str(tokens), said_on=MONDAY.date(), text="x", version=1)
    return RecalledItem(
        id=new_id(),
        kind="turn",
        line=line,
        tokens=tokens,
        score=ScoreBreakdown({}, 0.0),
        reason="",
        origin="user_said",
        conversation_id=None,
        message_id=None,
    )


def test_what_is_too_long_gives_way_to_what_is_shorter_behind_it():
    items = [item(30, "a"), item(90, "b"), item(20, "c"), item(50, "d")]
    assert [one.line.id for one in fit(items, 100)] == ["a", "c", "d"]


@given(st.lists(st.integers(SHORTEST, 200), max_size=40), st.integers(0, 500))
def test_a_packing_keeps_its_order_its_budget_and_leaves_out_only_what_does_not_fit(sizes, budget):
    items = [item(size) for size in sizes]
    packed = fit(items, budget)
    places = [items.index(one) for one in packed]
    assert places == sorted(places)
    assert sum(one.tokens for one in packed) <= budget
    for place, left in enumerate(items):
        if left not in packed:
            assert sum(one.tokens for one in packed if items.index(one) < place) + left.tokens > budget


def test_turns_of_the_days_asked_about_count_and_those_just_after_a_little(alice):
    zone = ZoneInfo("Europe/Oslo")
    days = [date(2026, 1, 31), date(2026, 2, 1), date(2026, 2, 28), date(2026, 3, 5), date(2026, 3, 20)]
    with as_user(alice):
        for number, day in enumerate(days):
            at = datetime(
                day.year, day.month, day.day, 23, 30, tzinfo=zone
            )  # late in the evening there: the day before in UTC
            api.record_turn(
                alice.pk, conversation_id=new_id(), message_id=new_id(), role="user", text=f"Turn {number}", at=at
            )
        turns = load.load(alice.pk, load.state_of(alice.pk))
    order = np.argsort(turns.said_at)
    month = near_periods(turns, tuple(find_periods("in February", date(2026, 4, 1))), zone)
    assert month[order].tolist() == [0, 1, 1, 0.5, 0]
    day = near_periods(turns, tuple(find_periods("on 3 March 2026", date(2026, 4, 1))), zone)
    assert day[order].round(1).tolist() == [0, 0, pytest.approx(0.3), pytest.approx(0.3), 0]


def test_a_period_asked_about_shows_in_the_score_of_what_was_said_then(alice):
    with as_user(alice):
        for text, at in (("We painted the shed", MONDAY), ("We painted the fence", MONDAY - timedelta(days=60))):
            api.record_turn(alice.pk, conversation_id=new_id(), message_id=new_id(), role="user", text=text, at=at)
        found = api.recall(alice.pk, "What did we paint last month?", at=MONDAY + timedelta(days=30), explain=True)
    (first, second) = found.items
    assert first.line.text == "We painted the shed"
    assert first.score.channels["date"] > 0
    assert second.score.channels.get("date", 0) == 0


@pytest.mark.parametrize(
    ("question", "answer", "other", "channel"),
    [
        (
            "Which book did I give to Ana?",
            "I gave Ana “The Long Ships”, she read it at once",
            "I gave Ana a scarf",
            "title",
        ),
        ("Where did I find the lamp?", "I found the lamp in Utrecht", "I found the lamp at last", "place"),
        ("Who fixed the roof?", "My cousin fixed the roof", "The roof was fixed before the storm came", "somebody"),
        ("What cheese do I like?", "Gouda is my favourite cheese", "The cheese is on the table", "taste"),
        (
            "What do you recommend for the cough?",
            "For the cough you should try thyme",
            "A cough takes a week",
            "advice",
        ),
        ("How did I feel on the ferry?", "I was scared on the ferry", "The ferry was white", "feeling"),
        (
            "Wo habe ich die Lampe gefunden?",
            "Ich habe die Lampe in Utrecht gefunden",
            "Die Lampe habe ich gefunden",
            "place",
        ),
    ],
)
def test_a_turn_that_holds_the_kind_of_thing_asked_for_comes_first(alice, question, answer, other, channel):
    with as_user(alice):
        for text in (other, answer):
            api.record_turn(alice.pk, conversation_id=new_id(), message_id=new_id(), role="user", text=text, at=MONDAY)
        found = api.recall(alice.pk, question, at=MONDAY + timedelta(days=1))
    assert found.items[0].line.text == answer
    assert found.items[0].score.channels[channel] > 0
    assert channel not in found.items[1].score.channels


@pytest.mark.parametrize(
    ("said", "question"),
    [
        ("I bought a pole pruner", "pruning?"),
        ("We went climbing", "Am I a climber?"),
        ("Met a photographer", "photography"),
    ],
)
def test_words_of_one_family_are_found_where_the_word_itself_was_never_said(alice, said, question):
    with as_user(alice):
        for text in (said, "The kettle was on the stove", "We ate at the pier"):
            api.record_turn(alice.pk, conversation_id=new_id(), message_id=new_id(), role="user", text=text, at=MONDAY)
        found = api.recall(alice.pk, question, at=MONDAY)
    assert found.items[0].line.text == said


def test_somebody_near_is_found_by_what_the_user_calls_them(alice):
    """ "Mum" is the mother, also where "mother" was said once, of somebody else's."""
    with as_user(alice):
        for text in ("Mum sings in a choir in Porto", "Mum is on the train", "Mother Goose was on television"):
            api.record_turn(alice.pk, conversation_id=new_id(), message_id=new_id(), role="user", text=text, at=MONDAY)
        found = api.recall(alice.pk, "Where does my mother sing?", at=MONDAY)
    assert found.items[0].line.text == "Mum sings in a choir in Porto"
