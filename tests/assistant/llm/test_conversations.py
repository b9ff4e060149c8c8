"""Whole conversations, word by word as they stand in `conversations.txt`."""

from __future__ import annotations

import pytest

from tests.assistant.llm.conversations import Talk, hold, read_talks

TALKS = read_talks()


@pytest.mark.parametrize("talk", TALKS, ids=[talk.title for talk in TALKS])
def test_conversation_reads_as_written(talk: Talk) -> None:
    for said, written, answered in hold(talk):
        assert answered == written, said


def test_there_are_ten_of_them() -> None:
    assert len(TALKS) >= 10
