"""A summary is a list of sections, each renewed by itself: what did not change stays as it was, byte for byte. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Section:
    """A piece of a summary. `key` names it within its summary; `mark` tells whether what it was made of has changed since."""

    key: str
    text: str
    mark: str
    fact_ids: tuple[UUID, ...] = ()

    def plain(self) -> dict[str, object]:
        """As it is stored."""
        return {"key": self.key, "text": self.text, "mark": self.mark, "facts": [str(item) for item in self.fact_ids]}


def thaw(stored: Iterable[dict[str, object]]) -> list[Section]:
    """Sections as they were stored."""
    found = []
    for row in stored:
        facts = row.get("facts")
        ids = tuple(UUID(str(item)) for item in facts) if isinstance(facts, list) else ()
        found.append(Section(str(row["key"]), str(row["text"]), str(row["mark"]), ids))
    return found


def patch(old: Sequence[Section], new: Sequence[Section]) -> tuple[list[Section], bool]:
    """`new`, with each section whose mark stands taken from `old` as it was written; and whether anything differs."""
    kept = {(section.key, section.mark): section for section in old}
    patched = [kept.get((section.key, section.mark), section) for section in new]
    return patched, patched != list(old)


def joined(sections: Iterable[Section]) -> str:
    """The text of a summary."""
    return "\n".join(section.text for section in sections if section.text)
