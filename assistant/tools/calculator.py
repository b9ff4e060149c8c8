"""Sums, percentages, units, spans of time: worked out, not guessed."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from assistant.calculation import Problem, calculate
from assistant.tools.base import Arguments, Asker, ReadingTool, Result, ToolFailed, schema


class Calculator(ReadingTool):
    name = "calculate"
    label = _("Calculator")
    description = (
        "Works out sums, percentages, powers and roots, conversions of units, days between dates, dates before and after, and ages, exactly. "
        "Use it for every calculation. Examples: 17 % of 2340; (3.5 + 2)^2 / 7; 5 miles in km; days until 24 December; 90 days after 3 May 2026."
    )
    parameters = schema(
        required=("text",),
        text={"type": "string", "maxLength": 300, "description": "The calculation, in plain words or symbols."},
    )

    async def call(self, asker: Asker, arguments: Arguments) -> Result:
        today = asker.at.astimezone(asker.zone).date()
        found = calculate(arguments["text"], today=today, language="en")
        if found is None:
            raise ToolFailed(
                "This could not be read as a calculation. Write it with digits and symbols, such as 17 % of 2340."
            )
        if isinstance(found, Problem):
            raise ToolFailed(f"This has no result: {found.code.replace('_', ' ')} ({found.what}).")
        return Result(found.working)
