"""The catalogues of words, compiled where they are used: gettext reads .mo files, and the tool that makes them is not on every machine."""

from __future__ import annotations

import os
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE = Path(__file__).resolve().parent.parent / "locale"


def catalogues() -> list[Path]:
    """The .po files, one a language."""
    return sorted(LOCALE.glob("*/LC_MESSAGES/django.po"))


def are_compiled() -> bool:
    """Whether each catalogue has its compiled form, and none is older than its source."""
    return all(_compiled(source).exists() and not _is_older(source) for source in catalogues())


def compile_words() -> None:
    """Compile those that are new or changed. Two processes at once do no harm: each writes its own file and puts it in place."""
    for source in catalogues():
        target = _compiled(source)
        if target.exists() and not _is_older(source):
            continue
        with source.open("rb") as words:
            catalogue = read_po(words, locale=source.parent.parent.name)
        part = target.with_suffix(f".{os.getpid()}")
        with part.open("wb") as file:
            write_mo(file, catalogue)
        part.replace(target)


def _compiled(source: Path) -> Path:
    return source.with_suffix(".mo")


def _is_older(source: Path) -> bool:
    return _compiled(source).stat().st_mtime < source.stat().st_mtime
