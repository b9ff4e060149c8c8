"""Settings → Models: the owner connects providers, others only look."""

from __future__ import annotations

import pytest
from django.utils import timezone

from assistant.llm.choice import models_for
from assistant.models import Budget, ModelRole, Provider, Usage
from profiles.owned import as_user
from tests.stack import forget_cached

PAGE = "/settings/models/"
KEY = "sk-test-only-4f2a"


@pytest.fixture
def owner(client, transactional_db, alice):
    forget_cached()
    client.force_login(alice, backend="django.contrib.auth.backends.ModelBackend")
    yield client
    forget_cached()


def connect(client, **fields) -> int:
    answer = client.post(f"{PAGE}connect/", fields)
    assert answer.status_code == 302, answer.content.decode()
    return int(answer["Location"].rstrip("/").rsplit("/", 1)[-1])


def test_a_provider_is_connected_offers_its_models_and_the_first_one_answers(owner, provider):
    page = f"{PAGE}{connect(owner, kind='compatible', name='Ours', api_base=provider.url, key=KEY)}/"
    shown = owner.get(page).content.decode()
    assert "<option>plain</option>" in shown
    assert KEY not in shown
    owner.post(page, {"do": "add", "offered": "plain"})
    owner.post(page, {"do": "add", "name": "429"})
    assert [model.name for model in models_for("chat")] == ["openai/plain", "builtin/companion"]
    row = Provider.objects.get().offers.get(name="plain")
    assert "It answers." in owner.post(page, {"do": "test", "model": row.pk}, follow=True).content.decode()
    assert "Connected" in owner.get(PAGE).content.decode()


def test_what_is_wrong_is_said_in_words(owner, provider):
    assert "An address is needed" in owner.post(f"{PAGE}connect/", {"kind": "ollama_chat"}).content.decode()
    assert "wants a key" in owner.post(f"{PAGE}connect/", {"kind": "openai"}).content.decode()
    nobody = connect(owner, kind="compatible", api_base="127.0.0.1:9")
    assert "No answer from this address" in owner.get(f"{PAGE}{nobody}/").content.decode()
    page = f"{PAGE}{connect(owner, kind='compatible', name='Ours', api_base=provider.url)}/"
    owner.post(page, {"do": "add", "name": "401"})
    row = Provider.objects.get(name="Ours").offers.get()
    owner.post(page, {"do": "test", "model": row.pk})
    assert "Key refused" in owner.get(PAGE).content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "http://ollama:11434",
        "http://localhost:8080/v1",
        "https://my_models.internal:8443",
        "http://[::1]:11434",
        "http://192.168.1.4:1234",
        "https://modèle.example.org/v1",
    ],
)
def test_an_address_of_ones_own_network_is_accepted(owner, address):
    connect(owner, kind="compatible", name="Ours", api_base=address)
    assert Provider.objects.get().api_base == address


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("ftp://ollama:21", "begins with http"),
        ("http:///v1", "no address that could be asked"),
        ("http://ollama:99999", "no address that could be asked"),
        ("http://[::1", "no address that could be asked"),
        ("http://-x/", "no address that could be asked"),
        ("http://my models", "no blanks"),
        ("http://me:secret@ollama:11434", "the address is shown"),
    ],
)
def test_what_is_no_address_is_refused_in_words(owner, address, told):
    answer = owner.post(f"{PAGE}connect/", {"kind": "ollama_chat", "name": "Ours", "api_base": address})
    assert answer.status_code == 400
    assert told in answer.content.decode()
    assert not Provider.objects.exists()


def test_roles_stand_in_an_order_that_can_be_changed(owner, provider):
    page = f"{PAGE}{connect(owner, kind='compatible', api_base=provider.url)}/"
    for name in ("plain", "small"):
        owner.post(page, {"do": "add", "name": name})
    small = Provider.objects.get().offers.get(name="small")
    owner.post(f"{PAGE}roles/", {"do": "add", "role": "chat", "model": small.pk})
    assert [model.label for model in models_for("chat")][:2] == ["plain", "small"]
    row = ModelRole.objects.get(role="chat", model=small)
    owner.post(f"{PAGE}roles/", {"do": "up", "row": row.pk})
    assert [model.label for model in models_for("chat")][:2] == ["small", "plain"]
    owner.post(f"{PAGE}roles/", {"do": "drop", "row": row.pk})
    assert [model.label for model in models_for("chat")][:1] == ["plain"]
    owner.post(page, {"do": "remove"})
    assert [model.name for model in models_for("chat")] == ["builtin/companion"]


def test_usage_and_budget(owner, alice, bob):
    with as_user(bob):
        Usage.objects.create(
            user=bob,
            role="chat",
            model="openai/dear",
            input_tokens=900,
            output_tokens=90,
            cost=2,
            called_at=timezone.now(),
        )
    assert "dear" in owner.get(PAGE).content.decode()
    assert "can&#x27;t be a budget" in owner.post(f"{PAGE}budget/", {"dollars": "much"}, follow=True).content.decode()
    shown = owner.post(f"{PAGE}budget/", {"dollars": "1,50", "tokens": ""}, follow=True).content.decode()
    assert "Used up" in shown
    owner.post(f"{PAGE}budget/", {"dollars": "", "tokens": ""})
    assert not Budget.objects.exists()


def test_others_look_and_change_nothing(client, transactional_db, alice, bob):
    client.force_login(bob, backend="django.contrib.auth.backends.ModelBackend")
    shown = client.get(PAGE).content.decode()
    assert "Which model answers" in shown
    assert "Connect a provider" not in shown
    assert client.get(f"{PAGE}connect/").status_code == 403
    assert client.post(f"{PAGE}roles/", {}).status_code == 403
