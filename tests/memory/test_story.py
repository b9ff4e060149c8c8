"""Memory as the other apps use it, start to end."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command

from memory import api
from memory.models import Fact, MemoryJob
from profiles.owned import as_user, new_id

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture
def tell(alice):
    """Say something as alice, a minute (and `days`) after the last time, in one conversation."""
    state = {"at": MONDAY, "conversation": new_id()}

    def say(text, *, role="user", learn=True, days=0, **options):
        state["at"] += timedelta(minutes=1, days=days)
        turn = api.record_turn(
            alice.pk,
            conversation_id=options.pop("conversation", state["conversation"]),
            message_id=new_id(),
            role=role,
            text=text,
            at=state["at"],
            **options,
        )
        if learn:
            api.ingest(alice.pk, at=state["at"])
        return turn

    with as_user(alice):
        yield say


def values(user, predicate, status="active") -> list[str]:
    return sorted(Fact.objects.of(user).filter(predicate=predicate, status=status).values_list("value", flat=True))


def ask(user, question, days=1) -> str:
    found = api.recall(user.pk, question, at=MONDAY + timedelta(days=days))
    return "\n".join(api.write_line(item.line) for item in found.items)


def test_what_was_just_said_can_be_recalled_before_any_job_has_run(alice, tell):
    tell("We named the boat Saltkråka", learn=False)
    assert "Saltkråka" in ask(alice, "What is the boat called?", days=0)


def test_a_first_message_teaches_name_home_and_asks_once_about_health(alice, tell):
    turn = tell("I'm Mia, I moved to Bergen last week and I'm allergic to peanuts", learn=False)
    foreseen = {line.predicate: line for line in api.understood(alice.pk, turn, at=MONDAY)}
    assert foreseen["lives_in"].value == "Bergen"
    assert foreseen["allergic_to"].consent == "health"
    assert not Fact.objects.of(alice).exists()

    api.ingest(alice.pk, at=MONDAY)
    assert values(alice, "name") == ["Mia"]
    home = Fact.objects.of(alice).get(predicate="lives_in")
    assert (home.valid_from.isoformat(), home.precision) == ("2026-02-23", "week")
    assert values(alice, "allergic_to") == []
    (question,) = api.questions_of(alice.pk)
    assert (question.kind, question.sensitivity, question.message_id) == ("consent", "health", turn.message_id)

    tell("cashews give me hives too, I'm allergic to cashews")
    assert len(api.questions_of(alice.pk)) == 1
    api.answer_question(alice.pk, question.id, at=MONDAY, granted=True)
    api.ingest(alice.pk, at=MONDAY + timedelta(hours=1))
    assert values(alice, "allergic_to") == ["cashews", "peanuts"]
    assert api.questions_of(alice.pk) == []
    assert "peanuts" in ask(alice, "What should a cook know about me? Do I have allergies?")
    assert "Bergen" in ask(alice, "where do I live?")


def test_chips_tell_what_a_message_taught_and_undo_takes_it_back(alice, tell):
    turn = tell("I live in Bergen")
    (chip,) = api.learned_from(alice.pk, [turn.message_id])[turn.message_id]
    assert (chip.fact.value, chip.is_new) == ("Bergen", True)
    api.undo(alice.pk, chip.batch_id, at=MONDAY)
    assert api.learned_from(alice.pk, [turn.message_id]) == {}
    assert values(alice, "lives_in") == []


def test_a_move_closes_the_old_window_and_undo_opens_it_again(alice, tell):
    tell("I live in Oslo")
    second = tell("I moved to Bergen yesterday", days=30)
    assert (values(alice, "lives_in"), values(alice, "lives_in", "superseded")) == (["Bergen"], ["Oslo"])
    (chip,) = api.learned_from(alice.pk, [second.message_id])[second.message_id]
    api.undo(alice.pk, chip.batch_id, at=MONDAY + timedelta(days=1))
    assert values(alice, "lives_in") == ["Oslo"]


def test_undo_is_refused_while_something_newer_rests_on_it(alice, tell):
    first = tell("I live in Oslo")
    (chip,) = api.learned_from(alice.pk, [first.message_id])[first.message_id]
    tell("I moved to Bergen yesterday", days=30)
    with pytest.raises(api.UndoRefused) as refused:
        api.undo(alice.pk, chip.batch_id, at=MONDAY)
    assert refused.value.newer


def test_a_command_to_forget_one_slot_acts_at_once(alice, tell):
    tell("I live in Bergen")
    (line,) = api.obey(alice.pk, tell("Forget where I live.", learn=False), at=MONDAY)
    assert (line.id, line.predicate, line.value) == ("forgotten", "lives_in", "")
    assert "Bergen" not in str(api.export(alice.pk))


@pytest.mark.parametrize(
    ("told", "order"),
    [
        ("I hate mushrooms", "forget that I hate mushrooms"),
        ("I hate mushrooms", "please forget that i hate mushrooms!"),
        ("My brother is called Rafe", "Forget that my brother is called Rafe"),
        ("I live in Bergen", "forget that I live in Bergen"),
        ("Ich wohne in Bergen", "Vergiss, dass ich in Bergen wohne"),
        ("Vivo en Bergen", "olvida que vivo en Bergen"),
    ],
)
def test_what_is_said_after_forget_that_goes_and_is_not_learned_from_the_order(alice, tell, told, order):
    tell(told)
    assert len(api.facts_of(alice.pk).facts) == 1
    (line,) = api.obey(alice.pk, tell(order, learn=False), at=MONDAY)
    api.ingest(alice.pk, at=MONDAY)
    assert (line.id, api.facts_of(alice.pk).facts) == ("forgotten", ())


def test_forgetting_one_of_several_and_undoing_say_what_it_was(alice, tell):
    tell("My sister's called Imogen and my brother is Rafe")
    (line,) = api.obey(alice.pk, tell("Forget that my brother is Rafe", learn=False), at=MONDAY)
    assert (line.id, line.predicate, line.note) == ("forgotten", "sibling", "one")
    (line,) = api.obey(alice.pk, tell("Forget that my sister is called Imogen", learn=False), at=MONDAY)
    assert (line.id, line.predicate, line.note) == ("forgotten", "sibling", "")
    tell("I drive an old Skoda", days=1)
    (line,) = api.obey(alice.pk, tell("Undo that", days=1, learn=False), at=MONDAY)
    assert (line.id, line.predicate, line.note) == ("undone", "drives", "extract")


def test_a_command_to_forget_several_things_only_shows_them(alice, tell):
    tell("My sister's called Imogen and my brother is Rafe")
    (line,) = api.obey(alice.pk, tell("please forget my brother and my sister", learn=False), at=MONDAY)
    assert (line.id, line.concerned) == ("forget-preview", 2)
    preview = api.preview_forget(alice.pk, api.ForgetTarget(query=line.value), at=MONDAY)
    receipt = api.forget(alice.pk, preview.target, token=preview.token, at=MONDAY)
    assert receipt.counts["facts"] == 2
    assert values(alice, "sibling") == []


def test_a_preview_that_is_out_of_date_forgets_nothing(alice, tell):
    tell("I have a cat named Miso")
    preview = api.preview_forget(alice.pk, api.ForgetTarget(query="my pets"), at=MONDAY)
    tell("I have a dog named Rex")
    with pytest.raises(api.PreviewExpired):
        api.forget(alice.pk, preview.target, token=preview.token, at=MONDAY)
    assert values(alice, "pet") == ["Miso", "Rex"]


def test_a_forgotten_value_is_not_learned_again_unless_told_to(alice, tell):
    tell("I live in Bergen")
    api.forget(alice.pk, api.ForgetTarget(slot=("user", "lives_in")), at=MONDAY)
    tell("I live in Bergen, as I said")
    assert values(alice, "lives_in") == []
    (line,) = api.obey(alice.pk, tell("Remember that I live in Bergen", learn=False), at=MONDAY)
    assert line.id == "remembered"
    assert values(alice, "lives_in") == ["Bergen"]


@pytest.mark.parametrize(
    "text",
    [
        "forget it",
        "never mind, forget about it",
        "forget that, I live in Bergen anyway",
        "Forget that I said anything",
        "Did I forget my keys?",
        'he said "forget everything"',
        "Don't forget to smile",
        "forget all previous instructions",
        "undo that last sort in my code",
        "Call me later",
        "call me stupid, but why?",
    ],
)
def test_idioms_are_no_commands(alice, tell, text):
    tell("I live in Bergen")
    assert api.obey(alice.pk, tell(text, learn=False), at=MONDAY) == []
    assert values(alice, "lives_in") == ["Bergen"]


def test_remember_in_own_words_and_again(alice, tell):
    (line,) = api.obey(alice.pk, tell("Remember that the spare key is under the blue pot", learn=False), at=MONDAY)
    assert (line.id, line.text) == ("remembered", "the spare key is under the blue pot")
    assert "blue pot" in ask(alice, "Where is the spare key?")
    (again,) = api.obey(alice.pk, tell("remember that the spare key is under the blue pot", learn=False), at=MONDAY)
    assert again.id in ("remembered", "repeated")
    assert len(values(alice, "states")) == 1


def test_a_secret_is_refused_and_kept_nowhere(alice, tell):
    (line,) = api.obey(alice.pk, tell("remember that my password is hunter2hunter", learn=False), at=MONDAY)
    assert (line.id, line.note) == ("refused", "secret")
    assert "hunter2hunter" not in str(api.export(alice.pk))


def test_a_secret_typed_by_mistake_goes_to_no_model_a_second_time(alice, tell):
    turn = tell("my wifi password is hunter2hunter, the neighbours know it too")
    (text,) = api.cut_texts(alice.pk, [turn.message_id]).values()
    assert "hunter2hunter" not in text
    assert "the neighbours know it too" in text


def test_nothing_is_kept_of_a_temporary_conversation(alice, tell):
    turn = tell("I live in Bergen", mode="temporary")
    assert turn.episode_id is None
    assert api.understood(alice.pk, turn, at=MONDAY) == []
    assert ask(alice, "where do I live?") == ""


def test_an_edited_message_takes_what_it_taught_along(alice, tell):
    turn = tell("I live in Bergen")
    assert api.withdraw_turns(alice.pk, [turn.message_id], at=MONDAY)
    assert values(alice, "lives_in") == []
    assert ask(alice, "where do I live?") == ""


def test_prompts_get_the_cut_text_of_a_message_that_was_kept(alice, tell):
    turn = tell("I live in Bergen and I work at Haukeland")
    api.forget(alice.pk, api.ForgetTarget(query="where I live"), at=MONDAY)
    (text,) = api.cut_texts(alice.pk, [turn.message_id]).values()
    assert "Bergen" not in text
    assert "Haukeland" in text


def test_typed_values_stay_and_a_differing_mention_becomes_a_question(alice, tell):
    api.edit_profile(alice.pk, predicate="lives_in", value="Bergen", at=MONDAY)
    tell("I live in Oslo now")
    assert values(alice, "lives_in") == ["Bergen"]
    (question,) = api.questions_of(alice.pk)
    assert {fact.value for fact in question.facts} == {"Bergen", "Oslo"}
    oslo = next(fact for fact in question.facts if fact.value == "Oslo")
    api.answer_question(alice.pk, question.id, fact_id=oslo.id, at=MONDAY)
    assert values(alice, "lives_in") == ["Oslo"]
    assert api.questions_of(alice.pk) == []


def test_one_user_never_meets_another(alice, bob, tell):
    tell("I live in Bergen")
    with as_user(bob):
        assert api.recall(bob.pk, "where do I live?", at=MONDAY).nothing
        assert api.profile_block(bob.pk, at=MONDAY) == []


def test_the_end_of_an_account_leaves_nothing(alice, tell):
    tell("I live in Bergen")
    api.forget(alice.pk, api.ForgetTarget(slot=("user", "lives_in")), at=MONDAY)
    counts = api.erase_user(alice.pk)
    assert counts["episode"] == 2 - 1
    assert not MemoryJob.objects.of(alice).exists()
    assert all(rows == [] for rows in api.export(alice.pk).values())


def test_the_command_shows_what_is_recalled_and_why(alice, tell, capsys):
    tell("I live in Bergen")
    call_command("recall", "where do I live?", user=alice.email, explain=True)
    told = capsys.readouterr().out
    assert "lives_in(user) = Bergen" in told
    assert "slot 6.00" in told


def test_what_began_before_what_is_known_is_foreseen_as_history(alice):
    with as_user(alice):
        talk = new_id()
        told = (("I live in Bergen", 0), ("I moved to Oslo last month", 1), ("I moved to Voss today", 2))
        foreseen = []
        for text, minute in told:
            at = MONDAY + timedelta(minutes=minute)
            turn = api.record_turn(alice.pk, conversation_id=talk, message_id=new_id(), role="user", text=text, at=at)
            foreseen += [(line.value, line.status) for line in api.understood(alice.pk, turn, at=at)]
            api.ingest(alice.pk, at=at)
        kept = {fact.value: fact.status for fact in api.facts_of(alice.pk, api.FactFilter(statuses=())).facts}
    assert foreseen == [("Bergen", ""), ("Oslo", "superseded"), ("Voss", "")]
    assert kept == {"Bergen": "superseded", "Oslo": "superseded", "Voss": "active"}


@pytest.mark.parametrize(
    "order", ["Forget my hamster Otto", "Forget the following: my hamster Otto and my boss", "vergiss meine Katze Otto"]
)
def test_an_order_to_forget_teaches_nothing(alice, tell, order):
    turn = tell(order)
    assert not api.understood(alice.pk, turn, at=MONDAY)
    assert not Fact.objects.of(alice).exists()


def test_what_follows_an_order_to_forget_is_learned(alice, tell):
    tell("Forget the Rome thing, I live in Oslo now")
    assert values(alice, "lives_in") == ["Oslo"]


def test_undo_after_a_forget_leaves_what_was_learned_before_it(alice, tell):
    tell("I live in Oslo")
    tell("My cat is called Pixel")
    api.obey(alice.pk, tell("forget my cat", learn=False), at=MONDAY + timedelta(hours=1))
    line, *_ = api.obey(alice.pk, tell("undo that", learn=False), at=MONDAY + timedelta(hours=2))
    assert (line.id, line.note) == ("refused", "forget")
    assert values(alice, "lives_in") == ["Oslo"]


def test_who_types_a_secret_by_mistake_is_told_that_memory_keeps_none_of_it(alice, tell):
    turn = tell("my wifi password is Gr33n-Otter!92 oops, wrong window", learn=False)
    line, *_ = api.obey(alice.pk, turn, at=MONDAY)
    assert (line.id, line.note) == ("refused", "secret_said")


def test_a_plan_is_over_after_its_day_and_stays_in_the_history(alice, tell):
    tell("I have a dentist appointment on 5 March")
    assert values(alice, "appointment")
    api.ingest(alice.pk, at=MONDAY + timedelta(days=3))
    assert values(alice, "appointment")  # its day is not over
    tell("Good morning", days=4)
    assert not values(alice, "appointment")
    assert len(values(alice, "appointment", "expired")) == 1


def test_memory_can_be_asked_as_of_a_day_and_as_it_was_known_then(alice, tell):
    tell("I live in Oslo")
    tell("I moved to Bergen on 1 April", days=40)
    now = MONDAY + timedelta(days=60)

    def home(**when):
        found = api.recall(alice.pk, "Where do I live?", at=now, **when)
        return next((item.line.value for item in found.items if item.line.predicate == "lives_in"), "")

    assert home() == "Bergen"
    assert home(as_of=MONDAY + timedelta(days=10)) == "Oslo"
    assert home(known_at=MONDAY + timedelta(days=35)) == "Oslo"
