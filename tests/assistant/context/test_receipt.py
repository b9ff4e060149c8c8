"""The receipt of an answer: what each line told in which version, what was found and not sent, and that it adds up."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from assistant.llm.counting import count_tokens
from assistant.llm.types import Model
from assistant.models import ContextItem
from memory import api as memory
from profiles.owned import as_user


def receipt(table, run, *kinds: str) -> list[ContextItem]:
    with as_user(table.alice):
        found = ContextItem.objects.of(table.alice).filter(run=run).order_by("position")
        return list(found.filter(kind__in=kinds) if kinds else found)


def test_each_item_carries_the_version_of_what_it_tells(table):
    table.model("plain")
    table.knows("likes", "sailing in the fjord")
    table.knows("lives_in", "Bergen")
    table.ask("My boat lies in the harbour of Bergen.")
    table.chat = None
    first = table.ask("Where does my boat lie, and do I like sailing?")
    told = {item.reference: item for item in receipt(table, first, "fact", "profile", "episode")}
    with as_user(table.alice):
        facts = {fact.value: fact for fact in memory.facts_of(table.alice.pk, memory.FactFilter()).facts}
        for fact in facts.values():
            assert told[str(fact.id)].version == fact.version >= 1
        memory.confirm(table.alice.pk, facts["Bergen"].id, at=timezone.now())
        changed = memory.fact_detail(table.alice.pk, facts["Bergen"].id).fact
        assert changed.version > facts["Bergen"].version
    episodes = [item for item in told.values() if item.kind == "episode"]
    assert episodes
    assert all(item.version > 0 for item in episodes)
    assert {item.version for item in receipt(table, first, "turn")} == {1}
    table.chat = None
    again = {item.reference: item.version for item in receipt(table, table.ask("Where do I live?"))}
    assert again[str(changed.id)] == changed.version


def test_what_was_found_and_not_sent_stands_apart_and_is_blanked_when_it_is_forgotten(table, client, settings):
    table.model("plain")
    dishes = ("cod with butter", "lamb stew", "herring", "waffles", "plum cake", "fish soup", "rye bread")
    for dish in dishes:
        table.knows("likes", dish)
    settings.RECALL_MOST_ITEMS = 3
    run = table.ask("What food do I like?")
    sent, passed = receipt(table, run, "fact", "profile"), receipt(table, run, "retrieved")
    assert sum(item.kind == "fact" for item in sent) == 3
    assert passed
    assert {(item.reason, item.tokens) for item in passed} == {("did not fit", 0)}
    assert all(item.reference and item.version and item.scores["total"] > 0 for item in passed)
    assert not {item.reference for item in passed} & {item.reference for item in sent}
    prompt = "\n".join(str(message["content"]) for message in table.prompts()[-1]["messages"])
    assert all(item.text not in prompt for item in passed)
    client.force_login(table.alice, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(f"/messages/{run.answer_id}/receipt/").content.decode()
    assert "Found, but not sent" in page
    with as_user(table.alice):
        gone = memory.read_line(passed[0].text).value
        target = memory.ForgetTarget(fact_id=UUID(passed[0].reference))
        memory.forget(table.alice.pk, target, at=timezone.now())
        assert not ContextItem.objects.of(table.alice).filter(run=run, text__icontains=gone).exists()


def test_typed_wishes_about_answers_keep_to_the_room_of_the_profile(table, settings):
    table.model("plain")
    for number in range(12):
        table.knows("answer_style", f"in manner {number}, " + "with care and plainly, " * 9)
    run = table.ask("What a day")
    profile, left = receipt(table, run, "profile"), receipt(table, run, "retrieved")
    model = Model("openai/plain", api_base=table.provider.url)
    assert profile
    assert sum(count_tokens(item.text, model) for item in profile) <= 400
    assert len(profile) + len(left) == len(table.facts())
    again = table.ask("And what a night")
    assert [item.text for item in receipt(table, again, "profile")] == [item.text for item in profile]


def test_a_receipt_adds_up_to_what_was_sent_to_the_token(table):
    table.model("plain")
    table.knows("lives_in", "Bergen")
    table.ask("I like sailing, fish soup and long walks along the harbour.")
    run = table.ask("Where do I live, and what do I like?")
    last = table.prompts()[-1]
    tools = sum(item.tokens for item in receipt(table, run, "tools"))
    model = Model("openai/plain", api_base=table.provider.url)
    assert sum(item.tokens for item in receipt(table, run)) == count_tokens(last["messages"], model) + tools
    assert [item.reason for item in receipt(table, run, "marks")] == ["framing"]
