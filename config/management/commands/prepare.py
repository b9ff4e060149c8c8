"""What must be done before anything serves: tables, static files, the set-up link. Run by `up`, and by hand in larger installations."""

from __future__ import annotations

import fcntl
import hashlib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand

from config.health import forget_workers
from profiles.accounts import new_setup_code


class Command(BaseCommand):
    help = "Migrate, collect static files if they changed, and print the one-time link that creates the owner while there is none."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", verbosity=0)
        collect_static_files()
        forget_workers()
        if code := new_setup_code():
            self.stdout.write(f"{settings.PUBLIC_URL}/setup/{code}")


def collect_static_files() -> None:
    """Collect them unless they are the ones collected last: by path, size and time."""
    root = Path(str(settings.STATIC_ROOT))
    root.mkdir(parents=True, exist_ok=True)
    with (root / ".lock").open("w") as lock:  # of two copies that start at once, one collects
        fcntl.flock(lock, fcntl.LOCK_EX)
        _collect_if_changed(root)


def _collect_if_changed(root: Path) -> None:
    state = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            state.update(f"{path} {storage.size(path)} {storage.get_modified_time(path)}\n".encode())
    stamp = root / ".stamp"
    if stamp.exists() and stamp.read_text() == state.hexdigest():
        return
    call_command("collectstatic", verbosity=0, interactive=False)
    stamp.write_text(state.hexdigest())
