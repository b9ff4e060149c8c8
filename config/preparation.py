"""What must stand before anything serves: tables, static files. Done by `manage.py prepare`; asked about by `up`, which skips what is done."""

from __future__ import annotations

import fcntl
import hashlib
from pathlib import Path

import psycopg
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader

from config.words import are_compiled


def has_nothing_to_prepare(url: str) -> bool:
    """Whether the database at `url` has every migration and an owner, static files are the ones collected last, and words are compiled.

    Asked over a connection of its own, so that nothing is left open in a process that goes on to start children.
    """
    try:
        with psycopg.connect(url) as connection:
            if connection.execute("SELECT to_regclass('django_migrations')").fetchone() == (None,):
                return False  # asked like this, a first start leaves no error in the log of the database
            applied = set(connection.execute("SELECT app, name FROM django_migrations").fetchall())
            owner = connection.execute("SELECT 1 FROM profiles_user WHERE is_owner").fetchone()
    except psycopg.Error:
        return False
    known = set(MigrationLoader(None).disk_migrations or ())
    if not are_compiled():
        return False
    return known <= applied and owner is not None and _stamp().exists() and _stamp().read_text() == _state()


def collect_static_files() -> None:
    """Collect them unless they are the ones collected last. Of two copies that start at once, one collects."""
    root = _stamp().parent
    root.mkdir(parents=True, exist_ok=True)
    with (root / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if _stamp().exists() and _stamp().read_text() == _state():
            return
        call_command("collectstatic", verbosity=0, interactive=False)
        _stamp().write_text(_state())


def _stamp() -> Path:
    return Path(str(settings.STATIC_ROOT)) / ".stamp"


def _state() -> str:
    """All static files by path, size and time, as one hash."""
    state = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            state.update(f"{path} {storage.size(path)} {storage.get_modified_time(path)}\n".encode())
    return state.hexdigest()
