"""Vectors of questions. The local embedder is asked on the spot; a remote one before the transaction of the recall, since nothing is held while it answers."""

from __future__ import annotations

import hashlib
import logging
from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock
from uuid import UUID

import numpy as np

from memory import ports
from memory.recall.arrays import Floats
from memory.recall.gate import needs_memory
from memory.recall.query import normalised

log = logging.getLogger(__name__)
AnyEmbedder = ports.Embedder | ports.RemoteEmbedder
_KEPT = 256
_known: OrderedDict[bytes, Floats] = OrderedDict()
_lock = Lock()


def _key(embedder: AnyEmbedder, text: str) -> bytes:
    return hashlib.blake2b(f"{embedder.name}\n{text}".encode("utf-8", "replace"), digest_size=16).digest()


def prepare(user_id: UUID, question: str) -> None:
    """Ask the remote embedder, if one is set, for the vector of a question that this user will recall next in this process. Never inside a transaction.
    Not for what needs no memory. When it fails, recall goes by the local vectors."""
    remote = ports.remote_embedder()
    text = normalised(question)
    if remote is None or not text or not needs_memory(question) or is_known(remote, text):
        return
    try:
        vector = remote.embed_for(user_id, [text])[0]
    except ports.ModelFailed as failure:
        log.warning("no vector for a question: %s", failure)
        return
    with _lock:
        _known[_key(remote, text)] = vector
        while len(_known) > _KEPT:
            _known.popitem(last=False)


def is_known(embedder: AnyEmbedder, text: str) -> bool:
    """Whether `vectors_of` can answer for this (normalised) text."""
    return embedder.is_local or _key(embedder, text) in _known


def vectors_of(embedder: AnyEmbedder, texts: Sequence[str]) -> list[Floats]:
    """One vector a text; of a remote embedder, that of the first for all of them."""
    if not isinstance(embedder, ports.RemoteEmbedder):
        return list(embedder.embed(texts))
    with _lock:
        vector = _known.get(_key(embedder, texts[0]))
    return [np.zeros(embedder.dimensions, dtype=np.float32) if vector is None else vector for _ in texts]
