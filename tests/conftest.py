"""What all tests share."""

from __future__ import annotations

import pytest

pytest_plugins = ["tests.stack", "tests.people"]


@pytest.fixture(scope="session")
def django_db_setup():
    """The worker's database stands already: `tests.services` copied it from the template."""
