"""One person, many names: said to be one, told apart again, and asked about when it can't be told."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from memory import api
from memory.models import Entity, Fact, Question
from profiles.owned import as_user
from tests.memory.test_reconcile import MONDAY, claim, say

TUESDAY = MONDAY + timedelta(days=1)
LATER = MONDAY + timedelta(days=20)
_LEFT_OUT = {"version", "changed_version"}  # these only rise


def rows_of(user) -> dict[str, list]:
    """All that is known, whole rows, but for what only rises and the audit."""
    kept: dict[str, Any] = api.export(user.pk)
    undone = {row["id"] for row in kept["facts"] if row["status"] == "withdrawn"}
    return {
        name: [
            {column: value for column, value in row.items() if column not in _LEFT_OUT}
            for row in kept[name]
            if row.get("state") != "withdrawn" and not undone & {row["id"], row.get("fact_id"), row.get("source_id")}
        ]
        for name in ("facts", "evidence", "links", "people_and_things", "other_names", "questions")
    }


def entity(user, name) -> Entity:
    return Entity.objects.of(user).get(name=name)


def about(user, name, status="active") -> set[tuple[str, str]]:
    rows = Fact.objects.of(user).filter(entity__name=name, status=status)
    return set(rows.values_list("predicate", "value"))


def meet(user) -> None:
    """Ana is a sister, Anita is somebody."""
    say(
        user,
        "my sister Ana lives in Oslo",
        claim("sibling", "Ana", "my sister Ana"),
        claim("lives_in", "Oslo", subject="Ana"),
    )
    say(
        user,
        "Anita likes tea and lives in Bergen",
        claim("lives_in", "Bergen", subject="Anita"),
        claim("likes", "tea", subject="Anita"),
        at=TUESDAY,
    )


def test_two_that_are_one_share_what_is_known_and_the_later_home_holds(alice):
    with as_user(alice):
        meet(alice)
        api.merge_entities(alice.pk, entity(alice, "Ana").pk, entity(alice, "Anita").pk, at=LATER)
        assert about(alice, "Ana") == {("lives_in", "Bergen"), ("likes", "tea")}
        assert about(alice, "Ana", "superseded") == {("lives_in", "Oslo")}
        say(alice, "Anita works at Equinor", claim("works_at", "Equinor", subject="Anita"), at=LATER)
        assert ("works_at", "Equinor") in about(alice, "Ana")
        (ana,) = [one for one in api.people_of(alice.pk) if one.merged_into is None]
        assert ana.relation == "sister"
        assert "Anita" in ana.also


def test_a_merge_taken_back_leaves_no_trace(alice):
    with as_user(alice):
        meet(alice)
        before = rows_of(alice)
        change = api.merge_entities(alice.pk, entity(alice, "Ana").pk, entity(alice, "Anita").pk, at=LATER)
        assert rows_of(alice) != before
        api.undo(alice.pk, change.batch_id, at=LATER)
        assert rows_of(alice) == before


def test_one_that_was_two_gets_its_own_back_and_keeps_what_was_said_since_where_it_was_said(alice):
    with as_user(alice):
        meet(alice)
        anita = entity(alice, "Anita").pk
        api.merge_entities(alice.pk, entity(alice, "Ana").pk, anita, at=LATER)
        say(alice, "Ana works at Equinor", claim("works_at", "Equinor", subject="Ana"), at=LATER)
        merged = rows_of(alice)
        change = api.unmerge_entity(alice.pk, anita, at=LATER)
        assert about(alice, "Anita") == {("lives_in", "Bergen"), ("likes", "tea")}
        assert about(alice, "Ana") == {("lives_in", "Oslo"), ("works_at", "Equinor")}
        api.undo(alice.pk, change.batch_id, at=LATER)
        assert rows_of(alice) == merged


def test_what_changed_since_the_merge_stays_changed(alice):
    with as_user(alice):
        meet(alice)
        anita = entity(alice, "Anita").pk
        api.merge_entities(alice.pk, entity(alice, "Ana").pk, anita, at=LATER)
        say(alice, "Ana lives in Moss now", claim("lives_in", "Moss", subject="Ana"), at=LATER)
        api.unmerge_entity(alice.pk, anita, at=LATER)
        assert ("lives_in", "Moss") in about(alice, "Ana")
        assert about(alice, "Anita") == {("likes", "tea")}


def test_somebody_known_by_relation_gets_the_name(alice):
    with as_user(alice):
        say(alice, "my sister is a nurse", claim("occupation", "nurse", subject="my sister"))
        say(alice, "Ana likes tea", claim("likes", "tea", subject="Ana"), at=TUESDAY)
        api.merge_entities(alice.pk, entity(alice, "sister").pk, entity(alice, "Ana").pk, at=LATER)
        kept = Entity.objects.of(alice).standing().get()
        assert (kept.name, kept.relation) == ("Ana", "sister")
        assert about(alice, "Ana") == {("occupation", "nurse"), ("likes", "tea")}
        for name in ("my sister", "Ana"):
            say(alice, f"{name} has a boat", claim("owns", f"boat of {name}", name, subject=name), at=LATER)
        assert Entity.objects.of(alice).standing().count() == 1


def test_two_birthdays_of_one_person_are_one_question(alice):
    with as_user(alice):
        for name, day in (("Ana", "4 May"), ("Anita", "5 May")):
            say(alice, f"{name}: {day}", claim("birthday", day, subject=name))
        api.merge_entities(alice.pk, entity(alice, "Ana").pk, entity(alice, "Anita").pk, at=LATER)
        (question,) = api.questions_of(alice.pk)
        assert {fact.value for fact in question.facts} == {"4 May", "5 May"}
        api.answer_question(alice.pk, question.id, fact_id=question.facts[0].id, at=LATER)
        assert about(alice, "Ana") == {("birthday", question.facts[0].value)}


def ask(user) -> api.QuestionView:
    """Which Meera lives in Pune?"""
    say(
        user,
        "my sister Meera and my colleague Meera",
        claim("sibling", "Meera", "my sister Meera"),
        claim("colleague", "Meera", "my colleague Meera"),
    )
    say(user, "Meera lives in Pune", claim("lives_in", "Pune", "Meera lives in Pune", subject="Meera"), at=TUESDAY)
    (question,) = api.questions_of(user.pk)
    return question


def test_an_answer_says_who_is_meant(alice):
    with as_user(alice):
        question = ask(alice)
        assert [one.relation for one in question.entities] == ["sister", "colleague"]
        before = rows_of(alice)
        change = api.answer_question(alice.pk, question.id, entity_id=question.entities[1].id, at=LATER)
        fact = Fact.objects.of(alice).get(value="Pune")
        assert (fact.status, fact.entity_id) == ("active", question.entities[1].id)
        assert not api.questions_of(alice.pk)
        api.undo(alice.pk, change.batch_id, at=LATER)
        assert rows_of(alice) == before


def test_an_answer_that_was_not_offered_is_none(alice):
    with as_user(alice):
        question = ask(alice)
        with pytest.raises(api.NotRemembered):
            api.answer_question(alice.pk, question.id, entity_id=question.id, at=LATER)
        api.answer_question(alice.pk, question.id, at=LATER)  # none of them
        assert Fact.objects.of(alice).get(value="Pune").status == "wrong"
        with pytest.raises(api.AlreadyChanged):
            api.answer_question(alice.pk, question.id, entity_id=question.entities[0].id, at=LATER)


def test_merging_the_two_answers_the_question(alice):
    with as_user(alice):
        question = ask(alice)
        api.merge_entities(alice.pk, *(one.id for one in question.entities), at=LATER)
        assert not Question.objects.of(alice).filter(state="open").exists()
        assert ("lives_in", "Pune") in about(alice, "Meera")


def test_nobody_is_merged_twice_or_with_themselves(alice, bob):
    with as_user(bob):
        meet(bob)
        stranger = entity(bob, "Ana").pk
    with as_user(alice):
        meet(alice)
        ana, anita = entity(alice, "Ana").pk, entity(alice, "Anita").pk
        with pytest.raises(api.NotRemembered):
            api.merge_entities(alice.pk, ana, stranger, at=LATER)
        with pytest.raises(api.NotRemembered):
            api.unmerge_entity(alice.pk, anita, at=LATER)
        with pytest.raises(api.AlreadyChanged):
            api.merge_entities(alice.pk, ana, ana, at=LATER)
        api.merge_entities(alice.pk, ana, anita, at=LATER)
        with pytest.raises(api.AlreadyChanged):
            api.merge_entities(alice.pk, anita, ana, at=LATER)


def test_of_three_in_a_row_the_last_merge_is_taken_apart_first(alice):
    with as_user(alice):
        meet(alice)
        say(alice, "Anni lives in Moss", claim("lives_in", "Moss", subject="Anni"), at=LATER)
        before = rows_of(alice)["facts"]
        ana, anita, anni = (entity(alice, name).pk for name in ("Ana", "Anita", "Anni"))
        api.merge_entities(alice.pk, ana, anita, at=LATER)
        api.merge_entities(alice.pk, anni, ana, at=LATER)
        with pytest.raises(api.AlreadyChanged):
            api.unmerge_entity(alice.pk, anita, at=LATER)
        api.unmerge_entity(alice.pk, ana, at=LATER)
        api.unmerge_entity(alice.pk, anita, at=LATER)
        assert rows_of(alice)["facts"] == before


def test_who_was_merged_is_forgotten_with_all_names(alice):
    with as_user(alice):
        meet(alice)
        api.merge_entities(alice.pk, entity(alice, "Ana").pk, entity(alice, "Anita").pk, at=LATER)
        api.forget(alice.pk, api.ForgetTarget(query="everything about Ana"), at=LATER)
        left = json.dumps({name: rows for name, rows in api.export(alice.pk).items() if name != "turns"})
        assert "Ana" not in left
        assert "Anita" not in left


facts = st.lists(
    st.tuples(
        st.sampled_from(["Ana", "Anita"]),
        st.sampled_from(["lives_in", "likes", "birthday", "works_at"]),
        st.sampled_from(["Oslo", "Bergen", "Moss"]),
    ),
    min_size=1,
    max_size=7,
)


@pytest.mark.django_db
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(facts=facts, turned=st.booleans())
def test_merge_and_unmerge_lose_nothing(alice, facts, turned):
    with as_user(alice):
        for day, (name, predicate, value) in enumerate([("Ana", "owns", "boat"), ("Anita", "owns", "bike"), *facts]):
            say(alice, f"{name} {value}", claim(predicate, value, subject=name), at=MONDAY + timedelta(days=day))
        before = rows_of(alice)
        one, other = (entity(alice, name).pk for name in (("Anita", "Ana") if turned else ("Ana", "Anita")))
        change = api.merge_entities(alice.pk, one, other, at=LATER)
        held = Fact.objects.of(alice).filter(status__in=["active", "disputed"])
        assert {fact.entity_id for fact in held} == {one}
        assert {(fact.predicate, fact.value) for fact in held if fact.predicate == "likes"} == {
            (predicate, value) for _, predicate, value in facts if predicate == "likes"
        }
        with transaction.atomic():
            api.undo(alice.pk, change.batch_id, at=LATER)
            assert rows_of(alice) == before
            transaction.set_rollback(True)
        api.unmerge_entity(alice.pk, other, at=LATER)
        after = rows_of(alice)
        for name in ("facts", "evidence", "links", "people_and_things", "other_names"):
            assert after[name] == before[name]
        transaction.set_rollback(True)


def test_a_relation_told_beside_the_name_makes_known_who_is_meant_later(alice):
    with as_user(alice):
        text = "dadi is 81 and still drives, name's Kusum"
        say(
            alice,
            text,
            claim("relative", "Kusum", "name's Kusum", kind="relation"),
            claim("age", "81", "dadi is 81", subject="Kusum"),
        )
        say(alice, "grandma's 82 as of today", claim("age", "82", "grandma's 82", subject="my grandma"), at=LATER)
        assert entity(alice, "Kusum").relation == "grandmother"
        assert about(alice, "Kusum") == {("age", "82")}
