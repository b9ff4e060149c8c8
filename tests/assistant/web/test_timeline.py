"""What was true on a day, what was known then, and what changed."""

from __future__ import annotations

from datetime import UTC, date, datetime

from assistant.web.timeline import draw, happenings, known_on, true_on
from memory.api import FactView
from profiles.owned import new_id


def fact(value: str, since: date, until: date | None = None, **fields) -> FactView:
    said = datetime(since.year, since.month, since.day, 12, tzinfo=UTC)
    values = {
        "id": new_id(),
        "subject": "user",
        "predicate": "lives_in",
        "topic": "home",
        "value": value,
        "text": f"lives in {value}",
        "kind": "state",
        "status": "superseded" if until else "active",
        "origin": "user_said",
        "sensitivity": "none",
        "valid_from": since,
        "valid_to": until,
        "precision": "day",
        "recorded_at": said,
        "retired_at": None,
        "expires_at": None,
        "said_at": said,
        "is_under_review": False,
        "is_masked": False,
        "confidence": 0.9,
        "support": 1,
        "version": 1,
    }
    return FactView(**{**values, **fields})


OSLO = fact("Oslo", date(2026, 1, 5), date(2026, 3, 2))
BERGEN = fact("Bergen", date(2026, 3, 2))


def test_a_day_has_what_held_on_it():
    assert true_on([OSLO, BERGEN], date(2026, 1, 4)) == []
    assert true_on([OSLO, BERGEN], date(2026, 3, 1)) == [OSLO]
    assert true_on([OSLO, BERGEN], date(2026, 3, 2)) == [BERGEN]


def test_known_is_what_stood_in_memory_then():
    late = fact("Voss", date(2025, 1, 1), recorded_at=datetime(2026, 5, 1, 12, tzinfo=UTC))
    assert true_on([late], date(2025, 6, 1)) == [late]
    assert known_on([late], date(2025, 6, 1)) == []
    assert known_on([late], date(2026, 5, 1)) == [late]


def test_a_value_in_the_place_of_another_is_a_change_and_names_it():
    found = happenings([OSLO, BERGEN])
    assert [(item.kind, item.fact.value, item.before) for item in found] == [
        ("changed", "Bergen", "Oslo"),
        ("learned", "Oslo", ""),
    ]


def test_what_ends_with_nothing_in_its_place_is_an_end():
    assert [item.kind for item in happenings([OSLO])] == ["ended", "learned"]


def test_bars_stand_for_slots_that_changed_and_keep_inside_the_drawing():
    drawing = draw([OSLO, BERGEN], day=date(2026, 2, 1), today=date(2026, 11, 24))
    assert [bar.text for bar in drawing.lanes[0].bars] == ["Oslo", "Bergen"]
    assert all(bar.x + bar.width <= 1000 for bar in drawing.lanes[0].bars)
    assert draw([BERGEN], day=date(2026, 2, 1), today=date(2026, 11, 24)) is None
