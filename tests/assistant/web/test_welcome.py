"""The first run: a model or none, two things said, and what was understood."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client

from assistant.conversations.services import first_words
from assistant.llm.choice import models_for
from assistant.models import Provider
from profiles.owned import as_user
from tests.stack import forget_cached

STEP_2, STEP_3 = "/welcome/model/", "/welcome/tell/"


@pytest.fixture
def owner(client, transactional_db, alice):
    forget_cached()
    client.force_login(alice, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_offline_goes_on_and_a_wrong_address_says_why(owner):
    assert owner.post(STEP_2, {"way": "offline"})["Location"] == STEP_3
    wrong = owner.post(STEP_2, {"way": "ollama", "api_base": "http://127.0.0.1:9"})
    assert "No answer from this address" in wrong.content.decode()
    assert not Provider.objects.exists()
    assert "wants a key" not in owner.get(STEP_2).content.decode()


def test_ollama_is_found_and_its_model_answers(owner, provider):
    found = owner.post(STEP_2, {"way": "ollama", "api_base": provider.url.removesuffix("/v1")}).content.decode()
    assert "<option>qwen3:14b</option>" in found
    number = Provider.objects.get().pk
    assert owner.post(STEP_2, {"provider": number, "model": "qwen3:14b"})["Location"] == STEP_3
    assert models_for("chat")[0].name == "ollama_chat/qwen3:14b"


def test_two_things_are_shown_with_their_words_and_undone(owner):
    script = {"HTTP_HX_REQUEST": "true"}
    known = owner.post(STEP_3, {"first": "I'm Mia and I live in Bergen.", "second": ""}, **script).content.decode()
    assert "<mark>" in known
    assert "Bergen</mark>" in known.replace("Bergen.</mark>", "Bergen</mark>")
    again = owner.post(STEP_3, {"first": "I'm Mia and I live in Bergen.", "second": "Hm, well."}, **script)
    assert again.content.decode().count('known"') == known.count('known"')  # said twice, known once
    batch = known.split('name="batch" value="')[1].split('"')[0]
    assert owner.post("/memory/undo/", {"batch": batch, "next": STEP_3})["Location"] == STEP_3
    assert "Bergen</mark>" not in owner.get(STEP_3).content.decode()
    assert owner.post(STEP_3, {"first": "", "second": ""})["Location"] == "/"


def test_a_sentence_mended_in_its_field_shows_each_fact_once(owner):
    script = {"HTTP_HX_REQUEST": "true"}
    owner.post(STEP_3, {"first": "I live in Bergen and work as a nurse."}, **script)
    known = owner.post(STEP_3, {"first": "I live in Bergen, and I work as a nurse!"}, **script).content.decode()
    assert known.count('name="batch"') == 2


def test_the_field_and_the_form_sent_at_once_keep_one_sentence(owner, alice):
    """Enter leaves the field and sends the form: two requests that say the same."""
    cookies, ready = owner.cookies, Barrier(2)

    def send() -> int:
        browser = Client()
        browser.cookies = cookies
        ready.wait(10)
        try:
            return browser.post(STEP_3, {"first": "I live in Bergen.", "second": ""}).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as both:
        assert [sent.result() for sent in [both.submit(send), both.submit(send)]] == [302, 302]
    with as_user(alice):
        assert [message.text for message in first_words(alice.pk)] == ["I live in Bergen."]


def test_only_the_owner_chooses_a_model(client, transactional_db, alice, bob):
    client.force_login(bob, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(STEP_2).status_code == 403
