"""Which turns a model reads together, and when: enough text, enough silence, the end of a conversation, or a word that asks for it.

Imported turns are left to the rules: a history of years would cost thousands of calls that nobody asked for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import models

from memory import conf
from memory.episodes import turn_of
from memory.extraction import gate
from memory.extraction.prompt import KnownFact
from memory.models import Episode, Fact, MemoryJob
from memory.terms import terms_of
from memory.types import MemoryScope, Turn

MOST_TURNS = 60  # of one buffer
MOST_TOKENS = 3000  # of one buffer: what was missed while a model was away is read in several
CONTEXT_TURNS = 2  # turns before the first, for the sense of it
KNOWN_FACTS = 20
_CUE = re.compile(
    r"\b(?:remember (?:that|this|my)|don'?t forget|note that|for the record|merk(?:e)? dir|vergiss nicht|recuerda que|no olvides|husk at|ikke glem)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Buffer:
    """Turns of one conversation that no model has read yet, in order, and what the prompt needs besides.

    `context` were read before, or are not the user's: they may not be learned from. `more`: turns are left for another buffer.
    """

    conversation_id: UUID
    scope: MemoryScope
    turns: tuple[Turn, ...]
    context: tuple[Turn, ...]
    more: bool

    @property
    def in_order(self) -> list[Turn]:
        return sorted((*self.context, *self.turns), key=lambda turn: (turn.said_at, turn.seq or 0))


def tokens_of(text: str) -> int:
    """Tokens, near enough: four characters each."""
    return -(-len(text) // 4)


def waiting_conversations(user_id: UUID, *, limit: int = 50) -> list[UUID]:
    """Conversations with turns of the user's own that no model has read, oldest first."""
    rows = (
        Episode.objects.of(user_id)
        .standing()
        .filter(model_read_at__isnull=True, role=Episode.Role.USER, imported_in__isnull=True)
        .values("conversation_id")
        .annotate(first=models.Min("seq"))
        .order_by("first")
    )
    return [row["conversation_id"] for row in rows[:limit]]


def asked_and_unread(user_id: UUID, message_ids: Sequence[UUID], *, at: datetime) -> set[UUID]:
    """Those of these messages in which the user asked to remember something, and which a job that is due or runs has still to read."""
    is_at_work = models.Q(state=MemoryJob.State.RUNNING) | models.Q(state=MemoryJob.State.DUE, due_at__lte=at)
    at_work = MemoryJob.objects.of(user_id).filter(is_at_work)
    here = at_work.filter(kind=MemoryJob.Kind.READ, conversation_id=models.OuterRef("conversation_id"))
    by_rules = models.Q(rules_read_at=None) & models.Exists(at_work.filter(kind=MemoryJob.Kind.INGEST))
    by_model = models.Q(model_read_at=None) & models.Exists(here)
    waiting = Episode.objects.of(user_id).standing().filter(role=Episode.Role.USER, message_id__in=list(message_ids))
    return {
        episode.message_id
        for episode in waiting.filter(by_rules | by_model)
        if episode.message_id and _CUE.search(episode.text) and not gate.refusal(turn_of(episode))
    }


def due_at(user_id: UUID, conversation_id: UUID, *, at: datetime) -> datetime | None:
    """When this conversation's buffer is to be read; `at` for now, None when nothing waits."""
    waiting = list(_waiting(user_id, conversation_id)[:MOST_TURNS])
    own = [episode for episode in waiting if not gate.refusal(turn_of(episode))]
    if not waiting:
        return None
    said = waiting[-1].recorded_at
    full = sum(tokens_of(episode.text) for episode in waiting) >= conf.buffer_tokens()
    asked = any(_CUE.search(episode.text) for episode in own)
    if full or asked or not own or _is_left(user_id, conversation_id, waiting[-1].seq):
        return at
    return max(at, said + timedelta(seconds=conf.buffer_idle_seconds()))


def _is_left(user_id: UUID, conversation_id: UUID, last_seq: int) -> bool:
    """Whether the user has begun another conversation since: this one is over for now."""
    others = Episode.objects.of(user_id).standing().exclude(conversation_id=conversation_id)
    latest = others.filter(seq__gt=last_seq).order_by("-seq").values_list("conversation_id", flat=True).first()
    return latest is not None and not others.filter(conversation_id=latest, seq__lt=last_seq).exists()


def _waiting(user_id: UUID, conversation_id: UUID) -> models.QuerySet[Episode]:
    rows: models.QuerySet[Episode] = (
        Episode.objects.of(user_id)
        .standing()
        .in_conversation(conversation_id)
        .filter(model_read_at__isnull=True, imported_in__isnull=True)
        .order_by("seq")
    )
    return rows


def gather(user_id: UUID, conversation_id: UUID, *, most_turns: int = MOST_TURNS) -> Buffer | None:
    """The next buffer of a conversation, None when nothing waits. Everything in it is of one scope."""
    waiting = list(_waiting(user_id, conversation_id)[: most_turns + 1])
    if not waiting:
        return None
    scope = turn_of(waiting[0]).scope
    taken: list[Episode] = []
    tokens = 0
    for episode in waiting[:most_turns]:
        tokens += tokens_of(episode.text)
        if turn_of(episode).scope != scope or (taken and tokens > MOST_TOKENS):
            break
        taken.append(episode)
    before = (
        Episode.objects.of(user_id)
        .standing()
        .in_conversation(conversation_id)
        .filter(seq__lt=taken[0].seq)
        .order_by("-seq")[:CONTEXT_TURNS]
    )
    return Buffer(
        conversation_id=conversation_id,
        scope=scope,
        turns=tuple(turn_of(episode) for episode in taken),
        context=tuple(turn_of(episode) for episode in reversed(before)),
        more=len(waiting) > len(taken),
    )


def known_facts_for(user_id: UUID, turns: Sequence[Turn], scope: MemoryScope) -> list[KnownFact]:
    """Facts that share a word with the turns, so that a model can hang new ones on them. Those a person has hidden are left out."""
    words = {term for turn in turns for term in terms_of(turn.text)}
    rows = (
        Fact.objects.of(user_id)
        .active()
        .in_scope(scope.kind.value, scope.id)
        .filter(is_masked=False)
        .order_by("-said_at")[:300]
    )
    shared = [(len(words & set(terms_of(f"{row.subject} {row.value} {row.text}"))), row) for row in rows]
    best = sorted((pair for pair in shared if pair[0]), key=lambda pair: -pair[0])[:KNOWN_FACTS]
    return [
        KnownFact(f"k{number}", row.pk, row.subject, row.predicate, row.text)
        for number, (_, row) in enumerate(best, start=1)
    ]
