"""The cast: alice owns what a test is about, bob is another user, olga operates."""

from __future__ import annotations

import pytest

from profiles.models import User


def make_user(name: str, **fields) -> User:
    return User.objects.create_user(f"{name}@example.org", "correct horse battery", name=name.title(), **fields)


@pytest.fixture(scope="session")
def django_db_setup():
    """The worker's database stands already: `tests.services` copied it from the template."""


@pytest.fixture
def alice(db) -> User:
    return make_user("alice")


@pytest.fixture
def bob(db) -> User:
    return make_user("bob")


@pytest.fixture
def olga(db) -> User:
    return make_user("olga", is_staff=True, is_superuser=True)
