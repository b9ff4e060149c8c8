"""A transfer from its first click to its end: opened, worked on step by step, fetched, cancelled, and gone after a day.

Each step is one transaction that claims the row, does a bounded piece of work and says how far it is. A worker may die between any two.
"""

from __future__ import annotations

import gzip
import io
import json
import tempfile
import zipfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import IO, Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.timezone import override

from assistant.exceptions import AssistantError, NotFound
from assistant.exchange import pack
from assistant.exchange.formats import MOST_BYTES, read_file, with_files
from assistant.exchange.take_in import OURS, take_in
from assistant.exchange.types import NotReadable, chat_of
from assistant.models import Transfer, TransferPiece
from memory import api as memory
from profiles.api import profile_of, zone_named
from profiles.owned import as_system

PIECE_BYTES = 4 * 1024 * 1024
CHATS_A_PIECE = 20
LEASE = timedelta(seconds=120)
KEPT = timedelta(hours=24)  # for which an export can be fetched
REASON = "look after transfers"
Stage = TransferPiece.Stage


class AlreadyRunning(AssistantError):
    """One export and one import at a time."""

    code = "already-running"


def open_export(user_id: UUID, *, at: datetime) -> Transfer:
    """Have everything packed. What was packed before goes. Raises AlreadyRunning."""
    Transfer.objects.of(user_id).filter(
        kind=Transfer.Kind.EXPORT, state__in=[Transfer.State.DONE, Transfer.State.FAILED, Transfer.State.CANCELLED]
    ).delete()
    return _open(user_id, Transfer(kind=Transfer.Kind.EXPORT, total=pack.exportable(user_id).count(), created_at=at))


def open_import(user_id: UUID, pieces: Iterator[bytes], *, name: str, at: datetime) -> Transfer:
    """Keep a file as it came, to be read by a worker. Raises AlreadyRunning, and NotReadable when it is too large or empty."""
    row = _open(user_id, Transfer(kind=Transfer.Kind.IMPORT, name=name[:120], created_at=at))
    size, held, number = 0, b"", 0
    for piece in pieces:
        size += len(piece)
        held += piece
        if size > MOST_BYTES:
            raise NotReadable("too-large")
        while len(held) >= PIECE_BYTES:
            _keep(row, Stage.RAW, number, held[:PIECE_BYTES])
            held, number = held[PIECE_BYTES:], number + 1
    if not size:
        raise NotReadable("nothing-in-it")
    if held:
        _keep(row, Stage.RAW, number, held)
    return row


def _open(user_id: UUID, row: Transfer) -> Transfer:
    row.user_id = user_id
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise AlreadyRunning from error
    return row


def transfers_of(user_id: UUID, *, kind: str = "") -> list[Transfer]:
    """The latest 20, or those of one kind, newest first."""
    rows = Transfer.objects.of(user_id)
    return list((rows.filter(kind=kind) if kind else rows).order_by("-id")[:20])


def get_transfer(user_id: UUID, transfer_id: UUID, *, kind: str = "") -> Transfer:
    """Raises NotFound, also for one of another kind."""
    rows = Transfer.objects.of(user_id).filter(id=transfer_id)
    found = (rows.filter(kind=kind) if kind else rows).first()
    if found is None:
        raise NotFound("transfer")
    return found


def waiting_for_review(user_id: UUID, row: Transfer) -> int:
    """How many facts that imports proposed wait for a yes; 200 at most, 0 for a transfer that brought nothing to learn from."""
    if not row.memory_import:
        return 0
    waiting = memory.FactFilter(statuses=("proposed",), origins=("import",))
    return len(memory.facts_of(user_id, waiting, limit=200).facts)


def result_of(user_id: UUID, transfer_id: UUID) -> Iterator[bytes]:
    """The packed file, stretch by stretch. Raises NotFound."""
    row = get_transfer(user_id, transfer_id)
    if row.kind != Transfer.Kind.EXPORT or row.state != Transfer.State.DONE:
        raise NotFound("export")
    pieces = TransferPiece.objects.of(user_id).filter(transfer=row, stage=Stage.RESULT).order_by("number")
    return (bytes(piece.data) for piece in pieces)


def cancel(user_id: UUID, transfer_id: UUID, *, at: datetime) -> None:
    """Go no further. Chats that came in already stay."""
    row = get_transfer(user_id, transfer_id)
    if not row.is_finished:
        _finish(row, Transfer.State.CANCELLED, at=at)


def advance(user_id: UUID, transfer_id: UUID, *, at: datetime) -> bool:
    """Do the next step, in the caller's transaction. Whether there is another."""
    row = Transfer.objects.of(user_id).unfinished().filter(id=transfer_id).select_for_update(skip_locked=True).first()
    if row is None:
        return False
    row.state, row.lease_until = Transfer.State.RUNNING, at + LEASE
    profile = profile_of(user_id)
    with translation.override(profile.language), override(zone_named(profile.time_zone)):
        if row.kind == Transfer.Kind.EXPORT:
            _advance_export(row, at=at)
        else:
            _advance_import(row, at=at)
    row.save()
    return not row.is_finished


def give_up(user_id: UUID, transfer_id: UUID, *, at: datetime) -> None:
    """A step failed with a fault of ours: say so rather than try for ever."""
    row = Transfer.objects.of(user_id).unfinished().filter(id=transfer_id).first()
    if row is not None:
        row.problem = "fault"
        _finish(row, Transfer.State.FAILED, at=at)


def lost_transfers(*, at: datetime) -> list[tuple[UUID, UUID]]:
    """(user, transfer) of those nobody works on; what is kept too long is deleted. Call it inside `as_system`."""
    rows = Transfer.objects.across_users(REASON)
    rows.filter(finished_at__lt=at - KEPT, kind=Transfer.Kind.EXPORT).delete()
    rows.filter(finished_at__lt=at - 30 * KEPT).delete()
    return list(rows.lost(at).values_list("user_id", "id")[:100])


def drop_packed(user_id: UUID) -> int:
    """Something was forgotten: what was packed with it goes, what is being packed begins anew, what waits to come in is let go. How many."""
    packed = Transfer.objects.of(user_id).filter(kind=Transfer.Kind.EXPORT, state=Transfer.State.DONE)
    count: int = packed.delete()[1].get("assistant.Transfer", 0)
    running = Transfer.objects.of(user_id).unfinished().filter(kind=Transfer.Kind.EXPORT)
    for row in running:
        TransferPiece.objects.of(user_id).filter(transfer=row).delete()
        row.done = 0
        row.save(update_fields=["done"])
        count += 1
    return count


def cancel_imports(user_id: UUID, *, at: datetime) -> None:
    """Everything is being forgotten: nothing that waits to come in may bring it back."""
    for row in Transfer.objects.of(user_id).unfinished().filter(kind=Transfer.Kind.IMPORT):
        _finish(row, Transfer.State.CANCELLED, at=at)


def _finish(row: Transfer, state: str, *, at: datetime) -> None:
    TransferPiece.objects.of(row.user_id).filter(transfer=row).exclude(stage=Stage.RESULT).delete()
    row.state, row.finished_at, row.lease_until = state, at, None
    row.save()


def _keep(row: Transfer, stage: str, number: int, data: bytes) -> None:
    TransferPiece.objects.create(user_id=row.user_id, transfer=row, stage=stage, number=number, data=data)


def _worked(row: Transfer) -> Any:
    return TransferPiece.objects.of(row.user_id).filter(transfer=row, stage=Stage.WORK).order_by("number")


# --- packing: some chats a step, then the archive


def _advance_export(row: Transfer, *, at: datetime) -> None:
    last = _worked(row).last()
    after = UUID(json.loads(gzip.decompress(bytes(last.data)))[-1]["plain"]["id"]) if last else None
    chats = pack.next_chats(row.user_id, after=after)
    if chats:
        packed = [pack.pack_chat(row.user_id, chat).as_json() for chat in chats]
        _keep(row, Stage.WORK, last.number + 1 if last else 0, gzip.compress(json.dumps(packed).encode(), 3))
        row.done += len(chats)
        row.total = max(row.total, row.done)
        return
    with tempfile.TemporaryFile() as file:  # with files it may be larger than what a worker should hold
        _write_archive(row, file, at=at)
        row.size = file.tell()
        file.seek(0)
        for number, piece in enumerate(iter(lambda: file.read(PIECE_BYTES), b"")):
            _keep(row, Stage.RESULT, number, piece)
    row.name = f"remembrancer-{at:%Y-%m-%d}.zip"
    row.found = {"chats": row.done}
    _finish(row, Transfer.State.DONE, at=at)


def _write_archive(row: Transfer, file: IO[bytes], *, at: datetime) -> None:
    """The chats as packed, with memory, profile and attached files as they are now. The place in `file` is then its end."""
    listed: list[dict[str, str]] = []
    whole: list[dict[str, Any]] = []
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=5) as archive:
        for piece in _worked(row).iterator(chunk_size=1):
            for chat in json.loads(gzip.decompress(bytes(piece.data))):
                archive.writestr(f"chats/{chat['name']}.md", chat["markdown"])
                archive.writestr(f"pages/{chat['name']}.html", chat["page"])
                whole.append(chat["plain"])
                listed.append({"name": chat["name"], "title": chat["title"], "spoken_at": chat["spoken_at"][:10]})
        listed.sort(key=lambda one: one["spoken_at"], reverse=True)
        archive.writestr("index.html", pack.first_page(row.user_id, listed, at=at))
        archive.writestr("style.css", pack.style())
        for name, content in (
            ("chats.json", {"chats": whole}),
            ("memory.json", memory.export(row.user_id)),
            ("profile.json", pack.profile_as_json(row.user_id)),
        ):
            archive.writestr(name, json.dumps(content, ensure_ascii=False, indent=1))
        for path, data in pack.files_to_pack(row.user_id):
            is_packed = not path.endswith((".pdf", ".png", ".jpg", ".jpeg", ".webp", ".gif"))
            archive.writestr(path, data, zipfile.ZIP_DEFLATED if is_packed else zipfile.ZIP_STORED)
    file.seek(0, io.SEEK_END)


# --- taking in: read the file once, then a few chats a step


def _advance_import(row: Transfer, *, at: datetime) -> None:
    raw = TransferPiece.objects.of(row.user_id).filter(transfer=row, stage=Stage.RAW).order_by("number")
    if raw.exists():
        _read(row, b"".join(bytes(piece.data) for piece in raw.iterator(chunk_size=1)), at=at)
        raw.delete()
        return
    piece = _worked(row).first()
    if piece is None:
        _finish(row, Transfer.State.DONE, at=at)
        return
    chats = [chat_of(plain) for plain in json.loads(gzip.decompress(bytes(piece.data)))]
    for chat in chats:
        new = take_in(row.user_id, chat, source=row.source, import_id=row.memory_import, at=at)
        counts = {"chats" if new.messages else "known": 1, "messages": new.messages}
        if new.files or new.left_out:
            counts |= {"files": new.files, "files_left_out": new.left_out}
        row.kept = {**row.kept, **{kind: row.kept.get(kind, 0) + count for kind, count in counts.items()}}
    piece.delete()
    row.done += len(chats)


def _read(row: Transfer, data: bytes, *, at: datetime) -> None:
    try:
        found = read_file(data)
        if found.memory:
            memory.open_import(row.user_id, found.memory, at=at, name=row.name)
    except (NotReadable, memory.BadFile) as error:
        row.problem = getattr(error, "reason", "not-readable")
        _finish(row, Transfer.State.FAILED, at=at)
        return
    said = sum(len(chat.messages) for chat in found.chats)
    row.source, row.total = found.source, len(found.chats)
    row.found = {"chats": len(found.chats), "messages": said}
    if found.source != OURS and said:
        row.memory_import = memory.register_import(row.user_id, name=row.name, turns=said, at=at)
    held, size, number = list[dict[str, Any]](), 0, 0
    for chat in with_files(found.chats, found.files):
        held.append(chat.plain())
        size += sum(len(file.data) for one in chat.messages for file in one.files)
        if len(held) == CHATS_A_PIECE or size > PIECE_BYTES:
            _keep(row, Stage.WORK, number, gzip.compress(json.dumps(held).encode(), 3))
            held, size, number = [], 0, number + 1
    if held:
        _keep(row, Stage.WORK, number, gzip.compress(json.dumps(held).encode(), 3))


def sweep(*, at: datetime) -> list[tuple[UUID, UUID]]:
    """What `lost_transfers` says, in a transaction of its own."""
    with as_system(REASON):
        return lost_transfers(at=at)
