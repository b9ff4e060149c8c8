"""Python for a model to work things out with, in a process of its own that has no files, no network and few seconds. An optional extra."""

from __future__ import annotations

import importlib.util
from typing import Any

from django.utils.translation import gettext_lazy as _

from assistant.tools.base import Arguments, Asker, Permission, ReadingTool, Result, ToolFailed, schema

SECONDS = 5.0
MEMORY = 64 * 1024 * 1024
PRINTED = 8000


class Python(ReadingTool):
    name = "run_python"
    label = _("Python")
    description = (
        "Runs a short Python program and gives what it prints and the value of its last line. For work on numbers, text and lists that takes more than a sum. "
        "No files, no network, no packages beyond a part of the standard library (math, json, re, datetime and the like)."
    )
    parameters = schema(required=("code",), code={"type": "string", "minLength": 1, "maxLength": 8000})
    permission = Permission.CODE
    seconds = SECONDS + 5

    def is_offered(self, asker: Asker) -> bool:
        return importlib.util.find_spec("pydantic_monty") is not None

    async def call(self, asker: Asker, arguments: Arguments) -> Result:
        import pydantic_monty as monty  # noqa: PLC0415 - an optional extra

        printed: list[str] = []

        def note(_stream: str, text: str) -> None:
            if sum(map(len, printed)) < PRINTED:
                printed.append(text)

        limits: Any = {
            "max_feed_duration_secs": SECONDS,
            "max_memory": MEMORY,
            "max_recursion_depth": 200,
            "max_suspensions": 50,
            "max_total_sleep_secs": 0.5,
        }
        policy: Any = {"datetime": asker.at, "timezone": asker.zone.key, "sleep": "zero"}
        try:
            async with (
                monty.AsyncMonty(min_processes=1, max_processes=1, request_timeout=SECONDS + 2) as pool,
                pool.checkout(limits=limits, os_policy=policy) as session,
            ):
                value = await session.feed_run(arguments["code"], print_callback=note)
        except monty.MontyError as error:
            raise ToolFailed(f"{''.join(printed)}{str(error)[-1500:]}") from error
        shown = "" if value is None else repr(value)[:PRINTED]
        return Result("".join([*printed, shown]) or "It printed nothing and has no value.")
