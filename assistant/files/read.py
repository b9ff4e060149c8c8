"""The words of a file: of a text file at once, of a PDF in a process of its own when an answer first needs them."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from assistant.conf import file_pages, file_seconds, file_text_characters
from assistant.models import File, FileContent

_PROGRAM = Path(__file__).with_name("pdf.py")


@dataclass(frozen=True, slots=True)
class Words:
    """What was read. `problem` says why there is nothing (see `File.Problem`); `is_cut` that there is more than is kept."""

    text: str
    is_cut: bool = False
    problem: str = ""


def keep_words(text: str) -> Words:
    """As much of a text as is kept of one file."""
    most = file_text_characters()
    if not text.strip():
        return Words("", problem=File.Problem.NO_TEXT)
    return Words(text[:most], len(text) > most)


def read_pdf(data: bytes) -> Words:
    """The words of a PDF, within the limits of settings. Never raises for what stands in the file."""
    seconds = file_seconds()
    limits = [str(file_pages()), str(file_text_characters()), str(seconds)]
    try:
        done = subprocess.run(  # noqa: S603 - our own program, by its path
            [sys.executable, "-I", str(_PROGRAM), *limits],
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={},
            timeout=seconds + 5,
            check=False,
        )
        told = json.loads(done.stdout) if done.returncode == 0 else {}
    except (subprocess.TimeoutExpired, ValueError):
        told = {}
    if not told:
        return Words("", problem=File.Problem.BROKEN)
    return Words(str(told["text"]), bool(told["is_cut"]), str(told["problem"]))


def waiting_files(user_id: UUID, message_id: UUID) -> list[UUID]:
    """What is attached to a message and was not read yet; inside `as_user`."""
    return list(File.objects.of(user_id).with_message(message_id).filter(is_read=False).values_list("id", flat=True))


def bytes_to_read(user_id: UUID, file_id: UUID) -> bytes:
    """The bytes of a file; none where they are gone. Inside `as_user`."""
    content = FileContent.objects.of(user_id).filter(file=file_id).first()
    return bytes(content.data) if content else b""


def store_words(user_id: UUID, file_id: UUID, words: Words) -> None:
    """Keep what was read, once; inside `as_user`."""
    File.objects.of(user_id).filter(id=file_id, is_read=False).update(
        text=words.text, is_cut=words.is_cut, problem=words.problem, is_read=True
    )
