"""Exports, imports and the end of a project through the API: as an app does it, with what its token allows."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import pytest
from django.utils import timezone

from assistant.conversations import projects, services
from assistant.models import Conversation, Project, Transfer
from memory import api as memory
from profiles.api import AccessToken
from profiles.owned import as_user
from tests.assistant.exchange.files import CHATGPT, archive
from tests.assistant.test_rest import problem
from tests.people import Phone
from tests.stack import eventually

pytestmark = pytest.mark.stack


@pytest.fixture
def phone(live, alice):
    return Phone(live, alice)


def finished(phone, path: str) -> dict[str, Any]:
    eventually(lambda: phone.get(path).json()["state"] in ("done", "failed"))
    return phone.get(path).json()


def upload(phone, data: bytes, **headers: str):
    return phone.client.post("me/imports", files={"file": ("export.zip", data)}, headers=headers)


def test_everything_is_packed_and_fetched_by_its_owner_alone(phone, live, worker, alice, bob):
    with as_user(alice):
        services.note_first_words(alice.pk, text="I live in Bergen.", at=timezone.now(), client_id="w")
    begun = phone.post("me/exports")
    assert begun.status_code == 202
    done = finished(phone, f"me/exports/{begun.json()['id']}")
    assert (done["state"], done["done"], done["total"]) == ("done", 1, 1)
    assert [row["id"] for row in phone.get("me/exports").json()["items"]] == [done["id"]]
    path = done["file"].removeprefix("/api/v1/")
    assert "memory.json" in zipfile.ZipFile(io.BytesIO(phone.get(path).content)).namelist()
    others = Phone(live, bob)
    assert problem(others.get(path)) == (404, "not-found")
    assert others.get("me/exports").json()["items"] == []


def test_another_assistants_chats_come_in_and_a_repeated_upload_comes_in_once(phone, worker, alice):
    data = archive(conversations=CHATGPT)
    begun = upload(phone, data, **{"Idempotency-Key": "once"})
    assert begun.status_code == 202, begun.text
    again = upload(phone, data, **{"Idempotency-Key": "once"})
    assert again.headers["Idempotency-Replayed"] == "true"
    assert problem(upload(phone, data[:-1], **{"Idempotency-Key": "once"})) == (422, "idempotency-key-reused")
    done = finished(phone, f"me/imports/{begun.json()['id']}")
    assert (done["source"], done["kept"]) == ("chatgpt", {"chats": 1, "messages": 3})
    assert eventually(lambda: phone.get(f"me/imports/{done['id']}").json()["waiting"]) == 1
    assert len(phone.get("me/imports").json()["items"]) == 1


def test_what_can_not_be_taken_in_is_a_problem(phone, alice):
    assert problem(upload(phone, b"")) == (400, "not-readable")
    assert problem(phone.client.post("me/imports", files={"other": ("x", b"1")}))[1] == "invalid"
    assert upload(phone, json.dumps([]).encode()).status_code == 202
    assert problem(upload(phone, b"[]")) == (409, "already-running")
    (row,) = phone.get("me/imports").json()["items"]
    assert phone.post(f"me/imports/{row['id']}/cancel").json()["state"] == "cancelled"
    assert problem(phone.get(f"me/exports/{row['id']}")) == (404, "not-found")
    with as_user(alice):
        assert Transfer.objects.of(alice).count() == 1


def test_a_token_for_chatting_alone_takes_nothing_along(live, alice):
    phone = Phone(live, alice, scopes=[AccessToken.Scope.CHAT, AccessToken.Scope.MEMORY_READ])
    assert problem(phone.post("me/exports"))[0] == 403
    assert problem(upload(phone, b"[]"))[0] == 403


@pytest.fixture
def cello(alice) -> tuple[Project, Conversation]:
    """A project with a chat in which something was learned."""
    with as_user(alice):
        project = projects.begin_project(alice.pk, name="Cello", at=timezone.now(), memory="isolated")
        chat = services.start_conversation(alice.pk, at=timezone.now(), project_id=project.id)
        services.post_message(alice.pk, chat.id, text="I live in Bergen.", at=timezone.now())
        memory.ingest(alice.pk, at=timezone.now())
        assert memory.facts_of(alice.pk, memory.FactFilter()).facts
    return project, chat


@pytest.mark.parametrize(("memories", "is_left"), [("keep", True), ("forget", False)])
def test_a_project_goes_and_its_chats_and_what_was_learned_as_was_said(phone, alice, cello, memories, is_left):
    project, chat = cello
    path = f"projects/{project.id}"
    assert problem(phone.client.delete(path)) == (400, "invalid")
    assert phone.client.delete(path, params={"memories": memories}).status_code == 204
    assert problem(phone.get(path)) == (404, "not-found")
    assert (phone.get(f"conversations/{chat.id}").status_code == 200) is is_left
    with as_user(alice):
        assert bool(memory.facts_of(alice.pk, memory.FactFilter()).facts) is is_left


def test_nobody_deletes_the_project_of_another(live, alice, bob, cello):
    project, _chat = cello
    answer = Phone(live, bob).client.delete(f"projects/{project.id}", params={"memories": "forget"})
    assert problem(answer) == (404, "not-found")
    with as_user(alice):
        assert Project.objects.of(alice).exists()
