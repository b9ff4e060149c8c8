"""Strict reading of the environment and of secret files. A wrong value stops the start with one line that says what to do."""

from __future__ import annotations

import json
import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured
from psycopg import conninfo

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.FileAwareEnv()  # NAME, or NAME_FILE with the path of a file that holds the value


def data_dir() -> Path:
    """Where this installation keeps its data: `DATA_DIR`, else `var/` beside `manage.py`. Absolute; may not exist yet."""
    return Path(os.environ.get("DATA_DIR") or BASE_DIR / "var").expanduser().absolute()


def services_file(data: Path) -> Path:
    """The note that `manage.py up` leaves about the embedded services, for commands started beside it."""
    return data / "services.json"


def service_address(name: str, data: Path) -> str:
    """The address of the database or of Valkey: from the environment, else from the note of the running `up`, else where `up` would put it.

    `name` is DATABASE_URL or REDIS_URL. Raises ImproperlyConfigured when the note can't be read.
    """
    if value := env.str(name, default=""):
        return str(value)
    note = services_file(data)
    if note.exists():
        try:
            return str(json.loads(note.read_text())[name])
        except (OSError, ValueError, KeyError) as error:
            raise ImproperlyConfigured(f"{note} can't be read ({error}). Delete it and start again.") from error
    if name == "DATABASE_URL":
        return embedded_database_url(data / "postgres")
    return embedded_redis_url(data / "valkey")


def embedded_database_url(folder: Path) -> str:
    """The address of the embedded Postgres whose socket lies in `folder`."""
    return f"postgresql://postgres@/remembrancer?host={quote(str(folder), safe='')}"


def embedded_redis_url(folder: Path) -> str:
    """The address of the embedded Valkey whose socket lies in `folder`."""
    return f"unix://{folder / 'v.sock'}"


def database_settings(url: str, *, role: str, pool_size: int) -> dict[str, Any]:
    """Django's settings for the Postgres at `url`, reached under `role` ("" keeps the login role).

    Raises ImproperlyConfigured when `url` is not one of Postgres.
    """
    if not url.startswith(("postgres://", "postgresql://")):
        raise ImproperlyConfigured("DATABASE_URL must begin with postgresql://")
    try:
        parts = conninfo.conninfo_to_dict(url)
    except Exception as error:
        raise ImproperlyConfigured(f"DATABASE_URL can't be read: {error}") from error
    options: dict[str, Any] = {
        key: value for key, value in parts.items() if key not in ("dbname", "user", "password", "host", "port")
    }
    if role:
        options["options"] = f"{options.get('options', '')} -c role={role}".strip()
    if pool_size:
        options["pool"] = {"min_size": 1, "max_size": pool_size, "timeout": 5}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.get("dbname") or "remembrancer",
        "USER": parts.get("user") or "",
        "PASSWORD": parts.get("password") or "",
        "HOST": parts.get("host") or "",
        "PORT": str(parts.get("port") or ""),
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def redis_database(url: str, number: int) -> str:
    """The address of database `number` on the Valkey at `url`, for redis-py. An address that names a database of its own is left alone."""
    scheme = urlsplit(url).scheme
    if scheme == "unix":
        return url if "db=" in url else f"{url}{'&' if '?' in url else '?'}db={number}"
    if scheme in ("redis", "rediss", "valkey", "valkeys"):
        return url if urlsplit(url).path.strip("/") else f"{url.rstrip('/')}/{number}"
    raise ImproperlyConfigured("REDIS_URL must begin with unix://, redis:// or rediss://")


def broker_address(url: str, number: int) -> str:
    """The same for Celery, which spells sockets in its own way."""
    parts = urlsplit(url)
    if parts.scheme == "unix":
        return f"redis+socket://{parts.path}?virtual_host={number}"
    return redis_database(url, number)


def secret(name: str, data: Path) -> str:
    """A key from the environment, else from `DATA_DIR/secrets/`, made there (0600) when it is missing.

    Raises ImproperlyConfigured when the folder can't be written.
    """
    if value := env.str(name, default=""):
        return str(value)
    file = data / "secrets" / name.lower()
    try:
        if file.exists():
            return file.read_text().strip()
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        value = secrets.token_urlsafe(48)
        draft = file.with_suffix(f".{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(value)
        try:
            os.link(draft, file)  # never overwrites: of two processes that start at once, one wins
        except FileExistsError:
            value = file.read_text().strip()
        finally:
            draft.unlink()
    except OSError as error:
        raise ImproperlyConfigured(
            f"{file.parent} can't be written ({error.strerror}). Set DATA_DIR to a folder that can, or {name} in the environment."
        ) from error
    return str(value)
