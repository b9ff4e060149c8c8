"""The context receipt as a page: everything that went into one answer, why, and what it cost."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import partial
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from assistant.conversations import selectors
from assistant.conversations.difference import compare
from assistant.exceptions import NotFound, NothingToWeigh
from assistant.llm.choice import label_of
from assistant.markup import plain, render
from assistant.models import ContextItem, Message, Run
from assistant.runs import influence
from assistant.runs.sureness import sureness_of
from assistant.tasks import wake, weigh_memories
from assistant.web.base import UserPage
from assistant.web.memory_page import STANDING
from assistant.web.why import why_sent
from assistant.web.words import how_asked
from memory import api as memory
from memory.exceptions import NotRemembered

FEW = 6  # more lines than this are folded, unless the answer rests on one of them
# Sections of the page in order: key, kinds of item in it.
SECTIONS = (
    ("recalled", ("fact",)),
    ("past", ("episode",)),
    ("found", ("found",)),
    ("chat", ("turn", "summary")),
    ("files", ("file",)),
    ("about", ("profile",)),
    ("done", ("action",)),
    ("results", ("result",)),
    ("tools", ("tools",)),
    ("instructions", ("instructions", "marks", "now")),
    ("retrieved", ("retrieved",)),
)
BEFORE_CARRIED = 4  # sections
CARRIED = "carried"  # what stands in the prompt since an earlier question, whatever it is
CAN_BE_LEFT_OUT = frozenset({"fact", "episode", "profile", "summary"})


@dataclass(frozen=True, slots=True)
class ShownItem:
    """One line of the receipt in words."""

    item: ContextItem
    text: str
    why: str
    said: date | None
    is_answer: bool  # of the assistant: what it tells was not said by the person
    fact_id: UUID | None
    message_id: UUID | None
    score: float | None
    now: str = ""  # what became of it since, where something did

    @property
    def can_be_left_out(self) -> bool:
        """Whether the question can be answered again without it."""
        return bool(self.item.reference) and self.item.kind in CAN_BE_LEFT_OUT and not self.now

    @property
    def percent(self) -> int | None:
        """By how much of its words the answer differs without this; None where that was not weighed."""
        return None if self.item.influence is None else round(100 * self.item.influence)


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
        return {
            "recalled": _("Recalled"),
            "past": _("Past chats"),
            "about": _("About you"),
            "carried": _("Carried along"),
        }.get(self.key, self.title)

    @property
    def is_open(self) -> bool:
        """Whether its items are shown at once: those that this question brought up, and those the answer rests on."""
        if any(shown.item.is_cited or shown.percent for shown in self.items):
            return True
        return self.key in ("recalled", "done", "files") or (self.key == "past" and len(self.items) <= FEW)


def _titles() -> dict[str, str]:
    return {
        "recalled": _("Recalled for this question"),
        "past": _("From past chats"),
        "found": _("Found by searching your memory"),
        "retrieved": _("Found, but not sent"),
        "about": _("Always sent about you"),
        "chat": _("This chat"),
        "files": _("Attached files"),
        "done": _("Done with your message"),
        "results": _("Results of tools"),
        "tools": _("Tools it may use"),
        "carried": _("In the prompt since earlier questions"),
        "instructions": _("Instructions"),
    }


def _detail(user_id: UUID, fact_id: UUID) -> memory.FactDetail | None:
    """All about a fact; None for one that was forgotten."""
    try:
        return memory.fact_detail(user_id, fact_id)
    except NotRemembered:
        return None


def _since(detail: memory.FactDetail | None, line: memory.MemoryLine) -> str:
    """What became of a fact after the answer it went into; empty when it stands as it was, also as something past."""
    if detail is None:
        return _("Forgotten after this answer.")
    if detail.fact.status in (*STANDING, line.status):
        return ""
    present = next((fact for fact in detail.history if fact.status == "active"), None)
    if present is None:
        return _("No longer true, as far as I know.")
    return _("Changed after this answer. Now: %(text)s.") % {"text": present.text}


def _moment(text: str) -> str:
    """The date and place of a prompt as a person writes them: "Thursday, 26 November 2026, 15:46 (Europe/Oslo)"."""
    told = dict(word.split("=", 1) for word in text.split() if "=" in word)
    try:
        day = date.fromisoformat(told["date"])
    except (KeyError, ValueError):
        return text
    words = [date_format(day, "l"), date_format(day, "DATE_FORMAT"), told.get("time", "")]
    zone = f" ({told['zone']})" if "zone" in told else ""
    return ", ".join(filter(None, words)) + zone


def _shown(user_id: UUID, item: ContextItem, question: str = "") -> ShownItem:
    """A line of a prompt in words; `question` is what was asked."""
    line = (
        memory.read_line(item.text)
        if item.kind in ("fact", "episode", "profile", "action", "found", "retrieved")
        else None
    )
    reference = UUID(item.reference) if re.fullmatch(r"[0-9a-f-]{36}", item.reference) else None
    is_turn = line is not None and line.kind == memory.LineKind.TURN
    fact_id = reference if item.kind in ("fact", "profile", "found", "retrieved") and not is_turn else None
    detail = _detail(user_id, fact_id) if fact_id else None
    replaced = [link.other for link in detail.links if link.is_outgoing and link.type == "supersedes"] if detail else []
    total = item.scores.get("total")
    plainly = _moment(item.text) if item.kind == "now" else str(item.scores.get("name") or item.text)
    text = plain(line.text if line else plainly)
    return ShownItem(
        item=item,
        text=text,
        why=why_sent(item, text=text, question=question, replaces=replaced[-1].text if replaced else ""),
        said=line.said_on if line else None,
        is_answer=is_turn and line is not None and line.speaker == "assistant",
        fact_id=fact_id,
        message_id=reference if item.kind == "episode" or is_turn else None,
        score=float(total) if total is not None else None,
        now=_since(detail, line) if fact_id and line else "",
    )


def sections_of(user_id: UUID, items: list[ContextItem], question: str = "") -> list[Section]:
    """The receipt by section; the widths of the bar add up to 100. `question` is what was asked."""
    total = sum(item.tokens for item in items) or 1
    found, start = [], 0.0
    for key, kinds in (*SECTIONS[:BEFORE_CARRIED], (CARRIED, ()), *SECTIONS[BEFORE_CARRIED:]):
        inside = [
            item
            for item in items
            if (item.is_carried if key == CARRIED else item.kind in kinds and not item.is_carried)
        ]
        inside.sort(key=lambda item: (not item.is_cited, -(item.influence or 0)))
        if not inside:
            continue
        tokens = sum(item.tokens for item in inside)
        width = 100 * tokens / total
        found.append(
            Section(
                key,
                _titles()[key],
                [_shown(user_id, item, question) for item in inside],
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
        sections = sections_of(self.user.pk, items, run.question.text if run else "")
        context = {
            "message": message,
            "run": run,
            "sections": sections,
            "tokens": sum(item.tokens for item in items),
            "model_label": label_of(run.model) if run else "",
            "how_asked": how_asked(run) if run else "",
            "is_corrected": any(
                shown.now and shown.item.kind in ("fact", "profile") for section in sections for shown in section.items
            ),
            "can_leave_out": any(shown.can_be_left_out for section in sections for shown in section.items),
            "sureness": sureness_of(message.text, run.confidence) if run else None,
            "versions": selectors.versions_of(self.user.pk, message) if run else (),
            "weighing_of": min(influence.MOST_ITEMS, sum(item.kind in CAN_BE_LEFT_OUT for item in items)),
            "current_chat": message.conversation,
        }
        return self.page("chat/receipt.html", context)


class Weigh(UserPage):
    """How far the weighing of an answer's memories is; begun by a POST."""

    def get(self, request: HttpRequest, message_id: UUID) -> HttpResponse:
        """Progress, and in the end the way to what was found."""
        message = selectors.get_message(self.user.pk, message_id)
        if message.role != Message.Role.ASSISTANT:
            raise NotFound("answer")
        weighable = [i for i in selectors.context_items(self.user.pk, message) if i.kind in CAN_BE_LEFT_OUT]
        context = {"message": message, "run": message.run, "weighing_of": min(influence.MOST_ITEMS, len(weighable))}
        if message.run.weighing in (Run.Weighing.QUEUED, Run.Weighing.RUNNING):
            return self.fragment("chat/_weighing.html", context)
        return HttpResponse(status=204, headers={"X-Done": "1"})

    def post(self, request: HttpRequest, message_id: UUID) -> HttpResponse:
        """Have them weighed."""
        try:
            run = influence.request(self.user.pk, message_id)
        except NothingToWeigh:
            return redirect(f"/messages/{message_id}/receipt/")
        transaction.on_commit(partial(wake, weigh_memories, self.user.pk, run.id))
        return redirect(f"/messages/{message_id}/receipt/")


class Compare(UserPage):
    """Two answers to one question, side by side."""

    area = "chat"

    def get(self, request: HttpRequest, message_id: UUID) -> HttpResponse:
        """What differs, once both are written. `with` names the other; without it, the version before."""
        second = selectors.get_message(self.user.pk, message_id)
        versions = selectors.versions_of(self.user.pk, second)
        wanted = request.GET.get("with", "")
        other = next((one for one in versions if str(one) == wanted), None)
        if other is None:
            other = versions[max(0, versions.index(second.id) - 1)]
        if second.role != Message.Role.ASSISTANT or other == second.id:
            return redirect(f"/messages/{message_id}/")
        first = selectors.get_message(self.user.pk, other)
        if versions.index(first.id) > versions.index(second.id):
            first, second = second, first
        is_writing = not (first.run.is_finished and second.run.is_finished)
        context = {
            "first": first,
            "second": second,
            "numbers": (versions.index(first.id) + 1, versions.index(second.id) + 1),
            "memories": [_memories(self.user.pk, message) for message in (first, second)],
            "left_out": self._left_out(first, second.run),
            "texts": (first.text, second.text),
            "difference": None if is_writing else compare(render(first.text), render(second.text)),
            "is_writing": is_writing,
            "current_chat": second.conversation,
        }
        if request.GET.get("part") == "both":
            return self.fragment("chat/_compared.html", context)
        return self.page("chat/compare.html", context)

    def _left_out(self, first: Message, run: Run) -> list[str]:
        """The texts of what the second answer had to do without, as the first was sent them."""
        wanted = set(run.left_out)
        items = selectors.context_items(self.user.pk, first)
        found = [_shown(self.user.pk, item) for item in items if item.reference in wanted]
        return list(dict.fromkeys(shown.text for shown in found if not shown.now))


def _memories(user_id: UUID, message: Message) -> int:
    return sum(
        item.kind in ("fact", "episode", "profile", "found") for item in selectors.context_items(user_id, message)
    )
