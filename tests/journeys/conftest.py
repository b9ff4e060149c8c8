"""What all journeys share."""

from __future__ import annotations

import pytest

from tests.people import Phone


@pytest.fixture
def phone(live, worker, alice) -> Phone:
    """Alice's app, with a worker that answers."""
    return Phone(live, alice)
