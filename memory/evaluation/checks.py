"""What a probe may ask of what is stored, beside a question. Each check says why it does not hold, or nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from memory.facts.predicates import predicate_of
from memory.models import Fact, Question, Rejection
from memory.types import Receipt, Turn
from memory.values import fold, value_key
from profiles.api import User


@dataclass
class Life:
    """One user of a case: what was said by number, what of it is not yet read, and the receipt of the last forget."""

    user: User
    turns: dict[int, Turn] = field(default_factory=dict)
    unread: list[int] = field(default_factory=list)
    receipt: Receipt | None = None


def _profile(life: Life, wanted: dict[str, Any]) -> str:
    for predicate, value in wanted.items():
        rows = Fact.objects.of(life.user.pk).active().about_user().filter(predicate=predicate)
        found = {value_key(held) for held in rows.values_list("value", flat=True)}
        if not _fits(value, found):
            return f"{predicate}: expected {value}, found {sorted(found)}"
    return ""


def _fits(wanted: Any, found: set[str]) -> bool:
    if wanted is None:
        return not found
    if isinstance(wanted, str):
        return found == {value_key(wanted)}
    if len(wanted) == 1 and isinstance(wanted[0], list):
        return len(found) == 1 and next(iter(found)) in {value_key(option) for option in wanted[0]}
    options = [{value_key(option) for option in (one if isinstance(one, list) else [one])} for one in wanted]
    return len(options) == len(found) and all(any(value in option for value in found) for option in options)


def _facts(life: Life, wanted: dict[str, int]) -> str:
    rows = Fact.objects.of(life.user.pk)
    for status, number in wanted.items():
        if (found := rows.filter(status=status).count()) != number:
            listed = [f"{fact.predicate}={fact.value} ({fact.status})" for fact in rows.order_by("recorded_at", "id")]
            return f"{status}: expected {number}, found {found}; {listed}"
    return ""


def _absent(life: Life, text: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT table_name FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'user_id'"
        )
        tables = [row[0] for row in cursor.fetchall()]
        for table in tables:
            name = connection.ops.quote_name(table)
            values = "SELECT string_agg(value, E'\\n') FROM jsonb_each_text(to_jsonb(t))"  # not the names of columns: "shed" is in "finished_at"
            cursor.execute(f"SELECT ({values}) FROM {name} t WHERE user_id = %s", [life.user.pk])  # noqa: S608
            for (row,) in cursor.fetchall():
                if fold(text) in fold(row.encode().decode("utf-8")):
                    return f"“{text}” stands in {table}: {row[:300]}"
    return ""


def _pending(life: Life, wanted: bool) -> str:
    waiting = Question.objects.of(life.user.pk).filter(state=Question.State.OPEN).exclude(kind=Question.Kind.CONSENT)
    return "" if waiting.exists() == wanted else f"open questions: {waiting.count()}"


def _review(life: Life, wanted: dict[str, bool]) -> str:
    for predicate, marked in wanted.items():
        rows = Fact.objects.of(life.user.pk).active().about_user().filter(predicate=predicate_of(predicate).name)
        if rows.filter(review_since__isnull=False).exists() != marked:
            return f"{predicate}: expected review {marked}"
    return ""


def _rejected(life: Life, wanted: list[str]) -> str:
    found = set(Rejection.objects.of(life.user.pk).values_list("reason", flat=True))
    missing = set(wanted) - found
    return f"not in the log: {sorted(missing)}; there: {sorted(found)}" if missing else ""


def _receipt(life: Life, wanted: bool) -> str:
    got = life.receipt is not None and bool(life.receipt.counts)
    return "" if got == wanted else "no receipt with counts"


CHECKS: dict[str, Callable[[Life, Any], str]] = {
    "profile": _profile,
    "facts": _facts,
    "absent_everywhere": _absent,
    "question_pending": _pending,
    "review": _review,
    "rejected": _rejected,
    "receipt": _receipt,
}
