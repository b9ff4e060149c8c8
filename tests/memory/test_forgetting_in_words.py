"""What goes when something is forgotten in words that do not stand in the turns just so; and what stays."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from memory import api
from memory.models import Entity, Episode, Fact
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


def gone(user, query) -> set[str]:
    """The values that a description would take."""
    preview = api.preview_forget(user.pk, api.ForgetTarget(query=query), at=MONDAY + timedelta(days=9))
    return {fact.value for fact in preview.facts}


def a_life(user) -> None:
    """Debts, hobbies, a daughter at school, animals and a boat, told in four languages and never by the name of the slot."""
    decide_consent(user.pk, "finance", granted=True, at=MONDAY)
    say(user, "I owe Theo 300", claim("debt", "300 to Theo", "I owe Theo 300", text="Owes Theo 300"))
    say(user, "plus 900 on the card, card debt", claim("debt", "900 on the card", "plus 900 on the card, card debt"))
    say(user, "ich schnitze gern", claim("hobby", "Schnitzen", "ich schnitze gern", text="Schnitzt gern"))
    text = "Min datter Freja er 6 og går på Bjerget Skole"
    say(
        user,
        text,
        claim("child", "Freja", "Min datter Freja", text="Har en datter, der hedder Freja"),
        claim("age", "6", "Freja er 6", subject="Freja", text="Freja er 6"),
        claim("school", "Bjerget Skole", "går på Bjerget Skole", subject="Freja", text="Freja går på Bjerget Skole"),
    )
    say(user, "our dog Rex is asleep", claim("pet", "Rex", "our dog Rex", text="Has a dog called Rex"))
    say(user, "the queen bee is Letizia", claim("pet", "Letizia", "the queen bee is Letizia", text="Has a queen bee"))
    say(user, "three hives now", claim("hobby", "beekeeping", "three hives now", text="Keeps three hives"))
    say(user, "my faering Tante Borghild leaks", claim("owns", "faering Tante Borghild", "my faering Tante Borghild"))
    say(user, "I live in Mainz", claim("lives_in", "Mainz", "I live in Mainz", text="Lives in Mainz"))


def test_what_a_description_takes_and_what_it_leaves(alice):
    debts, hobbies = {"300 to Theo", "900 on the card"}, {"Schnitzen", "beekeeping"}
    school, boat = {"Bjerget Skole"}, {"faering Tante Borghild"}
    with as_user(alice):
        a_life(alice)
        for query, taken in {
            # a whole slot, though its turns have no word of it
            "all my debts": debts,
            "everything about my debts please": debts,
            "alle meine Schulden": debts,
            "todas mis deudas": debts,
            "all gjelden min": debts,
            "alle hobbyene mine": hobbies,
            "all my hobbies and debts": hobbies | debts,
            "all my hobbies except beekeeping": {"Schnitzen"},
            # what is somebody's; they stay
            "my daughter's school": school,
            "min datters skole": school,
            "skolen til datteren min": school,
            "die Schule meiner Tochter": school,
            "Frejas Schule": school,
            "el colegio de mi hija": school,
            "cuántos años tiene mi hija": {"6"},
            "where my daughter lives": set(),
            "my brother's debts": set(),
            "my cat": set(),
            "meinen Hund": {"Rex"},
            # a name decides, whatever else it is called
            "everything about my boat Tante Borghild": boat,
            "everything about the tante borghild project": boat,
            "alles über mein Boot Tante Borghild": boat,
            "everything about my uncle Rex": set(),
            # both numbers, and what says the same in one word
            "everything about the bees": {"Letizia", "beekeeping"},
            "everything about the bee": {"Letizia", "beekeeping"},
        }.items():
            assert gone(alice, query) == taken, query


def test_both_numbers_of_a_word_are_cut_from_what_was_said(alice):
    with as_user(alice):
        say(alice, "the queen bee is Letizia", claim("pet", "Letizia", "queen bee is Letizia", text="Has a queen bee"))
        say(alice, "a bee stung me; I like jam", at=MONDAY + timedelta(days=1))
        say(alice, "Tante Borghild leaks", at=MONDAY + timedelta(days=1))
        say(alice, "my faering Tante Borghild", claim("owns", "Tante Borghild", "my faering Tante Borghild"))
        forget(alice, "everything about the bees")
        forget(alice, "everything about my boat tante borghild")
        assert "bee" not in texts(alice)
        assert "Borghild" not in texts(alice)
        assert "I like jam" in texts(alice)


def shown(user, words) -> tuple[set[str], bool]:
    """What would go, and whether it would at once."""
    preview = api.preview_forget(user.pk, api.ForgetTarget(query=words), at=MONDAY + timedelta(days=9))
    return {f"{fact.predicate} {fact.value}" for fact in preview.facts}, preview.is_exact


def test_no_more_goes_at_once_than_the_words_say(alice):
    with as_user(alice):
        say(alice, "I live at 5 Oak Lane", claim("home_address", "5 Oak Lane"))
        say(alice, "I live at 9 Elm Road now", claim("home_address", "9 Elm Road"), at=MONDAY + timedelta(days=2))
        say(alice, "I like tea and green tea", claim("likes", "tea", "I like tea"), claim("likes", "green tea"))
        say(alice, "I hate mushrooms", claim("dislikes", "mushrooms", "I hate mushrooms"))
        text = "my brother Tom plans to move to Leeds"
        say(alice, text, claim("sibling", "Tom"), claim("plans_to", "move to Leeds", text, subject="my brother Tom"))
        assert shown(alice, "my old address") == ({"home_address 5 Oak Lane"}, True)
        assert shown(alice, "my new address") == ({"home_address 9 Elm Road"}, True)
        assert shown(alice, "that I like green tea") == ({"likes green tea"}, True)
        assert shown(alice, "that I like tea") == ({"likes tea"}, True)
        assert not shown(alice, "that I hate broccoli")[1]
        assert not shown(alice, "that I hate tea")[1]
        assert shown(alice, "my plans") == (set(), False)
        assert not shown(alice, "what I said about my brother yesterday")[1]
        assert shown(alice, "my brother and his number")[0] == {"sibling Tom", "plans_to move to Leeds"}
        assert shown(alice, "tea" * 2000) == (set(), False)


def test_one_of_two_of_the_same_name_is_forgotten_alone(alice):
    with as_user(alice):
        say(alice, "we have a dog called Max, a beagle", claim("pet", "Max", "a dog called Max"))
        text = "my friend Max works at Shell"
        say(alice, text, claim("friend", "Max", "my friend Max"), claim("works_at", "Shell", subject="my friend Max"))
        assert shown(alice, "my dog Max") == ({"pet Max"}, True)
        assert shown(alice, "my cat") == (set(), False)
        assert shown(alice, "my friend Max")[0] == {"friend Max", "works_at Shell"}
        assert not shown(alice, "Max")[1]


def test_a_word_for_a_thing_is_not_cut_from_what_is_told_of_others(alice):
    with as_user(alice):
        say(alice, "Ich habe einen Hund, er heißt Bello", claim("pet", "Bello", "einen Hund, er heißt Bello"))
        say(alice, "Der Hund der Nachbarin bellt", at=MONDAY + timedelta(days=1))
        forget(alice, "meinen Hund")
        assert not active(alice, "pet")
        assert "Der Hund der Nachbarin bellt" in texts(alice)


def test_the_answer_that_calls_it_by_half_its_name_goes_along(alice):
    with as_user(alice):
        home = new_id()
        say(alice, "we drive a Lada Niva", claim("drives", "Lada Niva"), conversation=home)
        api.record_turn(
            alice.pk,
            conversation_id=home,
            message_id=new_id(),
            role="assistant",
            text="A Niva full of skis, I imagine.",
            at=MONDAY,
        )
        say(alice, "my friend Niva rang", claim("friend", "Niva"), at=MONDAY + timedelta(days=1))
        forget(alice, "what I drive")
        assert "A Niva" in texts(alice)  # as long as somebody is called so
        forget(alice, "my friend Niva")
        assert "Niva" not in texts(alice)


def test_what_a_topic_is_called_by_its_first_word_alone_goes_along(alice):
    with as_user(alice):
        say(alice, "the inquest hearing is on 3 June", claim("appointment", "inquest hearing", kind="plan"))
        say(alice, "bring the school letters for the inquest thing", at=MONDAY + timedelta(days=1))
        say(alice, "an inquest in the paper, not ours", at=MONDAY + timedelta(days=2))
        forget(alice, "the inquest hearing")
        assert (
            texts(alice)
            == "the … is on 3 June | bring the school letters for the … thing | an inquest in the paper, not ours"
        )


def test_a_word_that_only_describes_a_topic_stays_elsewhere(alice):
    with as_user(alice):
        say(alice, "I love green tea", claim("likes", "green tea"))
        say(alice, "the green jumper is in the wash", at=MONDAY + timedelta(days=1))
        forget(alice, "green tea")
        assert "the green jumper" in texts(alice)


def test_all_of_it_is_all_of_the_slot(alice):
    with as_user(alice):
        decide_consent(alice.pk, "finance", granted=True, at=MONDAY)
        say(alice, "the car loan is 9,000", claim("debt", "car loan of 9,000", "car loan is 9,000"))
        say(alice, "and 400 to Pia", claim("debt", "400 to Pia"), at=MONDAY + timedelta(days=1))
        forget(alice, "what I owe, all of it")
        assert not active(alice, "debt")


def test_what_was_told_of_a_matter_about_then_goes_along(alice):
    with as_user(alice):
        day = {"kind": "event", "valid_from": "2026-03-02", "precision": "day"}
        say(alice, "got scammed over a kayak", claim("did", "got scammed over a kayak", **day))
        say(alice, "they took the kayak report", claim("did", "kayak report", "the kayak report", **day))
        say(
            alice, "my aunt sides with them on Rosewood", claim("states", "sides with them on Rosewood", subject="aunt")
        )
        say(alice, "the Rosewood land case drags on", claim("states", "Rosewood land case"))
        forget(alice, "the kayak scam")
        assert not active(alice, "did")
        forget(alice, "the Rosewood case")
        assert not active(alice, "states")


def test_a_thing_that_one_has_is_no_matter(alice):
    with as_user(alice):
        say(alice, "I own a kayak", claim("owns", "kayak"))
        say(alice, "got scammed over a kayak", claim("did", "got scammed over a kayak", kind="event"))
        say(alice, "they painted the kayak", claim("did", "painted the kayak", "painted the kayak", kind="event"))
        forget(alice, "the kayak scam")
        assert active(alice, "did") == {"painted the kayak"}


def test_a_dog_is_meant_by_the_name_of_the_dog_whatever_its_breed(alice):
    with as_user(alice):
        say(alice, "had a whippet called Olive", claim("pet", "Olive", "a whippet called Olive"))
        forget(alice, "my dog's name")
        assert not active(alice, "pet")


def test_the_whole_business_of_something_is_all_that_was_told_of_it(alice):
    with as_user(alice):
        say(alice, "applied for the smallholding", claim("did", "applied for the smallholding", kind="event"))
        say(
            alice,
            "the smallholding committee wants a letter",
            claim("states", "the smallholding committee wants a letter"),
        )
        forget(alice, "the whole smallholding business")
        assert not active(alice, "did") | active(alice, "states")


def test_nobody_is_left_under_the_bare_name_of_a_title_in_another_language(alice):
    with as_user(alice):
        decide_consent(alice.pk, "health", granted=True, at=MONDAY)
        text = "my therapist is Doctora Peral"
        say(alice, text, claim("therapist", "Doctora Peral", text, sensitivity="health"))
        forget(alice, "who my therapist is")
        assert not Entity.objects.of(alice).exists()


def test_an_order_to_forget_may_say_that_something_is_over(alice):
    with as_user(alice):
        say(alice, "tables when you compare things", claim("answer_style", "tables for comparisons", "tables"))
        over = claim("answer_style", "tables for comparisons", "Forget tables", change="ends")
        say(alice, "Forget tables, they look awful", over, at=MONDAY + timedelta(days=1))
        assert not active(alice, "answer_style")


def test_everything_about_somebody_is_also_where_one_met_them(alice):
    with as_user(alice):
        say(alice, "my ex Hanako liked my photos", claim("ex_partner", "Hanako", "my ex Hanako"))
        say(alice, "saw Hanako on the train", claim("did", "saw Hanako on the train", kind="event"))
        forget(alice, "everything about my ex Hanako")
        assert not Fact.objects.of(alice).exists()
        assert "Hanako" not in texts(alice)
