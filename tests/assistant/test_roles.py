"""Who is asked for what: connected models by role, left alone when they fail, stopped by a budget. Each call of a provider leaves one row."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from functools import partial

import pytest
from asgiref.sync import async_to_sync
from django.utils import timezone

from assistant.conversations import services
from assistant.llm import choice, structured
from assistant.llm.connected import as_model
from assistant.llm.for_memory import language_model
from assistant.llm.keys import encrypt
from assistant.llm.trial import role_of, try_model
from assistant.llm.types import Model
from assistant.models import Budget, ConnectedModel, Message, ModelRole, Project, Provider, Run, Usage
from assistant.runs.turn import run_turn
from assistant.web.words import how_asked
from memory import ports
from memory.api import MemoryScope, ScopeKind
from memory.recall import meaning
from profiles.owned import as_user
from tests.stack import forget_cached


@pytest.fixture
def connect(transactional_db, provider):
    """Connect a model of the scripted provider to roles, in the order of the calls."""
    forget_cached()
    ours = Provider.objects.create(
        kind="compatible", name="Ours", api_base=provider.url, key_cipher=encrypt("sk-test-roles")
    )

    def add(name: str, *roles: str) -> ConnectedModel:
        model = ConnectedModel.objects.create(provider=ours, name=name)
        for role in roles:
            ModelRole.objects.create(role=role, model=model, order=ModelRole.objects.filter(role=role).count())
        return model

    yield add
    forget_cached()


@pytest.fixture
def ask(alice):
    """Say something as alice in a new chat; the finished run."""

    def say(text: str, *, project: Project | None = None, thinking: str = "auto") -> Run:
        with as_user(alice):
            chat = services.start_conversation(alice.pk, at=timezone.now())
            if project:
                chat.project = project
                chat.save()
            posted = services.post_message(alice.pk, chat.id, text=text, at=timezone.now(), thinking=thinking)
        run = async_to_sync(run_turn)(alice.pk, posted.run.id)
        assert run
        return run

    return say


def names(role: str) -> list[str]:
    return [model.name for model in choice.models_for(role)]


def usage(alice) -> list[tuple[str, str, str]]:
    with as_user(alice):
        return list(Usage.objects.of(alice).order_by("id").values_list("role", "model", "error_code"))


def test_each_role_has_its_models_and_small_ones_fall_back_to_the_chats(connect):
    connect("big", "chat")
    connect("small", "extract", "title")
    connect("vectors", "embed")
    assert names("chat") == ["openai/big", "builtin/companion"]
    assert names("extract") == ["openai/small", "openai/big", "builtin/companion"]
    assert names("reason") == ["openai/big", "builtin/companion"]
    assert names("embed") == ["openai/vectors", "builtin/companion"]
    assert "openai/vectors" not in [model.name for model in choice.connected_models()]
    Provider.objects.update(is_enabled=False)
    assert "openai/big" not in names("chat")


def test_a_key_that_cannot_be_read_any_more_is_passed_over(connect, settings):
    connect("big", "chat")
    before, settings.ENCRYPTION_KEY = settings.ENCRYPTION_KEY, "another"
    assert names("chat")[-1] == "builtin/companion"
    assert "openai/big" not in names("chat")
    settings.ENCRYPTION_KEY_FALLBACKS = [before]
    assert names("chat")[0] == "openai/big"


def test_every_call_of_a_provider_leaves_one_row(connect, ask, alice, settings):
    settings.MODEL_TRIES = 2
    connect("500", "chat")
    connect("plain", "chat")
    run = ask("Hello there")
    assert run.status == "done"
    assert run.model == "openai/plain"
    assert usage(alice) == [
        ("chat", "openai/500", "server_error"),
        ("chat", "openai/500", "server_error"),
        ("chat", "openai/plain", ""),
    ]


def test_a_vector_made_elsewhere_leaves_one_row_and_keeps_to_the_budget(connect, alice, provider):
    connect("embed-8", "embed")
    embedder = ports.remote_embedder()
    assert embedder is not None, "the model that was given the role serves it"
    assert embedder.embed_for(alice.pk, ["The spare key hangs behind the boiler"]).shape == (1, 8)
    meaning.prepare(alice.pk, "Where did I put the spare key of the boat house?")
    assert usage(alice) == [("embed", "openai/embed-8", "")] * 2
    with as_user(alice):
        assert {row.input_tokens for row in Usage.objects.of(alice)} == {4}
    Provider.objects.update(api_base="http://127.0.0.1:9/v1")
    forget_cached()
    with pytest.raises(ports.ModelFailed):
        ports.remote_embedder().embed_for(alice.pk, ["x"])
    assert usage(alice)[-1] == ("embed", "openai/embed-8", "unreachable")
    Budget.objects.create(tokens=5)
    asked = len(usage(alice))
    with pytest.raises(ports.ModelFailed, match="spent"):
        embedder.embed_for(alice.pk, ["x"])
    assert len(usage(alice)) == asked, "nothing was asked"


def test_what_a_project_has_read_for_memory_counts_towards_its_budget(connect, alice, provider):
    connect("plain", "chat")
    with as_user(alice):
        project = Project.objects.create(user=alice, name="Boat", created_at=timezone.now())
    within = MemoryScope(ScopeKind.PROJECT, project.pk)
    reader = language_model()
    assert reader is not None
    reader.summarise(alice.pk, instructions="Sum up.", text="The keel was painted.", scope=within)
    reader.summarise(alice.pk, instructions="Sum up.", text="It rained.")
    with as_user(alice):
        assert list(Usage.objects.of(alice).order_by("id").values_list("project_id", flat=True)) == [project.pk, None]
    Budget.objects.create(project=project, tokens=1)
    asked = len(provider.requests)
    for read in (reader.summarise, partial(reader.extract, schema={}), partial(reader.label, labels=["same"])):
        with pytest.raises(ports.ModelFailed, match="spent"):
            read(alice.pk, instructions="Sum up.", text="The keel was painted.", scope=within)
    assert len(provider.requests) == asked
    assert reader.summarise(alice.pk, instructions="Sum up.", text="It rained.")


@pytest.mark.parametrize(("name", "role"), [("plain", "title"), ("401", "chat"), ("embed-8", "embed")])
def test_trying_a_model_leaves_one_row_in_its_role(connect, alice, provider, name, role):
    row = connect(name, role)
    tried = async_to_sync(try_model)(alice.pk, as_model(row), role=role_of(row))
    assert tried.ok == (name != "401")
    assert usage(alice) == [(role, f"openai/{name}", tried.code)]
    asked = len(provider.requests)
    Budget.objects.create(tokens=0)
    tried = async_to_sync(try_model)(alice.pk, as_model(row), role=role_of(row))
    assert (tried.ok, tried.code, len(provider.requests)) == (False, "spent", asked)
    assert len(usage(alice)) == 1


def test_a_model_that_keeps_failing_is_left_alone_and_tried_again_later(connect, ask, provider, settings, monkeypatch):
    settings.MODEL_TRIES = 1
    connect("500", "chat")
    connect("plain", "chat")

    def calls() -> int:
        return sum(1 for request in provider.requests if request["body"].get("model") == "500")

    for _ in range(5):
        assert ask("Hello there").model == "openai/plain"
    assert calls() == 3
    later = timezone.now().timestamp() + 60
    monkeypatch.setattr("assistant.llm.breaker.time.time", lambda: later)
    ask("Hello there")
    assert calls() == 4
    provider.provider.state.scripts["500"] = "plain"
    later += 600
    assert ask("Hello there").model == "openai/500"


@pytest.mark.parametrize("whose", ["everybody", "user", "project"])
def test_a_used_up_budget_stops_what_costs_and_says_so(connect, ask, alice, provider, whose):
    connect("plain", "chat")
    with as_user(alice):
        project = Project.objects.create(user=alice, name="Boat", created_at=timezone.now())
    Budget.objects.create(
        user=alice if whose == "user" else None, project=project if whose == "project" else None, tokens=20
    )
    assert ask("Hello there", project=project).model == "openai/plain"
    asked = len(provider.requests)
    run = ask("Hello again", project=project)
    assert run.model == "builtin/companion"
    assert len(provider.requests) == asked
    with as_user(alice):
        assert "budget" in Message.objects.of(alice).get(id=run.answer_id).text
    if whose == "project":
        assert ask("Hello elsewhere").model == "openai/plain"
    with as_user(alice):
        Usage.objects.of(alice).update(called_at=timezone.now() - timedelta(days=40))
    assert ask("Hello in another month", project=project).model == "openai/plain"


def test_dollars_count_as_well(connect, ask, alice):
    connect("plain", "chat")
    Budget.objects.create(dollars=Decimal("0.50"))
    with as_user(alice):
        Usage.objects.create(user=alice, role="chat", model="x", cost=Decimal("0.60"), called_at=timezone.now())
    assert ask("Hello").model == "builtin/companion"


def test_one_that_thinks_by_itself_is_told_how_hard_and_not_how(connect, ask, provider):
    """And the receipt tells with what it was asked."""
    connect("o4-mini", "chat")
    provider.provider.state.answers["o4-mini"] = "Thought through."
    for thinking, effort in (("on", "high"), ("off", None), ("auto", "medium")):
        run = ask("Prove it step by step", thinking=thinking)
        assert run.parameters["effort"] == (effort or "")
        assert run.parameters["role"] == ("reason" if effort else "chat")
        assert ("it thought" in how_asked(run).lower()) == bool(effort)
        sent = provider.requests[-1]["body"]
        assert sent.get("reasoning_effort") == effort
        assert "step by step" not in sent["messages"][0]["content"]


def test_a_hard_question_goes_to_those_who_think_and_a_plain_one_does_not(connect, ask, alice, provider):
    connect("plain", "chat")
    connect("thinker", "reason")
    provider.provider.state.answers["thinker"] = "Thought through."
    assert ask("What a day").model == "openai/plain"
    assert ask("Compare the two offers with each other and weigh the trade-offs").model == "openai/thinker"
    sent = provider.requests[-1]["body"]["messages"][0]["content"]
    assert "step by step" in sent, "it is not known to think by itself"
    assert usage(alice)[-1] == ("reason", "openai/thinker", "")
    assert ask("What a day", thinking="on").model == "openai/thinker"
    assert ask("Prove it step by step", thinking="off").model == "openai/plain"


def test_json_is_asked_for_in_the_way_a_model_takes_and_a_refusal_is_remembered(provider):
    provider.provider.state.answers["json"] = '{"facts": []}'
    schema = {"type": "object", "properties": {"facts": {"type": "array"}}}

    def ask(name: str) -> str:
        model = Model(f"openai/{name}", api_base=provider.url, api_key="sk-x")
        question = [{"role": "user", "content": "x"}]
        return async_to_sync(structured.complete_json)(question, models=[model], schema=schema).text

    assert ask("json") == ask("no-schema") == ask("no-schema") == '{"facts": []}'
    asked = ["response_format" in request["body"] for request in provider.requests]
    assert asked == [True, True, False, False]
