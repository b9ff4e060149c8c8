"""The product's Celery app for test workers; it also counts the tasks at work, so that a test can wait for silence before its rows are wiped."""

from __future__ import annotations

from celery.signals import task_postrun, task_prerun

from config.celery import app

BUSY = "tests:busy"


def _client():
    from assistant.runs.stream import client

    return client()


def _key() -> str:
    from django.conf import settings

    return f"{settings.KEY_PREFIX}{BUSY}"


@task_prerun.connect
def begin(**_):
    _client().incr(_key())


@task_postrun.connect
def end(**_):
    _client().decr(_key())


def busy() -> int:
    return int(_client().get(_key()) or 0)


def reset() -> None:
    _client().delete(_key())


__all__ = ["app"]
