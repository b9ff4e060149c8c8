"""What the pages of memory share: the tabs above them, quotes in their messages, and words for what went wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from django.http import HttpResponse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from assistant.conversations.projects import project_names
from assistant.conversations.selectors import titles_of
from assistant.web.base import UserPage
from memory import api as memory
from memory.exceptions import (
    AlreadyChanged,
    BadValue,
    ConsentMissing,
    MemoryProblem,
    PreviewExpired,
    SecretRefused,
    UndoRefused,
)

STANDING = ("active", "disputed", "proposed")  # states of a fact that holds
AROUND = 240  # characters shown on each side of a quote


def told(error: MemoryProblem) -> str:
    """What went wrong, for the one who asked."""
    match error:
        case AlreadyChanged():
            return _("This was changed elsewhere meanwhile. What stands now is shown.")
        case UndoRefused():
            return _("This changed again later. Undo that first.")
        case SecretRefused():
            return _("Passwords, card numbers and keys are never kept.")
        case ConsentMissing():
            return _("You have not given leave to remember matters of this kind. See Consent.")
        case PreviewExpired():
            return _("Other things match now. Look again before you forget.")
        case BadValue():
            return _("This can’t be kept: it is empty, too long, or holds markup or control characters.")
    return _("That could not be done.")


@dataclass(frozen=True, slots=True)
class Quoted:
    """A piece of evidence with the words around it, and the title of its chat (empty when that is gone)."""

    source: memory.EvidenceView
    before: str
    quote: str
    after: str
    chat: str


def quoted(user_id: UUID, sources: Sequence[memory.EvidenceView]) -> list[Quoted]:
    """Each piece of evidence in its message: the quote is exactly the stored span."""
    titles = titles_of(user_id, {source.conversation_id for source in sources})
    return [_cut(source, titles.get(source.conversation_id, "")) for source in sources]


def _cut(source: memory.EvidenceView, chat: str) -> Quoted:
    text = source.around
    before, after = text[: source.start], text[source.end :]
    if len(before) > AROUND:
        before = f"…{before[-AROUND:]}"
    if len(after) > AROUND:
        after = f"{after[:AROUND]}…"
    return Quoted(source, before, text[source.start : source.end], after, chat)


class MemoryPage(UserPage):
    area = "memory"

    def page(self, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
        """As any page, with the names of projects for facts that count only there."""
        return super().page(template, {"project_names": self._project_names(), **context}, status=status)

    def fragment(self, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
        """As any fragment, with the names of projects too."""
        return super().fragment(template, {"project_names": self._project_names(), **context}, status=status)

    def _project_names(self) -> Mapping[UUID, str]:
        """Looked up when a page first asks."""
        user_id = self.user.pk
        return cast("Mapping[UUID, str]", SimpleLazyObject(lambda: project_names(user_id)))

    def tabs(self, current: str) -> dict[str, Any]:
        """What stands above every tab."""
        if self.wants_fragment:
            return {"tab": current}
        return {"tab": current, "facts_count": sum(topic.facts for topic in memory.topics_of(self.user.pk))}
