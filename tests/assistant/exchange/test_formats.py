"""What the files of other assistants are read as."""

from __future__ import annotations

import json

import pytest

from assistant.exchange.formats import read_file
from assistant.exchange.types import NotReadable
from tests.assistant.exchange.files import CHATGPT, CLAUDE, OPEN_WEBUI, archive, chatgpt_node


def said(chat):
    return [(message.parent, message.role, message.text, message.at) for message in chat.messages]


def test_chatgpt_with_branches_and_without_what_nobody_said():
    found = read_file(archive(conversations=CHATGPT, user={"id": "x"}))
    assert found.source == "chatgpt"
    (chat,) = found.chats
    assert (chat.title, chat.begun, chat.leaf) == ("Moving house", 1746000000.5, "a2")
    assert said(chat) == [
        ("", "user", "I live in Bergen and I'm packing.", 1746000010.0),
        ("u1", "assistant", "Begin with the books.", 1746000012.0),
        ("u1", "assistant", "Begin with the **kitchen**.", 1746000020.0),
    ]


def test_claude_takes_the_texts_of_its_parts():
    found = read_file(archive(conversations=CLAUDE, users=[]))
    (chat,) = found.chats
    assert (found.source, chat.title, chat.leaf) == ("claude", "Cello", "m2")
    assert [message[1:3] for message in said(chat)] == [("user", "I play the cello."), ("assistant", "Lovely.")]
    assert said(chat)[1][0] == "m1"


def test_open_webui_as_its_json_alone_with_seconds_or_milliseconds():
    found = read_file(json.dumps(OPEN_WEBUI).encode())
    (chat,) = found.chats
    assert (found.source, chat.leaf) == ("open_webui", "n2")
    assert [message[3] for message in said(chat)] == [1746000001, 1746000002.0]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"PK\x03\x04 no archive", "not-an-archive"),
        (b"not json", "not-json"),
        (b"[]", "unknown-format"),
        (b'[{"anything": 1}]', "unknown-format"),
        (archive(readme={"a": 1}), "nothing-in-it"),
        (b"[" * 100_000, "not-json"),
    ],
    ids=["archive", "text", "empty", "unknown", "nothing", "deep"],
)
def test_what_is_no_export_is_refused_with_a_reason(data, reason):
    with pytest.raises(NotReadable) as refused:
        read_file(data)
    assert refused.value.reason == reason


def test_circles_and_orphans_lose_no_message_and_hang_nothing():
    chat = {
        "title": "Odd",
        "id": "odd",
        "current_node": "gone",
        "mapping": {
            "a": chatgpt_node("a", "b", "user", "One", 1746000001.0),
            "b": chatgpt_node("b", "nowhere", "user", "Two", 1746000002.0),
            "c": chatgpt_node("c", "d", "tool", "x"),
            "d": chatgpt_node("d", "c", "tool", "y"),
            "e": chatgpt_node("e", "c", "user", "Three", 1746000003.0),
        },
    }
    (found,) = read_file(json.dumps([chat]).encode()).chats
    assert {message.text for message in found.messages} == {"One", "Two", "Three"}
