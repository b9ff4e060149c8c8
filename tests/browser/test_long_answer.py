"""A very long answer with code and tables: whole at its end, and still where somebody reads."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.signing_in import PATIENCE, be, last_answer
from tests.fakes.scripts import long_answer
from tests.people import Phone

pytestmark = pytest.mark.stack
LENGTH = 16_000  # half of it one stretch of code

# Where the heading stands that is read, frame by frame, until the answer is there: every other place it was seen at.
JUMPS = """(heading) => new Promise((done) => {
  const text = heading.textContent, turns = document.querySelector("[data-turns]");
  const scroller = document.querySelector("[data-scroller]");
  const found = () => [...turns.querySelectorAll("h3")].find((one) => one.textContent === text);
  const first = Math.round(found().getBoundingClientRect().top), seen = new Set(), height = scroller.scrollHeight;
  let after = 0;
  const look = () => {
    const place = Math.round(found().getBoundingClientRect().top);
    if (place !== first) seen.add(place - first);
    after += turns.querySelector("[data-run]") ? 0 : 1;
    if (after < 10) return requestAnimationFrame(look);
    done({ seen: [...seen], grew: scroller.scrollHeight > height });
  };
  look();
})"""


def test_a_very_long_answer_ends_whole_and_does_not_move_what_is_read(
    strict_page, live, worker, provider, slow_model, alice
):
    page = strict_page
    provider.provider.state.answers.pop("slow")
    provider.provider.state.scripts["slow"] = "long"
    be(page, live, alice)
    phone = Phone(live, alice)
    chat = phone.new_chat()
    phone.say(chat, f"Tell me everything, in {LENGTH} characters.", model=slow_model)
    page.goto(f"{live}/c/{chat}/")
    heading = page.get_by_role("heading", name="Part 2", exact=True)
    heading.wait_for(timeout=PATIENCE)
    page.locator("[data-scroller]").hover()
    page.mouse.wheel(0, -300)  # reading, a little above the end
    expect(page.locator("[data-run]")).to_have_count(1)
    watched = heading.evaluate(JUMPS)
    assert watched == {"seen": [], "grew": True}
    expect(page.locator("[data-latest]")).to_be_visible()
    answer = last_answer(page)
    parts = re.findall(r"^## (Part \d+)$", long_answer(LENGTH), re.MULTILINE)
    assert answer.locator("h3").all_inner_texts() == parts
    assert answer.locator("table").count() == answer.locator(".code").count() == len(parts)
    assert answer.locator("pre").nth(3).inner_text().splitlines()[0] == "def part_4():"
    expect(answer).to_contain_text("That was everything.")
