"""What calls of providers took is written down also where the answer was not heard to its end; and models that think, or number oddly, get their due."""

from __future__ import annotations

import asyncio
from typing import cast

import pytest
from asgiref.sync import async_to_sync, sync_to_async
from django.utils import timezone

from assistant.llm import tooling
from assistant.llm.errors import ErrorCode, ProviderError
from assistant.llm.types import Model
from assistant.models import Run, Usage
from assistant.runs.lifecycle import request_cancel
from assistant.runs.stream import Entries, client, run_key, tell_to_stop
from assistant.runs.turn import run_turn
from profiles.owned import as_user, work_as


def rows(table, run: Run) -> list[tuple[str, str]]:
    with as_user(table.alice):
        found = list(Usage.objects.of(table.alice).filter(run_id=run.id))
    assert all(row.input_tokens > 100 and row.output_tokens > 0 for row in found)
    return [(row.model, row.error_code) for row in found]


def test_an_answer_that_was_stopped_is_counted(table):
    """Else whoever stops each answer late pays for none."""
    table.model("stall")
    run = table.post("What is 2 + 3?")

    async def stop_soon() -> Run | None:
        work = asyncio.create_task(run_turn(table.alice.pk, run.id))
        while not await sync_to_async(_has_begun)(run):  # noqa: ASYNC110 - viewers learn it from Valkey, and so does this
            await asyncio.sleep(0.05)
        await work_as(table.alice.pk, request_cancel, table.alice.pk, run.id, at=timezone.now())
        await sync_to_async(tell_to_stop)(run.id)
        return await work

    done = async_to_sync(stop_soon)()
    assert done and done.status == "cancelled"
    assert rows(table, done) == [("openai/stall", "")]
    assert done.input_tokens and done.input_tokens > 100


def _has_begun(run: Run) -> bool:
    entries = cast("Entries", client().xrange(run_key(run.id)))
    return any(fields["e"] == "message.delta" for _, fields in entries)


@pytest.mark.parametrize(("script", "code"), [("cut", "interrupted"), ("stall", "timeout_between_tokens")])
def test_an_answer_that_broke_off_is_counted_as_far_as_it_came(table, settings, script, code):
    settings.MODEL_BETWEEN_TOKENS_SECONDS = 0.5
    table.model(script)
    assert rows(table, table.ask("What is 2 + 3?")) == [(f"openai/{script}", code)]


def test_a_model_that_is_told_to_think_may_be_silent_for_longer(table, settings):
    settings.MODEL_FIRST_TOKEN_SECONDS = 0.4
    table.provider.provider.state.scripts["o4-mini"] = "late"
    table.model("o4-mini")
    assert table.ask("What is 2 + 3?", thinking="off").model == "builtin/companion"
    assert table.ask("What is 2 + 3?", thinking="on").model == "openai/o4-mini"


def test_calls_that_a_server_numbers_alike_are_told_apart(table):
    table.model("same-index")
    run = table.ask("Two sums")
    assert table.states(run) == [("calculate", "done"), ("calculate", "done")]
    assert ["1 + 1" in call.arguments or "2 + 2" in call.arguments for call in table.calls(run)] == [True, True]


def test_one_tool_that_a_provider_does_not_take_costs_all_of_them_for_a_while_only(monkeypatch):
    model = Model("openai/choosy", api_base="http://choosy.test")
    bad = ProviderError(ErrorCode.BAD_REQUEST, detail="Invalid schema for function 'shop_buy'")
    assert tooling.note_refusal(model, bad)
    assert not tooling.can_call_tools(model)
    later = tooling.time.monotonic() + 3600
    monkeypatch.setattr(tooling.time, "monotonic", lambda: later)
    assert tooling.can_call_tools(model)
    tooling.note_refusal(model, ProviderError(ErrorCode.BAD_REQUEST, detail="choosy does not support tools"))
    later += 1_000_000
    assert not tooling.can_call_tools(model)
