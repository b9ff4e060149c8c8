"""Calls to models: streamed or whole, with deadlines, one retry loop and fallbacks, and every fault as one `ProviderError`."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import math
import random
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import partial
from typing import Any

from assistant.conf import (
    answer_seconds,
    between_tokens_seconds,
    first_token_seconds,
    longest_retry_wait_seconds,
    model_tries,
    thinking_seconds,
)
from assistant.llm import breaker
from assistant.llm.counting import Messages, count_tokens
from assistant.llm.door import load_litellm, load_litellm_off_loop
from assistant.llm.errors import ErrorCode, ProviderError
from assistant.llm.faults import to_provider_error
from assistant.llm.seeing import as_seen, without_pictures
from assistant.llm.tooling import can_call_tools, join_call, note_refusal, without_calls
from assistant.llm.types import (
    Completion,
    Confidence,
    Deadlines,
    Delta,
    Failed,
    Finish,
    FinishReason,
    Model,
    ReasoningDelta,
    Switched,
    TextDelta,
    ToolCall,
    ToolCallDelta,
    Usage,
)

log = logging.getLogger(__name__)
Recorder = Callable[[str, Usage, str], None]
STANDING_IN = "standing_in"  # see builtin/provider.py
_REASONS: dict[str, FinishReason] = {
    "length": "length",
    "tool_calls": "tool_calls",
    "function_call": "tool_calls",
}


def deadlines_from_settings() -> Deadlines:
    """The deadlines that the operator set."""
    return Deadlines(first_token_seconds(), between_tokens_seconds(), answer_seconds())


async def stream_chat(
    messages: Messages,
    *,
    models: Sequence[Model],
    tools: Sequence[Mapping[str, Any]] = (),
    deadlines: Deadlines | None = None,
    effort: str = "",
    because: ProviderError | None = None,
    with_confidence: bool = False,
    **params: Any,
) -> AsyncGenerator[Delta]:
    """The answer of the first of `models` that gives one, as it comes; `Finish` is the last delta.

    Before its first token a model is tried again where that may help (after what Retry-After says, within reason), then the next one is asked,
    and `Switched` says so. Once something was said, nothing is tried again. Each call of a provider ends in one `Usage` or one `Failed`. A model that
    kept failing lately is passed over without a call (`breaker`). `effort` (low, medium, high) goes to models that think; `because` says why better
    models than these are not asked at all. `with_confidence`: ask for log-probabilities where a model gives them. `tools` are offered to those that can
    call them; to the others earlier results are told as plain messages.
    Raises one `ProviderError`: that of the last model. Cancelling, or closing this generator, ends the provider's stream at once.
    """
    limits = deadlines or deadlines_from_settings()
    await load_litellm_off_loop()  # before the clock starts: its import takes seconds
    until = asyncio.get_running_loop().time() + limits.overall
    failed = because
    for index, model in enumerate(models):
        if failed is not None:
            log.warning("%s, going on with %s", failed, model.name)
            yield Switched(model, failed)
        if tired := await asyncio.to_thread(breaker.resting, model):
            failed = tired
            continue
        extra = _extra(model, failed, effort=effort, with_confidence=with_confidence)
        patient = _patient(limits) if "reasoning_effort" in extra else limits
        for attempt in range(1, model_tries() + 1):
            begun = False
            try:
                async with contextlib.aclosing(
                    _stream_once(messages, model, tools=tools, limits=patient, until=until, params={**params, **extra})
                ) as deltas:
                    async for delta in deltas:
                        begun = begun or not isinstance(delta, Usage)
                        yield delta
                await asyncio.to_thread(breaker.answered, model)
                return
            except ProviderError as error:
                failed = error
                await asyncio.to_thread(breaker.failed, model, error)
                yield Failed(model, error, error.usage if isinstance(error.usage, Usage) else Usage())
                if begun:
                    raise
                if tools and note_refusal(model, error):
                    continue
                wait = _wait_before_retry(error, attempt, until)
                if wait is None:
                    break
                await asyncio.sleep(wait)
        if index == len(models) - 1 or failed is None or failed.code == ErrorCode.TIMEOUT_OVERALL:
            break
    raise failed or ProviderError(ErrorCode.UNKNOWN_MODEL, detail="no model to ask")


def _extra(model: Model, failed: ProviderError | None, *, effort: str, with_confidence: bool) -> dict[str, Any]:
    """What only this model is asked with."""
    extra: dict[str, Any] = {STANDING_IN: failed.code} if failed and model.is_builtin else {}
    if effort and can_reason(model):
        extra["reasoning_effort"] = effort
    if with_confidence and tells_confidence(model):
        extra["logprobs"] = True
    return extra


def _patient(limits: Deadlines) -> Deadlines:
    """Many models think in silence, so that their first token comes late."""
    return replace(limits, first_token=max(limits.first_token, thinking_seconds()))


def _wait_before_retry(error: ProviderError, attempt: int, until: float) -> float | None:
    """Seconds to wait before the same model is asked again, or None when the next one should be."""
    if not error.retryable or attempt >= model_tries():
        return None
    wait = error.retry_after if error.retry_after is not None else 0.5 * 2 ** (attempt - 1)
    wait += random.uniform(0, 0.25)  # noqa: S311 - so that many runs don't come back at once
    left = until - asyncio.get_running_loop().time()
    return wait if wait <= min(longest_retry_wait_seconds(), left) else None


async def _stream_once(
    messages: Messages,
    model: Model,
    *,
    tools: Sequence[Mapping[str, Any]],
    limits: Deadlines,
    until: float,
    params: dict[str, Any],
) -> AsyncGenerator[Delta]:
    """One call of one model. Raises `ProviderError`; whether anything came before it is known to the caller."""
    litellm = await load_litellm_off_loop()
    messages = await as_seen(messages, model)
    clock = asyncio.get_running_loop().time
    began, first_until = False, clock() + limits.first_token
    reason: str | None = None
    usage: Any = None
    said: list[str] = []
    stream: Any = None
    try:
        async with asyncio.timeout_at(min(first_until, until)):
            takes_tools = can_call_tools(model)
            stream = await litellm.acompletion(
                messages=list(messages) if takes_tools else without_calls(messages, model),
                stream=True,
                stream_options={"include_usage": True},
                **_call(model, tools if takes_tools else (), limits, params),
            )
        chunks = aiter(stream)
        while True:
            due = min(until, clock() + limits.between_tokens if began else first_until)
            async with asyncio.timeout_at(due):
                chunk = await anext(chunks, None)
            if chunk is None:
                break
            usage = getattr(chunk, "usage", None) or usage
            for choice in chunk.choices[:1]:
                reason = choice.finish_reason or reason
                for delta in (*_deltas(choice.delta), *_confidence(choice)):
                    began = True
                    said.append(_said_in(delta))
                    yield delta
    except TimeoutError as error:
        late = _timed_out(model, overall=clock() >= until, began=began)
        raise _having_taken(late, _usage(usage, messages, "".join(said), model) if began else None) from error
    except (asyncio.CancelledError, GeneratorExit, ProviderError):
        raise
    except Exception as error:
        broken = to_provider_error(error, model=model, litellm=litellm, begun=began)
        raise _having_taken(broken, _usage(usage, messages, "".join(said), model) if began else None) from error
    finally:
        await _close(stream)
    took = _usage(usage, messages, "".join(said), model)
    wrong: ProviderError | None = None
    if reason == "content_filter":
        wrong = ProviderError(ErrorCode.FILTERED, detail="the provider's content filter", model=model.name)
    elif not began:
        wrong = ProviderError(ErrorCode.BAD_ANSWER, detail="the answer was empty", model=model.name)
    elif reason is None or getattr(stream, "received_finish_reason", reason) is None:
        wrong = ProviderError(ErrorCode.INTERRUPTED, detail="the stream ended without a finish", model=model.name)
    if wrong is not None:
        raise _having_taken(wrong, took)
    yield took
    yield Finish(_REASONS.get(reason or "", "stop"), model)


def _having_taken(error: ProviderError, took: Usage | None) -> ProviderError:
    """A call that failed once it had begun is paid for as far as it came."""
    error.usage = took
    return error


def _timed_out(model: Model, *, overall: bool, began: bool) -> ProviderError:
    if overall:
        return ProviderError(ErrorCode.TIMEOUT_OVERALL, detail="overall deadline", model=model.name)
    code = ErrorCode.TIMEOUT_BETWEEN_TOKENS if began else ErrorCode.TIMEOUT_FIRST_TOKEN
    return ProviderError(code, detail="no token in time", model=model.name)


async def _close(stream: Any) -> None:
    """End the provider's stream; what goes wrong while hanging up concerns nobody any more."""
    close = getattr(stream, "aclose", None)
    if close is not None:
        try:
            await close()
        except Exception:
            log.debug("closing a stream failed", exc_info=True)


def _call(
    model: Model, tools: Sequence[Mapping[str, Any]], limits: Deadlines, params: dict[str, Any]
) -> dict[str, Any]:
    """What litellm is called with. Its own retries are off (two loops would multiply), its own timeout only backs ours up."""
    call: dict[str, Any] = {"model": model.name, "timeout": limits.overall, "max_retries": 0, **params}
    if tools:
        call["tools"] = list(tools)
    if model.api_key:
        call["api_key"] = model.api_key
    elif model.api_base and model.name.startswith("openai/"):
        call["api_key"] = "none"  # a server of one's own often wants none, the client library insists on one
    if model.api_base:
        call["api_base"] = model.api_base
    return call


def _deltas(delta: Any) -> list[TextDelta | ReasoningDelta | ToolCallDelta]:
    found: list[TextDelta | ReasoningDelta | ToolCallDelta] = []
    reasoning = getattr(delta, "reasoning_content", None)
    if reasoning:
        found.append(ReasoningDelta(str(reasoning)))
    if delta.content:
        found.append(TextDelta(str(delta.content)))
    for call in getattr(delta, "tool_calls", None) or []:
        function = call.function
        found.append(
            ToolCallDelta(
                call.index or 0,
                call.id or "",
                (function and function.name) or "",
                (function and function.arguments) or "",
            )
        )
    return found


def _said_in(delta: Delta) -> str:
    """What of a delta counts as tokens of the answer."""
    match delta:
        case TextDelta(text=text) | ReasoningDelta(text=text):
            return text
        case ToolCallDelta(name=name, arguments=arguments):
            return name + arguments
    return ""


def _confidence(choice: Any) -> list[Confidence]:
    """The log-probabilities of a chunk, as probabilities; what is odd in them is left out."""
    told = getattr(choice, "logprobs", None)
    tokens = told.get("content") if isinstance(told, dict) else getattr(told, "content", None)
    found = []
    for token in tokens or ():
        read = token.get if isinstance(token, dict) else partial(getattr, token)
        text, value = read("token", None), read("logprob", None)
        if isinstance(text, str) and isinstance(value, int | float) and value <= 0:
            found.append(Confidence(text, math.exp(value)))
    return found


def tells_confidence(model: Model) -> bool:
    """Whether a model gives log-probabilities when asked, by litellm's tables. A server of one's own is not asked: some refuse the whole request for it."""
    if model.is_builtin or model.api_base or can_reason(model):
        return False
    try:
        litellm = load_litellm()
        litellm.get_model_info(model.name)
        return "logprobs" in (litellm.get_supported_openai_params(model=model.name) or ())
    except Exception:  # noqa: BLE001 - it raises a plain Exception for a model that is not in its tables
        return False


def usage_so_far(messages: Messages, said: str, model: Model) -> Usage:
    """What a call took that was stopped before its provider could say it, by our own count."""
    return _usage(None, messages, said, model)


def _usage(usage: Any, messages: Messages, said: str, model: Model) -> Usage:
    """What the provider counted, or our own count where it did not."""
    if usage is None:
        sent, answered, cached = count_tokens(without_pictures(messages), model), count_tokens(said, model), 0
    else:
        sent, answered = int(usage.prompt_tokens or 0), int(usage.completion_tokens or 0)
        details = getattr(usage, "prompt_tokens_details", None)
        cached = int(getattr(details, "cached_tokens", None) or 0)
    return Usage(sent, answered, cached, cost_of(model, sent, answered, cached), model.name)


def cost_of(model: Model, sent: int, answered: int = 0, cached: int = 0) -> Decimal:
    """What so many tokens cost by litellm's map, in US dollars; 0 where no price is known."""
    if model.is_builtin:
        return Decimal(0)
    try:
        prompt, completion = load_litellm().cost_per_token(
            model=model.name, prompt_tokens=sent, completion_tokens=answered, cache_read_input_tokens=cached
        )
    except Exception:  # noqa: BLE001 - it raises various things for a model without a price
        return Decimal(0)
    return Decimal(str(round(prompt + completion, 8)))


async def complete(
    messages: Messages,
    *,
    models: Sequence[Model],
    tools: Sequence[Mapping[str, Any]] = (),
    deadlines: Deadlines | None = None,
    record: Recorder | None = None,
    **params: Any,
) -> Completion:
    """A whole answer, for the small roles (titles, summaries, extraction). Raises `ProviderError`, also for an answer that broke off.

    `record` is told of each call of a provider: its model, what it took, and the code of its failure ("" for none).
    """
    text: list[str] = []
    calls: dict[tuple[int, int], ToolCall] = {}
    usage = Usage()
    async with contextlib.aclosing(
        stream_chat(messages, models=models, tools=tools, deadlines=deadlines, **params)
    ) as deltas:
        async for delta in deltas:
            match delta:
                case TextDelta():
                    text.append(delta.text)
                case ToolCallDelta():
                    join_call(calls, delta)
                case Usage():
                    usage = delta
                    if record:
                        record(delta.model, delta, "")
                case Failed():
                    if record:
                        record(delta.model.name, delta.usage, delta.error.code)
                case Finish():
                    return Completion("".join(text), delta.model, usage, delta.reason, tuple(calls.values()))
    raise ProviderError(ErrorCode.INTERRUPTED, detail="the stream ended without a finish", model=models[0].name)


def can_reason(model: Model) -> bool:
    """Whether a model thinks before it answers, by litellm's tables."""
    if model.is_builtin:
        return False
    try:
        return bool(load_litellm().supports_reasoning(model=model.name))
    except Exception:  # noqa: BLE001 - a name that is not in its tables
        return False


async def warm_up() -> None:
    """Import what the first call needs, so that no person waits for it."""
    await load_litellm_off_loop()
