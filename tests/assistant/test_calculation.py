"""Sums as people write them, in four languages, and what is no sum at all."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.calculation import Calculation, Problem, ProblemCode, calculate

TODAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("language", "text", "ends"),
    [
        ("en", "17 % of 2,340", "= 397.8"),
        ("en", "What is 12*3?", "= 36"),
        ("en", "(3+4)*2 - 1", "= 13"),
        ("en", "0.1 + 0.2", "= 0.3"),
        ("en", "2^10", "= 1,024"),
        ("en", "200 + 19 %", "= 238"),
        ("en", "1 / 3", "≈ 0.333333"),
        ("en", "square root of 2", "≈ 1.414214"),
        ("en", "sqrt(81)+1", "= 10"),
        ("en", "half of 90", "= 45"),
        ("en", "20% off 50", "= 40"),
        ("en", "what percent of 80 is 20", "= 25 %"),
        ("en", "12 divided by 5 plus 1", "= 3.4"),
        ("en", "-3 + 5", "= 2"),
        ("de", "Was ist 2.340,50 mal 2?", "= 4.681"),
        ("de", "17 Prozent von 2.340", "= 397,8"),
        ("de", "3 hoch 4", "= 81"),
        ("de", "17,5 + 2,5", "= 20"),
        ("de", "Wie viel ist 100 geteilt durch 8?", "= 12,5"),
        ("es", "¿Cuánto es 15 por ciento de 1.200?", "= 180"),
        ("es", "raíz cuadrada de 81", "= 9"),
        ("es", "12 por 12", "= 144"),
        ("es", "¿Cuánto son 100 entre 8?", "= 12,5"),
        ("nb", "Hva er 12 ganger 12?", "= 144"),
        ("nb", "2 340 * 2", "= 4\u00a0680"),
        ("en", "days until 24 December", "= 297 days"),
        ("en", "How many days until Christmas?", "= 298 days"),
        ("en", "how long until Friday", "= 4 days"),
        ("en", "days between 1 March and 5 May", "= 65 days"),
        ("en", "weeks since 1 January 2026", "= 8 weeks and 4 days"),
        ("de", "Wie viele Tage sind es bis zum 24. Dezember?", "= 297 Tage"),
        ("es", "¿Cuántos días faltan para el 24 de diciembre?", "= 297 días"),
        ("nb", "hvor mange dager er det til 24. desember?", "= 297 dager"),
        ("en", "3 weeks from today", "= Monday, 23 March 2026"),
        ("en", "90 days after 1 May 2026", "= Thursday, 30 July 2026"),
        ("en", "2 weeks ago", "= Monday, 16 February 2026"),
        ("de", "heute in 3 Wochen", "= Montag, 23. März 2026"),
        ("es", "dentro de 3 semanas", "= lunes, 23 de marzo de 2026"),
        ("nb", "om 3 uker", "= mandag 23. mars 2026"),
        ("en", "What day is 24 December 2026?", "Thursday, 24 December 2026"),
        ("de", "Welcher Wochentag ist der 24.12.2026?", "Donnerstag, 24. Dezember 2026"),
        ("en", "how old is someone born 12 May 1990", "= 35 years old"),
        ("de", "Wie alt ist jemand, der am 12. Mai 1990 geboren ist?", "= 35 Jahre alt"),
        ("es", "¿Cuántos años tiene alguien nacido el 12 de mayo de 1990?", "= 35 años"),
        ("nb", "hvor gammel er en som er født 12. mai 1990?", "= 35 år gammel"),
        ("en", "5 miles in km", "≈ 8.047 km"),
        ("en", "20 °C in F", "= 68 °F"),
        ("en", "convert 70 degrees fahrenheit to celsius", "≈ 21.11 °C"),
        ("en", "how many ml in a cup?", "≈ 236.59 ml"),
        ("en", "150 lbs in kg", "≈ 68.04 kg"),
        ("de", "Wie viele km sind 5 Meilen?", "≈ 8,047 km"),
        ("es", "¿Cuántos km son 5 millas?", "≈ 8,047 km"),
        ("nb", "5 mil i km", "= 50 km"),
    ],
)
def test_a_sum_is_worked_out_and_its_working_ends_in_the_result(language: str, text: str, ends: str) -> None:
    found = calculate(text, today=TODAY, language=language)
    assert isinstance(found, Calculation)
    assert found.working.endswith(ends)
    assert found.working.endswith(found.result)


def test_the_working_shows_the_way() -> None:
    found = calculate("17 % of 2,340", today=TODAY)
    assert isinstance(found, Calculation)
    assert found.working == "17 % × 2,340 = 397.8"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("10 / 0", ProblemCode.DIVISION_BY_ZERO),
        ("9^9^9", ProblemCode.TOO_LARGE),
        ("9**999999", ProblemCode.TOO_LARGE),
        ("(9^900)^900", ProblemCode.TOO_LARGE),
        ("square root of 0 - 4", None),
        ("sqrt(0 - 4)", ProblemCode.NOT_REAL),
        ("days until 30 February", ProblemCode.NO_SUCH_DAY),
        ("5 kg in miles", ProblemCode.UNITS_DIFFER),
        ("how old is someone born 1 May 2031", ProblemCode.NOT_BORN_YET),
        ("999999 years from today", ProblemCode.TOO_LARGE),
    ],
)
def test_a_sum_without_a_result_says_why(text: str, code: ProblemCode | None) -> None:
    found = calculate(text, today=TODAY)
    assert (found.code if isinstance(found, Problem) else None) == code


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "2024",
        "1/2/2024",
        "12-05-1990",
        "call 555-1234",
        "I live 5 miles away",
        "my son is 3 + a half",
        "I move in 3 weeks and need help",
        "__import__('os').system('id')",
        "().__class__.__mro__",
        "factorial(20000)",
        "+-*/",
        "(" * 60 + "1+1",
        "1.2.3 + 1",
        "days until forever",
        "where do I live?",
        "a" * 5000,
        "1+1\x00",
        "\u202e1+1",
    ],
)
def test_what_is_no_sum_is_left_alone(text: str) -> None:
    assert calculate(text, today=TODAY) is None


@given(
    st.text(alphabet="0123456789+-*/^()%.,√ eE×÷½²sqrtofdayinkmun", max_size=80),
    st.sampled_from(["en", "de", "es", "nb", "xx"]),
)
@settings(max_examples=300, deadline=None)
def test_no_text_makes_it_raise_or_grow(text: str, language: str) -> None:
    found = calculate(text, today=TODAY, language=language)
    if isinstance(found, Calculation):
        assert len(found.result) < 200
