"""From what is known to the messages that a model gets, and the list of what went in. Pure: no database, no clock, no model."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from assistant.context.inputs import Context, ContextInputs
from assistant.context.sections import SECTIONS
from assistant.context.sheet import Sheet


def build_context(
    inputs: ContextInputs,
    *,
    count: Callable[[str], int],
    whole: Callable[[Sequence[dict[str, str]]], int] | None = None,
) -> Context:
    """The prompt, section by section. The same inputs give the same bytes.

    `count` counts the tokens of a text for the chosen model, `whole` those of messages as they are sent (else: the sum over their texts).
    """
    sheet = Sheet(count, whole)
    for section in SECTIONS:
        section.write(inputs, sheet)
    return sheet.finished()
