"""The memory page: what is known, with its words; put right, hidden, forgotten."""

from __future__ import annotations

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from assistant.conversations.services import post_message, start_conversation
from memory import api as memory
from profiles.owned import as_user
from tests.browser.signing_in import be

SAID = (
    "We finally did it: I moved to Bergen last week, boxes everywhere.",
    "I work at Studio Nord as a lighting designer. Can you help me word a short hello?",
    "I'm vegetarian and I'm allergic to peanuts.",
)


@pytest.fixture
def mia(alice):
    """alice, after a few things said."""
    with as_user(alice):
        memory.decide_consent(alice.pk, "health", granted=True, at=timezone.now())
        chat = start_conversation(alice.pk, at=timezone.now())
        for text in SAID:
            post_message(alice.pk, chat.id, text=text, at=timezone.now())
            memory.ingest(alice.pk, at=timezone.now())
    return alice


def test_a_fact_shows_its_words_and_is_put_right(strict_page, live, mia, form_factor):
    page = strict_page
    be(page, live, mia)
    page.goto(f"{live}/memory/?topic=home")
    row = page.locator(".fact-row", has_text="Lives in Bergen")
    row.get_by_label("More").click()
    row.get_by_role("link", name="Show source").click()
    expect(row.locator("mark")).to_have_text("I moved to Bergen last week")
    page.get_by_role("link", name="Lives in Bergen", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Lives in Bergen")
    expect(page.locator("blockquote").first).to_contain_text("boxes everywhere")
    page.get_by_role("link", name="Correct", exact=True).first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("What is true now").fill("Voss")
    dialog.get_by_role("button", name="Save change").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Lives in Voss")
    expect(page.locator(".history")).to_contain_text("Before")
    page.locator("[data-toast]").get_by_role("button", name="Undo").click()
    expect(page.get_by_role("link", name="Lives in Bergen", exact=True)).to_be_visible()


def test_forgetting_shows_what_goes_and_gives_a_receipt(strict_page, live, mia, form_factor):
    page = strict_page
    be(page, live, mia)
    page.goto(f"{live}/memory/forget/")
    page.get_by_label("What should I forget?").fill("everything about Studio Nord")
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_label("Works at Studio Nord")).to_be_checked()
    expect(page.locator("del").first).to_contain_text("Studio Nord")
    page.get_by_role("button", name="Forget 2 facts").click()
    expect(page.get_by_role("heading", name="Forgotten")).to_be_visible()
    expect(page.locator(".counts")).to_contain_text("Barred from being learned again")
    assert "Studio Nord" not in page.locator("main").inner_text()
    with as_user(mia):
        assert not memory.facts_of(mia.pk, memory.FactFilter(q="Studio Nord")).facts


def test_what_is_unticked_stays(strict_page, live, mia):
    page = strict_page
    be(page, live, mia)
    with as_user(mia):
        for value in ("tea with Nils", "chess with Nils"):
            memory.remember(mia.pk, predicate="likes", value=value, at=timezone.now())
    page.goto(f"{live}/memory/forget/?query=Nils")
    page.get_by_label("Likes: chess with Nils").uncheck()
    page.locator(".panel .danger").click()
    expect(page.get_by_role("heading", name="Forgotten")).to_be_visible()
    with as_user(mia):
        left = [fact.value for fact in memory.facts_of(mia.pk, memory.FactFilter(q="Nils")).facts]
    assert left == ["chess with Nils"]


def test_a_typed_sentence_is_kept_and_found(strict_page, live, mia, form_factor):
    page = strict_page
    be(page, live, mia)
    page.goto(f"{live}/memory/")
    page.get_by_role("link", name="Add").click()
    page.get_by_label("A sentence about you").fill("blah blah")
    page.get_by_role("button", name="Remember this").click()
    expect(page.get_by_text("I found no fact in these words.")).to_be_visible()
    page.get_by_label("A sentence about you").fill("I like rhubarb.")
    page.get_by_role("button", name="Remember this").click()
    expect(page.locator("[data-toast]")).to_contain_text("rhubarb")
    page.get_by_label("Search what I know").fill("rhub")
    expect(page.locator("[data-results] .fact-row")).to_have_count(1)
    expect(page.locator("[data-results]")).to_contain_text("rhubarb")


def test_what_was_typed_before_the_script_came_is_looked_for(strict_page, live, mia):
    page = strict_page
    be(page, live, mia)
    held = []

    def hold(route):
        held.append(route)

    page.route("**/remembrancer/search*.js", hold)
    page.goto(f"{live}/memory/", wait_until="commit")
    page.get_by_label("Search what I know").fill("peanut")
    expect(page.locator("[data-results] .fact-row").nth(1)).to_be_visible()
    assert held
    for route in held:
        route.continue_()
    expect(page.locator("[data-results] .fact-row")).to_have_count(1)


def test_a_menu_works_by_keyboard(strict_page, live, mia):
    page = strict_page
    be(page, live, mia)
    page.goto(f"{live}/memory/?topic=health")
    more = page.locator(".fact-row").first.get_by_label("More")
    more.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Show source")).to_be_focused()
    page.keyboard.press("End")
    expect(page.get_by_role("link", name="Forget").last).to_be_focused()
    page.keyboard.press("Escape")
    expect(more).to_be_focused()


def test_the_timeline_tells_what_was_true_on_a_day(strict_page, live, mia, form_factor):
    page = strict_page
    be(page, live, mia)
    page.goto(f"{live}/memory/timeline/?day=2000-01-01")
    expect(page.get_by_text("Nothing known for this day.")).to_be_visible()
    page.get_by_role("link", name="The change after").click()
    expect(page.locator(".on-day .fact").first).to_be_visible()


def test_what_was_done_tells_why_something_was_not_kept(strict_page, live, alice):
    page = strict_page
    with as_user(alice):
        chat = start_conversation(alice.pk, at=timezone.now())
        post_message(alice.pk, chat.id, text="I'm allergic to walnuts and I live in Bergen.", at=timezone.now())
        memory.ingest(alice.pk, at=timezone.now())
    be(page, live, alice)
    page.goto(f"{live}/memory/activity/")
    expect(page.locator(".log")).to_contain_text("Lives in Bergen")
    expect(page.locator(".log")).to_contain_text("it needs your leave first")
    page.goto(f"{live}/memory/questions/")
    page.get_by_role("button", name="No, don’t").click()
    expect(page.get_by_text("No questions.")).to_be_visible()
    page.goto(f"{live}/memory/consent/")
    expect(page.get_by_role("switch", name="Health")).to_have_attribute("aria-checked", "false")
