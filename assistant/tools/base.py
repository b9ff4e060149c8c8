"""What a tool is. Adding one is a module with a class, and its name in `registry.TOOLS`.

A tool that only looks (`ReadingTool`) is called beside others of its step. A tool that changes what is stored (`ChangingTool`) runs alone, in the
transaction that also notes that it ran, so that it can't happen twice. Whether a call is let through is decided outside of the tool (`runs/leave.py`).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.functional import Promise

from assistant.conversations.withheld import NOTHING, Withheld
from assistant.exceptions import AssistantError
from assistant.models import ToolCall
from memory.api import USER_SCOPE, MemoryScope

Origin = ToolCall.Origin
Permission = ToolCall.Permission
Schema = Mapping[str, Any]
Arguments = Mapping[str, Any]


class ToolFailed(AssistantError):
    """A tool could not do it. The text is told to the model, in plain words and without secrets."""

    code = "tool-failed"
    origin: Origin = Origin.COMPUTED  # where the words of the text come from


@dataclass(frozen=True, slots=True)
class Asker:
    """For whom and where a tool works. `at` is aware UTC; `keeps_memory`: this conversation reads and writes memory."""

    user_id: UUID
    conversation_id: UUID
    question_id: UUID
    at: datetime
    zone: ZoneInfo
    language: str = "en"
    scope: MemoryScope = USER_SCOPE
    keeps_memory: bool = True
    is_paused: bool = False  # memory may be read, nothing new is kept
    without: Withheld = NOTHING  # what no tool may bring back into this answer


@dataclass(frozen=True, slots=True)
class Result:
    """What a tool gives back: text for the model, and where its words come from."""

    text: str
    origin: Origin = Origin.COMPUTED


@dataclass(frozen=True, slots=True)
class Preview:
    """What a call would do, for the person to decide on. `proof` binds the doing to what was shown, where a preview can go out of date."""

    text: str
    proof: str = ""


class Tool:
    """A tool: its name and description for the model, what it takes (JSON schema of an object), what it may touch, and for how long it may run."""

    name: str
    label: str | Promise  # for people
    description: str
    parameters: Schema
    permission: Permission = Permission.READS
    seconds: float = 10
    always_asks = False  # never without the person's leave, whatever the turn holds

    def is_offered(self, asker: Asker) -> bool:
        """Whether it makes sense here and now."""
        return True

    def preview(self, asker: Asker, arguments: Arguments) -> Preview:
        """What the call would do, before leave is asked for; inside `as_user`. Raises ToolFailed when there would be nothing to do."""
        return Preview("")

    @property
    def definition(self) -> dict[str, Any]:
        """As a model is told of it."""
        function = {"name": self.name, "description": self.description, "parameters": dict(self.parameters)}
        return {"type": "function", "function": function}


class ReadingTool(Tool, ABC):
    """One that changes nothing here."""

    @abstractmethod
    async def call(self, asker: Asker, arguments: Arguments) -> Result:
        """Do it. Raises ToolFailed. May be cancelled at any await."""


class ChangingTool(Tool, ABC):
    """One that changes what is stored here."""

    permission = Permission.CHANGES

    @abstractmethod
    def change(self, asker: Asker, arguments: Arguments, *, proof: str) -> Result:
        """Do it, inside the transaction that notes it. Raises ToolFailed, and then nothing was changed."""


def schema(required: tuple[str, ...] = (), **properties: Mapping[str, Any]) -> Schema:
    """The JSON schema of an object with these properties and no others."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }
