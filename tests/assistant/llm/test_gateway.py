"""The gateway against a provider over real HTTP that fails in every way a provider fails."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import aclosing
from typing import Any

import pytest

from assistant.llm import gateway
from assistant.llm.choice import BUILTIN
from assistant.llm.counting import count_tokens
from assistant.llm.errors import SENTENCES, ErrorCode, ProviderError
from assistant.llm.types import (
    Deadlines,
    Delta,
    Finish,
    Model,
    ReasoningDelta,
    Switched,
    TextDelta,
    ToolCallDelta,
    Usage,
)
from tests.fakes.provider import Running
from tests.fakes.wire import ANSWER

ASK = [{"role": "system", "content": "Be kind."}, {"role": "user", "content": "How is Bergen?"}]
QUICK = Deadlines(first_token=1.5, between_tokens=0.6, overall=6)

Scripted = Callable[[str], Model]


async def collect(
    *models: Model, messages: list[dict[str, str]] = ASK, deadlines: Deadlines = QUICK, **params: Any
) -> list[Delta]:
    return [delta async for delta in gateway.stream_chat(messages, models=models, deadlines=deadlines, **params)]


async def fail(*models: Model, deadlines: Deadlines = QUICK) -> tuple[ProviderError, str]:
    """The error of a stream that fails, and the text that came before it."""
    text = ""
    with pytest.raises(ProviderError) as caught:
        async for delta in gateway.stream_chat(ASK, models=models, deadlines=deadlines):
            text += delta.text if isinstance(delta, TextDelta) else ""
    return caught.value, text


def text_of(deltas: list[Delta]) -> str:
    return "".join(delta.text for delta in deltas if isinstance(delta, TextDelta))


@pytest.mark.asyncio
async def test_a_plain_answer_streams_in_pieces_then_usage_then_finish(scripted: Scripted) -> None:
    deltas = await collect(scripted("plain"))
    assert text_of(deltas) == ANSWER
    assert sum(isinstance(delta, TextDelta) for delta in deltas) > 3
    usage = next(delta for delta in deltas if isinstance(delta, Usage))
    assert (usage.input_tokens, usage.output_tokens, usage.cached_tokens) == (21, 9, 8)
    assert deltas[-1] == Finish("stop", scripted("plain"))


@pytest.mark.asyncio
async def test_the_provider_gets_the_messages_and_the_key_as_given(scripted: Scripted, provider: Running) -> None:
    await collect(scripted("echo"))
    request = provider.requests[-1]
    assert [message["content"] for message in request["body"]["messages"]] == ["Be kind.", "How is Bergen?"]
    assert request["authorization"] == "Bearer sk-test-1234567890"


@pytest.mark.asyncio
async def test_usage_is_counted_here_when_the_provider_sends_none(scripted: Scripted) -> None:
    usage = next(delta for delta in await collect(scripted("no-usage")) if isinstance(delta, Usage))
    assert usage.input_tokens > 0
    assert usage.output_tokens > 0


@pytest.mark.asyncio
async def test_an_answer_at_the_length_limit_says_so(scripted: Scripted) -> None:
    assert (await collect(scripted("cut-short")))[-1] == Finish("length", scripted("cut-short"))


@pytest.mark.asyncio
async def test_reasoning_comes_apart_from_the_answer(scripted: Scripted) -> None:
    deltas = await collect(scripted("reasoning"))
    assert "".join(delta.text for delta in deltas if isinstance(delta, ReasoningDelta)) == "The person asks."
    assert text_of(deltas) == ANSWER


@pytest.mark.asyncio
async def test_tool_calls_in_pieces_are_put_together_by_index(scripted: Scripted) -> None:
    deltas = await collect(scripted("tool-pieces"))
    pieces = [delta for delta in deltas if isinstance(delta, ToolCallDelta)]
    assert {piece.name for piece in pieces if piece.name} == {"calculate", "recall"}
    for index in (0, 1):
        assert "".join(piece.arguments for piece in pieces if piece.index == index) == '{"text": "1+1"}'
    assert deltas[-1] == Finish("tool_calls", scripted("tool-pieces"))


@pytest.mark.asyncio
async def test_a_whole_completion_carries_text_usage_and_tool_calls(scripted: Scripted) -> None:
    done = await gateway.complete(ASK, models=[scripted("plain")], deadlines=QUICK)
    assert (done.text, done.usage.input_tokens) == (ANSWER, 21)
    called = await gateway.complete(ASK, models=[scripted("tool")], deadlines=QUICK)
    assert [(call.name, call.arguments) for call in called.tool_calls] == [("calculate", '{"text": "17 % of 2340"}')]


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("script", "code", "kept"),
    [
        ("401", ErrorCode.REFUSED_KEY, ""),
        ("429-long", ErrorCode.RATE_LIMITED, ""),
        ("no-credit", ErrorCode.BUDGET, ""),
        ("500", ErrorCode.SERVER_ERROR, ""),
        ("502", ErrorCode.SERVER_ERROR, ""),
        ("too-long", ErrorCode.CONTEXT_TOO_LONG, ""),
        ("unknown", ErrorCode.UNKNOWN_MODEL, ""),
        ("hang", ErrorCode.TIMEOUT_FIRST_TOKEN, ""),
        ("stall", ErrorCode.TIMEOUT_BETWEEN_TOKENS, "Bergen is"),
        ("cut", ErrorCode.INTERRUPTED, "Bergen is"),
        ("early-end", ErrorCode.INTERRUPTED, "Bergen is"),
        ("empty-choices", ErrorCode.BAD_ANSWER, ""),
        ("null-content", ErrorCode.BAD_ANSWER, ""),
    ],
)
async def test_each_failure_is_one_error_with_a_code_and_keeps_what_was_said(
    scripted: Scripted, script: str, code: ErrorCode, kept: str
) -> None:
    error, text = await fail(scripted(script))
    assert (error.code, text) == (code, kept)
    assert error.sentence == str(SENTENCES[code])
    assert "sk-test" not in error.detail + str(error)


@pytest.mark.asyncio
async def test_broken_json_in_mid_stream_is_an_interruption(scripted: Scripted) -> None:
    error, text = await fail(scripted("broken-json"))
    assert error.code in (ErrorCode.INTERRUPTED, ErrorCode.BAD_ANSWER)
    assert "Bergen is".startswith(text)


@pytest.mark.asyncio
async def test_a_trickle_that_never_ends_is_stopped_by_the_overall_deadline(scripted: Scripted) -> None:
    error, text = await fail(scripted("trickle"), deadlines=Deadlines(first_token=1, between_tokens=1, overall=1.2))
    assert error.code == ErrorCode.TIMEOUT_OVERALL
    assert text.startswith("rain ")


@pytest.mark.asyncio
async def test_an_address_where_nothing_listens_is_unreachable() -> None:
    error, _ = await fail(Model("openai/plain", api_base="http://127.0.0.1:9/v1"))
    assert error.code == ErrorCode.UNREACHABLE
    assert error.retryable


@pytest.mark.asyncio
async def test_a_name_that_no_provider_knows_is_an_unknown_model() -> None:
    error, _ = await fail(Model("no-such-provider/no-such-model"))
    assert error.code == ErrorCode.UNKNOWN_MODEL
    assert not error.retryable


@pytest.mark.asyncio
async def test_one_retry_after_a_rate_limit_that_passes(scripted: Scripted, provider: Running) -> None:
    assert text_of(await collect(scripted("429-once"))) == ANSWER
    assert len(provider.requests) == 2


@pytest.mark.asyncio
async def test_a_date_until_which_to_wait_is_kept_to(scripted: Scripted, provider: Running) -> None:
    error, _ = await fail(scripted("429-until"))
    assert error.retry_after == pytest.approx(3600, abs=60)
    assert len(provider.requests) == 1, "an hour is too long to wait: the next model is asked"


def test_pauses_before_a_retry_differ_by_a_quarter_of_a_second_at_most(settings: Any) -> None:
    settings.MODEL_TRIES = 3

    async def wait(error: ProviderError, attempt: int = 1) -> float | None:
        return gateway._wait_before_retry(error, attempt, asyncio.get_running_loop().time() + 60)

    def waits(error: ProviderError, attempt: int = 1) -> list[float]:
        return [found for _ in range(200) if (found := asyncio.run(wait(error, attempt))) is not None]

    for error, attempt, least in (
        (ProviderError(ErrorCode.SERVER_ERROR), 1, 0.5),
        (ProviderError(ErrorCode.SERVER_ERROR), 2, 1.0),
        (ProviderError(ErrorCode.RATE_LIMITED, retry_after=3), 1, 3.0),
    ):
        found = waits(error, attempt)
        assert len(set(found)) > 100
        assert least <= min(found) <= max(found) <= least + 0.25
    assert waits(ProviderError(ErrorCode.RATE_LIMITED, retry_after=120)) == []
    assert waits(ProviderError(ErrorCode.REFUSED_KEY)) == []
    assert waits(ProviderError(ErrorCode.SERVER_ERROR), 3) == []


@pytest.mark.asyncio
async def test_effort_goes_to_a_model_that_thinks_and_to_no_other(provider: Running) -> None:
    def model(name: str) -> Model:
        return Model(f"openai/{name}", api_key="sk-x", api_base=provider.url)

    for name in ("o4-mini", "gpt-4o"):
        provider.provider.state.answers[name] = "Thought."
        await collect(model(name), effort="high")
        assert provider.requests[-1]["body"].get("reasoning_effort") == ("high" if name == "o4-mini" else None)


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("script", "calls"), [("500", 2), ("401", 1), ("429-long", 1), ("null-content", 2), ("cut", 1)]
)
async def test_only_what_may_pass_is_tried_again_and_only_before_the_first_word(
    scripted: Scripted, provider: Running, script: str, calls: int
) -> None:
    await fail(scripted(script))
    assert len(provider.requests) == calls


@pytest.mark.asyncio
async def test_the_next_model_goes_on_when_the_first_says_nothing(scripted: Scripted) -> None:
    deltas = await collect(scripted("401"), scripted("plain"))
    switched = next(delta for delta in deltas if isinstance(delta, Switched))
    assert (switched.model, switched.error.code) == (scripted("plain"), ErrorCode.REFUSED_KEY)
    assert text_of(deltas) == ANSWER
    assert deltas[-1] == Finish("stop", scripted("plain"))


@pytest.mark.asyncio
async def test_nothing_is_said_twice_when_a_stream_breaks(scripted: Scripted, provider: Running) -> None:
    error, text = await fail(scripted("cut"), scripted("plain"))
    assert (error.code, text) == (ErrorCode.INTERRUPTED, "Bergen is")
    assert len(provider.requests) == 1


@pytest.mark.asyncio
async def test_the_built_in_model_stands_in_and_says_why(scripted: Scripted) -> None:
    text = text_of(await collect(scripted("401"), BUILTIN, messages=[{"role": "user", "content": "What is 12 * 3?"}]))
    assert text == "Your model can't be reached right now (it refused the key). Meanwhile, from memory: 12 × 3 = 36"


@pytest.mark.asyncio
async def test_closing_the_stream_ends_it_at_once(scripted: Scripted) -> None:
    async with aclosing(gateway.stream_chat(ASK, models=[scripted("trickle")], deadlines=QUICK)) as deltas:
        async for delta in deltas:
            assert isinstance(delta, TextDelta)
            break


@pytest.mark.asyncio
async def test_a_silent_model_can_be_cancelled(scripted: Scripted) -> None:
    task = asyncio.create_task(collect(scripted("hang"), deadlines=Deadlines(20, 20, 20)))
    await asyncio.sleep(0.4)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asyncio.wait_for(task, 5)


@pytest.mark.asyncio
async def test_the_stream_of_a_personality_is_what_its_script_says(scripted: Scripted) -> None:
    leaked = text_of(
        await collect(
            scripted("leaky"),
            messages=[{"role": "system", "content": "canary-7"}, {"role": "user", "content": "hello"}],
        )
    )
    assert "canary-7" in leaked
    assert text_of(await collect(scripted("liar"))).startswith("Done")


def test_tokens_are_counted_offline_for_any_model_name() -> None:
    for name in ("openai/gpt-4o", "ollama_chat/llama3.2", "openai/who-knows", "builtin/companion"):
        assert 3 <= count_tokens("The rain in Bergen stays mainly on the people.", Model(name)) <= 25
    assert count_tokens(ASK, Model("openai/gpt-4o")) >= 8
    assert count_tokens("", BUILTIN) == 0
