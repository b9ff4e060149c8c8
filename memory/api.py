"""The Python face of memory: all that others import, beside `memory.tasks` (to wake it) and `memory.ports` (to serve it).

Every function takes the user's id first and keyword `at` (aware; the caller reads the clock once), and runs inside the caller's `as_user(user)`
transaction. Nothing below reads a clock. Errors are those of `memory.exceptions`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from memory.lines import MemoryLine
from memory.types import (
    USER_SCOPE,
    BatchView,
    Change,
    CorrectionKind,
    FactDetail,
    FactFilter,
    FactPage,
    FactView,
    ForgetPreview,
    ForgetTarget,
    IngestReport,
    LearnedChip,
    MemoryScope,
    Mode,
    QuestionView,
    Recalled,
    Receipt,
    Role,
    Source,
    SummaryView,
    TopicCount,
    Turn,
)


def record_turn(
    user_id: UUID,
    *,
    conversation_id: UUID,
    message_id: UUID | None,
    role: Role,
    text: str,
    at: datetime,
    speaker: str = "",
    scope: MemoryScope = USER_SCOPE,
    source: Source = "typed",
    pasted: Sequence[tuple[int, int]] = (),
    mode: Mode = "normal",
) -> Turn:
    """Keep one turn: from now on it can be recalled, and for the user's own words an ingest job is due.

    `at` is when it was said. `pasted` are character spans of `text` that the user did not write. Secrets are masked before anything is stored.
    A turn of a temporary conversation, a blank one, or the injected memory block (source "memory") is not kept: the Turn then has no `episode_id`.
    The same `message_id` again returns the turn that stands.
    """
    raise NotImplementedError


def obey(user_id: UUID, turn: Turn, *, at: datetime) -> list[MemoryLine]:
    """Act on explicit commands in the user's own words ("remember that…", "forget…", "call me…", "answer in French", "that's wrong", "I moved").

    Returns one ACTION line a command, for the prompt; its `id` is a verb of `lines.ActionVerb`. A forget acts at once only when it names exactly one
    fact or slot; otherwise the line is FORGET_PREVIEW with a count, and `preview_forget` with the same words shows what would go. Idioms, questions,
    quotes and pasted text are no commands. Nothing for temporary conversations. While memory is paused commands to remember are REFUSED.
    """
    raise NotImplementedError


def understood(user_id: UUID, turn: Turn, *, at: datetime) -> list[MemoryLine]:
    """UNDERSTOOD lines: what rules will keep of this turn, `consent=<kind>` where leave is missing. Writes nothing.

    For the prompt of the answer to this very turn. Nothing while memory is paused or the conversation is temporary.
    """
    raise NotImplementedError


def recall(
    user_id: UUID,
    question: str,
    *,
    at: datetime,
    conversation_id: UUID | None = None,
    scope: MemoryScope = USER_SCOPE,
    budget_tokens: int = 1500,
    exclude_message_ids: Sequence[UUID] = (),
    as_of: datetime | None = None,
    known_at: datetime | None = None,
    explain: bool = False,
) -> Recalled:
    """What memory holds on `question`, most useful first, packed under `budget_tokens`. No language model.

    `conversation_id` is the one being talked in: its recent turns are in the prompt anyway (`exclude_message_ids`). `as_of`: what was true then;
    `known_at`: what was known then. With `explain` also the items that were not packed come back, in `considered`.
    """
    raise NotImplementedError


def profile_block(
    user_id: UUID,
    *,
    at: datetime,
    scope: MemoryScope = USER_SCOPE,
    budget_tokens: int = 400,
    as_of: datetime | None = None,
    known_at: datetime | None = None,
) -> list[MemoryLine]:
    """FACT lines on who the user is, in stable order: name, preferred name, pronouns and every active style fact always; then identity, home, work,
    family by importance up to the budget."""
    raise NotImplementedError


def ingest(user_id: UUID, *, at: datetime) -> IngestReport:
    """Read what was not yet read by rules, verify and reconcile it: one batch. Safe to call twice. Model extraction runs by task (`memory.tasks`)."""
    raise NotImplementedError


# --- what the user does


def remember(
    user_id: UUID,
    *,
    predicate: str,
    value: str,
    subject: str = "user",
    at: datetime,
    actor: str = "user",
    scope: MemoryScope = USER_SCOPE,
) -> Change:
    """Keep what was said in so many words to keep (origin `user_edited`). Lifts a tombstone.

    Raises UnknownPredicate, BadValue, SecretRefused, ConsentMissing.
    """
    raise NotImplementedError


def edit_profile(
    user_id: UUID,
    *,
    predicate: str,
    value: str,
    subject: str = "user",
    at: datetime,
    actor: str = "user",
    scope: MemoryScope = USER_SCOPE,
) -> Change:
    """A value typed on the profile page: supersedes the old one of a one-slot, adds to a many-slot. Same errors as `remember`. An empty value ends the slot."""
    raise NotImplementedError


def correct(
    user_id: UUID,
    fact_id: UUID,
    *,
    value: str,
    kind: CorrectionKind = "wrong",
    at: datetime,
    version: int | None = None,
    actor: str = "user",
) -> Change:
    """Put a fact right. `wrong`: it never was so; `changed`: it was, until now; `wording`: the same fact, better said.

    Raises NotRemembered, AlreadyChanged (when `version` is given and old), BadValue, SecretRefused.
    """
    raise NotImplementedError


def confirm(user_id: UUID, fact_id: UUID, *, at: datetime, actor: str = "user") -> Change:
    """Still true: clears the mark of review, makes a proposed fact active, settles a dispute in its favour."""
    raise NotImplementedError


def reject(user_id: UUID, fact_id: UUID, *, at: datetime, actor: str = "user") -> Change:
    """Not so: a proposed or disputed fact becomes wrong (the other side of a dispute active), an active one wrong."""
    raise NotImplementedError


def mark_wrong(
    user_id: UUID, fact_id: UUID, *, at: datetime, version: int | None = None, actor: str = "user"
) -> Change:
    """It never was so, and nothing takes its place."""
    raise NotImplementedError


def set_masked(user_id: UUID, fact_id: UUID, *, masked: bool, at: datetime) -> FactView:
    """Hide a fact's value in lists, or show it."""
    raise NotImplementedError


def undo(user_id: UUID, batch_id: UUID | None = None, *, at: datetime, actor: str = "user") -> BatchView | None:
    """Take back a batch, or the latest not yet undone. None when there is none. Raises UndoRefused when something newer rests on it, or it is a forget."""
    raise NotImplementedError


def preview_forget(user_id: UUID, target: ForgetTarget, *, at: datetime) -> ForgetPreview:
    """What `forget` would remove. Changes nothing."""
    raise NotImplementedError


def forget(
    user_id: UUID,
    target: ForgetTarget,
    *,
    at: datetime,
    token: str = "",
    cut_messages: bool = False,
    actor: str = "user",
) -> Receipt:
    """Remove for good, in this transaction, with tombstones and a receipt; can't be undone.

    With the `token` of a preview, raises PreviewExpired when other facts would go than were shown. `cut_messages`: cut the stored messages too.
    """
    raise NotImplementedError


def forgotten_spans(user_id: UUID, message_ids: Sequence[UUID]) -> dict[UUID, tuple[str, ...]]:
    """Words that were forgotten and still stand in these messages, because the user kept the messages: prompts must cut them."""
    raise NotImplementedError


def withdraw_turns(user_id: UUID, message_ids: Sequence[UUID], *, at: datetime) -> UUID | None:
    """Take the turns of an edited or regenerated branch out of memory; facts that rest on them alone are retired.

    Returns the batch, or None when nothing hung on them.
    """
    raise NotImplementedError


# --- questions


def questions_of(user_id: UUID, *, include_closed: bool = False) -> list[QuestionView]:
    """What waits for an answer, oldest first."""
    raise NotImplementedError


def answer_question(
    user_id: UUID,
    question_id: UUID,
    *,
    at: datetime,
    granted: bool | None = None,
    fact_id: UUID | None = None,
    actor: str = "user",
) -> Change | None:
    """Act on an answer: `granted` for consent (yes: the turn is read again, an ingest is due), the chosen `fact_id` for the others (None: neither).

    Raises NotRemembered, AlreadyChanged.
    """
    raise NotImplementedError


def decide_consent(user_id: UUID, sensitivity: str, *, granted: bool, at: datetime) -> int:
    """Grant or withhold leave for a kind; yes re-opens the turns that were refused for want of it. How many."""
    raise NotImplementedError


# --- reading


def facts_of(user_id: UUID, filters: FactFilter | None = None, *, cursor: str = "", limit: int = 50) -> FactPage:
    """A page of facts, latest mention first."""
    raise NotImplementedError


def fact_detail(user_id: UUID, fact_id: UUID) -> FactDetail:
    """Everything about one fact. Raises NotRemembered."""
    raise NotImplementedError


def topics_of(user_id: UUID) -> list[TopicCount]:
    """Topics with at least one fact that holds, in the order of the registry."""
    raise NotImplementedError


def timeline(user_id: UUID, *, cursor: str = "", limit: int = 50) -> FactPage:
    """Facts by when they held or happened, latest first, history included."""
    raise NotImplementedError


def activity(user_id: UUID, *, cursor: str = "", limit: int = 30) -> tuple[list[BatchView], str]:
    """What memory did, latest first, and the next cursor (empty at the end)."""
    raise NotImplementedError


def learned_from(user_id: UUID, message_ids: Sequence[UUID]) -> dict[UUID, list[LearnedChip]]:
    """Chips for messages: what was learned from each and stands."""
    raise NotImplementedError


# --- summaries


def summary_for(user_id: UUID, conversation_id: UUID, *, upto_message_id: UUID | None = None) -> SummaryView | None:
    """The newest summary of a conversation that isn't stale, and covers nothing after `upto_message_id`."""
    raise NotImplementedError


# --- export and the end


def export(user_id: UUID) -> dict[str, object]:
    """All that memory holds, as plain data: turns, facts with evidence, entities, questions, batches, summaries. No keys, no vectors."""
    raise NotImplementedError


def erase_user(user_id: UUID) -> Mapping[str, int]:
    """Remove every row of a user, tombstones and audit too, for the end of an account. Counts by table."""
    raise NotImplementedError
