"""More turns around a conversation, so that recall is measured in the memory of somebody who has talked for years."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from memory.recording import record_turns
from memory.types import Said
from profiles.owned import as_user, new_id

BATCH = 500
SESSION = 24  # turns
_SENTENCE = re.compile(r"(?<=[.!?])\s+")


def pad(
    user_id: UUID,
    others: Sequence[Mapping[str, Any]],
    *,
    count: int,
    speakers: Sequence[str],
    first: datetime,
    last: datetime,
) -> None:
    """Record `count` turns of the same speakers between two moments: each of two sentences out of `others`, turns of conversations that they never had."""
    dice = random.Random(count)  # noqa: S311  the same turns each time
    sentences = [sentence for turn in others for sentence in _SENTENCE.split(turn["text"]) if len(sentence) > 8]
    step = (last - first) / max(1, count // SESSION)
    said: list[Said] = []
    conversation = new_id()
    for number in range(count):
        session, place = divmod(number, SESSION)
        if not place:
            conversation = new_id()
        said.append(
            Said(
                conversation_id=conversation,
                message_id=None,
                role="user",
                speaker=speakers[number % len(speakers)],
                text=" ".join(dice.sample(sentences, 2)),
                is_read=True,
                at=first + session * step + timedelta(minutes=place),
            )
        )
    with as_user(user_id):
        for low in range(0, len(said), BATCH):
            record_turns(user_id, said[low : low + BATCH], at=last)
