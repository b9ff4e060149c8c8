"""From one day to others of the calendar: weeks begin on Monday. Pure."""

from __future__ import annotations

import calendar
from datetime import date, timedelta


def last_day(day: date, precision: str) -> date:
    """The last day of the period that `day` begins."""
    if precision == "week":
        return day + timedelta(days=6)
    if precision == "month":
        return day.replace(day=calendar.monthrange(day.year, day.month)[1])
    if precision == "year":
        return day.replace(month=12, day=31)
    return day


def monday(day: date) -> date:
    """The Monday of the week of `day`."""
    return day - timedelta(days=day.weekday())


def shift_month(day: date, months: int) -> date:
    """The first day of the month that lies so many months away; backward where negative."""
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def first_of(kind: str, day: date) -> date:
    """The first day of the period of this kind that holds `day`."""
    if kind == "week":
        return monday(day)
    if kind == "month":
        return day.replace(day=1)
    return day.replace(month=1, day=1) if kind == "year" else day


def moved(today: date, count: int, kind: str) -> date:
    """The day so many days, weeks, months or years from `today`; in a shorter month its last one. `kind`: one of these, without its s."""
    if kind == "day":
        return today + timedelta(days=count)
    if kind == "week":
        return today + timedelta(days=7 * count)
    if kind == "month":
        first = shift_month(today, count)
        return first.replace(day=min(today.day, last_day(first, "month").day))
    return today.replace(year=today.year + count, day=min(today.day, 28) if today.month == 2 else today.day)
