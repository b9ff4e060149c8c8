"""Read evaluation files: JSON lines, gzipped or not. A malformed line is named by its number."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any


class MalformedLine(Exception):
    """A line that is not what the format asks for. `number` counts from 1."""

    def __init__(self, number: int, why: str) -> None:
        super().__init__(f"line {number}: {why}")
        self.number = number


def read_lines(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """(number, object) of each line that is not blank. Raises MalformedLine, OSError."""
    number = 0
    try:
        with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    yield number, _object(number, line)
    except (UnicodeDecodeError, gzip.BadGzipFile, EOFError) as error:
        raise MalformedLine(number + 1, f"can't be read ({error})") from error


def _object(number: int, line: str) -> dict[str, Any]:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise MalformedLine(number, f"not JSON ({error})") from error
    if not isinstance(found, dict):
        raise MalformedLine(number, "not an object")
    return found


def need(number: int, line: dict[str, Any], **fields: type | tuple[type, ...]) -> None:
    """Check that `line` has these keys with values of these types. Raises MalformedLine."""
    for name, kind in fields.items():
        if not isinstance(line.get(name), kind):
            raise MalformedLine(number, f"“{name}” is missing or of the wrong type")
