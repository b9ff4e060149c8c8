"""A turn that nothing can read is found, set aside with its error, and keeps nobody."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from memory import api, ingest, jobs, model_reading, tasks
from memory.consolidation import consolidate
from memory.models import Episode, Fact, MemoryJob, Rejection
from memory.summaries import conversation
from profiles.owned import as_user, new_id

POISON = "The kettle whistles at noon"


@pytest.fixture
def say(transactional_db, alice):
    state = {"at": timezone.now() - timedelta(hours=1), "conversation": new_id()}

    def tell(text):
        state["at"] += timedelta(seconds=5)
        with as_user(alice):
            api.record_turn(
                alice.pk,
                conversation_id=state["conversation"],
                message_id=new_id(),
                role="user",
                text=text,
                at=state["at"],
            )

    return tell


def work(alice, task, kind, tries=30) -> None:
    """What workers and the sweep do until nothing of this kind is due any more; pauses between tries are passed over."""
    for _ in range(tries):
        with as_user(alice):
            due = MemoryJob.objects.of(alice).filter(kind=kind, state=MemoryJob.State.DUE)
            if not due.exists():
                return
            due.update(due_at=timezone.now())
        try:
            task(str(alice.pk))
        except RuntimeError:
            continue
    raise AssertionError("the work never ended")


def test_rules_pass_over_the_one_turn_they_cannot_read(say, alice, monkeypatch):
    """The rule reader itself is made to fail on one turn: no text is known that does."""
    read = ingest.read_turns

    def fails_on_one(turns, **options):
        if any(turn.text == POISON for turn in turns):
            raise RuntimeError("poisoned")
        return read(turns, **options)

    monkeypatch.setattr(ingest, "read_turns", fails_on_one)
    for text in ("I live in Bergen", POISON, "I work at Studio Nord"):
        say(text)
    work(alice, tasks.ingest_due, "ingest")
    with as_user(alice):
        assert set(Fact.objects.of(alice).active().values_list("value", flat=True)) == {"Bergen", "Studio Nord"}
        assert Rejection.objects.of(alice).get(reason="error").episode.text == POISON
        aside = MemoryJob.objects.of(alice).get(state=MemoryJob.State.ASIDE)
        assert (aside.error, aside.attempts) == ("RuntimeError", 5)
        assert not Episode.objects.of(alice).filter(rules_read_at=None).exists()


def test_a_models_buffer_shrinks_to_the_turn_that_fails(say, alice, monkeypatch, settings, provider, inline_tasks):
    settings.CHAT_MODEL, settings.CHAT_API_BASE = "openai/reader", provider.url
    settings.MEMORY_BUFFER_IDLE_SECONDS = 0.0
    provider.provider.state.answers["reader"] = '{"facts": []}'
    learn = model_reading.learn

    def fails_on_one(user_id, answer, turns, **options):
        if any(turn.text == POISON for turn in turns.values()):
            raise RuntimeError("poisoned")
        return learn(user_id, answer, turns, **options)

    monkeypatch.setattr(model_reading, "learn", fails_on_one)
    for text in ("I live in Bergen", POISON, "I work at Studio Nord"):
        say(text)
    work(alice, tasks.ingest_due, "ingest")
    work(alice, tasks.read_due, "read")
    with as_user(alice):
        assert Rejection.objects.of(alice).get(reason="error").episode.text == POISON
        assert not Episode.objects.of(alice).filter(model_read_at=None).exists()
        assert MemoryJob.objects.of(alice).filter(kind="read", state=MemoryJob.State.ASIDE).count() == 1


@pytest.mark.parametrize(
    ("kind", "task", "place"),
    [
        ("consolidate", tasks.consolidate_due, (consolidate, "begin")),
        ("summarise", tasks.summarise_due, (conversation, "drafts")),
    ],
)
def test_what_fails_before_any_model_is_asked_is_counted_and_set_aside(alice, monkeypatch, kind, task, place):
    def fails(*args, **kwargs):
        raise RuntimeError("poisoned")

    monkeypatch.setattr(*place, fails)
    with as_user(alice):
        now = timezone.now()
        conversation_id = new_id() if kind == "summarise" else None
        jobs.make_due(alice.pk, kind, due=now, at=now, conversation_id=conversation_id)
    work(alice, task, kind)
    with as_user(alice):
        job = MemoryJob.objects.of(alice).get(kind=kind)
        assert (job.state, job.attempts) == (MemoryJob.State.ASIDE, 5)


def test_a_turn_that_kills_its_worker_is_passed_over(say, alice):
    """A killed worker reports nothing: its job is found by its lease, and after every try the turn is left to itself."""
    say(POISON)
    say("I live in Bergen")
    with as_user(alice):
        now = timezone.now()
        MemoryJob.objects.of(alice).filter(kind="ingest").update(
            state=MemoryJob.State.RUNNING, attempts=5, lease_until=now - timedelta(seconds=1)
        )
    tasks.ingest_due(str(alice.pk))
    with as_user(alice):
        assert Rejection.objects.of(alice).get(reason="error").episode.text == POISON
    work(alice, tasks.ingest_due, "ingest")
    with as_user(alice):
        assert list(Fact.objects.of(alice).active().values_list("value", flat=True)) == ["Bergen"]


def test_a_job_whose_wake_up_was_lost_is_found_by_the_sweep(say, alice, inline_tasks):
    say("I live in Bergen")  # no worker is told
    tasks.sweep()
    with as_user(alice):
        assert list(Fact.objects.of(alice).active().values_list("value", flat=True)) == ["Bergen"]
        job = MemoryJob.objects.of(alice).get(kind="ingest")
        assert (job.state, job.attempts) == (MemoryJob.State.DONE, 1)
        assert job.lag_ms is not None
