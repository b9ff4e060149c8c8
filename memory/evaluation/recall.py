"""How well recall finds the turns that hold the answer: recall at k, coverage within a token budget, and time."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import numpy as np

from memory.evaluation.cases import MalformedLine, need, read_lines
from memory.evaluation.padding import pad
from memory.evaluation.rivals import Score, rivals
from memory.recall.found import RecalledItem
from memory.recall.pack import CHARACTERS_A_TOKEN, fit
from memory.recall.recall import search
from memory.recording import record_turn
from profiles.api import User
from profiles.owned import as_user, new_id

AT = (5, 10, 20, 30)
BUDGETS = (1000, 1500, 2000)
GAP = timedelta(hours=2)  # without sessions, a silence of this length starts a new one


@dataclass
class _Conversation:
    turns: list[dict[str, Any]] = field(default_factory=list)
    questions: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Score:
    """Shares of the wanted turns: among the first so many results, within so many tokens of lines as they are written, with ids and days, and within so
    many tokens of `Speaker: text` alone, as the evidence in the design counts."""

    recall: Mapping[int, float]
    coverage: Mapping[int, float]
    texts: Mapping[int, float]


@dataclass(frozen=True, slots=True)
class _Answer:
    """What one question scored. `audited`: against the evidence as an audit corrected it; None where the audit doubts the published answer, or is none."""

    category: str
    score: _Score
    audited: _Score | None
    milliseconds: float
    emptied: bool


def read(file: Path) -> dict[str, _Conversation]:
    """Conversations by id. Raises MalformedLine."""
    found: dict[str, _Conversation] = {}
    for number, line in read_lines(file):
        need(number, line, type=str, conversation=str, text=str, at=str)
        try:
            moment(line)
        except ValueError as error:
            raise MalformedLine(number, f"“at” is no ISO time ({error})") from error
        conversation = found.setdefault(line["conversation"], _Conversation())
        if line["type"] == "turn":
            need(number, line, turn=str, speaker=str)
            conversation.turns.append(line)
        elif line["type"] == "question":
            need(number, line, id=str, evidence=list, category=str)
            conversation.questions.append(line)
        else:
            raise MalformedLine(number, f"unknown type “{line['type']}”")
    return found


def moment(line: Mapping[str, Any]) -> datetime:
    """When it was said or asked; a time without a zone counts as UTC. Raises ValueError."""
    at = datetime.fromisoformat(line["at"])
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def measure(file: Path, *, with_rivals: bool = False, among: int = 0) -> dict[str, Any]:
    """The figures, as `--json` prints them. Questions without evidence are left out. `with_rivals`: what others find, too. `among`: what is still found
    when each user has so many memories."""
    answers: list[_Answer] = []
    answers_among: list[_Answer] = []
    beside = [(rival, Score(rival.name)) for rival in rivals()] if with_rivals else []
    conversations = read(file)
    for name, conversation in conversations.items():
        user = User.objects.create_user(f"{new_id().hex}@example.org", None, name="evaluation")
        names = ingest(user.pk, conversation.turns)
        questions = [
            question
            for question in conversation.questions
            if question["evidence"] and question["category"] != "adversarial"
        ]
        answers += [_ask(user.pk, question, names) for question in questions]
        for rival, score in beside:
            score.take(rival, user.pk, conversation.turns, names)
            for question in questions:
                score.ask(rival, user.pk, question, AT)
        if among > len(conversation.turns):
            pad(
                user.pk,
                [turn for other, one in conversations.items() if other != name for turn in one.turns],
                count=among - len(conversation.turns),
                speakers=sorted(
                    {turn["speaker"] for other, one in conversations.items() if other != name for turn in one.turns}
                ),
                first=min(moment(turn) for turn in conversation.turns),
                last=max(moment(turn) for turn in conversation.turns),
            )
            answers_among += [_ask(user.pk, question, names) for question in questions]
    own = report(answers)
    if answers_among:
        own["among"] = {"memories": among, **_averages([answer.score for answer in answers_among])}
    return {**own, "rivals": [score.report(AT) for _, score in beside]} if beside else own


def ingest(user_id: UUID, turns: Sequence[Mapping[str, Any]]) -> dict[UUID, str]:
    """Record the turns as one user's episodes, a session a conversation. The turn ids by episode."""
    sessions: dict[str, UUID] = {}
    names: dict[UUID, str] = {}
    number, last = 0, None
    with as_user(user_id):
        for turn in turns:
            at = moment(turn)
            if last is not None and at - last > GAP:
                number += 1
            last = at
            key = turn.get("session") or f"gap {number}"
            recorded = record_turn(
                user_id,
                conversation_id=sessions.setdefault(key, new_id()),
                message_id=None,
                role="user",
                speaker=turn["speaker"],
                text=turn["text"],
                at=at,
            )
            if recorded.episode_id:
                names[recorded.episode_id] = turn["turn"]
    return names


def _ask(user_id: UUID, question: Mapping[str, Any], names: Mapping[UUID, str]) -> _Answer:
    with as_user(user_id):
        began = time.perf_counter()
        found = search(user_id, question["text"], at=moment(question))
        items = list(found.items)
        milliseconds = 1000 * (time.perf_counter() - began)
    audited = None if question.get("gold_suspect") else question.get("evidence_audited")
    return _Answer(
        category=question["category"],
        score=_score(items, names, question["evidence"]),
        audited=_score(items, names, audited) if audited else None,
        milliseconds=milliseconds,
        emptied=bool(found.nothing),
    )


def _score(items: Sequence[RecalledItem], names: Mapping[UUID, str], evidence: Sequence[str]) -> _Score:
    wanted = set(evidence)
    turns = [names.get(item.id, "") for item in items]
    bare = [item._replace(tokens=_tokens_of_text(item)) for item in items]

    def covered(some: Sequence[RecalledItem], budget: int) -> float:
        return len(wanted & {names.get(item.id, "") for item in fit(some, budget)}) / len(wanted)

    return _Score(
        recall={k: len(wanted & set(turns[:k])) / len(wanted) for k in AT},
        coverage={budget: covered(items, budget) for budget in BUDGETS},
        texts={budget: covered(bare, budget) for budget in BUDGETS},
    )


def _tokens_of_text(item: RecalledItem) -> int:
    return round(len(f"{item.line.speaker}: {item.line.text}") / CHARACTERS_A_TOKEN)


def report(answers: Sequence[_Answer]) -> dict[str, Any]:
    """Averages over questions, by category too."""
    times = [answer.milliseconds for answer in answers] or [0.0]
    by_category: dict[str, Any] = {}
    for category in sorted({answer.category for answer in answers}):
        own = [answer for answer in answers if answer.category == category]
        by_category[category] = {"questions": len(own), **_averages([answer.score for answer in own])}
    audited = [answer.audited for answer in answers if answer.audited is not None]
    return {
        "questions": len(answers),
        **_averages([answer.score for answer in answers]),
        "audited": {"questions": len(audited), **_averages(audited)},
        "latency_ms": {"p50": float(np.percentile(times, 50)), "p95": float(np.percentile(times, 95))},
        "emptied": sum(answer.emptied for answer in answers),
        "by_category": by_category,
    }


def _averages(scores: Sequence[_Score]) -> dict[str, dict[str, float]]:
    count = len(scores) or 1
    return {
        "recall": {str(k): sum(score.recall[k] for score in scores) / count for k in AT},
        "coverage": {str(budget): sum(score.coverage[budget] for score in scores) / count for budget in BUDGETS},
        "texts": {str(budget): sum(score.texts[budget] for score in scores) / count for budget in BUDGETS},
    }
