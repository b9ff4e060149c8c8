"""The main job, on the product as it is started: set-up, things said, a question of leave, another chat, a restart."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.signing_in import send
from tests.config.running import Up, scratch

pytestmark = pytest.mark.stack
PATIENCE = 30_000


def last_answer(page):
    return page.locator(".turn.assistant").last.locator(".answer").first


def ask_about_home_and_food(page, url):
    page.goto(f"{url}/")
    send(page, "Where do I live, and what should a cook know about me?")
    page.wait_for_url("**/c/**")
    expect(last_answer(page)).to_contain_text("Bergen", timeout=PATIENCE)
    expect(last_answer(page)).to_contain_text("peanuts", timeout=PATIENCE)


def test_a_person_is_remembered_from_the_first_day_and_across_a_restart(tmp_path, strict_page):
    page = strict_page
    up = Up(scratch(tmp_path))
    try:
        link = up.setup_link()
        page.goto(f"{up.url}/")
        expect(page.get_by_text("Not set up yet").first).to_be_visible()
        page.allowed()  # the page before the owner is a 503
        page.goto(link)
        page.get_by_label("Name").fill("Mia Solberg")
        page.get_by_label("E-mail").fill("mia@example.org")
        page.get_by_label("Password", exact=True).fill("rain on Fløyen")
        page.get_by_role("button", name="Create account").click()
        page.get_by_role("heading", name="Choose a model").wait_for()
        page.get_by_role("button", name="Continue").click()
        page.get_by_label("First thing").fill("I play the cello.")
        page.get_by_label("Second thing").focus()
        expect(page.locator("[data-known] mark")).to_contain_text("cello", timeout=PATIENCE)
        page.get_by_role("button", name="Start chatting").click()
        page.wait_for_url(f"{up.url}/")

        send(page, "I'm Mia, I moved to Bergen last week and I'm allergic to peanuts")
        page.wait_for_url("**/c/**")
        chip = page.locator("[data-chip]")
        expect(chip).to_contain_text("Bergen", timeout=PATIENCE)
        question = page.get_by_role("heading", name="May I remember health matters, such as this allergy?")
        expect(question).to_have_count(1, timeout=PATIENCE)
        expect(chip).not_to_contain_text("peanuts")
        page.get_by_role("button", name="Yes, remember health matters").click()
        expect(chip).to_contain_text("peanuts", timeout=PATIENCE)
        expect(question).to_have_count(0)

        ask_about_home_and_food(page, up.url)
        page.goto(link)  # the link worked once
        page.wait_for_url(f"{up.url}/")
    finally:
        assert up.stop() == 0
    up.wait_until_alone()

    again = Up(up.data, up.port)
    try:
        again.ready()
        assert not any("/setup/" in line for line in again.lines)
        ask_about_home_and_food(page, again.url)
    finally:
        assert again.stop() == 0
