"""The end of an account, and what else its owner decides about it."""

from __future__ import annotations

import pytest
from django.utils import timezone

from assistant.conversations.services import post_message, start_conversation
from assistant.models import Conversation
from memory import api as memory
from profiles.models import AccessToken, User
from profiles.owned import as_system, as_user
from tests.people import PASSWORD

PAGE = "/settings/data/delete/"


@pytest.fixture
def lived(transactional_db, alice, bob):
    for user in (alice, bob):
        with as_user(user):
            chat = start_conversation(user.pk, at=timezone.now())
            post_message(user.pk, chat.id, text="I live in Bergen.", at=timezone.now())
            memory.ingest(user.pk, at=timezone.now())


@pytest.fixture
def page(client, lived, alice):
    client.force_login(alice, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_an_account_goes_with_everything_and_nobody_elses(page, alice, bob):
    assert "Deletes 1 chat and 1 fact now." in " ".join(page.get(PAGE).content.decode().split())
    assert "That is not your password." in page.post(PAGE, {"password": "wrong"}).content.decode()
    assert User.objects.filter(pk=alice.pk).exists()
    assert page.post(PAGE, {"password": PASSWORD}).headers["Location"] == "/accounts/login/"
    assert not User.objects.filter(pk=alice.pk).exists()
    assert page.get("/memory/").status_code == 503  # nobody is signed in, and the installation waits for an owner
    with as_system("test"):
        assert set(Conversation.objects.across_users("test").values_list("user_id", flat=True)) == {bob.pk}
    with as_user(bob):
        assert memory.facts_of(bob.pk, memory.FactFilter(predicate="lives_in")).facts


def test_a_password_cannot_be_guessed_there(page, alice):
    for _try in range(5):
        page.post(PAGE, {"password": "wrong"})
    assert "Too many tries." in page.post(PAGE, {"password": PASSWORD}).content.decode()
    assert User.objects.filter(pk=alice.pk).exists()


def test_an_access_token_may_end(page, alice):
    page.post("/settings/tokens/", {"name": "script", "scopes": ["chat"], "days": "30"})
    token = AccessToken.objects.get(user=alice)
    assert (token.expires_at - token.created_at).days == 30
    assert "ends on" in page.get("/settings/tokens/").content.decode()


def test_single_keys_can_be_switched_off(page):
    assert "data-no-single-keys" not in page.get("/").content.decode()
    page.post("/settings/appearance/", {"theme": "dark", "text_size": "100", "announce": "finished"})
    html = page.get("/").content.decode()
    assert "data-no-single-keys" in html
    assert 'data-announce-when="finished"' in html


def test_who_asks_too_often_is_told_so_on_a_page_of_ours(client, transactional_db, alice, settings):
    settings.ACCOUNT_RATE_LIMITS = {"reset_password": "1/m/ip"}
    client.post("/accounts/password/reset/", {"email": alice.email})
    refused = client.post("/accounts/password/reset/", {"email": alice.email})
    assert refused.status_code == 429
    assert "Too much at once" in refused.content.decode()
