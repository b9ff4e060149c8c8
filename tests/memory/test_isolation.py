"""No row of another user in any channel, whatever the question, names and texts shared on purpose."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from memory import api
from memory.models import Episode, Evidence, Fact, Vector
from memory.recall import cache
from profiles.owned import as_user, new_id

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
LINES = [
    "My sister's called Imogen",
    "I live in Bergen",
    "I have a dog named Rex",
    "I work at Haukeland",
    "my favourite colour is green",
    "we went to Whitstable today",
]


def tell(user, texts) -> set:
    """Say these things; the ids of all that belongs to the user afterwards."""
    conversation = new_id()
    for minute, text in enumerate(texts):
        api.record_turn(
            user.pk,
            conversation_id=conversation,
            message_id=new_id(),
            role="user",
            text=text,
            at=MONDAY + timedelta(minutes=minute),
        )
    api.ingest(user.pk, at=MONDAY + timedelta(hours=1))
    return {row.pk for model in (Episode, Fact) for row in model.objects.of(user)}


QUESTIONS = [
    "Where do I live?",
    "What's my dog called?",
    "Imogen",
    "What did I do in March?",
    "what do you know about me?",
    "green Bergen Rex",
]


@pytest.mark.django_db(transaction=True)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    own=st.lists(st.sampled_from(LINES), unique=True, max_size=3),
    foreign=st.lists(st.sampled_from(LINES), unique=True, min_size=1, max_size=3),
    question=st.sampled_from(QUESTIONS),
)
def test_recall_finds_only_what_is_the_users_own(alice, bob, own, foreign, question):
    """Both go on talking from example to example, so that what the process keeps of each is there, caught up with and read again."""
    later = MONDAY + timedelta(days=1)
    with as_user(bob):
        theirs = tell(bob, foreign)
    with as_user(alice):
        ids = tell(alice, own)
    for user, known in ((bob, theirs), (alice, ids), (bob, theirs), (alice, ids)):
        with as_user(user):
            found = api.recall(user.pk, question, at=later, explain=True)
            assert {item.id for item in (*found.items, *found.considered)} <= known
            block = api.profile_block(user.pk, at=later)
            assert {line.id for line in block} <= {str(row) for row in known}
        if known:
            assert cache.nbytes_of(user.pk) > 0


def test_each_wall_holds_with_the_other_taken_away(alice, bob):
    with as_user(bob):
        theirs = tell(bob, LINES)
        standing = Fact.objects.of(bob).active().count()
    with as_user(alice):
        for model in (Episode, Fact, Evidence, Vector):
            assert not model.objects.of(bob).exists()  # asked for by name: the database shows nothing
        with connection.cursor() as cursor:
            for table in ("memory_episode", "memory_fact", "memory_evidence", "memory_vector", "memory_tombstone"):
                cursor.execute(f"SELECT count(*) FROM {table}")
                assert cursor.fetchone() == (0,)
        for fact_id in theirs:
            with pytest.raises(api.NotRemembered):
                api.fact_detail(alice.pk, fact_id)
            with pytest.raises(api.NotRemembered):
                api.forget(alice.pk, api.ForgetTarget(fact_id=fact_id), at=MONDAY)
    with as_user(bob):
        assert Fact.objects.of(bob).active().count() == standing > 0


def test_forgetting_everything_leaves_the_neighbour_alone(alice, bob):
    for user in (alice, bob):
        with as_user(user):
            tell(user, LINES)
    with as_user(alice):
        api.forget(alice.pk, api.ForgetTarget(everything=True), at=MONDAY)
        assert "Bergen" not in str(api.export(alice.pk))
    with as_user(bob):
        assert "Bergen" in str(api.export(bob.pk))
