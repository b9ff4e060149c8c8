"""Record turns: the words, their terms and their vector at once, so that they can be recalled on the very next turn."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from memory import ports
from memory.models import Episode, MemoryJob, Vector
from memory.secrets import find_secrets, mask_secrets
from memory.terms import index
from memory.types import USER_SCOPE, MemoryScope, Mode, Role, ScopeKind, Source, Turn
from memory.version import raise_version

_LONGEST_SPEAKER = 80


def indexed_text(speaker: str, text: str) -> str:
    """What search sees of a turn: names are part of it, the roles of the user and the assistant aren't."""
    return f"{speaker}: {text}" if speaker else text


def _clean(text: str) -> str:
    """`text` as Postgres can hold it: no NUL, no half of a surrogate pair."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


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
    spans = _moved(text, pasted)
    masked, had_secret = mask_secrets(_clean(text))
    turn = Turn(
        user_id=user_id,
        conversation_id=conversation_id,
        message_id=message_id,
        role=role,
        text=masked,
        said_at=at,
        speaker=speaker[:_LONGEST_SPEAKER],
        source=source,
        pasted=spans,
        mode=mode,
        scope=scope,
        had_secret=had_secret,
    )
    if mode == "temporary" or source == "memory" or not masked.strip():
        return turn
    if message_id and (known := Episode.objects.of(user_id).filter(message_id=message_id).first()):
        return turn_of(known)
    version, seq = raise_version(user_id, turns=1, length=len(masked))
    episode = Episode.objects.create(
        user_id=user_id,
        scope_kind=scope.kind.value,
        scope_id=scope.id,
        seq=seq,
        conversation_id=conversation_id,
        message_id=message_id,
        role=role,
        speaker=turn.speaker,
        source=source,
        text=masked,
        pasted=[place for span in spans for place in span],
        said_at=at,
        recorded_at=at,
        terms=index(user_id, indexed_text(turn.speaker, masked)),
        changed_version=version,
    )
    embed(episode)
    if role == "user":
        make_due(user_id, MemoryJob.Kind.INGEST, at=at)
    return turn_of(episode)


def _moved(text: str, spans: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Where pasted spans lie once secrets are masked: widened to be on the safe side, since a mask has another length."""
    secrets = find_secrets(_clean(text))
    if not spans:
        return ()
    if not secrets and "\x00" not in text:
        return tuple((max(0, start), min(len(text), end)) for start, end in spans if start < end)
    return ((0, len(mask_secrets(_clean(text))[0])),)


def turn_of(episode: Episode) -> Turn:
    """A stored turn as a value."""
    places = episode.pasted
    return Turn(
        user_id=episode.user_id,
        conversation_id=episode.conversation_id,
        message_id=episode.message_id,
        role=episode.role,
        text=episode.text,
        said_at=episode.said_at,
        episode_id=episode.pk,
        seq=episode.seq,
        speaker=episode.speaker,
        source=episode.source,
        pasted=tuple(zip(places[::2], places[1::2], strict=True)),
        scope=MemoryScope(ScopeKind(episode.scope_kind), episode.scope_id),
        had_secret="[secret]" in episode.text,
    )


def previous_of(episode: Episode) -> Episode | None:
    """The turn before, in the same conversation, by time."""
    return (
        Episode.objects.of(episode.user_id)
        .standing()
        .in_conversation(episode.conversation_id)
        .filter(said_at__lte=episode.said_at)
        .exclude(pk=episode.pk)
        .exclude(said_at=episode.said_at, seq__gt=episode.seq)
        .order_by("-said_at", "-seq")
        .first()
    )


def context_text(before: Episode | None, episode: Episode) -> str:
    """What a turn's vector is of: the turn before and the turn together, since answers mean little without their question."""
    own = indexed_text(episode.speaker, episode.text)
    return f"{indexed_text(before.speaker, before.text)} {own}" if before else own


def embed(episode: Episode) -> None:
    """Store the vector of a turn, or leave it to a task when the embedder is not on this machine."""
    embedder = ports.embedder()
    if not embedder.is_local:
        make_due(episode.user_id, MemoryJob.Kind.EMBED, at=episode.recorded_at)
        return
    row = embedder.embed([context_text(previous_of(episode), episode)])[0]
    if row.any():
        Vector.objects.create(
            user_id=episode.user_id,
            episode=episode,
            model=embedder.name,
            dimensions=embedder.dimensions,
            halfvec=row.tolist(),
        )


def make_due(user_id: UUID, kind: str, *, at: datetime, conversation_id: UUID | None = None) -> None:
    """Make sure that a job of this kind is due: at most one waits a user and conversation."""
    MemoryJob.objects.bulk_create(
        [MemoryJob(user_id=user_id, kind=kind, conversation_id=conversation_id, created_at=at, due_at=at)],
        ignore_conflicts=True,
    )
