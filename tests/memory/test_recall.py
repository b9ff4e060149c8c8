"""What recall brings up, why, and when it doesn't look at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command

from memory import api
from memory.dates import find_periods
from memory.facts.topics import topic_intents
from memory.lines import write_line
from memory.models import Vector
from memory.recall import load, rank
from memory.recall.gate import needs_memory
from memory.recall.query import analyse
from profiles.owned import as_user, new_id
from tests.memory import test_reconcile as reconcile

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


def say(user, *texts, days=0, role="user", speaker=""):
    conversation = new_id()
    for minute, text in enumerate(texts):
        api.record_turn(
            user.pk,
            conversation_id=conversation,
            message_id=new_id(),
            role=role,
            speaker=speaker,
            text=text,
            at=MONDAY + timedelta(days=days, minutes=minute),
        )


def ask(user, question, days=30, **options):
    return api.recall(user.pk, question, at=MONDAY + timedelta(days=days), **options)


@pytest.mark.parametrize(
    "text",
    [
        *("", "🙂🙂", "…?!", "hi", "Thanks!", "thank you so much", "OK great, thanks", "Guten Morgen!", "vielen Dank"),
        *("hola, ¿qué tal?", "tusen takk", "merci beaucoup", "你好", "спасибо", "12*7", "What is 12 * (3 + 4)?"),
        *("15% of 80", "wie viel ist 3 mal 4?", "2+2="),
    ],
)
def test_small_talk_and_sums_need_no_memory(text):
    assert not needs_memory(text)


@pytest.mark.parametrize(
    "text",
    [
        *("hi, where do I live?", "How is Si?", "no, I moved", "12", "12/14", "2023-05-07", "3 May", "thanks to whom?"),
        *("what did I say about 12*7", "日本語で何と言った?", "wo wohne ich", "ok " * 100, "continue the story"),
    ],
)
def test_anything_that_may_be_about_the_user_looks(text):
    assert needs_memory(text)


def test_an_explanation_tells_score_by_channel_and_rank_after_each_step(alice):
    with as_user(alice):
        say(alice, "I live in Bergen", "The ferry was late", "We ate at the pier in Whitstable")
        api.ingest(alice.pk, at=MONDAY)
        found = ask(alice, "Where do I live?", explain=True, budget_tokens=60)
    (fact, *_) = found.items
    assert (fact.kind, fact.reason) == ("fact", "asked for: lives_in")
    assert fact.score.channels["slot"] > 0
    assert (fact.score.rank_fused, fact.score.rank_folded, fact.score.rank_packed) == (1, 1, 1)
    assert len(found.considered) > len(found.items)
    for item in found.considered:
        assert item.score.total == pytest.approx(sum(item.score.channels.values()), abs=1e-3)
        assert item.score.rank_fused >= 1
        assert item.score.rank_folded >= 1
        assert item.reason


def test_the_same_answer_given_often_is_told_once_and_what_the_person_says_again_each_time(alice):
    with as_user(alice):
        for day in range(3):
            say(alice, "I swam in the lake at dawn", days=day)
            say(alice, "A lake at dawn sounds lovely", days=day, role="assistant")
        found = ask(alice, "What did we say about the lake at dawn?")
    texts = [item.line.text for item in found.items]
    assert texts.count("A lake at dawn sounds lovely") == 1
    assert texts.count("I swam in the lake at dawn") == 3


def test_the_command_prints_the_explanation_as_a_table(alice):
    with as_user(alice):
        say(alice, "I live in Bergen", "The ferry was late")
        api.ingest(alice.pk, at=MONDAY)
    out = StringIO()
    call_command("recall", "Where do I live?", "--user", alice.email, "--explain", stdout=out)
    table = out.getvalue()
    assert "lives_in(user) = Bergen" in table
    for column in ("packed", "folded", "fused", "score", "why", "slot 6.00"):
        assert column in table

    unknown = StringIO()
    call_command("recall", "Who is my dentist?", "--user", alice.email, "--explain", stdout=unknown)
    assert "Nothing: " in unknown.getvalue()
    assert "The ferry was late" in unknown.getvalue()  # what was weighed and found wanting


def test_the_same_question_is_answered_anew_once_memory_has_changed(alice):
    with as_user(alice):
        say(alice, "The spare key hangs behind the boiler")
        before = ask(alice, "Where is the spare key?")
        assert "boiler" in before.items[0].line.text
        say(alice, "The spare key is in the blue jar now", days=1)
        after = ask(alice, "Where is the spare key?")
    assert "jar" in " ".join(item.line.text for item in after.items)
    assert after.memory_version > before.memory_version


def test_a_ranking_is_kept_for_the_conversation_and_the_version_of_memory_it_was_made_for(alice):
    with as_user(alice):
        say(alice, "The spare key hangs behind the boiler")
        state = replace(load.state_of(alice.pk), is_settled=True)
        query = analyse(alice.pk, "Where is the spare key?", at=MONDAY, zone=ZoneInfo("Europe/Oslo"))
        here, there = new_id(), new_id()

        def ranking(conversation, state=state):
            return rank.ranked(
                alice.pk, query, state, conversation_id=conversation, scope=api.MemoryScope(), moment=rank.Moment()
            )

        first = ranking(here)
        assert ranking(here) is first
        assert ranking(there) is not first
        say(alice, "The spare key is in the blue jar now", days=1)
        later = ranking(here, replace(load.state_of(alice.pk), is_settled=True))
    assert len(later.turns) == len(first.turns) + 1


def test_a_turn_is_cited_by_a_short_id_that_stays_its_own(alice):
    with as_user(alice):
        say(alice, "The spare key hangs behind the boiler", "The bike is in the shed")
        first = {item.id: item.line.id for item in ask(alice, "spare key and bike").items}
        say(alice, "The ladder is at Ana's")
        second = {item.id: item.line.id for item in ask(alice, "spare key, bike and ladder").items}
    assert all(len(short) <= 4 for short in first.values())
    assert len(set(second.values())) == len(second)
    assert first.items() <= second.items()


def test_who_talks_is_found_by_name_without_their_vocatives_getting_in_the_way(alice):
    with as_user(alice):
        say(alice, "Hey Rosa! How are you, Rosa?", "Rosa, you are the best, Rosa!", speaker="Ivo")
        say(alice, "I adopted a greyhound from the shelter", days=1, speaker="Rosa")
        say(alice, "I adopted a parrot", days=2, speaker="Ivo")
        found = ask(alice, "Which animal did Rosa adopt?")
    assert "greyhound" in found.items[0].line.text


@pytest.mark.parametrize(
    ("question", "role"),
    [
        ("What do I cook with aubergines?", "user"),
        ("Was koche ich mit Auberginen?", "user"),
        ("What did you suggest I cook with aubergines?", "assistant"),
        ("What was your recipe with aubergines?", "assistant"),
    ],
)
def test_ones_own_life_is_told_by_oneself_and_advice_by_who_gave_it(alice, question, role):
    with as_user(alice):
        say(alice, "With aubergines cook a baba ganoush; Auberginen kochen", role="assistant")
        say(alice, "With aubergines cook a moussaka; Auberginen kochen", days=1)
        say(alice, "With aubergines cook a ratatouille; Auberginen kochen", days=2, role="assistant")
        first = ask(alice, question).items[0]
    assert (first.line.speaker == "user") == (role == "user")


def test_of_two_that_fit_alike_what_was_said_more_often_comes_first(alice):
    with as_user(alice):
        for day in range(4):
            say(alice, "I like rowing", days=day)
        say(alice, "I like sewing", days=3)
        api.ingest(alice.pk, at=MONDAY + timedelta(days=4))
        first = [item for item in ask(alice, "What do I like?").items if item.kind == "fact"]
    assert [item.line.value for item in first] == ["rowing", "sewing"]
    assert first[0].score.channels["support"] == pytest.approx(0.2)


def test_what_is_past_its_review_date_comes_later_and_is_told_all_the_same(alice):
    with as_user(alice):
        for day in range(8):
            say(alice, "I like rowing", days=day)
        say(alice, "I like sewing", days=400)
        api.ingest(alice.pk, at=MONDAY + timedelta(days=401))

        def told(days):
            found = ask(alice, "What do I like?", days=days)
            return [item.line.value for item in found.items if item.kind == "fact"]

        assert told(729) == ["rowing", "sewing"]
        assert told(740) == ["sewing", "rowing"]


def test_the_vector_of_a_turn_is_of_its_words_whoever_said_them(alice):
    with as_user(alice):
        say(alice, "Did you adopt a dog?", "Yes, a greyhound", speaker="Rosa")
        say(alice, "Did you adopt a dog?", "Yes, a greyhound", speaker="Ivo")
        vectors = Vector.objects.of(alice).order_by("episode__seq").values_list("halfvec", flat=True)
        first, second, third, fourth = map(list, vectors)
    assert (first, second) == (third, fourth)


@pytest.mark.parametrize(
    "question",
    [
        *("What do you know about me?", "what have you learned about me so far", "Tell me about myself"),
        *("What should a cook know about me?", "Everything you remember about me", "Was weißt du über mich?"),
        *("¿Qué sabes de mí?", "Hva vet du egentlig om meg?"),
    ],
)
def test_asked_for_all_it_tells_what_it_knows_of_the_user(alice, question):
    with as_user(alice):
        for day in range(3):
            say(alice, "What do you know about me?", days=day)
        say(alice, "I live in Bergen", "I work at Telenor", "My sister Ana lives in Porto", days=3)
        api.ingest(alice.pk, at=MONDAY + timedelta(days=4))
        found = ask(alice, question).items
    told = [item.line.value for item in found if item.kind == "fact"]
    assert {"Bergen", "Telenor"} <= set(told[:3])
    assert found[0].kind == "fact"


@pytest.mark.parametrize("question", ["What do you know about my garden?", "Tell me about me and you in Rome"])
def test_a_question_about_one_thing_is_not_one_for_all(alice, question):
    with as_user(alice):
        say(alice, "I live in Bergen")
        api.ingest(alice.pk, at=MONDAY + timedelta(days=1))
        assert not any(item.kind == "fact" for item in ask(alice, question).items)


@pytest.mark.parametrize("text", ["555-1234", "What is 020 7946-0958?", "0176 / 123 45"])
def test_a_telephone_number_is_no_sum(text):
    assert needs_memory(text)


@pytest.mark.parametrize(
    ("question", "day"),
    [
        *(("Seit wann wohne ich hier?", None), ("Hva heter vår hund?", None), ("Did I fall off the ladder?", None)),
        *(("Do I like spring onions?", None), ("Was esse ich am Morgen?", None), ("¿Qué bebo por la mañana?", None)),
        *(("Where did I go last spring?", date(2025, 3, 1)), ("What did I plant in the fall?", date(2025, 9, 1))),
        *(("Qu'est-ce que j'ai mangé hier ?", date(2026, 3, 1)), ("Was mache ich morgen?", date(2026, 3, 3))),
    ],
)
def test_words_that_name_a_time_elsewhere_are_none_here(question, day):
    assert [period.start for period in find_periods(question, MONDAY.date())] == ([day] if day else [])


def test_numbers_are_preferred_where_a_number_is_asked_for(alice):
    with as_user(alice):
        say(alice, "the marathon training is going well so far")
        say(alice, "the marathon training took 14 weeks so far", days=1)
        found = ask(alice, "How many weeks of marathon training?")
    assert "14" in found.items[0].line.text
    assert found.items[0].score.channels["numbers"] > 0


@pytest.mark.parametrize(
    "question",
    ["\ud800 lone", "Ποιο είναι το χρώμα;", "مرحبا أين أعيش؟", "где мой ключ", "ключ", "鍵はどこ", "गाड़ी कहाँ है"],
)
def test_a_language_the_user_never_used_brings_no_error(alice, question):
    with as_user(alice):
        say(alice, "The spare key hangs behind the boiler")
        found = ask(alice, question)
    assert found.nothing or found.items


def test_words_of_other_scripts_are_found(alice):
    with as_user(alice):
        say(alice, "京都で抹茶を飲みました", "تركت المفتاح عند الجارة", "I like trains")
        assert "抹茶" in ask(alice, "抹茶はどこ").items[0].line.text
        assert "المفتاح" in ask(alice, "أين المفتاح").items[0].line.text


def test_words_that_only_name_a_time_do_not_empty_a_question(alice):
    with as_user(alice):
        say(alice, "I live in Bergen")
        say(alice, "I bought a second hand kayak from a neighbour", days=10)
        api.ingest(alice.pk, at=MONDAY + timedelta(days=11))
        found = ask(alice, "What did I buy this spring?", days=60)
        assert "kayak" in " ".join(item.line.text for item in found.items)
        assert ask(alice, "Who was my dentist this spring?", days=60).nothing


def test_what_another_scope_holds_does_not_make_noise_an_answer(alice):
    project = api.MemoryScope(api.ScopeKind.PROJECT, new_id())
    with as_user(alice):
        say(alice, "The spare key hangs behind the boiler")
        api.record_turn(
            alice.pk,
            conversation_id=new_id(),
            message_id=new_id(),
            role="user",
            text="We ate at the pier",
            at=MONDAY,
            scope=project,
        )
        assert ask(alice, "Where is the spare key?").items
        assert ask(alice, "Where is the spare key?", scope=project).nothing


def test_what_was_said_since_leaves_room_for_what_was_known_then(alice, monkeypatch):
    monkeypatch.setattr(rank, "CANDIDATES", 3)
    with as_user(alice):
        say(alice, "The spare key hangs behind the boiler")
        for day in range(1, 5):
            say(alice, "The spare key, where is the spare key now?", days=20 + day)
        found = ask(alice, "Where is the spare key?", known_at=MONDAY + timedelta(days=10))
    assert [item.line.text for item in found.items] == ["The spare key hangs behind the boiler"]


@pytest.mark.parametrize(
    "question",
    [
        *("Tell me about my family", "Who is in my family?", "What do you know about my family?"),
        *("Erzähl mir von meiner Familie", "¿Qué sabes sobre mi familia?", "Fortell meg om familien min"),
    ],
)
def test_asked_for_a_side_of_life_it_tells_what_it_knows_of_that(alice, question):
    with as_user(alice):
        say(alice, "I live in Bergen", "My sister Ana lives in Porto", "My brother Ivo plays the cello")
        api.ingest(alice.pk, at=MONDAY + timedelta(days=1))
        told = [item.line.value for item in ask(alice, question).items if item.kind == "fact"]
        assert set(told[:2]) == {"Ana", "Ivo"}
        assert ask(alice, "What do you know about my health?").nothing


@pytest.mark.parametrize(
    "question", ["What is in my work bag?", "Where did I go with my family?", "Tell me about family"]
)
def test_a_word_for_a_side_of_life_alone_does_not_ask_for_all_of_it(question):
    assert topic_intents(question) == []


@pytest.mark.parametrize("question", ["Where have I lived?", "Wo habe ich schon gewohnt?"])
def test_asked_where_one_has_been_so_far_the_past_is_told_too(alice, question):
    with as_user(alice):
        say(alice, "I live in Bergen")
        say(alice, "I moved to Turku today", days=3)
        api.ingest(alice.pk, at=MONDAY + timedelta(days=4))
        told = [item.line.value for item in ask(alice, question).items if item.kind == "fact"]
        now = [item.line.value for item in ask(alice, "How long have I lived in Turku?").items if item.kind == "fact"]
    assert set(told) == {"Turku", "Bergen"}
    assert "Bergen" not in now


def test_the_boss_of_somebody_else_is_not_the_users_own(alice):
    with as_user(alice):
        say(alice, "My partner is Jonas", "My boss is Petra")
        api.ingest(alice.pk, at=MONDAY + timedelta(days=1))
        reasons = {item.line.value: item.reason for item in ask(alice, "Who is Jonas's boss?").items}
        assert not reasons.get("Petra", "").startswith("asked for")
        first = ask(alice, "Who is my boss?").items[0]
    assert (first.line.value, first.reason) == ("Petra", "asked for: manager")


@pytest.mark.parametrize("question", ["Did I hurt myself in March?", "Did I get injured this month?"])
def test_an_event_is_found_in_whatever_words_it_was_told(alice, question):
    with as_user(alice):
        api.decide_consent(alice.pk, "health", granted=True, at=MONDAY)
        say(alice, "I fell off my bike and broke my wrist on Saturday", "The ferry was late")
        api.ingest(alice.pk, at=MONDAY)
        found = ask(alice, question)
    assert "wrist" in " ".join(item.line.text for item in found.items)


def test_a_turn_that_tells_of_another_day_names_it(alice):
    with as_user(alice):
        said = "the tiler came on Friday, splashback's up"
        day = {"kind": "event", "valid_from": "2026-02-27", "precision": "day"}
        reconcile.say(alice, said, reconcile.claim("did", "splashback tiled", said, **day))
        found = ask(alice, "When did the tiler come?", days=60)
    (line,) = [item.line for item in found.items if item.kind == "turn"]
    assert write_line(line).startswith("- [t:1] 2026-03-02 | user | the tiler came")
    assert "since=2026-02-27" in write_line(line)
