"""Memory over time: what was true on a day, or what was known then, and what changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.dateparse import parse_date

from assistant.conversations.selectors import titles_of
from assistant.web.memory_page import MemoryPage
from memory import api as memory

MOST = 1000  # facts looked at; the list says so when there are more
CHANGES = 40
BARS = 8
WIDTH, FROM_X, ROW = 1000, 120, 36  # of the drawing, in its own units


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of the list: what began or ended on a day. `before` is the value that it took the place of, `chat` the title of where it was said."""

    day: date
    kind: str  # learned, changed, typed, ended
    fact: memory.FactView
    before: str = ""
    chat: str = ""

    @property
    def learned_on(self) -> date:
        """The day it was said, or typed."""
        return timezone.localtime(self.fact.said_at or self.fact.recorded_at).date()


@dataclass(frozen=True, slots=True)
class Bar:
    """One value in its slot, in units of the drawing."""

    x: float
    width: float
    text: str
    is_past: bool


@dataclass(frozen=True, slots=True)
class Lane:
    """A slot that changed: its name, where it stands, and its values."""

    title: str
    y: int
    bars: list[Bar]


@dataclass(frozen=True, slots=True)
class Tick:
    """The first day of a month."""

    x: float
    day: date


@dataclass(frozen=True, slots=True)
class Drawing:
    """All that the picture above the list needs."""

    lanes: list[Lane]
    ticks: list[Tick]
    day_x: float
    height: int


def began_on(fact: memory.FactView) -> date:
    """When it began to hold, as far as it is known."""
    return fact.valid_from or timezone.localtime(fact.said_at or fact.recorded_at).date()


def true_on(facts: Sequence[memory.FactView], day: date) -> list[memory.FactView]:
    """What held on `day`."""
    return [fact for fact in facts if began_on(fact) <= day and (fact.valid_to is None or fact.valid_to > day)]


def known_on(facts: Sequence[memory.FactView], day: date) -> list[memory.FactView]:
    """What stood in memory at the end of `day`."""

    def local(moment: object) -> date:
        return timezone.localtime(moment).date()  # type: ignore[arg-type]

    return [
        fact
        for fact in facts
        if local(fact.recorded_at) <= day and (fact.retired_at is None or local(fact.retired_at) > day)
    ]


def happenings(facts: Sequence[memory.FactView]) -> list[Happening]:
    """What began and what ended, latest first. A value that took another's place tells which."""
    found: list[Happening] = []
    for fact in facts:
        day = began_on(fact)
        before = next(
            (
                other
                for other in facts
                if other.id != fact.id
                and (other.subject, other.predicate) == (fact.subject, fact.predicate)
                and other.valid_to == day
            ),
            None,
        )
        if fact.valid_to == day:  # told only when it was over
            found.append(Happening(day, "ended", fact))
            continue
        kind = "changed" if before else "typed" if fact.origin == "user_edited" else "learned"
        found.append(Happening(day, kind, fact, before.value if before else ""))
        if fact.valid_to and not any(
            other.id != fact.id
            and (other.subject, other.predicate) == (fact.subject, fact.predicate)
            and began_on(other) == fact.valid_to
            for other in facts
        ):
            found.append(Happening(fact.valid_to, "ended", fact))
    return sorted(found, key=lambda happening: happening.day, reverse=True)


def draw(facts: Sequence[memory.FactView], *, day: date, today: date) -> Drawing | None:
    """Bars of the slots that changed, the latest first; None when none did."""
    slots: dict[tuple[str, str], list[memory.FactView]] = {}
    for fact in facts:
        slots.setdefault((fact.subject, fact.predicate), []).append(fact)
    changed = [slot for slot in slots.values() if len(slot) > 1 and any(fact.valid_to for fact in slot)][:BARS]
    if not changed:
        return None
    first = min([day, *(began_on(fact) for slot in changed for fact in slot)])
    start = max(first, today - timedelta(days=730)).replace(day=1)
    end = max(today, day) + timedelta(days=20)
    scale = (WIDTH - FROM_X) / max(1, (end - start).days)

    def x_of(moment: date) -> float:
        inside = min(moment, end)
        return round(FROM_X + max(0, (inside - start).days) * scale, 1)

    lanes = []
    for row, slot in enumerate(changed):
        bars = [
            Bar(
                x_of(began_on(fact)),
                round(max(4, x_of(fact.valid_to or today) - x_of(began_on(fact)) - 2), 1),
                fact.value,
                fact.valid_to is not None,
            )
            for fact in sorted(slot, key=began_on)
        ]
        title = slot[0].predicate.replace("_", " ").capitalize()
        lanes.append(Lane(title if slot[0].subject == "user" else f"{slot[0].subject}: {title}", 30 + row * ROW, bars))
    return Drawing(lanes, _ticks(start, end, x_of), x_of(day), 30 + len(lanes) * ROW + 6)


def _ticks(start: date, end: date, x_of: object) -> list[Tick]:
    months: list[date] = []
    month = start
    while month < end:
        months.append(month)
        month = (month + timedelta(days=32)).replace(day=1)
    step = max(1, len(months) // 12 + (len(months) % 12 > 0) * (len(months) > 12))
    return [Tick(x_of(month), month) for month in months[::step]]  # type: ignore[operator]


class Timeline(MemoryPage):
    def get(self, request: HttpRequest) -> HttpResponse:
        """Changes, latest first, beside what was true, or what was known, on one day."""
        today = timezone.localdate()
        day = self._day(request.GET.get("day", ""), today)
        facts, is_whole = self._facts(self.user.pk)
        all_happenings = happenings(facts)
        days = sorted({happening.day for happening in all_happenings})
        is_known = request.GET.get("show") == "known"
        standing = known_on(facts, day) if is_known else true_on(facts, day)
        context = {
            **self.tabs("timeline"),
            "week": memory.week_digest(self.user.pk, day, at=timezone.now()),
            "monday": day - timedelta(days=day.weekday()),
            "day": day,
            "today": today,
            "is_known": is_known,
            "standing": standing,
            "happenings": self._with_chats(all_happenings[:CHANGES]),
            "drawing": draw(facts, day=day, today=today),
            "is_whole": is_whole and len(all_happenings) <= CHANGES,
            "earlier": next((other for other in reversed(days) if other < day), None),
            "later": next((other for other in days if other > day), None),
        }
        return self.page("memory/timeline.html", context)

    def _with_chats(self, changes: Sequence[Happening]) -> list[Happening]:
        """The same, each with the title of the chat it was said in; none where that is gone."""
        asked = {change.fact.conversation_id for change in changes if change.fact.conversation_id}
        titles = titles_of(self.user.pk, asked)
        return [
            replace(change, chat=titles.get(change.fact.conversation_id, "") if change.fact.conversation_id else "")
            for change in changes
        ]

    @staticmethod
    def _day(text: str, today: date) -> date:
        try:
            return parse_date(text) or today
        except ValueError:
            return today

    @staticmethod
    def _facts(user_id: UUID) -> tuple[list[memory.FactView], bool]:
        """The latest facts, history included, and whether that is all of them."""
        facts: list[memory.FactView] = []
        cursor = ""
        while len(facts) < MOST:
            page = memory.timeline(user_id, cursor=cursor, limit=200)
            facts += page.facts
            cursor = page.next_cursor
            if not cursor:
                return facts, True
        return facts, False
