"""Search of the web through a SearXNG of the operator's choice."""

from __future__ import annotations

from typing import Any

import httpx
from django.utils.translation import gettext_lazy as _

from assistant.conf import searxng_address
from assistant.tools.base import Arguments, Asker, Origin, Permission, Preview, ReadingTool, Result, ToolFailed, schema

MOST = 6
BYTES = 1_000_000


class SearchWeb(ReadingTool):
    name = "search_web"
    label = _("Web search")
    description = (
        "Searches the web and gives titles, addresses and short extracts. Use it for what is current or not known, not for the person's own affairs. "
        "The words leave this server: put nothing personal in them."
    )
    parameters = schema(
        required=("query",),
        query={
            "type": "string",
            "minLength": 2,
            "maxLength": 200,
            "description": "A few words, as for a search engine.",
        },
    )
    permission = Permission.NETWORK
    seconds = 15

    def is_offered(self, asker: Asker) -> bool:
        return bool(searxng_address())

    def preview(self, asker: Asker, arguments: Arguments) -> Preview:
        return Preview(str(_("May I search the web for: “%(words)s”?") % {"words": arguments["query"]}))

    async def call(self, asker: Asker, arguments: Arguments) -> Result:
        wanted = {"q": arguments["query"], "format": "json", "language": asker.language}
        try:
            async with (
                httpx.AsyncClient(timeout=12, follow_redirects=False, trust_env=False) as client,
                client.stream("GET", f"{searxng_address().rstrip('/')}/search", params=wanted) as response,
            ):
                response.raise_for_status()
                body = b""
                async for chunk in response.aiter_bytes():
                    body += chunk
                    if len(body) > BYTES:
                        raise ToolFailed("The search engine's answer was too large.")
            found = httpx.Response(200, content=body).json()["results"]
        except (httpx.HTTPError, ValueError, KeyError, TypeError) as error:
            raise ToolFailed("The search engine can't be reached, or does not answer in JSON.") from error
        lines = [_line(number, item) for number, item in enumerate(found[:MOST], start=1) if isinstance(item, dict)]
        return Result("\n".join(lines) or "Nothing was found.", Origin.WEB)


def _line(number: int, item: dict[str, Any]) -> str:
    title, extract = (" ".join(str(item.get(key) or "").split()) for key in ("title", "content"))
    return f"{number}. {title[:150]}\n   {str(item.get('url') or '')[:300]}\n   {extract[:400]}"
