"""Reading and writing numbers the way a language does: 2,340.5 in English is 2.340,5 in German and Spanish and 2 340,5 in Norwegian."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

from babel.numbers import format_decimal

# Digits with separators inside; a group of three after a blank belongs to the number only behind a thin or unbreakable blank, or in Norwegian (see `read`).
NUMBER = r"\d(?:[\d.,'\u00a0\u202f]*\d)?"
_GROUPED = re.compile(r"\d{1,3}(?:[.,'\u00a0\u202f]\d{3})+")
EXACT_DIGITS = 40  # a whole number up to this length is written out
PLACES = 6


def read_number(text: str, *, language: str) -> Fraction | None:
    """The number written as `text`, or None when the separators make no sense ("1.2.3")."""
    bare = re.sub(r"['\u00a0\u202f ]", "", text)
    point = "." if language == "en" else ","
    other = "," if point == "." else "."
    if "." in bare and "," in bare:  # the one further right is the decimal separator, whoever writes it
        point = "." if bare.rindex(".") > bare.rindex(",") else ","
        other = "," if point == "." else "."
    elif bare.count(other) == 1 and not _GROUPED.fullmatch(bare):
        point, other = other, point  # "3.5" in a German text, "3,5" in an English one
    elif bare.count(point) > 1 and _GROUPED.fullmatch(bare):
        point, other = other, point
    whole, _, places = bare.partition(point)
    if other in whole and not re.fullmatch(rf"\d{{1,3}}(?:{re.escape(other)}\d{{3}})+", whole):
        return None
    digits = whole.replace(other, "")
    if not re.fullmatch(r"[0-9]+", digits) or not re.fullmatch(r"[0-9]*", places):
        return None
    return Fraction(f"{digits}.{places or 0}")


def write_number(value: Fraction | int, *, language: str, places: int = PLACES) -> str:
    """`value` with the separators of `language`, at most `places` decimals; very large and very small ones as a power of ten."""
    exact = Fraction(value)
    if exact.denominator == 1 and len(str(abs(exact.numerator))) <= EXACT_DIGITS:
        return str(format_decimal(exact.numerator, format="#,##0", locale=language))
    size = abs(exact)
    if size >= 10**15 or size < Fraction(1, 10**4):
        return _scientific(exact, language=language)
    rounded = Decimal(round(exact * 10**places)) / Decimal(10**places)
    return str(format_decimal(rounded, format="#,##0." + "#" * places, locale=language))


def is_exact(value: Fraction, *, places: int = PLACES) -> bool:
    """Whether `write_number` loses nothing of `value`."""
    if value.denominator == 1:
        return len(str(abs(value.numerator))) <= EXACT_DIGITS
    return (value * 10**places).denominator == 1 and Fraction(1, 10**4) <= abs(value) < 10**15


def _scientific(value: Fraction, *, language: str) -> str:
    if value == 0:
        return "0"
    sign = "-" if value < 0 else ""
    size = abs(value)
    power = len(str(size.numerator)) - len(str(size.denominator))
    mantissa = size / Fraction(10) ** power
    while mantissa < 1:
        mantissa, power = mantissa * 10, power - 1
    while mantissa >= 10:
        mantissa, power = mantissa / 10, power + 1
    digits = format_decimal(Decimal(round(mantissa * 10**4)) / Decimal(10**4), format="0.####", locale=language)
    return f"{sign}{digits} × 10^{power}"
