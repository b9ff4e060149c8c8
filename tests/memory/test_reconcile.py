"""What a new claim does to what is known: by value and time, whatever the order of arrival."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from memory import api
from memory.ingest import learn
from memory.models import Evidence, Fact, FactLink, MemoryEvent, Question
from memory.version import lock_user
from profiles.api import decide_consent
from profiles.owned import as_user, new_id

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


def claim(predicate, value, quote=None, **fields) -> dict[str, object]:
    return {
        "turn": 1,
        "quote": quote or value,
        "subject": "user",
        "predicate": predicate,
        "value": value,
        "text": f"{predicate}: {value}",
        "kind": "state",
        "change": "asserts",
        "valid_from": None,
        "valid_to": None,
        "precision": "none",
        "expires_on": None,
        "depends_on": [],
        "sensitivity": "none",
        "confidence": 0.9,
        **fields,
    }


def say(user, text, *facts, at=MONDAY, conversation=None, learned_at=None):
    """A turn, and what a model read in it."""
    turn = api.record_turn(
        user.pk, conversation_id=conversation or new_id(), message_id=new_id(), role="user", text=text, at=at
    )
    lock_user(user.pk)
    return learn(user.pk, {"facts": list(facts)}, {1: turn}, read=(), reader="model", at=learned_at or at)


def state_of(user) -> list[tuple]:
    """All that a person could see, without ids."""
    return sorted(
        (
            fact.subject,
            fact.predicate,
            fact.value,
            fact.status,
            str(fact.valid_from),
            str(fact.valid_to),
            fact.review_since is not None,
            fact.evidence.count(),
        )
        for fact in Fact.objects.of(user).shown()
    )


def active(user, predicate) -> set[str]:
    return set(Fact.objects.of(user).active().filter(predicate=predicate).values_list("value", flat=True))


TOWNS = ["Oslo", "Bergen", "Moss", "Hamar"]
moves = st.lists(
    st.tuples(st.sampled_from(TOWNS), st.integers(0, 40), st.one_of(st.none(), st.integers(0, 40))),
    min_size=1,
    max_size=6,
    unique_by=lambda move: move[1],
)


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=moves, order=st.randoms(use_true_random=False))
def test_any_order_of_arrival_ends_in_the_same_home(alice, moves, order):
    """Each move: a town, the day on which it was told, and how many days before that it began (or nothing said)."""
    ends = []
    for shuffled in (False, True):
        sequence = list(moves)
        if shuffled:
            order.shuffle(sequence)
        with as_user(alice):
            for town, day, before in sequence:
                at = MONDAY + timedelta(days=day)
                began = (at - timedelta(days=before)).date().isoformat() if before is not None else None
                fact = claim("lives_in", town, valid_from=began, precision="day" if began else "none")
                say(alice, f"{town}.", fact, at=at, learned_at=MONDAY + timedelta(days=100))
            ends.append(
                active(alice, "lives_in")
                or set(Fact.objects.of(alice).filter(status="disputed").values_list("value", flat=True))
            )
            transaction.set_rollback(True)
    disputed = any(len(end) > 1 for end in ends)
    assert disputed or ends[0] == ends[1]


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_a_day_that_was_told_counts_before_the_day_of_telling_in_any_order(alice, order):
    told = [
        ("Bergen", 0, None),
        ("Oslo", 16, 0),
        ("Bergen", 1, 1),
    ]  # a town, the day on which it was told, and since when
    with as_user(alice):
        for town, day, since in (told[place] for place in order):
            began = (MONDAY + timedelta(days=since)).date().isoformat() if since is not None else None
            fact = claim("lives_in", town, valid_from=began, precision="day" if began else "none")
            say(alice, f"{town}.", fact, at=MONDAY + timedelta(days=day), learned_at=MONDAY + timedelta(days=100))
        assert active(alice, "lives_in") == {"Bergen"}


@pytest.mark.django_db
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    before=st.lists(st.sampled_from(TOWNS), max_size=3),
    value=st.sampled_from(TOWNS),
    change=st.sampled_from(["asserts", "corrects", "ends", "negates"]),
    predicate=st.sampled_from(["lives_in", "likes", "born_in", "grew_up_in"]),
)
def test_undo_restores_the_exact_state_before(alice, before, value, change, predicate):
    with as_user(alice):
        for day, town in enumerate(before):
            say(alice, town, claim(predicate, town), at=MONDAY + timedelta(days=day))
        say(alice, "and my gym is Calypso", claim("gym", "Calypso", "my gym is Calypso"), at=MONDAY + timedelta(days=5))
        was = state_of(alice)
        report = say(alice, value, claim(predicate, value, change=change), at=MONDAY + timedelta(days=10))
        api.undo(alice.pk, report.batch_id, at=MONDAY + timedelta(days=11))
        assert state_of(alice) == was
        transaction.set_rollback(True)


@pytest.mark.django_db
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    value=st.sampled_from(["Bergen", "Łódź", "São Paulo", "Dr Whitlock", "O'Neill", "Gold's"]),
    again=st.sampled_from(["{}", "  {} ", "“{}”", "in {} again"]),
)
def test_what_was_forgotten_stays_away_however_often_it_is_read_again(alice, value, again):
    with as_user(alice):
        say(alice, f"It is {value}, always was", claim("lives_in", value))
        api.forget(alice.pk, api.ForgetTarget(slot=("user", "lives_in")), at=MONDAY)
        assert value not in str(api.export(alice.pk))
        for day in (1, 2):
            said = again.format(value.upper() if day == 2 else value)
            report = say(
                alice, said, claim("lives_in", said.strip(" “”"), said.strip()), at=MONDAY + timedelta(days=day)
            )
            assert [refused.reason for refused in report.refused] == ["tombstone"]
        over = say(alice, f"no more {value}", claim("lives_in", value, change="ends"), at=MONDAY + timedelta(days=3))
        assert [refused.reason for refused in over.refused] == ["tombstone"]
        assert not Fact.objects.of(alice).exists()
        transaction.set_rollback(True)


def test_reading_the_same_turn_twice_is_reading_it_once(alice):
    with as_user(alice):
        turn = api.record_turn(
            alice.pk, conversation_id=new_id(), message_id=new_id(), role="user", text="I live in Bergen", at=MONDAY
        )
        for _ in range(2):
            lock_user(alice.pk)
            learn(alice.pk, {"facts": [claim("lives_in", "Bergen")]}, {1: turn}, read=(), reader="model", at=MONDAY)
        assert len(state_of(alice)) == 1
        assert Evidence.objects.of(alice).count() == 1


def test_the_models_reading_replaces_that_of_the_rules_without_history(alice):
    with as_user(alice):
        turn = api.record_turn(
            alice.pk,
            conversation_id=new_id(),
            message_id=new_id(),
            role="user",
            text="I live in Bergen these days",
            at=MONDAY,
        )
        api.ingest(alice.pk, at=MONDAY)
        lock_user(alice.pk)
        better = claim("lives_in", "Bergen, Norway", "I live in Bergen these days", text="Lives in Bergen, in Norway")
        learn(alice.pk, {"facts": [better]}, {1: turn}, read=(), reader="model", at=MONDAY)
        (fact,) = Fact.objects.of(alice).shown()
        assert (fact.value, fact.reader, fact.status) == ("Bergen, Norway", "model", "active")


def test_more_words_extend_a_value(alice):
    with as_user(alice):
        say(alice, "Bergen", claim("lives_in", "Bergen"))
        say(alice, "Sandviken, Bergen", claim("lives_in", "Sandviken, Bergen"), at=MONDAY + timedelta(days=1))
        assert active(alice, "lives_in") == {"Sandviken, Bergen"}
        assert FactLink.objects.of(alice).get().type == "extends"
        assert not Question.objects.of(alice).exists()
        say(alice, "yes, Bergen", claim("lives_in", "Bergen"), at=MONDAY + timedelta(days=2))
        assert active(alice, "lives_in") == {"Sandviken, Bergen"}


def test_a_start_in_the_future_waits_for_its_day(alice):
    with as_user(alice):
        say(alice, "Pfizer", claim("works_at", "Pfizer"))
        say(alice, "my boss is Gwen", claim("manager", "Gwen"))
        soon = (MONDAY + timedelta(days=30)).date().isoformat()
        say(alice, "Merck", claim("works_at", "Merck", valid_from=soon, precision="day"), at=MONDAY + timedelta(days=1))
        assert active(alice, "works_at") == {"Pfizer"}
        assert not Fact.objects.of(alice).filter(review_since__isnull=False).exists()
        api.ingest(alice.pk, at=MONDAY + timedelta(days=31))
        assert active(alice, "works_at") == {"Merck"}
        assert Fact.objects.of(alice).get(predicate="manager").review_since is not None


def test_an_unsure_reading_waits_and_changes_nothing(alice):
    with as_user(alice):
        say(alice, "Oslo", claim("lives_in", "Oslo"))
        say(alice, "Bergen", claim("lives_in", "Bergen", confidence=0.4), at=MONDAY + timedelta(days=1))
        assert active(alice, "lives_in") == {"Oslo"}
        assert Fact.objects.of(alice).get(value="Bergen").status == "proposed"


def test_two_birthdays_are_one_question(alice):
    with as_user(alice):
        for day, value in enumerate(["4 July 1988", "7 April 1988", "4 July 1988", "1 May 1988"]):
            say(alice, value, claim("birthday", value), at=MONDAY + timedelta(days=day))
        assert active(alice, "birthday") == set()
        question = Question.objects.of(alice).get()
        assert len(question.fact_ids) == 3
        chosen = Fact.objects.of(alice).get(value="7 April 1988")
        api.answer_question(alice.pk, question.pk, fact_id=chosen.pk, at=MONDAY + timedelta(days=9))
        assert active(alice, "birthday") == {"7 April 1988"}
        assert not Fact.objects.of(alice).filter(status="disputed").exists()


def test_two_people_of_one_name_are_asked_about(alice):
    with as_user(alice):
        say(
            alice,
            "my sister Meera and my colleague Meera",
            claim("sibling", "Meera", "my sister Meera"),
            claim("colleague", "Meera", "my colleague Meera"),
        )
        say(alice, "Meera lives in Pune", claim("lives_in", "Pune", "Meera lives in Pune", subject="Meera"))
        assert Fact.objects.of(alice).get(value="Pune").status == "proposed"
        assert Question.objects.of(alice).get().kind == "entity"


def test_every_change_stands_in_the_audit(alice):
    with as_user(alice):
        say(alice, "Oslo", claim("lives_in", "Oslo"))
        say(alice, "Bergen", claim("lives_in", "Bergen"), at=MONDAY + timedelta(days=1))
        actions = list(
            MemoryEvent.objects.of(alice).filter(table="fact").order_by("at", "order").values_list("action", flat=True)
        )
        assert actions == ["added", "superseded", "added"]


def test_sensitive_matters_wait_for_leave_and_are_then_read_again(alice):
    with as_user(alice):
        report = say(alice, "I have asthma", claim("has_condition", "asthma", sensitivity="none"))
        assert [refused.reason for refused in report.refused] == ["consent"]
        assert "asthma" not in str(api.export(alice.pk)["facts"])
        assert api.decide_consent(alice.pk, "health", granted=True, at=MONDAY) == 1
        decide_consent(alice.pk, "health", granted=True, at=MONDAY)
        api.ingest(alice.pk, at=MONDAY)
        assert active(alice, "has_condition") == {"asthma"}


def test_what_was_over_and_then_called_wrong_was_not_known_as_true_in_between(alice):
    with as_user(alice):
        say(alice, "I live in Oslo", claim("lives_in", "Oslo"))
        say(alice, "I moved to Bergen", claim("lives_in", "Bergen"), at=MONDAY + timedelta(days=10))
        old = Fact.objects.of(alice).get(value="Oslo")
        say(alice, "I never lived in Oslo", claim("lives_in", "Oslo", change="negates"), at=MONDAY + timedelta(days=20))
        old.refresh_from_db()
        assert (old.status, old.retired_at) == ("wrong", MONDAY + timedelta(days=10))
        between = MONDAY + timedelta(days=15)
        lines = api.profile_block(alice.pk, at=MONDAY + timedelta(days=30), known_at=between)
        assert [line.value for line in lines] == ["Bergen"]


@pytest.mark.django_db
def test_a_vaguer_date_of_the_same_day_is_no_contradiction(alice):
    with as_user(alice):
        say(alice, "born in May 1980", claim("birthday", "May 1980", valid_from="1980-05-01", precision="month"))
        exact = claim("birthday", "17 May 1980", valid_from="1980-05-17", precision="day")
        say(alice, "born on 17 May 1980", exact, at=MONDAY + timedelta(days=1))
        assert active(alice, "birthday") == {"17 May 1980"}
        assert not Question.objects.of(alice).exists()


@pytest.mark.django_db
def test_a_trainee_who_is_one_no_longer_has_another_job(alice):
    with as_user(alice):
        say(alice, "a trainee nurse", claim("occupation", "trainee nurse"))
        say(alice, "a nurse now", claim("occupation", "nurse"), at=MONDAY + timedelta(days=90))
        assert active(alice, "occupation") == {"nurse"}


@pytest.mark.django_db
def test_forgetting_one_of_two_animals_told_of_together_leaves_the_other(alice):
    both = "two cats, Miso and Bo"
    for query in ("my cat Bo", "everything about Bo"):
        with as_user(alice):
            say(alice, both, claim("pet", "Miso", both), claim("pet", "Bo", both))
            api.forget(alice.pk, api.ForgetTarget(query=query), at=MONDAY)
            assert active(alice, "pet") == {"Miso"}
            transaction.set_rollback(True)


@pytest.mark.django_db
def test_what_is_forgotten_may_be_named_by_another_word_of_its_stem(alice):
    with as_user(alice):
        say(alice, "I weigh 80 kilos", claim("states", "weighs 80 kilos", "I weigh 80 kilos"))
        say(alice, "I row", claim("sport", "rowing", "I row"), at=MONDAY + timedelta(days=1))
        api.forget(alice.pk, api.ForgetTarget(query="my weight"), at=MONDAY + timedelta(days=2))
        assert not active(alice, "states")
        assert active(alice, "sport") == {"rowing"}


@pytest.mark.django_db
def test_a_correction_that_names_two_values_takes_the_one_that_it_denies(alice):
    with as_user(alice):
        text = "two goats, Ferna and Moss"
        say(alice, text, claim("pet", "Ferna", text), claim("pet", "Moss", text))
        said = "not Ferna, Fernie. Moss is right"
        say(alice, said, claim("pet", "Fernie", "Fernie", change="corrects"), at=MONDAY + timedelta(days=1))
        assert active(alice, "pet") == {"Fernie", "Moss"}


@pytest.mark.django_db
def test_a_change_told_since_holds_though_it_began_days_before_what_had_no_date(alice):
    weekend = {"valid_from": "2026-02-28", "precision": "day"}
    with as_user(alice):
        say(alice, "I live in Moss", claim("lives_in", "Moss"))
        say(
            alice,
            "we moved to Hamar on Saturday",
            claim("lives_in", "Hamar", **weekend),
            at=MONDAY + timedelta(hours=1),
        )
        assert active(alice, "lives_in") == {"Hamar"}
        say(alice, "in 2024 I lived in Oslo", claim("lives_in", "Oslo", valid_from="2024-01-01", precision="year"))
        assert active(alice, "lives_in") == {"Hamar"}
        say(alice, "I live in Moss", claim("lives_in", "Moss"), at=MONDAY + timedelta(days=2))
        assert active(alice, "lives_in") == {"Moss"}


@pytest.mark.django_db
def test_a_value_that_never_was_so_is_told_no_more_though_its_turn_says_more(alice):
    with as_user(alice):
        text = "our cat Pia is a Ragdoll, she owns the sofa"
        kind = claim("species", "Ragdoll", "Pia is a Ragdoll", subject="Pia")
        say(alice, text, claim("pet", "Pia", "our cat Pia"), kind)
        right = claim("species", "Siberian", "a Siberian", subject="Pia", change="corrects")
        say(alice, "the papers say she's a Siberian", right, at=MONDAY + timedelta(days=1))
        found = api.recall(alice.pk, "What breed is Pia?", at=MONDAY + timedelta(days=2))
        told = " | ".join(item.line.text for item in found.items)
    assert "our cat Pia is a …, she owns the sofa" in told
    assert "Ragdoll" not in told


@pytest.mark.django_db
def test_what_held_before_is_told_only_where_the_past_is_asked_for_though_its_turn_says_more(alice):
    with as_user(alice):
        said = "my sister Pia lives in Moss"
        say(alice, said, claim("sibling", "Pia", "my sister Pia"), claim("lives_in", "Moss", said, subject="Pia"))
        moved = claim("lives_in", "Hamar", "Pia is in Hamar now", subject="Pia")
        say(alice, "Pia is in Hamar now", moved, at=MONDAY + timedelta(days=9))

        def told(question, **moment):
            found = api.recall(alice.pk, question, at=MONDAY + timedelta(days=10), **moment)
            return " | ".join(item.line.text for item in found.items)

        assert "my sister Pia lives in …" in told("Where does Pia live?")
        assert "my sister Pia lives in Moss" in told("Where does Pia live?", known_at=MONDAY + timedelta(days=1))
        assert "my sister Pia lives in Moss" in told("Where did Pia live before?")
