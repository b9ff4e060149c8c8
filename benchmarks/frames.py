"""What a very long answer costs the browser while it grows: the work of the page's main thread from one frame to the next, by the browser's own tracing."""

from __future__ import annotations

import json
import shutil
import sys
from collections import Counter
from typing import Any

from playwright.sync_api import Browser, Page, expect, sync_playwright

from benchmarks._product import PASSWORD, Product, running_product
from tests.fakes.scripts import long_answer

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
CATEGORIES = [
    "-*",
    "devtools.timeline",
    "devtools.timeline.frame",
    "disabled-by-default-devtools.timeline",
    "disabled-by-default-devtools.timeline.frame",
    "__metadata",
]
VIEWS = ("following", "reading above")
PATIENCE = 180_000  # milliseconds
# Resolved by the page when the answer stands. Whoever looked again and again from outside would be measured too.
STANDS = """() => new Promise((done) => {
  const turns = document.querySelector("[data-turns]");
  const look = () => !turns.querySelector("[data-run]") && done();
  new MutationObserver(look).observe(turns, { childList: true });
  look();
})"""


def measure() -> dict[str, Any]:
    """Milliseconds of a frame, p50 and p95, for somebody who follows the answer and for somebody who reads above it."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        raise SystemExit("There is no Chromium on this machine.")
    found: dict[str, Any] = {"characters": len(long_answer())}
    with running_product("long", facts=(0,)) as product, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 832})
        _sign_in(page, product)
        _say(page, product, "Warm up.")  # the first answer of a process imports what it needs
        expect(page.locator("[data-receipt]")).to_be_visible(timeout=PATIENCE)
        for view in VIEWS:
            found[view.replace(" ", "_")] = figures = _watch(browser, page, product, is_above=view != VIEWS[0])
            print(f"{view}: {figures}", file=sys.stderr, flush=True)
        browser.close()
    return found


def _sign_in(page: Page, product: Product) -> None:
    page.goto(f"{product.up.url}/accounts/login/")
    page.locator("[name=login]").fill("bench0@example.org")
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")
    page.wait_for_url(f"{product.up.url}/")


def _say(page: Page, product: Product, text: str) -> None:
    page.goto(f"{product.up.url}/")
    page.get_by_label("Message", exact=True).fill(text)
    page.get_by_role("button", name="Send", exact=True).click()
    page.wait_for_url("**/c/**")


def _watch(browser: Browser, page: Page, product: Product, *, is_above: bool) -> dict[str, Any]:
    """Figures from the first words of an answer until it stands."""
    _say(page, product, "Tell me everything.")
    page.locator("[data-blocks] > :nth-child(4)").wait_for(timeout=PATIENCE)
    page.locator("[data-scroller]").evaluate(f"(box) => (box.scrollTop = {0 if is_above else 'box.scrollHeight'})")
    browser.start_tracing(page=page, categories=CATEGORIES)
    page.evaluate(STANDS)
    return figures_of(json.loads(browser.stop_tracing())["traceEvents"])


def figures_of(events: list[dict[str, Any]]) -> dict[str, Any]:
    """How many frames there were, what the main thread did from each to the next, its own time of that, and the longest task. Milliseconds."""
    frames = [event for event in events if event["name"] == "BeginMainThreadFrame"]
    (process, thread), _ = Counter((event["pid"], event["tid"]) for event in frames).most_common(1)[0]
    begun = sorted(event["ts"] for event in frames if (event["pid"], event["tid"]) == (process, thread))
    tasks = sorted(
        (
            event
            for event in events
            if (event["pid"], event["tid"]) == (process, thread) and event.get("dur") and event["name"] == "RunTask"
        ),
        key=lambda event: float(event["ts"]),
    )
    wall, own = [0.0] * len(begun), [0.0] * len(begun)
    at = 0
    for task in tasks:
        middle = task["ts"] + task["dur"] / 2
        while at + 1 < len(begun) and begun[at + 1] <= middle:
            at += 1
        wall[at] += task["dur"] / 1000
        own[at] += task.get("tdur", task["dur"]) / 1000
    return {
        "frames": len(begun),
        "frame_ms": _quantiles(wall),
        "frame_cpu_ms": _quantiles(own),
        "longest_task_ms": round(max(task["dur"] for task in tasks) / 1000, 1),
    }


def _quantiles(times: list[float]) -> dict[str, float]:
    times = sorted(times)
    return {"p50": round(times[len(times) // 2], 1), "p95": round(times[int(len(times) * 0.95)], 1)}
