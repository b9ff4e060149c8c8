"""What only a browser does: keys that send, long text that is pasted, a search gone through by keyboard, and a network that is away."""

from __future__ import annotations

import pytest
from django.utils import timezone
from playwright.sync_api import Route, expect

from assistant.conversations.services import note_news, start_conversation
from assistant.models import Conversation, Message
from assistant.runs.stream import notify
from memory import api as memory
from profiles.api import change_profile
from profiles.owned import as_user
from tests.browser.signing_in import be
from tests.stack import eventually

pytestmark = pytest.mark.stack
LETTER = "\n".join(f"Line {number} of a letter that somebody else wrote, so it is long." for number in range(1, 61))
PASTE = """([field, text]) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  field.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


def paste(page, text: str) -> None:
    field = page.get_by_label("Message", exact=True)
    page.evaluate(PASTE, [field.element_handle(), text])


def test_long_text_that_is_pasted_is_folded_read_removed_and_sent_as_it_is(strict_page, live, alice):
    page = strict_page
    be(page, live, alice)
    page.goto(f"{live}/")
    field = page.get_by_label("Message", exact=True)
    field.fill("Sum it up. \U0001f600")
    paste(page, LETTER)
    label = page.locator("[data-pasted-parts] summary")
    expect(label).to_have_text("Pasted text, 60 lines")
    label.click()
    expect(page.get_by_text("Line 60 of a letter")).to_be_visible()
    page.get_by_role("button", name="Remove Pasted text, 60 lines").click()
    expect(label).to_have_count(0)
    paste(page, LETTER)
    page.reload()
    expect(label).to_have_text("Pasted text, 60 lines")
    expect(field).to_have_value("Sum it up. \U0001f600")
    field.press("Enter")
    page.wait_for_url("**/c/**")
    expect(page.locator(".turn.user .pasted summary")).to_have_text("Pasted text, 60 lines")
    with as_user(alice):
        (message,) = Message.objects.of(alice).filter(role="user")
    assert message.text == f"Sum it up. \U0001f600\n\n{LETTER}"
    (span,) = message.pasted
    assert message.text[slice(*span)] == LETTER
    expect(page.locator("[data-pasted-parts]")).to_be_hidden()


def test_enter_makes_a_line_where_ctrl_enter_sends_and_never_while_something_composes(strict_page, live, alice):
    page = strict_page
    with as_user(alice):
        change_profile(alice.pk, sends_by_ctrl_enter=True)
    be(page, live, alice)
    page.goto(f"{live}/")
    field = page.get_by_label("Message", exact=True)
    field.press_sequentially("One")
    field.press("Enter")
    field.press_sequentially("two")
    expect(field).to_have_value("One\ntwo")
    field.evaluate(
        "(field) => field.dispatchEvent(new KeyboardEvent('keydown', "
        "{ key: 'Enter', ctrlKey: true, isComposing: true, bubbles: true, cancelable: true }))"
    )
    expect(field).to_have_value("One\ntwo")
    field.press("Control+Enter")
    page.wait_for_url("**/c/**")
    with as_user(alice):
        assert Message.objects.of(alice).get(role="user").text == "One\ntwo"


def test_a_search_is_gone_through_by_keyboard_and_says_when_it_needs_a_connection(page, live, alice):
    with as_user(alice):
        memory.edit_profile(alice.pk, predicate="lives_in", value="Porto", at=timezone.now())
        chat = start_conversation(alice.pk, at=timezone.now())
        Conversation.objects.of(alice).filter(id=chat.id).update(title="Trams of Porto")
    be(page, live, alice)
    page.goto(f"{live}/memory/add/")
    page.get_by_label("A sentence about you").fill("I play the cello.")
    page.context.set_offline(True)
    page.get_by_role("button", name="Remember this").click()
    expect(page.get_by_role("alert")).to_have_text("This needs a connection.")
    expect(page.get_by_label("A sentence about you")).to_have_value("I play the cello.")
    page.keyboard.press("Control+k")
    expect(page.locator("#toasts")).to_contain_text("Search needs a connection.")
    page.context.set_offline(False)
    expect(page.get_by_role("alert")).to_have_count(0)
    page.keyboard.press("Control+k")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("searchbox").fill("porto")
    everything = dialog.get_by_role("link", name="All 2")
    expect(everything).to_have_attribute("aria-current", "true")
    everything.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    chosen = dialog.get_by_role("link", name="Memory 1")
    expect(chosen).to_have_attribute("aria-current", "true")
    expect(chosen).to_be_focused()
    expect(dialog.locator("[data-result]")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    expect(dialog.locator("[data-result]")).to_be_focused()
    page.context.set_offline(True)
    dialog.get_by_role("searchbox").fill("porto tram")
    expect(dialog.get_by_text("Search needs a connection.")).to_be_visible()
    expect(dialog.locator("[data-result]")).to_have_count(1)
    page.context.set_offline(False)


def test_an_answer_that_is_finished_in_another_chat_is_told_at_once(strict_page, live, alice):
    page = strict_page
    with as_user(alice):
        here, there = (start_conversation(alice.pk, at=timezone.now()) for _ in range(2))
    be(page, live, alice)
    with page.expect_response("**/api/v1/events"):
        page.goto(f"{live}/c/{here.id}/")
    row = page.locator(f'.chats a[href="/c/{there.id}/"]')
    expect(row).not_to_contain_text("New answer")
    with as_user(alice):
        note_news(alice.pk, there.id)
    page.wait_for_timeout(200)  # the stream listens from where it was opened
    notify(alice.pk, "run.finished", {"conversation": str(there.id)})
    expect(row).to_contain_text("New answer")
    row.click()
    page.wait_for_url(f"**/c/{there.id}/")
    expect(row).not_to_contain_text("New answer")


def test_a_profile_field_that_was_changed_elsewhere_shows_theirs_and_saves_mine(strict_page, live, alice):
    page = strict_page
    be(page, live, alice)
    page.goto(f"{live}/profile/")
    field = page.get_by_label("Call me")
    row = page.locator("[data-row]", has=field)
    with as_user(alice):
        memory.edit_profile(alice.pk, predicate="preferred_name", value="Alix", at=timezone.now())
    field.fill("Ali")
    field.press("Tab")
    expect(row.get_by_role("status")).to_contain_text("This was changed elsewhere meanwhile.")
    row.get_by_text("Show theirs").click()
    expect(row.get_by_text("Alix")).to_be_visible()
    expect(field).to_have_value("Ali")
    row.get_by_role("button", name="Save mine").click()
    expect(row.get_by_role("status")).to_have_text("Saved")
    with as_user(alice):
        (fact,) = memory.facts_of(alice.pk, memory.FactFilter(predicate="preferred_name", statuses=("active",))).facts
    assert fact.value == "Ali"


def test_what_was_done_before_the_script_came_counts(strict_page, live, alice):
    page = strict_page
    be(page, live, alice)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/remembrancer/app*.js", hold)
    page.goto(f"{live}/profile/", wait_until="commit")
    page.get_by_label("Call me").fill("Ali")
    page.get_by_label("Tone").select_option(index=1)
    page.get_by_label("Pronouns").focus()
    eventually(lambda: page.wait_for_timeout(20) or held)
    held.pop().continue_()
    for label in ("Call me", "Tone"):
        row = page.locator("[data-row]", has=page.get_by_label(label))
        expect(row.get_by_role("status")).to_have_text("Saved")
    page.goto(f"{live}/", wait_until="commit")
    page.get_by_label("Attach files").set_input_files(
        {"name": "notes.txt", "mimeType": "text/plain", "buffer": b"teal notes"}
    )
    page.get_by_label("Message", exact=True).fill("What is in it?")
    eventually(lambda: page.wait_for_timeout(20) or held)
    held.pop().continue_()
    page.unroute_all()
    expect(page.locator("[data-attached] .file-chip")).to_contain_text("notes.txt")
    page.get_by_role("button", name="Send", exact=True).click()
    page.wait_for_url("**/c/**")
    expect(page.locator(".turn.user .file-chip")).to_have_count(1)
