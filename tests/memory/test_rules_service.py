"""Rules on who serves or works for a firm without the word "work", on a trade told behind an age, and on the day a child is due."""

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
        ("I'm in the navy", {("occupation", "navy")}),
        ("I serve in the air force and hate mornings", {("occupation", "air force"), ("dislikes", "mornings")}),
        ("ich bin bei der Bundeswehr", {("occupation", "Bundeswehr")}),
        ("estoy en la marina", {("occupation", "marina")}),
        ("jeg er i Forsvaret", {("occupation", "Forsvaret")}),
        ("I drive for Uber", {("works_at", "Uber")}),
        ("I deliver part-time for Deliveroo", {("works_at", "Deliveroo")}),
        ("ich fahre für Uber", {("works_at", "Uber")}),
        ("reparto para Glovo", {("works_at", "Glovo")}),
        ("jeg kjører for Foodora", {("works_at", "Foodora")}),
        ("bin 34 und Lehrerin", {("age", "34"), ("occupation", "Lehrerin")}),
        ("Ich bin 41 Jahre alt und Schreiner", {("age", "41"), ("occupation", "Schreiner")}),
        ("bin 34, Krankenpfleger", {("age", "34"), ("occupation", "Krankenpfleger")}),
        ("pregnant, due on 3 August", {("due_date", "3 August")}),
        ("I'm pregnant! Due 3 August", {("has_condition", "pregnant"), ("due_date", "3 August")}),
        ("bin schwanger, Termin ist der 3. August", {("due_date", "3 August")}),
        ("estoy embarazada, salgo de cuentas el 3 de agosto", {("due_date", "3 August")}),
        ("jeg er gravid, har termin 3. august", {("due_date", "3 August")}),
    ],
)
def test_service_trade_and_due_date_are_read(text, expected):
    assert read(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "my brother is in the navy",
        "is it hard in the navy?",
        "I'm in the army surplus shop",
        "if I was in the navy I'd get seasick",
        "I drive for hours",
        "I fly for Christmas",
        "my sister is pregnant, due on 3 August",
        "my essay is great, due on 3 August",
        "Er ist 34 und Lehrer",
        "mi hermano está en la marina",
        "hun er i Forsvaret",
    ],
)
def test_what_stands_close_teaches_nothing(text):
    assert not {pair for pair in read(text) if pair[0] in ("occupation", "works_at", "due_date")}
