"""The web is reached outwards alone, within limits, and what comes is text."""

from __future__ import annotations

import asyncio
import gzip
from concurrent.futures import ThreadPoolExecutor

import pytest

from assistant.tools.web.download import BYTES, NoPage, download
from assistant.tools.web.guard import is_public
from assistant.tools.web.reading import text_of


@pytest.mark.parametrize(
    ("address", "is_open"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1:248:1893:25c8:1946", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.9", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("::", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:10.0.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
        ("::7f00:1", False),
        ("nonsense", False),
    ],
)
def test_which_addresses_are_on_the_open_internet(address, is_open):
    assert is_public(address) is is_open


def fetch(address, *, allowed=(), answers=None):
    """`answers`: what the name server says, one answer after the other."""
    left = list(answers or [])

    async def lookup(host, port):
        return left.pop(0)

    more = {"lookup": lookup} if answers else {}
    with ThreadPoolExecutor(1) as pool:  # a browser test before this one may have left a loop running in its own thread
        return pool.submit(lambda: asyncio.run(download(address, seconds=10, allowed=allowed, **more))).result()


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:8080/",
        "http://localhost/",
        "http://[::1]/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://93.184.216.34:22/",
        "http://name:secret@93.184.216.34/",
        "file:///etc/passwd",
        "gopher://93.184.216.34/",
        "http:///nowhere",
        "http://93.184.216.34:99999/",
    ],
)
def test_what_is_not_on_the_open_internet_is_refused(address):
    with pytest.raises(NoPage):
        fetch(address)


def test_a_name_that_leads_inside_is_refused_also_when_only_one_of_its_addresses_does(provider):
    for answer in (["127.0.0.1"], ["93.184.216.34", "10.0.0.1"], []):
        with pytest.raises(NoPage):
            fetch("http://rebind.example/", answers=[answer])
    assert not provider.requests


def test_a_page_that_sends_the_reader_inside_is_not_followed(provider):
    here = provider.root.removeprefix("http://")
    port = here.rpartition(":")[2]
    provider.provider.state.pages["/away"] = (302, {"location": f"http://localhost:{port}/secret"}, b"")
    provider.provider.state.pages["/secret"] = (200, {"content-type": "text/plain"}, b"inside")
    with pytest.raises(NoPage, match="open internet"):
        fetch(f"{provider.root}/away", allowed=[here])
    provider.provider.state.pages["/round"] = (302, {"location": "/round"}, b"")
    with pytest.raises(NoPage, match="without end"):
        fetch(f"{provider.root}/round", allowed=[here])
    assert [request["path"] for request in provider.requests].count("/secret") == 0


def test_size_and_kind_are_bounded(provider):
    here, pages = provider.root.removeprefix("http://"), provider.provider.state.pages
    pages["/bomb"] = (200, {"content-type": "text/html", "content-encoding": "gzip"}, gzip.compress(b"a" * 40_000_000))
    page = fetch(f"{provider.root}/bomb", allowed=[here])
    assert (len(page.body), page.is_cut) == (BYTES, True)
    pages["/picture"] = (200, {"content-type": "image/png"}, b"\x89PNG")
    with pytest.raises(NoPage, match="no page of text"):
        fetch(f"{provider.root}/picture", allowed=[here])
    pages["/gone"] = (404, {"content-type": "text/html"}, b"")
    with pytest.raises(NoPage, match="404"):
        fetch(f"{provider.root}/gone", allowed=[here])


def test_a_page_is_read_as_a_person_would(provider):
    body = """<html><head><title>Tides &amp; times</title><script>alert(1)</script></head><body><nav><a href=/>Home</a></nav>
        <article><h1>Tides</h1><p>High water in Bergen is at noon. %s</p></article><footer>Imprint</footer></body></html>"""
    here = provider.root.removeprefix("http://")
    head = {"content-type": "text/html; charset=iso-8859-1"}
    markup = (body % ("Fjærholmen " * 40)).encode("latin-1")
    provider.provider.state.pages["/tides"] = (200, head, markup)
    title, text = text_of(fetch(f"{provider.root}/tides", allowed=[here]))
    assert title == "Tides & times"
    assert "High water in Bergen is at noon." in text
    assert "Fjærholmen" in text
    assert "alert" not in text
    assert "Imprint" not in text


def test_the_web_is_searched_only_where_the_operator_says_where(table, settings):
    table.model("plain")
    table.ask("Hello")
    names = [tool["function"]["name"] for tool in table.prompts()[-1]["tools"]]
    assert "search_web" not in names
    settings.SEARXNG_URL = table.provider.root
    table.ask("Hello")
    assert "search_web" in [tool["function"]["name"] for tool in table.prompts()[-1]["tools"]]
    settings.TOOLS_OFF = ["search_web", "fetch_page"]
    table.ask("Hello")
    names = [tool["function"]["name"] for tool in table.prompts()[-1]["tools"]]
    assert not {"search_web", "fetch_page"} & set(names)
    assert "calculate" in names
