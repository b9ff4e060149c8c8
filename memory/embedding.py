"""The embedder that is always there: static word vectors from their own wheel, no download."""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

_lock = threading.Lock()


@cache
def _weights() -> Any:
    with _lock:
        level = logging.getLogger().level
        import wordllama  # noqa: PLC0415  (0.4 s and 100 MB: only processes that embed pay)

        logging.getLogger().setLevel(level)  # the package sets the root logger up at import
        return wordllama.WordLlama.load(cache_dir=Path(wordllama.__file__).parent, disable_download=True)


class WordLlamaEmbedder:
    """256 dimensions, about 0.2 ms a text, English above all."""

    name = "wordllama-256"
    dimensions = 256
    is_local = True

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        if not texts:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        # An empty text would give NaN, which pgvector refuses; so would a text of unknown characters alone.
        raw = np.asarray(_weights().embed([text[:8000] or " " for text in texts]), dtype=np.float32)
        raw = np.nan_to_num(raw, nan=0.0, posinf=0.0, neginf=0.0)
        raw[[index for index, text in enumerate(texts) if not text.strip()]] = 0.0
        norms = np.linalg.norm(raw, axis=1, keepdims=True)
        units: NDArray[np.float32] = np.divide(raw, norms, out=np.zeros_like(raw), where=norms > 0)
        return units


def word_llama_words() -> list[str]:
    """The whole English words that the embedder knows, in lower case."""
    found = (token[1:].lower() for token in _weights().tokenizer.get_vocab() if token.startswith("▁"))
    return sorted({word for word in found if len(word) > 3 and word.isascii() and word.isalpha()})


@cache
def word_llama() -> WordLlamaEmbedder:
    """The one embedder of this process."""
    return WordLlamaEmbedder()
