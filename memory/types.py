"""Values that pass between the steps of this app and to its callers. Plain and frozen; moments are aware, days are in the user's zone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Literal
from uuid import UUID

Role = Literal["user", "assistant", "tool"]
Source = Literal["typed", "paste", "tool", "file", "memory"]
Mode = Literal["normal", "temporary"]
CorrectionKind = Literal["changed", "wrong", "wording"]


class ScopeKind(StrEnum):
    USER, PROJECT, CONVERSATION = "user", "project", "conversation"


@dataclass(frozen=True, slots=True)
class MemoryScope:
    """Where memory is read and written: of the user as a whole, of an isolated project, or of one conversation. `id` is None for the user."""

    kind: ScopeKind = ScopeKind.USER
    id: UUID | None = None


USER_SCOPE = MemoryScope()


@dataclass(frozen=True, slots=True)
class Said:
    """One utterance to be recorded. `is_read`: nothing is to be learned from it any more, as from turns of a copy whose facts come along."""

    conversation_id: UUID
    message_id: UUID | None
    role: Role
    text: str
    at: datetime  # when it was said
    speaker: str = ""
    scope: MemoryScope = USER_SCOPE
    source: Source = "typed"
    pasted: tuple[tuple[int, int], ...] = ()
    mode: Mode = "normal"
    is_read: bool = False
    imported_in: UUID | None = None  # the import that brings it
    id: UUID | None = None  # of the turn, when it has one already


@dataclass(frozen=True, slots=True)
class Turn:
    """One recorded utterance. `episode_id` is None when nothing was kept (temporary conversation, the injected memory block)."""

    user_id: UUID
    conversation_id: UUID
    message_id: UUID | None
    role: str
    text: str  # secrets masked
    said_at: datetime
    episode_id: UUID | None = None
    seq: int | None = None  # numbers the user's turns from 1
    speaker: str = ""
    source: str = "typed"
    pasted: tuple[tuple[int, int], ...] = ()  # character spans of `text` that the user did not write
    mode: str = "normal"
    scope: MemoryScope = USER_SCOPE
    had_secret: bool = False  # a secret was masked in it
    is_imported: bool = False  # it came with a file: what is learned from it waits for the user


@dataclass(frozen=True, slots=True)
class Candidate:
    """What an extractor read in a turn: the extraction schema of `memory.md`, typed."""

    turn: int  # index of the turn in the list that was read
    quote: str
    subject: str  # "user", or a name or relation as said
    predicate: str
    value: str
    text: str
    kind: str = "state"
    change: str = "asserts"  # asserts, corrects, ends, negates
    valid_from: date | None = None
    valid_to: date | None = None
    precision: str = "none"
    expires_on: date | None = None
    depends_on: tuple[int | str, ...] = ()
    sensitivity: str = "none"
    confidence: float = 0.9


@dataclass(frozen=True, slots=True)
class Refused:
    """A candidate that verification turned down. Neither value nor quote: the log must not keep what may not be kept."""

    index: int
    reason: str
    predicate: str
    turn: int | None = None  # index of the turn, when there is one
    sensitivity: str = "none"


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """Where a fact was said. `around` is the text of the turn; the quote stands in it at [start, end)."""

    episode_id: UUID
    conversation_id: UUID
    message_id: UUID | None
    role: str
    speaker: str
    said_at: datetime
    quote: str
    around: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class FactView:
    """A fact as shown to people and written into prompts."""

    id: UUID
    subject: str  # "user", or the name it goes by
    predicate: str
    topic: str
    value: str
    text: str
    kind: str
    status: str
    origin: str
    sensitivity: str
    valid_from: date | None
    valid_to: date | None
    precision: str
    recorded_at: datetime
    retired_at: datetime | None
    expires_at: datetime | None
    said_at: datetime | None  # latest mention
    is_under_review: bool
    is_masked: bool  # hide the value in lists until asked for
    confidence: float
    support: int
    version: int
    quote: str = ""  # of the latest evidence
    conversation_id: UUID | None = None  # of the latest evidence
    message_id: UUID | None = None
    review_at: datetime | None = None  # when it is due for another look
    scope: MemoryScope = USER_SCOPE  # of an isolated project: used there alone


@dataclass(frozen=True, slots=True)
class LinkView:
    """How two facts hang together: `type` is supersedes, corrects, extends, depends_on, contradicts or duplicates."""

    type: str
    reason: str
    is_outgoing: bool
    other: FactView


@dataclass(frozen=True, slots=True)
class EventView:
    """One line of the audit."""

    id: UUID
    at: datetime
    actor: str
    action: str
    reason: str
    batch_id: UUID | None
    fact_id: UUID | None
    before: Mapping[str, object] | None
    after: Mapping[str, object] | None


@dataclass(frozen=True, slots=True)
class FactDetail:
    """Everything about one fact: evidence newest first, events and links oldest first, the history of its slot newest first. `ended`: of the fact and
    its history, what ended those that no longer hold."""

    fact: FactView
    evidence: tuple[EvidenceView, ...]
    events: tuple[EventView, ...]
    links: tuple[LinkView, ...]
    history: tuple[FactView, ...]
    questions: tuple[QuestionView, ...]
    ended: Mapping[UUID, EventView] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FactFilter:
    """Which facts a list shows. Empty fields do not filter."""

    topic: str = ""
    statuses: tuple[str, ...] = ("active", "disputed", "proposed")
    predicate: str = ""
    subject: str = ""  # "user", or a name
    q: str = ""  # words that stand in text or value
    under_review: bool | None = None
    sensitivity: str = ""
    topics: tuple[str, ...] = ()  # any of these
    origins: tuple[str, ...] = ()  # any of these


@dataclass(frozen=True, slots=True)
class FactPage:
    """A page of a list; `next_cursor` is empty on the last one."""

    facts: tuple[FactView, ...]
    next_cursor: str = ""


@dataclass(frozen=True, slots=True)
class EntityView:
    """Somebody or something that facts are about. `relation` is to the user ("sister"); `also` are other names."""

    id: UUID
    name: str
    kind: str
    relation: str
    also: tuple[str, ...] = ()
    merged_into: UUID | None = None


@dataclass(frozen=True, slots=True)
class QuestionView:
    """Something the user is asked once. `options` are the values to choose from; consent questions take yes and no."""

    id: UUID
    kind: str  # consent, conflict, duplicate, typed, entity
    state: str
    asked_at: datetime
    sensitivity: str = ""
    facts: tuple[FactView, ...] = ()
    conversation_id: UUID | None = None
    message_id: UUID | None = None
    entities: tuple[EntityView, ...] = ()  # entity: who may be meant
    hint: str = ""  # consent: the predicate that waits, such as allergic_to; never the value


@dataclass(frozen=True, slots=True)
class BatchView:
    """One act of learning or editing, and what it did. `refused` counts by reason what was not kept."""

    id: UUID
    kind: str
    at: datetime
    actor: str
    is_undone: bool
    can_undo: bool
    conversation_id: UUID | None
    message_ids: tuple[UUID, ...]
    added: tuple[FactView, ...]
    changed: tuple[FactView, ...]
    refused: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class LearnedChip:
    """What the chat shows under a message: one fact that was learned from it."""

    batch_id: UUID
    fact: FactView
    is_new: bool  # False: the message supported or changed what was known
    before: str = ""  # the value that the fact took the place of, where it did and that may be shown


@dataclass(frozen=True, slots=True)
class TopicCount:
    topic: str
    facts: int
    under_review: int


@dataclass(frozen=True, slots=True)
class ForgetTarget:
    """What is to go. Exactly one of the fields (or pair) is set."""

    fact_id: UUID | None = None
    slot: tuple[str, str] | None = None  # (subject, predicate)
    conversation_id: UUID | None = None
    between: tuple[datetime, datetime] | None = None  # from, inclusive, to before
    query: str = ""  # a topic or a description, in words
    everything: bool = False


@dataclass(frozen=True, slots=True)
class ForgetPreview:
    """What would go. `token` proves to `forget` that these and no others were shown. `facts` are all of them, but where everything would go: then the
    latest, up to a page; `count` is of all."""

    target: ForgetTarget
    facts: tuple[FactView, ...]
    count: int
    turns: int  # in which something would be cut or which would go
    token: str
    is_exact: bool  # the words name exactly one fact or slot: may act at once


@dataclass(frozen=True, slots=True)
class Receipt:
    """Proof of a forget: counts (facts, evidence, turns_cut, turns_removed, vectors, ..., kept_in_messages) and keyed hashes, no content."""

    id: UUID
    at: datetime
    counts: Mapping[str, int]
    hashes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SummaryView:
    """A summary: of a conversation up to and including `upto_message_id`, or of a topic, the person or a week (`topic` names it, as in "2026-W09").

    `sections` are (key, text, ids of the facts it rests on), of a page; a predicate, topic, or learned, changed and ahead are the keys.
    """

    id: UUID
    level: str
    text: str
    version: int
    is_stale: bool
    upto_seq: int
    upto_message_id: UUID | None
    made_at: datetime
    origin: str
    sections: tuple[tuple[str, str, tuple[UUID, ...]], ...] = ()
    conversation_id: UUID | None = None
    topic: str = ""
    scope: MemoryScope = USER_SCOPE


@dataclass(frozen=True, slots=True)
class JobView:
    """Work of memory that is due, runs, is done or was set aside. `error` names the kind of failure, no content; `lag_ms` is from due to finished."""

    id: UUID
    kind: str
    state: str
    conversation_id: UUID | None
    attempts: int
    calls: int  # of a model
    error: str
    created_at: datetime
    due_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    lag_ms: int | None


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What one ingest did."""

    batch_id: UUID | None
    turns: int
    facts: tuple[UUID, ...] = ()
    refused: tuple[Refused, ...] = ()
    questions: tuple[UUID, ...] = ()
    model_calls: int = 0
    conversations: tuple[UUID, ...] = ()  # of which turns were read


@dataclass(frozen=True, slots=True)
class Change:
    """The outcome of an act of the user: its batch (for undo) and the facts it touched, as they are now."""

    batch_id: UUID
    facts: tuple[FactView, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportView:
    """How far an import is. `errors` are (line, reason) of lines that were not taken in; `found` and `kept` count lines by kind."""

    id: UUID
    format: str  # export, history, facts
    name: str
    state: str  # running, done, cancelled
    total: int
    done: int
    found: Mapping[str, int]
    kept: Mapping[str, int]
    errors: tuple[tuple[int, str], ...]
    opened_at: datetime
    finished_at: datetime | None
