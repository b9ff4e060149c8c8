"""How a person decides: over REST and in the chat; what they are shown, and what goes on then."""

from __future__ import annotations

import pytest
from django.test import Client

from assistant.llm.counting import count_tokens
from assistant.llm.types import Model
from assistant.models import ContextItem, Run, ToolCall
from memory import api as memory
from profiles.owned import as_user
from tests.people import Phone


@pytest.fixture
def waiting(table) -> Run:
    """An answer that waits for leave to forget."""
    table.knows("lives_in", "Bergen")
    run = table.ask("Could you drop where I live?", [("forget", {"about": "where I live"})], "It is gone.")
    assert run.status == "waiting"
    return run


def test_an_app_shows_what_waits_and_sends_the_decision(table, waiting, live, inline_tasks, bob):
    phone = Phone(live, table.alice)
    call = phone.get(f"runs/{waiting.id}/tool-calls").json()[0]
    assert (call["name"], call["state"], call["why"]) == ("forget", "waiting", "always")
    assert "Bergen" in call["preview"]
    path = f"runs/{waiting.id}/tool-approvals/{call['id']}"
    assert Phone(live, bob).post(path, {"allow": True, "digest": call["digest"]}).status_code == 404
    assert Phone(live, table.alice, ["chat"]).post(path, {"allow": True, "digest": call["digest"]}).status_code == 403
    assert phone.post(path, {"allow": True, "digest": "0"}).json()["code"] == "not-what-was-shown"
    assert table.facts() == ["Bergen"]
    assert phone.post(path, {"allow": True, "digest": call["digest"]}).status_code == 202
    assert table.facts() == []
    assert table.text(waiting) == "It is gone."
    names = [name for _, name, _ in phone.events(str(waiting.id))]
    assert names[-1] == "done"
    assert "tool.finished" in names
    assert phone.post(path, {"allow": False}).json()["code"] == "already-decided"


def test_an_app_is_told_which_tools_there_are(table, live):
    tools = {tool["name"]: tool for tool in Phone(live, table.alice).get("tools").json()}
    assert tools["forget"]["always_asks"]
    assert tools["calculate"]["permission"] == "reads"
    assert "search_web" not in tools


def test_the_chat_shows_the_exact_bytes_and_two_buttons(table, waiting, inline_tasks):
    browser = Client()
    browser.force_login(table.alice)
    page = browser.get(f"/c/{waiting.conversation_id}/").content.decode()
    call = table.calls(waiting)[0]
    assert "May I use “Forget”?" in page
    assert "Bergen" in page
    assert "{&quot;about&quot;: &quot;where I live&quot;}" in page
    done = browser.post(f"/tool-calls/{call.id}/", {"allow": "no", "digest": call.digest})
    assert done.status_code == 302
    assert table.states(waiting) == [("forget", "refused")]
    assert table.facts() == ["Bergen"]
    page = browser.get(f"/c/{waiting.conversation_id}/").content.decode()
    assert "May I use" not in page
    assert "Used a tool" in page
    assert "It is gone." in page
    receipt = browser.get(f"/messages/{waiting.answer_id}/receipt/").content.decode()
    assert "The person did not allow this" in receipt


def test_what_is_forgotten_is_gone_from_calls_and_receipts(table):
    table.knows("lives_in", "Bergen")
    run = table.ask("Where?", [("search_memory", {"query": "where do I live"})], "Somewhere.")
    with as_user(table.alice):
        memory.forget(table.alice.pk, memory.ForgetTarget(query="where I live"), at=run.created_at)
        assert "Bergen" not in str(list(ToolCall.objects.of(table.alice).filter(run=run).values()))
        assert "Bergen" not in str(list(ContextItem.objects.of(table.alice).filter(run=run).values()))


def test_the_receipt_adds_up_to_what_was_sent_last(table):
    run = table.ask("Sum", ["Let me see.", ("calculate", {"text": "2340 * 17 %"})], "It is 397.8.")
    with as_user(table.alice):
        items = list(ContextItem.objects.of(table.alice).filter(run=run))
    last = table.prompts()[-1]["messages"]
    result = next(item for item in items if item.kind == "result")
    assert result.text.endswith(last[-1]["content"])
    assert "Let me see." in result.text
    model = Model("openai/steps", api_base=table.provider.url)
    sent = count_tokens(last, model) + next(item.tokens for item in items if item.kind == "tools")
    assert sum(item.tokens for item in items) == sent
