"""The built-in model's words: plain text tables beside this module, read once and kept.

A line is `key | column | column` (sentences, phrases, relations) or `key: pattern` (questions, intents, topics). `#` begins a comment. In tables of
patterns `@name: ...` defines a part that `{name}` puts in; each group whose name begins with `who` gets a name of its own, so that a part may be
used more than once in a pattern.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import count
from pathlib import Path

LANGUAGES = ("en", "de", "es", "nb")
_HOME = Path(__file__).parent
_PART = re.compile(r"\{([a-z]+\d?)\}")
_GROUP = re.compile(r"\(\?P<([a-z]+?)\d*>")


def read_lines(name: str) -> list[str]:
    """The lines of the table `name` that are neither blank nor comments."""
    text = (_HOME / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


@lru_cache(maxsize=32)
def read_columns(name: str) -> dict[str, tuple[str, ...]]:
    """Columns by key."""
    table: dict[str, tuple[str, ...]] = {}
    for line in read_lines(name):
        key, *columns = (part.strip() for part in line.split("|"))
        table[key] = tuple(columns)
    return table


@lru_cache(maxsize=32)
def read_words(name: str) -> dict[str, tuple[str, ...]]:
    """Words by key, of a table `key: word word`."""
    return {key: tuple(words.split()) for key, words in (line.split(":", 1) for line in read_lines(name))}


@lru_cache(maxsize=32)
def read_patterns(name: str, *, whole_words: bool = False) -> dict[str, re.Pattern[str]]:
    """Compiled patterns by key, in the order of the table. `whole_words`: a match neither begins nor ends inside a word."""
    parts: dict[str, str] = {}
    sources: dict[str, str] = {}
    for line in read_lines(name):
        key, pattern = (part.strip() for part in line.split(":", 1))
        if key.startswith("@"):
            parts[key[1:]] = pattern
        else:
            sources[key] = pattern
    begin, end = (r"(?<!\w)(?:", r")(?!\w)") if whole_words else ("", "")
    filled = {key: _PART.sub(lambda match: parts.get(match[1], match[0]), source) for key, source in sources.items()}
    return {key: re.compile(_numbered(f"{begin}{source}{end}")) for key, source in filled.items()}


def _numbered(pattern: str) -> str:
    numbers = count()
    return _GROUP.sub(lambda match: f"(?P<{match[1]}{next(numbers)}>", pattern)


def first_group(match: re.Match[str], name: str) -> str:
    """What the first group called `name…` caught, or "" when none caught anything."""
    return next(
        (value.strip() for key, value in match.groupdict().items() if key.rstrip("0123456789") == name and value), ""
    )
