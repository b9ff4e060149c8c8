"""Talking: send, stream, remember, undo, edit, and what a page must survive."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.signing_in import PATIENCE, be, last_answer, new_chat, send, sign_in, wait_for_answer
from tests.people import Phone
from tests.stack import STORY

pytestmark = pytest.mark.stack


def test_what_is_said_is_answered_and_remembered_and_undone(strict_page, live, worker, alice, form_factor):
    page = strict_page
    sign_in(page, live, alice)
    new_chat(page, live, "I live in Bergen and I love sardines.")
    wait_for_answer(page)
    chip = page.locator("[data-chip]")
    expect(chip).to_contain_text("Bergen", timeout=PATIENCE)
    place = page.locator(".turn.assistant").bounding_box()
    chip.get_by_role("button", name="Undo").click()
    expect(chip).to_contain_text("Not remembered")
    assert page.locator(".turn.assistant").bounding_box() == place  # what comes late moves nothing
    page.reload()
    expect(page.locator("[data-chip]")).to_have_count(0)
    page.goto(f"{live}/memory/")
    expect(page.get_by_text("Nothing yet. Tell me something about yourself")).to_be_visible()


def test_a_question_of_leave_comes_after_the_answer_and_takes_no_focus(strict_page, live, worker, alice, form_factor):
    page = strict_page
    be(page, live, alice)
    new_chat(page, live, "I'm allergic to walnuts.")
    card = page.get_by_role("heading", name="May I remember health matters, such as this allergy?")
    expect(card).to_be_visible(timeout=PATIENCE)
    assert page.evaluate("!document.activeElement.closest('[data-question-card]')")
    page.get_by_role("button", name="Yes, remember health matters").click()
    expect(page.locator("[data-chip]")).to_contain_text("walnuts", timeout=PATIENCE)
    expect(card).to_have_count(0)


@pytest.fixture
def story(live, worker, alice, slow_model) -> str:
    """The address of a chat in which a long answer is being written."""
    phone = Phone(live, alice)
    chat = phone.new_chat()
    phone.say(chat, "Tell me the story.", model=slow_model)
    return f"{live}/c/{chat}/"


def test_an_answer_reloaded_in_the_middle_is_whole_and_single(strict_page, live, story, alice):
    page = strict_page
    be(page, live, alice)
    page.goto(story)
    expect(last_answer(page).locator("xpath=..")).to_contain_text("lighthouse", timeout=PATIENCE)
    page.reload()
    expect(page.locator(".turn.assistant").last).to_have_attribute("data-run", re.compile(".+"))
    wait_for_answer(page)
    assert last_answer(page).inner_text().split() == STORY.split()
    expect(page.locator(".turn.user")).to_have_count(1)


def test_stop_keeps_what_was_written_and_a_second_message_waits_its_turn(strict_page, live, story, alice, form_factor):
    page = strict_page
    be(page, live, alice)
    page.goto(story)
    expect(page.locator("[data-tail]")).to_contain_text("Once", timeout=PATIENCE)
    send(page, "And then?")
    expect(page.get_by_text("Will be sent after this answer")).to_be_visible()
    page.get_by_role("button", name="Discard").click()
    expect(page.get_by_label("Message", exact=True)).to_have_value("And then?")
    page.get_by_label("Message", exact=True).fill("")
    page.get_by_role("button", name="Stop", exact=True).click()
    expect(page.get_by_text("You stopped this answer.")).to_be_visible(timeout=PATIENCE)
    assert last_answer(page).inner_text().startswith("Once upon a time")


def test_an_edit_makes_another_version_and_the_first_stays(strict_page, live, worker, alice, form_factor):
    page = strict_page
    be(page, live, alice)
    new_chat(page, live, "What is 2 + 2?")
    wait_for_answer(page)
    page.locator(".turn.user").hover()
    page.get_by_role("link", name="Edit", exact=True).click()
    page.locator("[data-edit-form] textarea").fill("What is 3 + 4?")
    page.get_by_role("button", name="Save and answer").click()
    expect(page.locator(".turn.user .bubble")).to_have_text("What is 3 + 4?")
    wait_for_answer(page)
    expect(last_answer(page)).to_contain_text("7")
    expect(page.get_by_text("2 of 2")).to_be_visible()
    page.get_by_role("button", name="Previous version").click()
    expect(page.locator(".turn.user .bubble")).to_have_text("What is 2 + 2?")
    expect(last_answer(page)).to_contain_text("4")


def test_what_was_typed_is_there_after_a_reload(strict_page, live, alice):
    page = strict_page
    be(page, live, alice)
    page.goto(f"{live}/")
    page.get_by_label("Message", exact=True).fill("Half a thought")
    page.reload()
    expect(page.get_by_label("Message", exact=True)).to_have_value("Half a thought")


def test_without_a_network_a_message_waits_and_is_sent_once(page, live, worker, alice):
    be(page, live, alice)
    new_chat(page, live, "What is 2 + 2?")
    wait_for_answer(page)
    page.context.set_offline(True)
    send(page, "What is 5 + 6?")
    expect(page.get_by_text("Will be sent when you are online")).to_be_visible()
    expect(page.locator(".turn.pending .margin > .i")).to_be_visible()
    expect(page.get_by_text("You are offline.")).to_be_visible()
    page.context.set_offline(False)
    expect(last_answer(page)).to_contain_text("11", timeout=PATIENCE)
    page.reload()
    expect(page.locator(".turn.user")).to_have_count(2)


HOSTILE = """<script>document.title='owned'</script> [click](javascript:alert(1)) ![x](https://example.org/x.png)
<svg onload="document.title='owned'"> \u202egnirts\u202c \u200b| a | b |
|---|---|
| <img src=x onerror="document.title='owned'"> | 1 |

"""
HOSTILE += "\n".join("|" + f"{cell}|" * 9 for cell in ("wide" * 20, "---", f"<b_onclick=alert(1)>{'wide' * 40}</b>"))


def test_hostile_words_show_as_harmless_text(strict_page, live, worker, provider, slow_model, alice):
    page = strict_page
    provider.provider.state.answers["slow"] = HOSTILE
    be(page, live, alice)
    phone = Phone(live, alice)
    chat = phone.new_chat()
    phone.say(chat, HOSTILE, model=slow_model)
    page.goto(f"{live}/c/{chat}/")
    wait_for_answer(page)
    assert page.title() != "owned"
    expect(page.locator(".turn.user .bubble")).to_contain_text("<script>")
    expect(last_answer(page)).to_contain_text("<svg onload")
    assert page.locator(".turn :is(script, svg[onload], img, iframe)").count() == 0
    assert page.locator(".turn a[href^='javascript']").count() == 0
    assert "\u202e" not in page.content()
    assert page.locator(".turn :is([onclick], [onerror], [style])").count() == 0
    assert page.evaluate(
        "document.documentElement.scrollWidth <= innerWidth"
    )  # a table too wide scrolls in its own box
    assert page.locator(".turn .table").last.evaluate("box => box.scrollWidth > box.clientWidth")


def test_the_receipt_lies_beside_the_chat_and_leads_to_a_correction(strict_page, live, worker, alice, form_factor):
    page = strict_page
    be(page, live, alice)
    new_chat(page, live, "I live in Bergen.")
    expect(page.locator("[data-chip]")).to_contain_text("Bergen", timeout=PATIENCE)
    chat = page.url.split("#")[0]
    send(page, "Where do I live?")
    expect(page.locator(".turn.assistant")).to_have_count(2)
    expect(last_answer(page)).to_contain_text("Bergen", timeout=PATIENCE)
    wait_for_answer(page)
    page.locator("[data-receipt]").last.click()
    drawer = page.get_by_role("dialog", name="What went into this answer")
    expect(drawer).to_contain_text("Lives in Bergen")
    assert "/receipt/" in page.url
    drawer.get_by_role("link", name="Correct").first.click()
    dialog = page.get_by_role("dialog", name="Correct “Lives in Bergen”")
    dialog.get_by_label("What is true now").fill("Voss")
    dialog.get_by_role("button", name="Save change").click()
    expect(dialog).to_have_count(0)
    page.keyboard.press("Escape")
    expect(drawer).to_have_count(0)
    assert page.url.split("#")[0] == chat
    page.goto(f"{live}/memory/")
    expect(page.get_by_role("link", name="Lives in Voss", exact=True)).to_be_visible()


def test_a_deleted_chat_comes_back(strict_page, live, worker, alice):
    page = strict_page
    be(page, live, alice)
    new_chat(page, live, "What is 2 + 2?")
    wait_for_answer(page)
    page.locator(".topbar").get_by_label("More").click()
    page.get_by_role("link", name="Delete").click()  # nothing was learned there, so nothing is asked
    page.get_by_text("Deleted “What is 2 + 2?”").wait_for()
    expect(page.get_by_text("Your chats will be listed here.")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(last_answer(page)).to_contain_text("4")


def test_keys_do_what_the_list_says(strict_page, live, worker, alice, form_factor):
    page = strict_page
    be(page, live, alice)
    new_chat(page, live, "What is 2 + 2?")
    wait_for_answer(page)
    page.locator(".thread").focus()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.press("Control+k")
    page.get_by_role("searchbox").fill("2 + 2")
    expect(page.get_by_role("dialog").locator("[data-result]").first).to_contain_text("What is 2 + 2?")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/c/**")
    page.locator(".thread").focus()
    page.keyboard.press("e")
    expect(page.locator("[data-edit-form] textarea")).to_be_focused()
    page.get_by_role("link", name="Cancel").click()
    page.keyboard.press("/")
    expect(page.get_by_label("Message", exact=True)).to_be_focused()
    page.locator(".thread").focus()
    page.keyboard.press("g")
    page.keyboard.press("m")
    page.wait_for_url("**/memory/")
