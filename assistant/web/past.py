"""What became of a fact and of those that stood in its place before: each with its reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from memory import api as memory


@dataclass(frozen=True, slots=True)
class Past:
    """One line of a history. `undo`: the batch that taking it back would undo."""

    fact: memory.FactView
    reason: str
    undo: UUID | None


def history_of(detail: memory.FactDetail) -> list[Past]:
    """The fact itself, then what stood in its slot, newest first."""
    return [_line(detail, fact) for fact in (detail.fact, *detail.history)]


def _line(detail: memory.FactDetail, fact: memory.FactView) -> Past:
    end = detail.ended.get(fact.id)
    is_over = fact.status in ("superseded", "wrong", "expired")
    reasons = [*_replaced(detail)] if fact.id == detail.fact.id else []
    if end is not None and is_over:
        reasons.append(_end(fact, end))
    return Past(fact, " ".join(reasons), end.batch_id if end is not None and fact.status == "wrong" else None)


def _replaced(detail: memory.FactDetail) -> Iterator[str]:
    """What the fact took the place of."""
    for link in detail.links:
        if link.is_outgoing and link.type == "supersedes":
            yield _("Replaced “%(value)s” because it changed.") % {"value": link.other.value}
        elif link.is_outgoing and link.type == "corrects":
            yield _("Replaced “%(value)s”, which was never true.") % {"value": link.other.value}


def _end(fact: memory.FactView, end: memory.EventView) -> str:
    day = {"day": date_format(timezone.localtime(end.at), "DATE_FORMAT")}
    if fact.status == "wrong":
        return (
            _("Marked as wrong by you on %(day)s.") % day
            if end.actor == "user"
            else _("Found to be wrong on %(day)s.") % day
        )
    if fact.status == "expired":
        return _("Over since %(day)s.") % day
    return (
        _("Changed by you on %(day)s.") % day
        if end.actor == "user"
        else _("Changed with what you said; noted on %(day)s.") % day
    )
