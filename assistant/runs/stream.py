"""The numbered events of a run, and the user's own stream of notices, in Valkey. What is written here can be lost without harm: the truth is in Postgres."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast
from uuid import UUID

import redis
import redis.asyncio
from django.conf import settings

from assistant.exceptions import LostClaim, Unavailable

KEEP_SECONDS = 3600
KEEP_NOTICES = 500
BLOCK_MILLISECONDS = 2500  # below redis-py's own time limit of five seconds
READERS = 500
log = logging.getLogger(__name__)

# What redis-py gives back with decode_responses; its own types leave every form open.
Entries = list[tuple[str, dict[str, str]]]
Found = list[tuple[str, Entries]]


@dataclass(frozen=True, slots=True)
class Event:
    """One event of a stream. `seq` rises by one within a run."""

    seq: int
    name: str
    data: dict[str, Any]


def run_key(run_id: UUID) -> str:
    return f"{settings.KEY_PREFIX}run:{run_id}"


def notices_key(user_id: UUID) -> str:
    return f"{settings.KEY_PREFIX}user:{user_id}"


@lru_cache(maxsize=4)
def _client(url: str) -> redis.Redis:
    return redis.Redis.from_url(url, decode_responses=True, socket_timeout=5)


def client() -> redis.Redis:
    """The connection pool of this process for short calls."""
    return _client(settings.STREAMS_URL)


_readers: dict[tuple[int, str], redis.asyncio.Redis] = {}


def reader() -> redis.asyncio.Redis:
    """The pool of the running event loop. Each waiting viewer holds one connection."""
    key = (id(asyncio.get_running_loop()), settings.STREAMS_URL)
    if key not in _readers:
        _readers[key] = redis.asyncio.Redis.from_url(
            settings.STREAMS_URL, decode_responses=True, socket_timeout=10, max_connections=READERS
        )
    return _readers[key]


class RunStream:
    """What a worker appends to. Ids are `<seq>-0`, without gap, so that a worker whose run was taken over can't append any more."""

    def __init__(self, run_id: UUID) -> None:
        self.key = run_key(run_id)
        self.seq = 0

    def resume(self) -> int:
        """Go on after what is there. Returns the last number, 0 for a new stream. Raises Unavailable."""
        try:
            last = cast("Entries", client().xrevrange(self.key, count=1))
        except redis.RedisError as error:
            raise Unavailable("streams") from error
        self.seq = int(last[0][0].split("-")[0]) if last else 0
        return self.seq

    def append(self, name: str, data: dict[str, Any]) -> None:
        """Add one event. Raises LostClaim when somebody else has gone on with this run; without Valkey it is only logged."""
        self.seq += 1
        try:
            with client().pipeline(transaction=False) as pipe:
                pipe.xadd(self.key, {"e": name, "d": json.dumps(data, ensure_ascii=False)}, id=f"{self.seq}-0")
                pipe.expire(self.key, KEEP_SECONDS)
                pipe.execute()
        except redis.ResponseError as error:
            if "equal or smaller" in str(error):
                raise LostClaim(self.key) from error
            log.warning("event %s of %s was not written: %s", name, self.key, error)
        except redis.RedisError as error:  # viewers wait for the stored answer; nothing is lost
            log.warning("event %s of %s was not written: %s", name, self.key, error)


def cancel_flag(run_id: UUID) -> str:
    return f"{run_key(run_id)}:cancel"


def tell_to_stop(run_id: UUID) -> None:
    """Wake the worker of a run whose row says that it is to stop."""
    try:
        client().set(cancel_flag(run_id), 1, ex=KEEP_SECONDS)
    except redis.RedisError as error:
        log.warning("run %s will see its row instead: %s", run_id, error)


def is_told_to_stop(run_id: UUID) -> bool:
    """Whether somebody asked this run to stop, as far as Valkey knows."""
    try:
        return bool(client().exists(cancel_flag(run_id)))
    except redis.RedisError:
        return False


def drop_streams(run_ids: list[UUID]) -> None:
    """Forget the events of these runs; viewers get the stored answers."""
    if run_ids:
        try:
            client().delete(*[run_key(run_id) for run_id in run_ids])
        except redis.RedisError as error:
            raise Unavailable("streams") from error


def notify(user_id: UUID, name: str, data: dict[str, Any]) -> None:
    """Put one notice on the user's own stream: ids and short texts only."""
    try:
        client().xadd(
            notices_key(user_id),
            {"e": name, "d": json.dumps(data, ensure_ascii=False)},
            maxlen=KEEP_NOTICES,
            approximate=True,
        )
    except redis.RedisError as error:
        log.warning("notice %s for %s was not written: %s", name, user_id, error)


def _event(entry_id: str, fields: dict[str, str], *, is_run: bool) -> Event:
    head, _, tail = entry_id.partition("-")
    return Event(int(head) if is_run else int(head) * 1000 + int(tail), fields["e"], json.loads(fields["d"]))


async def read_run(run_id: UUID, after: int) -> AsyncIterator[Event | None]:
    """Events after number `after`, as they come; None each few seconds when nothing does. Never ends by itself. Raises redis.RedisError."""
    last = f"{after}-0"
    while True:
        found = cast("Found", await reader().xread({run_key(run_id): last}, count=200, block=BLOCK_MILLISECONDS))
        if not found:
            yield None
        for _, entries in found:
            for entry_id, fields in entries:
                last = entry_id
                yield _event(entry_id, fields, is_run=True)


async def first_seq(run_id: UUID) -> int:
    """The number of the oldest event that is kept; 0 when there is none."""
    first = cast("Entries", await reader().xrange(run_key(run_id), count=1))
    return int(first[0][0].split("-")[0]) if first else 0


async def read_notices(user_id: UUID, after: str) -> AsyncIterator[tuple[str, Event] | None]:
    """Notices after the entry id `after` (`$`: from now on), each with its own id; None each few seconds when nothing comes."""
    last = after
    if last == "$":
        newest = cast("Entries", await reader().xrevrange(notices_key(user_id), count=1))
        last = newest[0][0] if newest else "0-0"
    while True:
        found = cast("Found", await reader().xread({notices_key(user_id): last}, count=100, block=BLOCK_MILLISECONDS))
        if not found:
            yield None
        for _, entries in found:
            for entry_id, fields in entries:
                last = entry_id
                yield entry_id, _event(entry_id, fields, is_run=False)
