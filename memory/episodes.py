"""Turns as they are stored, and what stands around them. How they get there: `memory.recording`."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from memory import jobs, ports
from memory.lines import LineKind, MemoryLine
from memory.models import Episode, Fact, MemoryJob, Vector
from memory.types import MemoryScope, ScopeKind, Turn

FULL_ID = 36  # characters of an id as it is written
LONGEST_EMBEDDED = 8000  # characters of a turn and the one before it, that a vector is of


def indexed_text(speaker: str, text: str) -> str:
    """What search sees of a turn: names are part of it, the roles of the user and the assistant aren't."""
    return f"{speaker}: {text}" if speaker else text


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
        is_imported=episode.imported_in_id is not None,
    )


def messages_of_lines(user_id: UUID, lines: Iterable[MemoryLine]) -> dict[str, UUID]:
    """The messages that turns in a prompt were, by the id of their line (their number, see `recall.pack`); without those that were of no message."""
    numbers = {int(line.id, 36): line.id for line in lines if line.kind == LineKind.TURN and line.id.isalnum()}
    rows = Episode.objects.of(user_id).filter(seq__in=[number for number in numbers if number < 2**62])
    return {numbers[seq]: message for seq, message in rows.values_list("seq", "message_id") if message is not None}


def versions_of_lines(user_id: UUID, lines: Iterable[MemoryLine]) -> dict[str, int]:
    """The versions of facts and turns as they are now, by the id of their line: a fact's own, for a turn that of memory when it last changed."""
    told = list(lines)
    facts = [UUID(line.id) for line in told if line.kind == LineKind.FACT and len(line.id) == FULL_ID]
    numbers = {int(line.id, 36): line.id for line in told if line.kind == LineKind.TURN and line.id.isalnum()}
    found = {
        str(pk): version for pk, version in Fact.objects.of(user_id).filter(pk__in=facts).values_list("pk", "version")
    }
    turns = Episode.objects.of(user_id).filter(seq__in=[number for number in numbers if number < 2**62])
    return found | {numbers[seq]: version for seq, version in turns.values_list("seq", "changed_version")}


def embed(episode: Episode) -> None:
    """Store the vector of a turn's own words (see `recall.contexts`), or leave it to a task when the embedder is not on this machine."""
    embedder = ports.embedder()
    if not embedder.is_local:
        jobs.make_due(episode.user_id, MemoryJob.Kind.EMBED, at=episode.recorded_at)
        return
    row = embedder.sums([episode.text])[0]
    if row.any():
        Vector.objects.create(
            user_id=episode.user_id,
            episode=episode,
            model=embedder.name,
            dimensions=embedder.dimensions,
            halfvec=row.tolist(),
        )
