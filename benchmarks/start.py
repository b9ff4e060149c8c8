"""Cold start: from `manage.py up` to everything ready, on an empty data folder and on one that has been used."""

from __future__ import annotations

import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
RUNS = 3


def _port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _seconds_to_ready(data: Path, then: str = "true") -> float:
    environment = {**os.environ, "DATA_DIR": str(data), "PORT": str(_port())}
    started = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "manage.py", "up", "--once-ready", f"date +%s.%N; {then}"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    ready = next(float(line) for line in done.stdout.splitlines() if line.replace(".", "").isdigit())
    return ready - (time.time() - (time.perf_counter() - started))


def measure() -> dict[str, Any]:
    """Seconds: the first start makes the database, the others find it, with everything prepared."""
    scratch = Path(tempfile.mkdtemp(prefix="remembrancer-bench-"))
    scratch.chmod(0o711)
    try:
        owner = f"echo rain on the roof | {sys.executable} manage.py create_owner bench@example.org --password-stdin"
        first = _seconds_to_ready(scratch / "data", owner)
        print(f"first start {first:.1f} s", file=sys.stderr, flush=True)
        later = [_seconds_to_ready(scratch / "data") for _ in range(RUNS)]
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return {
        "first_seconds": round(first, 2),
        "later_seconds": {"p50": round(statistics.median(later), 2), "max": round(max(later), 2)},
    }
