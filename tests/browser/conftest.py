"""Chromium, and what no page may do: break its own content policy, log an error, or ask for something that is not there."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest

from tests.stack import COUNTED, eventually

# Playwright's synchronous interface runs an event loop in the test's thread; Django would refuse the ORM there.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or "/usr/bin/chromium"
OUR_OWN = re.compile(r"https?://(?:127\.0\.0\.1|localhost):|data:|blob:|about:")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def pytest_collection_modifyitems(config, items):
    here = [item for item in items if "tests/browser/" in str(item.path)]
    for item in here:
        item.add_marker("browser")
    if here and not Path(CHROMIUM).exists():
        if os.environ.get("REQUIRE_BROWSER"):
            pytest.exit("REQUIRE_BROWSER is set and there is no Chromium", 4)
        skip = pytest.mark.skip(reason="no Chromium on this machine: apt install chromium")
        for item in here:
            item.add_marker(skip)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": FLAGS}


PHONE = {"viewport": {"width": 360, "height": 780}, "has_touch": True, "is_mobile": True, "device_scale_factor": 2}
DESKTOP = {"viewport": {"width": 1280, "height": 832}}


@pytest.fixture(params=["phone", "desktop"])
def form_factor(request) -> str:
    return request.param


@pytest.fixture
def browser_context_args(browser_context_args, request):
    size = request.getfixturevalue("form_factor") if "form_factor" in request.fixturenames else "desktop"
    return {
        **browser_context_args,
        **(PHONE if size == "phone" else DESKTOP),
        "timezone_id": "Europe/Oslo",
        "locale": "en-GB",
        "reduced_motion": "reduce",  # what is measured stands still
    }


@pytest.fixture
def page(transactional_db, page):
    """A page that is closed, and whose requests are over, before the rows it asks for are wiped."""
    yield page
    page.context.close()
    try:
        eventually(lambda: COUNTED.open == 0)
    except AssertionError as error:
        raise AssertionError(f"requests that do not end: {COUNTED.paths}") from error


@pytest.fixture
def strict_page(page):
    """A page that fails the test on a console error, a breach of the content policy, a failed request, or one to another origin."""
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(f"console: {message.text}") if message.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(f"error: {error}"))
    page.on(
        "response",
        lambda response: wrong.append(f"{response.status} {response.url}") if response.status >= 400 else None,
    )
    page.on(
        "request",
        lambda request: wrong.append(f"from elsewhere: {request.url}") if not OUR_OWN.match(request.url) else None,
    )
    page.allowed = wrong.clear  # for a test that asks for something wrong on purpose
    yield page
    assert wrong == []
