"""What leaves the window of earlier turns, and when: in blocks, with the summary; the profile is renewed then, and at once where it must be."""

from __future__ import annotations

from itertools import pairwise

import pytest
from django.utils import timezone

from assistant.context import history
from assistant.conversations import services
from assistant.models import ContextItem, Message
from memory import api as memory
from memory.tasks import ingest_due
from profiles.owned import as_user

ANSWER = "That sounds like a good evening to me, with rain on the roof and a book at hand. " * 3


@pytest.fixture
def branch(db, alice):
    """Alice's chat of so many messages of ten words each, as rows alone."""

    def grow(length: int) -> Message:
        with as_user(alice):
            chat = services.start_conversation(alice.pk, at=timezone.now())
            last: Message | None = None
            for number in range(length):
                last = Message.objects.create(
                    user=alice,
                    conversation=chat,
                    parent=last,
                    role="user" if number % 2 == 0 else "assistant",
                    text=f"word {number} " * 5,
                    created_at=timezone.now(),
                )
            assert last is not None
            return last

    return grow


def test_the_oldest_turns_leave_in_blocks_of_a_quarter_of_the_window(branch, alice):
    last = branch(61)
    starts = []
    with as_user(alice):
        path = history.path_before(alice.pk, last)
        for length in range(1, len(path) + 1):
            turns = history.recent_turns(
                alice.pk, path[:length], window=200, files=0, count=lambda text: len(text.split())
            )
            assert sum(len(turn.text.split()) for turn in turns) <= 200
            assert turns[-1].message_id == path[length - 1].id
            starts.append(next(at for at, message in enumerate(path) if message.id == turns[0].message_id))
    moves = [after - before for before, after in pairwise(starts)]
    assert set(moves) == {0, 5}, "a quarter of 200 words is five messages"
    assert starts[19] == 0, "nothing leaves before the window is full"


def test_the_start_of_a_very_long_chat_stays_for_many_turns(branch, alice, monkeypatch):
    monkeypatch.setattr(history, "MOST_TURNS", 20)
    leaf = branch(90)
    with as_user(alice):
        messages = {message.id: message for message in Message.objects.of(alice)}
        questions = []
        while leaf.parent_id:
            questions.append(leaf)
            leaf = messages[leaf.parent_id]
        starts = [history.path_before(alice.pk, question)[0].id for question in reversed(questions)]
    assert len(set(starts)) < len(starts) / 4


def sections(table, run) -> dict[str, list[ContextItem]]:
    with as_user(table.alice):
        found: dict[str, list[ContextItem]] = {}
        for item in ContextItem.objects.of(table.alice).filter(run=run).order_by("position"):
            found.setdefault(item.kind, []).append(item)
        return found


def profile(table, run) -> str:
    return "\n".join(item.text for item in sections(table, run).get("profile", []))


def test_the_profile_waits_for_the_window_to_move_but_not_for_a_correction(table, inline_tasks, settings):
    settings.RECENT_TURNS_TOKENS, settings.RECALL_BUDGET_TOKENS, settings.MEMORY_SUMMARY_BLOCK_TURNS = 600, 0, 4
    table.model("talker")
    table.provider.provider.state.answers["talker"] = ANSWER
    table.knows("lives_in", "Bergen")
    assert "Bergen" in profile(table, table.ask("What shall I do tonight?"))
    table.knows("works_at", "Studio Nord")
    assert "Studio Nord" not in profile(table, table.ask("And what shall I read?"))
    first = None
    for number in range(20):
        run = table.ask(f"And what about evening number {number}?")
        oldest = sections(table, run)["turn"][0].reference
        if first not in (None, oldest):
            break
        first = oldest
        assert "Studio Nord" not in profile(table, run)
    assert number > 1, "the window held a while"
    assert "Studio Nord" in profile(table, run), "renewed with the window"
    ingest_due(str(table.alice.pk))
    (summary,) = sections(table, table.ask("And in spring?"))["summary"]
    assert summary.version > 0
    assert "evening" in summary.text
    with as_user(table.alice):
        fact = next(
            fact for fact in memory.facts_of(table.alice.pk, memory.FactFilter()).facts if fact.value == "Bergen"
        )
        memory.correct(table.alice.pk, fact.id, value="Voss", at=timezone.now())
    assert "Voss" in profile(table, table.ask("And tomorrow?")), "at once after a correction"
    with as_user(table.alice):
        memory.forget(table.alice.pk, memory.ForgetTarget(slot=("user", "works_at")), at=timezone.now())
    assert "Studio Nord" not in profile(table, table.ask("And after that?")), "at once after a forget"


def test_a_less_personal_chat_is_sent_less_of_a_life_and_a_more_personal_one_more(table):
    table.model("plain")
    table.knows("preferred_name", "Mia")
    table.knows("lives_in", "Bergen")
    for dish in ("cod", "lamb", "herring", "waffles", "cake", "soup", "bread", "cheese", "plums", "apples", "pears"):
        for way in ("fried", "baked"):
            table.knows("likes", f"{way} {dish}")
    sent = {}
    for personal in ("less", "normal", "more"):
        table.chat = None
        run = table.post("What food do I like?")
        with as_user(table.alice):
            table.chat.personal = personal
            table.chat.save()
        run = table.work(run)
        sent[personal] = len(sections(table, run).get("fact", []))
        assert "Mia" in profile(table, run)
        assert ("Bergen" in profile(table, run)) == (personal != "less")
    assert 0 < sent["less"] < sent["normal"] < sent["more"]
