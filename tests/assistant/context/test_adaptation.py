"""How a person wants to be talked to goes into every prompt, in words that a model can follow."""

from __future__ import annotations

import pytest

from profiles.api import change_profile
from profiles.owned import as_user


@pytest.mark.parametrize(
    ("level", "told"), [("expert", "exact terms, no basics"), ("beginner", "plain words, every step")]
)
def test_what_somebody_knows_already_is_told_to_the_model(table, level, told):
    with as_user(table.alice):
        change_profile(table.alice.pk, expertise=level, custom_instructions="Say so when you are not sure.")
    table.model("plain")
    table.ask("What is a monad?")
    system = table.provider.requests[-1]["body"]["messages"][0]["content"]
    assert told in system
    assert "Say so when you are not sure." in system


def test_nothing_is_said_of_it_where_nothing_was_chosen(table):
    table.model("plain")
    table.ask("What is a monad?")
    assert "for a subject" not in table.provider.requests[-1]["body"]["messages"][0]["content"]
