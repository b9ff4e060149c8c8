"""The first page of the administration: what needs somebody, how busy it is, and who was here. Counts, names and times; nothing that anybody wrote."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assistant.llm.breaker import failing_code
from assistant.llm.budgets import spent_of_all
from assistant.llm.choice import models_for
from assistant.llm.errors import ErrorCode
from assistant.llm.usage import used_since
from assistant.models import Run
from memory import api as memory
from profiles.api import User
from profiles.owned import as_system

REASON = "administration"
ROWS = 8


def tell(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """What the page shows beside what the administration puts there itself."""
    now = timezone.now()
    with as_system(REASON):
        aside, waiting = memory.jobs_of_all(REASON, at=now)
        acts = memory.latest_acts(REASON, limit=ROWS)
        running = Run.objects.across_users(REASON).unfinished().count()
    seen = list(User.objects.exclude(last_login=None).order_by("-last_login")[:ROWS])
    people = User.objects.in_bulk({user_id for _at, user_id, _kind, _actor in acts})
    context["needs"] = [*_jobs(aside), *_providers()]
    context["figures"] = [
        (_("Oldest job that waits"), _waits(waiting, now)),
        (_("Answers being written"), number_format(running)),
        *_spending(now),
    ]
    context["seen"] = {
        "headers": [_("User"), _("Last visit")],
        "rows": [[str(user), _moment(user.last_login)] for user in seen],
    }
    context["acts"] = {
        "headers": [_("When"), _("User"), _("What memory did"), _("By")],
        "rows": [[_moment(at), str(people.get(user_id, "")), kind, actor] for at, user_id, kind, actor in acts],
    }
    return context


def _jobs(aside: int) -> list[tuple[str, str]]:
    """A line with where it leads."""
    if not aside:
        return []
    words = ngettext("%(n)s job set aside", "%(n)s jobs set aside", aside) % {"n": aside}
    return [(words, "/admin/memory/memoryjob/?state__exact=aside")]


def _providers() -> list[tuple[str, str]]:
    """A line for each model that is left alone after failures."""
    words = {
        ErrorCode.REFUSED_KEY.value: _("%(model)s refuses the key"),
        ErrorCode.UNREACHABLE.value: _("%(model)s can’t be reached"),
        ErrorCode.RATE_LIMITED.value: _("%(model)s takes no more requests for the moment"),
    }
    failing = [(model.label, failing_code(model)) for model in models_for("chat")]
    return [
        (words.get(code, _("%(model)s fails at the moment")) % {"model": label}, "/admin/assistant/provider/")
        for label, code in failing
        if code
    ]


def _waits(since: datetime | None, now: datetime) -> str:
    if since is None:
        return _("None waits")
    seconds = max(0, int((now - since).total_seconds()))
    if seconds < 120:
        return ngettext("%(n)s second", "%(n)s seconds", seconds) % {"n": seconds}
    return ngettext("%(n)s minute", "%(n)s minutes", seconds // 60) % {"n": seconds // 60}


def _spending(now: datetime) -> list[tuple[str, str]]:
    """Today in UTC, and where there is a budget of all, the month against it."""
    today = used_since(now.replace(hour=0, minute=0, second=0, microsecond=0), user_id=None)
    dollars = sum(used.cost for used in today)
    tokens = sum(used.input_tokens + used.output_tokens for used in today)
    told = {"dollars": number_format(dollars, 2), "tokens": number_format(tokens, force_grouping=True)}
    lines = [(_("Used today"), _("%(dollars)s $, %(tokens)s tokens") % told)]
    spent = spent_of_all(at=now)
    if spent is not None:
        budget = spent.budget
        of = (
            (f"{number_format(spent.dollars, 2)} $", f"{number_format(budget.dollars, 2)} $")
            if budget.dollars is not None
            else (
                number_format(spent.tokens, force_grouping=True),
                number_format(budget.tokens or 0, force_grouping=True),
            )
        )
        lines.append((_("This month, of the budget"), _("%(spent)s of %(limit)s") % {"spent": of[0], "limit": of[1]}))
    return lines


def _moment(at: datetime | None) -> str:
    return date_format(timezone.localtime(at), "DATETIME_FORMAT") if at else ""
