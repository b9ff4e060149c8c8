"""What each kind of page may load."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from tests.people import PASSWORD

STATIC = Path(__file__).parents[2] / "assistant" / "web" / "static" / "remembrancer"


def policy(response) -> dict[str, str]:
    parts = (part.strip().partition(" ") for part in response["Content-Security-Policy"].split(";") if part.strip())
    return {name: sources for name, _, sources in parts}


@pytest.mark.parametrize("path", ["/accounts/login/", "/api/docs/", "/accounts/password/reset/", "/none-such/"])
def test_our_pages_run_only_our_own_files(client, alice, path):
    found = policy(client.get(path))
    assert found["script-src"] == "'self'"
    assert found["style-src"] == "'self'"
    assert found["default-src"] == "'none'"
    assert found["frame-ancestors"] == "'none'"


def test_pages_behind_the_sign_in_have_the_same_policy(client, alice):
    client.login(username=alice.email, password=PASSWORD)
    for path in ("/", "/memory/", "/profile/", "/settings/models/"):
        assert policy(client.get(path))["script-src"] == "'self'", path


def test_the_administration_alone_may_do_more(client, olga):
    client.login(username=olga.email, password=PASSWORD)
    found = policy(client.get("/admin/"))
    assert found["script-src"] == "'self' 'unsafe-eval'"
    assert found["style-src"] == "'self' 'unsafe-inline'"


@pytest.mark.parametrize("path", ["/", "/memory/", "/profile/"])
def test_no_page_of_ours_holds_an_inline_script_or_style(client, alice, path):
    client.login(username=alice.email, password=PASSWORD)
    html = client.get(path).content.decode()
    assert "<style" not in html
    assert ' style="' not in html
    assert "onclick" not in html
    assert html.count("<script") == html.count('<script type="module" src=')


def test_all_our_script_and_style_together_is_light():
    files = [path for path in STATIC.iterdir() if path.suffix in (".js", ".css", ".svg")]
    assert len(files) > 20
    assert sum(len(gzip.compress(path.read_bytes())) for path in files) < 150_000  # no page loads more than all of it
