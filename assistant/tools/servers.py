"""Tools of servers that the operator connected, by the Model Context Protocol (the `mcp` package, an optional extra).

A connection lives for one call: nothing is kept open between answers, and a server that hangs costs one call. What a server offers stands in its row, and
is asked for anew once in a while by whoever is about to answer.
"""

from __future__ import annotations

import asyncio
import importlib.util
import json
import logging
import re
import shlex
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

from asgiref.sync import sync_to_async
from django.utils import timezone

from assistant.conf import may_start_tool_servers
from assistant.llm.keys import UnreadableKey, decrypt
from assistant.models import ToolServer
from assistant.tools.base import Arguments, Asker, Origin, Permission, Preview, ReadingTool, Result, ToolFailed

log = logging.getLogger(__name__)
LIST_SECONDS = 6.0
KEPT_SECONDS = 300.0
MISSED_SECONDS = 60.0
MOST_TOOLS, MOST_DESCRIPTION, MOST_SCHEMA = 24, 600, 6000


class ServerUnreachable(Exception):
    """The server does not answer, or not as it should. The text is for the operator."""


class ForeignFailure(ToolFailed):
    """A failure told in the words of a server: as foreign as a result of it would be."""

    origin = Origin.SERVER


class ServerTool(ReadingTool):
    """A tool of a server. It counts as reaching the network unless the operator said otherwise: what it does there can't be seen from here."""

    def __init__(self, server: ToolServer, offer: Mapping[str, Any]) -> None:
        self.server, self.their_name = server, str(offer["name"])
        self.name = re.sub(r"[^A-Za-z0-9_-]", "_", f"{server.name}_{self.their_name}")[:64]
        self.label = f"{server.name}: {offer['title'] or self.their_name}"[:80]
        self.description = str(offer["description"])
        self.parameters = offer["schema"]
        self.permission = Permission(server.permission)
        self.seconds = float(server.seconds)

    def preview(self, asker: Asker, arguments: Arguments) -> Preview:
        return Preview(f"{self.label}\n{json.dumps(dict(arguments), ensure_ascii=False, indent=1)}")

    async def call(self, asker: Asker, arguments: Arguments) -> Result:
        try:
            async with connected(self.server) as client:
                found = await client.call_tool(self.their_name, dict(arguments), read_timeout_seconds=self.seconds)
        except ServerUnreachable as problem:
            raise ToolFailed(f"The server {self.server.name} can't be reached.") from problem
        text = "\n".join(_text(part) for part in found.content).strip()
        if not text and found.structured_content is not None:
            text = json.dumps(found.structured_content, ensure_ascii=False)
        if found.is_error:
            raise ForeignFailure(text[:2000] or "It failed without a word.")
        return Result(text or "Done, without a word.", Origin.SERVER)


def _text(part: Any) -> str:
    kind = getattr(part, "type", "")
    if kind == "text":
        return str(part.text)
    if kind == "resource" and getattr(part.resource, "text", None):
        return str(part.resource.text)
    return f"({kind or 'something'} that can't be shown as text)"


def can_connect() -> bool:
    """Whether the package that speaks the protocol is installed."""
    return importlib.util.find_spec("mcp") is not None


@asynccontextmanager
async def connected(server: ToolServer) -> AsyncIterator[Any]:
    """A client of the server. Raises ServerUnreachable, also for what goes wrong inside the block."""
    import httpx2  # noqa: PLC0415 - comes with the optional extra
    from mcp import Client, StdioServerParameters, stdio_client  # noqa: PLC0415
    from mcp.client.streamable_http import streamable_http_client  # noqa: PLC0415

    try:
        key = decrypt(bytes(server.key_cipher))
    except UnreadableKey as error:
        raise ServerUnreachable("its key has to be entered again") from error
    try:
        if server.transport == ToolServer.Transport.COMMAND:
            if not may_start_tool_servers():
                raise ServerUnreachable("commands are not allowed here (MCP_COMMANDS)")
            command, *arguments = shlex.split(server.command)
            environment = {"MCP_KEY": key} if key else None
            parameters = StdioServerParameters(command=command, args=arguments, env=environment)
            async with Client(stdio_client(parameters), read_timeout_seconds=float(server.seconds)) as client:
                yield client
            return
        head = {"Authorization": f"Bearer {key}"} if key else {}
        async with (
            httpx2.AsyncClient(headers=head, timeout=float(server.seconds)) as http,
            Client(
                streamable_http_client(server.address, http_client=http), read_timeout_seconds=float(server.seconds)
            ) as client,
        ):
            yield client
    except (ToolFailed, ServerUnreachable, asyncio.CancelledError, TimeoutError):
        raise
    except Exception as error:  # the package lets through whatever its transports raise, often in groups
        log.info("tool server %s: %s", server.name, type(error).__name__)
        raise ServerUnreachable(type(error).__name__) from error


async def ask_for_tools(server: ToolServer) -> None:
    """Ask the server what it offers, and note it in its row, as well as that it could not be asked."""
    offers, problem = [], ""
    try:
        async with asyncio.timeout(LIST_SECONDS), connected(server) as client:
            listed = (await client.list_tools()).tools[:MOST_TOOLS]
            offers = [_offer(one) for one in listed if len(json.dumps(one.input_schema or {})) <= MOST_SCHEMA]
    except (TimeoutError, ServerUnreachable) as error:
        problem = str(error) or "no answer in time"
        log.warning("tool server %s offers nothing: %s", server.name, problem)
    server.offers, server.problem, server.listed_at = offers, problem[:120], timezone.now()
    fields = {"offers": server.offers, "problem": server.problem, "listed_at": server.listed_at}
    await sync_to_async(ToolServer.objects.filter(pk=server.pk).update)(**fields)


def _offer(one: Any) -> dict[str, Any]:
    described = " ".join(str(one.description or one.name).split())[:MOST_DESCRIPTION]
    shape = dict(one.input_schema or {"type": "object", "properties": {}})
    return {"name": str(one.name), "title": str(one.title or "")[:80], "description": described, "schema": shape}


def known_tools() -> list[ServerTool]:
    """The tools of all servers in use, as they were when last asked. Reaches nothing but the database."""
    if not can_connect():
        return []
    servers = ToolServer.objects.filter(is_enabled=True, problem="").order_by("name")
    return [ServerTool(server, offer) for server in servers for offer in server.offers]


async def refresh_servers() -> None:
    """Ask those servers again that were changed since, or not asked for a while."""
    if not can_connect():
        return
    servers = await sync_to_async(lambda: list(ToolServer.objects.filter(is_enabled=True)))()
    await asyncio.gather(*(ask_for_tools(server) for server in servers if _is_due(server, timezone.now())))


def _is_due(server: ToolServer, now: datetime) -> bool:
    if server.listed_at is None or server.changed_at > server.listed_at:
        return True
    return (now - server.listed_at).total_seconds() > (MISSED_SECONDS if server.problem else KEPT_SECONDS)
