"""What a model wrote as arguments, read strictly."""

from __future__ import annotations

import json
from typing import Any

from assistant.tools.base import Schema

MOST_CHARACTERS = 20_000


class BadArguments(Exception):
    """Not to be carried out. The text says what is wrong, for the model to put right."""


def read_arguments(text: str, schema: Schema) -> dict[str, Any]:
    """The arguments as an object that fits `schema`. Nothing is guessed or repaired here. Raises BadArguments."""
    if len(text) > MOST_CHARACTERS:
        raise BadArguments("The arguments are too long.")
    try:
        found = json.loads(text or "{}", parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise BadArguments("The arguments are not valid JSON.") from error
    if not isinstance(found, dict):
        raise BadArguments("The arguments must be a JSON object.")
    if "\\u0000" in json.dumps(found) or any(0xD800 <= ord(sign) <= 0xDFFF for sign in _all_text(found)):
        raise BadArguments("The arguments hold characters that can't be kept.")
    from jsonschema import exceptions, validators  # noqa: PLC0415 - takes a tenth of a second to load
    from jsonschema_specifications import REGISTRY  # noqa: PLC0415
    from referencing.exceptions import Unresolvable  # noqa: PLC0415

    try:
        validator = validators.validator_for(dict(schema), default=validators.Draft202012Validator)
        # With a registry of its own it fetches no schema from elsewhere.
        problem = exceptions.best_match(validator(dict(schema), registry=REGISTRY).iter_errors(found))
    except (
        exceptions.SchemaError,
        exceptions.UnknownType,
        Unresolvable,
        RecursionError,
        ValueError,
        TypeError,
    ) as error:
        raise BadArguments("The tool's own description of its arguments can't be used.") from error
    if problem is not None:
        place = ".".join(str(part) for part in problem.absolute_path)
        raise BadArguments(f"The arguments don't fit{f' at {place}' if place else ''}: {problem.message[:300]}")
    return found


def written(arguments: dict[str, Any]) -> str:
    """Arguments as they are stored, shown and hashed: one form for one meaning."""
    return json.dumps(arguments, ensure_ascii=False, sort_keys=True, separators=(", ", ": "))


def _no_constant(name: str) -> Any:
    raise ValueError(name)


def _all_text(value: Any) -> str:
    if isinstance(value, dict):
        return "".join(_all_text(key) + _all_text(inner) for key, inner in value.items())
    if isinstance(value, list):
        return "".join(map(_all_text, value))
    return value if isinstance(value, str) else ""
