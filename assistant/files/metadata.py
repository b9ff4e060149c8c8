"""What a picture tells beside itself (where and when it was taken, with what, by whom) is taken out before anybody keeps or gets it. Pure.

Only the turn of the camera stays, since without it pictures would lie on their side, and the profile of the colours.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator

_ORIENTATION = 0x0112  # TIFF 6.0, in the first directory of EXIF
_JPEG_KEPT = {0xE0: b"JFIF", 0xE2: b"ICC_PROFILE", 0xEE: b"Adobe"}  # of the application segments
_AFTER_SCAN = re.compile(
    rb"\xff([^\x00\xd0-\xd7\xff])"
)  # the next marker behind compressed data, in which 00 and restarts belong to it
_PNG_LEFT_OUT = {b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME"}
_GIF_KEPT = (b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012")


def without_metadata(data: bytes, media_type: str) -> tuple[bytes, int]:
    """The picture without what it tells beside itself, and how it was turned (1 to 8, as EXIF counts; 5 and above lie on their side).

    Raises ValueError for one whose parts can't be told apart.
    """
    try:
        if media_type == "image/jpeg":
            return _jpeg(data)
        if media_type == "image/png":
            return _png(data)
        if media_type == "image/webp":
            return _webp(data)
        if media_type == "image/gif":
            return _gif(data), 1
    except (IndexError, struct.error) as error:
        raise ValueError("a part of the picture is missing") from error
    return data, 1


def orientation_of(exif: bytes) -> int:
    """How the camera was turned, by an EXIF block (which is a TIFF); 1, upright, where it does not say."""
    order = {b"II": "<", b"MM": ">"}.get(exif[:2])
    if order is None:
        return 1
    try:
        (first,) = struct.unpack_from(f"{order}I", exif, 4)
        (count,) = struct.unpack_from(f"{order}H", exif, first)
        for place in range(first + 2, first + 2 + 12 * count, 12):
            tag, _kind, _many, value = struct.unpack_from(f"{order}HHIH", exif, place)
            if tag == _ORIENTATION:
                return value if 1 <= value <= 8 else 1
    except struct.error:
        return 1
    return 1


def _only_orientation(turn: int) -> bytes:
    """An EXIF block that says nothing else."""
    return struct.pack(">2sHIHHHIHHI", b"MM", 42, 8, 1, _ORIENTATION, 3, 1, turn, 0, 0)


def _jpeg(data: bytes) -> tuple[bytes, int]:
    kept, turn, at = [b"\xff\xd8"], 1, 2
    while at < len(data):
        if data[at] != 0xFF:
            raise ValueError("no marker")
        marker = data[at + 1]
        if marker == 0xFF:  # filling
            at += 1
            continue
        if marker == 0xD9:  # the end: some cameras hide more pictures, films and notes behind it
            break
        if marker == 0x01 or 0xD0 <= marker <= 0xD7:
            kept.append(data[at : at + 2])
            at += 2
            continue
        end = at + 2 + max(2, int.from_bytes(data[at + 2 : at + 4]))
        segment = data[at:end]
        if marker == 0xE1 and segment[4:10] == b"Exif\0\0":
            turn = orientation_of(segment[10:])
        elif not (0xE0 <= marker <= 0xEF or marker == 0xFE) or segment[4:].startswith(
            _JPEG_KEPT.get(marker, b"\0none")
        ):
            kept.append(segment)
        at = end
        if marker == 0xDA:
            following = _AFTER_SCAN.search(data, at)
            end = following.start() if following else len(data)
            kept.append(data[at:end])
            at = end
    if turn != 1:
        block = b"Exif\0\0" + _only_orientation(turn)
        kept.insert(1, b"\xff\xe1" + struct.pack(">H", len(block) + 2) + block)
    return b"".join([*kept, b"\xff\xd9"]), turn


def _png(data: bytes) -> tuple[bytes, int]:
    kept, turn, at = [data[:8]], 1, 8
    while at + 12 <= len(data):
        size, kind = int.from_bytes(data[at : at + 4]), data[at + 4 : at + 8]
        end = at + 12 + size
        if kind == b"eXIf":
            turn = orientation_of(data[at + 8 : at + 8 + size])
        elif kind not in _PNG_LEFT_OUT:
            kept.append(data[at:end])
        at = end
        if kind == b"IEND":
            break
    if turn != 1:
        body = b"eXIf" + _only_orientation(turn)
        kept.insert(2, struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body)))
    return b"".join(kept), turn


def _webp(data: bytes) -> tuple[bytes, int]:
    kept, turn = [], 1
    for kind, body in _riff_chunks(data):
        if kind == b"EXIF":
            turn = orientation_of(body.removeprefix(b"Exif\0\0"))
        elif kind != b"XMP ":
            kept.append((kind, body))
    if turn != 1:
        kept.append((b"EXIF", _only_orientation(turn)))
    parts = []
    for kind, body in kept:
        head = body[:1]
        if kind == b"VP8X":  # which parts there are is told in bits of its first byte
            head = bytes([head[0] & ~0x0C | (0x08 if turn != 1 else 0)])
        told = head + body[1:]
        parts.append(kind + struct.pack("<I", len(told)) + told + b"\0" * (len(told) % 2))
    whole = b"WEBP" + b"".join(parts)
    return b"RIFF" + struct.pack("<I", len(whole)) + whole, turn


def _riff_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at, end = 12, min(len(data), 8 + int.from_bytes(data[4:8], "little"))
    while at + 8 <= end:
        size = int.from_bytes(data[at + 4 : at + 8], "little")
        yield data[at : at + 4], data[at + 8 : at + 8 + size]
        at += 8 + size + size % 2


def _gif(data: bytes) -> bytes:
    at = 13 + _table(data[10])
    kept = [data[:at]]
    while at < len(data) and data[at] != 0x3B:
        begin = at
        if data[at] == 0x21:
            at = _blocks_end(data, at + 2)
            label = data[begin + 1]
            is_note = label == 0xFE or (label == 0xFF and data[begin + 3 : begin + 14] not in _GIF_KEPT)
            if not is_note:
                kept.append(data[begin:at])
        elif data[at] == 0x2C:
            at = _blocks_end(data, at + 10 + _table(data[at + 9]) + 1)
            kept.append(data[begin:at])
        else:
            raise ValueError("no block")
    return b"".join([*kept, b"\x3b"])


def _table(flags: int) -> int:
    """How many bytes a table of colours takes."""
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _blocks_end(data: bytes, at: int) -> int:
    """Behind a row of blocks, each of which tells its length; the last is empty."""
    while at < len(data) and data[at]:
        at += data[at] + 1
    return at + 1
