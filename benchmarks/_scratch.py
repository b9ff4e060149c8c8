"""A durable Postgres of its own, migrated, for a benchmark that runs inside Django."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent


def run_inside(module: str, *arguments: str) -> dict[str, Any]:
    """Run `module` in a process with a scratch database: the object that it prints as its last line. What it writes to stderr is progress."""
    with _database() as environment:
        done = subprocess.run(
            [sys.executable, "-m", module, *arguments],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
    figures: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return figures


@contextmanager
def _database() -> Iterator[dict[str, str]]:
    from config.embedded import postgres_program, prepare_database, prepare_postgres

    scratch = Path(tempfile.mkdtemp(prefix="remembrancer-bench-"))
    scratch.chmod(0o711)  # as root, Postgres runs under another account and must get through
    cluster = prepare_postgres(scratch / "pg")
    program = postgres_program(cluster)  # as the product runs it: what is committed is on the disk
    child = program.start(stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while not (program.is_ready and program.is_ready()):
            if child.poll() is not None:
                raise RuntimeError("The scratch Postgres did not start.")
            time.sleep(0.05)
        prepare_database(cluster.url, role="app")
        environment = {
            **os.environ,
            "DATABASE_URL": cluster.url,
            "DATA_DIR": str(scratch / "data"),
            "REDIS_URL": f"unix://{scratch}/none.sock",
            "DJANGO_SETTINGS_MODULE": "config.settings.evaluation",
        }
        migrate = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
        subprocess.run(migrate, cwd=ROOT, env=environment, check=True)
        yield environment
    finally:
        child.send_signal(program.stop_signal)
        child.wait(10)
        shutil.rmtree(scratch, ignore_errors=True)
