"""What went into an answer, and what it would have been without some of it."""

from __future__ import annotations

import re
from datetime import date

import pytest
from asgiref.sync import async_to_sync
from django.utils import timezone

from assistant.conversations import services
from assistant.conversations.difference import compare
from assistant.llm.gateway import tells_confidence
from assistant.llm.types import Model
from assistant.markup import render
from assistant.models import Budget, ContextItem, Run, Usage
from assistant.runs.influence import request, weigh
from assistant.runs.sureness import sureness_of
from assistant.runs.turn import run_turn
from assistant.web.why import why_sent
from memory import api as memory
from memory.lines import LineKind, MemoryLine, write_line
from profiles.owned import as_user


def marks(html: str) -> str:
    """What is read, with brackets around what is marked."""
    bracketed = re.sub(r'<(?:del|ins) class="own">', "[", html)
    bracketed = re.sub(r"</(?:del|ins)>", "]", bracketed)
    return re.sub(r"<[^>]*>", "", re.sub(r'<div class="code-head">.*?</div>', "", bracketed)).strip()


@pytest.mark.parametrize(
    ("first", "second", "left", "right"),
    [
        ("A fish stew, it is.", "A lamb stew, it is.", "A [fish] stew, it is.", "A [lamb] stew, it is."),
        ("A warm fish stew.", "A cold lamb stew.", "A [warm fish] stew.", "A [cold lamb] stew."),
        ("The same.", "The same.", "The same.", "The same."),
        ("One.", "One. Two.", "One.", "One. [Two.]"),
        ("Fish & **chips**", "Fish & **rice**", "Fish &amp; [chips]", "Fish &amp; [rice]"),
        ("- one\n- two", "- one\n- three", "one\n[two]", "one\n[three]"),
        (
            "```python\na = 1\nb = 2\nc = 3\n```\n",
            "```python\na = 1\nb = 4\nc = 3\n```\n",
            "a = 1\n[b][ ][=][ ][2]\nc = 3",
            "a = 1\n[b][ ][=][ ][4]\nc = 3",
        ),
        ("```\na = 1\n  b = 2\n```\n", "```\na = 1\n  b = 3\n```\n", "a = 1\n  [b = 2]", "a = 1\n  [b = 3]"),
        ("so $a$ it is", "so $b$ it is", "so [a] it is", "so [b] it is"),
    ],
)
def test_what_differs_is_marked_by_word_and_code_by_line(first, second, left, right):
    found = compare(render(first), render(second))
    assert (marks(found.first), marks(found.second)) == (left, right)
    assert found.is_none == (first == second)


def test_a_row_of_a_table_differs_as_a_whole_and_stays_a_table():
    table = "| dish | for |\n|---|---|\n| soup | two |\n| stew | six |\n"
    found = compare(render(table), render(table.replace("six", "five")))
    row = '<td><ins class="own">stew</ins></td>\n<td><ins class="own">five</ins></td>'
    assert row in found.second
    assert found.second.count("<ins") == 2
    assert re.sub(r'</?ins(?: class="own")?>', "", found.second) == render(table.replace("six", "five"))


def test_very_long_answers_are_compared_by_line():
    long = "\n\n".join(f"Paragraph number {number} of many." for number in range(2000))
    found = compare(render(long), render(long.replace("number 7 ", "number seven ")))
    assert marks(found.second).count("[") == 1
    assert "[Paragraph number seven of many.]" in marks(found.second)


@pytest.fixture
def answer(client, transactional_db, alice) -> Run:
    """An answer of the built-in model that rests on where alice lives."""
    client.force_login(alice, backend="django.contrib.auth.backends.ModelBackend")
    with as_user(alice):
        chat = services.start_conversation(alice.pk, at=timezone.now())
        services.post_message(alice.pk, chat.id, text="Remember that I live in Bergen.", at=timezone.now())
        Run.objects.of(alice).update(status="cancelled", finished_at=timezone.now())
        other = services.start_conversation(alice.pk, at=timezone.now())
        posted = services.post_message(alice.pk, other.id, text="Where do I live?", at=timezone.now())
    run = async_to_sync(run_turn)(alice.pk, posted.run.id)
    assert run
    return run


def test_memory_keeps_the_words_of_an_answer_and_no_marks(alice, answer):
    with as_user(alice):
        assert "[f:" in answer.answer.text
        found = memory.recall(alice.pk, "What did you say about Bergen?", at=timezone.now())
    told = [item.line.text for item in found.items if item.line.speaker == "assistant"]
    assert told
    assert not any("[" in text for text in told)


def test_answered_again_without_a_memory_both_answers_stand_beside_each_other(client, alice, answer):
    with as_user(alice):
        items = ContextItem.objects.of(alice).filter(run=answer, text__contains="Bergen").exclude(reference="")
        without = [item.reference for item in items]
    receipt = client.get(f"/messages/{answer.answer_id}/receipt/").content.decode()
    assert f'name="without" value="{without[0]}"' in receipt
    where = client.post(f"/messages/{answer.answer_id}/again/", {"without": without})["Location"]
    waiting = client.get(where).content.decode()
    assert "data-progress" in waiting
    with as_user(alice):
        again = Run.objects.of(alice).latest("id")
    async_to_sync(run_turn)(alice.pk, again.id)
    shown = client.get(where).content.decode()
    assert "The second was written without" in shown
    assert "<del class" in shown
    assert "data-progress" not in shown
    client.post(f"/messages/{answer.answer_id}/show/")
    with as_user(alice):
        answer.conversation.refresh_from_db()
    assert answer.conversation.active_leaf_id == answer.answer_id


def test_a_receipt_tells_who_said_what_it_holds(client, alice, answer):
    with as_user(alice):
        for position, speaker in enumerate(("user", "assistant"), start=900):
            ContextItem.objects.create(
                user_id=alice.pk,
                run=answer,
                position=position,
                kind="episode",
                text=f"- [t:{position}] 2026-11-18 | {speaker} | Dark green walls",
                tokens=1,
            )
    receipt = client.get(f"/messages/{answer.answer_id}/receipt/").content.decode()
    assert receipt.count("You said this on 18 November.") == 1
    assert receipt.count("I said this on 18 November.") == 1


def test_what_was_corrected_after_an_answer_is_said_and_it_can_be_answered_with_that(client, alice, answer):
    receipt = f"/messages/{answer.answer_id}/receipt/"
    assert "Answer again with the correction" not in client.get(receipt).content.decode()
    with as_user(alice):
        (fact,) = memory.facts_of(alice.pk, memory.FactFilter(predicate="lives_in")).facts
    client.post(f"/memory/{fact.id}/correct/", {"kind": "changed", "value-changed": "Voss", "version": fact.version})
    shown = client.get(receipt).content.decode()
    assert "Changed after this answer. Now: Lives in Voss" in shown
    assert "Answer again with the correction" in shown
    assert client.post(f"/messages/{answer.answer_id}/again/", {"corrected": "1"})["Location"].endswith("#end")


def test_a_memory_that_was_past_when_it_was_sent_has_not_changed_since(client, alice, answer):
    with as_user(alice):
        (old,) = memory.facts_of(alice.pk, memory.FactFilter(predicate="lives_in")).facts
    client.post(f"/memory/{old.id}/correct/", {"kind": "changed", "value-changed": "Voss", "version": old.version})
    with as_user(alice):
        (new,) = memory.facts_of(alice.pk, memory.FactFilter(predicate="lives_in")).facts
        ContextItem.objects.of(alice).filter(run=answer).delete()
        for position, (fact, status) in enumerate(((old, "superseded"), (new, "active"))):
            line = MemoryLine(LineKind.FACT, str(position), date(2026, 11, 18), fact.text, "lives_in", status=status)
            ContextItem.objects.create(
                user_id=alice.pk,
                run=answer,
                position=position,
                kind="fact",
                reference=str(fact.id),
                text=write_line(line),
                reason="words",
                tokens=1,
            )
    shown = client.get(f"/messages/{answer.answer_id}/receipt/").content.decode()
    assert "Changed after this answer" not in shown
    assert "Matches “live”. Replaces “Lives in Bergen”. You said this on 18 November." in shown


def test_the_date_that_was_sent_reads_as_a_person_writes_it(client, alice, answer):
    with as_user(alice):
        ContextItem.objects.of(alice).filter(run=answer, kind="now").update(
            text="date=2026-11-26 weekday=Thursday time=16:40 zone=Europe/Oslo language=en memory=on"
        )
    shown = client.get(f"/messages/{answer.answer_id}/receipt/").content.decode()
    assert "Thursday, 26 November 2026, 16:40 (Europe/Oslo)" in shown
    assert "weekday=" not in shown


@pytest.mark.parametrize(
    ("reason", "question", "text", "why"),
    [
        ("words", "What should a cook know?", "Cooks for six on Fridays", "Matches “cook”"),
        ("words", "Anything new?", "The boiler is old", "Matches your words"),
        ("person", "When does Ana come?", "Has a sibling, Ana", "Names “Ana”"),
        ("date", "Where did I go in June?", "Went to Porto", "You asked about June"),
        ("date", "Where did I go last week?", "Went to Porto", "From the days you asked about"),
        ("vector", "What should a cook know?", "Doesn't eat meat", "Close in meaning"),
        ("asked for: lives_in", "Where do I live?", "Lives in Bergen", "Answers what you asked"),
        ("always sent", "Where do I live?", "Lives in Bergen", "Always sent"),
    ],
)
def test_a_receipt_says_why_something_was_sent(reason, question, text, why):
    assert why_sent(ContextItem(kind="fact", reason=reason), text=text, question=question) == why


def test_memories_are_weighed_with_progress_and_shown_with_what_they_changed(client, alice, answer):
    receipt = f"/messages/{answer.answer_id}/receipt/"
    assert "Weigh the memories" in client.get(receipt).content.decode()
    assert client.post(f"/messages/{answer.answer_id}/weigh/")["Location"] == receipt
    assert "Weighed 0 of" in client.get(receipt).content.decode()
    async_to_sync(weigh)(alice.pk, answer.id)
    assert client.get(f"/messages/{answer.answer_id}/weigh/").status_code == 204
    shown = client.get(receipt).content.decode()
    assert "of the words differ" in shown


def test_weighing_stops_where_the_budget_ends(client, table):
    table.model("plain")
    with as_user(table.alice):
        memory.remember(table.alice.pk, predicate="lives_in", value="Bergen", at=timezone.now())
    run = table.ask("Where do I live?")
    client.force_login(table.alice)
    client.post(f"/messages/{run.answer_id}/weigh/")
    Budget.objects.create(user=table.alice, tokens=1)
    asked = len(table.provider.requests)
    async_to_sync(weigh)(table.alice.pk, run.id)
    assert len(table.provider.requests) == asked
    assert "not all could be weighed" in client.get(f"/messages/{run.answer_id}/receipt/").content.decode()


def test_weighing_ends_where_the_model_that_answered_is_gone(table):
    table.model("plain")
    table.knows("lives_in", "Bergen")
    run = table.ask("Where do I live?")
    with as_user(table.alice):
        request(table.alice.pk, run.answer_id)
    table.model("another")
    async_to_sync(weigh)(table.alice.pk, run.id)
    with as_user(table.alice):
        assert Run.objects.of(table.alice).get(id=run.id).weighing == Run.Weighing.FAILED


def test_at_most_a_dozen_memories_are_weighed(table, settings):
    table.model("plain")
    run = table.ask("What do I like?")
    with as_user(table.alice):
        ContextItem.objects.bulk_create(
            ContextItem(
                user=table.alice, run=run, position=90 + number, kind="fact", reference=str(number), text="-", tokens=1
            )
            for number in range(15)
        )
    asked = len(table.prompts())
    with as_user(table.alice):
        request(table.alice.pk, run.answer_id)
    async_to_sync(weigh)(table.alice.pk, run.id)
    assert len(table.prompts()) - asked == 13, "once with all of them, once without each"
    with as_user(table.alice):
        assert ContextItem.objects.of(table.alice).filter(run=run, influence__isnull=False).count() == 12
        assert Usage.objects.of(table.alice).filter(run_id=run.id, role="weigh").count() == 13


def test_nobody_sees_the_receipt_of_another(client, alice, bob, answer):
    client.force_login(bob, backend="django.contrib.auth.backends.ModelBackend")
    for part in ("receipt", "compare", "weigh"):
        assert client.get(f"/messages/{answer.answer_id}/{part}/").status_code == 404


def test_a_receipt_tells_how_sure_the_model_was_where_its_provider_does(table, client):
    table.model("sure")
    run = table.ask("Where do I live?")
    client.force_login(table.alice)
    page = client.get(f"/messages/{run.answer_id}/receipt/").content.decode()
    assert "Sure of its words: 82 %." in page
    assert "“Bergen”</bdi> 30 %" in page
    table.model("plain")
    quiet = table.ask("And now?")
    assert "Sure of its words" not in client.get(f"/messages/{quiet.answer_id}/receipt/").content.decode()


@pytest.mark.parametrize(
    ("text", "tokens", "least"),
    [
        ("A red fox", [(1, 90), (4, 20), (4, 99)], (("red", 20),)),
        ("A red-hot fox", [(1, 90), (4, 99), (4, 30), (4, 99)], (("red-hot", 30),)),
        ("A fox", [(1, 90), (4, 99)], ()),
    ],
)
def test_the_least_sure_words_are_named_whole(text, tokens, least):
    assert sureness_of(text, tokens).least == least


@pytest.mark.parametrize(("text", "tokens"), [("A red fox", []), ("cut", [(40, 90)])])
def test_nothing_is_said_of_sureness_where_nothing_is_known(text, tokens):
    assert sureness_of(text, tokens) is None


def test_only_models_that_are_known_to_give_them_are_asked_for_probabilities():
    assert tells_confidence(Model("openai/gpt-4o"))
    assert not tells_confidence(Model("openai/gpt-4o", api_base="http://127.0.0.1:1/v1"))
    assert not tells_confidence(Model("openai/o3"))
    assert not tells_confidence(Model("openai/nobody-knows"))


def test_the_answer_compared_is_by_the_same_model_and_names_what_it_lacks(client, table):
    table.knows("lives_in", "Bergen")
    table.model("plain")
    run = table.ask("Where do I live?", model="builtin/companion", thinking="on")
    with as_user(table.alice):
        sent = (
            ContextItem.objects.of(table.alice).filter(run=run, kind__in=["fact", "profile"]).exclude(reference="")[0]
        )
        ContextItem.objects.of(table.alice).filter(pk=sent.pk).update(
            is_carried=True
        )  # as in the next question's prompt
    client.force_login(table.alice, backend="django.contrib.auth.backends.ModelBackend")
    compared = client.post(f"/messages/{run.answer_id}/again/", {"without": sent.reference})["Location"]
    with as_user(table.alice):
        again = Run.objects.of(table.alice).latest("created_at")
    assert (again.requested_model, again.thinking) == ("builtin/companion", "on")
    assert "The second was written without" in client.get(compared).content.decode()
