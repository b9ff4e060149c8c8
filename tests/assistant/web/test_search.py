"""Searching what was said."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assistant.conversations.search import marked, related_chats, search_chats
from assistant.conversations.services import (
    delete_conversation,
    post_message,
    rename_conversation,
    set_archived,
    start_conversation,
)
from assistant.files.keep import keep_upload
from assistant.models import Conversation, Message
from assistant.web.plans import coming_up
from memory import api as memory
from profiles.owned import as_user


def joined(pieces) -> str:
    return "".join(f"[{piece.text}]" if piece.is_match else piece.text for piece in pieces)


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("We fly to Porto on the 18th", ["porto"], "We fly to [Porto] on the 18th"),
        ("Nothing of the kind", ["porto"], "Nothing of the kind"),
        ("a.b (c)", ["(c)"], "a.b [(c)]"),
        ("PORTO porto", ["porto"], "[PORTO] [porto]"),
        ("line one\nporto", ["porto"], "line one [porto]"),
        ("## Plan\n- **Porto** by `train`", ["porto"], "Plan [Porto] by train"),
    ],
)
def test_the_words_are_marked_where_they_stand(text, words, expected):
    assert joined(marked(text, words)) == expected


def test_a_snippet_is_cut_around_the_first_word():
    text = f"{'before ' * 60}porto {'after ' * 60}"
    found = joined(marked(text, ["porto"]))
    assert found.startswith("…before")
    assert "[porto]" in found
    assert found.endswith("…")


@pytest.fixture
def chats(alice):
    with as_user(alice):
        now, made = timezone.now(), {}
        for title, text in (("trip", "We fly to Porto by train"), ("food", "A stew with lentils")):
            made[title] = start_conversation(alice.pk, at=now)
            post_message(alice.pk, made[title].id, text=text, at=now)
    return made


def test_all_words_must_be_there(alice, chats):
    with as_user(alice):
        assert [hit.conversation.id for hit in search_chats(alice.pk, "porto TRAIN")] == [chats["trip"].id]
        assert search_chats(alice.pk, "porto lentils") == []
        assert search_chats(alice.pk, "  ") == []


def test_a_deleted_chat_is_not_found(alice, chats):
    with as_user(alice):
        delete_conversation(alice.pk, chats["trip"].id, at=timezone.now(), forget=False)
        assert search_chats(alice.pk, "porto") == []


def test_a_file_is_found_by_its_name_under_its_message(client, alice, chats):
    with as_user(alice):
        file = keep_upload(alice.pk, [b"Rye and salt."], name="Bread recipe.txt", at=timezone.now())
        keep_upload(alice.pk, [b"Not sent."], name="bread-draft.txt", at=timezone.now())
        sent = post_message(alice.pk, chats["food"].id, text="Read it.", at=timezone.now(), attachments=[file.id])
    client.force_login(alice, backend="django.contrib.auth.backends.ModelBackend")
    shown = client.get("/search/", {"q": "recipe bread"}).content.decode()
    assert f'href="/messages/{sent.message.id}/"' in shown
    assert "<mark>Bread</mark> <mark>recipe</mark>.txt" in shown
    assert "bread-draft" not in client.get("/search/", {"q": "bread"}).content.decode()


def test_nobody_finds_what_another_said(alice, bob, chats):
    with as_user(bob):
        assert search_chats(bob.pk, "porto") == []


OTHER_WORDS = "which railway takes us on holiday to Portugal"
LEGUMES = "a lentil soup"


def related(user, query: str = OTHER_WORDS, **more) -> list:
    with as_user(user):
        return [hit.conversation.id for hit in related_chats(user.pk, query, at=timezone.now(), **more)]


def test_a_chat_is_found_by_what_was_meant_and_once(client, alice, chats):
    assert related(alice) == [chats["trip"].id]
    assert related(alice, known={chats["trip"].id}) == []
    assert related(alice, "quarterly tax return for the bakery") == []
    client.force_login(alice, backend="django.contrib.auth.backends.ModelBackend")
    shown = client.get("/search/", {"q": OTHER_WORDS}).content.decode()
    assert "Related chats" in shown
    assert "We fly to Porto by train" in shown
    assert "Related chats" not in client.get("/search/", {"q": "porto train"}).content.decode()


def test_what_is_forgotten_or_deleted_is_no_longer_related_and_what_is_archived_is(alice, chats):
    with as_user(alice):
        set_archived(alice.pk, chats["trip"].id, archived=True)
    assert related(alice) == [chats["trip"].id]
    with as_user(alice):
        memory.forget(alice.pk, memory.ForgetTarget(conversation_id=chats["trip"].id), at=timezone.now())
    assert related(alice) == []
    assert related(alice, LEGUMES) == [chats["food"].id]
    with as_user(alice):
        delete_conversation(alice.pk, chats["food"].id, at=timezone.now(), forget=False)
    assert related(alice, LEGUMES) == []


def test_a_temporary_chat_and_those_of_others_are_never_related(alice, bob, chats):
    with as_user(bob):
        chat = start_conversation(bob.pk, at=timezone.now(), mode=Conversation.Mode.TEMPORARY)
        post_message(bob.pk, chat.id, text="We fly to Porto by train", at=timezone.now())
    assert related(bob) == []


def begin_chats(user, how_many: int) -> None:
    """Chats that all say "tram", two at each moment."""
    now = timezone.now()
    with as_user(user):
        chats = Conversation.objects.bulk_create(
            Conversation(user=user, title=f"tram {n}", created_at=now, spoken_at=now - timedelta(minutes=n // 2))
            for n in range(how_many)
        )
        Message.objects.bulk_create(
            Message(user=user, conversation=chat, role="user", text="By tram", created_at=now) for chat in chats
        )


def test_many_chats_cost_no_more_queries_than_few_and_are_listed_page_by_page(client, transactional_db, alice):
    client.force_login(alice, backend="django.contrib.auth.backends.ModelBackend")
    paths = ("/", "/search/?q=tram", "/projects/", "/archive/")

    def queries() -> list[int]:
        counts = []
        for path in paths:
            with CaptureQueriesContext(connection) as counted:
                client.get(path)
            counts.append(len(counted))
        return counts

    begin_chats(alice, 4)
    queries()  # what is kept between requests is there
    few = queries()
    begin_chats(alice, 150)
    many = [min(twice) for twice in zip(queries(), queries(), strict=True)]  # what is kept is read anew now and then
    assert many == few
    seen, path = [], "/"
    while path:
        shown = client.get(path).content.decode()
        seen += re.findall(r'href="/c/([0-9a-f-]{36})/"', shown.partition("<main")[0])
        more = re.search(r'href="([^"]*chats=[^"]*)"', shown)
        path = f"/{more[1]}" if more else ""
    assert len(dict.fromkeys(seen)) == 154


def test_a_search_can_be_narrowed_to_a_time(client, alice):
    now = timezone.now()
    with as_user(alice):
        for days, place in ((400, "Porto"), (20, "Porto again"), (1, "Porto at last")):
            at = now - timedelta(days=days)
            chat = start_conversation(alice.pk, at=at)
            post_message(alice.pk, chat.id, text=f"We fly to {place}", at=at)
    client.force_login(alice, backend="django.contrib.auth.backends.ModelBackend")

    def found(since: str) -> int:
        html = client.get(f"/search/?q=porto&kind=chats&since={since}").content.decode()
        assert f'<option value="{since}" selected>' in html
        return html.count("data-result>")

    assert [found(since) for since in ("", "year", "month", "week")] == [3, 2, 2, 1]


def test_what_is_coming_up_is_gone_on_with_planned_or_prepared(alice):
    now = timezone.now()
    with as_user(alice):
        chat = start_conversation(alice.pk, at=now)
        rename_conversation(alice.pk, chat.id, title="A concert")
        far, near = (now + timedelta(days=days) for days in (40, 3))
        for text in (f"I'm flying to Porto on {far:%-d %B %Y}.", f"I have a dentist appointment on {near:%-d %B %Y}."):
            post_message(alice.pk, chat.id, text=text, at=now)
            memory.ingest(alice.pk, at=now)
        assert [(plan.fact.predicate, plan.next, plan.chat) for plan in coming_up(alice.pk, at=now)] == [
            ("appointment", "go_on", "A concert"),
            ("trip", "plan", ""),
        ]
