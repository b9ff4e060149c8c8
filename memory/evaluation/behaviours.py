"""Run behaviour cases: short lives with the assistant, then probes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction

from memory import services
from memory.episodes import turn_of
from memory.evaluation.cases import MalformedLine, need
from memory.evaluation.checks import CHECKS, Life
from memory.exceptions import MemoryProblem
from memory.extraction import gate
from memory.extraction.rules import read_turns
from memory.facts.entities import known_people
from memory.facts.lookup import best_meant
from memory.ingest import decide_leave, learn
from memory.lines import MemoryLine, write_line
from memory.models import Episode, Fact, Rejection
from memory.recall.found import Recalled
from memory.recall.profile import profile_block
from memory.recall.recall import recall
from memory.reconciliation.due import settle_due
from memory.recording import record_turn
from memory.types import ForgetTarget
from memory.values import fold
from memory.version import lock_user
from profiles.api import ConsentNotPossible, User, change_profile, locale_of
from profiles.owned import as_user, new_id

_NAMES = UUID("5c0c7d5e-2a53-4a53-8a3c-8f1a1f0c2f11")
BUDGET_TOKENS = 1500
Probe = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Failure:
    """A probe that did not hold: which, why, and what was there instead."""

    id: str
    category: str
    probe: Probe
    why: str
    context: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a case, and what memory brings up for it. `zone` is the name of the user's."""

    category: str
    probe: Probe
    at: datetime
    zone: str
    profile: tuple[MemoryLine, ...]
    found: Recalled


def check_case(number: int, case: dict[str, Any]) -> None:
    """Raises MalformedLine for what is no case."""
    need(number, case, id=str, category=str, steps=list, probes=list)
    for step in case["steps"]:
        if not isinstance(step, dict) or not isinstance(step.get("do"), str):
            raise MalformedLine(number, "a step needs “do”")
        if step["do"] not in _STEPS:
            raise MalformedLine(number, f"unknown step “{step['do']}”")
        if step["do"] == "say":
            need(number, step, at=str, conversation=str, role=str, text=str)
    if not all(isinstance(probe, dict) for probe in case["probes"]):
        raise MalformedLine(number, "a probe must be an object")


class Case:
    """A case at work: runs its steps, then its probes. `listen` is told of each question with what memory brings up for it."""

    def __init__(self, case: dict[str, Any], listen: Callable[[Asked], None] | None = None) -> None:
        self.case = case
        self.listen = listen
        self.lives: dict[str, Life] = {}
        self.clock: datetime | None = None
        self.said = 0
        self.uses_rules = case.get("extractor") == "rules"

    def run(self) -> list[Failure]:
        """The failures, none when all holds. A fault in one case is its failure, and the others are still measured."""
        try:
            return self._run()
        except MemoryProblem as problem:
            return [self._failure({}, f"a step failed: {type(problem).__name__}: {problem}")]
        except Exception as fault:  # noqa: BLE001  (the last place before the figures of all the other cases are lost)
            return [self._failure({}, f"a fault: {type(fault).__name__}: {fault}")]

    def _run(self) -> list[Failure]:
        failures: list[Failure] = []
        self.life("a")
        for step in self.case["steps"]:
            if step.get("at"):
                self.clock = datetime.fromisoformat(step["at"])
            life = self.life(step.get("user", "a"))
            with as_user(life.user):
                _STEPS[step["do"]](self, life, step)
        for probe in self.case["probes"]:
            life = self.life(probe.get("user", "a"))
            with as_user(life.user):
                failures += self._probe(life, probe)
                transaction.set_rollback(True)  # a probe sets the clock for itself alone, and clocks may go back
        return failures

    def life(self, name: str) -> Life:
        """The user of that name, made clean."""
        if name not in self.lives:
            user = User.objects.create_user(f"{new_id().hex}@example.org", None, name=name)
            with as_user(user):
                change_profile(
                    user.pk,
                    time_zone=self.case.get("user_timezone", "UTC"),
                    language=str(self.case.get("language", "en"))[:2],
                )
            self.lives[name] = Life(user)
        return self.lives[name]

    def now(self) -> datetime:
        assert self.clock is not None
        return self.clock

    def _failure(self, probe: Probe, why: str, context: str = "") -> Failure:
        return Failure(self.case["id"], self.case["category"], probe, why, context)

    # --- probes

    def _probe(self, life: Life, probe: Probe) -> list[Failure]:
        at = datetime.fromisoformat(probe["at"]) if "at" in probe else self.now()
        lock_user(life.user.pk)
        settle_due(life.user.pk, at=at)
        failures: list[Failure] = []
        if "ask" in probe:
            failures += self._ask(life, probe, at)
        for name, check in CHECKS.items():
            if name in probe and (why := check(life, probe[name])):
                failures.append(self._failure(probe, why))
        return failures

    def _ask(self, life: Life, probe: Probe, at: datetime) -> list[Failure]:
        as_of, known_at = (
            datetime.fromisoformat(probe[name]) if name in probe else None for name in ("as_of", "known_at")
        )
        found = recall(life.user.pk, probe["ask"], at=at, budget_tokens=BUDGET_TOKENS, as_of=as_of, known_at=known_at)
        profile = profile_block(life.user.pk, at=at, as_of=as_of, known_at=known_at)
        if self.listen and not (as_of or known_at):
            zone = self.case.get("user_timezone", "UTC")
            self.listen(Asked(self.case["category"], probe, at, zone, tuple(profile), found))
        context = "\n".join([*(write_line(line) for line in profile), *(write_line(item.line) for item in found.items)])
        return [self._failure(probe, why, context) for why in _unmet(probe, context, found)]


def _unmet(probe: Probe, context: str, found: Recalled) -> list[str]:
    unmet = unmet_words(probe, context)
    if probe.get("nothing") and found.items:
        unmet.append(f"{len(found.items)} items recalled, none expected")
    return unmet


def unmet_words(probe: Probe, text: str) -> list[str]:
    """What a probe wants to stand in a text and does not, or does and must not."""
    folded = fold(text)
    unmet = []
    for wanted in probe.get("include", []):
        options = wanted if isinstance(wanted, list) else [wanted]
        if not any(fold(option) in folded for option in options):
            unmet.append(f"missing: {wanted}")
    return unmet + [f"must not be there: {banned}" for banned in probe.get("exclude", []) if fold(banned) in folded]


# --- steps


def _say(case: Case, life: Life, step: dict[str, Any]) -> None:
    case.said += 1
    turn = record_turn(
        life.user.pk,
        conversation_id=uuid5(_NAMES, f"{life.user.pk}{step['conversation']}"),
        message_id=None,
        role=step["role"],
        text=step["text"],
        at=case.now(),
        source=step.get("source", "typed"),
        mode=step.get("mode", "normal"),
    )
    life.turns[case.said] = turn
    life.unread.append(case.said)


def _extract(case: Case, life: Life, step: dict[str, Any]) -> None:
    user_id = life.user.pk
    lock_user(user_id)
    settle_due(user_id, at=case.now())
    _as_now(life)
    if "answer" in step:
        answer: object = step["answer"]
    else:
        readable = [number for number in life.unread if not gate.refusal(life.turns[number])]
        zone = locale_of(user_id).zone
        known = known_people(user_id)
        facts = [
            {**fact, "turn": number}
            for number in readable
            for fact in read_turns([life.turns[number]], zone=zone, known=known)
        ]
        answer = {"facts": facts}
    learn(
        user_id,
        answer,
        life.turns,
        read=[number for number in life.turns if number not in life.unread],
        reader="rules" if "answer" not in step else "model",
        at=case.now(),
    )
    life.unread.clear()


def _as_now(life: Life) -> None:
    """Turns as they stand: what was cut since it was said can't be quoted any more, and what is gone can't be cited."""
    episodes = {episode.pk: episode for episode in Episode.objects.of(life.user.pk).standing()}
    for number, turn in list(life.turns.items()):
        if turn.episode_id is None:
            continue
        if episode := episodes.get(turn.episode_id):
            life.turns[number] = turn_of(episode)
        else:
            del life.turns[number]


def _forget(case: Case, life: Life, step: dict[str, Any]) -> None:
    if step.get("everything"):
        target = ForgetTarget(everything=True)
    elif "conversation" in step:
        target = ForgetTarget(conversation_id=uuid5(_NAMES, f"{life.user.pk}{step['conversation']}"))
    else:
        target = ForgetTarget(query=step["query"])
    life.receipt = services.forget(life.user.pk, target, at=case.now())


def _undo(case: Case, life: Life, step: dict[str, Any]) -> None:
    services.undo(life.user.pk, at=case.now())


def _meant(life: Life, step: dict[str, Any]) -> Fact | None:
    return best_meant(life.user.pk, step["query"])


def _correct(case: Case, life: Life, step: dict[str, Any]) -> None:
    if fact := _meant(life, step):
        services.correct(life.user.pk, fact.pk, value=step["value"], kind="wrong", at=case.now())


def _confirm(case: Case, life: Life, step: dict[str, Any]) -> None:
    if fact := _meant(life, step):
        services.confirm(life.user.pk, fact.pk, at=case.now())


def _reject(case: Case, life: Life, step: dict[str, Any]) -> None:
    if fact := _meant(life, step):
        services.reject(life.user.pk, fact.pk, at=case.now())


def _consent(case: Case, life: Life, step: dict[str, Any]) -> None:
    user_id = life.user.pk
    waiting = set(
        Rejection.objects.of(user_id)
        .filter(reason="consent", sensitivity=step["sensitivity"])
        .values_list("episode_id", flat=True)
    )
    try:
        decide_leave(user_id, step["sensitivity"], granted=step["granted"], at=case.now())
    except ConsentNotPossible:
        return  # nobody may allow secrets: the life goes on without
    if step["granted"]:
        life.unread += [
            number for number, turn in life.turns.items() if turn.episode_id in waiting and number not in life.unread
        ]


def _edit_profile(case: Case, life: Life, step: dict[str, Any]) -> None:
    services.edit_profile(life.user.pk, predicate=step["predicate"], value=step["value"], at=case.now())


_STEPS: dict[str, Callable[[Case, Life, dict[str, Any]], None]] = {
    "say": _say,
    "extract": _extract,
    "forget": _forget,
    "undo": _undo,
    "correct": _correct,
    "confirm": _confirm,
    "reject": _reject,
    "consent": _consent,
    "edit_profile": _edit_profile,
}


def report(cases: list[tuple[dict[str, Any], list[Failure]]]) -> dict[str, Any]:
    """The figures, as `--json` prints them."""
    by_category: dict[str, dict[str, int]] = {}
    for case, failures in cases:
        row = by_category.setdefault(case["category"], {"passed": 0, "failed": 0})
        row["failed" if failures else "passed"] += 1
    failed = [failure for _, failures in cases for failure in failures]
    return {
        "cases": len(cases),
        "passed": sum(not failures for _, failures in cases),
        "failed": sum(bool(failures) for _, failures in cases),
        "by_category": by_category,
        "failures": [
            {"id": one.id, "category": one.category, "probe": one.probe, "why": one.why, "context": one.context}
            for one in failed
        ],
    }
