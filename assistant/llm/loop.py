"""The event loop of a worker process. The clients that call providers live in it with their open connections: a loop for each call would make both
anew each time, which takes longer than all else of ours before the first word."""

from __future__ import annotations

import asyncio
import contextvars
import os
import threading
from collections.abc import Coroutine
from typing import Any, TypeVar

from asgiref.sync import ThreadSensitiveContext

T = TypeVar("T")
_lock = threading.Lock()
_running: tuple[int, asyncio.AbstractEventLoop] | None = None  # process, loop: a thread does not outlive a fork


def run_in_loop(work: Coroutine[Any, Any, T]) -> T:
    """The result of `work`, from synchronous code; whatever it raises is raised here.

    Its calls of synchronous code get a thread of their own, so that the work of others in the loop need not wait for their queries. What ends the wait
    (a time limit, a worker that stops) cancels the work.
    """
    # In an empty context: that of a request would have our queries wait for its thread, which waits for us.
    future = contextvars.Context().run(asyncio.run_coroutine_threadsafe, _in_threads_of_its_own(work), _loop())
    try:
        return future.result()
    except BaseException:
        future.cancel()
        raise


async def _in_threads_of_its_own(work: Coroutine[Any, Any, T]) -> T:
    async with ThreadSensitiveContext():
        return await work


def _loop() -> asyncio.AbstractEventLoop:
    global _running  # noqa: PLW0603 - one a process
    with _lock:
        if _running is None or _running[0] != os.getpid():
            loop = asyncio.new_event_loop()
            threading.Thread(target=loop.run_forever, name="calls of models", daemon=True).start()
            _running = (os.getpid(), loop)
        return _running[1]
