"""The embedder on another machine, any that litellm speaks to. Bound to memory by the setting MEMORY_REMOTE_EMBEDDER."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any
from uuid import UUID

import numpy as np
from django.utils import timezone
from numpy.typing import NDArray

from assistant.llm.budgets import check_budget
from assistant.llm.choice import embedding_model
from assistant.llm.counting import count_tokens
from assistant.llm.door import load_litellm
from assistant.llm.errors import ErrorCode, ProviderError
from assistant.llm.faults import to_provider_error
from assistant.llm.gateway import cost_of
from assistant.llm.types import Model, Usage
from assistant.llm.usage import note_calls
from memory.ports import ModelFailed
from profiles.owned import as_user

SECONDS = 10.0  # for a batch; a question that waits longer goes by the local vectors
_NEVER = frozenset({ErrorCode.REFUSED_KEY, ErrorCode.UNKNOWN_MODEL})


class RemoteEmbedder:
    """Memory's `RemoteEmbedder` behind litellm. Its dimensions are those of the first answer."""

    is_local = False

    def __init__(self, model: Model) -> None:
        self._model = model
        self.name = model.name[:120]
        self.dimensions = 0

    def embed_for(self, user_id: UUID, texts: Sequence[str]) -> NDArray[np.float32]:
        """One unit row a text, and one row of usage a call, whether it failed or not. Raises ModelFailed and nothing else."""
        took, code = Usage(model=self.name), ""
        try:
            check_budget(user_id, at=timezone.now())
        except ProviderError as spent:
            raise ModelFailed(str(spent.code), retryable=True) from spent
        try:
            answer = self._ask(texts)
            took = self._took(answer, texts)
            return self._rows(answer, len(texts))
        except (TypeError, ValueError, KeyError, AttributeError) as error:
            code = ErrorCode.BAD_ANSWER
            raise ModelFailed("not an answer", retryable=False) from error
        except ProviderError as fault:
            code = fault.code
            raise ModelFailed(str(fault.code), retryable=fault.code not in _NEVER) from fault
        finally:
            with as_user(user_id):
                note_calls(user_id, "embed", [(self.name, took, code)], at=timezone.now())

    def _ask(self, texts: Sequence[str]) -> Any:
        """One call, tried once. Raises ProviderError."""
        litellm = load_litellm()
        try:
            return litellm.embedding(
                model=self._model.name,
                input=[text or " " for text in texts],
                api_key=self._model.api_key or None,
                api_base=self._model.api_base or None,
                timeout=SECONDS,
                num_retries=0,
                encoding_format="float",
            )
        except Exception as error:
            raise to_provider_error(error, model=self._model, litellm=litellm, begun=False) from error

    def _took(self, answer: Any, texts: Sequence[str]) -> Usage:
        """What the provider counted, or our own count where it did not."""
        told = getattr(getattr(answer, "usage", None), "prompt_tokens", None)
        sent = int(told) if told else sum(count_tokens(text, self._model) for text in texts)
        return Usage(sent, cost=cost_of(self._model, sent), model=self.name)

    def _rows(self, answer: Any, texts: int) -> NDArray[np.float32]:
        rows = sorted(answer.data, key=lambda row: row["index"])
        raw = np.array([row["embedding"] for row in rows], dtype=np.float32)
        if raw.ndim != 2 or len(raw) != texts or not np.isfinite(raw).all():
            raise ValueError("not one vector a text")
        self.dimensions = raw.shape[1]
        norms = np.linalg.norm(raw, axis=1, keepdims=True)
        units: NDArray[np.float32] = np.divide(raw, norms, out=np.zeros_like(raw), where=norms > 0)
        return units


@cache
def _embedder(model: Model) -> RemoteEmbedder:
    return RemoteEmbedder(model)


def remote_embedder() -> RemoteEmbedder | None:
    """What the settings EMBEDDING_MODEL, EMBEDDING_API_KEY and EMBEDDING_API_BASE name, or None."""
    model = embedding_model()
    return _embedder(model) if model else None
