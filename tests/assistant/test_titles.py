"""Titles hide nothing and turn nothing around."""

from __future__ import annotations

import pytest

from assistant.conversations.titles import one_line, title_from


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("\u202eevil txt.exe\u202c and more", "evil txt.exe and more"),
        ("pass\u200bword\u2066 x\u2069", "password x"),
        ("two\nlines\tand\x00 more", "two lines and more"),
        (
            "\u06a9\u062a\u0627\u0628\u200c\u0647\u0627",
            "\u06a9\u062a\u0627\u0628\u200c\u0647\u0627",
        ),  # Persian needs its joiner
        ("\u200b\u202e", ""),
    ],
)
def test_what_cannot_be_seen_is_left_out(text, title):
    assert one_line(text, 80) == title


def test_a_title_from_the_first_words_is_one_sentence():
    assert title_from("\u202eHello there. And more.") == "Hello there"


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("hey! my boyfriend and I got a dog", "my boyfriend and I got a dog"),
        ("Hi there, where is Voss?", "where is Voss?"),
        ("hey!", "hey!"),
        ("hello world", "hello world"),
        ("# Plan for May\n\nmore", "Plan for May"),
        ("C# > Java", "C# > Java"),
    ],
)
def test_a_title_begins_after_the_greeting_and_without_marks(said, title):
    assert title_from(said) == title
