"""A language model reads for memory: over real HTTP, through the gateway, and never taken at its word."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from assistant.models import Usage
from memory import api, model_reading, tasks
from memory.models import Episode, Evidence, Fact, FactLink, MemoryJob, Rejection
from memory.reconciliation import duplicates
from profiles.owned import as_user, new_id

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
MODEL = "reader"


@pytest.fixture
def reads(transactional_db, inline_tasks, settings, provider, alice):
    """Alice's turns are read by `openai/reader`; the fixture says what it answers and lets it read."""
    settings.CHAT_MODEL, settings.CHAT_API_BASE = f"openai/{MODEL}", provider.url
    settings.MEMORY_BUFFER_IDLE_SECONDS = 0.0
    settings.MODEL_TRIES = 1
    return Readings(alice, provider.provider.state)


class Readings:
    def __init__(self, user, state) -> None:
        self.user, self.state, self.conversation = user, state, new_id()
        self.at = MONDAY

    def say(self, text, role="user", **options) -> int:
        """Record a turn; its number."""
        self.at += timedelta(seconds=5)
        with as_user(self.user):
            turn = api.record_turn(
                self.user.pk,
                conversation_id=options.pop("conversation", self.conversation),
                message_id=new_id(),
                role=role,
                text=text,
                at=self.at,
                **options,
            )
        return turn.seq or 0

    def answers(self, *answers) -> None:
        self.state.answers[MODEL] = [a if isinstance(a, str) else json.dumps({"facts": a}) for a in answers]

    def read(self) -> None:
        """What a worker does when it is woken."""
        tasks.ingest_due(str(self.user.pk))  # which wakes the reading

    @property
    def calls(self) -> int:
        return sum(1 for request in self.state.requests if request["body"].get("model") == MODEL)

    @property
    def prompt(self) -> str:
        return "\n".join(str(message["content"]) for message in self.state.requests[-1]["body"]["messages"])

    def values(self, predicate, status="active") -> list[str]:
        with as_user(self.user):
            return sorted(
                Fact.objects.of(self.user).filter(predicate=predicate, status=status).values_list("value", flat=True)
            )

    def refusals(self) -> list[str]:
        with as_user(self.user):
            return sorted(Rejection.objects.of(self.user).values_list("reason", flat=True))


def fact(turn, quote, predicate, value, **more):
    return {
        "turn": turn, "quote": quote, "subject": "user", "predicate": predicate, "value": value, "text": value,
        "kind": "state", "change": "asserts", "valid_from": None, "valid_to": None, "precision": "none",
        "expires_on": None, "depends_on": [], "sensitivity": "none", "confidence": 0.9, **more,
    }  # fmt: skip


def test_what_rules_miss_a_model_reads_in_one_call_with_its_usage(reads):
    first = reads.say("The old Vespa finally gave up, so these days I get about on a cargo bike")
    reads.say("How sad! Any other news?", role="assistant")
    second = reads.say("Not much; evenings go into restoring a harmonium")
    reads.answers(
        [
            fact(first, "I get about on a cargo bike", "drives", "cargo bike"),
            fact(second, "restoring a harmonium", "hobby", "restoring a harmonium"),
        ]
    )
    reads.read()
    assert reads.values("drives") == ["cargo bike"]
    assert reads.values("hobby") == ["restoring a harmonium"]
    assert reads.calls == 1
    assert "assistant, 2026-03-02 (Monday): How sad!" in reads.prompt
    with as_user(reads.user):
        assert Usage.objects.of(reads.user).get().role == "extract"
        assert MemoryJob.objects.of(reads.user).get(kind="read").state == "done"
    reads.read()
    assert reads.calls == 1, "a turn is read once"


def test_a_buffer_waits_for_silence_or_enough_text_or_a_word_that_asks(reads, settings):
    settings.MEMORY_BUFFER_IDLE_SECONDS = 90.0
    reads.at = timezone.now() - timedelta(seconds=60)
    reads.answers([])
    reads.say("The cellar was flooded again")
    reads.read()
    assert reads.calls == 0
    with as_user(reads.user):
        waits = MemoryJob.objects.of(reads.user).get(kind="read")
        assert waits.state == "due"
        assert waits.due_at > timezone.now()
        assert waits.attempts == 0
    reads.say("Please remember that the pump is at my uncle's")
    reads.read()
    assert reads.calls == 1
    reads.say("rain " * 1000)
    reads.read()
    assert reads.calls == 2
    reads.say("And now it is dry", conversation=(other := new_id()))
    reads.read()
    assert reads.calls == 2
    reads.say("Something else", conversation=new_id())
    reads.read()
    with as_user(reads.user):
        assert not Episode.objects.of(reads.user).filter(conversation_id=other, model_read_at=None).exists()


def test_the_examples_of_the_prompt_the_memory_block_and_pastes_teach_nothing(reads):
    parrot = [
        fact(902, "I'm at Plimbor & Tsch now", "works_at", "Plimbor & Tsch"),
        fact(1, "I'm at Plimbor & Tsch now", "works_at", "Plimbor & Tsch"),
        fact(1, "I live in Gdańsk", "lives_in", "Gdańsk"),
        fact(1, "what he wrote", "states", "what he wrote"),
    ]
    with as_user(reads.user):
        api.remember(reads.user.pk, predicate="lives_in", value="Bergen", at=MONDAY)
    text = "Look what he wrote: I live in Gdańsk"
    reads.say(text, pasted=[(20, len(text))])
    reads.say("- [fact] lives in Bergen", source="memory")
    reads.answers(parrot)
    reads.read()
    assert reads.values("works_at") == []
    assert reads.values("lives_in") == ["Bergen"]
    assert reads.values("states") == ["what he wrote"]
    assert reads.refusals() == ["quote", "source", "turn"]
    assert "Gdańsk" not in reads.prompt
    assert "[fact]" not in reads.prompt


def test_a_model_hangs_a_fact_on_a_known_one_by_the_label_it_was_shown(reads):
    with as_user(reads.user):
        api.remember(reads.user.pk, predicate="pet", value="Sleipnir", at=MONDAY)
    turn = reads.say("Sleipnir's vet moved to Voss")
    reads.answers([fact(turn, "Sleipnir's vet moved to Voss", "vet", "vet in Voss", depends_on=["k1"])])
    reads.read()
    assert "k1: user, pet: " in reads.prompt
    with as_user(reads.user):
        link = FactLink.objects.of(reads.user).get(type="depends_on")
        assert (link.source.predicate, link.target.predicate) == ("vet", "pet")


def test_the_models_wording_replaces_the_rules_without_history(reads):
    turn = reads.say("I live in Bergen")
    reads.answers([fact(turn, "I live in Bergen", "lives_in", "Bergen", text="Lives in Bergen, by the fjord")])
    reads.read()
    with as_user(reads.user):
        kept = Fact.objects.of(reads.user).get(predicate="lives_in")
        assert (kept.text, kept.reader, kept.status) == ("Lives in Bergen, by the fjord", "model", "active")


@pytest.mark.parametrize(
    ("answer", "kept"),
    [
        ('Sure! Here you are:\n```json\n{"facts": [%s]}\n```\nAnything else?', True),
        ('{"facts": [%s, {"turn": 1, "quote": "cut off in the mid', True),
        ("[%s]", True),
        ('<think>A draft: {"facts": [{"turn": 1}]}, or [none]. No.</think>\n{"facts": [%s]}', True),
        ('as a draft {"facts": []} would do\n</think>\n{"facts": [%s]}', True),
        ('{"thought": 1} <think>so the answer is [this] {"facts": [%s]}', True),
        ('<think>{"facts": [%s]}, or rather nothing</think>', False),
        ('{"facts": [{"turn": "one"}, null, 7, [], %s, {"turn": 99}]}', True),
        ("I would rather not.", False),
        ("{" * 3000, False),
        ('{"facts": "none"}', False),
        ("", False),
    ],
)
def test_a_bad_answer_costs_itself_and_nothing_else(reads, answer, kept):
    turn = reads.say("Evenings go into restoring a harmonium")
    good = json.dumps(fact(turn, "restoring a harmonium", "hobby", "restoring a harmonium"))
    reads.answers(answer % good if "%s" in answer else answer)
    reads.read()
    assert reads.values("hobby") == (["restoring a harmonium"] if kept else [])
    with as_user(reads.user):
        assert not Episode.objects.of(reads.user).filter(model_read_at=None).exists(), "it is not read for ever"
    assert reads.calls <= 2
    assert kept or reads.refusals() == ["schema"]


def test_two_hundred_hostile_facts_are_refused_one_by_one(reads):
    turn = reads.say(
        "Evenings go into restoring a harmonium, and my key is sk-proj-abcdefghijklmnopqrstuvwxyz0123456789"
    )
    flood = [fact(turn, f"never said {n}", "likes", f"thing {n}") for n in range(200)]
    hostile = [
        fact(turn, "restoring a harmonium", "hobby", "x" * 1_000_000),
        fact(turn, "restoring a harmonium", "hobby", "harmonium\u0000"),
        fact(turn, "restoring a harmonium", "no such predicate", "restoring a harmonium"),
        fact(turn, "restoring a harmonium", "hobby", "restoring a harmonium"),
    ]
    reads.answers([*hostile, *flood])
    reads.read()
    assert reads.values("hobby") == ["harmonium", "restoring a harmonium"], "cleaned of what Postgres can't hold"
    assert reads.values("likes") == []
    refused = reads.refusals()
    assert refused.count("schema") == 204 - 60 + 1, "what comes after the sixtieth is refused unread"
    assert "quote" in refused
    assert "sk-proj" not in reads.prompt


def test_a_second_call_is_made_only_while_the_budget_lasts(reads):
    for number in range(12):
        reads.say(f"Evening number {number} went into restoring a harmonium", conversation=new_id())
    reads.answers("I would rather not.")
    reads.read()
    with as_user(reads.user):
        assert MemoryJob.objects.of(reads.user).filter(kind="read", state="done").count() == 12
    assert reads.calls <= 12 * 1.2 + 1


def test_a_provider_that_is_away_is_waited_for_and_nothing_is_lost(reads):
    turn = reads.say("Evenings go into restoring a harmonium")
    reads.state.scripts[MODEL] = "500"
    for _ in range(7):
        reads.read()
        with as_user(reads.user):
            MemoryJob.objects.of(reads.user).filter(kind="read").update(due_at=timezone.now())
    with as_user(reads.user):
        job = MemoryJob.objects.of(reads.user).get(kind="read")
        assert (job.state, job.error) == ("due", "model: server_error")
    reads.answers([fact(turn, "restoring a harmonium", "hobby", "restoring a harmonium")])
    tasks.read_due(str(reads.user.pk))
    assert reads.values("hobby") == ["restoring a harmonium"]


def test_what_was_forgotten_while_the_model_was_reading_is_not_learned(reads, monkeypatch):
    turn = reads.say("I live in Bergen and restore a harmonium")
    reads.answers(
        [fact(turn, "I live in Bergen", "lives_in", "Bergen"), fact(turn, "restore a harmonium", "hobby", "harmonium")]
    )
    ask = model_reading.ask

    def forget_meanwhile(*args, **kwargs):
        answer = ask(*args, **kwargs)
        with as_user(reads.user):
            target = api.ForgetTarget(slot=("user", "lives_in"))
            shown = api.preview_forget(reads.user.pk, target, at=timezone.now())
            api.forget(reads.user.pk, target, token=shown.token, at=timezone.now())
        return answer

    monkeypatch.setattr(model_reading, "ask", forget_meanwhile)
    reads.read()
    assert reads.values("lives_in") == []
    with as_user(reads.user):
        assert not Fact.objects.of(reads.user).filter(value="Bergen").exists()
        assert not Evidence.objects.of(reads.user).filter(quote__contains="Bergen").exists()


def two_organs(reads, label) -> None:
    """Two values that may be one are learned; asked about them, the model says `label`. A plan rests on the first."""
    one = reads.say("I play the church organ")
    reads.answers(
        [fact(one, "I play the church organ", "plays_instrument", "church organ", text="Plays the church organ")]
    )
    reads.read()
    with as_user(reads.user):
        first = Fact.objects.of(reads.user).get(predicate="plays_instrument")
        plan = api.remember(reads.user.pk, predicate="goal", value="give a concert", at=MONDAY).facts[0]
        FactLink.objects.create(
            user=reads.user, source_id=plan.id, target=first, type="depends_on", actor="model", created_at=MONDAY
        )
    two = reads.say("Playing the organ in church is my Sunday")
    again = fact(
        two, "Playing the organ in church", "plays_instrument", "organ in church", text="Plays the organ in church"
    )
    reads.answers(*(["{}"] * reads.calls), json.dumps({"facts": [again]}), label)
    reads.read()


def test_near_duplicates_are_put_together_when_the_model_says_so_and_stay_apart_without(reads):
    two_organs(reads, "Same.")
    assert len(reads.values("plays_instrument")) == 1
    with as_user(reads.user):
        kept = Fact.objects.of(reads.user).get(predicate="plays_instrument", status="active")
        assert Evidence.objects.of(reads.user).filter(fact=kept).count() == 2
        assert FactLink.objects.of(reads.user).get(type="duplicates").source == kept
        assert FactLink.objects.of(reads.user).filter(type="depends_on", target=kept).exists()


def test_a_pair_to_which_a_model_has_no_answer_stays_apart_and_is_not_asked_about_again(reads):
    two_organs(reads, "Hard to say.")
    assert len(reads.values("plays_instrument")) == 2
    with as_user(reads.user):
        assert duplicates.find_pairs(reads.user.pk) == []
