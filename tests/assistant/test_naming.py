"""Titles and suggestions by the small models: helpful when they come, and never in the way."""

from __future__ import annotations

import json

import pytest
from asgiref.sync import async_to_sync
from django.utils import timezone

from assistant.conversations import services
from assistant.models import Conversation, Run, Usage
from assistant.runs.name import name_turn
from assistant.runs.turn import run_turn
from memory import api as memory
from profiles.owned import as_user


class Chat:
    """One chat of alice's that `openai/talker` answers."""

    def __init__(self, user, state) -> None:
        self.user, self.state, self.run = user, state, None
        with as_user(user):
            self.id = services.start_conversation(user.pk, at=timezone.now()).id

    def say(self, text, named) -> Run:
        self.state.answers["talker"] = "Nice."
        with as_user(self.user):
            posted = services.post_message(self.user.pk, self.id, text=text, at=timezone.now())
        async_to_sync(run_turn)(self.user.pk, posted.run.id)
        self.state.answers["talker"] = named if isinstance(named, str) else json.dumps(named)
        name_turn(self.user.pk, posted.run.id)
        with as_user(self.user):
            return Run.objects.of(self.user).get(id=posted.run.id)

    @property
    def title(self) -> str:
        with as_user(self.user):
            return Conversation.objects.of(self.user).get(id=self.id).title


@pytest.fixture
def chat(transactional_db, settings, provider, alice) -> Chat:
    settings.CHAT_MODEL, settings.CHAT_API_BASE, settings.MODEL_TRIES = "openai/talker", provider.url, 1
    return Chat(alice, provider.provider.state)


GOOD = {
    "title": "Sailing to Shetland",
    "suggestions": ["What should I pack?", "How long does it take?", "What should I pack?"],
}


def test_a_turn_gets_a_title_and_ideas_in_one_call(chat):
    run = chat.say("I want to sail to Shetland in June, where do I begin?", GOOD)
    assert chat.title == "Sailing to Shetland"
    assert run.suggestions == ["What should I pack?", "How long does it take?"]
    with as_user(chat.user):
        assert Usage.objects.of(chat.user).filter(role="title").count() == 1


def test_a_title_that_a_person_gave_stays(chat):
    with as_user(chat.user):
        services.rename_conversation(chat.user.pk, chat.id, title="Mine")
    chat.say("I want to sail to Shetland in June", GOOD)
    assert chat.title == "Mine"


@pytest.mark.parametrize(
    "answer", ["", "no", '{"title": 7, "suggestions": "x"}', {"title": "x" * 500, "suggestions": [None, "a\nb\x00"]}]
)
def test_a_bad_answer_leaves_the_first_words(chat, answer):
    run = chat.say("I want to sail to Shetland in June", answer)
    assert chat.title == "I want to sail to Shetland in June"
    assert run.suggestions == []


def test_forgetting_reaches_titles_and_ideas(chat):
    named = {"title": "A flat in Kristiansund", "suggestions": ["What is on in Kristiansund?"]}
    run = chat.say("I live in Kristiansund.", named)
    with as_user(chat.user):
        memory.ingest(chat.user.pk, at=timezone.now())
        target = memory.ForgetTarget(slot=("user", "lives_in"))
        shown = memory.preview_forget(chat.user.pk, target, at=timezone.now())
        memory.forget(chat.user.pk, target, token=shown.token, at=timezone.now())
        run.refresh_from_db()
    assert run.suggestions == []
    assert "Kristiansund" not in chat.title


def test_without_a_model_nothing_is_asked(chat, settings, provider):
    settings.CHAT_MODEL = "builtin/companion"
    run = chat.say("I want to sail to Shetland in June", GOOD)
    assert run.suggestions == []
    assert provider.requests == []
