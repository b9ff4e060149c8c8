"""The commands that measure memory: their output, and what they say to a file that is none."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import pytest

CASE = {
    "id": "home-001",
    "category": "update",
    "language": "en",
    "user_timezone": "Europe/Oslo",
    "extractor": "rules",
    "steps": [
        {
            "do": "say",
            "at": "2026-03-02T09:00:00+01:00",
            "conversation": "c1",
            "role": "user",
            "text": "I live in Oslo.",
        },
        {"do": "extract"},
        {
            "do": "say",
            "at": "2026-04-02T09:00:00+02:00",
            "conversation": "c2",
            "role": "user",
            "text": "I moved to Bergen",
        },
        {"do": "extract"},
    ],
    "probes": [
        {"at": "2026-05-01T09:00:00+02:00", "ask": "Where do I live?", "include": ["Bergen"], "exclude": ["Oslo"]},
        {"profile": {"lives_in": "Bergen"}},
        {"facts": {"active": 1, "superseded": 1}},
    ],
}
TURNS: list[dict[str, Any]] = [
    {
        "type": "turn",
        "conversation": "a",
        "session": "s1",
        "turn": "1",
        "at": "2026-03-02T09:00:00",
        "speaker": "Mia",
        "text": "We named the boat Saltkråka.",
    },
    {
        "type": "turn",
        "conversation": "a",
        "session": "s1",
        "turn": "2",
        "at": "2026-03-02T09:00:30",
        "speaker": "Jon",
        "text": "The bakery opens at seven.",
    },
    {
        "type": "question",
        "conversation": "a",
        "id": "q1",
        "text": "What is the boat of Mia called?",
        "evidence": ["1"],
        "category": "single-hop",
        "at": "2026-03-03T09:00:00",
    },
]
AUDITED = [
    {**TURNS[-1], "id": "q2", "evidence_audited": ["none of these"]},
    {**TURNS[-1], "id": "q3", "evidence_audited": ["1"], "gold_suspect": True},
]


def run(*arguments) -> subprocess.CompletedProcess[str]:
    """The command as a person runs it, in a process of its own; the tests' server is where its own database is made."""
    return subprocess.run(
        [sys.executable, "manage.py", "evaluate", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        env=dict(os.environ),
    )


def write(folder, name, lines):
    path = folder / name
    path.write_text("\n".join(json.dumps(line) for line in lines))
    return path


def test_behaviours_are_counted_by_category_and_failures_told_in_full(tmp_path):
    wrong = {**CASE, "id": "home-002", "probes": [{"profile": {"lives_in": "Atlantis"}}]}
    leave = {
        "do": "consent",
        "sensitivity": "secret",
        "granted": True,
    }  # which nobody can give: the life goes on without
    refused = {**CASE, "id": "home-003", "steps": [*CASE["steps"], leave]}
    faulty = {**CASE, "id": "home-004", "probes": [{"ask": None}]}
    done = run("behaviours", write(tmp_path, "cases.jsonl", [CASE, wrong, refused, faulty]), "--json")
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert (report["cases"], report["passed"], report["failed"]) == (4, 2, 2)
    assert report["by_category"] == {"update": {"passed": 2, "failed": 2}}
    assert report["failures"][0]["id"] == "home-002"
    assert "Atlantis" in report["failures"][0]["why"]


def test_recall_is_averaged_over_questions(tmp_path):
    elsewhere = {**TURNS[1], "conversation": "b", "speaker": "Ada", "text": "The ferry was late. Nobody minded at all."}
    file = write(tmp_path, "turns.jsonl", [*TURNS, *AUDITED, elsewhere])
    done = run("recall", file, "--json", "--rivals", "--among", "300")
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert report["questions"] == 3
    assert (report["audited"]["questions"], report["audited"]["recall"]["5"]) == (
        1,
        0.0,
    )  # where the audit agrees with the answer
    assert [row["recall"]["30"] for row in report["rivals"] if row["name"].startswith("cosine")] == [1.0]
    assert report["recall"] == {"5": 1.0, "10": 1.0, "20": 1.0, "30": 1.0}
    assert set(report) >= {"coverage", "latency_ms", "by_category"}
    assert (report["among"]["memories"], report["among"]["recall"]["30"]) == (300, 1.0)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{}\nnot json", "line 1"),
        ('{"id": 1}', "line 1"),
        (json.dumps(CASE) + "\n{", "line 2"),
        ('\n\n{"id": "x", "category": "y", "steps": [{"do": "dance"}], "probes": []}', "line 3"),
    ],
)
def test_a_malformed_line_is_named_by_its_number(tmp_path, text, told):
    path = tmp_path / "broken.jsonl"
    path.write_text(text)
    done = run("behaviours", path)
    assert done.returncode == 2
    assert told in done.stderr


def test_a_file_that_is_not_there_is_one_line(tmp_path):
    done = run("recall", tmp_path / "none.jsonl")
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1
