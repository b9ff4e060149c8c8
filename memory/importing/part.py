"""What one part of an import gathers, and the ids under which foreign rows are known here."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid5


@dataclass
class Part:
    """A part at work."""

    user_id: UUID
    import_id: UUID
    at: datetime
    kept: dict[str, int] = field(default_factory=dict)
    errors: list[dict[str, object]] = field(default_factory=list)

    def keep(self, kind: str, number: int = 1) -> None:
        self.kept[kind] = self.kept.get(kind, 0) + number

    def refuse(self, line: object, reason: str) -> None:
        """A line that is not taken in; the reason is that of the verification log, or `schema`."""
        self.errors.append({"line": line, "reason": reason})

    def name(self, *parts: object) -> UUID:
        """The id here of something that has a name of its own elsewhere: the same for every import, so that nothing comes in twice."""
        return uuid5(self.user_id, "\n".join(map(str, parts)).encode("utf-8", "replace").decode())

    def id(self, theirs: object) -> UUID | None:
        """The id here of a row of an export. Its leading bytes are kept, because ids rise with time and tell the order; None for what is no id."""
        try:
            old = UUID(str(theirs))
        except ValueError:
            return None
        own = hashlib.blake2b(old.bytes, digest_size=6, key=self.user_id.bytes).digest()
        return UUID(bytes=old.bytes[:10] + own)
