"""An embedding model on another machine: its vectors are made by a task that can stop anywhere, and serve once all are there."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from memory import api, ports, reembedding
from memory.models import Episode, MemoryJob, Vector
from memory.recall import cache, load, meaning
from memory.recall.query import normalised
from memory.tasks import embed_due, sweep
from profiles.owned import as_user, new_id

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
QUESTION = "Where does the spare key hang?"
TEXTS = [
    "The spare key hangs behind the boiler",
    "I live in Bergen",
    "The ferry was late",
    "Rex ate my shoe",
    "We bought a lamp",
]

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def remote(settings, provider):
    settings.EMBEDDING_MODEL = "openai/embed-8"
    settings.EMBEDDING_API_BASE, settings.EMBEDDING_API_KEY = provider.url, "sk-test-only"
    settings.MEMORY_REMOTE_EMBEDDER = "assistant.llm.for_meaning.remote_embedder"
    settings.MEMORY_EMBED_BATCH = 2
    return ports.remote_embedder()


def say(user, *texts):
    conversation = new_id()
    with as_user(user):
        for minute, text in enumerate(texts):
            at = MONDAY + timedelta(minutes=minute)
            api.record_turn(user.pk, conversation_id=conversation, message_id=new_id(), role="user", text=text, at=at)
        api.ingest(user.pk, at=MONDAY + timedelta(hours=1))


def serving(user) -> str:
    with as_user(user):
        return load.state_of(user.pk, normalised(QUESTION)).embedder.name


def ask(user):
    meaning.prepare(user.pk, QUESTION)
    with as_user(user):
        return api.recall(user.pk, QUESTION, at=MONDAY + timedelta(days=1))


def lacking(user, remote) -> int:
    with as_user(user):
        done, everything = reembedding.progress(user.pk)
    return everything - done


def test_the_old_vectors_serve_until_all_new_ones_are_there(alice, remote, inline_tasks, monkeypatch):
    say(alice, *TEXTS)
    assert ask(alice).items
    assert serving(alice) == ports.embedder().name
    assert lacking(alice, remote) == 6  # five turns, and the fact that one of them says

    embed, calls = remote.embed_for, []

    def dies_after_two(user_id, texts):
        calls.append(texts)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return embed(user_id, texts)

    with monkeypatch.context() as broken:
        broken.setattr(remote, "embed_for", dies_after_two)
        with as_user(alice):
            api_job_due(alice)
        with pytest.raises(KeyboardInterrupt):
            embed_due(str(alice.pk))
    assert lacking(alice, remote) == 2
    assert serving(alice) == ports.embedder().name

    with as_user(alice):
        MemoryJob.objects.of(alice).filter(kind="embed").update(
            lease_until=MONDAY
        )  # the lease of the worker that died is over
    sweep()
    assert lacking(alice, remote) == 0
    assert serving(alice) == remote.name
    assert "boiler" in ask(alice).items[0].line.text
    with as_user(alice):
        assert set(Vector.objects.of(alice).values_list("model", "dimensions")) == {
            (remote.name, 8),
            (ports.embedder().name, 256),
        }


def api_job_due(user):
    from memory import jobs

    jobs.make_due(user.pk, MemoryJob.Kind.EMBED, due=MONDAY, at=MONDAY)


def test_turns_said_later_come_in_by_the_sweep_and_reach_the_arrays(alice, remote, inline_tasks):
    say(alice, *TEXTS)
    sweep()
    ask(alice)  # a question's own vector has to be there before the remote ones serve it
    assert serving(alice) == remote.name
    say(alice, "The ladder is at Ana's")
    sweep()
    assert lacking(alice, remote) == 0
    ask(alice)
    with as_user(alice):
        turns = cache.turns_of(alice.pk, load.state_of(alice.pk, normalised(QUESTION)))
        assert turns.standing == Episode.objects.of(alice).count() == 6
        scales = [float(block.scales[row]) for block in turns.blocks for row in range(len(block))]
    assert all(scale > 0 for scale, gone in zip(scales, turns.gone, strict=True) if not gone)


def test_without_an_answer_the_local_vectors_serve_and_the_job_waits(
    alice, remote, provider, inline_tasks, monkeypatch
):
    def refuses(user_id, texts):
        raise ports.ModelFailed("unreachable", retryable=True)

    say(alice, *TEXTS)
    with monkeypatch.context() as broken:
        broken.setattr(remote, "embed_for", refuses)
        sweep()
        with as_user(alice):
            job = MemoryJob.objects.of(alice).get(kind="embed")
        assert (job.state, job.error) == ("due", "model: unreachable")
        assert "boiler" in ask(alice).items[0].line.text
    assert serving(alice) == ports.embedder().name


def test_what_was_forgotten_while_it_was_embedded_gets_no_vector(alice, remote):
    say(alice, "I live in Bergen")
    with as_user(alice):
        batch = reembedding.lacking(alice.pk, remote)
    vectors = remote.embed_for(alice.pk, [one.text for one in batch])
    with as_user(alice):
        api.forget(alice.pk, api.ForgetTarget(slot=("user", "lives_in")), at=MONDAY)
        reembedding.store(alice.pk, remote, batch, vectors)
        assert not Vector.objects.of(alice).filter(model=remote.name).exists()


def test_the_command_asks_by_the_vectors_that_an_answer_would_use_and_small_talk_asks_nobody(
    alice, remote, inline_tasks, monkeypatch
):
    say(alice, *TEXTS)
    sweep()
    embed, asked = remote.embed_for, []

    def noted(user_id, texts):
        asked.extend(texts)
        return embed(user_id, texts)

    monkeypatch.setattr(remote, "embed_for", noted)
    meaning.prepare(alice.pk, "Thanks a lot!")
    assert asked == []
    call_command("recall", "Who ate the shoe of mine?", "--user", alice.email, stdout=StringIO())
    assert asked == ["Who ate the shoe of mine?"]
