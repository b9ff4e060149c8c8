"""A sentence that the user typed outside of any chat, such as on the memory page: read by the rules, kept as typed facts."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from memory.extraction.rules.read import read_turn
from memory.services import edit_profile
from memory.types import FactView, Turn
from profiles.api import locale_of


def tell(user_id: UUID, sentence: str, *, at: datetime) -> tuple[FactView, ...]:
    """Keep what `sentence` says about the user, as facts that they typed; none when the rules find nothing in it.

    Typing a sensitive thing is leave for that thing alone. Raises BadValue, SecretRefused.
    """
    turn = Turn(user_id, conversation_id=user_id, message_id=None, role="user", text=sentence, said_at=at)
    kept: list[FactView] = []
    for raw in read_turn(turn, zone=locale_of(user_id).zone):
        if raw["change"] == "asserts":
            change = edit_profile(
                user_id, predicate=raw["predicate"], value=raw["value"], subject=raw["subject"], at=at
            )
            kept += [fact for fact in change.facts if fact.status == "active"]
    return tuple(kept)
