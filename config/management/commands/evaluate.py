"""Measure memory: `evaluate behaviours FILE`, `evaluate answers FILE` (the same cases, answered with and without memory), `evaluate recall FILE`.

Works on a database of its own and leaves the real one alone.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from psycopg import conninfo, sql

from config.embedded import StackError, postgres_program, prepare_database, prepare_postgres, python
from memory.evaluation.cases import MalformedLine

_PREFIX = "evaluate_"
_INSIDE = "REMEMBRANCER_EVALUATING"


# What is printed of a score: coverage of written lines, and of texts alone, as the evidence in the design counts it.
_SCORES = {"recall": "recall", "coverage": "coverage", "texts": "  by texts"}


class Command(BaseCommand):
    help = "Measure memory on a file of cases, on a database of its own."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["behaviours", "answers", "recall"])
        parser.add_argument("file", type=Path)
        parser.add_argument("--json", action="store_true", dest="as_json", help="print one JSON object")
        parser.add_argument(
            "--rivals",
            action="store_true",
            help="recall: also what cosine alone finds, and mem0 where it is installed (requirements-mem0.lock)",
        )

        parser.add_argument(
            "--among",
            type=int,
            default=0,
            metavar="MEMORIES",
            help="recall: also what is still found when each user has so many; two conversations or more are needed",
        )

    def handle(
        self, *args: Any, what: str, file: Path, as_json: bool, rivals: bool, among: int, **options: Any
    ) -> None:
        if not file.is_file():
            sys.exit(_complain(f"{file} is not a file that can be read."))
        if os.environ.get(_INSIDE):
            sys.exit(self._measure(what, file, as_json=as_json, rivals=rivals, among=among))
        try:
            _check(what, file)  # before a database is made for it
        except (MalformedLine, OSError) as error:
            sys.exit(_complain(f"{file}: {error}"))
        flags = [*(["--json"] if as_json else []), *(["--rivals"] if rivals else []), f"--among={among}"]
        argv = [python(), sys.argv[0], "evaluate", what, str(file.absolute()), *flags]
        try:
            with _own_database() as environment:
                sys.exit(subprocess.run(argv, env=environment, check=False).returncode)  # noqa: S603
        except (StackError, psycopg.Error) as error:
            sys.exit(_complain(str(error).strip().splitlines()[0]))

    def _measure(self, what: str, file: Path, *, as_json: bool, rivals: bool, among: int) -> int:
        settings.MEMORY_LISTENER = ""  # nobody watches, and there is no broker to tell them through
        report = _recall(file, with_rivals=rivals, among=among) if what == "recall" else _MEASURES[what](file)
        if as_json:
            self.stdout.write(json.dumps(report, ensure_ascii=False))
        else:
            {"behaviours": self._show_behaviours, "answers": self._show_answers, "recall": self._show_recall}[what](
                report
            )
        return 0

    def _show_answers(self, report: dict[str, Any]) -> None:
        self.stdout.write(f"{report['model']}: answered as wanted, with memory and without")
        for category, row in sorted(report["by_category"].items()):
            self.stdout.write(f"{category:22} {row['with']:4} {row['without']:4} of {row['questions']:4}")
        self.stdout.write(f"{'all':22} {report['with']:4} {report['without']:4} of {report['questions']:4}")

    def _show_behaviours(self, report: dict[str, Any]) -> None:
        for failure in report["failures"]:
            self.stdout.write(f"{failure['id']} ({failure['category']}): {failure['why']}")
            self.stdout.write(f"    probe: {json.dumps(failure['probe'], ensure_ascii=False)}")
            for line in failure["context"].splitlines():
                self.stdout.write(f"    | {line}")
        for category, row in sorted(report["by_category"].items()):
            total = row["passed"] + row["failed"]
            self.stdout.write(f"{category:22} {row['passed']:4} of {total:4}  {100 * row['passed'] / total:5.1f} %")
        self.stdout.write(f"{'all':22} {report['passed']:4} of {report['cases']:4}")

    def _show_recall(self, report: dict[str, Any]) -> None:
        self.stdout.write(f"{report['questions']} questions with evidence")
        for name in ("recall", "coverage", "texts"):
            row = "  ".join(f"{at}: {value:.3f}" for at, value in report[name].items())
            self.stdout.write(f"{_SCORES[name]:10} {row}")
        for category, row in sorted(report["by_category"].items()):
            self.stdout.write(
                f"  {category:14} {row['questions']:4}  "
                + "  ".join(f"{at}: {row['recall'][at]:.3f}" for at in row["recall"])
            )
        if audited := report["audited"]["questions"]:
            self.stdout.write(f"against the audited evidence, {audited} questions")
            for name in ("recall", "coverage", "texts"):
                row = "  ".join(f"{at}: {value:.3f}" for at, value in report["audited"][name].items())
                self.stdout.write(f"  {_SCORES[name]:10} {row}")
        self.stdout.write(
            f"latency    p50 {report['latency_ms']['p50']:.1f} ms, p95 {report['latency_ms']['p95']:.1f} ms"
        )
        self.stdout.write(f"questions that the answer “nothing” would empty: {report['emptied']}")
        if among := report.get("among"):
            for name in ("recall", "coverage"):
                row = "  ".join(
                    f"{at}: {value:.3f} (-{report[name][at] - value:.3f})" for at, value in among[name].items()
                )
                self.stdout.write(f"among {among['memories']} memories, {name}: {row}")
        for rival in report.get("rivals", []):
            found = "  ".join(f"{at}: {value:.3f}" for at, value in rival["recall"].items())
            latency = f"p50 {rival['latency_ms']['p50']:.1f} ms, p95 {rival['latency_ms']['p95']:.1f} ms"
            stored = f", stores {rival['turns_per_second']} turns/s" if rival["turns_per_second"] else ""
            self.stdout.write(f"beside it, {rival['name']}: {found}  {latency}{stored}")


def _check(what: str, file: Path) -> None:
    """Raises MalformedLine, OSError."""
    from memory.evaluation.behaviours import check_case  # noqa: PLC0415
    from memory.evaluation.cases import read_lines  # noqa: PLC0415
    from memory.evaluation.recall import read  # noqa: PLC0415

    if what == "recall":
        read(file)
        return
    for number, case in read_lines(file):
        check_case(number, case)


def _behaviours(file: Path) -> dict[str, Any]:
    from memory.evaluation.behaviours import Case, report  # noqa: PLC0415
    from memory.evaluation.cases import read_lines  # noqa: PLC0415

    return report([(case, Case(case).run()) for _, case in read_lines(file)])


def _answers(file: Path) -> dict[str, Any]:
    from assistant.evaluation import compare  # noqa: PLC0415
    from memory.evaluation.cases import read_lines  # noqa: PLC0415

    return compare(case for _, case in read_lines(file))


def _recall(file: Path, *, with_rivals: bool, among: int) -> dict[str, Any]:
    from memory.evaluation.recall import measure  # noqa: PLC0415

    return measure(file, with_rivals=with_rivals, among=among)


_MEASURES = {"behaviours": _behaviours, "answers": _answers}


def _complain(text: str) -> int:
    sys.stderr.write(f"{text}\n")
    return 2


@contextmanager
def _own_database() -> Iterator[dict[str, str]]:
    """The environment of a process that has a database of its own, migrated; all of it is gone afterwards."""
    scratch = Path(tempfile.mkdtemp(prefix="remembrancer-evaluate-"))
    scratch.chmod(0o711)  # as root, Postgres runs under another account and must get through
    try:
        if url := os.environ.get("DATABASE_URL"):
            with _database_beside(url) as own:
                yield _migrated(own, scratch)
        else:
            with _server(scratch) as own:
                yield _migrated(own, scratch)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _migrated(url: str, scratch: Path) -> dict[str, str]:
    environment = {
        **os.environ,
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "config.settings.evaluation",
        "DATA_DIR": str(scratch / "data"),
        "REDIS_URL": os.environ.get("REDIS_URL", f"unix://{scratch}/none.sock"),
        _INSIDE: "1",
    }
    prepare_database(url, role=settings.DATABASE_ROLE)
    done = subprocess.run(  # noqa: S603
        [python(), sys.argv[0], "migrate", "--verbosity", "0"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise StackError(f"The database for the evaluation could not be made: {done.stderr.strip().splitlines()[-1:]}")
    return environment


@contextmanager
def _server(scratch: Path) -> Iterator[str]:
    cluster = prepare_postgres(scratch / "pg")
    program = postgres_program(cluster, "fsync=off", "synchronous_commit=off", "full_page_writes=off")
    child = program.start(stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + 20
        while not (program.is_ready and program.is_ready()):
            if child.poll() is not None or time.monotonic() > deadline:
                raise StackError("The temporary Postgres did not start.")
            time.sleep(0.05)
        yield cluster.url
    finally:
        child.send_signal(program.stop_signal)
        child.wait(10)


@contextmanager
def _database_beside(url: str) -> Iterator[str]:
    """A new database on the server at `url`; those that earlier runs left behind are dropped first."""
    name = _PREFIX + secrets.token_hex(6)
    with psycopg.connect(conninfo.make_conninfo(url, dbname="postgres"), autocommit=True) as connection:
        for (left,) in connection.execute(
            "SELECT datname FROM pg_database WHERE datname LIKE 'evaluate\\_%'"
        ).fetchall():
            busy = connection.execute("SELECT 1 FROM pg_stat_activity WHERE datname = %s", [left]).fetchone()
            if not busy:
                connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(left)))
        try:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        except psycopg.errors.InsufficientPrivilege as error:
            raise StackError(
                "DATABASE_URL has no right to create a database. Unset it to use a temporary one."
            ) from error
        parts = {**conninfo.conninfo_to_dict(url), "dbname": name}
        try:
            yield _as_url(parts)
        finally:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _as_url(parts: dict[str, Any]) -> str:
    from urllib.parse import quote, urlencode  # noqa: PLC0415

    user = quote(str(parts.pop("user", "")), safe="")
    password = parts.pop("password", None)
    name = quote(str(parts.pop("dbname")), safe="")
    login = user + (f":{quote(str(password), safe='')}" if password else "") + ("@" if user else "")
    return f"postgresql://{login}/{name}?{urlencode(parts)}"
