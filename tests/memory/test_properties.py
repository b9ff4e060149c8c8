"""What holds whatever is said, in whatever order, however often, by however many at once."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from memory import api
from memory.ingest import learn
from memory.models import Episode, Evidence, Fact, MemoryState
from memory.version import lock_user
from profiles.owned import as_user, new_id
from tests.memory.test_entities import rows_of
from tests.memory.test_reconcile import MONDAY, claim, say

LATER = MONDAY + timedelta(days=200)
quickly = settings(
    max_examples=15,
    phases=(Phase.explicit, Phase.generate),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
VALUES = ["Oslo", "Bergen", "Moss", "Hamar"]

# What is told: what of, which value, on which day it is told, since how many days before, and whether it begins or ends.
mentions = st.lists(
    st.tuples(
        st.sampled_from(["lives_in", "works_at", "likes", "owns"]),
        st.sampled_from(VALUES),
        st.integers(0, 60),
        st.one_of(st.none(), st.integers(0, 60)),
        st.sampled_from(["asserts", "asserts", "asserts", "ends"]),
    ),
    min_size=1,
    max_size=7,
    unique_by=(
        lambda told: told[2],
        lambda told: (told[0], told[2] - told[3]) if told[3] is not None else told[2] + 1000,
    ),
)


def tell(user, told, conversation=None):
    predicate, value, day, before, change = told
    at = MONDAY + timedelta(days=day)
    began = (at - timedelta(days=before)).date().isoformat() if before is not None and change == "asserts" else None
    fact = claim(predicate, value, valid_from=began, precision="day" if began else "none", change=change)
    return say(user, f"{predicate}: {value}", fact, at=at, learned_at=LATER, conversation=conversation)


def holds(user) -> dict[str, set[str]]:
    """The values in force."""
    found: dict[str, set[str]] = {}
    for predicate, value in Fact.objects.of(user).active().values_list("predicate", "value"):
        found.setdefault(predicate, set()).add(value)
    return found


@pytest.mark.django_db
@quickly
@given(told=mentions, order=st.randoms(use_true_random=False))
def test_the_order_of_arrival_decides_nothing(alice, told, order):
    ends = []
    for shuffled in (False, True):
        sequence = sorted(told, key=lambda one: one[2])
        if shuffled:
            order.shuffle(sequence)
        with as_user(alice):
            for one in sequence:
                tell(alice, one)
            ends.append(holds(alice))
            transaction.set_rollback(True)
    assert ends[1] == ends[0]


@pytest.mark.django_db
@quickly
@given(told=mentions)
def test_learning_all_of_it_again_changes_nothing(alice, told):
    with as_user(alice):
        turns = []
        for predicate, value, day, _, change in told:
            at = MONDAY + timedelta(days=day)
            turn = api.record_turn(
                alice.pk, conversation_id=new_id(), message_id=new_id(), role="user", text=f"{predicate} {value}", at=at
            )
            turns.append((turn, {"facts": [claim(predicate, value, change=change)]}))
        states = []
        for _ in range(2):
            for turn, answer in turns:
                lock_user(alice.pk)
                learn(alice.pk, answer, {1: turn}, read=(), reader="model", at=LATER)
            states.append(rows_of(alice))
        assert states[1] == states[0]
        transaction.set_rollback(True)


acts = st.sampled_from(
    ["say", "typed", "emptied", "remember", "changed", "wrong", "wording", "confirm", "reject", "mark_wrong"]
)


def act(user, name, predicate, value, at):
    """Something that a person or a reader does; its batch."""
    if name == "say":
        return say(user, value, claim(predicate, value), at=at).batch_id
    if name in ("typed", "emptied"):
        typed = value if name == "typed" else ""
        return api.edit_profile(user.pk, predicate=predicate, value=typed, at=at).batch_id
    if name == "remember":
        return api.remember(user.pk, predicate=predicate, value=value, at=at).batch_id
    fact = (
        Fact.objects.of(user).filter(predicate=predicate).exclude(status="withdrawn").order_by("-said_at", "id").first()
    )
    if fact is None:
        return None
    if name in ("changed", "wrong", "wording"):
        return api.correct(user.pk, fact.pk, value=value, kind=name, at=at).batch_id
    return getattr(api, name)(user.pk, fact.pk, at=at).batch_id


@pytest.mark.django_db
@quickly
@given(
    told=mentions, name=acts, predicate=st.sampled_from(["lives_in", "likes", "born_in"]), value=st.sampled_from(VALUES)
)
def test_undo_gives_back_every_row_as_it_was(alice, told, name, predicate, value):
    with as_user(alice):
        for one in told:
            tell(alice, one)
        say(alice, "born in Hamar", claim("born_in", "Hamar"), at=MONDAY)
        say(alice, "my gym is Calypso", claim("gym", "Calypso", "my gym is Calypso"), at=MONDAY)
        before = rows_of(alice)
        batch = act(alice, name, predicate, value, LATER + timedelta(days=1))
        if batch is not None:
            api.undo(alice.pk, batch, at=LATER + timedelta(days=2))
            assert rows_of(alice) == before
        transaction.set_rollback(True)


def standing_in(user, text: str) -> list[str]:
    """The tables in which `text` stands for this user, in whatever column, JSON and arrays included."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'user_id'"
        )
        tables = [name for (name,) in cursor.fetchall()]
        found = []
        for table in tables:
            cursor.execute(
                f"SELECT 1 FROM {connection.ops.quote_name(table)} t WHERE user_id = %s AND strpos(lower(row_to_json(t)::text), %s) > 0",
                [user.pk, text.lower()],
            )
            if cursor.fetchone():
                found.append(table)
        return found


SENTENCES = [
    ("I live in {}.", "Bergen"),
    ("My sister {} lives in Moss.", "Imogen"),
    ("I work at {} and I like it.", "Haukeland"),
    ("I love {}!", "accordion music"),
    ("My dog is called {}.", "Rexington"),
]


@pytest.mark.django_db
@quickly
@given(
    chosen=st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4, unique=True),
    again=st.sampled_from(["", "I said {} before.", "{}, {} and again {}"]),
    undone=st.booleans(),
)
def test_what_is_forgotten_stands_nowhere_and_reading_again_does_not_bring_it_back(alice, chosen, again, undone):
    with as_user(alice):
        conversation = new_id()
        for minute, (form, value) in enumerate(chosen):
            for text in filter(None, (form.format(value), again.format(value, value, value))):
                at = MONDAY + timedelta(minutes=minute)
                api.record_turn(
                    alice.pk, conversation_id=conversation, message_id=new_id(), role="user", text=text, at=at
                )
        report = api.ingest(alice.pk, at=MONDAY + timedelta(hours=1))
        if undone and report.batch_id:
            api.undo(alice.pk, report.batch_id, at=MONDAY + timedelta(hours=2))
        value = chosen[0][1]
        vectors = {row.pk: row.terms for row in Episode.objects.of(alice)}
        for fact in list(Fact.objects.of(alice).filter(value__iexact=value)):
            api.forget(
                alice.pk, api.ForgetTarget(fact_id=fact.pk), at=MONDAY + timedelta(hours=3)
            ) if fact.status != "withdrawn" else (
                api.forget(alice.pk, api.ForgetTarget(conversation_id=conversation), at=MONDAY + timedelta(hours=3))
            )
            break
        assert standing_in(alice, value) == []
        assert all(row.terms != vectors[row.pk] for row in Episode.objects.of(alice).filter(cut_at__isnull=False))
        Episode.objects.of(alice).update(rules_read_at=None)
        api.ingest(alice.pk, at=MONDAY + timedelta(hours=4))
        assert standing_in(alice, value) == []
        transaction.set_rollback(True)


def test_two_writers_at_once_lose_nothing(alice, transactional_db):
    conversation, failed = new_id(), []

    def write(town: str, start: int) -> None:
        try:
            for number in range(start, start + 8):
                with as_user(alice.pk):
                    at = MONDAY + timedelta(minutes=number)
                    turn = api.record_turn(
                        alice.pk,
                        conversation_id=conversation,
                        message_id=new_id(),
                        role="user",
                        text=f"{town} {number}",
                        at=at,
                    )
                    lock_user(alice.pk)
                    facts = [claim("lives_in", town), claim("likes", f"{town} {number}")]
                    learn(alice.pk, {"facts": facts}, {1: turn}, read=(), reader="model", at=at)
        except (DatabaseError, api.MemoryProblem) as error:
            failed.append(error)
        finally:
            connection.close()

    writers = [threading.Thread(target=write, args=("Oslo", 0)), threading.Thread(target=write, args=("Bergen", 50))]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert not failed
    with as_user(alice):
        assert sorted(Episode.objects.of(alice).values_list("seq", flat=True)) == list(range(1, 17))
        assert MemoryState.objects.of(alice).get().turns == 16
        assert len(holds(alice)["likes"]) == 16
        assert holds(alice)["lives_in"] == {"Bergen"}  # said later, whoever wrote first
        assert Evidence.objects.of(alice).count() == 32


def test_the_same_message_from_two_at_once_is_kept_once(alice, transactional_db):
    message, conversation, kept = new_id(), new_id(), []
    begin = threading.Barrier(2)

    def write() -> None:
        with as_user(alice.pk):
            Episode.objects.of(alice).count()
            begin.wait()
            kept.append(
                api.record_turn(
                    alice.pk, conversation_id=conversation, message_id=message, role="user", text="once", at=MONDAY
                ).episode_id
            )
        connection.close()

    writers = [threading.Thread(target=write) for _ in range(2)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert len(kept) == 2
    assert len(set(kept)) == 1
    with as_user(alice):
        assert Episode.objects.of(alice).count() == 1


def project(number) -> api.MemoryScope:
    return api.MemoryScope(api.ScopeKind.PROJECT, number)


def test_what_is_told_in_an_isolated_project_stays_there(alice):
    own, other = project(new_id()), project(new_id())
    with as_user(alice):
        for scope, town in ((api.USER_SCOPE, "Oslo"), (own, "Bergen"), (other, "Moss")):
            api.record_turn(
                alice.pk,
                conversation_id=new_id(),
                message_id=new_id(),
                role="user",
                text=f"I live in {town}",
                at=MONDAY,
                scope=scope,
            )
        api.ingest(alice.pk, at=MONDAY)
        for scope, town in ((api.USER_SCOPE, "Oslo"), (own, "Bergen"), (other, "Moss")):
            found = api.recall(alice.pk, "Where do I live?", at=LATER, scope=scope)
            text = " ".join(item.line.text for item in found.items)
            assert town in text
            assert not any(elsewhere in text for elsewhere in {"Oslo", "Bergen", "Moss"} - {town})
        assert Fact.objects.of(alice).active().count() == 3


def test_a_conversation_without_memory_leaves_nothing(alice):
    with as_user(alice):
        turn = api.record_turn(
            alice.pk,
            conversation_id=new_id(),
            message_id=new_id(),
            role="user",
            text="I live in Bergen",
            at=MONDAY,
            mode="temporary",
        )
        assert turn.episode_id is None
        api.ingest(alice.pk, at=MONDAY)
        assert standing_in(alice, "bergen") == []
