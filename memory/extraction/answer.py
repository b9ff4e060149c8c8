"""Read a model's answer that should be JSON: as it is, out of its wrapping, or as much of a broken one as is whole. Pure."""

from __future__ import annotations

import json
import re
from itertools import islice
from typing import Any

LONGEST = 4_000_000  # characters of an answer that are looked at
_MOST_TRIES = 500  # places at which an object may begin; an answer made to cost time gets no more
_DECODER = json.JSONDecoder()
# What a model thinks aloud before it answers. Some templates begin the thought themselves, so that only its end is sent.
_THINKS = re.compile(r"<think(?:ing)?>", re.IGNORECASE)
_THOUGHT_ENDS = re.compile(r"</think(?:ing)?>", re.IGNORECASE)


def parse_answer(text: str, *, key: str = "facts") -> dict[str, Any] | None:
    """The object with a list under `key` in an answer, or None when there is none.

    Words or a code fence around it are passed over, and so is what the model thought aloud: a draft in there is not its answer.
    Of a list that was cut off, the facts that are whole are kept: one bad fact never costs the others.
    """
    text = text[:LONGEST]
    begin, end = _THINKS.search(text), _THOUGHT_ENDS.search(text)
    brace = text.find("{")
    if begin and end and begin.start() < end.start() and (brace < 0 or begin.start() < brace):
        return _read(text[end.end() :], key)
    answers = [text[end.end() :]] if end else []
    answers.append(text)
    if begin:
        answers.append(text[max(0, text.find("{", begin.end())) :])
    return next((found for answer in answers if (found := _read(answer, key)) is not None), None)


def _read(text: str, key: str) -> dict[str, Any] | None:
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
