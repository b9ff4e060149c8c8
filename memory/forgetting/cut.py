"""Cut words out of turns: which spans, and what becomes of the text and of the evidence that stays."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from memory import ports
from memory.episodes import embed, indexed_text
from memory.evidence import ELLIPSIS, Span, find_words, without
from memory.models import Episode, Evidence, Vector
from memory.terms import index
from memory.values import words_of

ORDINARY_TURNS = 5
_CAPITALS = re.compile(r"[A-ZÀ-ÞŁŚŠŽĐ][\w'’-]*(?: (?:(?:de|del|la|van|von|of|the|and|&) )?[A-ZÀ-ÞŁŚŠŽĐ\d][\w'’-]*)*")
_TRIVIAL = frozenset({"yes", "no", "ja", "nein", "sí", "si", "nei", "oui", "non", "true", "false"})
_NOT_NAMES = frozenset({"I", "I'm", "The", "A", "An", "My", "Our", "It", "We", "He", "She", "They", "In", "On", "At"})


def needles(value: str) -> list[str]:
    """What to look for in other turns when `value` is forgotten: the value, and the names with capitals inside it."""
    found = [value]
    for match in _CAPITALS.findall(value):
        name = re.sub(r"['’]s$", "", match)
        if name != value and name not in _NOT_NAMES and len(name) > 2:
            found.append(name)
    return [text for text in dict.fromkeys(found) if not is_trivial(text)]


def written_as_name(text: str, name: str) -> list[Span]:
    """Where `name` stands in `text` with a capital: "Black" and no black coat."""
    return [span for span in find_words(text, name) if text[span[0]].isupper()]


def is_trivial(text: str) -> bool:
    """Yes, no or a bare number: too common to be cut wherever it stands."""
    words = words_of(text)
    return not words or " ".join(words) in _TRIVIAL or all(word.isdigit() for word in words)


def is_ordinary(text: str, elsewhere: int) -> bool:
    """A single word in small letters that stands in many turns which have nothing to do with it."""
    return len(words_of(text)) == 1 and text == text.lower() and elsewhere > ORDINARY_TURNS


def minus(spans: Iterable[Span], kept: Sequence[Span]) -> list[Span]:
    """`spans` without what `kept` covers."""
    left: list[Span] = []
    for span in spans:
        pieces = [span]
        for start, end in kept:
            pieces = [
                piece
                for low, high in pieces
                for piece in (
                    ((low, min(high, start)), (max(low, end), high)) if low < end and start < high else ((low, high),)
                )
                if piece[0] < piece[1]
            ]
        left += pieces
    return left


def moved(place: int, spans: Sequence[Span]) -> int:
    """Where a place outside of the cut spans lies afterwards."""
    return place - sum(end - start - len(ELLIPSIS) for start, end in spans if end <= place)


def is_empty(text: str) -> bool:
    """Whether nothing is left that says anything."""
    return not any(char.isalnum() for char in text)


def cut_turn(episode: Episode, spans: Sequence[Span], *, at: datetime, version: int) -> None:
    """Cut `spans` (joined, in order) out of a turn, move the evidence that stays, and analyse the turn anew."""
    remaining = list(Evidence.objects.of(episode.user_id).filter(episode=episode))
    text = without(episode.text, spans)
    pasted = [
        moved(place, spans) if not any(start < place < end for start, end in spans) else place
        for place in episode.pasted
    ]
    for row in remaining:
        start, end = moved(row.start, spans), moved(row.end, spans)
        Evidence.objects.of(episode.user_id).filter(pk=row.pk).update(start=start, end=end, episode_length=len(text))
    episode.text = text
    episode.pasted = [min(place, len(text)) for place in pasted]
    episode.cut_at = at
    _reindex(episode, version)
    episode.save(update_fields=["text", "pasted", "terms", "changed_version", "cut_at"])
    if is_empty(text) and not remaining:
        hollow_out(episode, at=at, version=version)


def hollow_out(episode: Episode, *, at: datetime, version: int) -> None:
    """Leave nothing of a turn but its place, so that prompts know that the message of this turn may not be used."""
    Evidence.objects.of(episode.user_id).filter(episode=episode).delete()
    Vector.objects.of(episode.user_id).filter(episode=episode).delete()
    episode.text, episode.terms, episode.pasted, episode.speaker = ELLIPSIS, b"", [], ""
    episode.cut_at = at
    episode.withdrawn_at = episode.withdrawn_at or at
    episode.changed_version = version
    episode.save(update_fields=["text", "terms", "pasted", "speaker", "cut_at", "withdrawn_at", "changed_version"])


def _reindex(episode: Episode, version: int) -> None:
    episode.terms = index(episode.user_id, indexed_text(episode.speaker, episode.text))
    episode.changed_version = version


def embed_again(user_id: UUID, episode_ids: Iterable[UUID], *, version: int) -> int:
    """New vectors for cut turns. How many vectors were dropped: one that was made elsewhere covers the turn after as well, and a task makes it anew."""
    turns = {episode.pk: episode for episode in Episode.objects.of(user_id).filter(pk__in=list(episode_ids))}
    after: set[UUID] = set()
    for episode in turns.values():
        following = (
            Episode.objects.of(user_id)
            .standing()
            .in_conversation(episode.conversation_id)
            .filter(said_at__gte=episode.said_at)
            .exclude(pk=episode.pk)
            .exclude(said_at=episode.said_at, seq__lt=episode.seq)
            .order_by("said_at", "seq")
            .values_list("pk", flat=True)
        )
        after.update(following[:1])
    after.difference_update(turns)
    vectors = Vector.objects.of(user_id)
    dropped, _ = vectors.filter(episode_id__in=list(turns)).delete()
    dropped += vectors.filter(episode_id__in=after).exclude(model=ports.embedder().name).delete()[0]
    for episode in turns.values():
        if episode.withdrawn_at is None:
            embed(episode)
    Episode.objects.of(user_id).filter(pk__in=[*turns, *after]).update(changed_version=version)
    return dropped


def turns_with(user_id: UUID, needle: str) -> list[Episode]:
    """Turns in which `needle` stands as whole words."""
    words = words_of(needle)
    if not words:
        return []
    longest = max(words, key=len)
    rows = Episode.objects.of(user_id).filter(text__icontains=longest)
    return [row for row in rows if find_words(row.text, needle)]
