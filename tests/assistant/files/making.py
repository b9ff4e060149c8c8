"""Small files of every kind, and some that mean no good."""

from __future__ import annotations

import struct
import zlib


def png(width: int = 4, height: int = 3) -> bytes:
    """A whole picture in one colour."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    rows = b"".join(b"\x00" + b"\x2e\x8c\x98" * width for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def exif(*, turn: int = 1) -> bytes:
    """What a phone writes beside a picture: its maker, how it was held, and where it was: 60 degrees 23 minutes north."""
    places = struct.pack("<HHHI4sHHIII", 2, 1, 2, 2, b"N\0\0\0", 2, 5, 3, 122, 0) + struct.pack(
        "<6I", 60, 1, 23, 1, 0, 1
    )
    entries = struct.pack("<HHII", 0x010F, 2, 11, 50) + struct.pack("<HHIHH", 0x0112, 3, 1, turn, 0)
    entries += struct.pack("<HHII", 0x8825, 4, 1, 62)
    return b"II*\0" + struct.pack("<IH", 8, 3) + entries + struct.pack("<I", 0) + b"PhoneMaker\0\0" + places


def jpeg(*, turn: int = 1, width: int = 16, height: int = 8) -> bytes:
    """A grey picture from a phone, with what phones write before it and behind it."""

    def segment(marker: int, body: bytes) -> bytes:
        return bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body

    one_code = bytes([1] + [0] * 15) + b"\x00"  # a table with one code of one bit
    data = (
        b"\xff\xd8" + segment(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0") + segment(0xE1, b"Exif\0\0" + exif(turn=turn))
    )
    data += segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>PhoneMaker</x:xmpmeta>") + segment(
        0xFE, b"PhoneMaker"
    )
    data += segment(0xDB, b"\x00" + b"\x01" * 64) + segment(
        0xC0, struct.pack(">BHHBBBB", 8, height, width, 1, 1, 0x11, 0)
    )
    data += (
        segment(0xC4, b"\x00" + one_code)
        + segment(0xC4, b"\x10" + one_code)
        + segment(0xDA, b"\x01\x01\x00\x00\x3f\x00")
    )
    return data + b"\x0f\xff\xd9" + b"PhoneMaker film"


def webp_of(*chunks: tuple[bytes, bytes]) -> bytes:
    parts = b"".join(name + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2) for name, body in chunks)
    return b"RIFF" + struct.pack("<I", len(parts) + 4) + b"WEBP" + parts


def pdf(*pages: str) -> bytes:
    """A page a text."""
    return pdf_of([f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET".encode() for text in pages])


def pdf_of(contents: list[bytes], *, filter_name: str = "") -> bytes:
    """Pages whose streams are given, packed already where `filter_name` says so."""
    numbers = [4 + 2 * place for place in range(len(contents))]
    kids = " ".join(f"{number} 0 R" for number in numbers)
    objects: dict[int, bytes] = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: f"<< /Type /Pages /Kids [{kids}] /Count {len(contents)} >>".encode(),
        3: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    }
    packed = f" /Filter /{filter_name}" if filter_name else ""
    for number, content in zip(numbers, contents, strict=True):
        resources = "/Resources << /Font << /F1 3 0 R >> >>"
        objects[number] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] {resources} /Contents {number + 1} 0 R >>".encode()
        )
        head = f"<< /Length {len(content)}{packed} >>".encode()
        objects[number + 1] = head + b"\nstream\n" + content + b"\nendstream"
    data = bytearray(b"%PDF-1.4\n")
    places = {}
    for number in sorted(objects):
        places[number] = len(data)
        data += f"{number} 0 obj\n".encode() + objects[number] + b"\nendobj\n"
    start = len(data)
    data += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    data += b"".join(f"{places[number]:010} 00000 n \n".encode() for number in sorted(objects))
    data += f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF".encode()
    return bytes(data)


def pdf_bomb() -> bytes:
    """A page of a few hundred kilobytes that unpacks to more than a hundred megabytes of orders to draw."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b"BT (a) Tj ET\n" * 80_000) for _ in range(120)) + packer.flush()
    return pdf_of([packed], filter_name="FlateDecode")
