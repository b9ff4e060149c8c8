"""What can go wrong in this app, each with a `code` that callers can branch on."""

from __future__ import annotations


class MemoryProblem(Exception):
    """Base of this app's errors. The text is for people and never holds what was remembered."""

    code = "memory"


class NotRemembered(MemoryProblem):
    """There is no such fact, question, batch or preview of this user."""

    code = "not_remembered"


class UnknownPredicate(MemoryProblem):
    """The registry has no predicate of that name."""

    code = "unknown_predicate"


class BadValue(MemoryProblem):
    """A value that may not be stored: empty, too long, markup, control characters."""

    code = "bad_value"


class SecretRefused(MemoryProblem):
    """The value looks like a password, key or card number. Such things are never stored."""

    code = "secret_refused"


class ConsentMissing(MemoryProblem):
    """The value is of a kind for which the user has given no leave."""

    code = "consent_missing"

    def __init__(self, sensitivity: str) -> None:
        super().__init__(f"No leave to remember matters of this kind: {sensitivity}")
        self.sensitivity = sensitivity


class AlreadyChanged(MemoryProblem):
    """The fact was changed since the caller read it (its version is newer), or the question was answered."""

    code = "already_changed"


class UndoRefused(MemoryProblem):
    """Something newer rests on this batch (`newer` names it), it was undone already, or it is a forget."""

    code = "undo_refused"

    def __init__(self, message: str, newer: str = "") -> None:
        super().__init__(message)
        self.newer = newer


class PreviewExpired(MemoryProblem):
    """Memory changed since the preview was made: look again before forgetting."""

    code = "preview_expired"


class BadFile(MemoryProblem):
    """A file that can't be imported: too large, not text, or none of the forms that are known."""

    code = "bad_file"
