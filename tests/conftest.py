"""What all tests share."""

from __future__ import annotations

import pytest

pytest_plugins = ["tests.stack", "tests.people"]


@pytest.fixture(scope="session")
def django_db_setup():
    """The worker's database stands already: `tests.services` copied it from the template."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests in the browser come last: its driver leaves an event loop in the thread, beside which nothing asynchronous can be run to its end."""
    items.sort(key=lambda item: "tests/browser/" in item.nodeid)
