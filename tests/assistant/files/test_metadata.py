"""A picture goes on without what the camera wrote beside it."""

from __future__ import annotations

import struct

import pytest

from assistant.files.kinds import tell_kind
from assistant.files.metadata import orientation_of, without_metadata
from assistant.models import FileContent
from profiles.owned import as_user
from tests.assistant.files.making import exif, jpeg, png, webp_of
from tests.people import Phone

NORTH = struct.pack("<6I", 60, 1, 23, 1, 0, 1)  # where it was taken


def png_with_a_note() -> bytes:
    whole = png()
    notes = b"".join(
        struct.pack(">I", len(body)) + kind + body + b"\0\0\0\0"
        for kind, body in ((b"eXIf", exif(turn=3)), (b"tEXt", b"Author\0PhoneMaker"))
    )
    return whole[:33] + notes + whole[33:]


def webp_with_a_note() -> bytes:
    sizes = b"\x0c\0\0\0" + (9).to_bytes(3, "little") + (4).to_bytes(3, "little")
    return webp_of((b"VP8X", sizes), (b"VP8L", b"/" + b"\0" * 8), (b"EXIF", exif(turn=6)), (b"XMP ", b"PhoneMaker"))


def gif_with_a_note() -> bytes:
    head = b"GIF89a" + struct.pack("<HHBBB", 1, 1, 0x80, 0, 0) + b"\0\0\0\xff\xff\xff"
    note = b"\x21\xfe\x0aPhoneMaker\0"
    return head + note + b"\x2c\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0" + b"\x3b" + b"PhoneMaker"


@pytest.mark.parametrize(
    ("data", "turn"),
    [(jpeg(turn=6), 6), (jpeg(), 1), (png_with_a_note(), 3), (webp_with_a_note(), 6), (gif_with_a_note(), 1)],
    ids=["jpeg on its side", "jpeg", "png", "webp", "gif"],
)
def test_maker_and_place_go_and_the_picture_stays(data, turn):
    before = tell_kind(data)
    assert before
    kept, found = without_metadata(data, before.media_type)
    assert b"PhoneMaker" in data
    assert b"PhoneMaker" not in kept
    assert NORTH not in kept
    assert found == turn
    assert tell_kind(kept) == before
    assert without_metadata(kept, before.media_type) == (kept, turn)


def test_an_orientation_is_read_in_both_byte_orders_and_never_from_nonsense():
    assert orientation_of(exif(turn=8)) == 8
    assert orientation_of(struct.pack(">2sHIHHHIHH", b"MM", 42, 8, 1, 0x0112, 3, 1, 5, 0)) == 5
    assert [orientation_of(data) for data in (b"", b"II*\0\xff\xff\xff\xff", exif(turn=77))] == [1, 1, 1]


def test_what_is_uploaded_is_kept_without_the_place(live, transactional_db, alice):
    answer = Phone(live, alice).client.post("files", files={"file": ("me.jpg", jpeg(turn=6))})
    assert answer.status_code == 201
    with as_user(alice):
        row = FileContent.objects.of(alice).select_related("file").get()
        assert NORTH not in bytes(row.data)
        assert (row.file.width, row.file.height, row.file.size) == (8, 16, len(row.data))


def test_a_picture_in_pieces_is_not_taken(live, transactional_db, alice):
    torn = jpeg().replace(b"\xff\xc4", b"\x00\xc4")
    answer = Phone(live, alice).client.post("files", files={"file": ("me.jpg", torn)})
    assert answer.json()["code"] == "file-type-unknown"


def test_all_files_together_have_a_limit(live, transactional_db, settings, alice):
    settings.FILES_TOTAL_MB = 1
    phone = Phone(live, alice)
    files = [("a.txt", b"a" * 700_000), ("b.txt", b"b" * 700_000)]
    assert phone.client.post("files", files={"file": files[0]}).status_code == 201
    answer = phone.client.post("files", files={"file": files[1]})
    assert (answer.status_code, answer.json()["code"]) == (413, "no-room-for-file")
    assert answer.json()["detail"].startswith(
        "There is no room for “b.txt”: your files take up 683.6\xa0KB of 1.0\xa0MB."
    )
