"""Summaries: each section is written once, renewed by itself, and never tells what no longer stands."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from django.utils import timezone

from memory import api, tasks
from memory.models import Episode, MemoryJob, Summary
from memory.work import summarise
from profiles.owned import as_user, new_id

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
THINGS = ("harmonium", "kayak", "orchard", "telescope", "loom", "beehive", "typewriter", "sailboat", "kiln", "theremin")


class Chat:
    def __init__(self, user) -> None:
        self.user, self.id, self.at = user, new_id(), MONDAY
        self.said: list[api.Turn] = []

    def say(self, text, role="user") -> None:
        self.at += timedelta(minutes=1)
        with as_user(self.user):
            turn = api.record_turn(
                self.user.pk, conversation_id=self.id, message_id=new_id(), role=role, text=text, at=self.at
            )
        self.said.append(turn)

    def talk(self, turns, about="") -> None:
        for number in range(turns):
            thing = about or THINGS[number % len(THINGS)]
            self.say(f"The {thing} needed a whole afternoon of repairs, number {len(self.said)}.")

    def work(self) -> None:
        """What workers do when they are woken, and what they wake."""
        tasks.ingest_due(str(self.user.pk))

    def blocks(self) -> list[tuple[int, int, str]]:
        with as_user(self.user):
            rows = Summary.objects.of(self.user).filter(level="block").order_by("from_seq")
            return list(rows.values_list("from_seq", "upto_seq", "text"))

    def summary(self, **more):
        with as_user(self.user):
            return api.summary_for(self.user.pk, self.id, at=timezone.now(), **more)


@pytest.fixture
def chat(transactional_db, inline_tasks, alice) -> Chat:
    return Chat(alice)


def test_a_new_block_leaves_the_others_as_they_were(chat):
    chat.talk(25)
    chat.work()
    first = chat.blocks()
    assert [(start, end) for start, end, _ in first] == [(1, 12), (13, 24)]
    assert chat.summary().upto_message_id == chat.said[23].message_id
    chat.talk(12, about="greenhouse")
    chat.work()
    assert chat.blocks()[:2] == first
    assert "greenhouse" in chat.blocks()[2][2]
    assert chat.summary(upto_message_id=chat.said[20].message_id).upto_seq == 12
    with as_user(chat.user):
        whole = Summary.objects.of(chat.user).get(level="conversation")
        assert whole.text == chat.summary().text
        assert whole.version == 2
        assert len(whole.sections) == 3


def test_old_blocks_are_folded_and_the_recent_ones_stay(chat):
    chat.talk(12 * 10)
    for _ in range(4):
        chat.work()
        chat.talk(12)
    ranges = [(start, end) for start, end, _ in chat.blocks()]
    assert len(ranges) <= 10
    assert ranges[0][0] == 1
    assert all(before[1] + 1 == after[0] for before, after in pairwise(ranges)), "no gap"


def test_a_block_of_which_a_turn_was_withdrawn_is_right_before_it_is_used(chat):
    chat.talk(11)
    chat.say("The zeppelin took me to Kristiansund and back again in one afternoon.")
    chat.talk(12)
    chat.work()
    second = chat.blocks()[1]
    assert "zeppelin" in chat.summary().text
    with as_user(chat.user):
        api.withdraw_turns(chat.user.pk, [chat.said[11].message_id], at=timezone.now())
    assert "zeppelin" not in chat.summary().text
    assert chat.blocks()[1] == second, "the other block is untouched"


def test_what_is_forgotten_goes_from_its_block_and_the_rest_is_told_anew(chat):
    chat.talk(6)
    chat.say("I live in Kristiansund.")
    chat.talk(5)
    chat.talk(12)
    chat.work()
    second = chat.blocks()[1]
    with as_user(chat.user):
        target = api.ForgetTarget(slot=("user", "lives_in"))
        shown = api.preview_forget(chat.user.pk, target, at=timezone.now())
        api.forget(chat.user.pk, target, token=shown.token, at=timezone.now())
        assert not Summary.objects.of(chat.user).filter(text__contains="Kristiansund").exists()
    told = chat.summary()
    assert "Kristiansund" not in told.text
    assert told.upto_seq == 24
    assert chat.blocks()[1] == second


def test_a_model_writes_the_blocks_when_there_is_one_and_a_failing_one_is_waited_for(chat, settings, provider):
    settings.CHAT_MODEL, settings.CHAT_API_BASE, settings.MODEL_TRIES = "openai/writer", provider.url, 1
    state = provider.provider.state
    state.scripts["writer"] = "500"
    chat.talk(12)
    chat.work()
    assert chat.blocks() == []
    state.answers["writer"] = "Repairs, all of them."
    with as_user(chat.user):
        MemoryJob.objects.of(chat.user).filter(kind="summarise").update(due_at=timezone.now())
    tasks.summarise_due(str(chat.user.pk))
    assert [text for _, _, text in chat.blocks()] == ["Repairs, all of them."]
    sent = provider.requests[-1]["body"]["messages"][-1]["content"]
    assert "The harmonium needed a whole afternoon" in sent


def test_what_a_model_refuses_to_summarise_is_told_without_it_and_not_asked_again(chat, settings, provider):
    settings.CHAT_MODEL, settings.CHAT_API_BASE, settings.MODEL_TRIES = "openai/writer", provider.url, 1
    settings.MEMORY_JOB_ATTEMPTS = 1
    provider.provider.state.scripts["writer"] = "too-long"
    chat.talk(12)
    chat.work()
    assert "harmonium" in chat.summary().text
    asked = [request for request in provider.requests if "Summarise this part" in str(request["body"])]
    chat.say("And one more thing.")
    chat.work()
    again = [request for request in provider.requests if "Summarise this part" in str(request["body"])]
    assert 1 == len(asked) == len(again)


def test_only_conversations_in_which_something_was_said_are_looked_at_again(chat):
    chat.talk(11)
    chat.work()
    with as_user(chat.user):
        assert api.due_conversations(chat.user.pk, [chat.id]) == []
    chat.talk(1)
    with as_user(chat.user):
        assert api.due_conversations(chat.user.pk, [chat.id]) == [chat.id]
        assert api.due_conversations(chat.user.pk, [new_id()]) == []


@pytest.fixture
def know(transactional_db, alice):
    def tell(predicate, value, at=MONDAY, **more):
        with as_user(alice):
            return api.remember(alice.pk, predicate=predicate, value=value, at=at, **more)

    return tell


def test_a_topic_page_renews_only_the_section_that_changed(alice, know):
    know("lives_in", "Bergen")
    know("home_type", "flat")
    with as_user(alice):
        before = api.topic_page(alice.pk, "home", at=MONDAY)
    know("lives_in", "Voss", at=MONDAY + timedelta(days=1))
    with as_user(alice):
        after = api.topic_page(alice.pk, "home", at=MONDAY + timedelta(days=1))
        again = api.topic_page(alice.pk, "home", at=MONDAY + timedelta(days=2))
    texts = {key: text for key, text, _ in after.sections}
    assert "Voss" in texts["lives_in"]
    assert "Bergen" not in after.text
    assert after.version == before.version + 1
    assert again == after
    old = {key: text for key, text, _ in before.sections}
    assert old["home_type"].split(".")[0] in texts["home_type"]
    with pytest.raises(api.BadValue), as_user(alice):
        api.topic_page(alice.pk, "astrology", at=MONDAY)


def test_the_persona_is_short_names_what_matters_and_hides_what_is_hidden(alice, know):
    know("name", "Mia Solberg")
    know("lives_in", "Bergen")
    for number in range(80):
        know("likes", f"{THINGS[number % 10]} number {number}", at=MONDAY + timedelta(minutes=number))
    masked = know("hobby", "taxidermy").facts[0].id
    with as_user(alice):
        api.set_masked(alice.pk, masked, masked=True, at=MONDAY)
        told = api.persona(alice.pk, at=MONDAY)
    assert len(told.text) <= 4 * 200
    assert "Mia Solberg" in told.text.splitlines()[0]
    assert "Bergen" in told.text
    assert "taxidermy" not in told.text


def test_the_digest_of_a_week_tells_what_was_learned_what_changed_and_what_comes(alice, know):
    know("lives_in", "Bergen", at=MONDAY - timedelta(days=20))
    know("lives_in", "Voss", at=MONDAY)
    with as_user(alice):
        told = api.week_digest(alice.pk, date(2026, 3, 4), at=MONDAY + timedelta(days=3))
        quiet = api.week_digest(alice.pk, date(2026, 1, 7), at=MONDAY)
    assert {key for key, _, _ in told.sections} == {"learned", "changed"}
    assert {key: text for key, text, _ in told.sections}["changed"].startswith("Lives in: Bergen")
    assert quiet is None


def test_no_summary_outlives_its_turns(chat):
    chat.talk(24)
    chat.work()
    with as_user(chat.user):
        ((told,), _) = api.summaries_of(chat.user.pk, conversation_id=chat.id)
        assert (told.level, told.text, told.is_stale) == ("conversation", chat.summary().text, False)
        api.withdraw_turns(chat.user.pk, [chat.said[3].message_id], at=timezone.now())
        ((told,), _) = api.summaries_of(chat.user.pk)
        assert told.is_stale  # it still tells of a turn that was replaced
        target = api.ForgetTarget(everything=True)
        shown = api.preview_forget(chat.user.pk, target, at=timezone.now())
        api.forget(chat.user.pk, target, token=shown.token, at=timezone.now())
        assert not Summary.objects.of(chat.user).exists()
        assert not Episode.objects.of(chat.user).standing().exists()
    assert chat.summary() is None


def test_what_is_forgotten_while_another_block_is_written_is_not_told(chat, monkeypatch):
    """The second block's draft is made before the first is written: what is cut meanwhile may not be stored from it."""
    chat.talk(12)
    chat.say("I live in Kristiansund. The zeppelin took a whole afternoon of repairs.")
    chat.talk(11)
    write = summarise.write_block
    seen = []

    def forget_meanwhile(user, job, draft):
        kept = write(user, job, draft)
        if not seen:
            with as_user(chat.user):
                target = api.ForgetTarget(slot=("user", "lives_in"))
                shown = api.preview_forget(chat.user.pk, target, at=timezone.now())
                api.forget(chat.user.pk, target, token=shown.token, at=timezone.now())
        seen.append(kept)
        return kept

    monkeypatch.setattr(summarise, "write_block", forget_meanwhile)
    chat.work()
    assert seen[:2] == [True, False]
    assert not any("Kristiansund" in text for _, _, text in chat.blocks())


def test_a_conversation_with_nothing_to_tell_ends(chat, monkeypatch):
    """Many blocks that yield no words are not tried again and again by the same wake-up."""
    for _ in range(12 * 5):
        chat.say("ok")
    rounds = []
    look = summarise.conversation.drafts
    monkeypatch.setattr(summarise.conversation, "drafts", lambda *args: rounds.append(1) or look(*args))
    chat.work()
    assert len(rounds) == 1
    assert chat.blocks() == []
