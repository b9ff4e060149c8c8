"""The task and the mood of what was said lately shift what is recalled: of what a question brings up anyway, that which fits them comes sooner.

Bounded: each of the two adds the same small step once, nothing comes in that the question did not bring up, and facts that answer it stay first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from memory.facts.wishes import kinds_in
from memory.recall.candidates import ToldFact, ToldTurn
from memory.recall.rank import RankedTurn
from memory.recall.slots import ScoredFact

STEP = 0.8  # about what one fitting word of the question gives; of the same size for a task and for a mood

Facts = Sequence[tuple[ScoredFact, ToldFact]]
Turns = Sequence[tuple[RankedTurn, ToldTurn]]


def shifted(facts: Facts, turns: Turns, lately: str) -> tuple[Facts, Turns]:
    """Both, best first, after what fits the task or the mood of `lately` was lifted; the channels "task" and "mood" say by how much."""
    wanted = kinds_in(lately)
    if not wanted:
        return facts, turns
    lifted_facts = [
        (scored._replace(channels=_with(scored.channels, steps), total=scored.total + sum(steps.values())), fact)
        for scored, fact in facts
        for steps in [_steps(wanted, f"{fact.text} {fact.quote}")]
    ]
    lifted_turns = [
        (one._replace(channels=_with(one.channels, steps), total=one.total + sum(steps.values())), turn)
        for one, turn in turns
        for steps in [_steps(wanted, turn.text)]
    ]
    answers = [pair for pair in lifted_facts if pair[0].in_slot]
    others = sorted((pair for pair in lifted_facts if not pair[0].in_slot), key=lambda pair: -pair[0].total)
    return [*answers, *others], sorted(lifted_turns, key=lambda pair: -pair[0].total)


def _steps(wanted: Iterable[tuple[str, int]], text: str) -> dict[str, float]:
    return {name: STEP for name, _ in set(wanted) & kinds_in(text)}


def _with(channels: Mapping[str, float], steps: Mapping[str, float]) -> Mapping[str, float]:
    return {**channels, **steps} if steps else channels
