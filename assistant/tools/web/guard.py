"""Connections that lead out, never in: a name is looked up once, every address it has must be public, and exactly that address is connected to.

Checking a name first and connecting by name afterwards would leave a gap in which the answer can change (DNS rebinding). Here the check sits where the
connection is opened, so it holds for redirects too, and TLS still verifies the name.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import Any

import httpcore

Resolve = Callable[[str, int], Awaitable[Sequence[str]]]
PORTS = frozenset({80, 443, 8080, 8443})


class AddressRefused(Exception):
    """An address that is not to be reached from here."""


async def resolve(host: str, port: int) -> list[str]:
    """Every address of `host`. Raises OSError when it has none."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the open internet; also what hides in an IPv6 address counts."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        inside = found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None) or _nat64(found)
        if inside is not None and not is_public(str(inside)):
            return False
        if found in ipaddress.ip_network("::/96"):  # IPv4 in its oldest dress
            return False
    return found.is_global and not (
        found.is_multicast
        or found.is_private
        or found.is_reserved
        or found.is_loopback
        or found.is_link_local
        or found.is_unspecified
    )


def _nat64(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    if address in ipaddress.ip_network("64:ff9b::/96"):
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return None


class OutwardBackend(httpcore.AsyncNetworkBackend):
    """Opens connections to public addresses alone. `allowed` are "host:port" that the operator lets be reached all the same."""

    def __init__(self, *, allowed: Iterable[str] = (), lookup: Resolve = resolve) -> None:
        self._inner = httpcore.AnyIOBackend()
        self._allowed, self._lookup = frozenset(allowed), lookup

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's own interface
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """As httpcore asks for it. Raises AddressRefused."""
        if f"{host}:{port}" in self._allowed:
            return await self._inner.connect_tcp(host, port, timeout, local_address, socket_options)
        if port not in PORTS:
            raise AddressRefused(f"port {port}")
        try:
            addresses = await self._lookup(host, port)
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError("no such host") from error
        if not addresses or not all(map(is_public, addresses)):
            raise AddressRefused(host)
        return await self._inner.connect_tcp(addresses[0], port, timeout, local_address, socket_options)

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ASYNC109
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Never."""
        raise AddressRefused("socket")

    async def sleep(self, seconds: float) -> None:
        await self._inner.sleep(seconds)
