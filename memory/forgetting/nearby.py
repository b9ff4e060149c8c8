"""What else in turns tells of what is forgotten: parts of its names, where it was told, and the words of a topic where nothing that stays is told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import models

from memory.evidence import Span, find_words
from memory.facts.wording import matter_in
from memory.forgetting import cut
from memory.forgetting.cut import ORDINARY_TURNS
from memory.models import Episode, Evidence, Fact

_NAME_PART = re.compile(r"[A-ZÀ-ÞŁŚŠŽĐ][\w'’-]{3,}")
_POINTED_AT = re.compile(
    r"\b(?:the|this|that|my|our|der|die|das|den|dem|mein\w*|el|la|los|las|mi|mis|den|det)\s+$", re.IGNORECASE
)
_GOES_ON = re.compile(r"^\s+[^\W\d_]{3,}")


def spoken_of(
    user_id: UUID, fact_ids: Sequence[UUID], values: Iterable[str], phrases: Iterable[str]
) -> dict[UUID, list[Span]]:
    """Spans to cut, by turn. Only in turns that show no fact that stays, and no word that such a fact holds.

    Of a name of several words each part, in the conversations in which it was told: "A Fabia full of floats" answers who drives a Skoda Fabia. Of a topic
    of two words the first, where it is used in the same way or beside a name that goes: "the custody thing", after "the custody hearing".
    """
    if not fact_ids:
        return {}
    staying = " · ".join(
        f"{subject} {value} {text}"
        for subject, value, text in Fact.objects.of(user_id)
        .exclude(pk__in=fact_ids)
        .values_list("subject", "value", "text")
    )
    found: dict[UUID, list[Span]] = {}
    told_in = Evidence.objects.of(user_id).filter(fact_id__in=fact_ids).values("episode__conversation_id")
    for part in _parts([*values, *phrases], staying):
        for turn in _bare_turns(user_id, part, fact_ids).filter(conversation_id__in=told_in):
            found.setdefault(turn.pk, []).extend(cut.written_as_name(turn.text, part))
    names = [phrase for phrase in phrases if phrase != phrase.lower()]
    for word in _first_words(phrases, staying):
        turns = list(_bare_turns(user_id, word, fact_ids)[: ORDINARY_TURNS + 1])
        if len(turns) > ORDINARY_TURNS:
            continue
        for turn in turns:
            beside = any(find_words(turn.text, name) for name in names)
            found.setdefault(turn.pk, []).extend(
                span for span in find_words(turn.text, word) if beside or _is_used_so(turn.text, span)
            )
    return {turn: spans for turn, spans in found.items() if spans}


def _parts(names: Iterable[str], staying: str) -> list[str]:
    """The parts of names of several words that nothing which stays holds."""
    parts = [part for name in names if " " in name for part in _NAME_PART.findall(name)]
    return [part for part in dict.fromkeys(parts) if not find_words(staying, part)]


def _first_words(phrases: Iterable[str], staying: str) -> list[str]:
    words = dict.fromkeys(map(matter_in, phrases))
    return [word for word in words if word and not find_words(staying, word)]


def _is_used_so(text: str, span: Span) -> bool:
    """Whether a word stands as in "the custody hearing": pointed at, with another word behind it."""
    return bool(_POINTED_AT.search(text[: span[0]]) and _GOES_ON.match(text[span[1] :]))


def _bare_turns(user_id: UUID, word: str, fact_ids: Sequence[UUID]) -> models.QuerySet[Episode]:
    """Turns with this word that show no fact that stays."""
    shown = Evidence.objects.of(user_id).exclude(fact_id__in=fact_ids).values("episode_id")
    return Episode.objects.of(user_id).filter(text__icontains=word).exclude(pk__in=shown).order_by("seq")
