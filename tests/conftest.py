"""The cast: alice owns what a test is about, bob is another user, olga operates."""

from __future__ import annotations

pytest_plugins = ["tests.stack", "tests.people"]
