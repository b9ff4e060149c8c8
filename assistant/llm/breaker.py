"""A model that keeps failing is left alone for a while, so that no person waits for it: after three failures in a row, longer each time.

Kept in the cache and shared by all processes. Without the cache every model counts as well.
"""

from __future__ import annotations

import hashlib
import logging
import time

import redis
from django.core.cache import cache

from assistant.llm.errors import ErrorCode, ProviderError
from assistant.llm.types import Model

log = logging.getLogger(__name__)
State = tuple[int, float, str]  # failures in a row, left alone until (seconds since 1970), code of the last
FAILURES = 3  # in a row
FIRST_REST, LONGEST_REST = 20.0, 300.0  # seconds
_MEMORY = 900  # seconds after which what happened no longer counts
_COUNTED = frozenset(
    {
        ErrorCode.UNREACHABLE,
        ErrorCode.SERVER_ERROR,
        ErrorCode.TIMEOUT_FIRST_TOKEN,
        ErrorCode.RATE_LIMITED,
        ErrorCode.REFUSED_KEY,
        ErrorCode.BUDGET,
    }
)


def _key(model: Model) -> str:
    named = f"{model.name} {model.api_base} {hashlib.sha256(model.api_key.encode()).hexdigest()[:12]}"
    return f"breaker:{hashlib.sha256(named.encode()).hexdigest()[:32]}"


def resting(model: Model) -> ProviderError | None:
    """The failure because of which this model is left alone now; None when it may be asked.

    When its rest is over one caller is let through to try it, and the others wait for what comes of that.
    """
    if model.is_builtin:
        return None
    state = _read(model)
    if state is None or state[0] < FAILURES:
        return None
    _, until, code = state
    if time.time() >= until and _may_probe(model):
        return None
    left = max(1.0, until - time.time())
    return ProviderError(
        ErrorCode(code), detail="left alone after several failures", retry_after=left, model=model.name
    )


def failing_code(model: Model) -> str:
    """The code of the failures because of which this model is left alone; empty when it is not. Only looks: lets nobody through."""
    state = None if model.is_builtin else _read(model)
    return state[2] if state is not None and state[0] >= FAILURES else ""


def failed(model: Model, error: ProviderError) -> None:
    """Count a failure that says something about the model or its provider, not about one request."""
    if model.is_builtin or error.code not in _COUNTED:
        return
    failures = (_read(model) or (0, 0.0, ""))[0] + 1
    rest = min(LONGEST_REST, FIRST_REST * 2 ** max(0, failures - FAILURES))
    rest = max(rest, min(LONGEST_REST, error.retry_after or 0.0))
    _write(model, (failures, time.time() + rest, error.code))


def answered(model: Model) -> None:
    """It works: what was before is forgotten."""
    if not model.is_builtin and _read(model) is not None:
        try:
            cache.delete_many([_key(model), f"{_key(model)}:probe"])
        except (redis.RedisError, OSError) as error:
            log.warning("the cache can't be reached: %s", error)


def _read(model: Model) -> State | None:
    try:
        state: State | None = cache.get(_key(model))
    except (redis.RedisError, OSError) as error:
        log.warning("the cache can't be reached: %s", error)
        return None
    return state


def _write(model: Model, state: State) -> None:
    try:
        cache.set(_key(model), state, _MEMORY)
        cache.delete(f"{_key(model)}:probe")
    except (redis.RedisError, OSError) as error:
        log.warning("the cache can't be reached: %s", error)


def _may_probe(model: Model) -> bool:
    try:
        return bool(cache.add(f"{_key(model)}:probe", 1, 60))
    except (redis.RedisError, OSError) as error:
        log.warning("the cache can't be reached: %s", error)
        return True
