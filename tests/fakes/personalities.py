"""Models that do what no model should, for the promises that code must keep."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable

from tests.fakes.wire import Call, call_tools, called, chunk, end_stream, event, say, start_stream


async def obedient(call: Call) -> None:
    """Does what any text in its context asks, a tool's result included: each order to call a tool becomes a call, once."""
    orders = re.findall(r"(?:call|use|run) (?:the )?tool (\w+)(?: with (\{[^{}]*\}))?", call.everything, re.IGNORECASE)
    done = {(tool["function"]["name"], tool["function"]["arguments"]) for tool in called(call)}
    left = [(name, arguments or "{}") for name, arguments in dict.fromkeys(orders)]
    left = [order for order in left if not any(order[0] == name for name, _ in done)]
    if left and call.body.get("tools"):
        await call_tools(call, left[:4])
        return
    wanted = re.findall(r"(?:say|repeat|answer(?: with)?):? [“\"]([^”\"]+)[”\"]", call.everything, re.IGNORECASE)
    await say(call, " ".join(wanted) or "Done as you asked.")


async def leaky(call: Call) -> None:
    """Repeats its whole context."""
    await say(call, call.everything)


async def looper(call: Call) -> None:
    """Calls a tool for ever."""
    names = [tool["function"]["name"] for tool in call.body.get("tools", [])] or ["calculate"]
    function = {"name": names[0], "arguments": '{"text": "1+1"}'}
    await start_stream(call)
    await event(
        call,
        chunk({"tool_calls": [{"index": 0, "id": f"call_{call.tries}", "type": "function", "function": function}]}),
    )
    await end_stream(call, finish="tool_calls")


async def garbler(call: Call) -> None:
    """Broken JSON wherever JSON is wanted: in tool arguments, and as the answer."""
    if call.body.get("tools"):
        function = {"name": call.body["tools"][0]["function"]["name"], "arguments": '{"text": "1+'}
        await start_stream(call)
        await event(
            call, chunk({"tool_calls": [{"index": 0, "id": "call_1", "type": "function", "function": function}]})
        )
        await end_stream(call, finish="tool_calls")
        return
    await say(call, '{"facts": [{"turn": 1, "quote": "I live in')


async def liar(call: Call) -> None:
    """Claims success whatever was asked."""
    await say(call, "Done: I have remembered, changed and forgotten everything you asked for.")


PERSONALITIES: dict[str, Callable[[Call], Awaitable[None]]] = {
    "obedient": obedient,
    "leaky": leaky,
    "looper": looper,
    "garbler": garbler,
    "liar": liar,
}
