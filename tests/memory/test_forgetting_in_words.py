"""What goes when something is forgotten in words that do not stand in the turns just so; and what stays."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from memory import api
from memory.models import Episode, Fact
from profiles.api import decide_consent
from profiles.owned import as_user, new_id
from tests.memory.test_reconcile import active, claim, say

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


def forget(user, query):
    api.forget(user.pk, api.ForgetTarget(query=query), at=MONDAY + timedelta(days=9))


def texts(user) -> str:
    return " | ".join(Episode.objects.of(user).order_by("seq").values_list("text", flat=True))


def test_somebody_forgotten_under_a_title_is_not_left_under_the_bare_name(alice):
    with as_user(alice):
        say(alice, "my dentist is Dr Black", claim("dentist", "Dr Black", "my dentist is Dr Black"))
        say(alice, "Black was late again, in a black coat", at=MONDAY + timedelta(days=1))
        forget(alice, "who my dentist is")
        assert "Black" not in texts(alice)
        assert "in a black coat" in texts(alice)


def test_a_matter_with_a_name_takes_along_what_names_it_otherwise(alice):
    with as_user(alice):
        day = {"kind": "event", "valid_from": "2026-03-02", "precision": "day"}
        say(alice, "saw a flat in Rosewood", claim("did", "saw a flat in Rosewood", **day))
        say(alice, "second look at the Rosewood place", claim("did", "second look at the Rosewood place", **day))
        say(alice, "I work at Rosewood Motors", claim("works_at", "Rosewood Motors"))
        forget(alice, "everything about the Rosewood flat")
        assert not active(alice, "did")
        assert active(alice, "works_at") == {"Rosewood Motors"}


def test_animals_are_forgotten_by_their_kind(alice):
    with as_user(alice):
        text = "we keep goats, the bosses are Fern and Moss. I also row"
        say(alice, text, claim("pet", "Fern"), claim("pet", "Moss"), claim("sport", "rowing", "I also row"))
        forget(alice, "everything about the goats")
        assert not active(alice, "pet")
        assert active(alice, "sport") == {"rowing"}


def test_what_was_told_of_health_along_with_a_plain_word_goes_with_it(alice):
    with as_user(alice):
        decide_consent(alice.pk, "health", granted=True, at=MONDAY)
        say(alice, "did my elbow in at judo, torn ligament", claim("injury", "torn ligament", kind="event"))
        say(alice, "elbow surgery is on 9 April", claim("plans_to", "elbow surgery", "elbow surgery", kind="plan"))
        say(alice, "my job is killing me, I get migraines", claim("has_condition", "migraines"))
        say(alice, "I started the new job today", claim("did", "started the new job", kind="event"))
        forget(alice, "everything about my elbow")
        assert not active(alice, "injury") | active(alice, "plans_to")
        forget(alice, "everything about my job")
        assert active(alice, "has_condition") == {"migraines"}


def test_how_old_somebody_is_can_be_forgotten_without_them(alice):
    with as_user(alice):
        text = "my grandmother Nelly is 96"
        say(
            alice,
            text,
            claim("relative", "Nelly", "my grandmother Nelly"),
            claim("age", "96", text, subject="Nelly"),
        )
        forget(alice, "how old my grandmother is")
        assert active(alice, "relative") == {"Nelly"}
        assert not Fact.objects.of(alice).active().filter(predicate="age").exists()


def test_what_was_asked_and_what_was_answered_are_found_together(alice):
    with as_user(alice):
        for asked, answer in (
            ("could you reword this toast for the wedding", "Sure: measure twice, cut once, then laugh about it."),
            ("gift for a woman of eighty who has everything?", "Perhaps a fountain pen and old inks."),
        ):
            conversation = new_id()
            for role, text in (("user", asked), ("assistant", answer)):
                api.record_turn(
                    alice.pk, conversation_id=conversation, message_id=new_id(), role=role, text=text, at=MONDAY
                )
        say(alice, "Nana's ninetieth is on May 2", at=MONDAY + timedelta(days=1))

        def found(question) -> str:
            return " ".join(
                item.line.text for item in api.recall(alice.pk, question, at=MONDAY + timedelta(days=20)).items
            )

        assert "measure twice" in found("What line about measuring did you put in the toast?")
        assert "fountain pen" in found("What present did you suggest?")
        assert "May 2" in found("When is Nana's party?")
        assert not found("What is my blood type?")
