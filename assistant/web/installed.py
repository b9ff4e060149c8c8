"""What makes the pages an app on a phone or a desk: a manifest, a worker that keeps the files of the shell, and a page for when there is no network."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.translation import gettext as _
from django.views import View

FILES = Path(__file__).parent / "static" / "remembrancer"
NOT_KEPT = frozenset({"api-docs.css", "sw.js"})


def manifest(request: HttpRequest) -> HttpResponse:
    """The manifest of the app. Holds nothing of anybody."""
    mark = {"src": static("remembrancer/mark.svg"), "type": "image/svg+xml", "sizes": "any"}
    body = {
        "name": "Remembrancer",
        "short_name": "Remembrancer",
        "description": _("An assistant that remembers, and shows where it learned things."),
        "start_url": "/",
        "id": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#fbfaf8",
        "theme_color": "#0a5f6b",
        "icons": [mark, {**mark, "purpose": "maskable"}],
        "shortcuts": [
            {"name": _("New chat"), "url": "/"},
            {"name": _("Memory"), "url": "/memory/"},
            {"name": _("Temporary chat"), "url": "/?temporary=1"},
        ],
    }
    return JsonResponse(body, content_type="application/manifest+json")


def service_worker(request: HttpRequest) -> HttpResponse:
    """The worker, told which files make up the shell. It stands at the root, because it serves all pages."""
    files = [file for file in sorted(FILES.iterdir()) if file.name not in NOT_KEPT]
    shell = {static(f"remembrancer/{file.name}") for file in files}
    # Scripts import each other by their plain names, whatever names with a hash pages give them.
    shell |= {f"{settings.STATIC_URL}remembrancer/{file.name}" for file in files if file.suffix == ".js"}
    state = hashlib.sha256()
    for file in (*files, FILES / "sw.js"):
        state.update(file.read_bytes())
    code = (FILES / "sw.js").read_text()
    told = json.dumps({"version": state.hexdigest()[:12], "files": [*sorted(shell), "/offline/"]})
    return HttpResponse(
        f"const SHELL = {told};\n{code}",
        content_type="text/javascript",
        headers={"Cache-Control": "no-cache", "Service-Worker-Allowed": "/"},
    )


class Offline(View):
    """What is shown in place of any page that can't be had. The same for everybody; unsent messages are listed by the script."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page."""
        return render(request, "offline.html")
