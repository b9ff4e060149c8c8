"""Memory through the API: what it held at a time, what it wrote in short and the work behind it, and questions that can't be asked."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from assistant.conversations import projects
from memory import api as memory
from memory import services
from memory.jobs import make_due
from memory.models import MemoryJob
from memory.types import MemoryScope, ScopeKind
from profiles.owned import as_user, new_id

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture
def hers(client, db, alice):
    client.force_login(alice, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def moved(alice) -> None:
    """She lived in Oslo, and three weeks later tells that she moved to Voss a week ago; and somewhere a project knows where she keeps her cello."""
    with as_user(alice):
        memory.remember(alice.pk, predicate="lives_in", value="Oslo", at=MONDAY)
        (oslo,) = memory.facts_of(alice.pk).facts
        later, since = MONDAY + timedelta(weeks=3), date(2026, 3, 16)
        memory.correct(alice.pk, oslo.id, value="Voss", kind="changed", at=later, since=since)


def read(client, path: str, status: int = 200):
    response = client.get(f"/api/v1/{path}")
    assert response.status_code == status, response.content
    return response.json()


def values(client, path: str) -> list[str]:
    return [item["value"] for item in read(client, path)["items"]]


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("", ["Voss", "Oslo"]),
        ("?as_of=2026-03-10", ["Oslo"]),
        ("?as_of=2026-03-16", ["Voss"]),
        ("?as_of=2026-03-20T12:00:00%2B01:00", ["Voss"]),
        ("?as_of=2026-02-01", []),
        ("?known_at=2026-03-20", ["Oslo"]),  # what she told on the 23rd was not known yet
        ("?known_at=2026-03-23", ["Voss"]),
        ("?known_at=2026-03-01T00:00:00Z", []),
        ("?as_of=2026-03-20&known_at=2026-03-23", ["Voss"]),
        ("?limit=1", ["Voss"]),
    ],
)
def test_the_timeline_tells_what_was_true_and_what_was_known(hers, moved, query, told):
    assert values(hers, f"timeline{query}") == told


def test_a_page_of_the_timeline_leads_to_the_next(hers, moved):
    cursor = read(hers, "timeline?limit=1")["next_cursor"]
    following = read(hers, f"timeline?limit=1&cursor={cursor}")
    assert ([item["value"] for item in following["items"]], following["next_cursor"]) == (["Oslo"], None)


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("memories?as_of=2026-03-02", "as_of"),
        ("memories?status=withdrawn", "status"),
        ("memories?topic=nonsense", "topic"),
        ("memories?predicate=lives-in", "predicate"),
        ("memories?scope=project", "scope"),
        ("memories?cursor=first", "cursor"),
        ("memories?limit=many", "limit"),
        ("memories?status=active&status=wrong", "status"),
        ("memories/questions?state=open", "state"),
        ("timeline?as_of=yesterday", "as_of"),
        ("timeline?known_at=2026-02-31", "known_at"),
        ("summaries?conversation=none", "conversation"),
        ("memory-jobs?cursor=1", "cursor"),
        ("conversations?archive=true", "archive"),
        ("projects?archived=maybe", "archived"),
    ],
)
def test_what_a_list_does_not_know_is_refused_and_named(hers, path, field):
    problem = read(hers, path, status=400)
    assert (problem["code"], [error["field"] for error in problem["errors"]]) == ("invalid", [field])


def test_a_list_is_narrowed_by_status_and_scope(hers, alice, moved):
    with as_user(alice):
        project = projects.begin_project(alice.pk, name="Cello", at=MONDAY, memory="isolated")
        cello = MemoryScope(ScopeKind.PROJECT, project.pk)
        memory.remember(alice.pk, predicate="likes", value="gut strings", at=MONDAY, scope=cello)
    assert values(hers, "memories?status=superseded&limit=1000&topic=") == ["Oslo"]
    assert values(hers, "memories?scope=user") == ["Voss"]
    (learned,) = read(hers, f"memories?scope=project:{project.pk}")["items"]
    assert (learned["value"], learned["scope"]) == ("gut strings", f"project:{project.pk}")
    page = hers.get("/memory/").content.decode()
    row = page.split(f'id="f-{learned["id"]}"')[1].split("</li>")[0]
    assert "Only in Cello" in row
    assert page.count("Only in Cello") == 1
    assert "Only in Cello" in hers.get(f"/memory/{learned['id']}/").content.decode()
    assert "Only in Cello" in hers.get("/memory/timeline/").content.decode()


def test_jobs_and_summaries_are_listed_to_their_owner_alone(hers, alice, bob):
    chat = new_id()
    with as_user(alice):
        for number in range(26):
            memory.record_turn(
                alice.pk,
                conversation_id=chat,
                message_id=new_id(),
                role="user",
                text=f"The harmonium needed repairs, number {number}.",
                at=MONDAY + timedelta(minutes=number),
            )
        make_due(alice.pk, MemoryJob.Kind.EMBED, at=MONDAY)
        memory.remember(alice.pk, predicate="lives_in", value="Oslo", at=MONDAY)
        assert memory.persona(alice.pk, at=MONDAY)
    jobs = read(hers, "memory-jobs?limit=1")
    rest = read(hers, f"memory-jobs?cursor={jobs['next_cursor']}")
    assert {job["kind"] for job in (*jobs["items"], *rest["items"])} >= {"embed", "ingest"}
    (told,) = read(hers, "summaries")["items"]
    assert (told["level"], told["conversation"], told["is_stale"]) == ("persona", None, False)
    assert "Oslo" in told["text"]
    assert read(hers, f"summaries?conversation={chat}")["items"] == []
    hers.force_login(bob, backend="django.contrib.auth.backends.ModelBackend")
    assert read(hers, "memory-jobs")["items"] == read(hers, "summaries")["items"] == []


def test_a_look_at_everything_that_would_go_is_bounded_and_counts_all(hers, alice, monkeypatch):
    monkeypatch.setattr(services, "PREVIEWED", 2)
    with as_user(alice):
        for taste in ("sardines", "capers", "dill"):
            memory.remember(alice.pk, predicate="likes", value=taste, at=MONDAY)
    looked = hers.post("/api/v1/memories/forget", {"everything": True}, content_type="application/json").json()
    assert (len(looked["facts"]), looked["count"]) == (2, 3)
    assert "3 facts, and all that was kept" in hers.get("/memory/forget/?everything=1").content.decode()


def test_the_schema_is_made_without_a_warning_and_says_how_to_sign_in():
    said, text = StringIO(), StringIO()
    call_command("spectacular", "--fail-on-warn", stdout=text, stderr=said)
    for words in ("/api/v1/timeline", "/api/v1/memory-jobs", "/api/v1/summaries", "scheme: bearer", "name: known_at"):
        assert words in text.getvalue()
