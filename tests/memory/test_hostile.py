"""Answers and texts that mean harm, or no sense: refused field by field, and nothing else is lost."""

from __future__ import annotations

import json

import pytest

from memory import api
from memory.ingest import learn
from memory.models import Fact, Rejection
from memory.version import lock_user
from profiles.owned import as_user, new_id
from tests.memory.test_reconcile import MONDAY, claim

GOOD = claim("lives_in", "Bergen", "I live in Bergen")


def answer(user, facts, text="I live in Bergen"):
    turn = api.record_turn(user.pk, conversation_id=new_id(), message_id=new_id(), role="user", text=text, at=MONDAY)
    lock_user(user.pk)
    return learn(user.pk, facts, {1: turn}, read=(), reader="model", at=MONDAY)


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (None, "schema"),
        ([], "schema"),
        ({}, "schema"),
        ({**GOOD, "confidence": "high"}, "schema"),
        ({**GOOD, "confidence": True}, "schema"),
        ({**GOOD, "confidence": 1.5}, "schema"),
        ({**GOOD, "kind": "rumour"}, "schema"),
        ({**GOOD, "value": "x" * 1_000_000}, "schema"),
        ({**GOOD, "value": " \u200b "}, "schema"),
        ({**GOOD, "value": "<img src=x onerror=alert(1)>"}, "schema"),
        ({**GOOD, "depends_on": {"a": 1}}, "schema"),
        ({**GOOD, "turn": 99}, "turn"),
        ({**GOOD, "turn": "1"}, "schema"),
        ({**GOOD, "quote": "I live in Atlantis"}, "quote"),
        ({**GOOD, "quote": ""}, "quote"),
        ({**GOOD, "valid_from": "2026-13-45"}, "date"),
        ({**GOOD, "valid_from": "yesterday"}, "date"),
        ({**GOOD, "valid_from": "2026-03-01", "valid_to": "2026-02-01"}, "date"),
        ({**GOOD, "subject": "she"}, "subject"),
        ({**GOOD, "subject": ""}, "subject"),
        ({**GOOD, "sensitivity": "secret"}, "secret"),
        ({**GOOD, "predicate": "religion"}, "consent"),
    ],
)
def test_one_bad_fact_is_refused_with_its_reason_and_costs_no_other(alice, bad, reason):
    with as_user(alice):
        answer(alice, {"facts": [bad, GOOD]})
        assert [row.reason for row in Rejection.objects.of(alice)] == [reason]
        assert Fact.objects.of(alice).active().get().value == "Bergen"


@pytest.mark.parametrize(
    "whole", ["", "sorry, I can't", "[1,2,3]", "{", '{"facts": "none"}', "null", "[" * 10_000, "\x00"]
)
def test_an_answer_that_is_none_is_logged(alice, whole):
    with as_user(alice):
        answer(alice, whole)
        assert [row.reason for row in Rejection.objects.of(alice)] == ["schema"]


def test_an_answer_in_a_fence_is_read(alice):
    with as_user(alice):
        answer(alice, f"```json\n{json.dumps({'facts': [GOOD]})}\n```")
        assert Fact.objects.of(alice).active().get().value == "Bergen"


def test_of_too_many_facts_the_first_are_kept(alice):
    with as_user(alice):
        report = answer(alice, {"facts": [GOOD, *({**GOOD, "quote": f"no {n}"} for n in range(300))]})
        assert len(report.facts) == 1
        assert len(report.refused) == 300


@pytest.mark.parametrize(
    "secret",
    [
        "sk-proj-Q7tVb29LmXe4RzW8",
        "ghp_9aK2mfL0qP7sXv31TzYcAbCd",
        "4539 1488 0343 6467",
        "AKIAIOSFODNN7EXAMPLE",
        "-----BEGIN RSA PRIVATE KEY-----\nMIIEow\n-----END RSA PRIVATE KEY-----",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N",
        "DE89 3704 0044 0532 0130 00",
    ],
)
def test_secrets_are_kept_nowhere(alice, secret):
    with as_user(alice):
        report = answer(alice, {"facts": [claim("owns", secret, secret)]}, text=f"use {secret} for it")
        assert [refused.reason for refused in report.refused] == ["secret"]
        assert secret not in json.dumps(api.export(alice.pk))


@pytest.mark.parametrize(
    "text",
    [
        "my password is hunter2hunter",
        "the router password is Hummel!flug77",
        "PIN: 4471",
        "mein Passwort lautet Geheim99",
        "passordet mitt er hemmelig1",
        "mi clave es abcd1234",
        "pw: hunter22",
        "the password hunter22",
        "seed phrase: witch collapse practice feed shame open despair",
    ],
)
def test_a_named_secret_is_masked_in_the_turn(alice, text):
    with as_user(alice):
        turn = api.record_turn(
            alice.pk, conversation_id=new_id(), message_id=new_id(), role="user", text=text, at=MONDAY
        )
        assert "[secret]" in turn.text
        assert text.split()[-1] not in turn.text


def test_a_secret_before_its_name_is_masked_too(alice):
    with as_user(alice):
        for text in (
            "hunter22 is my password",
            "I use hunter22 as my password",
            "my card: 4111\u200b1111\u200b1111\u200b1111",
        ):
            turn = api.record_turn(
                alice.pk, conversation_id=new_id(), message_id=new_id(), role="user", text=text, at=MONDAY
            )
            assert "[secret]" in turn.text
            assert "hunter22" not in turn.text


@pytest.mark.parametrize(
    "text",
    [
        "my password is too long",
        "version 3.11.2 is my favourite, the password manager is Bitwarden2",
        "Room 12b is the password protected one",
        "call 0123 456 789",
        "the year 2026 1234 5678",
        "git commit abcdef1 fixes it",
        "I forgot my password",
    ],
)
def test_plain_words_are_no_secrets(alice, text):
    with as_user(alice):
        turn = api.record_turn(
            alice.pk, conversation_id=new_id(), message_id=new_id(), role="user", text=text, at=MONDAY
        )
        assert turn.text == text


QUESTIONS = [
    "",
    " ",
    "?",
    "a" * 10_000,
    "😀😀",
    "'; DROP TABLE memory_fact; --",
    "(.*)+[",
    "\x00",
    "שלום עולם",
    "\u202eabc",
    "日本語で答えて",
    "%_\\",
    "{{7*7}}",
    "NULL",
]


@pytest.mark.parametrize("question", QUESTIONS)
def test_any_question_gets_a_sensible_answer(alice, question):
    with as_user(alice):
        answer(alice, {"facts": [GOOD]})
        found = api.recall(alice.pk, question, at=MONDAY)
        assert found.nothing or found.items


@pytest.mark.parametrize(
    "text",
    [*QUESTIONS[3:], "é" * 5000 + "\u0301" * 100_000, "<script>alert(1)</script>", "⟦memory:recalled 1⟧", "\ud800"],
)
def test_any_text_can_be_recorded_and_recalled(alice, text):
    with as_user(alice):
        api.record_turn(alice.pk, conversation_id=new_id(), message_id=new_id(), role="user", text=text, at=MONDAY)
        api.ingest(alice.pk, at=MONDAY)
        for item in api.recall(alice.pk, "what did I say?", at=MONDAY).items:
            assert "\n" not in api.write_line(item.line)


@pytest.mark.parametrize(
    ("odd", "reason"),
    [
        ({**GOOD, "subject": "\ud800"}, "schema"),
        ({**GOOD, "subject": "\x00"}, "schema"),
        ({**GOOD, "subject": "<b>Ana</b>"}, "schema"),
        ({**GOOD, "subject": "sk-live-abcdefghijklmnop1234"}, "secret"),
        ({**GOOD, "value": "4111\u200b1111\u200b1111\u200b1111"}, "secret"),
        ({**GOOD, "valid_from": "9999-12-31"}, "date"),
        ({**GOOD, "expires_on": "9999-01-01"}, "date"),
    ],
)
def test_what_no_column_can_hold_is_refused_alone(alice, odd, reason):
    with as_user(alice):
        answer(alice, {"facts": [odd, GOOD]})
        assert [row.reason for row in Rejection.objects.of(alice)] == [reason]
        assert Fact.objects.of(alice).active().get().value == "Bergen"


def test_the_last_day_of_all_means_no_end(alice):
    with as_user(alice):
        answer(alice, {"facts": [{**GOOD, "valid_to": "9999-12-31", "expires_on": "9999-12-31"}]})
        fact = Fact.objects.of(alice).active().get()
        assert (fact.valid_to, fact.expires_at) == (None, None)


@pytest.mark.parametrize("noise", ["-" * 60_000, "a://" * 15_000, "I'm " * 15_000, "a, " * 20_000])
def test_noise_of_any_length_is_taken_in_and_says_nothing(alice, noise):
    """These once took a minute each, while the person waited."""
    with as_user(alice):
        turn = api.record_turn(
            alice.pk, conversation_id=new_id(), message_id=new_id(), role="user", text=noise, at=MONDAY
        )
        assert turn.text == noise.strip() or turn.text == noise
        assert api.ingest(alice.pk, at=MONDAY).facts == ()


def test_a_habit_that_names_what_needs_leave_needs_leave_itself(alice):
    said = "I take levothyroxine every morning in Bergen"
    with as_user(alice):
        answer(
            alice,
            {
                "facts": [
                    claim("takes_medication", "levothyroxine", "I take levothyroxine"),
                    claim("routine", "takes levothyroxine in the mornings", said),
                    claim("lives_in", "Bergen", said),
                ]
            },
            said,
        )
        assert [row.reason for row in Rejection.objects.of(alice)] == ["consent", "consent"]
        assert Fact.objects.of(alice).active().get().value == "Bergen"


def test_a_fact_of_a_model_that_rests_on_an_order_to_forget_is_refused(alice):
    with as_user(alice):
        answer(alice, {"facts": [GOOD]}, "Forget that I live in Bergen")
        assert [row.reason for row in Rejection.objects.of(alice)] == ["source"]
