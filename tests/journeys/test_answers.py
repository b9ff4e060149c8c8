"""Answers over HTTP: resumed, shared, stopped, taken up again. With a real worker and the scripted provider."""

from __future__ import annotations

import pytest

from assistant.models import Conversation, Run
from assistant.tasks import recover_lost_runs
from profiles.owned import as_user
from tests.people import Phone
from tests.stack import eventually

pytestmark = pytest.mark.stack


def status(user, run_id: str) -> str:
    with as_user(user):
        return Run.objects.of(user).get(id=run_id).status


def names(events):
    return [name for _, name, _ in events]


def joined(events) -> str:
    """What a viewer has on the screen at the end."""
    text = ""
    for _, name, data in events:
        if name == "snapshot":
            text = data["text"]
        elif name == "message.delta":
            text += data["text"]
    return text


def test_every_viewer_sees_the_same_numbered_events_and_any_can_resume(live, worker, alice):
    phone = Phone(live, alice)
    posted = phone.say(phone.new_chat(), "What is 17 % of 2,340?")
    events = phone.events(posted["run"]["id"])
    seqs = [seq for seq, _, _ in events]
    assert seqs == list(range(1, len(seqs) + 1))
    assert names(events)[0] == "run.started"
    assert names(events)[-1] == "done"
    assert "397.8" in joined(events)
    middle = seqs[len(seqs) // 2]
    assert phone.events(posted["run"]["id"], after=middle) == events[middle:]


def test_what_was_streamed_is_what_is_stored(live, worker, alice):
    phone = Phone(live, alice)
    chat = phone.new_chat()
    posted = phone.say(chat, "Hello")
    events = phone.events(posted["run"]["id"])
    with as_user(alice):
        assert Conversation.objects.of(alice).get(id=chat).has_news, "nobody has looked at it yet"
    answer = phone.get(f"conversations/{chat}/messages").json()["items"][-1]
    assert answer["text"] == joined(events)
    assert answer["run"]["status"] == "done"
    with as_user(alice):
        assert not Conversation.objects.of(alice).get(id=chat).has_news, "it was read on the phone"


def test_a_stream_that_is_gone_is_replaced_by_the_stored_answer(live, worker, alice):
    from assistant.runs.stream import drop_streams

    phone = Phone(live, alice)
    posted = phone.say(phone.new_chat(), "Hello")
    before = joined(phone.events(posted["run"]["id"]))
    drop_streams([posted["run"]["id"]])
    events = phone.events(posted["run"]["id"])
    assert names(events) == ["snapshot", "message.completed", "done"]
    assert joined(events) == before


def test_sending_twice_never_makes_two(live, worker, alice):
    phone = Phone(live, alice)
    chat = phone.new_chat()
    first = phone.post(f"conversations/{chat}/messages", {"text": "Hello"}, headers={"Idempotency-Key": "k1"})
    again = phone.post(f"conversations/{chat}/messages", {"text": "Hello"}, headers={"Idempotency-Key": "k1"})
    assert again.json() == first.json()
    assert again.headers["Idempotency-Replayed"] == "true"
    other = phone.post(f"conversations/{chat}/messages", {"text": "Bye"}, headers={"Idempotency-Key": "k1"})
    assert (other.status_code, other.json()["code"]) == (422, "idempotency-key-reused")
    by_client = phone.say(chat, "Once", client_id="c1"), phone.say(chat, "Once", client_id="c1")
    assert by_client[0]["message"]["id"] == by_client[1]["message"]["id"]
    items = phone.get(f"conversations/{chat}/messages").json()["items"]
    assert [item["text"] for item in items if item["role"] == "user"] == ["Hello", "Once"]


def test_a_second_message_waits_for_the_first_answer(live, worker, alice):
    phone = Phone(live, alice)
    chat = phone.new_chat()
    first, second = phone.say(chat, "Hello"), phone.say(chat, "What is 2 + 3?")
    assert "5" in joined(phone.events(second["run"]["id"]))
    assert status(alice, first["run"]["id"]) == "done"


def test_an_answer_whose_worker_was_killed_is_taken_up_again(live, worker, alice, slow_model):
    phone = Phone(live, alice)
    chat = phone.new_chat()
    posted = phone.say(chat, "Tell me a long story", model=slow_model)
    run = posted["run"]["id"]
    eventually(lambda: phone.get(f"conversations/{chat}/messages").json()["items"][-1]["text"])
    worker.kill()
    assert status(alice, run) == "running"
    worker.start()

    def finished():
        recover_lost_runs()
        return status(alice, run) == "done"

    eventually(finished, seconds=60)
    events = phone.events(run)
    answer = phone.get(f"conversations/{chat}/messages").json()["items"][-1]["text"]
    assert joined(events) == answer
    assert answer.count("The end.") == 1


def test_stopping_keeps_what_was_written(live, worker, alice, slow_model):
    phone = Phone(live, alice)
    chat = phone.new_chat()
    posted = phone.say(chat, "Tell me a long story", model=slow_model)
    run = posted["run"]["id"]
    eventually(lambda: phone.get(f"conversations/{chat}/messages").json()["items"][-1]["text"])
    assert phone.post(f"runs/{run}/cancel").status_code == 202
    events = phone.events(run)
    assert "run.cancelled" in names(events)
    assert names(events)[-1] == "done"
    answer = phone.get(f"conversations/{chat}/messages").json()["items"][-1]
    assert answer["run"]["status"] == "cancelled"
    assert answer["text"]
    assert "The end." not in answer["text"]
    assert phone.post(f"runs/{run}/cancel").json()["code"] == "already-finished"


def test_a_provider_that_fails_is_told_and_memory_stands_in(live, worker, alice, provider):
    phone = Phone(live, alice)
    chat = phone.new_chat()
    posted = phone.say(chat, "What is 2 + 3?", model="openai/500")
    events = phone.events(posted["run"]["id"])
    assert "model.switched" in names(events)
    assert "5" in joined(events)
    assert "can't be reached" in joined(events).replace("’", "'")
    run = phone.get(f"runs/{posted['run']['id']}").json()
    assert (run["status"], run["model"]) == ("done", "builtin/companion")
    assert "sk-test-only" not in phone.get(f"conversations/{chat}/messages").text


def test_a_model_that_stops_in_the_middle_leaves_what_it_wrote(live, worker, alice, provider):
    phone = Phone(live, alice)
    chat = phone.new_chat()
    posted = phone.say(chat, "Tell me a long story", model="openai/cut")
    events = phone.events(posted["run"]["id"])
    assert "error" in names(events)
    answer = phone.get(f"conversations/{chat}/messages").json()["items"][-1]
    assert answer["run"]["status"] == "interrupted"
    assert answer["text"]
    assert answer["text"] == joined(events)


def test_an_old_chat_goes_into_the_prompt_as_a_summary(live, worker, alice, provider):
    """What no longer fits the window of recent turns is told by the stored summary."""
    provider.provider.state.answers["slow"] = "I see."
    phone = Phone(live, alice)
    chat = phone.new_chat()
    log = "The lighthouse keeper counts the ships and writes each of their names in the book. " * 12
    for number in range(8):
        phone.answer(chat, f"Chapter {number}. {log}", model="openai/slow")

    def summary_blocks():
        phone.answer(chat, "And then?", model="openai/slow")
        sent = [message["content"] for message in provider.requests[-1]["body"]["messages"]]
        return [text for text in sent if "⟦memory:summary" in text]

    eventually(summary_blocks, seconds=40)
