"""What may be spent in a month, and whether it has been. Calls of the built-in model cost nothing and are never stopped."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import F, Q, Sum
from django.utils.translation import gettext as _

from assistant.llm.errors import ErrorCode, ProviderError
from assistant.models import Budget, Usage
from profiles.owned import as_system

REASON = "add up what was spent"


@dataclass(frozen=True, slots=True)
class Spent:
    """Usage since the month began (UTC), beside the budget that it counts against."""

    budget: Budget
    dollars: Decimal
    tokens: int

    @property
    def is_over(self) -> bool:
        over_dollars = self.budget.dollars is not None and self.dollars >= self.budget.dollars
        return over_dollars or (self.budget.tokens is not None and self.tokens >= self.budget.tokens)


def spent_by(user_id: UUID, *, project_id: UUID | None = None, at: datetime) -> list[Spent]:
    """Each budget that applies to this user and project, with what was spent of it this month."""
    wanted = Q(user__isnull=True, project__isnull=True) | Q(user=user_id)
    if project_id is not None:
        wanted |= Q(project=project_id)
    with as_system(REASON):
        return [_spent(budget, at) for budget in Budget.objects.filter(wanted).order_by("id")]


def _spent(budget: Budget, at: datetime) -> Spent:
    month = at.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    rows = Usage.objects.across_users(REASON).filter(called_at__gte=month)
    if budget.user_id:
        rows = rows.filter(user_id=budget.user_id)
    elif budget.project_id:
        rows = rows.filter(project_id=budget.project_id)
    sums = rows.aggregate(dollars=Sum("cost"), tokens=Sum(F("input_tokens") + F("output_tokens")))
    return Spent(budget, sums["dollars"] or Decimal(0), sums["tokens"] or 0)


def check_budget(user_id: UUID, *, project_id: UUID | None = None, at: datetime) -> None:
    """Raises ProviderError(SPENT, or SPENT_PROJECT) when a budget that applies is used up."""
    for spent in spent_by(user_id, project_id=project_id, at=at):
        if spent.is_over:
            code = ErrorCode.SPENT_PROJECT if spent.budget.project_id else ErrorCode.SPENT
            raise ProviderError(code, detail=str(spent.budget))


def spent_of_all(*, at: datetime) -> Spent | None:
    """What everybody together spent since the month began, beside the budget for that; None where there is none."""
    with as_system(REASON):
        budget = Budget.objects.filter(user=None, project=None).first()
        return _spent(budget, at) if budget else None


def spent_in_project(user_id: UUID, project_id: UUID, *, at: datetime) -> Spent:
    """What was used in a project of this user since the month began, beside its budget; one that limits nothing where it has none."""
    with as_system(REASON):
        budget = Budget.objects.filter(project=project_id, project__user=user_id).first()
        return _spent(budget or Budget(project_id=project_id), at)


def set_budget(*, dollars: Decimal | None, tokens: int | None, project_id: UUID | None = None) -> None:
    """Limit what everybody together may spend in a month, or what is spent in one project; neither limit takes the budget away. Raises ValidationError."""
    if (dollars is not None and not 0 <= dollars < 10**8) or (tokens is not None and not 0 <= tokens < 2**62):
        raise ValidationError(_("That can't be a budget."))
    of_all = Budget.objects.filter(user=None, project=None)
    there = of_all if project_id is None else Budget.objects.filter(project=project_id)
    if dollars is None and tokens is None:
        there.delete()
    elif not there.update(dollars=dollars, tokens=tokens):
        Budget.objects.create(project_id=project_id, dollars=dollars, tokens=tokens)


def read_limits(dollars: str, tokens: str) -> tuple[Decimal | None, int | None]:
    """Both limits as a person types them, with a comma or a point; nothing typed is no limit. Raises ValidationError."""
    dollars, tokens = dollars.strip().replace(",", "."), re.sub(r"[\s.,]", "", tokens)
    try:
        amount = Decimal(dollars) if dollars else None
        if amount is not None and not amount.is_finite():
            raise ValueError(dollars)
        return amount, int(tokens) if tokens else None
    except (InvalidOperation, ValueError) as error:
        raise ValidationError(_("That can't be a budget.")) from error
