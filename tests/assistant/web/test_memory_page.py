"""The memory page: in short, put right with a date and a look ahead, taken back and taken up again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from assistant.conversations import services
from assistant.models import Message, Run
from memory import api as memory
from memory.models import Fact
from profiles.owned import as_user
from tests.memory.test_entities import ask
from tests.memory.test_reconcile import claim, say


@pytest.fixture
def hers(client, transactional_db, alice):
    client.force_login(alice, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def said(alice) -> Message:
    """That alice lives in Bergen, said in a chat."""
    with as_user(alice):
        return services.note_first_words(
            alice.pk, text="I live in Bergen and I love sardines.", at=timezone.now(), client_id="w1"
        )


def lives(alice) -> memory.FactView | None:
    with as_user(alice):
        return next(iter(memory.facts_of(alice.pk, memory.FactFilter(predicate="lives_in")).facts), None)


def test_what_is_known_stands_in_short_by_topic_and_by_week(hers, said):
    page = hers.get("/memory/").content.decode()
    assert "In short" in page
    assert "Bergen" in page.split("In short")[1].split("</details>")[0]
    assert "sardines" in hers.get("/memory/?topic=tastes").content.decode().split("In a few sentences")[1]
    assert "This week" in hers.get("/memory/timeline/").content.decode()


def test_a_change_says_what_it_would_do_and_does_it_on_its_day(hers, alice, said):
    fact = lives(alice)
    day = timezone.localdate() - timedelta(days=3)
    form = {"kind": "changed", "value-changed": "Voss", "since": day.isoformat(), "version": fact.version}
    ahead = hers.post(f"/memory/{fact.id}/correct/", {**form, "do": "preview"}).content.decode()
    assert "After saving:" in ahead
    assert "Voss" in ahead
    assert lives(alice).value == "Bergen"  # a look ahead changes nothing
    hers.post(f"/memory/{fact.id}/correct/", form)
    assert (lives(alice).value, lives(alice).valid_from) == ("Voss", day)
    future = {**form, "since": (timezone.localdate() + timedelta(days=3)).isoformat(), "version": lives(alice).version}
    assert hers.post(f"/memory/{lives(alice).id}/correct/", {**form, "since": "then"}).status_code == 400
    assert hers.post(f"/memory/{lives(alice).id}/correct/", future).status_code == 400


def test_what_was_taken_back_is_remembered_after_all_with_its_words(hers, alice, said):
    with as_user(alice):
        batch = str(memory.learned_from(alice.pk, [said.id])[said.id][0].batch_id)
    script = {"HTTP_HX_REQUEST": "true"}
    gone = hers.post("/memory/undo/", {"batch": batch, "message": said.id}, **script).content.decode()
    assert "Remember after all" in gone
    assert lives(alice) is None
    back = hers.post("/memory/redo/", {"batch": batch, "message": said.id}, **script).content.decode()
    assert "Remembered" in back
    fact = lives(alice)
    assert fact.quote
    with as_user(alice):
        again = memory.learned_from(alice.pk, [said.id])[said.id]
        assert {chip.fact.predicate for chip in again} >= {"lives_in"}
        memory.undo(alice.pk, again[0].batch_id, at=timezone.now())
    assert lives(alice) is None
    twice = hers.post("/memory/redo/", {"batch": batch, "message": said.id}, **script)
    assert "That could not be done." not in twice.content.decode()
    assert lives(alice) is not None


def test_an_answer_that_was_cut_can_go_on(hers, alice):
    with as_user(alice):
        chat = services.start_conversation(alice.pk, at=timezone.now())
        posted = services.post_message(alice.pk, chat.id, text="Tell me a story.", at=timezone.now())
        Message.objects.of(alice).filter(id=posted.run.answer_id).update(text="Once upon a")
        Run.objects.of(alice).update(status="truncated", finished_at=timezone.now())
    assert "Go on</button>" in hers.get(f"/c/{chat.id}/").content.decode()
    hers.post(f"/c/{chat.id}/", {"text": "Go on.", "client_id": f"go-on-{posted.run.answer_id}"})
    assert "Go on</button>" not in hers.get(f"/c/{chat.id}/").content.decode()


def test_the_page_of_questions_says_who_is_meant(hers, alice):
    with as_user(alice):
        question = ask(alice)
    page = hers.get("/memory/questions/").content.decode()
    assert "Which Meera?" in page
    assert "Meera lives in Pune" in page
    assert page.count("This one</button>") == 2
    hers.post(f"/memory/questions/{question.id}/", {"entity": question.entities[1].id})
    assert "No questions." in hers.get("/memory/questions/").content.decode()
    with as_user(alice):
        (fact,) = memory.facts_of(alice.pk, memory.FactFilter(q="Pune")).facts
    assert fact.status == "active"


def test_quotes_that_run_into_each_other_are_shown_cut_once(hers, alice):
    with as_user(alice):
        say(
            alice,
            "So I live in Bergen by the sea now.",
            claim("lives_in", "Bergen", "I live in Bergen"),
            claim("likes", "Bergen by the sea", "Bergen by the sea"),
        )
    page = hers.get("/memory/forget/", {"query": "Bergen"}).content.decode()
    assert page.count("<del>") == 1
    assert "So <del>I live in Bergen by the sea</del> now." in page


def test_a_chat_to_be_deleted_says_what_is_known_from_there_alone(hers, alice, said):
    with as_user(alice):
        other = services.start_conversation(alice.pk, at=timezone.now())
        services.post_message(alice.pk, other.id, text="I live in Bergen.", at=timezone.now())
        memory.ingest(alice.pk, at=timezone.now())
    page = " ".join(hers.get(f"/c/{said.conversation_id}/delete/").content.decode().split())
    assert "I learned 2 things in this chat. One of them only here." in page
    assert "sardines" in page
    assert "What other chats say too stays." in page


def test_a_history_tells_why_each_gave_way_and_takes_back_what_was_called_wrong(hers, alice, said):
    fact = lives(alice)
    since = timezone.localdate() - timedelta(days=3)
    form = {"kind": "changed", "value-changed": "Voss", "since": since.isoformat(), "version": fact.version}
    hers.post(f"/memory/{fact.id}/correct/", form)
    voss = lives(alice)
    page = hers.get(f"/memory/{voss.id}/").content.decode()
    assert "Replaced “Bergen” because it changed." in page
    assert "Changed by you on " in page
    assert "Looked at again" in page
    hers.post(f"/memory/{voss.id}/correct/", {"kind": "wrong", "value-wrong": "Molde", "version": voss.version})
    history = hers.get(f"/memory/{lives(alice).id}/").content.decode().split('class="history"')[1].split("</ol>")[0]
    assert "Replaced “Voss”, which was never true." in history
    wrong = next(line for line in history.split("<li") if "Marked as wrong by you on " in line)
    assert "Lives in Voss" in wrong
    with as_user(alice):
        (end,) = [end for end in memory.fact_detail(alice.pk, lives(alice).id).ended.values() if end.action == "wrong"]
    assert f'value="{end.batch_id}"' in wrong
    hers.post("/memory/undo/", {"batch": str(end.batch_id)})
    assert lives(alice).value == "Voss"


def test_what_waits_for_review_is_kept_or_not_from_its_row(hers, alice, said):
    fact = lives(alice)
    assert fact is not None
    assert "Don’t keep" not in hers.get("/memory/").content.decode()
    with as_user(alice):
        Fact.objects.of(alice).filter(pk=fact.id).update(status="proposed")
    row = hers.get("/memory/?show=waiting").content.decode()
    assert "Don’t keep" in row
    assert "This waits for your review" in hers.get(f"/memory/{fact.id}/").content.decode()
    hers.post(f"/memory/{fact.id}/confirm/", {"next": "/memory/?show=waiting"})
    assert lives(alice) is not None
