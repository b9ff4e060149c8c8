"""What pages say when something is not as it was: a form that is out of date, a limit that is used up, a server that starts, news in another chat."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.db.backends.postgresql.base import DatabaseWrapper
from django.test import RequestFactory
from django.utils import timezone

from assistant.conversations.projects import begin_project, change_project, get_project
from assistant.conversations.services import edit_message, note_news, post_message, start_conversation
from assistant.models import Message, Run, Usage
from assistant.web.chat import pasted_spans
from assistant.web.turns import parts_of
from config.broken import server_error
from memory import api as memory
from profiles.api import change_profile, profile_of
from profiles.owned import as_user


@pytest.fixture
def page(client, transactional_db, alice):
    client.force_login(alice, backend="django.contrib.auth.backends.ModelBackend")
    return client


def known(alice, predicate: str) -> list[memory.FactView]:
    with as_user(alice):
        return list(memory.facts_of(alice.pk, memory.FactFilter(predicate=predicate, statuses=("active",))).facts)


def form_of(html: str) -> dict[str, str]:
    """The hidden fields of a page, by name."""
    fields = re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)"', html)
    return {name: value for name, value in fields if name != "csrfmiddlewaretoken"}


@pytest.mark.parametrize("meanwhile", ["wording", "changed"])
def test_a_correction_that_comes_too_late_shows_theirs_and_can_still_be_saved(page, alice, meanwhile):
    with as_user(alice):
        memory.edit_profile(alice.pk, predicate="lives_in", value="Oslo", at=timezone.now())
    (fact,) = known(alice, "lives_in")
    begun = form_of(page.get(f"/memory/{fact.id}/correct/").content.decode())
    with as_user(alice):
        memory.correct(alice.pk, fact.id, value="Voss", kind=meanwhile, at=timezone.now())
    late = page.post(f"/memory/{fact.id}/correct/", {**begun, "kind": "changed", "value-changed": "Bergen"})
    html = late.content.decode()
    assert late.status_code == 412
    assert "This was changed elsewhere meanwhile." in html
    assert "Voss" in html.split("Show theirs")[1].split("</details>")[0]
    assert 'value="Bergen"' in html
    assert [one.value for one in known(alice, "lives_in")] == ["Voss"]
    action = re.search(r'action="(/memory/[^"]+/correct/)"', html)
    assert action
    page.post(action[1], {**form_of(html), "kind": "changed", "value-changed": "Bergen"})
    assert [one.value for one in known(alice, "lives_in")] == ["Bergen"]


def test_a_profile_takes_the_place_of_nothing_it_never_showed(page, alice):
    begun = form_of(page.get("/profile/").content.decode())
    with as_user(alice):
        change_profile(alice.pk, custom_instructions="Answer in rhymes.", time_zone="Europe/Paris")
    sent = {**begun, "time_zone": begun["time_zone-was"], "custom_instructions": "Be brief.", "preferred_name": "Ali"}
    late = page.post("/profile/", sent)
    html = late.content.decode()
    assert late.status_code == 412
    assert "Answer in rhymes." in html.split("Show theirs")[1].split("</details>")[0]
    assert ">Be brief.</textarea>" in html
    with as_user(alice):
        stands = profile_of(alice.pk)
    assert (stands.custom_instructions, stands.time_zone) == ("Answer in rhymes.", "Europe/Paris")
    assert [one.value for one in known(alice, "preferred_name")] == ["Ali"]
    page.post("/profile/", {**form_of(html), "custom_instructions": "Be brief."})
    with as_user(alice):
        assert profile_of(alice.pk).custom_instructions == "Be brief."


def test_a_projects_instructions_are_not_overwritten_unseen(page, alice):
    with as_user(alice):
        project = begin_project(alice.pk, name="Cello", at=timezone.now())
    begun = form_of(page.get(f"/projects/{project.id}/").content.decode())
    with as_user(alice):
        change_project(alice.pk, project.id, instructions="Use sharps.")
    mine = {"name": "Cello", "instructions": "Use flats."}
    late = page.post(f"/projects/{project.id}/", {**begun, **mine})
    assert late.status_code == 412
    assert "Use sharps." in late.content.decode()
    page.post(f"/projects/{project.id}/", {**form_of(late.content.decode()), **mine})
    with as_user(alice):
        assert get_project(alice.pk, project.id).instructions == "Use flats."


def test_who_asks_too_often_is_told_the_seconds_that_are_left(client, transactional_db, alice, settings):
    settings.ACCOUNT_RATE_LIMITS = {"reset_password": "1/12s/key"}
    client.post("/accounts/password/reset/", {"email": alice.email})
    refused = client.post("/accounts/password/reset/", {"email": alice.email})
    assert refused.status_code == 429
    seconds = int(refused["Retry-After"])
    assert 0 < seconds <= 12
    assert f"That was a lot at once. Try again in {seconds} second" in refused.content.decode()


def answered(method: str, error: Exception) -> Any:
    try:
        raise error
    except Exception:  # noqa: BLE001  (as Django calls it: while the exception is handled)
        return server_error(getattr(RequestFactory(), method)("/memory/"))


def test_while_there_is_no_database_a_page_says_so_and_tries_again(db):
    nowhere = DatabaseWrapper({**connection.settings_dict, "HOST": "127.0.0.1", "PORT": 1, "OPTIONS": {}}, "nowhere")
    with pytest.raises(OperationalError) as refused:
        nowhere.ensure_connection()
    starting = answered("get", refused.value)
    assert starting.status_code == 503
    assert "Starting up. This page tries again by itself." in starting.content.decode()
    assert starting["Refresh"] == starting["Retry-After"]
    assert "Refresh" not in answered("post", refused.value), "what was sent would be dropped"


def test_what_breaks_gives_a_reference_that_stands_in_the_log(caplog):
    broken = answered("get", ValueError("of no concern to anybody"))
    assert broken.status_code == 500
    found = re.search(r"Something went wrong on our side\. Reference ([0-9a-f]{6})\.", broken.content.decode())
    assert found
    assert found[1] in caplog.text


def test_an_answer_that_was_finished_elsewhere_is_marked_until_the_chat_is_opened(page, alice):
    with as_user(alice):
        chat = start_conversation(alice.pk, at=timezone.now())
        post_message(alice.pk, chat.id, text="How long does rye take?", at=timezone.now())
        note_news(alice.pk, chat.id)
    html = page.get("/memory/").content.decode()
    assert 'class="chat  news"' in html
    assert "New answer" in html.split('class="chat  news"')[1].split("</a>")[0]
    page.get(f"/c/{chat.id}/")
    assert 'class="chat  news"' not in page.get("/memory/").content.decode()


def test_ctrl_enter_can_be_chosen_and_the_list_of_keys_follows(page):
    def keys(html: str) -> dict[str, str]:
        rows = re.findall(r"<div><dt>(.*?)</dt><dd>(.*?)</dd>", html)
        return {words: " ".join(re.findall(r"<kbd>(.*?)</kbd>", row)) for row, words in rows}

    assert keys(page.get("/keys/").content.decode())["Send"] == "Enter"
    page.post("/settings/appearance/", {"theme": "system", "text_size": "100", "sends_by_ctrl_enter": "on"})
    told = keys(page.get("/keys/").content.decode())
    assert (told["Send"], told["New line"]) == ("Ctrl Enter", "Enter")
    html = page.get("/").content.decode()
    assert "data-ctrl-enter" in html
    assert "Send (Ctrl Enter)" in html


def test_a_search_is_narrowed_by_kind(page, alice):
    with as_user(alice):
        memory.edit_profile(alice.pk, predicate="lives_in", value="Porto", at=timezone.now())
        chat = start_conversation(alice.pk, at=timezone.now())
        post_message(alice.pk, chat.id, text="A tram in Porto?", at=timezone.now())
    everything = page.get("/search/", {"q": "porto"}).content.decode()
    assert re.findall(r'data-kind="(\w*)" (?:aria-current="true")?>(\w+) <span class="number">(\d)', everything) == [
        ("", "All", "2"),
        ("memory", "Memory", "1"),
        ("chats", "Chats", "1"),
        ("files", "Files", "0"),
    ]
    only = page.get("/search/", {"q": "porto", "kind": "memory"}).content.decode()
    assert "Lives in" in only
    assert "A tram in" not in only.split("data-results")[1]
    none = page.get("/search/", {"q": "porto", "kind": "files"}).content.decode()
    assert "Nothing found for “porto”. Try fewer words." in none


LETTER = "Dear all,\n" + "we meet on Friday. I live in Trondheim and I am called Ingrid.\n" * 40


def test_what_was_pasted_is_folded_with_its_lines_and_kept_apart_from_what_is_learned(page, alice):
    text = f"Sum this up:\n\n{LETTER.strip()}"
    page.post("/", {"text": text.replace("\n", "\r\n"), "pasted": f"[[14, {len(text)}]]"})
    with as_user(alice):
        message = Message.objects.of(alice).get(role="user")
        assert message.text == text
        assert [part.lines for part in parts_of(message)] == [0, 41]
        memory.ingest(alice.pk, at=timezone.now())
        changed = edit_message(alice.pk, message.id, text=f"Please, {text}", at=timezone.now()).message
    assert changed.pasted == [(22, len(text) + 8)]
    html = page.get(f"/c/{message.conversation_id}/").content.decode()
    assert "Pasted text, 41 lines" in html
    assert known(alice, "lives_in") == []


@pytest.mark.parametrize("told", ["[[5, 2]]", "[[0, 99]]", "[1, 2]", "nonsense", '[["a", 2]]', "{}", "[[0]]"])
def test_spans_that_can_not_be_are_none(told):
    assert pasted_spans("ten letters", told) == []


def test_while_memory_reads_what_it_was_asked_to_remember_the_row_says_so(page, alice):
    with as_user(alice):
        chat = start_conversation(alice.pk, at=timezone.now())
        said = [
            post_message(alice.pk, chat.id, text=text, at=timezone.now()).message
            for text in ("It rained all day. For the record, we laughed.", "It rained all week.")
        ]
    rows = [page.get(f"/messages/{message.id}/margin/").content.decode() for message in said]
    assert ["Looking for things to remember…" in row for row in rows] == [True, False]
    with as_user(alice):
        memory.ingest(alice.pk, at=timezone.now())
    assert "Looking for" not in page.get(f"/messages/{said[0].id}/margin/").content.decode()


def test_the_chip_says_what_changed_what_is_to_come_and_what_a_command_to_forget_did(page, alice):
    def say(text: str) -> str:
        with as_user(alice):
            message = post_message(alice.pk, chat.id, text=text, at=timezone.now()).message
            memory.ingest(alice.pk, at=timezone.now())
        row = page.get(f"/messages/{message.id}/margin/").content.decode()
        words, act = re.search(r'<span dir="auto">(.*?)</span></a>', row), re.search(r">(Undo|Show|Look|Receipt)<", row)
        return f"{words[1]} | {act[1]}" if words and act else ""

    with as_user(alice):
        chat = start_conversation(alice.pk, at=timezone.now())
    assert say("I live in Oslo.") == "Remembered: Lives in Oslo | Undo"
    assert say("I moved to Bergen.") == "Changed: Lives in Bergen, before Oslo | Undo"
    assert say("My name is Alice and I like plums.").startswith("Remembered 2 things: ")
    assert say("Forget my name.") == "Forgotten: 1 fact | Receipt"
    assert say("Forget everything.").endswith("match. Nothing is forgotten yet. | Look")


@pytest.mark.parametrize(
    ("fields", "call", "said"),
    [
        (
            {"status": "done", "model": "ollama/qwen3:14b"},
            {"model": "openai/gpt-5", "error_code": "refused_key"},
            "Answered by qwen3:14b, because gpt-5 refused the key.",
        ),
        (
            {"status": "failed", "model": "openai/gpt-5", "error_code": "spent"},
            {"model": "openai/gpt-5", "error_code": "spent"},
            "Your budget for November is used up. It starts again on 1 December.",
        ),
    ],
)
def test_under_an_answer_stands_who_stood_in_or_why_there_is_none(page, alice, fields, call, said):
    moment = datetime(2026, 11, 26, 12, tzinfo=UTC)
    with as_user(alice):
        chat = start_conversation(alice.pk, at=moment)
        run = post_message(alice.pk, chat.id, text="How long does rye take?", at=moment).run
        Run.objects.of(alice).filter(id=run.id).update(**fields, finished_at=moment)
        Usage.objects.create(user=alice, run_id=run.id, role="chat", called_at=moment, **call)
    html = page.get(f"/messages/{run.answer_id}/turn/").content.decode()
    assert said in html
    assert ("Use the built-in model" in html) == (fields["status"] == "failed")


@pytest.mark.parametrize(
    ("referer", "way"),
    [
        ("http://testserver/memory/?topic=home", "/memory/?topic=home"),
        ("http://elsewhere.example/memory/", ""),
        ("http://testserver//elsewhere.example/", ""),
        ("", ""),
    ],
)
def test_a_form_that_stood_open_too_long_leads_back_to_its_page_and_nowhere_else(client, db, referer, way):
    client.handler.enforce_csrf_checks = True
    shown = client.post("/memory/pause/", headers={"Referer": referer} if referer else {}).content.decode()
    assert "Open too long" in shown
    assert re.findall(r'primary wide" href="([^"]*)"', shown) == ([way] if way else [])


@pytest.mark.django_db(transaction=True)
def test_a_no_names_what_will_not_be_kept(page, alice):
    with as_user(alice):
        chat = start_conversation(alice.pk, at=timezone.now())
        post_message(alice.pk, chat.id, text="I'm allergic to peanuts.", at=timezone.now())
        memory.ingest(alice.pk, at=timezone.now())
        (question,) = memory.questions_of(alice.pk)
    told = page.post(f"/memory/questions/{question.id}/", {"answer": "no"}, headers={"HX-Request": "true"})
    assert "I won’t keep health matters. You can change this under Consent." in told.content.decode()
