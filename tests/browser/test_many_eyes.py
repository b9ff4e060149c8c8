"""What a chat must survive: a web server that starts again, two tabs at once, and years of other chats beside it."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest
import uvicorn
from django.utils import timezone
from playwright.sync_api import expect

from assistant.models import Conversation, Message
from memory import api
from profiles.owned import as_user, new_id
from tests.browser.signing_in import PATIENCE, be, last_answer, send, wait_for_answer
from tests.people import Phone
from tests.stack import COUNTED, STORY, eventually

pytestmark = pytest.mark.stack
MANY = 10_000


class Web:
    """A web server of the test's own, that can be stopped and started again at the same address."""

    def __init__(self) -> None:
        with socket.socket() as found:
            found.bind(("127.0.0.1", 0))
            self.port = found.getsockname()[1]
        self.start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        self.server = uvicorn.Server(
            uvicorn.Config(COUNTED, port=self.port, lifespan="off", log_level="critical", timeout_graceful_shutdown=1)
        )
        self.thread = threading.Thread(target=self.server.run, daemon=True)
        self.thread.start()
        eventually(lambda: self.server.started)

    def stop(self) -> None:
        self.server.should_exit = True
        self.thread.join(20)


@pytest.fixture
def web(transactional_db) -> Iterator[Web]:
    web = Web()
    yield web
    web.stop()


def story(address: str, user, model: str) -> str:
    """The address of a chat in which a long answer is being written."""
    phone = Phone(address, user)
    chat = phone.new_chat()
    phone.say(chat, "Tell me the story.", model=model)
    return f"{address}/c/{chat}/"


def test_an_answer_goes_on_when_the_web_server_was_started_again(page, web, worker, slow_model, alice):
    be(page, web.address, alice)
    page.goto(story(web.address, alice, slow_model))
    expect(page.locator("[data-tail]")).to_contain_text("Once", timeout=PATIENCE)
    web.stop()
    web.start()
    wait_for_answer(page)
    assert last_answer(page).inner_text().split() == STORY.split()
    expect(page.locator(".turn.assistant")).to_have_count(1)


def test_two_tabs_show_the_same_chat(strict_page, live, worker, slow_model, alice):
    one = strict_page
    be(one, live, alice)
    address = story(live, alice, slow_model)
    one.goto(address)
    other = one.context.new_page()
    other.goto(address)
    for page in (one, other):
        expect(page.locator("[data-tail]")).to_contain_text("Once", timeout=PATIENCE)
    other.get_by_role("button", name="Stop", exact=True).click()
    for page in (one, other):
        expect(page.get_by_text("You stopped this answer.")).to_be_visible(timeout=PATIENCE)
    send(one, "What is 2 + 2?")
    for page in (one, other):
        expect(page.locator(".turn.user .bubble").last).to_have_text("What is 2 + 2?")
        expect(last_answer(page)).to_contain_text("The end.", timeout=PATIENCE)
        expect(page.locator(".turn")).to_have_count(4)
    other.get_by_role("button", name="Answer again").last.click()
    for page in (other, one):
        expect(page.get_by_text("2 of 2")).to_be_visible(timeout=PATIENCE)
        expect(page.locator(".turn")).to_have_count(4)


def test_ten_thousand_chats_stand_beside_the_one_that_is_read(strict_page, live, alice):
    page = strict_page
    now = timezone.now()
    with as_user(alice):
        days = [now - timedelta(hours=MANY - number) for number in range(MANY)]
        chats = Conversation.objects.bulk_create(
            Conversation(user=alice, title=f"Chat {number}", created_at=day, spoken_at=day)
            for number, day in enumerate(days)
        )
        Message.objects.bulk_create(
            Message(user=alice, conversation=chat, role="user", text=f"The keeper of island {number}", created_at=day)
            for number, (chat, day) in enumerate(zip(chats, days, strict=True))
        )
    be(page, live, alice)
    page.goto(f"{live}/c/{chats[-1].pk}/")
    listed = page.locator(".chats .chat")
    expect(listed.first).to_contain_text(f"Chat {MANY - 1}")
    shown = listed.count()
    assert shown < 100  # not all of them
    page.locator(".chats").get_by_text("Show more").click()
    expect(listed.nth(shown)).to_contain_text(f"Chat {MANY - 1 - shown}")
    expect(listed.nth(shown).get_by_role("link").first).to_be_focused()
    page.keyboard.press("Control+k")
    page.get_by_role("dialog").get_by_role("searchbox").fill("keeper island 4711")
    expect(page.get_by_role("dialog").get_by_text("Chat 4711", exact=True)).to_be_visible()


def test_a_long_list_of_facts_goes_on_under_its_headings(strict_page, live, alice):
    page = strict_page
    with as_user(alice):
        for number in range(45):
            said = f"I like soup{number}."
            api.record_turn(
                alice.pk, conversation_id=new_id(), message_id=new_id(), role="user", text=said, at=timezone.now()
            )
        while api.ingest(alice.pk, at=timezone.now()).turns:
            pass
    be(page, live, alice)
    page.goto(f"{live}/memory/")
    rows = page.locator(".topic-list li")
    expect(rows).to_have_count(40)
    page.get_by_role("link", name="Show more").click()
    expect(rows).to_have_count(45)
    expect(page.locator(".topic-list h2")).to_have_count(1)
    expect(page.get_by_role("link", name="Show more")).to_have_count(0)
