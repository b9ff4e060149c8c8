"""The context receipt as a page: everything that went into one answer, why, and what it cost."""

from __future__ import annotations

import re
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from assistant.conversations import selectors
from assistant.llm.choice import label_of
from assistant.models import ContextItem, Message
from assistant.web.base import UserPage
from memory.api import read_line

# Sections of the page in order: key, kinds of item in it.
SECTIONS = (
    ("recalled", ("fact",)),
    ("past", ("episode",)),
    ("about", ("profile",)),
    ("chat", ("turn", "summary")),
    ("done", ("action",)),
    ("instructions", ("instructions", "now")),
)


@dataclass(frozen=True, slots=True)
class ShownItem:
    """One line of the receipt in words."""

    item: ContextItem
    text: str
    said: str
    fact_id: UUID | None
    score: float | None


@dataclass(frozen=True, slots=True)
class Section:
    """Items of one kind, their tokens, and where their part of the bar begins (of 100)."""

    key: str
    title: str
    items: list[ShownItem]
    tokens: int
    bar_start: float
    bar_width: float


def _titles() -> dict[str, str]:
    return {
        "recalled": _("Recalled for this question"),
        "past": _("From past chats"),
        "about": _("Always sent about you"),
        "chat": _("This chat"),
        "done": _("Done with your message"),
        "instructions": _("Instructions"),
    }


def _shown(item: ContextItem) -> ShownItem:
    line = read_line(item.text) if item.kind in ("fact", "episode", "profile", "action") else None
    said = f"{line.said_on:%Y-%m-%d}" if line and line.said_on else ""
    fact_id = UUID(item.reference) if item.kind == "fact" and re.fullmatch(r"[0-9a-f-]{36}", item.reference) else None
    total = item.scores.get("total")
    return ShownItem(item, line.text if line else item.text, said, fact_id, float(total) if total is not None else None)


def sections_of(items: list[ContextItem]) -> list[Section]:
    """The receipt by section; the widths of the bar add up to 100."""
    total = sum(item.tokens for item in items) or 1
    found, start = [], 0.0
    for key, kinds in SECTIONS:
        inside = [item for item in items if item.kind in kinds]
        if not inside:
            continue
        tokens = sum(item.tokens for item in inside)
        width = 100 * tokens / total
        found.append(
            Section(key, _titles()[key], [_shown(item) for item in inside], tokens, round(start, 2), round(width, 2))
        )
        start += width
    return found


class Receipt(UserPage):
    area = "chat"

    def get(self, request: HttpRequest, message_id: UUID) -> HttpResponse:
        """What went into this answer."""
        message = selectors.get_message(self.user.pk, message_id)
        items = selectors.context_items(self.user.pk, message)
        run = message.run if message.role == Message.Role.ASSISTANT else None
        context = {
            "message": message,
            "run": run,
            "sections": sections_of(items),
            "tokens": sum(item.tokens for item in items),
            "model_label": label_of(run.model) if run else "",
            "current_chat": message.conversation,
        }
        return self.page("chat/receipt.html", context)
