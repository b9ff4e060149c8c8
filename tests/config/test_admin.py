"""The administration: who may see it, and that it never shows what people wrote."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from assistant.conversations.services import post_message, start_conversation
from assistant.llm.keys import decrypt
from assistant.models import Provider
from memory import api as memory
from memory.models import MemoryJob
from profiles.owned import as_user
from tests.people import PASSWORD

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
LISTS = (
    "profiles/user",
    "profiles/profile",
    "profiles/consent",
    "profiles/accesstoken",
    "assistant/conversation",
    "assistant/run",
    "assistant/usage",
    "assistant/provider",
    "assistant/modelrole",
    "assistant/budget",
    "memory/fact",
    "memory/memoryjob",
)


@pytest.fixture
def said(alice):
    with as_user(alice):
        chat = start_conversation(alice.pk, at=NOW)
        post_message(alice.pk, chat.id, text="I live in Poughkeepsie", at=NOW)
        memory.ingest(alice.pk, at=NOW)
    return chat


def test_every_list_opens_and_none_shows_what_was_said(client, olga, said):
    client.login(username=olga.email, password=PASSWORD)
    assert client.get("/admin/").status_code == 200
    for name in LISTS:
        answer = client.get(f"/admin/{name}/")
        assert answer.status_code == 200, name
        assert "Poughkeepsie" not in answer.content.decode(), name


def test_one_row_opens_masked(client, olga, said, alice):
    client.login(username=olga.email, password=PASSWORD)
    with as_user(alice):
        fact = memory.facts_of(alice.pk).facts[0]
    for path in (f"/admin/memory/fact/{fact.id}/change/", f"/admin/assistant/conversation/{said.id}/change/"):
        html = client.get(path).content.decode()
        assert "••••" in html
        assert "Poughkeepsie" not in html


def test_a_user_who_does_not_operate_is_kept_out(client, bob):
    client.login(username=bob.email, password=PASSWORD)
    assert client.get("/admin/memory/fact/").status_code == 302


def test_a_key_goes_in_encrypted_and_never_comes_out(client, olga):
    client.login(username=olga.email, password=PASSWORD)
    offers = {
        f"offers-{name}": value for name, value in (("TOTAL_FORMS", 1), ("INITIAL_FORMS", 0), ("0-name", "gpt-x"))
    }
    form = {"kind": "openai", "name": "Ours", "key": "sk-very-secret-1234", "is_enabled": "on", **offers}
    assert client.post("/admin/assistant/provider/add/", form).status_code == 302
    provider = Provider.objects.get()
    assert b"secret" not in bytes(provider.key_cipher)
    assert decrypt(bytes(provider.key_cipher)) == "sk-very-secret-1234"
    page = client.get(f"/admin/assistant/provider/{provider.pk}/change/").content.decode()
    assert "sk-very-secret" not in page
    again = {**form, "key": "", "offers-TOTAL_FORMS": 0}
    client.post(f"/admin/assistant/provider/{provider.pk}/change/", again)
    provider.refresh_from_db()
    assert decrypt(bytes(provider.key_cipher)) == "sk-very-secret-1234", "an empty field keeps the stored one"


def test_its_first_page_says_what_needs_somebody_and_shows_no_words_of_anybody(client, olga, said, alice):
    client.login(username=olga.email, password=PASSWORD)
    assert "All is well" in client.get("/admin/").content.decode()
    with as_user(alice):
        MemoryJob.objects.of(alice).update(state=MemoryJob.State.ASIDE)
    html = client.get("/admin/").content.decode()
    assert "1 job set aside" in html
    assert "All is well" not in html
    assert "Olga" in html
    assert "learned" in html
    assert "Poughkeepsie" not in html
