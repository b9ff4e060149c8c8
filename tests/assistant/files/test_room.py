"""The room that the files of one user have together."""

from __future__ import annotations

import threading

from django.db import connection
from django.utils import timezone

from assistant.exceptions import NoRoomForFile
from assistant.files.keep import keep_upload
from profiles.owned import as_user
from tests.stack import eventually


def test_two_uploads_at_once_find_the_room_of_one(transactional_db, alice, settings):
    settings.FILES_TOTAL_MB = 1
    refused: list[str] = []

    def upload() -> None:
        try:
            with as_user(alice):
                keep_upload(alice.pk, [b"x" * 700_000], name="second.txt", at=timezone.now())
        except NoRoomForFile:
            refused.append("second.txt")
        finally:
            connection.close()

    def is_at_the_lock() -> bool:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
            return bool(cursor.fetchone()[0]) or not other.is_alive()

    other = threading.Thread(target=upload)
    with as_user(alice):
        keep_upload(alice.pk, [b"x" * 700_000], name="first.txt", at=timezone.now())
        other.start()
        eventually(is_at_the_lock)
    other.join()
    assert refused == ["second.txt"]
