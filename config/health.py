"""Whether this installation lives: `/healthz` for the process, `/readyz` for all it needs."""

from __future__ import annotations

import logging
import os
from typing import Any

from celery import shared_task
from celery.signals import heartbeat_sent, worker_ready
from django.core.cache import cache
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from redis.exceptions import RedisError

WORKERS = ("answers", "memory")
HEARTBEAT_SECONDS = 30
log = logging.getLogger(__name__)
_migrated = False


def _sign_of_life() -> str:
    """What a worker leaves: of which start of the stack it is. What an earlier start left must not count."""
    return f"start {os.environ.get('START_ID', '')}"


@worker_ready.connect
@heartbeat_sent.connect
def note_worker(sender: Any, **_: Any) -> None:
    """A worker says that it lives. Called by Celery every few seconds."""
    name = str(getattr(sender, "hostname", "") or getattr(getattr(sender, "eventer", None), "hostname", "")).split("@")[
        0
    ]
    try:
        cache.set(f"worker:{name}", _sign_of_life(), HEARTBEAT_SECONDS)
    except (RedisError, OSError):
        log.warning("the heartbeat of %s could not be written", name)


@shared_task(ignore_result=True)
def beat() -> None:
    """Beat lives, and a worker hears it."""
    cache.set("worker:beat", _sign_of_life(), HEARTBEAT_SECONDS)


def _database() -> str:
    connection.ensure_connection()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return ""


def _migrations() -> str:
    global _migrated  # noqa: PLW0603  (once all are applied, they stay so while this process lives)
    if not _migrated:
        executor = MigrationExecutor(connection)
        if plan := executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return f"{len(plan)} not applied"
        _migrated = True
    return ""


def _broker() -> str:
    cache.set("readyz", 1, 5)
    return ""


def _workers() -> str:
    missing = [name for name in WORKERS if cache.get(f"worker:{name}") != _sign_of_life()]
    return f"no heartbeat of {', '.join(missing)}" if missing else ""


def check() -> dict[str, str]:
    """What is wrong with each part: an empty text where nothing is. Never raises."""
    report = {}
    for name, part in (
        ("database", _database),
        ("migrations", _migrations),
        ("broker", _broker),
        ("workers", _workers),
    ):
        try:
            report[name] = part()
        except Exception as error:  # noqa: BLE001  (whatever it is, the answer is "not ready"; the cause goes to the log)
            log.warning("not ready: %s: %s", name, error)
            report[name] = "not reached"
    connection.close()
    return report


def has_database() -> bool:
    """Whether the database answers and is of this version. Never raises."""
    try:
        return not (_database() or _migrations())
    except Exception:  # noqa: BLE001  (whatever it is, there is none to work with)
        return False


def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return JsonResponse({"status": "ok"})


def readyz(request: HttpRequest) -> HttpResponse:
    """Everything that an answer needs is there; else 503 and what is not."""
    report = check()
    is_ready = not any(report.values())
    checks = {name: problem or "ok" for name, problem in report.items()}
    status = 200 if is_ready else 503
    answer = JsonResponse({"status": "ok" if is_ready else "not ready", "checks": checks}, status=status)
    answer._has_been_logged = True  # type: ignore[attr-defined]  # no error of ours: whoever asks wants to know
    return answer
