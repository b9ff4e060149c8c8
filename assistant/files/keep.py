"""Files from the message field to the message. All run inside `as_user`."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import Sum

from assistant.conf import file_limit_bytes, files_a_message, files_total_bytes
from assistant.exceptions import (
    EmptyFile,
    FileGone,
    FileTooLarge,
    FileTypeUnknown,
    NoRoomForFile,
    NotFound,
    TooManyFiles,
)
from assistant.files.kinds import clean_name, tell_kind
from assistant.files.metadata import without_metadata
from assistant.files.read import keep_words
from assistant.models import Attachment, Conversation, File, FileContent, Message

MOST_UNSENT = 40  # of one user; older ones make room
UNSENT_FOR = timedelta(hours=24)


def keep_upload(user_id: UUID, pieces: Iterable[bytes], *, name: str, at: datetime) -> File:
    """Keep a file that belongs to no message yet; it is deleted when none comes for a day.

    Of a picture only itself is kept, not where and when it was taken. Raises EmptyFile, FileTooLarge, NoRoomForFile, and FileTypeUnknown for what
    is neither text nor PDF nor a picture, whatever its name says.
    """
    name, limit = clean_name(name), file_limit_bytes()
    data = bytearray()
    size = 0
    for piece in pieces:
        size += len(piece)
        if size <= limit:
            data += piece
    if size > limit:
        raise FileTooLarge(name, size, limit)
    if not size:
        raise EmptyFile(name)
    found = tell_kind(bytes(data))
    if found is None:
        raise FileTypeUnknown(name)
    whole, width, height = bytes(data), found.width, found.height
    if found.kind == File.Kind.IMAGE:
        try:
            whole, turn = without_metadata(whole, found.media_type)
        except ValueError as error:
            raise FileTypeUnknown(name) from error
        if turn >= 5:
            width, height = height, width
    _take_turns(user_id)
    _make_room(user_id, at=at)
    room, used = files_total_bytes(), bytes_kept(user_id)
    if used + len(whole) > room:
        raise NoRoomForFile(name, used, room)
    is_text = found.kind == File.Kind.TEXT
    words = keep_words(found.text) if is_text else None
    file = File.objects.create(
        user_id=user_id,
        name=name,
        kind=found.kind,
        media_type=found.media_type,
        size=len(whole),
        width=width,
        height=height,
        text=words.text if words else "",
        is_cut=words.is_cut if words else False,
        problem=words.problem if words else "",
        is_read=found.kind != File.Kind.PDF,
        created_at=at,
    )
    FileContent.objects.create(user_id=user_id, file=file, data=whole)
    return file


def bytes_kept(user_id: UUID) -> int:
    """How much all files of a user take up."""
    kept = File.objects.of(user_id).exclude(problem=File.Problem.FORGOTTEN)
    return int(kept.aggregate(total=Sum("size"))["total"] or 0)


def _take_turns(user_id: UUID) -> None:
    """Wait until no other transaction keeps a file of this user: two at once would both find the same room."""
    digest = hashlib.blake2b(b"files" + user_id.bytes, digest_size=8).digest()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int.from_bytes(digest, "big", signed=True)])


def _make_room(user_id: UUID, *, at: datetime) -> None:
    unsent = File.objects.of(user_id).unsent()
    unsent.left_behind(at - UNSENT_FOR).delete()
    too_old = list(unsent.order_by("-id").values_list("id", flat=True)[MOST_UNSENT - 1 :])
    if too_old:
        File.objects.of(user_id).filter(id__in=too_old).delete()


def get_file(user_id: UUID, file_id: UUID) -> File:
    """The user's file, unless its conversation was deleted. Raises NotFound."""
    file = File.objects.of(user_id).filter(id=file_id).select_related("conversation").first()
    if file is None or (file.conversation and file.conversation.deleted_at):
        raise NotFound("file")
    return file


def content_of(file: File) -> bytes:
    """Its bytes. Raises NotFound where they were deleted with something that was forgotten."""
    content = FileContent.objects.of(file.user_id).filter(file=file).first()
    if content is None:
        raise NotFound("file")
    return bytes(content.data)


def unsent_files(user_id: UUID, file_ids: Sequence[UUID]) -> list[File]:
    """Those of these files that still wait for their message, in the order given."""
    found = {file.id: file for file in File.objects.of(user_id).unsent().filter(id__in=file_ids)}
    return [found[file_id] for file_id in dict.fromkeys(file_ids) if file_id in found]


def drop_upload(user_id: UUID, file_id: UUID) -> None:
    """Take a file out of the message field. One that was sent stays with its message. Raises NotFound."""
    get_file(user_id, file_id)
    File.objects.of(user_id).unsent().filter(id=file_id).delete()


def check_uploads(user_id: UUID, file_ids: Sequence[UUID]) -> list[File]:
    """The files that a new message is to have, locked until the transaction ends. Raises TooManyFiles, and FileGone for one that waits no longer."""
    wanted = list(dict.fromkeys(file_ids))
    if len(wanted) > files_a_message():
        raise TooManyFiles(files_a_message())
    if not wanted:
        return []
    found = {file.id: file for file in File.objects.of(user_id).unsent().filter(id__in=wanted).select_for_update()}
    if len(found) < len(wanted):
        raise FileGone
    return [found[file_id] for file_id in wanted]


def attach(message: Message, conversation: Conversation, files: Sequence[File]) -> None:
    """Put files under a message of this conversation, with which they go from then on."""
    File.objects.of(message.user_id).filter(id__in=[file.id for file in files]).update(conversation=conversation)
    Attachment.objects.bulk_create(
        Attachment(user_id=message.user_id, message=message, file=file, position=position)
        for position, file in enumerate(files)
    )


def files_under(user_id: UUID, message_ids: Collection[UUID]) -> dict[UUID, list[File]]:
    """The files of these messages, by message, in their order. Their texts are not fetched."""
    found: dict[UUID, list[File]] = {}
    rows = Attachment.objects.of(user_id).filter(message__in=message_ids).select_related("file").defer("file__text")
    for row in rows.order_by("message", "position"):
        found.setdefault(row.message_id, []).append(row.file)
    return found
