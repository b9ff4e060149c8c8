"""Turns as the chat shows them: with what was learned under a question, and how an answer ended."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assistant.context.receipt import CITABLE
from assistant.conversations.selectors import Turn
from assistant.files.keep import files_under
from assistant.llm.choice import BUILTIN, label_of
from assistant.llm.errors import ErrorCode, explain
from assistant.models import ContextItem, File, Message, Run, ToolCall, Usage
from assistant.runs.lifecycle import ROLES
from assistant.tools.leave import REASONS
from assistant.tools.registry import TOOLS
from assistant.web.words import not_all_of
from memory import api as memory

_SPENT = (ErrorCode.SPENT, ErrorCode.SPENT_PROJECT)
FOLDED_FROM = 2000  # characters
SOUGHT_IN = 3  # of the last messages: what was said before is read by then, or will be in its own time

# Where more is to be said of an answer that broke off than that it did.
_EXPLAINED = (
    ErrorCode.SPENT,
    ErrorCode.SPENT_PROJECT,
    ErrorCode.TOO_MANY_STEPS,
    ErrorCode.FILTERED,
    ErrorCode.TIMEOUT_OVERALL,
)


@dataclass(frozen=True, slots=True)
class Chip:
    """What came of one message in memory: words, where they lead, and the batch that Undo takes back; or else where `act` leads."""

    words: str
    href: str
    batch: UUID | None = None
    act: str = ""


@dataclass(frozen=True, slots=True)
class ShownCall:
    """One call of a tool: what it was, in words, and what has to be decided where it waits."""

    call: ToolCall
    label: str
    arguments: str
    why: str = ""

    @property
    def is_waiting(self) -> bool:
        return self.call.state == ToolCall.State.WAITING


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a message. What was pasted and is long has `lines`, and is folded under a label that tells them."""

    text: str
    lines: int = 0

    @property
    def is_folded(self) -> bool:
        return self.lines > 0


def parts_of(message: Message) -> tuple[Part, ...]:
    """The text of a message in order, long pasted stretches apart. Joined they are the text."""
    parts, at = [], 0
    for start, end in sorted(tuple(span) for span in message.pasted):
        pasted = message.text[max(start, at) : end]
        if len(pasted) <= FOLDED_FROM:
            continue
        if message.text[at : max(start, at)]:
            parts.append(Part(message.text[at : max(start, at)]))
        parts.append(Part(pasted, lines=pasted.count("\n") + 1))
        at = end
    if message.text[at:] or not parts:
        parts.append(Part(message.text[at:]))
    return tuple(parts)


@dataclass(frozen=True, slots=True)
class ShownTurn:
    """All that `chat/_turn.html` needs."""

    message: Message
    run: Run | None
    version: int
    versions: tuple[UUID, ...]
    chip: Chip | None = None
    ending: str = ""
    memories: int = 0
    calls: tuple[ShownCall, ...] = ()
    files: tuple[File, ...] = ()
    stood_in: str = ""  # why another model answered than the one that was asked
    file_notes: tuple[str, ...] = ()  # what of the files did not reach the model that answered
    is_sought: bool = False  # the person asked to remember something in it, and it is still being read
    cited: dict[str, tuple[str, str]] = field(default_factory=dict)  # by id of the line: (words, where it leads)

    @property
    def parts(self) -> tuple[Part, ...]:
        return parts_of(self.message)

    @property
    def is_long(self) -> bool:
        """Whether what was typed is so long that it is folded."""
        return sum(len(part.text) for part in self.parts if not part.is_folded) > FOLDED_FROM

    @property
    def is_writing(self) -> bool:
        return self.run is not None and not self.run.is_finished

    @property
    def waiting(self) -> tuple[ShownCall, ...]:
        return tuple(shown for shown in self.calls if shown.is_waiting)

    @property
    def decided(self) -> tuple[ShownCall, ...]:
        """Calls that do not wait for the person."""
        return tuple(shown for shown in self.calls if not shown.is_waiting)

    @property
    def is_over_budget(self) -> bool:
        return self.run is not None and self.run.error_code in _SPENT

    @property
    def builtin(self) -> str:
        return BUILTIN.name

    @property
    def can_go_on(self) -> bool:
        """Whether the answer was cut after it had begun, and can be asked to go on."""
        if (
            self.run is None
            or not self.message.text.strip()
            or self.message.conversation.active_leaf_id != self.message.id
        ):
            return False
        return self.run.status in (Run.Status.TRUNCATED, Run.Status.INTERRUPTED, Run.Status.CANCELLED)

    @property
    def model_label(self) -> str:
        return label_of(self.run.model) if self.run else ""

    @property
    def earlier(self) -> UUID | None:
        return self.versions[self.version - 2] if self.version > 1 else None

    @property
    def later(self) -> UUID | None:
        return self.versions[self.version] if self.version < len(self.versions) else None


def shown_turns(user_id: UUID, turns: Sequence[Turn]) -> list[ShownTurn]:
    """The turns, dressed for the page. Nine queries, however many there are."""
    own = [turn.message.id for turn in turns if turn.message.role == Message.Role.USER]
    learned = memory.learned_from(user_id, own)
    sought = memory.asked_and_unread(user_id, own[-SOUGHT_IN:], at=timezone.now())
    obeyed = Run.objects.of(user_id).filter(question__in=own).exclude(actions=[]).order_by("id")
    actions: dict[UUID, Sequence[str]] = dict(obeyed.values_list("question_id", "actions"))
    runs = [turn.run.id for turn in turns if turn.run]
    items: dict[UUID, list[ContextItem]] = {}
    sent = ContextItem.objects.of(user_id).filter(run__in=runs, kind__in=CITABLE)
    for item in sent:
        items.setdefault(item.run_id, []).append(item)
    stood_in = _stood_in(user_id, [turn.run for turn in turns if turn.run])
    calls: dict[UUID, list[ShownCall]] = {}
    for call in ToolCall.objects.of(user_id).filter(run__in=runs):
        calls.setdefault(call.run_id, []).append(_shown_call(call))
    files = files_under(user_id, [turn.message.id for turn in turns])
    notes: dict[UUID, list[str]] = {}
    given = ContextItem.objects.of(user_id).filter(run__in=runs, kind="file", is_carried=False).order_by("position")
    for item in given.defer("text"):
        if words := not_all_of(item):
            notes.setdefault(item.run_id, []).append(words)
    return [
        replace(
            _shown(
                turn,
                learned.get(turn.message.id, []),
                actions.get(turn.message.id, ()),
                items.get(turn.run.id, []) if turn.run else [],
            ),
            calls=tuple(calls.get(turn.run.id, [])) if turn.run else (),
            files=tuple(files.get(turn.message.id, [])),
            is_sought=turn.message.id in sought,
            file_notes=tuple(notes.get(turn.run.id, [])) if turn.run and _read_files(turn.run) else (),
            stood_in=stood_in.get(turn.run.id, "") if turn.run else "",
        )
        for turn in turns
    ]


def _read_files(run: Run) -> bool:
    """Whether the answer stands and comes from a model that reads files. The built-in one says itself that it doesn't."""
    return run.is_finished and run.model != BUILTIN.name


def _shown_call(call: ToolCall) -> ShownCall:
    tool = next((tool for tool in TOOLS if tool.name == call.name), None)
    try:
        given = json.loads(call.arguments)
    except ValueError:
        given = call.arguments
    simple = list(given.values()) if isinstance(given, dict) else [given]
    is_simple = len(simple) == 1 and isinstance(simple[0], str)
    arguments = simple[0] if is_simple else "" if given == {} else call.arguments
    return ShownCall(
        call, str(tool.label) if tool else call.name, arguments, str(REASONS[call.why_asked]) if call.why_asked else ""
    )


def _shown(
    turn: Turn, learned: list[memory.LearnedChip], actions: Sequence[str], items: list[ContextItem]
) -> ShownTurn:
    cited = {}
    for item in items:
        line = memory.read_line(item.text)
        if line and item.reference:
            place = "messages" if line.kind == memory.LineKind.TURN else "memory"
            cited[line.id] = (line.text, f"/{place}/{item.reference}/")
    return ShownTurn(
        message=turn.message,
        run=turn.run,
        version=turn.version,
        versions=turn.versions,
        chip=_chip(learned, actions),
        ending=_ending(turn.run) if turn.run else "",
        memories=sum(1 for item in items if item.kind != "summary"),
        cited=cited,
    )


def _chip(learned: list[memory.LearnedChip], actions: Sequence[str]) -> Chip | None:
    """What was learned, else what a command to forget did; None where there is nothing to say."""
    if len(learned) == 1:
        return Chip(_learned_in_words(learned[0]), f"/memory/{learned[0].fact.id}/", learned[0].batch_id)
    if n := len(learned):
        words = ngettext("Remembered %(n)s thing: %(texts)s", "Remembered %(n)s things: %(texts)s", n) % {
            "n": n,
            "texts": ", ".join(chip.fact.text for chip in learned),
        }
        href = f"/memory/activity/#b-{learned[0].batch_id}"
        if len({chip.batch_id for chip in learned}) > 1:  # what was learned in several acts is undone one by one
            return Chip(words, href, act=_("Show"))
        return Chip(words, href, learned[0].batch_id)
    for line in filter(None, map(memory.read_line, actions)):
        n = line.concerned
        if line.id == memory.ActionVerb.FORGOTTEN:
            words = ngettext("Forgotten: %(n)s fact", "Forgotten: %(n)s facts", n) % {"n": n}
            return Chip(words, "/memory/activity/", act=_("Receipt"))
        if line.id == memory.ActionVerb.FORGET_PREVIEW:
            words = ngettext(
                "%(n)s fact matches. Nothing is forgotten yet.", "%(n)s facts match. Nothing is forgotten yet.", n
            ) % {"n": n}
            target = {"everything": "1"} if line.predicate == "everything" else {"query": line.value}
            return Chip(words, f"/memory/forget/?{urlencode(target)}", act=_("Look"))
    return None


def _learned_in_words(chip: memory.LearnedChip) -> str:
    """One fact as its chip says it: new, changed, or what holds only from a day to come."""
    told = {"text": chip.fact.text, "was": chip.before}
    since = chip.fact.valid_from
    if since and since > timezone.localdate():
        told["day"] = date_format(since, "MONTH_DAY_FORMAT")
        return (_("From %(day)s: %(text)s, before %(was)s") if chip.before else _("From %(day)s: %(text)s")) % told
    return (_("Changed: %(text)s, before %(was)s") if chip.before else _("Remembered: %(text)s")) % told


def _ending(run: Run) -> str:
    match run.status:
        case Run.Status.WAITING:
            return ""
        case Run.Status.CANCELLED:
            return _("You stopped this answer.")
        case Run.Status.TRUNCATED:
            return _("The answer reached its length limit.")
        case Run.Status.INTERRUPTED if run.error_code in _EXPLAINED:
            return _why(run)
        case Run.Status.INTERRUPTED:
            return _("The model stopped answering. What it wrote is kept.")
        case Run.Status.FAILED:
            kept = _("The model did not answer. Your message is kept.")
            return f"{kept} {_why(run)}".strip()
    return ""


def _why(run: Run) -> str:
    """What went wrong, in words; of a budget that is used up, for which month and until when."""
    if run.error_code not in _SPENT or run.finished_at is None:
        return explain(run.error_code)
    month = run.finished_at.astimezone(UTC).date().replace(day=1)  # months of budgets are those of UTC
    told = {
        "month": date_format(month, "F"),
        "day": date_format((month + timedelta(days=31)).replace(day=1), "MONTH_DAY_FORMAT"),
    }
    if run.error_code == ErrorCode.SPENT_PROJECT:
        return _("The budget of this project for %(month)s is used up. It starts again on %(day)s.") % told
    return _("Your budget for %(month)s is used up. It starts again on %(day)s.") % told


def _stood_in(user_id: UUID, runs: Sequence[Run]) -> dict[UUID, str]:
    """By run, why another model than the one that was asked first has answered. One query."""
    told: dict[UUID, str] = {}
    answered = {run.id: run for run in runs if run.status == Run.Status.DONE}
    failed = Usage.objects.of(user_id).filter(run_id__in=list(answered), role__in=ROLES).exclude(error_code="")
    for call in failed.order_by("id"):
        run = answered[call.run_id] if call.run_id else None
        if run and call.model != run.model:
            told.setdefault(
                run.id, _because(call.error_code) % {"one": label_of(run.model), "other": label_of(call.model)}
            )
    return told


def _because(code: str) -> str:
    words = {
        ErrorCode.REFUSED_KEY.value: _("Answered by %(one)s, because %(other)s refused the key."),
        ErrorCode.RATE_LIMITED.value: _(
            "Answered by %(one)s, because %(other)s takes no more requests for the moment."
        ),
        ErrorCode.UNREACHABLE.value: _("Answered by %(one)s, because %(other)s could not be reached."),
    }
    return words.get(code, _("Answered by %(one)s, because %(other)s failed."))
