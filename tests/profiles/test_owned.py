"""The two walls, each with the other one taken away."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.utils import ProgrammingError
from django.utils import timezone

from profiles.models import Consent
from profiles.owned import ScopeError, as_system, as_user, current_scope


def give_consent(user, kind="health") -> Consent:
    return Consent.objects.create(user=user, sensitivity=kind, is_granted=True, decided_at=timezone.now())


def test_rows_of_nobody_in_particular_are_refused(alice):
    with as_user(alice):
        for question in (
            list,
            lambda q: q.count(),
            lambda q: q.exists(),
            lambda q: q.update(is_granted=False),
            lambda q: q.delete(),
        ):
            with pytest.raises(ScopeError):
                question(Consent.objects.all())


def test_rows_outside_of_a_scope_are_refused(alice):
    with pytest.raises(ScopeError):
        Consent.objects.of(alice).count()


def test_each_sees_only_their_own(alice, bob):
    with as_user(alice):
        give_consent(alice)
    with as_user(bob):
        assert Consent.objects.of(bob).count() == 0
        assert Consent.objects.of(alice).count() == 0  # asked for by name, and still behind the second wall
    with as_user(alice):
        assert Consent.objects.of(alice).count() == 1


def test_postgres_shows_nothing_to_plain_sql_without_a_user(alice):
    with as_user(alice):
        give_consent(alice)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM profiles_consent")
        assert cursor.fetchone() == (0,)


def test_a_row_cannot_be_written_for_somebody_else(alice, bob):
    with pytest.raises(ProgrammingError, match="row-level security"), as_user(alice):
        give_consent(bob)


def test_system_work_sees_all_and_says_why(alice, bob):
    for user in (alice, bob):
        with as_user(user):
            give_consent(user)
    with as_system("count for a test"):
        assert Consent.objects.across_users("count for a test").count() == 2
    with pytest.raises(ScopeError), as_system(" "):
        pass


def test_related_managers_count_as_scoped(alice):
    with as_user(alice):
        assert alice.profile.time_zone == "Europe/Oslo"


def test_an_inner_scope_ends_with_its_block(alice, bob):
    with as_user(alice):
        give_consent(alice)
        with as_user(bob):
            assert Consent.objects.of(alice).count() == 0
        assert Consent.objects.of(alice).count() == 1
        assert current_scope().user_id == alice.pk
    assert not current_scope()


@pytest.mark.django_db(transaction=True)
def test_nothing_is_left_on_a_pooled_connection(alice):
    with as_user(alice):
        give_consent(alice)
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('app.user_id', true), current_user")
        setting, role = cursor.fetchone()
    assert not setting
    assert role == "app"
