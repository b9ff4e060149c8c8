"""The context receipt as a page: everything that went into one answer, why, and what it cost."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from assistant.conversations import selectors
from assistant.llm.choice import label_of
from assistant.models import ContextItem, Message
from assistant.web.base import UserPage
from assistant.web.words import why_sent
from memory import api as memory
from memory.exceptions import NotRemembered

FEW = 6  # more lines than this are folded, unless the answer rests on one of them
# Sections of the page in order: key, kinds of item in it.
SECTIONS = (
    ("recalled", ("fact",)),
    ("past", ("episode",)),
    ("chat", ("turn", "summary")),
    ("about", ("profile",)),
    ("done", ("action",)),
    ("tools", ("result", "tools")),
    ("instructions", ("instructions", "now")),
)


@dataclass(frozen=True, slots=True)
class ShownItem:
    """One line of the receipt in words."""

    item: ContextItem
    text: str
    why: str
    said: date | None
    fact_id: UUID | None
    message_id: UUID | None
    score: float | None
    now: str = ""  # what became of it since, where something did


@dataclass(frozen=True, slots=True)
class Section:
    """Items of one kind, their tokens, and where their part of the bar begins (of 100)."""

    key: str
    title: str
    items: list[ShownItem]
    tokens: int
    bar_start: float
    bar_width: float

    @property
    def short(self) -> str:
        """The title in the legend of the bar."""
        return {"recalled": _("Recalled"), "past": _("Past chats"), "about": _("About you")}.get(self.key, self.title)

    @property
    def is_open(self) -> bool:
        """Whether its items are shown at once: those that this question brought up, and those the answer rests on."""
        if any(shown.item.is_cited for shown in self.items):
            return True
        return self.key in ("recalled", "done") or (self.key == "past" and len(self.items) <= FEW)


def _titles() -> dict[str, str]:
    return {
        "recalled": _("Recalled for this question"),
        "past": _("From past chats"),
        "about": _("Always sent about you"),
        "chat": _("This chat"),
        "done": _("Done with your message"),
        "tools": _("Tools"),
        "instructions": _("Instructions"),
    }


def _since(user_id: UUID, fact_id: UUID) -> str:
    """What became of a fact after the answer it went into; empty when it stands as it was."""
    try:
        detail = memory.fact_detail(user_id, fact_id)
    except NotRemembered:
        return _("Forgotten after this answer.")
    if detail.fact.status in ("active", "disputed", "proposed"):
        return ""
    present = next((fact for fact in detail.history if fact.status == "active"), None)
    if present is None:
        return _("No longer true, as far as I know.")
    return _("Changed after this answer. Now: %(text)s.") % {"text": present.text}


def _shown(user_id: UUID, item: ContextItem) -> ShownItem:
    line = memory.read_line(item.text) if item.kind in ("fact", "episode", "profile", "action") else None
    reference = UUID(item.reference) if re.fullmatch(r"[0-9a-f-]{36}", item.reference) else None
    fact_id = reference if item.kind in ("fact", "profile") else None
    total = item.scores.get("total")
    return ShownItem(
        item=item,
        text=line.text if line else item.text,
        why=why_sent(item),
        said=line.said_on if line else None,
        fact_id=fact_id,
        message_id=reference if item.kind == "episode" else None,
        score=float(total) if total is not None else None,
        now=_since(user_id, fact_id) if fact_id and item.kind == "fact" else "",
    )


def sections_of(user_id: UUID, items: list[ContextItem]) -> list[Section]:
    """The receipt by section; the widths of the bar add up to 100."""
    total = sum(item.tokens for item in items) or 1
    found, start = [], 0.0
    for key, kinds in SECTIONS:
        inside = sorted((item for item in items if item.kind in kinds), key=lambda item: not item.is_cited)
        if not inside:
            continue
        tokens = sum(item.tokens for item in inside)
        width = 100 * tokens / total
        found.append(
            Section(
                key,
                _titles()[key],
                [_shown(user_id, item) for item in inside],
                tokens,
                round(start, 2),
                round(width, 2),
            )
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
            "sections": sections_of(self.user.pk, items),
            "tokens": sum(item.tokens for item in items),
            "model_label": label_of(run.model) if run else "",
            "current_chat": message.conversation,
        }
        return self.page("chat/receipt.html", context)
