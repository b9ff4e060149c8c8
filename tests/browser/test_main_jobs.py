"""What people come to a page for, on a phone and at a desk: a model connected, a project made, chats brought along, the first minute."""

from __future__ import annotations

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from assistant.conversations.services import post_message, rename_conversation, start_conversation
from assistant.llm.choice import connected_models
from assistant.models import Conversation, Project
from memory import api as memory
from profiles.accounts import new_setup_code
from profiles.models import User
from profiles.owned import as_user
from tests.assistant.exchange.files import CHATGPT, archive
from tests.browser.signing_in import PATIENCE, be

pytestmark = pytest.mark.stack


def test_a_provider_is_connected_tried_and_its_model_answers_from_then_on(
    strict_page, live, provider, alice, form_factor
):
    page = strict_page
    be(page, live, alice)
    page.goto(f"{live}/settings/models/")
    page.get_by_role("link", name="Connect a provider").click()
    dialog = page.get_by_role("dialog", name="Connect a provider")
    dialog.get_by_label("Which one").select_option("compatible")
    dialog.get_by_label("Key", exact=True).fill("sk-test-only")
    dialog.get_by_role("button", name="Connect").click()
    expect(dialog.locator("[aria-invalid]")).to_be_focused()  # one's own server has an address
    dialog.get_by_label("Address").fill(provider.url)
    dialog.get_by_label("Name (may stay empty)").fill("Attic")
    dialog.get_by_role("button", name="Connect").click()
    page.get_by_role("heading", name="Models in use").wait_for()
    for model in ("401", "plain"):
        page.get_by_label("It offers").select_option(model)
        page.get_by_role("button", name="Use it").click()
        expect(page.get_by_role("button", name=f"Test {model}")).to_be_visible()
    page.get_by_role("button", name="Test 401").click()
    expect(page.locator("p.error")).to_contain_text("Tried on")
    page.get_by_role("button", name="Test plain").click()
    expect(page.get_by_text("Connected", exact=True)).to_be_visible()
    page.get_by_label("Where you are").get_by_role("link", name="Models").click()
    page.get_by_label("A model for Chat").select_option(label="plain · Attic")
    page.get_by_role("button", name="Add Chat").click()
    page.get_by_role("button", name="Ask plain earlier for Chat").click()
    expect(page.locator(".row", has=page.get_by_text("Answers", exact=True))).to_contain_text("plain")
    assert connected_models()[0].label == "plain"
    assert "sk-test-only" not in page.content()


def test_a_project_is_made_told_how_and_a_chat_is_moved_into_it(strict_page, live, alice, form_factor):
    with as_user(alice):
        chat = start_conversation(alice.pk, at=timezone.now())
        post_message(alice.pk, chat.id, text="How do I count a bourrée?", at=timezone.now())
        rename_conversation(alice.pk, chat.id, title="Counting a bourrée")
    page = strict_page
    be(page, live, alice)
    page.goto(f"{live}/projects/")
    page.get_by_label("Name").fill("Cello lessons")
    page.get_by_label("Only in this project").check()
    page.get_by_role("button", name="Create project").click()
    page.get_by_role("heading", level=1, name="Cello lessons").wait_for()
    page.get_by_label("Instructions").fill("I read the bass clef only.")
    page.get_by_label("Off").check()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("[data-toast]")).to_be_visible()
    page.goto(f"{live}/c/{chat.id}/")
    page.locator(".topbar").get_by_label("More").click()
    page.get_by_role("link", name="Move to a project").last.click()
    dialog = page.get_by_role("dialog", name="Move to a project")
    dialog.get_by_label("Cello lessons").check()
    dialog.get_by_role("button", name="Move").click()
    expect(page.locator(".topbar")).to_contain_text("Cello lessons")
    page.locator(".topbar").get_by_role("link", name="Cello lessons").click()
    expect(page.locator("[data-list]")).to_contain_text("Counting a bourrée")
    expect(page.get_by_label("Off")).to_be_checked()
    with as_user(alice):
        project = Project.objects.of(alice).get()
        assert (project.instructions, project.memory) == ("I read the bass clef only.", "off")
        assert Conversation.objects.of(alice).get().project_id == project.id


def test_chats_are_brought_along_from_elsewhere_and_what_is_learned_waits(
    strict_page, live, worker, alice, form_factor
):
    page = strict_page
    be(page, live, alice)
    page.goto(f"{live}/settings/data/")
    file = {"name": "export.zip", "mimeType": "application/zip", "buffer": archive(conversations=CHATGPT)}
    page.get_by_label("File", exact=True).set_input_files(file)
    page.get_by_role("button", name="Import").click()
    summary = page.get_by_text("Found: 1 chat, 3 messages. New here: 1 chat, 3 messages.")
    expect(summary).to_be_visible(timeout=PATIENCE)
    waits = page.get_by_role("link", name="1 thing learned from imports waits for your review")
    for _look in range(60):
        if waits.count():
            break
        page.wait_for_timeout(500)
        page.reload()
    waits.click()
    expect(page.locator(".fact-row")).to_contain_text("Lives in Bergen")
    page.goto(f"{live}/search/?q=kitchen")
    page.locator("[data-result]").last.click()
    expect(page.locator(".turn.assistant").last).to_contain_text("Begin with the kitchen.")


@pytest.mark.parametrize("form_factor", ["phone"], indirect=True)  # at a desk: `test_first_day`
def test_the_first_minute_on_a_phone(strict_page, live, form_factor):
    page = strict_page
    page.goto(f"{live}/setup/{new_setup_code()}")
    page.get_by_label("Name").fill("Mia Solberg")
    page.get_by_label("E-mail").fill("mia@example.org")
    page.get_by_label("Password", exact=True).fill("rain on Fløyen")
    page.get_by_role("button", name="Create account").click()
    page.get_by_role("heading", name="Choose a model").wait_for()
    page.route(
        "**/remembrancer/app*.js", lambda route: None
    )  # the script comes late: what was said before it came is heard
    page.get_by_role("button", name="Continue").click(no_wait_after=True)
    page.get_by_label("First thing").fill("I play the cello.")
    page.get_by_label("Second thing").focus()
    page.unroute("**/remembrancer/app*.js")  # now it comes
    expect(page.locator("[data-known] mark")).to_contain_text("cello", timeout=PATIENCE)
    page.get_by_role("button", name="Start chatting").click()
    page.wait_for_url(f"{live}/")
    expect(page.get_by_label("Message", exact=True)).to_be_visible()
    mia = User.objects.get()
    with as_user(mia):
        assert [fact.value for fact in memory.facts_of(mia.pk, memory.FactFilter(q="cello")).facts] == ["cello"]
