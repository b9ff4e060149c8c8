"""Memory over the API, with a real worker and the built-in model: told once, known everywhere, asked for leave, forgotten, undone."""

from __future__ import annotations

import pytest

from tests.people import Phone
from tests.stack import eventually

pytestmark = pytest.mark.stack


def test_what_was_said_in_one_chat_is_known_in_another(phone):
    phone.answer(phone.new_chat(), "I'm Mia and I live in Bergen.")
    assert "Bergen" in phone.answer(phone.new_chat(), "Where do I live?")


def test_it_is_known_on_the_very_next_turn_before_anything_was_learned(phone, worker):
    chat = phone.new_chat()
    phone.answer(chat, "The spare key is under the blue flowerpot.")
    assert "blue flowerpot" in phone.answer(phone.new_chat(), "What did I say about the spare key?")


def test_a_sensitive_matter_waits_for_leave_and_is_asked_about_once(phone):
    chat = phone.new_chat()
    posted = phone.say(chat, "I'm allergic to peanuts and I have asthma.")
    phone.events(posted["run"]["id"])
    questions = eventually(lambda: phone.get("memories/questions").json())
    assert [(question["kind"], question["sensitivity"]) for question in questions] == [("consent", "health")]
    assert phone.known("allergic_to") == []
    assert phone.post(f"memories/questions/{questions[0]['id']}/answer", {"granted": True}).status_code == 200
    assert eventually(lambda: phone.known("allergic_to")) == ["peanuts"]
    assert phone.get("memories/questions").json() == []
    remembered = phone.get(f"conversations/{chat}/messages").json()["items"][0]["remembered"]
    assert any("peanuts" in chip["text"] for chip in remembered)


def test_a_chip_can_be_undone(phone):
    chat = phone.new_chat()
    phone.answer(chat, "I live in Bergen.")
    chip = eventually(lambda: phone.get(f"conversations/{chat}/messages").json()["items"][0]["remembered"])[0]
    assert phone.post("memories/undo", {"batch": chip["batch"]}).status_code == 200
    assert phone.known("lives_in") == []
    assert phone.get(f"conversations/{chat}/messages").json()["items"][0]["remembered"] == []


def test_what_changed_is_told_as_changed(phone):
    phone.answer(phone.new_chat(), "I live in Oslo.")
    eventually(lambda: phone.known("lives_in") == ["Oslo"])
    phone.answer(phone.new_chat(), "I moved to Bergen.")
    eventually(lambda: phone.known("lives_in") == ["Bergen"])
    assert "Oslo" in phone.answer(phone.new_chat(), "Where did I live before?")


def test_forgotten_is_gone_from_answers_receipts_and_lists_and_is_not_learned_again(phone):
    chat = phone.new_chat()
    phone.answer(chat, "I live in Poughkeepsie.")
    eventually(lambda: phone.known("lives_in"))
    answer = phone.say(phone.new_chat(), "Where do I live?")
    phone.events(answer["run"]["id"])
    preview = phone.post("memories/forget", {"query": "where I live"}).json()
    assert [fact["value"] for fact in preview["facts"]] == ["Poughkeepsie"]
    assert phone.known("lives_in") == ["Poughkeepsie"]  # a preview changes nothing
    receipt = phone.post(
        "memories/forget", {"query": "where I live", "token": preview["token"], "cut_messages": True}
    ).json()
    assert receipt["receipt"]["counts"]["facts"] == 1
    assert "Poughkeepsie" not in phone.answer(phone.new_chat(), "Where do I live?")
    assert "Poughkeepsie" not in phone.get(f"messages/{answer['run']['message']}/context").text
    assert "Poughkeepsie" not in phone.get(f"conversations/{chat}/messages").text
    assert "Poughkeepsie" not in phone.get("conversations").text


def test_a_command_acts_at_once(phone):
    chat = phone.new_chat()
    assert "Captain" in phone.answer(chat, "Call me Captain.")
    assert phone.known("preferred_name") == ["Captain"]
    answer = phone.answer(chat, "Forget what to call me.")
    assert phone.known("preferred_name") == []
    assert answer


def test_a_temporary_chat_leaves_nothing_and_sees_nothing(phone):
    phone.answer(phone.new_chat(), "I live in Bergen.")
    eventually(lambda: phone.known("lives_in"))
    chat = phone.new_chat(mode="temporary")
    assert "Bergen" not in phone.answer(chat, "Where do I live?")
    phone.answer(chat, "I work at Studio Nord.")
    phone.answer(phone.new_chat(), "Hello")  # the worker has had its turn
    assert phone.known("works_at") == []


def test_the_receipt_says_what_went_into_an_answer(phone):
    phone.answer(phone.new_chat(), "I live in Bergen.")
    eventually(lambda: phone.known("lives_in"))
    posted = phone.say(phone.new_chat(), "Where do I live?")
    phone.events(posted["run"]["id"])
    items = phone.get(f"messages/{posted['run']['message']}/context").json()
    assert items[0]["kind"] == "instructions"
    assert any("Bergen" in item["text"] for item in items)
    assert any(item["is_cited"] for item in items)
    assert all(item["tokens"] > 0 for item in items)


def test_memory_can_be_paused(phone):
    phone.client.patch("me/profile", json={"is_memory_paused": True})
    phone.answer(phone.new_chat(), "I live in Bergen.")
    phone.answer(phone.new_chat(), "Hello")
    assert phone.known("lives_in") == []


def test_another_user_gets_nothing_of_it(phone, live, bob):
    phone.answer(phone.new_chat(), "I live in Bergen and my sister is called Imogen.")
    eventually(lambda: phone.known("lives_in"))
    stranger = Phone(live, bob)
    for question in ("Where do I live?", "What is my sister's name?", "What do you know about me?", "Bergen Imogen"):
        answer = stranger.answer(stranger.new_chat(), question)
        assert "Bergen" not in answer.replace(question, "")
        assert "Imogen" not in answer.replace(question, "")
    assert stranger.get("memories").json()["items"] == []
