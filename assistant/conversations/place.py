"""Where a conversation's words go in memory, and from where its answers draw: nowhere for a temporary one, by its project's say otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assistant.models import Conversation, Project
from memory.api import USER_SCOPE, MemoryScope, ScopeKind


@dataclass(frozen=True, slots=True)
class MemoryPlace:
    """Without `is_kept` memory neither knows of the conversation nor learns from it, and gives nothing to it."""

    scope: MemoryScope
    is_kept: bool

    @property
    def mode(self) -> Literal["normal", "temporary"]:
        """As `memory.api.record_turn` takes it."""
        return "normal" if self.is_kept else "temporary"


def place_of(conversation: Conversation) -> MemoryPlace:
    """By the mode that holds now: a change counts for later turns, and moves nothing."""
    project = conversation.project
    if conversation.is_temporary or (project is not None and project.memory == Project.Memory.OFF):
        return MemoryPlace(USER_SCOPE, is_kept=False)
    if project is not None and project.memory == Project.Memory.ISOLATED:
        return MemoryPlace(MemoryScope(ScopeKind.PROJECT, project.pk), is_kept=True)
    return MemoryPlace(USER_SCOPE, is_kept=True)
