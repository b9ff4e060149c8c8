"""Everything as children of one process: started in order, restarted when they die, stopped together.

The supervisor keeps no state that matters. Each child gets its stop signal from the kernel when this process dies, even by `kill -9`, so that nothing
is left to block the next start.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from config.embedded import (
    Program,
    StackError,
    postgres_program,
    prepare_database,
    prepare_postgres,
    prepare_valkey,
    valkey_program,
)
from config.env import BASE_DIR, embedded_redis_url, services_file

READY_SECONDS = 60
STOP_SECONDS = 6.0  # for those that work; the servers beneath them get the rest of the ten seconds
STOP_SERVER_SECONDS = 2.5
BACK_OFF = (0.5, 1, 2, 4, 8, 15, 30)
STEADY_SECONDS = 60  # alive for so long, a child has recovered


@dataclass(slots=True)
class Child:
    """One supervised process."""

    program: Program
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    failures: int = 0
    restart_at: float = 0.0


@dataclass(slots=True)
class Supervisor:
    """Starts, watches and stops programs. Use from the main thread only: children die with the thread that made them."""

    out: IO[str] = field(default_factory=lambda: sys.stdout)
    children: list[Child] = field(default_factory=list)
    is_stopping: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def say(self, text: str, name: str = "up") -> None:
        """One prefixed line of log."""
        with self._lock:
            print(f"{name:>8} | {text}", file=self.out, flush=True)

    def start(self, program: Program) -> None:
        """Start a program and keep it running. Raises StackError when it ends, or isn't ready within a minute."""
        child = Child(program)
        self.children.append(child)
        self._spawn(child)
        self._wait_until_ready(child)

    def _spawn(self, child: Child) -> None:
        child.process = child.program.start(stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        child.started_at = time.monotonic()
        threading.Thread(target=self._relay, args=(child.program, child.process.stdout), daemon=True).start()

    def _relay(self, program: Program, pipe: IO[bytes] | None) -> None:
        for raw in iter(pipe.readline, b"") if pipe else ():
            line = raw.decode(errors="replace").rstrip()
            if line and not (program.chatter and re.search(program.chatter, line)):
                self.say(line, program.name)

    def _wait_until_ready(self, child: Child) -> None:
        deadline = time.monotonic() + READY_SECONDS
        while child.program.is_ready and not child.program.is_ready():
            if self.is_stopping:
                return
            if child.process is not None and child.process.poll() is not None:
                raise StackError(f"{child.program.name} ended at once; its last words stand above.")
            if time.monotonic() > deadline:
                raise StackError(f"{child.program.name} was not ready within {READY_SECONDS} s.")
            time.sleep(0.05)

    def watch(self) -> None:
        """Restart what has died, with a growing pause. Returns after one look; call it in a loop."""
        now = time.monotonic()
        for child in self.children:
            if child.process is None:
                if now >= child.restart_at and not self.is_stopping:
                    self.say("starting again", child.program.name)
                    self._spawn(child)
            elif (code := child.process.poll()) is not None:
                if now - child.started_at > STEADY_SECONDS:
                    child.failures = 0
                pause = BACK_OFF[min(child.failures, len(BACK_OFF) - 1)]
                child.failures += 1
                child.process, child.restart_at = None, now + pause
                how = f"was killed by signal {-code}" if code < 0 else f"ended with code {code}"
                self.say(f"{how}; starting again in {pause:g} s", child.program.name)

    def stop(self) -> None:
        """Stop all, those that work before the servers they work with. At most ten seconds."""
        self.is_stopping = True
        servers = [child for child in self.children if child.program.name in ("postgres", "valkey")]
        workers = [child for child in self.children if child not in servers]
        self._stop_together(workers, STOP_SECONDS)
        self._stop_together(servers, STOP_SERVER_SECONDS)
        self.children.clear()

    @staticmethod
    def _stop_together(children: Sequence[Child], seconds: float) -> None:
        running = [(child, child.process) for child in children if child.process is not None]
        for child, process in running:
            if process.poll() is None:
                process.send_signal(child.program.stop_signal)
        deadline = time.monotonic() + seconds
        for _, process in running:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(max(0.0, deadline - time.monotonic()))
            try:
                os.killpg(process.pid, signal.SIGKILL)  # whoever of its group is left
            except ProcessLookupError:
                continue
            process.wait()


def lock_data(data: Path) -> IO[str]:
    """Hold `data` for one supervisor. The lock goes with the process, however it ends. Raises StackError when another holds it."""
    try:
        data.mkdir(mode=0o755, parents=True, exist_ok=True)
        handle = (data / "up.lock").open("a")
    except OSError as error:
        raise StackError(f"{data} can't be written ({error.strerror}). Set DATA_DIR to a folder that can.") from error
    deadline = time.monotonic() + 5  # one that was just killed may still be ending
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            if time.monotonic() > deadline:
                raise StackError(
                    f"Remembrancer already runs on {data}. Stop it, or set another DATA_DIR and PORT."
                ) from error
            time.sleep(0.2)
        else:
            return handle


def check_port(host: str, port: int) -> None:
    """Raise StackError when nobody could listen there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise StackError(
                f"Port {port} on {host} can't be used ({error.strerror}). Choose another: PORT={port + 1} make run"
            ) from error


def start_services(supervisor: Supervisor, data: Path, *, role: str) -> dict[str, str]:
    """Start what the environment does not name, and return the addresses of both as environment variables.

    Leaves a note in `data` for commands that are started beside us.
    """
    addresses = {name: os.environ.get(name, "") for name in ("DATABASE_URL", "REDIS_URL")}
    note = {}
    if not addresses["DATABASE_URL"]:
        cluster = prepare_postgres(data / "postgres", supervisor.say)
        supervisor.start(postgres_program(cluster))
        note["DATABASE_URL"] = addresses["DATABASE_URL"] = cluster.url
    if not addresses["REDIS_URL"]:
        folder = prepare_valkey(data / "valkey")
        supervisor.start(valkey_program(data / "valkey", folder))
        note["REDIS_URL"] = addresses["REDIS_URL"] = embedded_redis_url(folder)
    services_file(data).write_text(json.dumps(note))
    prepare_database(addresses["DATABASE_URL"], role=role)
    return addresses


def programs(environment: dict[str, str], *, host: str, port: int, data: Path) -> list[Program]:
    """The web server, the two workers and beat."""
    celery = [sys.executable, "-m", "celery", "-q", "-A", "config"]
    log = ["--loglevel", "INFO", "--without-gossip", "--without-mingle"]

    quiet = {"PYTHONWARNINGS": "ignore", "PYTHONUNBUFFERED": "1"}
    # Two pools for the C allocator rather than eight a core, and large arrays outside of them: in a worker of sixteen threads each pool would keep what
    # a recall took for a moment.
    for name, value in (("MALLOC_ARENA_MAX", "2"), ("MALLOC_MMAP_THRESHOLD_", "1048576")):
        quiet[name] = os.environ.get(name, value)

    def program(name: str, *argv: str) -> Program:
        return Program(
            name, list(argv), cwd=str(BASE_DIR), environment={**environment, **quiet}, chatter="^celery beat"
        )

    return [
        program(
            "web",
            *(sys.executable, "-m", "uvicorn", "config.asgi:application", "--host", host, "--port", str(port)),
            *("--lifespan", "off", "--timeout-graceful-shutdown", "5", "--no-access-log", "--log-level", "warning"),
        ),
        program("answers", *celery, "worker", "-Q", "answers", "-n", "answers@%h", "-P", "threads", "-c", "16", *log),
        program("memory", *celery, "worker", "-Q", "memory", "-n", "memory@%h", "-P", "prefork", "-c", "1", *log),
        program("beat", *celery, "beat", "--pidfile=", "-s", str(data / "beat-schedule"), "--loglevel", "WARNING"),
    ]


def manage(supervisor: Supervisor, environment: dict[str, str], *arguments: str) -> str:
    """Run one of our own commands to its end and return what it printed. Raises StackError with its last line."""
    done = subprocess.run(  # noqa: S603
        [sys.executable, str(BASE_DIR / "manage.py"), *arguments],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        for line in done.stderr.splitlines()[-12:]:
            supervisor.say(line, arguments[0][:8])
        raise StackError(f"“manage.py {arguments[0]}” failed; its last words stand above.")
    return done.stdout.strip()


def is_answering(url: str) -> bool:
    """Whether the address says 200."""
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:  # noqa: S310  (our own address)
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def run(
    *,
    host: str,
    port: int,
    data: Path,
    role: str,
    public_url: str,
    is_prepared: Callable[[str], bool],
    once_ready: str = "",
    out: IO[str] | None = None,
) -> int:
    """Run the whole stack until a signal comes, or until `once_ready` has run. Returns the exit status.

    `is_prepared` tells of a database address whether `manage.py prepare` has nothing to do.

    Raises nothing: what is wrong is said in one line.
    """
    supervisor = Supervisor(out=out or sys.stdout)
    stop = threading.Event()

    def end(*_: object) -> None:
        supervisor.is_stopping = True
        stop.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, end)
    status = 0
    try:
        held = lock_data(data)
        check_port(host, port)
        supervisor.say("starting Postgres and Valkey")
        environment = start_services(supervisor, data, role=role)
        if not stop.is_set():
            link = "" if is_prepared(environment["DATABASE_URL"]) else manage(supervisor, environment, "prepare")
            environment["START_ID"] = secrets.token_hex(4)
            *needed, beat = programs(environment, host=host, port=port, data=data)
            for program in needed:
                supervisor.start(program)
            address = Address(host, port, public_url, link)
            status = _until_stopped(supervisor, stop, address, beat, once_ready)
        supervisor.say("stopping")
        supervisor.stop()
        held.close()
    except StackError as error:
        supervisor.stop()
        supervisor.say(str(error))
        return 1
    return status


@dataclass(frozen=True, slots=True)
class Address:
    """Where we listen, what people open, and the set-up link while there is no owner."""

    host: str
    port: int
    public: str
    setup_link: str

    @property
    def readyz(self) -> str:
        local = "127.0.0.1" if self.host in ("0.0.0.0", "::", "") else self.host  # noqa: S104
        return f"http://{f'[{local}]' if ':' in local else local}:{self.port}/readyz"


def _until_stopped(
    supervisor: Supervisor, stop: threading.Event, address: Address, beat: Program, once_ready: str
) -> int:
    _keep_until(supervisor, stop, lambda: is_answering(address.readyz))
    if stop.is_set():
        return 0
    supervisor.start(beat)  # last: nobody waits for it
    if address.setup_link:
        supervisor.say(f"ready. Create the owner here, once: {address.setup_link}")
    else:
        supervisor.say(f"ready: {address.public}/")
    if not once_ready:
        _keep_until(supervisor, stop, lambda: False)
        return 0
    environment = {**os.environ, "REMEMBRANCER_URL": address.public, "SETUP_LINK": address.setup_link}
    command = subprocess.Popen(once_ready, shell=True, env=environment)  # noqa: S602  (the person's own command)
    _keep_until(supervisor, stop, lambda: command.poll() is not None)
    if command.poll() is None:
        command.terminate()
    return command.wait()


def _keep_until(supervisor: Supervisor, stop: threading.Event, is_done: Callable[[], bool]) -> None:
    while not stop.is_set() and not is_done():
        supervisor.watch()
        stop.wait(0.2)
