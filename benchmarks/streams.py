"""How long a word takes from the provider to those who watch: 1, 50 and 200 viewers of one answer."""

from __future__ import annotations

import asyncio
import json
import sys
import time
from typing import Any

import httpx

from benchmarks._product import Product, running_product

VIEWERS = (1, 50, 200)


def measure() -> dict[str, Any]:
    """Milliseconds by the number of viewers. The provider says the time; a viewer knows how old what it reads is."""
    found = {}
    with running_product("clock", facts=(0,)) as product:
        asyncio.run(_watch(product, 1))  # the first answer of a process imports what it needs
        for viewers in VIEWERS:
            lags = sorted(asyncio.run(_watch(product, viewers)))
            found[str(viewers)] = {
                name: round(lags[min(len(lags) - 1, int(len(lags) * share))], 1)
                for name, share in (("p50", 0.5), ("p95", 0.95), ("p99", 0.99))
            }
            print(f"{viewers} viewers: {found[str(viewers)]}", file=sys.stderr, flush=True)
    return {"lag_ms": found}


async def _watch(product: Product, viewers: int) -> list[float]:
    headers = {"Authorization": f"Bearer {product.tokens[0]}"}
    async with httpx.AsyncClient(base_url=f"{product.up.url}/api/v1/", headers=headers, timeout=60) as client:
        chat = (await client.post("conversations", json={})).json()["id"]
        posted = (await client.post(f"conversations/{chat}/messages", json={"text": "What time is it?"})).json()
    views = [_View() for _ in range(viewers)]
    await asyncio.gather(*(view.watch(product, posted["run"]["id"]) for view in views))
    all_there = max(view.began for view in views)  # what was said before is history to those who came later
    return [(seen - said) / 1e6 for view in views for said, seen in view.seen if said > all_there]


class _View:
    """One viewer, by hand: two hundred of a full client would measure the client. Times in nanoseconds."""

    def __init__(self) -> None:
        self.began = 0
        self.seen: list[tuple[int, int]] = []  # when it was said, when it was read

    async def watch(self, product: Product, run: str) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", product.up.port)
        writer.write(
            f"GET /api/v1/runs/{run}/events?after=0 HTTP/1.1\r\nHost: 127.0.0.1:{product.up.port}\r\n"
            f"Authorization: Bearer {product.tokens[0]}\r\nAccept: text/event-stream\r\n\r\n".encode()
        )
        name = ""
        while line := await reader.readline():
            now = time.perf_counter_ns()
            if line.startswith(b"event: "):
                name = line[7:].strip().decode()
                self.began = self.began or now
            elif line.startswith(b"data: ") and name.endswith(".delta"):
                said = json.loads(line[6:]).get("text", "").split()
                self.seen += [(int(word), now) for word in said if word.isdigit() and len(word) > 8]
            elif line.startswith(b"data: ") and name == "done":
                break
        writer.close()
