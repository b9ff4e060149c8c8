"""Which days a question or a tale names, against the day on which it was said."""

from __future__ import annotations

from datetime import date

import pytest

from memory.dates import find_periods
from memory.recall.asked_periods import asked_periods

THURSDAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("in March", "2026-03-01", "2026-03-31"),
        ("last spring", "2026-03-01", "2026-05-31"),
        ("letztes Jahr", "2025-01-01", "2025-12-31"),
        ("im letzten Frühjahr", "2026-03-01", "2026-05-31"),
        ("the summer before last", "2025-06-01", "2025-08-31"),
        ("vorletzten Sommer", "2025-06-01", "2025-08-31"),
        ("three summers ago", "2024-06-01", "2024-08-31"),
        ("hace dos veranos", "2025-06-01", "2025-08-31"),
        ("last winter", "2025-12-01", "2026-02-28"),
        ("the week before last", "2026-11-09", "2026-11-15"),
        ("a fortnight ago", "2026-11-09", "2026-11-15"),
        ("i forfjor", "2024-01-01", "2024-12-31"),
    ],
)
def test_a_period_by_its_place_among_others(text, start, end):
    assert [(str(one.start), str(one.end)) for one in find_periods(text, THURSDAY)] == [(start, end)]


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("over the past 3 weeks", "2026-11-05"),
        ("in den letzten drei Wochen", "2026-11-05"),
        ("las últimas dos semanas", "2026-11-12"),
        ("de siste to ukene", "2026-11-12"),
        ("in the past week", "2026-11-19"),
        ("in the last few days", "2026-11-23"),
        ("over the last year", "2025-11-26"),
    ],
)
def test_what_has_been_lasts_until_today(text, start):
    assert [(str(one.start), one.end) for one in find_periods(text, THURSDAY)] == [(start, THURSDAY)]


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("in March two years ago", "2024-03-01", "2024-03-31"),
        ("two years ago in March", "2024-03-01", "2024-03-31"),
        ("im März letzten Jahres", "2025-03-01", "2025-03-31"),
        ("en marzo del año pasado", "2025-03-01", "2025-03-31"),
        ("i fjor sommer", "2025-06-01", "2025-08-31"),
        ("on 12 June last year", "2025-06-12", "2025-06-12"),
        ("next year in March", "2027-03-01", "2027-03-31"),
    ],
)
def test_a_month_and_its_year_are_one_period(text, start, end):
    assert [(str(one.start), str(one.end)) for one in find_periods(text, THURSDAY)] == [(start, end)]


@pytest.mark.parametrize(
    "text", ["the last three books", "in the past", "at last", "der letzte Brief", "last one to leave"]
)
def test_what_is_last_is_not_always_a_time(text):
    assert find_periods(text, THURSDAY) == []


def test_a_year_that_is_told_stays_what_it_is():
    found = find_periods("in March 2021, and again last year", THURSDAY)
    assert [(str(one.start), one.precision) for one in found] == [("2021-03-01", "month"), ("2025-01-01", "year")]


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("half a year ago", "2026-05-01"),
        ("vor einem halben Jahr", "2026-05-01"),
        ("hace medio año", "2026-05-01"),
        ("for et halvt år siden", "2026-05-01"),
        ("in mid-May", "2026-05-01"),
        ("sist mars", "2026-03-01"),
    ],
)
def test_a_month_by_other_words(text, start):
    assert [(str(one.start), one.precision) for one in find_periods(text, THURSDAY)] == [(start, "month")]


@pytest.mark.parametrize(
    ("question", "start", "end"),
    [
        ("What happened between May and July?", "2026-05-01", "2026-07-31"),
        ("Was war zwischen Mai und Juli?", "2026-05-01", "2026-07-31"),
        ("¿Qué hice entre mayo y julio?", "2026-05-01", "2026-07-31"),
        ("Hva gjorde jeg fra mai til juli?", "2026-05-01", "2026-07-31"),
        ("Where did I live between 2019 and 2021?", "2019-01-01", "2021-12-31"),
        ("What did I do from Monday to Wednesday?", "2026-11-23", "2026-11-25"),
        ("What did we do between last December and February?", "2025-12-01", "2026-02-28"),
        ("Where was Ana between August 11 and August 15 2023?", "2023-08-11", "2023-08-15"),
        ("What have I read since January?", "2026-01-01", "2026-11-26"),
        ("Was habe ich seit Januar gelesen?", "2026-01-01", "2026-11-26"),
        ("What have I done since last week?", "2026-11-16", "2026-11-26"),
        ("¿Qué hago desde hace dos semanas?", "2026-11-09", "2026-11-26"),
        ("What did we do last Christmas?", "2025-12-24", "2025-12-26"),
        ("Where were we at Christmas 2023?", "2023-12-24", "2023-12-26"),
        ("Was haben wir letzte Weihnachten gemacht?", "2025-12-24", "2025-12-26"),
        ("Which play did I see on Valentine's Day?", "2026-02-14", "2026-02-14"),
        ("Was war am Valentinstag?", "2026-02-14", "2026-02-14"),
        ("Where were we on New Year's Day?", "2026-01-01", "2026-01-01"),
        ("Who was there on New Year's Eve?", "2025-12-31", "2026-01-01"),
        ("Where did I live before 2024?", "1900-01-01", "2023-12-31"),
        ("Was war vor dem letzten Sommer?", "1900-01-01", "2026-05-31"),
        ("Where was I in the week before 16 November 2023?", "2023-11-09", "2023-11-15"),
        ("What did I buy after June?", "2026-07-01", "2026-11-26"),
        ("What was on 12/03/2026?", "2026-03-12", "2026-03-12"),
        ("What was on 12/25/2025?", "2025-12-25", "2025-12-25"),
        ("What did I read in 2026-03?", "2026-03-01", "2026-03-31"),
    ],
)
def test_a_question_asks_about_a_stretch_of_time(question, start, end):
    assert [(str(one.start), str(one.end)) for one in asked_periods(question, THURSDAY)] == [(start, end)]


@pytest.mark.parametrize(
    "question",
    ["Do I like Christmas?", "Who stands between Ana and me?", "Did I walk from home to work?", "Since when am I ill?"],
)
def test_words_between_which_no_days_stand_are_no_stretch(question):
    assert asked_periods(question, THURSDAY) == ()
