"""The product as it is started, with a scripted provider behind it and users who know something, for benchmarks that come in by HTTP."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from tests.config.running import ROOT, Up, environment
from tests.fakes.provider import Running, running_provider

PASSWORD = "a harbour in the rain"  # of everybody here


@dataclass(frozen=True)
class Product:
    """A running stack. `tokens`: an access token by the number of facts that its user has."""

    up: Up
    provider: Running
    tokens: dict[int, str]

    def resident_megabytes(self) -> dict[str, int]:
        """Memory of its own (proportional share, so that what processes share counts once), by program."""
        found: dict[str, int] = {}
        for pid in self.up.children():
            try:
                command = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
                rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
            except OSError:
                continue
            share = next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
            for name, words in (
                ("web", "uvicorn"),
                ("answers", "-n answers"),
                ("memory", "-n memory"),
                ("beat", " beat"),
            ):
                if words in command:
                    found[name] = max(found.get(name, 0), round(share / 1024))
        return found


@contextmanager
def running_product(model: str, *, facts: Sequence[int], **more: str) -> Iterator[Product]:
    """Start everything on scratch data, with `model` of the scripted provider, and a user for each number of facts. `more`: settings."""
    scratch = Path(tempfile.mkdtemp(prefix="remembrancer-bench-"))
    scratch.chmod(0o711)
    try:
        with running_provider() as provider:
            settings = {
                "CHAT_MODEL": f"openai/{model}",
                "CHAT_API_BASE": provider.url,
                "MEMORY_BUFFER_IDLE_SECONDS": "9999",
                **more,
            }
            up = Up(scratch / "data", None, **settings)
            try:
                up.ready()
                yield Product(up, provider, _people(up, facts))
            finally:
                up.stop()
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _people(up: Up, facts: Sequence[int]) -> dict[int, str]:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks._product", *map(str, facts)],
        cwd=ROOT,
        env={
            **environment(up.data, up.port),
            "DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE", "config.settings.production"),
        },
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return {int(size): token for size, token in json.loads(done.stdout.strip().splitlines()[-1]).items()}


def _inside(sizes: Sequence[int]) -> dict[int, str]:
    from django.utils import timezone

    from memory.models import Episode, Import, MemoryJob
    from profiles.accounts import open_profile
    from profiles.api import AccessToken, User, issue_access_token
    from profiles.owned import as_user

    tokens: dict[int, str] = {}
    for size in sizes:
        user = User.objects.create_user(f"bench{size}@example.org", PASSWORD, name="Bench", is_owner=not tokens)
        open_profile(user, language="en", time_zone="UTC")
        _fill_many(user.pk, size, random.Random(7))
        with as_user(user):  # an imported past: no model is busy with it while others are timed
            now = timezone.now()
            past = Import.objects.create(
                user=user,
                format="history",
                state="done",
                total=size,
                done=size,
                parts=1,
                opened_at=now,
                finished_at=now,
            )
            Episode.objects.of(user).update(imported_in=past)
            state = {"state": MemoryJob.State.DONE, "created_at": now, "due_at": now, "finished_at": now}
            MemoryJob.objects.create(user=user, kind=MemoryJob.Kind.CONSOLIDATE, **state)
        issued = issue_access_token(user, name="bench", scopes=list(AccessToken.Scope.values), at=timezone.now())
        tokens[size] = issued.secret
        print(f"{size} facts", file=sys.stderr, flush=True)
    return tokens


BY_HAND = 2000  # facts that are made one by one; the others are their copies, for a life of 50,000 would take minutes


def _fill_many(user: UUID, size: int, dice: random.Random) -> None:
    """Give a user `size` facts, each with the turn that says it."""
    from benchmarks.record import _fill

    if size <= BY_HAND:
        _fill(user, size, dice)
        return
    if size % BY_HAND:
        raise ValueError(f"{size} is no multiple of {BY_HAND}")
    _fill(user, BY_HAND, dice)
    _copy(user, size // BY_HAND)


def _copy(user: UUID, times: int) -> None:
    """Copy all turns and facts of a user until there are `times` as many, under the role that owns the tables and without its checks, which take most of
    the time. Ids follow from those of the originals, so that evidence and vectors find theirs."""
    from django.db import connection

    from memory.models import Episode, Evidence, Fact, MemoryState, Vector

    def new_id(column: str) -> str:
        return f"md5({column}::text || n)::uuid"

    other = {
        Episode: {
            "id": new_id("id"),
            "conversation_id": new_id("conversation_id"),
            "seq": f"seq + n * {BY_HAND}",
            "text": "text || ' ' || n",
            "said_at": "said_at + n * interval '2000 minutes'",
        },
        Fact: {
            "id": new_id("id"),
            "value": "value || ' ' || n",
            "value_key": "value_key || ' ' || n",
            "text": "text || ' ' || n",
            "slot_key": "slot_key || ' ' || n",
            "said_at": "said_at + n * interval '2000 minutes'",
        },
        Evidence: {
            "id": new_id("id"),
            "fact_id": new_id("fact_id"),
            "episode_id": new_id("episode_id"),
            "episode_length": "episode_length + length(n::text) + 1",
        },
        Vector: {"id": new_id("id"), "fact_id": new_id("fact_id"), "episode_id": new_id("episode_id")},
    }
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE NONE; SET session_replication_role = replica")
        for model, changed in other.items():
            columns = [field.column for field in model._meta.concrete_fields if not field.generated]
            values = ", ".join(changed.get(str(column), f'"{column}"') for column in columns)
            names = ", ".join(f'"{column}"' for column in columns)
            table = model._meta.db_table
            cursor.execute(
                f"INSERT INTO {table} ({names}) SELECT {values} FROM {table}, generate_series(1, %s) n WHERE user_id = %s",
                [times - 1, user],
            )
        cursor.execute(
            f"UPDATE {MemoryState._meta.db_table} SET turns = turns * %s, total_length = total_length * %s WHERE user_id = %s",
            [times, times, user],
        )
        cursor.execute("RESET session_replication_role; RESET ROLE; ANALYZE")


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps(_inside([int(size) for size in sys.argv[1:]])))
