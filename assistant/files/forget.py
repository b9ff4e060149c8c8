"""What is forgotten goes from attached files too: from what prompts get of them, and, where messages are cut, from the files themselves."""

from __future__ import annotations

import re
from collections.abc import Sequence
from uuid import UUID

from django.db.models import Q

from assistant.files.kinds import decode
from assistant.models import File, FileContent

GAP = "…"


def cut_files(user_id: UUID, values: Sequence[str], *, bytes_too: bool) -> int:
    """Cut these words out of the texts of files, in whole words only; how many files held any.

    With `bytes_too` text files are written anew without them, and a PDF, out of which nothing can be cut, is deleted.
    """
    words = [value for value in dict.fromkeys(values) if value.strip()]
    if not words:
        return 0
    pattern = _pattern(words)
    likely = Q(pk__in=[])
    for word in words:
        likely |= Q(text__icontains=word) | Q(name__icontains=word)
    found = [
        file
        for file in File.objects.of(user_id).filter(likely)
        if pattern.search(file.text) or pattern.search(file.name)
    ]
    for file in found:
        holds = bool(pattern.search(file.text))
        file.text = pattern.sub(GAP, file.text)
        if not bytes_too:
            continue
        file.name = pattern.sub(GAP, file.name)
        if holds and file.kind == File.Kind.PDF:
            file.text, file.problem = "", File.Problem.FORGOTTEN
            FileContent.objects.of(user_id).filter(file=file).delete()
        elif holds:
            _write_anew(file, pattern)
    File.objects.of(user_id).bulk_update(found, ["text", "name", "problem", "size"])
    return len(found)


def _pattern(words: Sequence[str]) -> re.Pattern[str]:
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE)


def _write_anew(file: File, pattern: re.Pattern[str]) -> None:
    content = FileContent.objects.of(file.user_id).filter(file=file).first()
    if content is None:
        return
    content.data = pattern.sub(GAP, decode(bytes(content.data)) or "").encode()
    content.save(update_fields=["data"])
    file.size = len(content.data)
