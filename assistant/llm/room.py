"""How much of a model's window each part of a prompt may take. The one place where that is decided.

A prompt is read anew with every answer, so that even a large window is not filled: what is sent is paid for, and what stands among much is overlooked.
What the operator set holds for every model.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.conf import context_window_tokens, file_tokens, recall_budget_tokens, recall_most_items
from assistant.llm.door import load_litellm
from assistant.llm.types import Model


@dataclass(frozen=True, slots=True)
class Room:
    """Tokens that parts of a prompt may take, and how many memories may be recalled for one question."""

    turns: int = 8000
    summary: int = 800
    profile: int = 400
    recalled: int = 1200
    most_recalled: int = 12  # those behind the first dozen are rarely of use and dear to read
    files: int = 6000
    tools: int = 8000  # what a model is told of tools: servers may offer many


# By the least window, in tokens, for which it holds. Earlier turns keep beside them what was recalled for them, so that providers can reuse the prompt:
# with less room than in the first row the oldest would leave within thirty turns, and the prompt begin anew.
BY_WINDOW: tuple[tuple[int, Room], ...] = (
    (
        128_000,
        Room(turns=24_000, summary=1500, profile=400, recalled=2000, most_recalled=12, files=16_000, tools=12_000),
    ),
    (64_000, Room(turns=8000, summary=1000, profile=400, recalled=1600, most_recalled=12, files=8000, tools=8000)),
    (32_000, Room(turns=4000, summary=800, profile=400, recalled=1200, most_recalled=12, files=4000, tools=5000)),
    (16_000, Room(turns=3000, summary=800, profile=400, recalled=1200, most_recalled=12, files=2000, tools=3000)),
    (6000, Room(turns=2000, summary=400, profile=300, recalled=700, most_recalled=8, files=1500, tools=1200)),
    (0, Room(turns=800, summary=200, profile=200, recalled=300, most_recalled=4, files=400, tools=400)),
)
UNKNOWN = Room()
BUILTIN = Room(turns=3000, files=0)
OLLAMA_WINDOW = 8192  # it cuts what is over its own limit without a word, whatever the model could take


def room_in(model: Model) -> Room:
    """The room that a prompt for this model has."""
    room = _by_window(model)
    if fixed := context_window_tokens():
        room = replace(room, turns=fixed)
    if fixed := file_tokens():
        room = replace(room, files=fixed)
    if (recalled := recall_budget_tokens()) is not None:
        room = replace(room, recalled=recalled)
    if (most := recall_most_items()) is not None:
        room = replace(room, most_recalled=most)
    return room


def room_of_window(tokens: int) -> Room:
    """The room in a window of so many tokens."""
    return next(room for least, room in BY_WINDOW if tokens >= least)


def _by_window(model: Model) -> Room:
    if model.is_builtin:
        return BUILTIN
    if model.name.startswith("ollama"):
        return room_of_window(OLLAMA_WINDOW)
    known = _window_of(model)
    return room_of_window(known) if known else UNKNOWN


def _window_of(model: Model) -> int:
    """Its tokens by litellm's tables; 0 where they don't know it."""
    try:
        return int(load_litellm().get_model_info(model.name).get("max_input_tokens") or 0)
    except Exception:  # noqa: BLE001 - it raises a plain Exception for a model that is not in its tables
        return 0
