"""`manage.py up`: what a person sees who starts it, breaks it and stops it."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import urllib.request

import pytest

from tests.config.running import ROOT, Up, environment, free_port, scratch

pytestmark = pytest.mark.stack


def get(url: str) -> int:
    with urllib.request.urlopen(url, timeout=10) as answer:
        return answer.status


def test_two_copies_run_side_by_side_and_stop_without_an_orphan(tmp_path):
    first, second = Up(scratch(tmp_path, "one")), Up(scratch(tmp_path, "two"))
    try:
        for up in (first, second):
            assert up.setup_link().startswith(f"{up.url}/setup/")
            assert get(f"{up.url}/readyz") == 200
            assert get(f"{up.url}/healthz") == 200
        secrets = scratch(tmp_path, "one") / "secrets"
        assert {file.name for file in secrets.iterdir()} == {"secret_key", "encryption_key", "tombstone_key"}
        assert all(file.stat().st_mode & 0o777 == 0o600 for file in secrets.iterdir())
    finally:
        codes = [first.stop(signal.SIGINT), second.stop(signal.SIGTERM)]
    assert codes == [0, 0]
    first.wait_until_alone()
    second.wait_until_alone()


def test_a_child_that_dies_is_restarted_and_said_so_and_kill_nine_leaves_nothing(tmp_path):
    up = Up(scratch(tmp_path))
    up.ready()
    seen = len(up.lines)
    os.kill(up.child("uvicorn"), signal.SIGKILL)
    up.wait_for(r"web \| was killed by signal 9; starting again in", after=seen)
    up.wait_for(r"web \| starting again$", after=seen)
    up.process.kill()
    up.process.wait()
    up.wait_until_alone()
    again = Up(up.data, up.port)
    try:
        again.ready()
    finally:
        assert again.stop() == 0


def test_once_ready_runs_the_command_and_gives_back_its_status_even_where_postgres_cannot_go(tmp_path):
    """As root, Postgres runs under another account: what that can't reach stays as it is, and the cluster moves to where it can go."""
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    data = scratch(tmp_path, "home/data")
    done = subprocess.run(
        [sys.executable, "manage.py", "up", "--once-ready", "echo here: $REMEMBRANCER_URL; exit 7"],
        cwd=ROOT,
        env=environment(data, port := free_port()),
        capture_output=True,
        text=True,
        check=False,
    )
    assert f"here: http://127.0.0.1:{port}" in done.stdout
    assert done.returncode == 7
    assert home.stat().st_mode & 0o777 == 0o700
    kept = re.search(r"the cluster is kept in (\S+)\.", done.stdout)
    assert bool(kept) == (os.geteuid() == 0)
    if kept:
        shutil.rmtree(kept[1])


def test_a_taken_port_is_said_in_one_line_and_nothing_is_started(tmp_path):
    data = scratch(tmp_path)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = subprocess.run(
            [sys.executable, "manage.py", "up"],
            cwd=ROOT,
            env=environment(data, port),
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert [line for line in done.stdout.splitlines() if f"Port {port}" in line and f"PORT={port + 1}" in line]
    assert not (data / "postgres").exists()
    assert "Traceback" not in done.stdout + done.stderr


@pytest.mark.parametrize("folder", ["/proc/nowhere", "/dev/null/data"])
def test_a_data_folder_that_cannot_be_written_is_said_in_one_line(folder):
    done = subprocess.run(
        [sys.executable, "manage.py", "up"],
        cwd=ROOT,
        env={**environment(ROOT, free_port()), "DATA_DIR": folder},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert "can't be written" in done.stderr
    assert "DATA_DIR" in done.stderr


def test_data_of_another_postgres_is_left_alone(tmp_path):
    data = scratch(tmp_path)
    (data / "postgres").mkdir(parents=True)
    (data / "postgres" / "PG_VERSION").write_text("16\n")
    done = subprocess.run(
        [sys.executable, "manage.py", "up"],
        cwd=ROOT,
        env=environment(data, free_port()),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "made by Postgres 16" in done.stdout
