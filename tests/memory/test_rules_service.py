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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bronagh's my name", {("name", "Bronagh")}),
        ("hello, the name is Calliope but Cal is fine", {("name", "Calliope"), ("preferred_name", "Cal")}),
        ("My name is Alexandra, Alex for short", {("name", "Alexandra"), ("preferred_name", "Alex")}),
        ("my sister is Alexandra, Alex for short", {("sibling", "Alexandra")}),
        ("dadi is 81, name's Kusum", {("relative", "Kusum")}),
        ("My cat is 3. Name's Tom", {("pet", "Tom")}),
        ("new boss started today, name's Fatou", {("manager", "Fatou")}),
        ("he has a sister, name's Kim", set()),
        ("saw a film, name's Ran", set()),
        ("I'm a pipe fitter", {("occupation", "pipe fitter")}),
        ("I'm half Irish, half Ghanaian", {("nationality", "Irish"), ("nationality", "Ghanaian")}),
        ("my two brothers, Tom and Ed, live in Cork", {("sibling", "Tom"), ("sibling", "Ed")}),
        ("my dog is a beagle called Waffles", {("pet", "Waffles")}),
        ("I mostly drink oat milk lattes", {("favourite_drink", "oat milk lattes")}),
        ("I only drink occasionally", set()),
        ("I'm turning 40 on 9 June", {("birthday", "9 June")}),
        ("born in Kraków, raised in Toronto", {("born_in", "Kraków"), ("grew_up_in", "Toronto")}),
        ("I make 42k a year", {("salary", "42k a year")}),
        ("I make 20 a month", set()),
        ("I drive a Honda Jazz and ride a Brompton to work", {("drives", "Honda Jazz")}),
        ("I use Linux and Emacs", {("uses_software", "Linux"), ("uses_software", "Emacs")}),
        ("I want to learn how to sail", {("goal", "learn how to sail")}),
        ("I go to therapy every Tuesday", set()),
        ("I take my insulin every morning", set()),
        ("ich arbeite im Krankenhaus als Pfleger", {("works_at", "Krankenhaus"), ("occupation", "Pfleger")}),
        ("ich bin Vegetarierin und allergisch gegen Nüsse", {("diet", "Vegetarierin"), ("allergic_to", "Nüsse")}),
        ("ich fahre einen alten Golf", {("drives", "Golf")}),
        ("ich fahre mit dem Rad zur Arbeit", {("commute", "Rad")}),
        ("vivo con mi novia Marta en Vigo", {("partner", "Marta"), ("lives_in", "Vigo")}),
        ("soy vegana y alérgica a los cacahuetes", {("diet", "vegana"), ("allergic_to", "cacahuetes")}),
        ("voy al trabajo en metro", {("commute", "metro")}),
        ("jeg tar bussen til jobb", {("commute", "bussen")}),
        ("telefonen min er en Pixel 7", {("uses_device", "Pixel 7")}),
    ],
)
def test_common_things_in_other_words_are_read(text, expected):
    assert read(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "suppose I'm a pilot and I live in Dubai, what tax would I pay?",
        "imagine I run a bakery and my wife is called Rosa. What would it earn?",
        "Angenommen, ich bin Pilot und ich wohne in Dubai",
        "supongamos que soy piloto y vivo en Dubái",
        "tenk deg at jeg er pilot og jeg bor i Dubai",
    ],
)
def test_a_supposition_goes_on_behind_its_and(text):
    assert not read(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "I speak three languages: Dutch, French and German",
            {("speaks", one) for one in ("Dutch", "French", "German")},
        ),
        ("I owe my brother 500 euros", {("debt", "500 euros to my brother")}),
        ("I owe you 5 dollars", set()),
        ("I owe it all to my mum", set()),
        ("I'm insured with Allianz", {("insurance", "Allianz")}),
        ("my desk is on the third floor", {("office", "third floor")}),
        ("I park behind the church", {("parking", "behind the church")}),
        ("I park at work", set()),
        ("I'm in the Pacific time zone", {("timezone", "Pacific")}),
        ("I'm blood type O positive", {("blood_type", "O positive")}),
        ("I prefer to be called Max", {("preferred_name", "Max")}),
        ("I've got a sister in Leeds called Beth", {("sibling", "Beth")}),
        ("ich bin bei der Allianz versichert", {("insurance", "Allianz")}),
        ("estoy asegurada con Mapfre", {("insurance", "Mapfre")}),
        ("jeg er forsikret i Gjensidige", {("insurance", "Gjensidige")}),
        ("meine Zeitzone ist MEZ", {("timezone", "MEZ")}),
    ],
)
def test_ones_affairs_are_read(text, expected):
    assert read(text) == expected
