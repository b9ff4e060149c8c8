"""Taking memory in from a file: our own export comes back as it was, what comes from elsewhere waits, and nothing comes in twice."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
from django.core.management import call_command

from memory import api
from memory.models import Entity, Episode, Evidence, Fact, Import, ImportPart, Vector
from profiles.api import decide_consent
from profiles.owned import as_user, new_id
from tests.memory.test_models import check_deferred
from tests.memory.test_reconcile import MONDAY, claim, say

LATER = MONDAY + timedelta(days=30)


def take(user, data, *, at=LATER, name="file.json"):
    view = api.open_import(user.pk, data if isinstance(data, bytes) else json.dumps(data).encode(), at=at, name=name)
    while view.state == "running":
        view = api.advance_import(user.pk, view.id, at=at)
    check_deferred()
    return view


def history(*texts, role="user", conversation="a"):
    messages = [
        {"id": str(number), "role": role, "text": text, "at": (MONDAY + timedelta(minutes=number)).isoformat()}
        for number, text in enumerate(texts)
    ]
    return {"conversations": [{"id": conversation, "messages": messages}]}


def without_ids(exported) -> dict:
    """An export with each id replaced by the order in which it appears, and without the import that brought it."""
    numbers: dict[str, int] = {}
    text = json.dumps({**exported, "imports": []})
    return json.loads(
        re.sub(
            r"[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}",
            lambda found: f"id {numbers.setdefault(found.group().replace('-', ''), len(numbers))}",
            text,
        )
    )


def live_a_little(user) -> None:
    """A life with all that an export can hold."""
    decide_consent(user.pk, "health", granted=True, at=MONDAY)
    conversation = new_id()
    say(user, "Oslo it is", claim("lives_in", "Oslo"), conversation=conversation)
    say(
        user,
        "Bergen now, and my sister Ana has asthma",
        claim("lives_in", "Bergen"),
        claim("sibling", "Ana", "my sister Ana"),
        claim("has_condition", "asthma", subject="Ana"),
        claim("religion", "none", "now"),
        at=MONDAY + timedelta(days=1),
        conversation=conversation,
    )
    for day, value in enumerate(["4 July 1988", "7 April 1988"]):
        say(user, value, claim("birthday", value), at=MONDAY + timedelta(days=2 + day))
    api.edit_profile(user.pk, predicate="preferred_name", value="Al", at=MONDAY + timedelta(days=5))
    said = say(user, "I like gin", claim("likes", "gin", "I like gin"), at=MONDAY + timedelta(days=6))
    api.undo(user.pk, said.batch_id, at=MONDAY + timedelta(days=7))
    say(user, "I like tea", claim("likes", "tea", "I like tea"), at=MONDAY + timedelta(days=8))
    api.forget(user.pk, api.ForgetTarget(query="tea"), at=MONDAY + timedelta(days=9))


def test_an_export_comes_back_as_it_was(alice, bob):
    with as_user(alice):
        live_a_little(alice)
        first = api.export(alice.pk)
    with as_user(bob):
        decide_consent(bob.pk, "health", granted=True, at=MONDAY)
        view = take(bob, first)
        assert view.errors == ()
        second = api.export(bob.pk)
        for name, rows in without_ids(second).items():
            assert rows == without_ids(first)[name], name
        assert Vector.objects.of(bob).filter(fact__isnull=False).count() == Fact.objects.of(bob).count()
        found = api.recall(bob.pk, "Where do I live?", at=LATER)
        assert any("Bergen" in item.line.text for item in found.items)
        api.undo(bob.pk, at=LATER)  # what was learned there can be taken back here


def test_the_same_export_twice_is_once(alice, bob):
    with as_user(alice):
        live_a_little(alice)
        first = api.export(alice.pk)
        counts = {name: len(rows) for name, rows in first.items()}
        take(alice, first)  # where it came from, all of it stands already
        assert {name: len(rows) for name, rows in api.export(alice.pk).items()} == {**counts, "imports": 1}
    with as_user(bob):
        decide_consent(bob.pk, "health", granted=True, at=MONDAY)
        for _ in range(2):
            take(bob, first)
        assert {name: len(rows) for name, rows in api.export(bob.pk).items()} == {**counts, "imports": 2}


def test_a_forged_export_makes_nothing_true(alice, bob):
    with as_user(alice):
        say(alice, "Oslo it is", claim("lives_in", "Oslo"))
        forged = api.export(alice.pk)
    forged["facts"][0]["value"] = "Paris"  # the turn says Oslo
    forged["evidence"][0]["quote"] = "Paris"
    forged["facts"].append(
        {**forged["facts"][0], "id": str(new_id()), "predicate": "likes", "value": "sk-proj-Q7tVb29LmXe4RzW8"}
    )
    forged["facts"].append({**forged["facts"][0], "id": "none"})
    forged["facts"].append("nonsense")
    with as_user(bob):
        view = take(bob, forged)
        assert sorted(reason for _, reason in view.errors) == ["schema", "schema", "secret"]
        fact = Fact.objects.of(bob).get()
        assert (fact.origin, fact.status) == ("import", "proposed")


def test_a_history_is_searchable_at_once_and_what_it_says_waits(alice):
    with as_user(alice):
        view = take(alice, history("I live in Bergen", "the ferry to Askøy was late"))
        assert (view.kept, view.errors) == ({"turn": 2}, ())
        assert any("ferry" in item.line.text for item in api.recall(alice.pk, "ferry", at=LATER).items)
        api.ingest(alice.pk, at=LATER)
        fact = Fact.objects.of(alice).get(predicate="lives_in")
        assert (fact.value, fact.status, fact.origin) == ("Bergen", "proposed", "import")
        assert fact.said_at == MONDAY
        api.confirm(alice.pk, fact.pk, at=LATER)
        assert Fact.objects.of(alice).active().get(predicate="lives_in").value == "Bergen"


def test_what_is_said_here_does_not_wait_for_what_was_imported(alice):
    with as_user(alice):
        take(alice, history("I live in Bergen"))
        api.ingest(alice.pk, at=LATER)
        say(alice, "Oslo", claim("lives_in", "Oslo"), at=MONDAY - timedelta(days=3))
        assert Fact.objects.of(alice).active().get().value == "Oslo"


def test_a_history_twice_is_once_and_grows_by_what_is_new(alice):
    with as_user(alice):
        take(alice, history("one bird", "two birds"))
        take(alice, history("one bird", "two birds", "three birds"))
        assert Episode.objects.of(alice).count() == 3


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (None, "schema"),
        ({"text": 3, "at": MONDAY.isoformat()}, "schema"),
        ({"text": "hello", "at": "yesterday"}, "date"),
        ({"text": "hello", "role": "system", "at": MONDAY.isoformat()}, "speaker"),
        ({"text": "  ", "at": MONDAY.isoformat()}, "empty"),
        ({"predicate": "lives_in"}, "schema"),
        ({"predicate": "lives_in", "value": "Bergen", "valid_from": "soon"}, "date"),
        ({"predicate": "lives_in", "value": "Bergen", "subject": "she"}, "subject"),
        ({"predicate": "owns", "value": "4539 1488 0343 6467"}, "secret"),
        ({"predicate": "has_condition", "value": "asthma"}, "consent"),
        ({"predicate": "likes", "value": "tea"}, "tombstone"),
        ({"predicate": "owns", "value": "a car", "subject": "\ud800"}, "schema"),
        ({"predicate": "owns", "value": "a car", "subject": "\x00"}, "schema"),
        ({"predicate": "owns", "value": "a car", "subject": "sk-live-abcdefghijklmnop1234"}, "secret"),
        ({"text": "hello", "at": "9999-12-31T23:59:59-05:00"}, "date"),
        ({"text": "hello", "at": "0001-01-01T00:00:00+14:00"}, "date"),
    ],
)
def test_one_bad_line_is_named_and_costs_no_other(alice, row, reason):
    with as_user(alice):
        say(alice, "I like tea", claim("likes", "tea", "I like tea"))
        api.forget(alice.pk, api.ForgetTarget(slot=("user", "likes")), at=MONDAY)
        good = {"predicate": "works_at", "value": "Haukeland", "said_at": MONDAY.isoformat()}
        view = take(alice, "\n".join(json.dumps(line) for line in (good, row)).encode())
        assert view.errors == ((2, reason),)
        fact = Fact.objects.of(alice).get()
        assert (fact.value, fact.status, fact.origin) == ("Haukeland", "proposed", "import")


def test_ends_of_lines_and_half_characters_inside_of_a_text_are_no_ends_of_it(alice):
    with as_user(alice):
        rows = [{"text": text, "at": MONDAY.isoformat(), "id": text} for text in ("one\u2028two", "three\x85four")]
        odd = {"text": "five\ud800", "at": MONDAY.isoformat(), "id": "\ud800", "conversation": "\ud800"}
        lines = [*(json.dumps(row, ensure_ascii=False) for row in rows), json.dumps(odd)]
        view = take(alice, "\n".join(lines).encode())
        assert view.errors == ()
        texts = set(Episode.objects.of(alice).values_list("text", flat=True))
        assert texts == {"one\u2028two", "three\x85four", "five?"}


@pytest.mark.parametrize("data", [b"", b"{", b"\xff\xfe\x00", b'{"a": 1}', b"[]", b"7"])
def test_a_file_of_no_known_form_is_refused_whole(alice, data):
    with as_user(alice):
        with pytest.raises(api.BadFile):
            api.open_import(alice.pk, data, at=LATER)
        assert not Import.objects.of(alice).exists()


def test_an_import_goes_on_where_it_was_broken_off(alice, transactional_db):
    texts = [f"bird number {number} sang" for number in range(1200)]
    with as_user(alice):
        view = api.open_import(alice.pk, json.dumps(history(*texts)).encode(), at=LATER)
    with pytest.raises(KeyboardInterrupt), as_user(alice):
        api.advance_import(alice.pk, view.id, at=LATER)
        raise KeyboardInterrupt  # the process ends before its transaction does
    done = []
    while view.state == "running":
        with as_user(alice):
            view = api.advance_import(alice.pk, api.running_import(alice.pk), at=LATER)
            done.append(view.done)
    assert done == [500, 1000, 1200]
    with as_user(alice):
        assert Episode.objects.of(alice).count() == 1200
        assert sorted(Episode.objects.of(alice).values_list("seq", flat=True)) == list(range(1, 1201))
        assert not ImportPart.objects.of(alice).exists()


def test_a_cancelled_import_stops_and_a_forget_cancels(alice):
    with as_user(alice):
        for stop in ("cancel", "forget"):
            view = api.open_import(alice.pk, json.dumps(history(*["hi there"] * 3)).encode(), at=LATER)
            if stop == "cancel":
                api.cancel_import(alice.pk, view.id, at=LATER)
            else:
                api.forget(alice.pk, api.ForgetTarget(everything=True), at=LATER)
            assert api.advance_import(alice.pk, view.id, at=LATER).state == "cancelled"
            assert not ImportPart.objects.of(alice).exists()
            assert not Episode.objects.of(alice).exists()


def test_an_imported_turn_may_be_forgotten_like_any(alice):
    with as_user(alice):
        take(alice, history("My sister Ana lives in Bergen"))
        api.ingest(alice.pk, at=LATER)
        api.forget(alice.pk, api.ForgetTarget(query="everything about Ana"), at=LATER)
        assert "Ana" not in json.dumps(api.export(alice.pk))
        assert not Entity.objects.of(alice).exists()
        assert not Evidence.objects.of(alice).exists()


def test_the_command_says_how_far_it_is(alice, tmp_path, capsys, transactional_db):
    file = tmp_path / "chats.json"
    file.write_text(json.dumps(history("I live in Bergen", 7)))
    call_command("import_memory", str(file), user=alice.email)
    told = capsys.readouterr().out
    assert "2 of 2" in told
    assert "line 2: schema" in told
    with as_user(alice):
        assert Episode.objects.of(alice).count() == 1
