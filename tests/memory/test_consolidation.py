"""Patterns need three separate conversations, rest on what was said, and wait for the user's word."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from memory import api, tasks
from memory.models import Evidence, Fact, MemoryJob
from profiles.owned import as_user, new_id

pytestmark = pytest.mark.usefixtures("inline_tasks")


class Life:
    def __init__(self, user) -> None:
        self.user, self.at = user, timezone.now() - timedelta(days=10)

    def say(self, text, conversation=None) -> int:
        self.at += timedelta(hours=1)
        with as_user(self.user):
            turn = api.record_turn(
                self.user.pk,
                conversation_id=conversation or new_id(),
                message_id=new_id(),
                role="user",
                text=text,
                at=self.at,
            )
        return turn.seq or 0

    def night(self) -> None:
        tasks.ingest_due(str(self.user.pk))
        tasks.consolidate_all()

    def proposed(self) -> list[tuple[str, str]]:
        with as_user(self.user):
            rows = (
                Fact.objects.of(self.user).filter(origin="inferred", status="proposed").order_by("predicate", "value")
            )
            return list(rows.values_list("predicate", "value"))


@pytest.fixture
def life(transactional_db, alice) -> Life:
    return Life(alice)


def test_what_is_asked_in_three_conversations_is_proposed_with_every_place(life):
    for text in ("Shorter please", "That's too long", "Can you make it shorter?"):
        life.say(text)
    life.night()
    assert life.proposed() == [("answer_length", "short")]
    with as_user(life.user):
        fact = Fact.objects.of(life.user).get(origin="inferred")
        assert fact.confidence < 0.5
        quotes = {row.quote for row in Evidence.objects.of(life.user).filter(fact=fact)}
        assert quotes == {"Shorter please", "That's too long", "make it shorter"}
        assert not [line for line in api.profile_block(life.user.pk, at=life.at) if line.predicate == "answer_length"]
        api.confirm(life.user.pk, fact.pk, at=timezone.now())
        assert [line.value for line in api.profile_block(life.user.pk, at=life.at) if line.predicate == "answer_length"]


def test_the_same_conversation_counts_once(life):
    chat = new_id()
    for text in ("Shorter please", "That's too long", "Make it shorter", "Shorter please"):
        life.say(text, conversation=chat)
    life.say("Shorter please")
    life.night()
    assert life.proposed() == []


@pytest.mark.parametrize("how", ["reject", "undo", "forget", "said otherwise"])
def test_a_pattern_that_was_turned_down_does_not_come_back(life, how):
    for text in ("Shorter please", "That's too long", "Kürzer bitte"):
        life.say(text)
    if how == "said otherwise":
        with as_user(life.user):
            api.remember(life.user.pk, predicate="answer_length", value="long", at=life.at)
    life.night()
    with as_user(life.user):
        fact = Fact.objects.of(life.user).filter(origin="inferred").first()
        now = timezone.now()
        if how == "reject":
            api.reject(life.user.pk, fact.pk, at=now)
        elif how == "undo":
            batch = next(view for view in api.activity(life.user.pk)[0] if view.kind == "pattern")
            api.undo(life.user.pk, batch_id=batch.id, at=now)
        elif how == "forget":
            target = api.ForgetTarget(fact_id=fact.pk)
            shown = api.preview_forget(life.user.pk, target, at=now)
            api.forget(life.user.pk, target, token=shown.token, at=now)
    life.at = timezone.now()
    life.say("Shorter please")
    life.night()
    with as_user(life.user):
        assert MemoryJob.objects.of(life.user).filter(kind="consolidate", state="done").count() == 2
    assert life.proposed() == []


def test_a_models_pattern_holds_only_with_three_quotes_that_stand(life, settings, provider):
    settings.CHAT_MODEL, settings.CHAT_API_BASE, settings.MODEL_TRIES = "openai/watcher", provider.url, 1
    provider.provider.state.answers["watcher"] = json.dumps({"facts": []})
    turns = [
        life.say("Another evening on the fjord with the kayak"),
        life.say("The kayak needs a new paddle"),
        life.say("Rain again, so no kayak today"),
    ]
    tasks.ingest_due(str(life.user.pk))

    def pattern(value, *seen):
        return {
            "predicate": "hobby",
            "value": value,
            "text": value,
            "seen": [{"turn": turn, "quote": quote} for turn, quote in seen],
        }

    provider.provider.state.answers["watcher"] = json.dumps(
        {
            "patterns": [
                pattern("kayaking", *((turn, "kayak") for turn in turns)),
                pattern("painting", *((turn, "painting") for turn in turns)),
                pattern("evenings", (turns[0], "evening"), (turns[0], "fjord"), (turns[1], "paddle")),
                {"predicate": "hobby"},
                "nonsense",
            ]
        }
    )
    life.night()
    assert life.proposed() == [("hobby", "kayaking")]
    life.at = timezone.now()
    life.say("Kayak, kayak, kayak")
    life.night()
    assert life.proposed() == [("hobby", "kayaking")]


def test_many_new_facts_do_not_wait_for_the_night(life, settings):
    settings.MEMORY_CONSOLIDATE_AFTER_FACTS = 2
    life.say("I live in Bergen and I work at Studio Nord")
    tasks.ingest_due(str(life.user.pk))
    with as_user(life.user):
        assert MemoryJob.objects.of(life.user).get(kind="consolidate").state == "done"
