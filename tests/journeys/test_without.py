"""What an answer owes to memory: answered again without an item, each item weighed, and a prompt of which providers can reuse the start."""

from __future__ import annotations

import pytest

from tests.stack import eventually

pytestmark = pytest.mark.stack


def receipt(phone, message):
    return phone.get(f"messages/{message}/context").json()


@pytest.fixture
def answered(phone):
    """A question that is answered from one memory: (chat, id of the answer)."""
    phone.answer(phone.new_chat(), "My boat is called Saltkråka.")
    phone.answer(phone.new_chat(), "I live in Bergen.")
    eventually(lambda: phone.known("lives_in"))
    chat = phone.new_chat()
    posted = phone.say(chat, "Where do I live?")
    phone.events(posted["run"]["id"])
    return chat, posted["run"]["message"]


def test_an_answer_is_written_again_without_a_memory_and_both_are_kept(phone, answered):
    chat, first = answered
    out = [item["reference"] for item in receipt(phone, first) if "Bergen" in item["text"] and item["kind"] != "turn"]
    again = phone.post(f"messages/{first}/regenerate", {"without": out}).json()
    phone.events(again["run"]["id"])
    second = again["run"]["message"]
    assert not [item for item in receipt(phone, second) if "Bergen" in item["text"] and item["kind"] != "now"]
    shown = phone.get(f"conversations/{chat}/messages").json()["items"]
    answer = next(item for item in shown if item["id"] == second)
    assert "Bergen" not in answer["text"]
    phone.post(f"messages/{first}/show")
    shown = phone.get(f"conversations/{chat}/messages").json()["items"]
    assert any("Bergen" in item["text"] for item in shown if item["id"] == first)


def test_the_memory_an_answer_rests_on_weighs_more_than_one_it_does_not(phone, answered):
    _, message = answered
    assert phone.post(f"messages/{message}/influence").status_code == 202
    eventually(lambda: phone.get(f"messages/{message}/influence").json()["state"] == "done")
    weights = {item["text"]: item["influence"] for item in receipt(phone, message) if item["influence"] is not None}
    home = max(weight for text, weight in weights.items() if "Bergen" in text)
    assert home > 0
    assert all(weight <= home for weight in weights.values())


def test_an_answer_without_memory_has_nothing_to_weigh(phone):
    posted = phone.say(phone.new_chat(), "What is 12 * 3?")
    phone.events(posted["run"]["id"])
    response = phone.post(f"messages/{posted['run']['message']}/influence")
    assert response.status_code == 409
    assert response.json()["code"] == "nothing-to-weigh"
