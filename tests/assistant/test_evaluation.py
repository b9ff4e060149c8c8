"""What memory is worth: the same questions answered with it and without it."""

from __future__ import annotations

import pytest

from assistant.evaluation import compare

CASE = {
    "id": "worth-1",
    "category": "recall",
    "extractor": "rules",
    "steps": [
        {
            "do": "say",
            "at": "2026-03-02T09:00:00+00:00",
            "conversation": "one",
            "role": "user",
            "text": "I live in Bergen.",
        },
    ],
    "probes": [
        {"ask": "Where do I live?", "include": ["Bergen"]},
        {"ask": "What is 2 + 2?", "include": ["4"]},
        {"ask": "What is the weather like?"},
    ],
}


@pytest.mark.django_db(transaction=True)
def test_the_same_questions_are_answered_with_memory_and_without(settings):
    settings.CHAT_MODEL = "builtin/companion"
    report = compare([CASE])
    assert {name: report[name] for name in ("model", "questions", "with", "without")} == {
        "model": "builtin/companion",
        "questions": 2,
        "with": 2,
        "without": 1,
    }
    assert report["by_category"]["recall"]["questions"] == 2, "one that says nothing of its answer is not asked"
