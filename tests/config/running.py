"""`manage.py up` as a person starts it, on a scratch folder and a free port, and the processes it leaves."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 90


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(data: Path, port: int, **more: str) -> dict[str, str]:
    """What a person's shell has: nothing of the test run's own services."""
    ours = ("DATABASE_URL", "REDIS_URL", "KEY_PREFIX", "TEST_SERVICES", "DJANGO_SETTINGS_MODULE", "PYTEST_XDIST_WORKER")
    kept = {name: value for name, value in os.environ.items() if name not in ours}
    return {**kept, "DATA_DIR": str(data), "PORT": str(port), "PYTHONUNBUFFERED": "1", **more}


class Up:
    """One running stack. `lines` is all that it has said."""

    def __init__(self, data: Path, port: int | None = None, **more: str) -> None:
        self.data, self.port = data, port or free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.lines: list[str] = []
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "up"],
            cwd=ROOT,
            env=environment(data, self.port, **more),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        for line in self.process.stdout or ():
            self.lines.append(line.rstrip())

    def wait_for(self, pattern: str, *, after: int = 0) -> re.Match[str]:
        """The first line that matches, from line `after` on."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            for line in self.lines[after:]:
                if found := re.search(pattern, line):
                    return found
            if self.process.poll() is not None:
                break
            time.sleep(0.1)
        raise AssertionError(f"never said {pattern!r}:\n" + "\n".join(self.lines[-40:]))

    def setup_link(self) -> str:
        return self.wait_for(r"once: (\S+)")[1]

    def ready(self) -> None:
        self.wait_for(r"up \| ready")

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return self.process.wait(PATIENCE_SECONDS)

    def children(self) -> list[int]:
        """Every process that works on this data folder, whoever its parent is."""
        found = []
        for entry in Path("/proc").iterdir():
            if not entry.name.isdigit() or int(entry.name) in (os.getpid(), self.process.pid):
                continue
            try:
                command = (entry / "cmdline").read_bytes()
                state = (entry / "stat").read_text().rsplit(")", 1)[1].split()[0]
                surroundings = (entry / "environ").read_bytes()
            except OSError:
                continue
            if state != "Z" and (
                str(self.data).encode() in command or f"DATA_DIR={self.data}\0".encode() in surroundings
            ):
                found.append(int(entry.name))
        return found

    def child(self, words: str) -> int:
        """The process of this stack whose command holds `words`."""
        for pid in self.children():
            try:
                command = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
            except OSError:
                continue
            if words in command:
                return pid
        raise AssertionError(f"no process {words!r}")

    def wait_until_alone(self) -> None:
        deadline = time.monotonic() + 30
        while self.children():
            assert time.monotonic() < deadline, f"left behind: {self.children()}"
            time.sleep(0.2)


def scratch(tmp_path: Path, name: str = "data") -> Path:
    """A data folder that an unprivileged Postgres can reach, as /srv or a home of one's own would be."""
    for folder in (tmp_path, *tmp_path.parents):
        if folder == Path("/tmp"):
            break
        if folder.stat().st_uid == os.geteuid() and str(folder).startswith("/tmp"):
            folder.chmod(folder.stat().st_mode | 0o011)
    return tmp_path / name
