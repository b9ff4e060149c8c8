"""The days that a question names, against the days on which turns were said and facts held."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from memory.dates import Period
from memory.recall.arrays import Floats, Turns


def _seconds(day: date, zone: ZoneInfo) -> float:
    return datetime.combine(day, time(), zone).timestamp()


def near_periods(turns: Turns, periods: tuple[Period, ...], zone: ZoneInfo) -> Floats:
    """1 for turns said inside a period that the question names, .5 for the ten days behind a month, .3 within three days of a day."""
    scores = np.zeros(len(turns), dtype=np.float32)
    for period in periods:
        start, end = _seconds(period.start, zone), _seconds(period.end + timedelta(days=1), zone)
        inside = (turns.said_at >= start) & (turns.said_at < end)
        scores = np.maximum(scores, inside.astype(np.float32))
        if period.precision == "month":
            after = (turns.said_at >= end) & (turns.said_at < end + 10 * 86400)
            scores = np.maximum(scores, 0.5 * after.astype(np.float32))
        elif period.precision == "day":
            close = (turns.said_at >= start - 3 * 86400) & (turns.said_at < end + 3 * 86400)
            scores = np.maximum(scores, 0.3 * close.astype(np.float32))
    return scores
