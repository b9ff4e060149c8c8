"""Turn a reader's answer into what may be reconciled, and log why the rest may not. Writes nothing; asks no model."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from memory.evidence import find_spans, find_words, overlaps
from memory.extraction import gate
from memory.extraction.orders import orders_to_forget
from memory.extraction.schema import (
    MOST_FACTS,
    Malformed,
    check_shape,
    check_words,
    facts_in,
    predicate_in,
    turn_in,
    typed,
)
from memory.facts.entities import is_bare_pronoun
from memory.facts.predicates import predicate_of, stricter
from memory.secrets import MASK, holds_secret, looks_secret
from memory.types import Candidate, Refused, Turn


@dataclass(frozen=True, slots=True)
class Passed:
    """A candidate that passed, with the place of its quote in the turn and the sensitivity that counts."""

    index: int
    candidate: Candidate
    turn: Turn
    span: tuple[int, int]
    sensitivity: str


@dataclass(frozen=True, slots=True)
class Bench:
    """What verification needs to know. `turns` by the number that the answer uses; `read`: numbers that were extracted before."""

    turns: Mapping[int, Turn]
    read: frozenset[int]
    consents: Mapping[str, bool]
    is_forgotten: Callable[[Candidate], bool]
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class Verdict:
    passed: tuple[Passed, ...]
    refused: tuple[Refused, ...]


class _No(Exception):
    def __init__(self, reason: str, sensitivity: str = "none") -> None:
        super().__init__(reason)
        self.reason = reason
        self.sensitivity = sensitivity


def verify(answer: object, bench: Bench) -> Verdict:
    """Check every fact of an answer by itself, in the order of the reasons; the first that applies is logged."""
    raws = facts_in(answer)
    if raws is None:
        return Verdict((), (Refused(0, "schema", ""),))
    passed: list[Passed] = []
    refused: list[Refused] = []
    private = _private(raws[:MOST_FACTS])
    for index, raw in enumerate(raws):
        try:
            if index >= MOST_FACTS:
                raise _No("schema")
            passed.append(_check(index, raw, bench, private))
        except _No as no:
            number = turn_in(raw)
            refused.append(
                Refused(index, no.reason, predicate_in(raw), number if number in bench.turns else None, no.sensitivity)
            )
    return Verdict(tuple(passed), tuple(refused))


def _private(raws: Sequence[object]) -> list[tuple[int | None, str, str]]:
    """Turn, value and sensitivity of each fact whose predicate is sensitive."""
    found = []
    for raw in raws:
        try:
            shaped = check_shape(raw)
        except Malformed:
            continue
        kind = predicate_of(shaped["predicate"]).sensitivity
        if kind != "none":
            found.append((shaped["turn"], shaped["value"], kind))
    return found


def _check(index: int, raw: object, bench: Bench, private: Sequence[tuple[int | None, str, str]] = ()) -> Passed:
    try:
        shaped = check_shape(raw)
        turn = _citable_turn(shaped, bench)
        if shaped["sensitivity"] == "secret" or holds_secret(shaped["quote"], shaped["value"], shaped["text"]):
            raise _No("secret")
        subject, value, text = check_words(shaped)
        if holds_secret(
            subject, value, text
        ):  # once more: characters without width, which may have hidden one, are gone
            raise _No("secret")
        span = _place(shaped, turn)
        candidate = typed(shaped, subject=subject, value=value, text=text)
    except Malformed as bad:
        raise _No(bad.reason) from None
    if is_bare_pronoun(candidate.subject):
        raise _No("subject")
    if candidate.change != "negates" and bench.is_forgotten(candidate):
        raise _No("tombstone")
    sensitivity = stricter(predicate_of(candidate.predicate).sensitivity, candidate.sensitivity)
    for number, told, kind in private:  # "takes Prozac every morning" beside the medicine itself
        is_within = len(told) < len(candidate.value) and find_words(candidate.value, told)
        if sensitivity == "none" and number == shaped["turn"] and is_within:
            sensitivity = kind
    if not bench.consents.get(sensitivity, False):
        raise _No("consent", sensitivity)
    return Passed(index, candidate, turn, span, sensitivity)


def _citable_turn(shaped: Mapping[str, Any], bench: Bench) -> Turn:
    """The turn that is cited, when it may be learned from and was not yet."""
    turn = bench.turns.get(shaped["turn"])
    if turn is None:
        raise _No("turn")
    blocked = gate.refusal(turn)
    if blocked in ("incognito", "source"):
        raise _No(blocked)
    if shaped["turn"] in bench.read:
        raise _No("turn")
    if blocked:
        raise _No(blocked)
    return turn


def _place(shaped: Mapping[str, Any], turn: Turn) -> tuple[int, int]:
    """Where the quote stands in what the user wrote themselves."""
    spans = find_spans(turn.text, shaped["quote"])
    if not spans and MASK in turn.text and looks_secret(shaped["quote"]):
        raise _No("secret")  # it was masked where it stood
    if not spans:
        raise _No("quote")
    closed = [*turn.pasted]
    if shaped["change"] in (
        "asserts",
        "corrects",
    ):  # an order to forget says of nothing that it is so, but may say that it is over
        closed += orders_to_forget(turn.text, turn.pasted)
    own = [span for span in spans if not overlaps(span, closed)]
    if not own:
        raise _No("source")
    return own[0]
