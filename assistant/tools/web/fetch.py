"""A page of the web, as text."""

from __future__ import annotations

import asyncio

from django.utils.translation import gettext_lazy as _

from assistant.conf import fetch_allowed
from assistant.tools.base import Arguments, Asker, Origin, Permission, Preview, ReadingTool, Result, ToolFailed, schema
from assistant.tools.web.download import NoPage, download
from assistant.tools.web.reading import text_of

SECONDS = 15.0


class FetchPage(ReadingTool):
    name = "fetch_page"
    label = _("Web page")
    description = "Fetches one page of the web and gives its text. Use it for an address that the person gave or that a search found."
    parameters = schema(
        required=("address",),
        address={
            "type": "string",
            "minLength": 8,
            "maxLength": 1000,
            "description": "The whole address, with https://.",
        },
    )
    permission = Permission.NETWORK
    seconds = SECONDS + 5

    def preview(self, asker: Asker, arguments: Arguments) -> Preview:
        return Preview(str(_("May I open this page? %(address)s") % {"address": arguments["address"]}))

    async def call(self, asker: Asker, arguments: Arguments) -> Result:
        try:
            page = await download(arguments["address"], seconds=SECONDS, allowed=fetch_allowed())
        except NoPage as problem:
            raise ToolFailed(str(problem)) from problem
        title, text = await asyncio.to_thread(text_of, page)
        if not text.strip():
            raise ToolFailed("The page holds no text that can be read without a browser.")
        head = [page.address, *([title] if title else []), ""]
        return Result("\n".join([*head, text.strip(), *(["(the page goes on)"] if page.is_cut else [])]), Origin.WEB)
