"""The pages as an app: a manifest, a worker that keeps files and nothing of anybody."""

from __future__ import annotations

import json
import re


def test_the_manifest_names_the_app_and_leads_to_it(client, db):
    body = json.loads(client.get("/manifest.webmanifest").content)
    assert (body["name"], body["start_url"], body["display"]) == ("Remembrancer", "/", "standalone")
    assert body["icons"][0]["type"] == "image/svg+xml"


def test_the_worker_keeps_only_files_that_are_the_same_for_everybody(client, db, alice):
    client.force_login(alice, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get("/sw.js")
    assert answer["Cache-Control"] == "no-cache"
    files = json.loads(re.search(r"const SHELL = (\{.*?\});", answer.content.decode())[1])["files"]
    assert "/offline/" in files
    assert all(path.startswith("/static/remembrancer/") for path in files if path != "/offline/")
    assert any(path.endswith("/chat-thread.js") for path in files)
    offline = client.get("/offline/").content.decode()
    assert alice.email not in offline
    assert alice.name not in offline
