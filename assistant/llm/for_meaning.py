"""The embedder on another machine, any that litellm speaks to. Bound to memory by the setting MEMORY_REMOTE_EMBEDDER."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from assistant.llm.choice import embedding_model
from assistant.llm.door import load_litellm
from assistant.llm.errors import ErrorCode
from assistant.llm.faults import to_provider_error
from assistant.llm.types import Model
from memory.ports import ModelFailed

SECONDS = 10.0  # for a batch; a question that waits longer goes by the local vectors
_NEVER = frozenset({ErrorCode.REFUSED_KEY, ErrorCode.UNKNOWN_MODEL})


class RemoteEmbedder:
    """Memory's `Embedder` behind litellm. Its dimensions are those of the first answer."""

    is_local = False

    def __init__(self, model: Model) -> None:
        self._model = model
        self.name = model.name[:120]
        self.dimensions = 0

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One unit row a text. Raises ModelFailed and nothing else."""
        litellm = load_litellm()
        try:
            answer = litellm.embedding(
                model=self._model.name,
                input=[text or " " for text in texts],
                api_key=self._model.api_key or None,
                api_base=self._model.api_base or None,
                timeout=SECONDS,
                num_retries=0,
                encoding_format="float",
            )
            rows = sorted(answer.data, key=lambda row: row["index"])
            raw = np.array([row["embedding"] for row in rows], dtype=np.float32)
        except (TypeError, ValueError, KeyError) as error:
            raise ModelFailed("not an answer", retryable=False) from error
        except Exception as error:
            fault = to_provider_error(error, model=self._model, litellm=litellm, begun=False)
            raise ModelFailed(str(fault.code), retryable=fault.code not in _NEVER) from error
        if raw.ndim != 2 or len(raw) != len(texts) or not np.isfinite(raw).all():
            raise ModelFailed("not one vector a text", retryable=False)
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
