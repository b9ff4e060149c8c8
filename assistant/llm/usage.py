"""What calls of providers took, written down: one row a call, none counted twice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Count, Q, Sum

from assistant.llm.types import Usage as TokenUsage
from assistant.models import Usage
from profiles.owned import as_system

Call = tuple[str, TokenUsage, str]  # the model's full name, what it took, the code of its failure or ""


def note_calls(
    user_id: UUID,
    role: str,
    calls: Iterable[Call],
    *,
    at: datetime,
    run_id: UUID | None = None,
    project_id: UUID | None = None,
) -> None:
    """Store a row a call, inside `as_user`."""
    Usage.objects.bulk_create(
        Usage(
            user_id=user_id,
            run_id=run_id,
            project_id=project_id,
            role=role,
            model=model[:120],
            input_tokens=usage.input_tokens,
            output_tokens=usage.output_tokens,
            cached_tokens=usage.cached_tokens,
            cost=usage.cost,
            error_code=code,
            called_at=at,
        )
        for model, usage, code in calls
    )


@dataclass(frozen=True, slots=True)
class Used:
    """What one model took in one role. `cost` is in US dollars; 0 where no price is known."""

    role: str
    model: str
    calls: int
    failures: int
    input_tokens: int
    output_tokens: int
    cost: Decimal


def used_since(begin: datetime, *, user_id: UUID | None) -> list[Used]:
    """Usage by role and model, the dearest first: of one user, or of everybody for None."""
    reason = "show what was used"
    with as_system(reason):
        rows = Usage.objects.across_users(reason).filter(called_at__gte=begin)
        if user_id is not None:
            rows = rows.filter(user_id=user_id)
        sums = rows.values("role", "model").annotate(
            calls=Count("id"),
            failures=Count("id", filter=~Q(error_code="")),
            input_sum=Sum("input_tokens"),
            output_sum=Sum("output_tokens"),
            cost_sum=Sum("cost"),
        )
        return [
            Used(
                row["role"],
                row["model"],
                row["calls"],
                row["failures"],
                row["input_sum"],
                row["output_sum"],
                row["cost_sum"] or Decimal(0),
            )
            for row in sums.order_by("-cost_sum", "-input_sum", "role", "model")[:100]
        ]
