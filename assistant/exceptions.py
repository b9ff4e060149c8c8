"""What can go wrong around a conversation. Each error has a `code`; config/problems.py turns them into answers, in words a person can use."""

from __future__ import annotations


class AssistantError(Exception):
    """Base of this app's errors. The text is for logs."""

    code = "assistant-error"


class NotFound(AssistantError):
    """No such thing, or not this user's: the two are not told apart."""

    code = "not-found"


class EmptyMessage(AssistantError):
    """Nothing but white space was sent."""

    code = "empty-message"


class MessageTooLong(AssistantError):
    """The text is over the limit, which is the first argument, in characters."""

    code = "message-too-long"


class UnreadableText(AssistantError):
    """The text holds a NUL or half of a character."""

    code = "unreadable-text"


class UnknownModel(AssistantError):
    """No model of this name is connected. The first argument is the name."""

    code = "unknown-model"


class AlreadyFinished(AssistantError):
    """The run has ended; there is nothing to stop."""

    code = "already-finished"


class KeyReused(AssistantError):
    """The same Idempotency-Key came with another request."""

    code = "idempotency-key-reused"


class NothingToWeigh(AssistantError):
    """No memory went into this answer."""

    code = "nothing-to-weigh"


class AlreadyDecided(AssistantError):
    """The person has allowed or refused this call of a tool before, or it does not wait for them."""

    code = "already-decided"


class NotWhatWasShown(AssistantError):
    """The approval is for other bytes than those that wait."""

    code = "not-what-was-shown"


class LostClaim(AssistantError):
    """Another worker has taken this run over. Whoever sees this stops at once and writes nothing."""

    code = "lost-claim"


class Unavailable(AssistantError):
    """Valkey or the queue can't be reached. What was sent is kept."""

    code = "unavailable"


class FileProblem(AssistantError):
    """A file can't be taken. `assistant/files/telling.py` has the words."""

    code = "file"


class FileTooLarge(FileProblem):
    """Arguments: its name, its size and the limit, both in bytes."""

    code = "file-too-large"


class NoRoomForFile(FileProblem):
    """All files of its owner together would be too large. Arguments: its name, what the others take up and what they may, both in bytes."""

    code = "no-room-for-file"


class FileTypeUnknown(FileProblem):
    """What stands in the file is neither text nor PDF nor a picture that browsers show. The first argument is its name."""

    code = "file-type-unknown"


class EmptyFile(FileProblem):
    """Nothing stands in the file. The first argument is its name."""

    code = "file-empty"


class TooManyFiles(FileProblem):
    """More files than one message may have, which is the first argument."""

    code = "too-many-files"


class FileGone(FileProblem):
    """A file that was to go with a message does not wait for one (any more)."""

    code = "file-gone"
