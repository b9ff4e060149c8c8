"""The prompt of an answer, built again from its receipt: as it was sent, or with some items left out. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import groupby
from typing import Protocol

from memory.api import BlockName, read_line, write_block

_BLOCKS = {
    "profile": BlockName.PROFILE,
    "summary": BlockName.SUMMARY,
    "fact": BlockName.RECALLED,
    "episode": BlockName.RECALLED,
    "action": BlockName.ACTIONS,
    "now": BlockName.NOW,
}

UNSENT = ("marks", "tools", "found", "retrieved")  # lines of a receipt that are no part of a message


class ReceiptItem(Protocol):
    """What is needed of an item: its kind, its text as sent, and the message that a turn was."""

    kind: str
    text: str
    reference: str
    position: int


def replay(
    items: Sequence[ReceiptItem], *, roles: Mapping[str, str], key: str, without: Collection[int] = ()
) -> list[dict[str, str]]:
    """The messages of a prompt from the items of its receipt, in their order.

    `roles` tells by message id who said a turn (the question has no id); `key` marks the blocks; `without` are positions of items to leave out.
    What was forgotten since is not there any more.
    """
    messages: list[dict[str, str]] = []
    blocks: list[str] = []

    def close() -> None:
        if blocks:
            messages.append({"role": "user", "content": "\n".join(blocks)})
            blocks.clear()

    kept = [item for item in items if item.position not in without and item.kind not in UNSENT]
    for name, group in groupby(kept, key=lambda item: _BLOCKS.get(item.kind)):
        for item in () if name else group:
            close()
            role = "system" if item.kind == "instructions" else roles.get(item.reference, "user")
            messages.append({"role": role, "content": item.text})
        if name:
            blocks.append(_block(name, list(group), key))
            if name in (BlockName.PROFILE, BlockName.SUMMARY):
                close()
    close()
    return messages


def _block(name: BlockName, items: Sequence[ReceiptItem], key: str) -> str:
    if name in (BlockName.NOW, BlockName.SUMMARY):
        return write_block(name, [line for item in items for line in item.text.splitlines()], key=key)
    return write_block(name, [line for line in (read_line(item.text) for item in items) if line], key=key)
