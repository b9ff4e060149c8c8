"""Rows that belong to one user, and the two walls around them.

The first wall is the queryset: it refuses to run unless it names whose rows it wants. The second is Postgres: every owned table has row-level
security, and the role that web and workers run as sees no row unless the transaction says for whom it works.

    with as_user(user):                       # one short transaction, seen as `user` by Postgres
        Fact.objects.of(user).active()

    with as_system("sweep lost runs"):        # administration, sweepers, evaluation: all rows, with a reason
        Run.objects.across_users("sweep lost runs").lost(now)

Both can be nested; what held outside holds again afterwards. Neither is to be held while waiting for a model, a stream or a person.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ParamSpec, Self, TypeVar
from uuid import UUID

from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import connection, migrations, models, transaction
from psycopg.errors import error_from_result
from psycopg.pq import Escaping, ExecStatus, TransactionStatus
from uuid_utils.compat import uuid7

if TYPE_CHECKING:
    from profiles.models import User


class ScopeError(RuntimeError):
    """Rows of users were asked for without saying whose, or outside `as_user` and `as_system`. Always a mistake in our code."""

    code = "unscoped"


@dataclass(frozen=True, slots=True)
class Scope:
    """For whom the current transaction works. Exactly one of the two is set, or none outside of both walls."""

    user_id: UUID | None = None
    reason: str = ""

    def __bool__(self) -> bool:
        return self.user_id is not None or bool(self.reason)


_SCOPE = "SELECT set_config('app.user_id', %s, true), set_config('app.reason', %s, true)"
_NOBODY = Scope()
_scope: ContextVar[Scope] = ContextVar("scope", default=_NOBODY)


def current_scope() -> Scope:
    """Whose rows the running code may reach."""
    return _scope.get()


def new_id() -> UUID:
    """A UUIDv7: rises with time, so keys double as the order of creation."""
    return uuid7()


def _tell_postgres(scope: Scope) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_SCOPE, [str(scope.user_id or ""), scope.reason])


def _begin_as(scope: Scope) -> None:
    """Open the transaction and tell Postgres whose it is, in one round trip: every piece of work begins so, and psycopg would make two of it."""
    with connection.wrap_database_errors:
        raw = connection.connection
        if raw.pgconn.transaction_status != TransactionStatus.IDLE:
            _tell_postgres(scope)
            return
        literal = Escaping(raw.pgconn).escape_literal
        values = [literal(value.encode()) for value in (str(scope.user_id or ""), scope.reason)]
        result = raw.pgconn.exec_(b"BEGIN; " + _SCOPE.encode() % tuple(values))
        if result.status != ExecStatus.TUPLES_OK:
            raise error_from_result(result)


@contextmanager
def _working_as(scope: Scope) -> Iterator[None]:
    outer = _scope.get()
    is_inside = connection.in_atomic_block
    with transaction.atomic():
        (_tell_postgres if is_inside else _begin_as)(scope)
        token = _scope.set(scope)
        try:
            yield
        finally:
            _scope.reset(token)
    if connection.in_atomic_block:  # the outer transaction goes on: the local setting would outlive the block
        _tell_postgres(outer)


@contextmanager
def as_user(user: User | UUID) -> Iterator[None]:
    """One transaction that reaches the rows of `user` and no others.

    Raises whatever the block raises; the transaction is then rolled back.
    """
    with _working_as(Scope(user_id=user if isinstance(user, UUID) else user.pk)):
        yield


@contextmanager
def as_system(reason: str) -> Iterator[None]:
    """One transaction that reaches the rows of all users. `reason` says why, in words for the log."""
    if not reason.strip():
        raise ScopeError("as_system needs a reason")
    with _working_as(Scope(reason=reason)):
        yield


P = ParamSpec("P")
T = TypeVar("T")


async def work_as(user_id: UUID, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """For asynchronous code: `work` in one short transaction as the user, in a thread, with the connection given back at its end.

    Without the last, a stream or a wait for a model would keep a connection that it does not use.
    """

    def run() -> T:
        try:
            with as_user(user_id):
                return work(*args, **kwargs)
        finally:
            if not connection.in_atomic_block:
                connection.close()

    return await sync_to_async(run)()


M = TypeVar("M", bound=models.Model)


class OwnedQuerySet(models.QuerySet[M]):
    """A queryset that runs only when it says whose rows it wants: `of(user)`, through a related manager, or `across_users(reason)`."""

    _is_scoped = False

    def of(self, user: User | UUID) -> Self:
        """The rows of `user`."""
        queryset = self.filter(user_id=user if isinstance(user, UUID) else user.pk)
        queryset._is_scoped = True
        return queryset

    def across_users(self, reason: str) -> Self:
        """The rows of all users; runs only inside `as_system`."""
        if not reason.strip():
            raise ScopeError("across_users needs a reason")
        queryset = self.all()
        queryset._is_scoped = True
        return queryset

    def _refuse_unscoped(self) -> None:
        if not self._is_scoped:
            raise ScopeError(
                f"{self.model.__name__}: say whose rows: .of(user), a related manager or .across_users(reason)"
            )
        if not _scope.get():
            raise ScopeError(f"{self.model.__name__}: reached outside as_user(...) and as_system(...)")

    # Django's own hooks. Everything that reads or writes rows goes through one of these.
    def _clone(self) -> Self:
        queryset: Self = super()._clone()  # type: ignore[misc]
        queryset._is_scoped = self._is_scoped
        return queryset

    def _add_hints(self, **hints: Any) -> None:  # related managers pass the instance they hang on
        super()._add_hints(**hints)  # type: ignore[misc]
        if "instance" in hints:
            self._is_scoped = True

    def _fetch_all(self) -> None:
        if self._result_cache is None:
            self._refuse_unscoped()
        super()._fetch_all()

    def iterator(self, chunk_size: int | None = None) -> Iterator[M]:
        self._refuse_unscoped()
        return super().iterator(chunk_size)

    def count(self) -> int:
        self._refuse_unscoped()
        return super().count()

    def exists(self) -> bool:
        self._refuse_unscoped()
        return super().exists()

    def aggregate(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        self._refuse_unscoped()
        return super().aggregate(*args, **kwargs)

    def update(self, **kwargs: Any) -> int:
        self._refuse_unscoped()
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        self._refuse_unscoped()
        return super().delete()


class OwnedModel(models.Model):
    """Base of every row that belongs to a user. Its migration must `protect` the table."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    objects = OwnedQuerySet.as_manager()

    class Meta:
        abstract = True


_OWNER = "user_id = (SELECT nullif(current_setting('app.user_id', true), '')::uuid)"
_SYSTEM = "(SELECT nullif(current_setting('app.reason', true), '')) IS NOT NULL"


def protect(*tables: str) -> list[migrations.RunSQL]:
    """Operations that put row-level security on `tables`, for the migration that creates them. FORCE: the owner of the tables is bound too."""
    return [
        migrations.RunSQL(
            [
                f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
                f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
                f"CREATE POLICY owner ON {table} USING ({_OWNER}) WITH CHECK ({_OWNER})",
                f"CREATE POLICY system ON {table} USING ({_SYSTEM}) WITH CHECK ({_SYSTEM})",
            ],
            [
                f"DROP POLICY system ON {table}",
                f"DROP POLICY owner ON {table}",
                f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY",
                f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
            ],
        )
        for table in tables
    ]
