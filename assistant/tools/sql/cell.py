"""A database for one question: SQLite in memory, holding a few tables of plain values, in which a statement can read and do nothing else.

Row-level security is no wall against SQL written by a model (one SELECT can set another user's id), so such SQL never meets Postgres. Here an authorizer
lets through reading of these tables and a list of harmless functions; everything else is refused, and steps, time and sizes are bounded.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

ROWS = 100
CHECK_EACH = 2000  # virtual machine steps between two looks at the clock
_LIMITS = {
    sqlite3.SQLITE_LIMIT_LENGTH: 40_000,  # bytes of a value: a row's text fits, a memory bomb doesn't
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 4000,
    sqlite3.SQLITE_LIMIT_COLUMN: 40,
    sqlite3.SQLITE_LIMIT_EXPR_DEPTH: 60,
    sqlite3.SQLITE_LIMIT_COMPOUND_SELECT: 10,
    sqlite3.SQLITE_LIMIT_VDBE_OP: 20_000,
    sqlite3.SQLITE_LIMIT_FUNCTION_ARG: 12,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
    sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH: 100,
    sqlite3.SQLITE_LIMIT_WORKER_THREADS: 0,
}
_FUNCTIONS = frozenset(
    """abs avg cast coalesce count cume_dist date datetime dense_rank first_value glob group_concat ifnull iif instr julianday lag last_value lead
    length like lower ltrim max min nth_value ntile nullif percent_rank rank round row_number rtrim sign strftime substr substring sum time timediff
    total trim typeof unicode unixepoch upper""".split()  # noqa: SIM905 - forty names read better so
)
Value = str | int | float | None


class SqlRefused(Exception):
    """The statement was not carried out, or not to its end. The text says why, for whoever wrote it."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the copy: its columns with their SQLite types, and its rows."""

    columns: Mapping[str, str]
    rows: Iterable[Sequence[Value]]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a statement gave. `read` are the tables that it read; `is_cut`: there were more rows than `ROWS`."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    is_cut: bool
    read: frozenset[str]


def ask(statement: str, tables: Mapping[str, Table], *, seconds: float) -> Answer:
    """Carry out one SELECT on a copy of `tables`. Raises SqlRefused. Takes at most about `seconds`, beside the copying."""
    connection = sqlite3.connect(":memory:", isolation_level=None, cached_statements=0)
    try:
        _fill(connection, tables)
        read: set[str] = set()
        _close_up(connection, frozenset(tables), read, until=time.monotonic() + seconds)
        try:
            cursor = connection.execute(statement)
            if cursor.description is None:
                raise SqlRefused("Only SELECT is possible here.")
            rows = cursor.fetchmany(ROWS + 1)
        except (sqlite3.Error, sqlite3.Warning, ValueError, OverflowError, UnicodeError) as error:
            raise SqlRefused(_why(error)) from error
        columns = tuple(str(column[0]) for column in cursor.description)
        return Answer(columns, tuple(map(tuple, rows[:ROWS])), len(rows) > ROWS, frozenset(read))
    finally:
        connection.close()


def _fill(connection: sqlite3.Connection, tables: Mapping[str, Table]) -> None:
    for name, table in tables.items():
        columns = ", ".join(f"{column} {kind}" for column, kind in table.columns.items())
        connection.execute(f"CREATE TABLE {name} ({columns})")
        marks = ", ".join("?" * len(table.columns))
        connection.executemany(f"INSERT INTO {name} VALUES ({marks})", table.rows)  # noqa: S608 - our own names


def _close_up(connection: sqlite3.Connection, names: frozenset[str], read: set[str], *, until: float) -> None:
    """From here on the connection can read these tables and nothing else."""

    def authorize(action: int, first: str | None, second: str | None, database: str | None, _: str | None) -> int:
        if action in (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_RECURSIVE):
            return sqlite3.SQLITE_OK
        if action == sqlite3.SQLITE_READ and first in names:
            read.add(first or "")
            return sqlite3.SQLITE_OK
        if action == sqlite3.SQLITE_FUNCTION and (second or "").lower() in _FUNCTIONS:
            return sqlite3.SQLITE_OK
        return sqlite3.SQLITE_DENY

    for limit, value in _LIMITS.items():
        connection.setlimit(limit, value)
    connection.set_authorizer(authorize)
    connection.set_progress_handler(lambda: time.monotonic() > until, CHECK_EACH)


def _why(error: Exception) -> str:
    text = str(error)
    if text == "interrupted":
        return "It took too long and was stopped. Ask for less."
    if "not authorized" in text or "prohibited" in text:
        return f"{text}: only reading of the listed tables, with common functions, is possible here."
    return text[:300]
