"""Read a model's answer that should be JSON: as it is, out of its wrapping, or as much of a broken one as is whole. Pure."""

from __future__ import annotations

import json
from itertools import islice
from typing import Any

LONGEST = 4_000_000  # characters of an answer that are looked at
_MOST_TRIES = 500  # places at which an object may begin; an answer made to cost time gets no more
_DECODER = json.JSONDecoder()


def parse_answer(text: str, *, key: str = "facts") -> dict[str, Any] | None:
    """The object with a list under `key` in an answer, or None when there is none.

    Words or a code fence around it are passed over. Of a list that was cut off, the facts that are whole are kept: one bad fact never costs the others.
    """
    text = text[:LONGEST]
    for start in islice((place for place, char in enumerate(text) if char == "{"), _MOST_TRIES):
        whole = _decode(text, start)
        if isinstance(whole, dict) and isinstance(whole.get(key), list):
            return whole
        if whole is None and f'"{key}"' in text[start : start + 200]:
            return _salvage(text, start, key)
        if isinstance(whole, dict):
            break  # some other object: what stands inside it is not the answer
    listed = _decode(text, text.find("[")) if "[" in text else None
    if isinstance(listed, list) and listed and all(isinstance(item, dict) and "predicate" in item for item in listed):
        return {key: listed}
    return None


def _decode(text: str, start: int) -> object:
    try:
        value: object = _DECODER.raw_decode(text, start)[0]
    except (ValueError, RecursionError):
        return None
    return value


def _salvage(text: str, start: int, key: str) -> dict[str, Any] | None:
    """The whole facts at the head of a list that breaks off or has a flaw further on."""
    place = text.find("[", start)
    facts: list[object] = []
    broken = 0
    while 0 <= place < len(text) and broken < _MOST_TRIES:
        place = text.find("{", place)
        if place < 0:
            break
        try:
            fact, end = _DECODER.raw_decode(text, place)
        except (ValueError, RecursionError):
            place, broken = place + 1, broken + 1  # a broken one: look for the next that is whole
            continue
        if isinstance(fact, dict) and "predicate" in fact:
            facts.append(fact)
        place = end
    return {key: facts} if facts else None
