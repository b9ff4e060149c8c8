"""The scripts of the provider, named in `SCRIPTS`: a function each, from the request to what goes over the wire. See `personalities.py` as well."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Awaitable, Callable
from email.utils import formatdate

from tests.fakes.wire import (
    ANSWER,
    HANG_SECONDS,
    USAGE,
    Call,
    CutError,
    called,
    chunk,
    end_stream,
    event,
    problem,
    refuse,
    say,
    start_stream,
    words,
)


async def plain(call: Call) -> None:
    await say(call, ANSWER)


async def echo(call: Call) -> None:
    await say(call, call.last)


async def slow(call: Call) -> None:
    await say(call, ANSWER, pause=0.15)


async def no_usage(call: Call) -> None:
    await say(call, ANSWER, usage=False)


async def cut_short(call: Call) -> None:
    await say(call, "Bergen is rainy, and", finish="length")


async def tool_call(call: Call) -> None:
    if any(message.get("role") == "tool" for message in call.messages):
        await say(call, "It is 397.8.")
        return
    function = {"name": "calculate", "arguments": '{"text": "17 % of 2340"}'}
    await start_stream(call)
    await event(
        call,
        chunk(
            {
                "role": "assistant",
                "content": None,
                "tool_calls": [{"index": 0, "id": "call_1", "type": "function", "function": function}],
            }
        ),
    )
    await end_stream(call, finish="tool_calls")


async def tool_pieces(call: Call) -> None:
    """Two calls, their arguments in pieces and interleaved."""
    await start_stream(call)
    for index, name in enumerate(("calculate", "recall")):
        first = {"index": index, "id": f"call_{index}", "type": "function", "function": {"name": name, "arguments": ""}}
        await event(call, chunk({"tool_calls": [first]}))
    for piece in ('{"te', 'xt": "1', '+1"}'):
        for index in (0, 1):
            await event(call, chunk({"tool_calls": [{"index": index, "function": {"arguments": piece}}]}))
    await end_stream(call, finish="tool_calls")


async def reasoning(call: Call) -> None:
    await start_stream(call)
    for word in ("The ", "person ", "asks."):
        await event(call, chunk({"reasoning_content": word}))
    await words(call, ANSWER)
    await end_stream(call)


async def bad_key(call: Call) -> None:
    await refuse(
        call, 401, problem("Incorrect API key provided: sk-abc***.", "invalid_request_error", "invalid_api_key")
    )


async def rate_limited(call: Call) -> None:
    await refuse(call, 429, problem("Rate limit reached", "requests", "rate_limit_exceeded"), retry_after="1")


async def rate_limited_long(call: Call) -> None:
    await refuse(call, 429, problem("Rate limit reached", "requests", "rate_limit_exceeded"), retry_after="120")


async def rate_limited_once(call: Call) -> None:
    if call.tries == 1:
        await refuse(call, 429, problem("Rate limit reached", "requests", "rate_limit_exceeded"), retry_after="0")
    else:
        await plain(call)


async def rate_limited_until(call: Call) -> None:
    """Says until when as a date, an hour ahead."""
    until = formatdate(time.time() + 3600, usegmt=True)
    await refuse(call, 429, problem("Rate limit reached", "requests", "rate_limit_exceeded"), retry_after=until)


async def no_credit(call: Call) -> None:
    await refuse(
        call,
        429,
        problem(
            "You exceeded your current quota, please check your plan and billing details.",
            "insufficient_quota",
            "insufficient_quota",
        ),
    )


async def server_error(call: Call) -> None:
    await refuse(call, 500, problem("The server had an error", "server_error"))


async def bad_gateway(call: Call) -> None:
    await refuse(call, 502, "<html><body><h1>502 Bad Gateway</h1></body></html>")


async def too_long(call: Call) -> None:
    text = "This model's maximum context length is 8192 tokens. However, your messages resulted in 9000 tokens."
    await refuse(call, 400, problem(text, "invalid_request_error", "context_length_exceeded"))


async def clock(call: Call) -> None:
    """Says what time it is, 50 times a second, for six seconds: whoever reads it knows how long it took (nanoseconds of `perf_counter_ns`)."""
    await start_stream(call)
    await event(call, chunk({"role": "assistant", "content": ""}))
    for _ in range(300):
        await event(call, chunk({"content": f"{time.perf_counter_ns()} "}))
        await asyncio.sleep(0.02)
    await end_stream(call)


async def no_schema(call: Call) -> None:
    """A server that takes no schema, and does as it is told in words."""
    if "response_format" in call.body:
        await refuse(call, 400, problem("response_format is not supported", "invalid_request_error"))
        return
    await say(call, '{"facts": []}')


def long_answer(characters: int = 50_000) -> str:
    """Sections with prose, a list, a table and code, until there is enough of it; one stretch of code is very long."""
    parts = ["Here is everything, from the beginning.\n"]
    number = 0
    while sum(map(len, parts)) < characters:
        number += 1
        said = f"The harbour of part {number} lies behind the rain, and the ferry comes **twice** a day with letters. "
        rows = "".join(f"| crossing {row} | {row * number} | {'wind ' * (row % 4)} |\n" for row in range(1, 7))
        lines = 90 if number == 4 else 9
        code = "".join(
            f"    total_{line} = crossing({line}, {number}) + {line * 7}  # by way of the islands\n"
            for line in range(lines)
        )
        parts.append(
            f"\n## Part {number}\n\n{said * 3}\n\n- one thing that matters\n- another, with `code` in it\n\n"
            f"| what | how many | why |\n|---|---:|---|\n{rows}\n```python\ndef part_{number}():\n{code}    return total_0\n```\n\n{said * 2}\n"
        )
    return "".join(parts) + "\nThat was everything."


async def long(call: Call) -> None:
    """A very long answer, as long as was asked for in digits, faster than anybody reads: five words each five milliseconds."""
    if not call.body.get("stream"):
        await say(call, "A long answer")
        return
    await start_stream(call)
    wanted = re.search(r"\d{4,}", call.last)
    pieces = re.findall(r"\s*\S+|\s+$", long_answer(int(wanted[0]) if wanted else 50_000))
    for start in range(0, len(pieces), 5):
        await event(call, chunk({"content": "".join(pieces[start : start + 5])}))
        await asyncio.sleep(0.005)
    await end_stream(call)


async def no_tools(call: Call) -> None:
    """A server whose model takes no tools."""
    if "tools" in call.body:
        await refuse(call, 400, problem("this model does not support tools", "invalid_request_error"))
        return
    await say(call, ANSWER)


async def unknown_model(call: Call) -> None:
    await refuse(
        call,
        404,
        problem(
            "The model `unknown` does not exist or you do not have access to it.",
            "invalid_request_error",
            "model_not_found",
        ),
    )


async def hang(call: Call) -> None:
    await start_stream(call)
    await asyncio.sleep(HANG_SECONDS)


async def late(call: Call) -> None:
    """Silent for a while, as one that thinks unseen."""
    await start_stream(call)
    await asyncio.sleep(0.9)
    await words(call, ANSWER)
    await end_stream(call)


async def same_index(call: Call) -> None:
    """Two calls side by side, both numbered 0, the second in two pieces."""
    if called(call):
        await say(call, ANSWER)
        return
    await start_stream(call)
    for name, text in (("one", '{"text": "1 + 1"}'), ("two", '{"text": ')):
        function = {"name": "calculate", "arguments": text}
        await event(call, chunk({"tool_calls": [{"index": 0, "id": name, "type": "function", "function": function}]}))
    await event(call, chunk({"tool_calls": [{"index": 0, "function": {"arguments": '"2 + 2"}'}}]}))
    await end_stream(call, finish="tool_calls")


async def stall(call: Call) -> None:
    await start_stream(call)
    await words(call, "Bergen is")
    await asyncio.sleep(HANG_SECONDS)


async def trickle(call: Call) -> None:
    await start_stream(call)
    for _ in range(2000):
        await event(call, chunk({"content": "rain "}))
        await asyncio.sleep(0.05)


async def sure(call: Call) -> None:
    """With log-probabilities: of all words but the last it is nearly sure."""
    await start_stream(call)
    told = ["You", " live", " in", " Bergen"]
    for word, logprob in zip(told, (-0.01, -0.02, -0.01, -1.2), strict=True):
        piece = chunk({"content": word})
        piece["choices"][0]["logprobs"] = {
            "content": [{"token": word, "logprob": logprob, "bytes": None, "top_logprobs": []}]
        }
        await event(call, piece)
    await end_stream(call)


async def cut(call: Call) -> None:
    await start_stream(call)
    await words(call, "Bergen is")
    await asyncio.sleep(0.05)
    raise CutError


async def early_end(call: Call) -> None:
    await start_stream(call)
    await words(call, "Bergen is")
    await call.send({"type": "http.response.body", "body": b""})


async def broken_json(call: Call) -> None:
    await start_stream(call)
    await words(call, "Bergen is")
    await event(call, '{"id": "chatcmpl-scripted", "choices": [{"delta": {"content": " rai')
    await end_stream(call)


async def empty_choices(call: Call) -> None:
    if not call.body.get("stream"):
        await refuse(
            call,
            200,
            {"id": "x", "object": "chat.completion", "model": "scripted", "created": 1, "choices": [], "usage": USAGE},
        )
        return
    await start_stream(call)
    await event(call, {**chunk({}), "choices": []})
    await end_stream(call, finish=None)


async def null_content(call: Call) -> None:
    await start_stream(call)
    await event(call, chunk({"role": "assistant", "content": None}))
    await end_stream(call)


SCRIPTS: dict[str, Callable[[Call], Awaitable[None]]] = {
    "plain": plain,
    "echo": echo,
    "slow": slow,
    "sure": sure,
    "no-usage": no_usage,
    "cut-short": cut_short,
    "tool": tool_call,
    "tool-pieces": tool_pieces,
    "reasoning": reasoning,
    "401": bad_key,
    "429": rate_limited,
    "429-long": rate_limited_long,
    "429-once": rate_limited_once,
    "429-until": rate_limited_until,
    "no-credit": no_credit,
    "500": server_error,
    "502": bad_gateway,
    "too-long": too_long,
    "unknown": unknown_model,
    "no-schema": no_schema,
    "clock": clock,
    "no-tools": no_tools,
    "hang": hang,
    "stall": stall,
    "late": late,
    "same-index": same_index,
    "trickle": trickle,
    "long": long,
    "cut": cut,
    "early-end": early_end,
    "broken-json": broken_json,
    "empty-choices": empty_choices,
    "null-content": null_content,
}
