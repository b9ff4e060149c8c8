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
_LONGEST = 8000  # characters of a text that count
_AT_ONCE = 64  # texts, whose tokens stand in memory meanwhile


@cache
def _weights() -> Any:
    with _lock:
        level = logging.getLogger().level
        import wordllama  # noqa: PLC0415  (0.4 s and 100 MB: only processes that embed pay)

        logging.getLogger().setLevel(level)  # the package sets the root logger up at import
        loaded = wordllama.WordLlama.load(cache_dir=Path(wordllama.__file__).parent, disable_download=True)
        loaded.tokenizer.no_padding()  # a mean over its own tokens needs none, and is made in half the time
        # As they stand in the file: half of the memory, and no digit is lost.
        loaded.embedding = loaded.embedding.astype(np.float16)
        return loaded


class WordLlamaEmbedder:
    """256 dimensions, about 0.2 ms a text, English above all. A text lies where the mean of the vectors of its tokens points, so that two texts together
    lie where the sum of theirs points."""

    name = "wordllama-256"
    dimensions = 256
    is_local = True

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One unit row a text; a row of zeros for a text without any token."""
        sums = self.sums(texts)
        norms = np.sqrt(np.einsum("ij,ij->i", sums, sums))
        norms[norms == 0] = 1
        units: NDArray[np.float32] = sums / norms[:, None]
        return units

    def sums(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row a text: the sum of the vectors of its tokens, in sixteenths, so that the longest text stays within half precision."""
        sums = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for start in range(0, len(texts), _AT_ONCE):
            self._add_up(texts[start : start + _AT_ONCE], sums[start : start + _AT_ONCE])
        return sums / np.float32(16)

    def _add_up(self, texts: Sequence[str], sums: NDArray[np.float32]) -> None:
        """Write the sum of the vectors of its tokens into the row of each text."""
        weights = _weights()
        read = weights.tokenizer.encode_batch_fast([text[:_LONGEST] for text in texts], add_special_tokens=False)
        for row, (text, encoding) in enumerate(zip(texts, read, strict=True)):
            if encoding.ids and text.strip():
                sums[row] = weights.embedding[encoding.ids].sum(axis=0, dtype=np.float32)


def word_llama_words() -> list[str]:
    """The whole English words that the embedder knows, in lower case."""
    found = (token[1:].lower() for token in _weights().tokenizer.get_vocab() if token.startswith("▁"))
    return sorted({word for word in found if len(word) > 3 and word.isascii() and word.isalpha()})


@cache
def word_llama() -> WordLlamaEmbedder:
    """The one embedder of this process."""
    return WordLlamaEmbedder()
