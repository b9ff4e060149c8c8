"""What a calculation gives back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction


class Kind(StrEnum):
    ARITHMETIC = "arithmetic"
    DAYS = "days"  # a span between two days
    DAY = "day"  # a day on the calendar
    AGE = "age"
    UNIT = "unit"


class ProblemCode(StrEnum):
    TOO_LARGE = "too_large"
    DIVISION_BY_ZERO = "division_by_zero"
    NOT_REAL = "not_real"  # the square root of a negative number
    NO_SUCH_DAY = "no_such_day"  # 30 February
    UNITS_DIFFER = "units_differ"  # kilograms in metres
    NOT_BORN_YET = "not_born_yet"


@dataclass(frozen=True, slots=True)
class Calculation:
    """A result. `working` is one line that shows the way to it and ends in it; both texts are written for the language asked."""

    kind: Kind
    value: Fraction | int | date
    result: str
    working: str


@dataclass(frozen=True, slots=True)
class Problem:
    """A calculation that has no answer. `what` is the part at fault, as it was written."""

    code: ProblemCode
    what: str
