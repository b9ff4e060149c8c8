"""The API as an app meets it: who may, what is refused and how, and that nothing of one reaches another."""

from __future__ import annotations

import uuid

import pytest

from assistant.models import Conversation, Message
from profiles.owned import as_user
from tests.people import Phone

pytestmark = pytest.mark.stack


def problem(response):
    assert response.headers["Content-Type"] == "application/problem+json"
    body = response.json()
    assert {"type", "title", "status", "detail", "code", "request_id"} <= set(body)
    assert body["status"] == response.status_code
    return response.status_code, body["code"]


@pytest.fixture
def phone(live, alice):
    return Phone(live, alice)


def count_messages(user) -> int:
    with as_user(user):
        return Message.objects.of(user).count()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", (400, "empty-message")),
        (" \n\t ", (400, "empty-message")),
        ("x" * 1_000_000, (413, "message-too-long")),
        ("nul\x00byte", (400, "invalid")),
        (None, (400, "invalid")),
    ],
)
def test_a_message_that_cannot_be_kept_is_refused_and_leaves_nothing(phone, alice, text, expected):
    chat = phone.new_chat()
    assert problem(phone.post(f"conversations/{chat}/messages", {"text": text})) == expected
    assert count_messages(alice) == 0


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b'{"text": ', "application/json"),
        (b"[1, 2", "application/json"),
        (b'{"text": "\\ud800"}', "application/json"),
        (b"text=hello", "application/x-www-form-urlencoded"),
        (b"[" * 2000, "application/json"),
    ],
)
def test_a_body_that_is_no_message_is_a_problem_and_no_fault(phone, alice, body, kind):
    chat = phone.new_chat()
    response = phone.client.post(f"conversations/{chat}/messages", content=body, headers={"Content-Type": kind})
    status, code = problem(response)
    assert 400 <= status < 500
    assert code != "fault"
    assert count_messages(alice) == 0


def test_a_field_nobody_knows_is_named(phone):
    response = phone.post("conversations", {"titel": "typo"})
    assert problem(response) == (400, "invalid")
    assert response.json()["errors"][0]["field"] == "titel"


def test_a_model_nobody_connected_is_refused(phone, alice):
    chat = phone.new_chat()
    response = phone.post(f"conversations/{chat}/messages", {"text": "Hello", "model": "openai/none-such"})
    assert problem(response) == (400, "unknown-model")
    assert count_messages(alice) == 0


def test_what_does_not_exist_and_what_is_anothers_look_the_same(live, phone, alice, bob):
    chat = phone.new_chat()
    posted = phone.say(chat, "My secret plan")
    stranger = Phone(live, bob)
    nothing = uuid.uuid4()
    message, run = posted["message"]["id"], posted["run"]["id"]
    for method, path, other in (
        ("GET", f"conversations/{chat}", f"conversations/{nothing}"),
        ("GET", f"conversations/{chat}/messages", f"conversations/{nothing}/messages"),
        ("POST", f"conversations/{chat}/messages", f"conversations/{nothing}/messages"),
        ("PATCH", f"conversations/{chat}", f"conversations/{nothing}"),
        ("DELETE", f"conversations/{chat}?memories=forget", f"conversations/{nothing}?memories=forget"),
        ("POST", f"messages/{message}/edit", f"messages/{nothing}/edit"),
        ("POST", f"messages/{message}/regenerate", f"messages/{nothing}/regenerate"),
        ("GET", f"messages/{message}/context", f"messages/{nothing}/context"),
        ("GET", f"runs/{run}", f"runs/{nothing}"),
        ("GET", f"runs/{run}/events", f"runs/{nothing}/events"),
        ("POST", f"runs/{run}/cancel", f"runs/{nothing}/cancel"),
    ):
        body = {"text": "x"} if path.endswith(("messages", "edit")) else {"title": "x"} if method == "PATCH" else {}
        answers = [stranger.client.request(method, each, json=body) for each in (path, other)]
        assert [problem(answer) for answer in answers] == [(404, "not-found")] * 2, path
        bodies = [{**answer.json(), "request_id": ""} for answer in answers]
        assert bodies[0] == bodies[1]
    with as_user(alice):
        assert Conversation.objects.of(alice).get(id=chat).title == "My secret plan"


def test_without_a_token_nothing_is_told(live, phone):
    import httpx

    for headers in (
        {},
        {"Authorization": "Bearer wrong"},
        {"Authorization": "Bearer"},
        {"Authorization": "Bearer a b"},
    ):
        response = httpx.get(f"{live}/api/v1/conversations", headers=headers)
        assert problem(response)[0] == 401
        assert response.headers["WWW-Authenticate"] == "Bearer"


def test_a_token_does_only_what_it_was_made_for(live, alice):
    reader = Phone(live, alice, scopes=["memory:read"])
    assert reader.get("memories").status_code == 200
    assert problem(reader.post("memories/undo"))[0] == 403
    assert problem(reader.get("conversations"))[0] == 403
    assert problem(Phone(live, alice).get("access-tokens"))[0] == 403


def test_a_revoked_token_stops_working_at_once(live, alice):
    phone = Phone(live, alice)
    assert phone.get("me").json()["email"] == "alice@example.org"
    alice.access_tokens.all().delete()
    assert problem(phone.get("me"))[0] == 401


def test_pages_of_conversations_lead_to_all_of_them_once(phone):
    made = {phone.new_chat() for _ in range(7)}
    seen, cursor = [], None
    while True:
        body = phone.get("conversations", params={"limit": 3, **({"cursor": cursor} if cursor else {})}).json()
        seen += [item["id"] for item in body["items"]]
        if not (cursor := body["next_cursor"]):
            break
    assert sorted(seen) == sorted(made)


def test_the_schema_describes_the_api(live):
    import httpx

    text = httpx.get(f"{live}/api/schema/").text
    assert "/api/v1/conversations/{conversation_id}/messages" in text
    assert "openapi: 3.1.0" in text
