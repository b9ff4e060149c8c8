"""Turns as the chat shows them: with what was learned under a question, and how an answer ended."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assistant.context.receipt import CITABLE
from assistant.conversations.selectors import Turn
from assistant.files.keep import files_under
from assistant.llm.choice import BUILTIN, label_of
from assistant.llm.errors import ErrorCode, explain
from assistant.models import ContextItem, File, Message, Run, ToolCall
from assistant.tools.leave import REASONS
from assistant.tools.registry import TOOLS
from assistant.web.words import not_all_of
from memory import api as memory

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
    """What was remembered of one message: words, where they lead, and the batch that Undo takes back."""

    words: str
    href: str
    batch: UUID
    is_undone: bool = False


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
    """The turns, dressed for the page. Seven queries, however many there are."""
    own = [turn.message.id for turn in turns if turn.message.role == Message.Role.USER]
    learned = memory.learned_from(user_id, own)
    sought = memory.asked_and_unread(user_id, own[-SOUGHT_IN:], at=timezone.now())
    runs = [turn.run.id for turn in turns if turn.run]
    items: dict[UUID, list[ContextItem]] = {}
    sent = ContextItem.objects.of(user_id).filter(run__in=runs, kind__in=CITABLE)
    for item in sent:
        items.setdefault(item.run_id, []).append(item)
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
            _shown(turn, learned.get(turn.message.id, []), items.get(turn.run.id, []) if turn.run else []),
            calls=tuple(calls.get(turn.run.id, [])) if turn.run else (),
            files=tuple(files.get(turn.message.id, [])),
            is_sought=turn.message.id in sought,
            file_notes=tuple(notes.get(turn.run.id, [])) if turn.run and _read_files(turn.run) else (),
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


def _shown(turn: Turn, learned: list[memory.LearnedChip], items: list[ContextItem]) -> ShownTurn:
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
        chip=_chip(learned),
        ending=_ending(turn.run) if turn.run else "",
        memories=sum(1 for item in items if item.kind != "summary"),
        cited=cited,
    )


def _chip(learned: list[memory.LearnedChip]) -> Chip | None:
    if not learned:
        return None
    first = learned[0]
    if len(learned) == 1:
        words = _("Remembered: %(text)s") % {"text": first.fact.text}
        return Chip(words, f"/memory/{first.fact.id}/", first.batch_id)
    n = len(learned)
    words = ngettext("Remembered %(n)s thing: %(texts)s", "Remembered %(n)s things: %(texts)s", n) % {
        "n": n,
        "texts": ", ".join(chip.fact.text for chip in learned),
    }
    return Chip(words, f"/memory/activity/#b-{first.batch_id}", first.batch_id)


def _ending(run: Run) -> str:
    match run.status:
        case Run.Status.WAITING:
            return ""
        case Run.Status.CANCELLED:
            return _("You stopped this answer.")
        case Run.Status.TRUNCATED:
            return _("The answer reached its length limit.")
        case Run.Status.INTERRUPTED if run.error_code in _EXPLAINED:
            return explain(run.error_code)
        case Run.Status.INTERRUPTED:
            return _("The model stopped answering. What it wrote is kept.")
        case Run.Status.FAILED:
            kept = _("The model did not answer. Your message is kept.")
            return f"{kept} {explain(run.error_code)}".strip()
    return ""
