"""What calls of providers took, written down: one row a call, none counted twice."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from assistant.llm.types import Usage as TokenUsage
from assistant.models import Usage

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
