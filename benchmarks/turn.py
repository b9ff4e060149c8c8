"""Our own share of a turn: from the POST of a message to the provider's request; how much of a prompt providers can reuse; and what memory it takes."""

from __future__ import annotations

import json
import sys
import time
from itertools import pairwise
from typing import Any

import httpx

from benchmarks._product import Product, running_product

SIZES = (0, 10_000, 50_000)
HISTORY = "24000"  # tokens of earlier turns: what a model with a window of 128,000 is given, which this one is not known to have
TURNS = 30
LONG = 30  # turns of the conversation over which reuse is measured
SAID = (
    "I live in Bergen.",
    "What would you cook tonight?",
    "My sister Ana lives in Voss.",
    "Do you remember what I like?",
    "I like sailing in the rain.",
    "And what about the weekend?",
)
ANSWER = "That sounds like a good evening to me, with rain on the roof. " * 6


def measure() -> dict[str, Any]:
    """Milliseconds by the number of facts; shares of 1; megabytes."""
    with running_product("plain", facts=SIZES, RECENT_TURNS_TOKENS=HISTORY) as product:
        product.provider.provider.state.answers["plain"] = ANSWER
        _talk(product, SIZES[0], 5, new_chat_each=True)  # the first turns of a process import what they need
        overhead = {str(size): _quantiles(_talk(product, size, TURNS, new_chat_each=True)) for size in SIZES}
        reuse = {}
        for size in SIZES[:2]:
            product.provider.requests.clear()
            long = _talk(product, size, LONG, new_chat_each=False)
            reuse[str(size)] = _reuse(product)
            print(f"{LONG} turns beside {size} facts: the last {long[-1]:.0f} ms", file=sys.stderr, flush=True)
        memory = product.resident_megabytes()
    for name, figures in overhead.items():
        print(f"{name} facts: {figures}", file=sys.stderr, flush=True)
    return {
        "overhead_ms": overhead["10000"],
        "by_facts": overhead,
        "prefix_reuse": reuse["0"],
        "prefix_reuse_by_facts": reuse,
        "resident_megabytes": memory,
    }


def _talk(product: Product, size: int, turns: int, *, new_chat_each: bool) -> list[float]:
    """Milliseconds from each POST to the request that it made the provider see."""
    found = []
    headers = {"Authorization": f"Bearer {product.tokens[size]}"}
    with httpx.Client(base_url=f"{product.up.url}/api/v1/", headers=headers, timeout=60) as client:
        chat = client.post("conversations", json={}).json()["id"]
        for turn in range(turns):
            if new_chat_each:
                chat = client.post("conversations", json={}).json()["id"]
            asked = len(product.provider.requests)
            began = time.perf_counter()
            text = f"{SAID[turn % len(SAID)]} That is number {turn}."
            posted = client.post(f"conversations/{chat}/messages", json={"text": text}).json()
            arrived = _arrival(product, asked, text)
            found.append(1000 * (arrived - began))
            with client.stream("GET", f"runs/{posted['run']['id']}/events") as events:
                for _ in events.iter_lines():
                    pass
    return found


def _arrival(product: Product, asked: int, text: str) -> float:
    while True:
        for request in product.provider.requests[asked:]:
            if text in str(request["body"]["messages"][-1]["content"]):
                return float(request["at"])
        time.sleep(0.001)


def _reuse(product: Product) -> float:
    """Of all that was sent, by characters, what had stood at the same place in the prompt before."""
    prompts = [
        "\0".join(
            [  # providers put the tools first
                json.dumps(request["body"].get("tools", [])),
                *(f"{message['role']}: {message['content']}" for message in request["body"]["messages"]),
            ]
        )
        for request in product.provider.requests
        if str(request["body"]["messages"][0]["content"]).startswith("You are Remembrancer")
    ]
    kept = sum(_common(*pair) for pair in pairwise(prompts))
    return round(kept / sum(len(after) for after in prompts[1:]), 3)


def _common(one: str, other: str) -> int:
    return next(
        (place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )


def _quantiles(times: list[float]) -> dict[str, float]:
    times.sort()
    return {"p50": round(times[len(times) // 2], 1), "p95": round(times[int(len(times) * 0.95)], 1)}
