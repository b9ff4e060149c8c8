"""What this app needs from above or outside, each bound by a setting with the dotted path of a callable that returns it (see `conf`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Protocol, runtime_checkable
from uuid import UUID

import numpy as np
from django.utils.module_loading import import_string
from numpy.typing import NDArray

from memory import conf
from memory.types import USER_SCOPE, MemoryScope, QuestionView


class ModelFailed(Exception):
    """The language model could not be reached or gave nothing usable. `retryable`: the same call may work later."""

    def __init__(self, message: str, *, retryable: bool) -> None:
        super().__init__(message)
        self.retryable = retryable


class LanguageModel(Protocol):
    """A model that can read. Called outside of transactions, never on the path of recall. Raises ModelFailed and nothing else.

    `scope` is that of the turns which are read: whoever serves the model keeps account of calls by project too.
    """

    name: str

    def extract(
        self, user_id: UUID, *, instructions: str, text: str, schema: Mapping[str, Any], scope: MemoryScope = USER_SCOPE
    ) -> str:
        """The model's answer, meant to be JSON by `schema`; it is parsed and checked here."""
        ...

    def summarise(self, user_id: UUID, *, instructions: str, text: str, scope: MemoryScope = USER_SCOPE) -> str:
        """Plain text."""
        ...

    def label(
        self, user_id: UUID, *, instructions: str, text: str, labels: Sequence[str], scope: MemoryScope = USER_SCOPE
    ) -> str:
        """One of `labels`; anything else counts as no answer."""
        ...


class Embedder(Protocol):
    """Texts to vectors, on this machine."""

    name: str
    dimensions: int
    is_local: bool

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One unit row a text; a row of zeros for a text without any known word. Never NaN."""
        ...

    def sums(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row a text that points as its unit row does; the sum of two rows points as the row of both texts together. Within half precision."""
        ...


@runtime_checkable
class RemoteEmbedder(Protocol):
    """Texts to vectors, made elsewhere: asked by a task, or before a transaction begins, and on somebody's account."""

    name: str
    dimensions: int
    is_local: bool

    def embed_for(self, user_id: UUID, texts: Sequence[str]) -> NDArray[np.float32]:
        """As `Embedder.embed`; whoever serves it keeps account of the call. Raises ModelFailed and nothing else."""
        ...


@dataclass(frozen=True, slots=True)
class CutTurn:
    """What is left of a turn in which something was forgotten: its text ("…" when nothing is), and the spans in it that were pasted."""

    text: str
    pasted: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class ForgottenValues:
    """What erasers of other apps look for. `facts` are those that are gone; `turns` the messages that were cut, as they are now; `cut_messages`: the user
    wants the stored ones cut too."""

    values: tuple[str, ...]
    facts: tuple[UUID, ...]
    turns: Mapping[UUID, CutTurn]  # by message
    conversation_id: UUID | None
    everything: bool
    cut_messages: bool


class Listener(Protocol):
    """Told after commit what memory did. Must not raise."""

    def saved(self, user_id: UUID, *, batch_id: UUID, message_ids: Sequence[UUID]) -> None: ...

    def question(self, user_id: UUID, question: QuestionView) -> None: ...

    def forgotten(self, user_id: UUID, *, message_ids: Sequence[UUID], at: datetime) -> None: ...


class Eraser(Protocol):
    """Removes forgotten text from rows of another app, inside the transaction of the forget. Returns counts for the receipt."""

    def erase(self, user_id: UUID, forgotten: ForgottenValues) -> Mapping[str, int]: ...


@cache
def _bound(path: str) -> Any:
    return import_string(path)


def language_model() -> LanguageModel | None:
    """The model that reads, or None: then rules read and summaries are extractive."""
    path = conf.language_model_path()
    model: LanguageModel | None = _bound(path)() if path else None
    return model


def embedder() -> Embedder:
    """The embedder in use."""
    bound: Embedder = _bound(conf.embedder_path())()
    return bound


def remote_embedder() -> RemoteEmbedder | None:
    """The embedder on another machine that was set, or None. Its vectors come later, by a task; until a user's are complete the local ones serve."""
    path = conf.remote_embedder_path()
    bound: RemoteEmbedder | None = _bound(path)() if path else None
    return bound


def listener() -> Listener | None:
    """Whoever is told, or None."""
    path = conf.listener_path()
    bound: Listener | None = _bound(path)() if path else None
    return bound


def erasers() -> list[Eraser]:
    """Those who keep copies."""
    return [_bound(path)() for path in conf.eraser_paths()]
