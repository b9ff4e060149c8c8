"""The product as it is started, with a scripted provider behind it and users who know something, for benchmarks that come in by HTTP."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

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
def running_product(model: str, *, facts: Sequence[int]) -> Iterator[Product]:
    """Start everything on scratch data, with `model` of the scripted provider, and a user for each number of facts."""
    scratch = Path(tempfile.mkdtemp(prefix="remembrancer-bench-"))
    scratch.chmod(0o711)
    try:
        with running_provider() as provider:
            settings = {
                "CHAT_MODEL": f"openai/{model}",
                "CHAT_API_BASE": provider.url,
                "MEMORY_BUFFER_IDLE_SECONDS": "9999",
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
    import random

    from django.utils import timezone

    from benchmarks.record import _fill
    from memory.models import Episode, Import, MemoryJob
    from profiles.accounts import open_profile
    from profiles.api import AccessToken, User, issue_access_token
    from profiles.owned import as_user

    tokens: dict[int, str] = {}
    for size in sizes:
        user = User.objects.create_user(f"bench{size}@example.org", PASSWORD, name="Bench", is_owner=not tokens)
        open_profile(user, language="en", time_zone="UTC")
        _fill(user.pk, size, random.Random(7))
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


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps(_inside([int(size) for size in sys.argv[1:]])))
