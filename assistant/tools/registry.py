"""The tools there are. A new one is a class in a module of its own, and a line here."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from assistant.conf import tools_off
from assistant.tools.base import Asker, Tool
from assistant.tools.calculator import Calculator
from assistant.tools.chats import SearchChats
from assistant.tools.clock import Clock
from assistant.tools.files import ReadFile
from assistant.tools.memory import Forget, Remember, SearchMemory
from assistant.tools.python import Python
from assistant.tools.servers import known_tools
from assistant.tools.sql.tool import Sql
from assistant.tools.web.fetch import FetchPage
from assistant.tools.web.search import SearchWeb

# In the order in which models are told of them: it must not change without need, for it is the start of every prompt.
TOOLS: tuple[Tool, ...] = (
    Calculator(),
    Clock(),
    SearchMemory(),
    SearchChats(),
    Sql(),
    Remember(),
    Forget(),
    SearchWeb(),
    FetchPage(),
    Python(),
    ReadFile(),
)


@dataclass(frozen=True, slots=True)
class Toolbox:
    """The tools that one answer may use."""

    tools: tuple[Tool, ...] = ()

    def find(self, name: str) -> Tool | None:
        """The tool of this name, if it is offered."""
        return next((tool for tool in self.tools if tool.name == name), None)

    @property
    def definitions(self) -> list[dict[str, Any]]:
        """As models are told of them."""
        return [tool.definition for tool in self.tools]

    @property
    def written(self) -> str:
        """The definitions as text, for counting and for the receipt; empty when there are none."""
        return json.dumps(self.definitions, ensure_ascii=False) if self.tools else ""


def within(toolbox: Toolbox, *, tokens: int, count: Callable[[str], int]) -> Toolbox:
    """The tools whose definitions fit so many tokens, in their order: the same ones for the same model, so that the prompt's start stays."""
    kept: list[Tool] = []
    for tool in toolbox.tools:
        tokens -= count(json.dumps(tool.definition, ensure_ascii=False))
        if tokens < 0:
            break
        kept.append(tool)
    return Toolbox(tuple(kept))


def toolbox_for(asker: Asker) -> Toolbox:
    """What may be used for one answer: our own where they make sense, then those of connected servers; none that the operator took out."""
    off = set(tools_off())
    if "all" in off:
        return Toolbox()
    offered: dict[str, Tool] = {tool.name: tool for tool in TOOLS if tool.is_offered(asker)}
    ours = {tool.name for tool in TOOLS}  # also what is not offered here: no server's tool may pass for it
    for tool in known_tools():
        if tool.name not in ours:
            offered.setdefault(tool.name, tool)
    return Toolbox(tuple(tool for name, tool in offered.items() if name not in off))
