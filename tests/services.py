"""One Postgres and one Valkey a test run, in a scratch folder; a database and a key prefix for each parallel worker.

A pytest plugin (`-p tests.services`), because Django's settings are read before any conftest. The process that starts the run starts the servers and
makes a template database with every migration applied; each worker copies the template, which is much quicker than migrating again.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg
import pytest

from config.embedded import (
    Program,
    postgres_program,
    prepare_database,
    prepare_postgres,
    prepare_valkey,
    valkey_program,
)
from config.env import embedded_redis_url
from config.words import compile_words

TEMPLATE = "remembrancer_template"
_running: list[tuple[Program, subprocess.Popen[bytes]]] = []
_scratch: Path | None = None


def _start(program: Program) -> None:
    child = program.start(stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _running.append((program, child))
    deadline = time.monotonic() + 20
    while not (program.is_ready and program.is_ready()):
        if child.poll() is not None or time.monotonic() > deadline:
            pytest.exit(f"{program.name} did not start", 4)
        time.sleep(0.05)


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config, parser: pytest.Parser, args: list[str]) -> None:
    global _scratch  # noqa: PLW0603
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    if not worker and "TEST_SERVICES" not in os.environ:
        _scratch = Path(tempfile.mkdtemp(prefix="remembrancer-test-"))
        _scratch.chmod(0o711)  # as root, Postgres runs under another account and must get through
        cluster = prepare_postgres(_scratch / "pg")
        _start(
            postgres_program(
                cluster, "fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=120"
            )
        )
        socket = prepare_valkey(_scratch / "valkey")
        _start(valkey_program(_scratch / "valkey", socket))
        os.environ["TEST_SERVICES"] = cluster.url
        os.environ["TEST_SCRATCH"] = str(_scratch)
        os.environ["REDIS_URL"] = embedded_redis_url(socket)
        os.environ["DATA_DIR"] = str(_scratch / "data")
        os.environ["RECENT_TURNS_TOKENS"] = "1000"  # so that a test need not talk for long
        _migrate(_as_url(cluster.url, TEMPLATE))
        compile_words()
    name = f"test_{worker or 'main'}"
    server = os.environ["TEST_SERVICES"]
    with psycopg.connect(_as_url(server, "postgres"), autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
    os.environ["DATABASE_URL"] = _as_url(server, name)
    os.environ["KEY_PREFIX"] = f"{worker or 'main'}:"


def _as_url(url: str, database: str) -> str:
    return url.replace("/remembrancer?", f"/{database}?")


def _migrate(template: str) -> None:
    prepare_database(template, role="app")
    environment = {**os.environ, "DATABASE_URL": template, "DJANGO_SETTINGS_MODULE": "config.settings.test"}
    done = subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        _stop()
        pytest.exit(f"migrations failed:\n{done.stdout}{done.stderr}", 4)
    with psycopg.connect(template, autocommit=True) as connection:
        connection.execute(
            "GRANT TRUNCATE ON ALL TABLES IN SCHEMA public TO app"
        )  # how transactional tests are cleaned up


def _stop() -> None:
    for program, child in reversed(_running):
        child.send_signal(program.stop_signal)
    for _, child in _running:
        try:
            child.wait(5)
        except subprocess.TimeoutExpired:
            child.kill()
    _running.clear()
    if _scratch:
        shutil.rmtree(_scratch, ignore_errors=True)


def pytest_unconfigure(config: pytest.Config) -> None:
    _stop()
