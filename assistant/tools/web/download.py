"""Get one page of the web, within limits: public addresses alone, few redirects, so many bytes, so many seconds, text and nothing else."""

from __future__ import annotations

import asyncio
import ssl
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, urljoin, urlsplit

import httpcore

from assistant.tools.web.guard import AddressRefused, OutwardBackend, Resolve, resolve

BYTES = 2_000_000
REDIRECTS = 4
HEAD = [
    (b"User-Agent", b"Remembrancer/1 (personal assistant; on a person's request)"),
    (b"Accept", b"text/html, application/xhtml+xml, text/plain, text/markdown, application/json;q=0.8"),
    (b"Accept-Encoding", b"gzip, identity"),
    (b"Accept-Language", b"*"),
]
KINDS = ("text/html", "application/xhtml+xml", "text/plain", "text/markdown", "application/json", "text/csv")


class NoPage(Exception):
    """Nothing was fetched. The text says why, in words for whoever asked."""


@dataclass(frozen=True, slots=True)
class Page:
    """What came: the address it came from in the end, the kind of its content, and its bytes; `is_cut` when there were more."""

    address: str
    kind: str
    charset: str
    body: bytes
    is_cut: bool


async def download(address: str, *, seconds: float, allowed: Iterable[str] = (), lookup: Resolve = resolve) -> Page:
    """The page at `address`. Raises NoPage."""
    backend = OutwardBackend(allowed=allowed, lookup=lookup)
    try:
        async with (
            asyncio.timeout(seconds),
            httpcore.AsyncConnectionPool(
                ssl_context=ssl.create_default_context(), network_backend=backend, max_keepalive_connections=0
            ) as pool,
        ):
            for _ in range(REDIRECTS + 1):
                found = await _once(pool, _checked(address))
                if isinstance(found, Page):
                    return found
                address = found
    except TimeoutError as error:
        raise NoPage("The page took too long.") from error
    except AddressRefused as error:
        raise NoPage("This address is not on the open internet and can't be fetched from here.") from error
    except (httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError, OSError, ssl.SSLError) as error:
        raise NoPage("The site can't be reached.") from error
    raise NoPage("The site sends the reader from page to page without end.")


def _checked(address: str) -> SplitResult:
    try:
        parts = urlsplit(address.strip())
        port, host = parts.port, parts.hostname
    except ValueError as error:
        raise NoPage("This is no address of a web page.") from error
    if parts.scheme not in ("http", "https") or not host or port == 0:
        raise NoPage("Only addresses that begin with http:// or https:// can be fetched.")
    if parts.username or parts.password:
        raise NoPage("Addresses with a name and password in them are not fetched.")
    if not address.isascii():
        try:
            parts = parts._replace(netloc=host.encode("idna").decode() + (f":{port}" if port else ""))
        except UnicodeError as error:
            raise NoPage("This is no address of a web page.") from error
    return parts


async def _once(pool: httpcore.AsyncConnectionPool, parts: SplitResult) -> Page | str:
    """The page, or where it sends us."""
    target = _quoted(parts)
    async with pool.stream("GET", target, headers=[*HEAD, (b"Host", parts.netloc.encode())]) as response:
        head = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}
        if response.status in (301, 302, 303, 307, 308) and head.get("location"):
            return urljoin(target, head["location"])
        if response.status != 200:
            raise NoPage(f"The site answered with status {response.status}.")
        kind, _, rest = head.get("content-type", "text/html").partition(";")
        if kind.strip().lower() not in KINDS:
            raise NoPage(f"This is no page of text but {kind.strip()[:60]}.")
        body, is_cut = await _read(response, head.get("content-encoding", "identity").strip().lower())
        charset = rest.partition("charset=")[2].strip().strip("\"'").partition(";")[0]
        return Page(target, kind.strip().lower(), charset, body, is_cut)


def _quoted(parts: SplitResult) -> str:
    """The address as it goes over the wire: what is not ASCII in path and query, escaped."""
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = quote(parts.query, safe="/%:@!$&'()*+,;=~-._?")
    return f"{parts.scheme}://{parts.netloc}{path}{'?' + query if query else ''}"


async def _read(response: httpcore.Response, encoding: str) -> tuple[bytes, bool]:
    """The body, unpacked, up to the limit: a small file that unpacks without end stops there too."""
    if encoding not in ("identity", "", "gzip", "x-gzip"):
        raise NoPage("The page came packed in a way that is not read here.")
    unpack = zlib.decompressobj(wbits=31) if "gzip" in encoding else None
    body = bytearray()
    async for chunk in response.aiter_stream():
        try:
            body += unpack.decompress(chunk, BYTES + 1 - len(body)) if unpack else chunk
        except zlib.error as error:
            raise NoPage("The page could not be unpacked.") from error
        if len(body) > BYTES:
            return bytes(body[:BYTES]), True
    return bytes(body), False
