"""A worker that dies in the middle of memory's work: nothing is lost, and nothing is there twice."""

from __future__ import annotations

import json
from datetime import timedelta

from memory import api
from memory.models import Episode, Fact, MemoryJob
from memory.tasks import import_due, sweep
from profiles.owned import as_user
from tests.memory.test_reconcile import MONDAY
from tests.stack import eventually

TURNS = 1600
FACTS = {"I like marmalade", "I like thunder", "I like old maps"}


def test_an_import_whose_worker_was_killed_is_finished_by_the_next(worker, alice):
    texts = [f"bird number {number} sang at the window" for number in range(TURNS - len(FACTS))]
    texts[100:100] = FACTS
    messages = [
        {"text": text, "at": (MONDAY + timedelta(minutes=number)).isoformat()} for number, text in enumerate(texts)
    ]
    with as_user(alice):
        opened = api.open_import(
            alice.pk, json.dumps({"conversations": [{"id": "a", "messages": messages}]}).encode(), at=MONDAY
        )

    def view() -> api.ImportView:
        with as_user(alice):
            return api.import_of(alice.pk, opened.id)

    import_due.delay(str(alice.pk))
    eventually(lambda: view().done)
    worker.kill()
    assert view().done % 500 == 0  # a part counts as a whole or not at all
    worker.start()
    with as_user(alice):  # its lease runs out
        MemoryJob.objects.of(alice).filter(state="running").update(lease_until=MONDAY)
    eventually(lambda: sweep() or view().state == "done")
    with as_user(alice):
        numbers = sorted(Episode.objects.of(alice).values_list("seq", flat=True))
        assert numbers == list(range(1, TURNS + 1))

    def learned() -> bool:
        sweep()
        with as_user(alice):
            return not Episode.objects.of(alice).filter(rules_read_at__isnull=True).exists()

    eventually(learned)
    with as_user(alice):
        assert sorted(Fact.objects.of(alice).values_list("text", "status")) == sorted(
            (text.replace("I like", "Likes"), "proposed") for text in FACTS
        )
