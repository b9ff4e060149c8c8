"""What the database itself refuses, whoever writes."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, connection, transaction

from memory.models import Batch, Episode, Evidence, Fact, MemoryEvent
from profiles.owned import as_user, new_id

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def check_deferred() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def make_episode(user, text="I live in Bergen", seq=1) -> Episode:
    return Episode.objects.create(
        user=user,
        seq=seq,
        conversation_id=new_id(),
        role="user",
        text=text,
        said_at=NOW,
        recorded_at=NOW,
        changed_version=1,
    )


def make_fact(user, **fields) -> Fact:
    values = {
        "predicate": "lives_in",
        "value": "Bergen",
        "value_key": "bergen",
        "text": "Lives in Bergen",
        "kind": "state",
        "slot_key": "user lives_in",
        "said_on": NOW.date(),
        "said_at": NOW,
        "recorded_at": NOW,
        "status": "active",
        "origin": "user_edited",
        **fields,
    }
    return Fact.objects.create(user=user, **values)


def make_evidence(fact, episode, start=10, end=16) -> Evidence:
    return Evidence.objects.create(
        user=fact.user,
        fact=fact,
        episode=episode,
        episode_length=len(episode.text),
        start=start,
        end=end,
        quote=episode.text[start:end],
        said_at=NOW,
        recorded_at=NOW,
    )


def test_a_slot_holds_one_active_fact(alice):
    with as_user(alice):
        make_fact(alice)
        with pytest.raises(IntegrityError), transaction.atomic():
            make_fact(alice, value="Oslo", value_key="oslo")


def test_events_take_up_no_slot(alice):
    with as_user(alice):
        make_fact(alice, slot_key="", predicate="did")
        make_fact(alice, slot_key="", predicate="did")
        assert Fact.objects.of(alice).active().count() == 2


def test_scopes_have_slots_of_their_own(alice):
    with as_user(alice):
        make_fact(alice)
        make_fact(alice, scope_kind="project", scope_id=new_id())
        assert Fact.objects.of(alice).active().count() == 2


def test_a_window_runs_forward(alice):
    with as_user(alice), pytest.raises(IntegrityError), transaction.atomic():
        make_fact(alice, valid_from=date(2026, 3, 2), valid_to=date(2026, 3, 1))


def test_a_retired_fact_says_when(alice):
    with as_user(alice), pytest.raises(IntegrityError), transaction.atomic():
        make_fact(alice, status="wrong")


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (5, 5), (10, 17)])
def test_evidence_stays_inside_its_turn(alice, start, end):
    with as_user(alice), pytest.raises(IntegrityError), transaction.atomic():
        make_evidence(make_fact(alice), make_episode(alice), start, end)


def test_evidence_can_not_lie_about_the_length_of_its_turn(alice):
    with as_user(alice):
        episode = make_episode(alice)
        evidence = make_evidence(make_fact(alice), episode)
        with pytest.raises(IntegrityError), transaction.atomic():
            Evidence.objects.of(alice).filter(pk=evidence.pk).update(episode_length=99)
            check_deferred()


def test_evidence_of_another_users_turn_is_refused(alice, bob):
    with as_user(bob):
        foreign = make_episode(bob)
    with as_user(alice), pytest.raises(IntegrityError), transaction.atomic():
        make_evidence(make_fact(alice), foreign)
        check_deferred()


def test_what_was_said_has_evidence(alice):
    with as_user(alice):
        with pytest.raises(IntegrityError), transaction.atomic():
            make_fact(alice, origin="user_said")
            check_deferred()
        evidence = make_evidence(make_fact(alice, origin="user_said"), make_episode(alice))
        check_deferred()
        with pytest.raises(IntegrityError), transaction.atomic():
            evidence.delete()
            check_deferred()


def test_origin_never_changes(alice):
    with as_user(alice):
        fact = make_fact(alice, origin="tool")
        with pytest.raises(IntegrityError), transaction.atomic():
            Fact.objects.of(alice).filter(pk=fact.pk).update(origin="user_edited")


def test_the_audit_is_only_appended_to(alice):
    with as_user(alice):
        batch = Batch.objects.create(user=alice, kind="edit", actor="user", at=NOW)
        event = MemoryEvent.objects.create(
            user=alice, batch=batch, at=NOW, actor="user", action="added", after={"value": "Bergen"}
        )
        rows = MemoryEvent.objects.of(alice).filter(pk=event.pk)
        for change in ({"action": "never"}, {"after": {"value": "Oslo"}}):
            with pytest.raises(IntegrityError), transaction.atomic():
                rows.update(**change)
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.delete()
        rows.update(after=None)  # a forget blanks
        assert rows.get().after is None
