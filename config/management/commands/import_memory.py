"""Take a file into somebody's memory: `import_memory --user U FILE`. Started again after a crash it goes on where it stood."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from config.management.commands.recall import user_named
from memory.api import BadFile, advance_import, import_of, imports_of, open_import
from profiles.owned import as_user


class Command(BaseCommand):
    help = "Import an export of Remembrancer, conversations or facts. What comes from elsewhere waits for its user."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--user", required=True, help="id or e-mail address")

    def handle(self, *args: Any, file: Path, user: str, **options: Any) -> None:
        owner = user_named(user)
        with as_user(owner):
            begun = next(
                (one for one in imports_of(owner.pk) if one.state == "running" and one.name == file.name), None
            )
        if begun is None:
            try:
                data = file.read_bytes()
                with as_user(owner):
                    begun = open_import(owner.pk, data, name=file.name, at=timezone.now())
            except (OSError, BadFile) as error:
                raise CommandError(f"{file}: {error}") from error
        view = begun
        while view.state == "running":
            with as_user(owner):
                view = advance_import(owner.pk, begun.id, at=timezone.now())
            self.stdout.write(f"{view.done} of {view.total}")
        with as_user(owner):
            view = import_of(owner.pk, begun.id)
        for line, reason in view.errors:
            self.stdout.write(f"line {line}: {reason}")
        kept = ", ".join(f"{number} {kind.replace('_', ' ')}" for kind, number in view.kept.items())
        self.stdout.write(f"{view.state}: {kept or 'nothing'}; {len(view.errors)} lines refused")
