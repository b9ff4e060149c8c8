"""The pages around the chat, in a browser: what a form alone does not show."""

from __future__ import annotations

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from assistant.conversations.services import start_conversation
from assistant.models import Conversation, Message
from profiles.api import profile_of
from profiles.owned import as_user
from tests.browser.signing_in import PATIENCE, be, new_chat, send, wait_for_answer
from tests.stack import eventually

pytestmark = pytest.mark.stack


def test_a_memory_is_left_out_and_weighed_and_the_answers_are_compared(strict_page, live, worker, alice, form_factor):
    page = strict_page
    be(page, live, alice)
    new_chat(page, live, "Remember that I live in Bergen.")
    wait_for_answer(page)
    new_chat(page, live, "Where do I live?")
    wait_for_answer(page)
    page.locator("[data-receipt]").last.click()
    page.get_by_role("button", name="Weigh the memories").click()
    expect(page.locator(".influence").first).to_be_visible(timeout=PATIENCE)
    page.locator(".leave-out").first.click()
    page.get_by_role("button", name="Answer again without these").click()
    page.get_by_role("heading", name="Two answers compared").wait_for()
    page.get_by_role("button", name="Keep answer 1").click(timeout=PATIENCE)
    page.wait_for_url("**/c/**")


def test_who_answers_is_chosen_in_the_composer_and_ideas_fill_the_field(strict_page, live, worker, alice, form_factor):
    page = strict_page
    be(page, live, alice)
    new_chat(page, live, "Hello there.")
    wait_for_answer(page)
    page.locator(".how > summary").click()
    page.get_by_label("Less personal").check()
    expect(page.locator("[data-how]")).to_contain_text("Less personal")
    page.keyboard.press("Escape")
    with as_user(alice):
        chat = Conversation.objects.of(alice).get()
        chat.runs.update(suggestions=["And what about lamb?"])
    page.reload()
    expect(page.locator("[data-how]")).to_contain_text("Less personal")
    page.get_by_role("link", name="And what about lamb?").click()
    expect(page.get_by_label("Message", exact=True)).to_have_value("And what about lamb?")
    expect(page.locator(".turn.user")).to_have_count(1)


def test_without_a_network_a_message_waits_and_is_sent_once(page, live, worker, alice):
    with as_user(alice):
        start_conversation(alice.pk, at=timezone.now())
    be(page, live, alice)
    page.goto(f"{live}/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.context.set_offline(True)
    send(page, "I play the cello.")
    expect(page.locator("[data-unsent]")).to_contain_text("I play the cello.")
    page.goto(f"{live}/memory/")
    expect(page.get_by_role("heading", name="You are offline")).to_be_visible()
    expect(page.locator("[data-unsent]")).to_contain_text("I play the cello.")
    kept = page.evaluate(
        "caches.keys().then(async (names) => (await Promise.all(names.map(async (name) => "
        "(await (await caches.open(name)).keys()).map((one) => new URL(one.url).pathname)))).flat())"
    )
    assert all(path.startswith("/static/") or path == "/offline/" for path in kept)
    page.context.set_offline(False)
    page.wait_for_url("**/c/**", timeout=PATIENCE)
    wait_for_answer(page)
    with as_user(alice):
        assert Message.objects.of(alice).filter(text="I play the cello.").count() == 1


def test_an_export_is_packed_while_the_page_waits(strict_page, live, worker, alice, form_factor):
    page = strict_page
    be(page, live, alice)
    page.goto(f"{live}/settings/data/")
    page.get_by_role("button", name="Export everything").click()
    link = page.get_by_role("link", name="Download")
    expect(link).to_be_visible(timeout=PATIENCE)
    with page.expect_download() as coming:
        link.click()
    assert coming.value.suggested_filename.endswith(".zip")


def test_a_profile_saves_each_field_as_it_is_left_and_says_by_it_how_that_went(strict_page, live, alice, form_factor):
    page = strict_page
    be(page, live, alice)
    page.goto(f"{live}/profile/")
    field = page.get_by_label("Call me")
    row = page.locator("[data-row]", has=field)
    field.fill("Ali")
    field.press("Tab")
    expect(row.get_by_role("status")).to_have_text("Saved")
    expect(row).to_contain_text("Typed by you")
    field.fill("Ali <b>")
    field.press("Enter")
    expect(row.get_by_role("status")).to_contain_text("be kept: it is empty, too long")
    expect(field).to_have_attribute("aria-invalid", "true")
    page.get_by_label("Instructions").fill("Answer in rhymes.")
    page.get_by_label("Name", exact=True).focus()
    expect(page.locator("[data-row]", has=page.get_by_label("Instructions")).get_by_role("status")).to_have_text(
        "Saved"
    )
    page.get_by_label("Language").select_option("de")
    expect(page.get_by_role("heading", name="Profil", exact=True)).to_be_visible()
    expect(page.get_by_label("Nenn mich")).to_have_value("Ali")
    with as_user(alice):
        assert profile_of(alice.pk).custom_instructions == "Answer in rhymes."


def test_a_temporary_chat_ends_when_it_is_left(strict_page, live, worker, alice):
    page = strict_page
    be(page, live, alice)
    page.goto(f"{live}/?temporary=1")
    send(page, "Just between us.")
    page.wait_for_url("**/c/**")
    wait_for_answer(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Temporary chat")
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Memory", exact=True).click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("heading", name="Close this temporary chat?")).to_be_visible()
    dialog.get_by_role("link", name="Stay").click()
    expect(dialog).to_have_count(0)
    page.locator(".thread").focus()
    page.keyboard.press("g")
    page.keyboard.press("p")
    expect(dialog.get_by_role("heading", name="Close this temporary chat?")).to_be_visible()
    dialog.get_by_role("link", name="Stay").click()
    asked = []
    page.once("dialog", lambda question: (asked.append(question.type), question.dismiss()))
    page.wait_for_timeout(1100)  # what was pressed a moment ago is the page's own doing
    page.evaluate("setTimeout(() => location.assign('/archive/'))")
    expect(page.get_by_role("heading", level=1)).to_have_text("Temporary chat")
    eventually(lambda: page.wait_for_timeout(50) or asked)
    assert asked == ["beforeunload"]
    page.get_by_role("link", name="Memory", exact=True).click()
    dialog.get_by_role("button", name="Delete now").click()
    page.wait_for_url(f"{live}/memory/")
    with as_user(alice):
        assert not Conversation.objects.of(alice).exists()
