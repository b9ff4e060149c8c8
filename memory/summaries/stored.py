"""The summaries that are kept, as a list."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from memory.models import Episode, Summary
from memory.summaries.sections import thaw
from memory.types import MemoryScope, ScopeKind, SummaryView


def summaries_of(
    user_id: UUID, *, conversation_id: UUID | None = None, before: UUID | None = None, limit: int = 50
) -> tuple[list[SummaryView], UUID | None]:
    """A page of summaries, latest first: of conversations, or of this one, of weeks, topics and the person.

    From the one that came `before` on; and the last of the page when there are more. The blocks of turns, of which those of conversations are joined,
    are no summaries of their own. `is_stale`: something that it rests on has changed since, and it is renewed before it is used.
    """
    rows = Summary.objects.of(user_id).exclude(level=Summary.Level.BLOCK).order_by("-id")
    if conversation_id is not None:
        rows = rows.filter(conversation_id=conversation_id)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows[: limit + 1])
    page = found[:limit]
    gone = _gone_or_cut(user_id, page)
    return [_view(row, is_stale=row.is_stale or row.pk in gone) for row in page], (
        page[-1].pk if len(found) > limit else None
    )


def _gone_or_cut(user_id: UUID, rows: Sequence[Summary]) -> set[UUID]:
    """Summaries of which a turn was withdrawn, or cut after they were made."""
    ids = {episode_id for row in rows for episode_id in row.episode_ids}
    turns = Episode.objects.of(user_id).standing().filter(pk__in=ids)
    cut = dict(turns.values_list("pk", "cut_at"))
    return {
        row.pk
        for row in rows
        for episode_id in row.episode_ids
        if episode_id not in cut or ((moment := cut[episode_id]) is not None and moment > row.made_at)
    }


def _view(row: Summary, *, is_stale: bool) -> SummaryView:
    return SummaryView(
        id=row.pk,
        level=row.level,
        text=row.text,
        version=row.version,
        is_stale=is_stale,
        upto_seq=row.upto_seq,
        upto_message_id=row.upto_message_id,
        made_at=row.made_at,
        origin=row.origin,
        sections=tuple((section.key, section.text, section.fact_ids) for section in thaw(row.sections)),
        conversation_id=row.conversation_id,
        topic=row.topic,
        scope=MemoryScope(ScopeKind(row.scope_kind), row.scope_id),
    )
