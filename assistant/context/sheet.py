"""The sheet that sections write on: messages for the model on one side, the receipt on the other. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from assistant.context.inputs import Context, Item
from memory.api import BlockName, MemoryLine, write_block

FRAMING = "framing"


def with_shared(items: Sequence[Item], shared: int) -> list[Item]:
    """The items with so many tokens fewer in all: lines of one block can share tokens where they meet. Taken off the longest, which miss them least."""
    found = list(items)
    while shared > 0:
        place = max(range(len(found)), key=lambda at: found[at].tokens)
        found[place] = replace(found[place], tokens=found[place].tokens - 1)
        shared -= 1
    return found


class Sheet:
    """Collects what the sections say, in their order. `count` counts the tokens of a text for the chosen model, `whole` those of messages as they are sent."""

    def __init__(
        self, count: Callable[[str], int], whole: Callable[[Sequence[dict[str, str]]], int] | None = None
    ) -> None:
        self.count = count
        self._whole = whole or (lambda messages: sum(count(message["content"]) for message in messages))
        self._messages: list[dict[str, str]] = []
        self._items: list[Item] = []
        self._blocks: list[str] = []
        self._pictures: dict[int, UUID] = {}
        self._beside = 0  # tokens of what is sent, but in no message

    def say(self, role: str, content: str, *, picture: UUID | None = None) -> None:
        """A message. Blocks that were laid down before it become a message of their own, in the user's role: data, never instructions."""
        self.close_blocks()
        if picture is not None:
            self._pictures[len(self._messages)] = picture
        self._messages.append({"role": role, "content": content})

    def lay(self, name: BlockName, lines: Iterable[MemoryLine | str], *, key: str) -> None:
        """A block of memory. Those that follow each other share one message."""
        self._blocks.append(write_block(name, lines, key=key))

    def close_blocks(self) -> None:
        """What was laid down stands in a message from here on."""
        if self._blocks:
            self._messages.append({"role": "user", "content": "\n".join(self._blocks)})
            self._blocks = []

    def note(self, kind: str, text: str, **more: Any) -> None:
        """A line of the receipt: `text` as it was sent."""
        self._items.append(Item(kind=kind, text=text, tokens=self.count(text), **more))

    def note_beside(self, kind: str, text: str, *, reason: str) -> None:
        """A line of the receipt for what is sent beside the messages."""
        item = Item(kind=kind, text=text, tokens=self.count(text), reason=reason)
        self._items.append(item)
        self._beside += item.tokens

    def note_unsent(self, text: str, **more: Any) -> None:
        """A line of the receipt for what was found and not sent: it took no tokens."""
        self._items.append(Item(kind="retrieved", text=text, tokens=0, **more))

    def finished(self) -> Context:
        """The prompt. What frames it (the marks around blocks, what tells one message from the next) belongs to no item and is one of its own, so that
        the receipt adds up to what was sent, to the token."""
        self.close_blocks()
        framing = self._whole(self._messages) + self._beside - sum(item.tokens for item in self._items)
        if framing > 0:
            self._items.append(Item("marks", "⟦memory:… ⟧", framing, reason=FRAMING))
        self._items = with_shared(self._items, -framing)
        memories = {item.reference for item in self._items if item.kind in ("profile", "fact", "episode")}
        tokens = sum(item.tokens for item in self._items)
        return Context(self._messages, self._items, tokens, len(memories), self._pictures)
