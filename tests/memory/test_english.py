"""Articles stand as they are said."""

from __future__ import annotations

import pytest

from memory.english import article_before
from memory.extraction.rules.english import ENGLISH
from memory.extraction.rules.read import _sentence


@pytest.mark.parametrize(
    ("article", "phrases"),
    [
        ("an", "old Skoda|uncle|hour|honest job|MSc|MA|SUV|XC60|HGV licence|8-seater|11-seater|unused car"),
        ("a", "used car|university degree|one-bedroom flat|European car|house|PhD|BMW|FIAT|UK licence|110 cc bike"),
    ],
)
def test_an_stands_before_what_is_said_with_a_vowel(article, phrases):
    assert {phrase: article_before(phrase) for phrase in phrases.split("|")} == dict.fromkeys(
        phrases.split("|"), article
    )


def test_a_learned_sentence_has_the_article_that_its_value_asks_for():
    assert _sentence(ENGLISH, "drives", "old Skoda") == "Drives an old Skoda"
    assert _sentence(ENGLISH, "drives", "red Skoda") == "Drives a red Skoda"
