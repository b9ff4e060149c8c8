"""Files in the message field: chosen, dropped, pasted; seen on their way, taken out again, sent with the message."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.assistant.files.making import png
from tests.browser.signing_in import PATIENCE, be, last_answer, new_chat, wait_for_answer
from tests.stack import COUNTED, eventually

pytestmark = pytest.mark.stack

DROP = """([name, words]) => {
  const held = new DataTransfer();
  held.items.add(new File([words], name, { type: "text/plain" }));
  const told = { dataTransfer: held, bubbles: true, cancelable: true };
  for (const kind of ["dragenter", "dragover", "drop"]) document.querySelector("main").dispatchEvent(new DragEvent(kind, told));
}"""
PASTE = """(bytes) => {
  const held = new DataTransfer();
  held.items.add(new File([new Uint8Array(bytes)], "image.png", { type: "image/png" }));
  document.querySelector("textarea").dispatchEvent(new ClipboardEvent("paste", { clipboardData: held, bubbles: true, cancelable: true }));
}"""


@pytest.mark.parametrize("form_factor", ["phone"], indirect=True)
def test_files_chosen_dropped_and_pasted_go_with_the_message(strict_page, live, worker, alice, form_factor):
    page = strict_page
    be(page, live, alice)
    page.goto(live)
    chooser = page.get_by_label("Attach files")
    chooser.set_input_files(
        [
            {"name": "notes.txt", "mimeType": "text/plain", "buffer": b"teal notes"},
            {"name": "evil.svg", "mimeType": "image/svg+xml", "buffer": b"<svg onload='alert(1)'/>"},
        ]
    )
    chips = page.locator("[data-attached] .file-chip")
    expect(chips).to_have_count(2)
    button = page.get_by_role("button", name="Remove evil.svg")
    assert min(page.locator(".attach").bounding_box()[side] for side in ("width", "height")) >= 44
    assert min(button.bounding_box()[side] for side in ("width", "height")) >= 44
    button.click()
    expect(chips).to_have_text(["notes.txt10 bytes"])
    page.reload()  # what was uploaded outlives the page, as the draft does
    expect(chips).to_have_count(1)
    page.get_by_label("Message", exact=True).fill("What is in them?")
    page.get_by_role("button", name="Send", exact=True).click()
    page.wait_for_url("**/c/**")
    expect(page.locator(".turn.user .file-chip")).to_contain_text("notes.txt")
    expect(chips).to_have_count(0)
    wait_for_answer(page)
    expect(last_answer(page)).to_contain_text("I can't read files")
    page.evaluate(DROP, ["dropped.md", "# words"])
    expect(chips).to_contain_text("dropped.md")
    page.evaluate(PASTE, list(png(40, 30)))
    expect(chips).to_have_count(2)
    page.get_by_role("button", name="Send", exact=True).click()  # without words
    turn = page.locator(".turn.user[data-message]").last
    expect(turn.locator(".thumbnail img")).to_be_visible(timeout=PATIENCE)
    assert turn.locator("img").evaluate("image => image.decode().then(() => image.naturalWidth)") == 40
    expect(turn.locator(".file-chip")).to_contain_text("dropped.md")
    expect(chips).to_have_count(0)
    wait_for_answer(page)
    with page.expect_download() as saved:
        turn.locator("a.file-chip").click()
    assert saved.value.suggested_filename == "dropped.md"


def test_what_cannot_go_along_is_said_by_the_field(page, live, worker, alice, settings):
    settings.FILE_LIMIT_MB = 1
    be(page, live, alice)
    new_chat(page, live, "I live in Bergen.")
    wait_for_answer(page)
    chooser, wrong = page.get_by_label("Attach files"), page.locator("[data-file-error]")
    chooser.set_input_files({"name": "big.txt", "mimeType": "text/plain", "buffer": b"x" * 1_300_000})
    expect(wrong).to_contain_text("“big.txt” is 1.2 MB. The limit is 1.0 MB.")
    chooser.set_input_files({"name": "cv.docx", "mimeType": "text/plain", "buffer": b"PK\x03\x04\x00\x00"})
    expect(wrong).to_contain_text("“cv.docx” can’t be read here. Attach text, a PDF, or a picture")
    chooser.set_input_files([{"name": f"{n}.txt", "mimeType": "text/plain", "buffer": b"x"} for n in range(6)])
    expect(wrong).to_contain_text("A message can have 5 files at most.")
    expect(page.locator("[data-attached] .file-chip")).to_have_count(5)


@pytest.fixture
def without_script(browser, browser_context_args):
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    yield context.new_page()
    context.close()
    eventually(lambda: COUNTED.open == 0)


def test_without_a_script_the_form_carries_the_file(transactional_db, without_script, live, worker, alice):
    page = without_script
    be(page, live, alice)
    page.goto(live)
    chooser = page.get_by_label("Attach files")
    chooser.set_input_files({"name": "cv.docx", "mimeType": "text/plain", "buffer": b"PK\x03\x04\x00\x00"})
    page.get_by_label("Message", exact=True).fill("Read this")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_text("“cv.docx” can’t be read here.")).to_be_visible()
    expect(page.get_by_label("Message", exact=True)).to_have_value("Read this")
    chooser.set_input_files({"name": "notes.txt", "mimeType": "text/plain", "buffer": b"teal notes"})
    page.get_by_label("Message", exact=True).fill("")
    page.get_by_role("button", name="Send", exact=True).click()
    page.wait_for_url("**/c/**")
    expect(page.locator(".turn.user .file-chip")).to_contain_text("notes.txt")
