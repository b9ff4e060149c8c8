"""A web server and a Celery worker for the tests that ask for them: one of each a parallel worker, on that worker's database and key prefix."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, ClassVar

import pytest
import redis
import uvicorn
from django.conf import settings
from django.core.cache import cache

from assistant.llm import choice
from config.asgi import application
from config.celery import app as celery_app
from config.embedded import Program
from config.env import redis_database
from tests.celery_app import busy, reset
from tests.fakes.provider import Running, State, running_provider

ROOT = Path(__file__).resolve().parents[1]
PATIENCE_SECONDS = 60


def eventually(condition: Callable[[], object], *, seconds: float = 30) -> object:
    """The first truthy answer of `condition`. Fails when none comes; how long it took is nobody's business."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := condition():
            return found
        time.sleep(0.05)
    raise AssertionError(f"never came true: {condition}")


def waiting() -> int:
    """Messages that no worker has taken yet."""
    with redis.Redis.from_url(redis_database(settings.REDIS_URL, 2)) as broker:
        return sum(int(broker.llen(f"{settings.KEY_PREFIX}{queue}")) for queue in ("answers", "memory"))


def forget_cached() -> None:
    """Empty the cache of this worker. `cache.clear()` would empty that of the tests beside it as well."""
    choice.forget_embedder()
    with redis.Redis.from_url(settings.CACHES["default"]["LOCATION"]) as client:
        for key in client.scan_iter(f"{settings.KEY_PREFIX}*"):
            client.delete(key)


def is_silent() -> bool:
    """Whether the worker has nothing to do. Looked at three times: between taking a message and beginning with it a worker seems idle."""
    for _ in range(3):
        if busy() or waiting():
            return False
        time.sleep(0.05)
    return True


class Worker:
    """One Celery process for both queues. `kill` is what a crash is; `start` is what the supervisor does after it."""

    running: ClassVar[Worker | None] = None  # the one of this process, once a test has asked for it

    def __init__(self) -> None:
        Worker.running = self
        self.process: subprocess.Popen[bytes] | None = None
        self.model: dict[str, str] = {}

    def start(self, **model: str) -> None:
        """`model`: CHAT_MODEL and its like; remembered for the next start."""
        self.model = model or self.model
        cache.delete("worker:tests")
        reset()
        log = Path(os.environ["TEST_SCRATCH"]) / f"worker-{os.getpid()}.log"
        worker = [sys.executable, "-m", "celery", "-q", "-A", "tests.celery_app", "worker", "-Q", "answers,memory"]
        program = Program(
            name="worker",
            argv=[
                *worker,
                "-n",
                "tests@%h",
                "-P",
                "threads",
                "-c",
                "8",
                "--loglevel",
                "INFO",
                "--without-gossip",
                "--without-mingle",
            ],
            cwd=str(ROOT),
            environment={**self.model, "DJANGO_SETTINGS_MODULE": "config.settings.test", "PYTHONWARNINGS": "ignore"},
        )
        self.process = program.start(stdout=log.open("ab"), stderr=subprocess.STDOUT)
        eventually(lambda: cache.get("worker:tests") or self._must_live(), seconds=PATIENCE_SECONDS)

    def _must_live(self) -> bool:
        assert self.process and self.process.poll() is None, "the worker ended at once"
        return False

    def is_alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def kill(self) -> None:
        if self.process and self.process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def ensure(self) -> None:
        if self.process is None or self.process.poll() is not None:
            self.start()


@pytest.fixture(scope="session")
def _worker_process(_provider) -> Iterator[Worker]:
    worker = Worker()
    worker.model = known_models(_provider)
    yield worker
    worker.kill()


MODELS = "builtin/companion,openai/slow,openai/cut,openai/500"


def known_models(provider: Running) -> dict[str, str]:
    """What an operator sets who connected several models: the first answers unless another is asked for."""
    return {"CHAT_MODEL": MODELS, "CHAT_API_BASE": provider.url, "CHAT_API_KEY": "sk-test-only"}


@pytest.fixture(autouse=True)
def _one_at_the_rows(request) -> Iterator[None]:
    """Rows are wiped only when no worker is at them, and a worker that an earlier test had started does not do the work of one that asked for none."""
    names = request.fixturenames
    if "transactional_db" not in names:
        yield
        return
    request.getfixturevalue("transactional_db")
    if "worker" not in names and Worker.running:
        Worker.running.kill()
    yield
    if Worker.running and Worker.running.is_alive():
        eventually(is_silent)


@pytest.fixture
def worker(transactional_db, settings, _provider, _worker_process) -> Iterator[Worker]:
    """A running Celery worker. The rows of the test are wiped only when it has nothing left to do."""
    for name, value in known_models(_provider).items():  # the web server in this process knows the same models
        setattr(settings, name, value)
    _worker_process.ensure()
    yield _worker_process


STORY = "Once upon a time there was a lighthouse. " * 12 + "The end."


@pytest.fixture
def inline_tasks() -> Iterator[None]:
    """Tasks that wake each other run here, one after the other: for tests of what they do, where the queue is not the subject."""
    celery_app.conf.task_always_eager = True
    yield
    celery_app.conf.task_always_eager = False


@pytest.fixture(scope="session")
def _provider() -> Iterator[Running]:
    with running_provider() as running:
        yield running


@pytest.fixture
def provider(_provider) -> Running:
    """The scripted provider behind the models `openai/<script>`; the worker knows those of `MODELS`, after the built-in one."""
    _provider.provider.state = State()
    _provider.provider.state.answers["slow"] = STORY
    return _provider


@pytest.fixture
def slow_model(provider) -> str:
    """A model that tells a long story, slowly."""
    return "openai/slow"


class Counted:
    """The application, knowing how many requests it is at: rows are wiped only when it is at none."""

    def __init__(self) -> None:
        self.application = application
        self.paths: list[str] = []  # of the requests it is at

    @property
    def open(self) -> int:
        return len(self.paths)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        path = f"{scope.get('method', '')} {scope.get('path', '')}"
        self.paths.append(path)
        try:
            await self.application(scope, receive, send)
        finally:
            self.paths.remove(path)


COUNTED = Counted()


@pytest.fixture(scope="session")
def _server() -> Iterator[str]:
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(COUNTED, lifespan="off", log_level="warning", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    eventually(lambda: server.started)
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join(5)


@pytest.fixture
def live(transactional_db, _server) -> str:
    """The address of a running web server that sees the rows of the test."""
    return _server
