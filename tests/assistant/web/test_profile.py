"""The profile: what can be chosen, and what that does to what is known."""

from __future__ import annotations

import pytest
from django.utils import timezone

from memory import api as memory
from profiles.owned import as_user


@pytest.fixture
def page(client, transactional_db, alice):
    client.force_login(alice, backend="django.contrib.auth.backends.ModelBackend")
    return client


def styles(alice) -> set[str]:
    with as_user(alice):
        return {fact.value for fact in memory.facts_of(alice.pk, memory.FactFilter(predicate="answer_style")).facts}


def test_a_tone_takes_the_place_of_the_last_and_leaves_other_wishes(page, alice):
    with as_user(alice):
        memory.edit_profile(alice.pk, predicate="answer_style", value="no emojis", at=timezone.now())
    page.post("/profile/", {"answer_style": "a formal tone", "answer_style-was": ""})
    page.post("/profile/", {"answer_style": "a casual tone", "answer_style-was": "a formal tone"})
    assert styles(alice) == {"no emojis", "a casual tone"}
    assert '<option value="a casual tone" selected>' in page.get("/profile/").content.decode()
    page.post("/profile/", {"answer_style": "", "answer_style-was": "a casual tone"})
    assert styles(alice) == {"no emojis"}


def test_a_length_that_was_learned_is_shown_as_its_choice(page, alice):
    with as_user(alice):
        memory.edit_profile(alice.pk, predicate="answer_length", value="brief", at=timezone.now())
    html = page.get("/profile/").content.decode()
    assert '<option value="short" selected>Short' in html
    page.post("/profile/", {"answer_length": "detailed", "answer_length-was": "short"})
    with as_user(alice):
        (fact,) = memory.facts_of(alice.pk, memory.FactFilter(predicate="answer_length")).facts
    assert fact.value == "detailed"
