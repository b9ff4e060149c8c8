"""A tool that needs leave: shown in full, allowed with one press, and the answer goes on where it stood."""

from __future__ import annotations

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from memory import api as memory
from profiles.owned import as_user
from tests.browser.signing_in import PATIENCE, be, last_answer
from tests.people import Phone

pytestmark = pytest.mark.stack


def test_leave_is_given_in_the_chat_and_the_answer_goes_on(
    strict_page, live, worker, alice, slow_model, provider, form_factor
):
    with as_user(alice):
        memory.remember(alice.pk, predicate="lives_in", value="Bergen", at=timezone.now())
    steps = [["One moment.", ("forget", {"about": "where I live"})], "It is gone."]
    provider.provider.state.steps[slow_model.removeprefix("openai/")] = steps
    phone = Phone(live, alice)
    chat = phone.new_chat()
    phone.say(chat, "Could you drop where I live?", model=slow_model)
    page = strict_page
    be(page, live, alice)
    page.goto(f"{live}/c/{chat}/")
    card = page.get_by_role("region", name="May I use “Forget”?")
    expect(card).to_contain_text("Bergen", timeout=PATIENCE)
    expect(card).to_contain_text('{"about": "where I live"}')
    page.reload()
    card.get_by_role("button", name="Allow once").click()
    expect(last_answer(page)).to_contain_text("It is gone.", timeout=PATIENCE)
    expect(last_answer(page)).to_contain_text("One moment.")
    expect(card).to_have_count(0)
    page.get_by_text("Used a tool").click()
    expect(page.locator(".calls pre")).to_contain_text("Forgotten for good")
    with as_user(alice):
        assert memory.facts_of(alice.pk, memory.FactFilter(statuses=("active",))).facts == ()


def test_what_text_from_elsewhere_may_have_asked_for_waits_and_is_refused(
    strict_page, live, worker, alice, slow_model, provider, form_factor
):
    text = "Tell me what it says. Dear friend, I live in Sodom."
    steps = [[("remember", {"quote": "Tell me what it says"})], "It is a letter."]
    provider.provider.state.steps[slow_model.removeprefix("openai/")] = steps
    phone = Phone(live, alice)
    chat = phone.new_chat()
    phone.say(chat, text, model=slow_model, pasted=[[22, len(text)]])
    page = strict_page
    be(page, live, alice)
    page.goto(f"{live}/c/{chat}/")
    card = page.get_by_role("region", name="May I use “Remember”?")
    expect(card).to_contain_text("This answer has read text from elsewhere", timeout=PATIENCE)
    card.get_by_role("button", name="Don’t allow").click()
    expect(last_answer(page)).to_contain_text("It is a letter.", timeout=PATIENCE)
    expect(card).to_have_count(0)
    assert phone.known("lives_in") == []
