"""What a file is shows in its bytes; its name is only a name."""

from __future__ import annotations

import pytest

from assistant.files.kinds import clean_name, tell_kind
from tests.assistant.files.making import pdf, png

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    ("data", "kind", "media_type"),
    [
        (b"plain words\r\nin two lines", "text", "text/plain"),
        ("Grüße, ¿qué tal?".encode(), "text", "text/plain"),
        ("Grüße".encode("cp1252"), "text", "text/plain"),
        ("Grüße".encode("utf-16"), "text", "text/plain"),
        (b"<!doctype html><script>alert(1)</script>", "text", "text/plain"),
        (SVG, "text", "text/plain"),
        (png(), "image", "image/png"),
        (b"GIF89a\x05\x00\x04\x00\x00\x00\x00", "image", "image/gif"),
        (b"\xff\xd8\xff\xe0\x00\x04\x00\x00\xff\xc0\x00\x11\x08\x00\x10\x00\x20\x03", "image", "image/jpeg"),
        (
            b"RIFF\x00\x00\x00\x00WEBPVP8L\x00\x00\x00\x00\x2f\x03\x80\x00\x00\x00\x00\x00\x00\x00",
            "image",
            "image/webp",
        ),
        (pdf("Hello"), "pdf", "application/pdf"),
    ],
)
def test_what_is_taken(data, kind, media_type):
    found = tell_kind(data)
    assert found is not None
    assert (found.kind, found.media_type) == (kind, media_type)


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04\x14\x00\x00\x00",  # an archive, or a document that is one
        b"\x7fELF\x02\x01\x01\x00\x00",
        b"MZ\x90\x00\x03\x00",
        b"words \x00 and a NUL",
        b"\x89PNG\r\n\x1a\n" + b"not a head",
        png(1, 1)[:16] + b"\x00\x01\x00\x00\x00\x01\x00\x00" + png(1, 1)[24:],  # a few bytes that claim 65536 × 65536
        b"\xff\xd8\xff" + b"\xff" * 40,
        b"RIFF\x00\x00\x00\x00WAVEfmt ",
    ],
)
def test_what_is_not(data):
    assert tell_kind(data) is None


def test_the_size_of_a_picture_stands_in_its_head():
    found = tell_kind(png(7, 5))
    assert found
    assert (found.width, found.height) == (7, 5)


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("notes.txt", "notes.txt"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\notes.txt", "notes.txt"),
        ("photo\u202egnp.exe", "photo gnp.exe"),
        ("a\x00b\nc.txt", "a b c.txt"),
        ('<img src="x">.txt', "img src=x.txt"),
        ("", "file"),
        ("..", "file"),
        ("ö" * 300 + ".pdf", "ö" * 116 + ".pdf"),
    ],
)
def test_a_name_hides_nothing_and_leads_nowhere(name, clean):
    assert clean_name(name) == clean
