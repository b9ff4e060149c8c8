"""Searching what was said."""

from __future__ import annotations

import pytest
from django.utils import timezone

from assistant.conversations.search import marked, search_chats
from assistant.conversations.services import delete_conversation, post_message, start_conversation
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


def test_nobody_finds_what_another_said(alice, bob, chats):
    with as_user(bob):
        assert search_chats(bob.pk, "porto") == []
