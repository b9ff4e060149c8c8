"""The arrays of a user say what Postgres says: the same ranking as plain SQL, and after whatever was written since."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from memory import api, conf
from memory.embedding import word_llama
from memory.models import Episode
from memory.recall import cache, lexical, load, packed_facts, slots
from memory.recall.arrays import hashed
from memory.recall.query import analyse
from memory.terms import terms_of
from profiles.owned import as_user, new_id

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
TEXTS = [
    "The ferry to Whitstable was late, so we ate on the pier",
    "I bought a kettle, a second kettle and a lamp",
    "Rex chased the ferry, the gulls and the postman",
    "Do you know a good plumber?",
    "my favourite colour is green",
    "Grüße aus Köln, die Fähre war pünktlich",
    "the kettle broke after 3 weeks",
]

BM25 = """
    WITH turn AS (
        SELECT id, octet_length(terms) / 8.0 AS length, ARRAY(
            SELECT substring(terms FROM 8 * place + 1 FOR 8) FROM generate_series(0, octet_length(terms) / 8 - 1) place
        ) AS words FROM {table} WHERE user_id = %(user)s AND {stands}
    ), whole AS (SELECT count(*)::float8 AS turns, avg(length) AS length FROM turn),
    word AS (SELECT DISTINCT unnest(%(terms)s::bytea[]) AS term),
    rare AS (
        SELECT term, ln(1 + (turns - holding + 0.5) / (holding + 0.5)) AS idf
        FROM word, whole, LATERAL (SELECT count(*) FILTER (WHERE term = ANY(words)) AS holding FROM turn) h
    )
    SELECT turn.id, sum(idf * often * 2.2 / (often + 1.2 * (0.25 + 0.75 * turn.length / whole.length)))::float8
    FROM turn, whole, rare, LATERAL (SELECT count(*)::float8 AS often FROM unnest(words) w WHERE w = term) o
    WHERE often > 0 GROUP BY turn.id
"""


def say(user, text, *, minute, conversation, role="user", speaker=""):
    return api.record_turn(
        user.pk,
        conversation_id=conversation,
        message_id=new_id(),
        role=role,
        speaker=speaker,
        text=text,
        at=MONDAY + timedelta(minutes=minute),
    )


def by_turn(turns) -> dict:
    """All that the arrays say, by turn: rows and numbers of names may differ."""
    found = {}
    vectors = np.concatenate([block.vectors * block.scales[:, None] for block in turns.blocks])
    terms = [
        block.terms[block.offsets[row] : block.offsets[row + 1]].tobytes()
        for block in turns.blocks
        for row in range(len(block))
    ]
    for row in np.flatnonzero(~turns.gone):
        steps = [int(turns.steps[step][row]) for step in (-2, -1, 1, 2)]
        found[turns.id_of(row)] = (
            int(turns.seq[row]),
            turns.conversations[turns.conversation[row]],
            turns.speakers[turns.speaker[row]],
            turns.scopes[turns.scope[row]],
            bool(turns.asks[row]),
            float(turns.names_brought_up[row]),
            terms[row],
            vectors[row].tobytes(),
            [turns.id_of(step) if step < len(turns) else None for step in steps],
        )
    return found


@pytest.mark.parametrize(
    "question", ["kettle", "the ferry and the kettle", "Rex", "Fähre nach Köln", "3 weeks", "zebra"]
)
def test_words_rank_as_plain_sql_over_the_stored_terms_would(alice, question):
    with as_user(alice):
        for minute, text in enumerate(TEXTS):
            say(alice, text, minute=minute, conversation=new_id())
        turns = load.load(alice.pk, load.state_of(alice.pk))
        terms = list(dict.fromkeys(terms_of(question)))
        with connection.cursor() as cursor:
            stored = [value.to_bytes(8, "big") for value in hashed(alice.pk, terms)]
            cursor.execute(
                BM25.format(table="memory_episode", stands="withdrawn_at IS NULL"), {"user": alice.pk, "terms": stored}
            )
            expected = dict(cursor.fetchall())
    idfs = [lexical.idf(len(turns), len(turns.postings(value)[0])) for value in hashed(alice.pk, terms)]
    scores = lexical.score(turns, terms).bm25 * sum(idfs) * (lexical.K1 + 1)
    found = {turns.id_of(row): float(scores[row]) for row in np.flatnonzero(scores)}
    assert found == pytest.approx(expected, rel=1e-5)


@pytest.mark.parametrize(
    "question", ["kettle", "my sister Imogen and the kettle", "Does Imogen like kettles?", "zebra"]
)
def test_words_of_facts_rank_as_plain_sql_over_the_stored_terms_would(alice, question):
    with as_user(alice):
        said = ("I like kettles", "I collect old copper kettles", "My sister's called Imogen", "I live in Bergen")
        for minute, text in enumerate(said):
            say(alice, text, minute=minute, conversation=new_id())
        api.ingest(alice.pk, at=MONDAY + timedelta(days=1))
        facts = packed_facts.load(alice.pk, load.state_of(alice.pk))
        query = analyse(alice.pk, question, at=MONDAY, zone=ZoneInfo("UTC"))
        stored = [value.to_bytes(8, "big") for value in hashed(alice.pk, list(dict.fromkeys(query.terms)))]
        with connection.cursor() as cursor:
            cursor.execute(BM25.format(table="memory_fact", stands="true"), {"user": alice.pk, "terms": stored})
            expected = dict(cursor.fetchall())
    counts = [len(facts.postings(int.from_bytes(value, "big"))[0]) for value in stored]
    scores = slots.words_of(facts, np.arange(len(facts)), query).bm25 * sum(
        lexical.idf(len(facts), count) for count in counts
    )
    assert len(facts) == len(said)
    assert {facts.id_of(row): float(scores[row]) for row in np.flatnonzero(scores)} == pytest.approx(expected, rel=1e-5)


def test_what_stood_before_a_turn_counts_in_its_vector_until_it_is_gone(alice):
    answer, talk = "Yes, a greyhound", new_id()
    with as_user(alice):
        question = say(alice, "Did you adopt a dog?", minute=0, conversation=talk)
        answered = say(alice, answer, minute=1, conversation=talk).episode_id
        alone = say(alice, answer, minute=2, conversation=new_id()).episode_id

        def vectors() -> dict:
            return {turn: said[7] for turn, said in by_turn(load.load(alice.pk, load.state_of(alice.pk))).items()}

        before = vectors()
        assert before[answered] != before[alone]
        api.withdraw_turns(alice.pk, [question.message_id], at=MONDAY)
        after = vectors()
    assert after[answered] == after[alone]


def test_sums_of_two_texts_point_where_both_together_do():
    embedder = word_llama()
    first, second, both = embedder.sums(
        ["Did you adopt a dog?", "Yes, a greyhound", "Did you adopt a dog? Yes, a greyhound"]
    )
    together = first + second
    assert together @ both / np.linalg.norm(together) / np.linalg.norm(both) > 0.999
    assert np.abs(embedder.sums(["\U0001f9ff" * 20_000])).max() < np.finfo(np.float16).max


ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("say"), st.sampled_from(TEXTS), st.integers(0, 2), st.integers(0, 60)),
        st.tuples(st.just("withdraw"), st.integers(0, 20)),
        st.tuples(st.just("look")),
    ),
    min_size=1,
    max_size=14,
)


@pytest.mark.django_db
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_catching_up_ends_where_reading_anew_would(alice, acts):
    with transaction.atomic():
        with as_user(alice):
            conversations = [new_id() for _ in range(3)]
            turns = load.load(alice.pk, load.state_of(alice.pk))
            for act in [*acts, ("look",)]:
                if act[0] == "say":
                    say(
                        alice,
                        act[1],
                        minute=act[3],
                        conversation=conversations[act[2]],
                        speaker=["", "Ana", "Rex"][act[2]],
                    )
                elif act[0] == "withdraw":
                    standing = list(
                        Episode.objects.of(alice).standing().order_by("seq").values_list("message_id", flat=True)
                    )
                    if standing:
                        api.withdraw_turns(alice.pk, [standing[act[1] % len(standing)]], at=MONDAY)
                else:
                    state = load.state_of(alice.pk)
                    turns = load.catch_up(turns, state)
                    fresh = load.load(alice.pk, state)
                    if fresh.standing:
                        assert by_turn(turns) == by_turn(fresh)
                        query = terms_of("kettle ferry Rex")
                        old, new = lexical.score(turns, query), lexical.score(fresh, query)
                        for name in ("bm25", "pairs", "sessions", "window"):
                            assert sorted(getattr(old, name)[~turns.gone].tolist()) == pytest.approx(
                                sorted(getattr(new, name)[~fresh.gone].tolist()), abs=1e-5
                            )
                    else:
                        assert turns.standing == 0
        transaction.set_rollback(True)


def test_what_was_forgotten_is_gone_from_the_arrays_at_once(alice):
    with as_user(alice):
        say(alice, "I live in Bergen", minute=0, conversation=new_id())
        api.ingest(alice.pk, at=MONDAY)
        state = replace(load.state_of(alice.pk), is_settled=True)
        turns, facts = cache.turns_of(alice.pk, state), cache.facts_of(alice.pk, state)
        (bergen,) = hashed(alice.pk, terms_of("Bergen"))
        assert len(turns.postings(bergen)[0]) == 1
        assert len(facts.postings(bergen)[0]) == 1

        api.forget(alice.pk, api.ForgetTarget(slot=("user", "lives_in")), at=MONDAY)
        after = load.state_of(alice.pk)
        assert load.catch_up(turns, after) is None
        assert packed_facts.catch_up(facts, after) is None
        settled = replace(after, is_settled=True)
        assert len(cache.turns_of(alice.pk, settled).postings(bergen)[0]) == 0
        assert len(cache.facts_of(alice.pk, settled).postings(bergen)[0]) == 0
        assert not any(item.kind == "fact" for item in api.recall(alice.pk, "Where do I live?", at=MONDAY).items)


def test_facts_catch_up_with_what_changed(alice):
    with as_user(alice):
        conversation = new_id()
        say(alice, "I live in Bergen", minute=0, conversation=conversation)
        api.ingest(alice.pk, at=MONDAY)
        facts = packed_facts.load(alice.pk, load.state_of(alice.pk))
        say(alice, "I moved to Turku today", minute=5000, conversation=conversation)
        say(alice, "I have a dog named Rex", minute=5001, conversation=conversation)
        api.ingest(alice.pk, at=MONDAY + timedelta(days=5))
        state = load.state_of(alice.pk)
        caught, fresh = packed_facts.catch_up(facts, state), packed_facts.load(alice.pk, state)
    assert told(caught) == told(fresh)
    for word in ("Bergen", "Turku", "Rex"):
        (value,) = hashed(alice.pk, terms_of(word))
        assert {caught.id_of(row) for row in caught.postings(value)[0]} == {
            fresh.id_of(row) for row in fresh.postings(value)[0]
        }


def told(facts: packed_facts.PackedFacts) -> dict:
    """All that is kept of each fact, by its id."""

    def value(column: str, row: int):
        return facts.name_of(column, row) if column in facts.names else facts.columns[column][row].tolist()

    return {facts.id_of(row): [value(column, row) for column in facts.columns] for row in range(len(facts))}


def test_the_turns_and_facts_of_a_long_life_stay_in_memory_together(alice):
    """Else each recall would read both anew, since one would push the other out."""
    with as_user(alice):
        say(alice, "I live in Bergen", minute=0, conversation=new_id())
        api.ingest(alice.pk, at=MONDAY)
        state = load.state_of(alice.pk)
        turns, facts = load.load(alice.pk, state), packed_facts.load(alice.pk, state)
    assert len(turns) == len(facts) == 1
    assert 50_000 * (turns.nbytes + facts.nbytes) < conf.arrays_cache_bytes()


def test_the_cache_keeps_within_its_bytes_and_never_mixes_users(alice, bob, settings):
    kept = cache.Cache()
    with as_user(alice):
        say(alice, "the kettle is mine", minute=0, conversation=new_id())
        first = load.load(alice.pk, load.state_of(alice.pk))
    with as_user(bob):
        say(bob, "the kettle is mine", minute=0, conversation=new_id())
        second = load.load(bob.pk, load.state_of(bob.pk))
    assert set(first.blocks[0].terms.tolist()).isdisjoint(second.blocks[0].terms.tolist())
    kept.put(first, "one")
    assert kept.get(type(first), bob.pk, "one") is None
    settings.MEMORY_ARRAYS_CACHE_BYTES = second.nbytes + 1
    kept.put(second, "one")
    assert kept.get(type(first), alice.pk, "one") is None
    assert kept.get(type(first), bob.pk, "one") is second
