"""What a file is, by what stands in it: its name says nothing that is believed. Pure."""

from __future__ import annotations

import re
import struct
import unicodedata
from dataclasses import dataclass

LONGEST_NAME = 120
MOST_PIXELS = (
    50_000_000  # a few kilobytes can say that they are a picture of any size; what shows it would have to make room
)
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
_CONTROLS = re.compile(
    r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]"
)  # of the rest, tabs, page feeds and terminal colours are text
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Found:
    """What the bytes are. `text` is that of a text file; width and height are a picture's, in pixels."""

    kind: str  # text, pdf, image
    media_type: str
    text: str = ""
    width: int | None = None
    height: int | None = None


def tell_kind(data: bytes) -> Found | None:
    """The kind of a file; None for one that is not taken: neither text nor PDF nor a picture in a form that browsers show."""
    if size := _picture(data):
        media_type, width, height = size
        if width > 0 and height > 0 and width * height <= MOST_PIXELS:
            return Found("image", media_type, width=width, height=height)
        return None
    if data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"%PDF-"):
        return Found("pdf", "application/pdf")
    text = decode(data)
    return None if text is None else Found("text", "text/plain", text=text)


def decode(data: bytes) -> str | None:
    """The text that the bytes are, its line ends made one kind; None where they are none."""
    try:
        text = data.decode("utf-16" if data[:2] in _UTF16 else "utf-8-sig")
    except UnicodeDecodeError:
        if b"\x00" in data:
            return None
        text = data.decode("cp1252", "replace")
    if _CONTROLS.search(text) or any("\ud800" <= character <= "\udfff" for character in text):
        return None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def clean_name(name: str) -> str:
    """A name that can be shown and saved anywhere: no path, nothing unseen, nothing that turns the order of letters round, at most 120 characters."""
    last = re.split(r"[/\\]", name)[-1]
    seen = "".join(" " if unicodedata.category(one) in _UNSEEN else one for one in unicodedata.normalize("NFC", last))
    words = " ".join(re.sub(r"[<>:\"|?*]", "", seen).split()).lstrip(".")
    if len(words) <= LONGEST_NAME:
        return words or "file"
    stem, dot, ending = words.rpartition(".")
    ending = f"{dot}{ending}" if stem and len(ending) <= 10 else ""
    return words[: LONGEST_NAME - len(ending)].rstrip() + ending


def _picture(data: bytes) -> tuple[str, int, int] | None:
    """(media type, width, height); both 0 for a picture whose head can't be read."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        is_whole = data[12:16] == b"IHDR" and len(data) >= 24
        return ("image/png", *(struct.unpack(">II", data[16:24]) if is_whole else (0, 0)))
    if data.startswith((b"GIF87a", b"GIF89a")):
        return ("image/gif", *(struct.unpack("<HH", data[6:10]) if len(data) >= 10 else (0, 0)))
    if data.startswith(b"\xff\xd8\xff"):
        return ("image/jpeg", *_jpeg_size(data))
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return ("image/webp", *_webp_size(data))
    return None


def _jpeg_size(data: bytes) -> tuple[int, int]:
    """From the first frame header."""
    at = 2
    while at + 9 <= len(data):
        if data[at] != 0xFF:
            return 0, 0
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
        elif marker in (0x01, *range(0xD0, 0xD8)):
            at += 2
        elif 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        else:
            at += 2 + max(2, int.from_bytes(data[at + 2 : at + 4]))
    return 0, 0


def _webp_size(data: bytes) -> tuple[int, int]:
    """From the head of the first chunk, of which there are three kinds."""
    head, body = data[12:16], data[20:30]
    if len(body) < 10:
        return 0, 0
    if head == b"VP8X":
        return int.from_bytes(body[4:7], "little") + 1, int.from_bytes(body[7:10], "little") + 1
    if head == b"VP8 " and body[3:6] == b"\x9d\x01\x2a":
        width, height = struct.unpack("<HH", body[6:10])
        return width & 0x3FFF, height & 0x3FFF
    if head == b"VP8L" and body[0] == 0x2F:
        bits = int.from_bytes(body[1:5], "little")
        return (bits & 0x3FFF) + 1, ((bits >> 14) & 0x3FFF) + 1
    return 0, 0
