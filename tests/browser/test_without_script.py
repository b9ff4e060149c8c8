"""Every control is a link or a button of a form: with scripts off, all but the live stream works."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.signing_in import PATIENCE, sign_in

pytestmark = pytest.mark.stack


@pytest.fixture
def browser_context_args(browser_context_args):
    return {**browser_context_args, "java_script_enabled": False}


def test_a_day_without_script(page, live, worker, alice, form_factor):
    sign_in(page, live, alice)
    page.get_by_label("Message", exact=True).fill("I live in Bergen.")
    page.get_by_role("button", name="Send", exact=True).click()
    page.wait_for_url("**/c/**")
    chip = page.locator("[data-chip]")
    while (
        not chip.count()
    ):  # the page looks again by itself while an answer is written; what is learned comes a little later
        page.wait_for_timeout(300)
        page.reload()
    expect(page.locator(".turn.assistant .answer").first).to_contain_text("Bergen", timeout=PATIENCE)
    page.locator("[data-receipt]").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What went into this answer")
    page.goto(f"{live}/memory/")
    page.get_by_role("link", name="Lives in Bergen", exact=True).click()
    page.get_by_role("link", name="Correct", exact=True).first.click()
    page.get_by_label("What is true now").fill("Voss")
    page.get_by_role("button", name="Save change").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Lives in Voss")
    page.goto(f"{live}/search/?q=bergen")
    page.locator("[data-result]").last.click()
    page.wait_for_url("**/c/**")
