"""Hashes of what must not be learned again. They block, and reveal nothing: the key is not in the database."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.conf import settings

from memory.facts.relations import relation_in, without_relation
from memory.models import Tombstone
from memory.types import MemoryScope
from memory.values import bare_words, fold, spellings_of

_RUN = 4


def _digest(user_id: UUID, predicate: str, subject: str, value: str) -> bytes:
    text = "\x1f".join((user_id.hex, predicate, subject, value))
    return hmac.new(settings.TOMBSTONE_KEY.encode(), text.encode(), hashlib.sha256).digest()


def subject_keys(subject: str) -> list[str]:
    """Under which keys somebody's tombstones are looked for: `user`, or the name, or the relation when there is no name."""
    if fold(subject) == "user":
        return ["user"]
    name, relation = without_relation(subject), relation_in(subject)
    keys = [" ".join(bare_words(name))] if name else []
    if relation and not name:
        keys.append(relation)
    return keys or [fold(subject)]


def _whole(value: str) -> str:
    return " ".join(bare_words(value))


def _runs(value: str) -> set[str]:
    """Whole values and runs of words that a tombstone may stand for, in each spelling."""
    runs = set()
    for words in map(bare_words, spellings_of(value)):
        runs.add(" ".join(words))
        for size in range(1, _RUN + 1):
            runs |= {" ".join(words[at : at + size]) for at in range(len(words) - size + 1)}
    return runs


def digests_of(user_id: UUID, *, predicate: str, subjects: Iterable[str], value: str) -> list[bytes]:
    """The hashes that stand for one forgotten value."""
    whole = _whole(value)
    keys = dict.fromkeys(key for subject in subjects for key in subject_keys(subject))
    return [_digest(user_id, predicate, key, whole) for key in keys] if whole else []


def bury(
    user_id: UUID, digests: Iterable[bytes], *, scope: MemoryScope, at: datetime, until: datetime | None = None
) -> int:
    """Write tombstones. How many are new."""
    rows = [
        Tombstone(
            user_id=user_id, scope_kind=scope.kind.value, scope_id=scope.id, digest=digest, created_at=at, until=until
        )
        for digest in dict.fromkeys(digests)
    ]
    known = {
        bytes(digest)
        for digest in Tombstone.objects.of(user_id)
        .filter(scope_kind=scope.kind.value, scope_id=scope.id, digest__in=[row.digest for row in rows])
        .values_list("digest", flat=True)
    }
    fresh = [row for row in rows if row.digest not in known]
    Tombstone.objects.bulk_create(fresh)
    return len(fresh)


class Graveyard:
    """The tombstones of one user and scope, read once for a batch."""

    def __init__(self, user_id: UUID, scope: MemoryScope, at: datetime) -> None:
        self.user_id = user_id
        self._digests = {
            bytes(digest)
            for digest, until in Tombstone.objects.of(user_id)
            .filter(scope_kind=scope.kind.value, scope_id=scope.id)
            .values_list("digest", "until")
            if until is None or until > at
        }

    def holds(self, *, predicate: str, subject: str, value: str) -> bool:
        """Whether the value, or a run of up to four of its words, was forgotten for this predicate and subject."""
        if not self._digests:
            return False
        return any(
            _digest(self.user_id, predicate, key, run) in self._digests
            for key in subject_keys(subject)
            for run in _runs(value)
        )


def lift(user_id: UUID, *, predicate: str, subject: str, value: str, scope: MemoryScope) -> list[str]:
    """Take away the tombstones that block a value which the user typed, told to remember or confirmed. Their hashes, in hex."""
    digests = [_digest(user_id, predicate, key, run) for key in subject_keys(subject) for run in _runs(value)]
    rows = Tombstone.objects.of(user_id).filter(scope_kind=scope.kind.value, scope_id=scope.id, digest__in=digests)
    lifted = [bytes(row.digest).hex() for row in rows]
    rows.delete()
    return lifted
