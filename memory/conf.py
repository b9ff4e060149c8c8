"""Typed defaults of this app. Each can be overridden by a Django setting of the same name with `MEMORY_` before it."""

from __future__ import annotations

from typing import TypeVar

from django.conf import settings

T = TypeVar("T")


def _setting(name: str, default: T) -> T:
    value: T = getattr(settings, f"MEMORY_{name}", default)
    return value


def language_model_path() -> str:
    """Dotted path of a callable that returns a `ports.LanguageModel`, or None when no capable model is set. Empty: never one."""
    return _setting("LANGUAGE_MODEL", "")


def embedder_path() -> str:
    """Dotted path of a callable that returns a `ports.Embedder`."""
    return _setting("EMBEDDER", "memory.embedding.word_llama")


def remote_embedder_path() -> str:
    """Dotted path of a callable that returns a `ports.Embedder` on another machine, or None when none is set. Empty: never one."""
    return _setting("REMOTE_EMBEDDER", "")


def embed_batch() -> int:
    """Texts that a remote embedder is sent at a time."""
    return _setting("EMBED_BATCH", 64)


def listener_path() -> str:
    """Dotted path of a callable that returns a `ports.Listener`. Empty: nobody listens."""
    return _setting("LISTENER", "")


def eraser_paths() -> tuple[str, ...]:
    """Dotted paths of callables that return a `ports.Eraser` each."""
    return tuple(_setting("ERASERS", ()))


def buffer_tokens() -> int:
    """So much text not yet read by the model makes a buffer due."""
    return _setting("BUFFER_TOKENS", 800)


def buffer_idle_seconds() -> float:
    """A buffer is due after this silence, full or not."""
    return _setting("BUFFER_IDLE_SECONDS", 90.0)


def consolidate_after_facts() -> int:
    """So many new facts make consolidation due before the night."""
    return _setting("CONSOLIDATE_AFTER_FACTS", 40)


def calls_a_buffer() -> float:
    """How many model calls a buffer may take, on average."""
    return _setting("CALLS_A_BUFFER", 1.2)


def job_lease_seconds() -> float:
    """A running job whose lease is older than this belongs to a lost worker."""
    return _setting("JOB_LEASE_SECONDS", 120.0)


def model_job_lease_seconds() -> float:
    """The same for a job that waits for a model."""
    return _setting("MODEL_JOB_LEASE_SECONDS", 360.0)


def job_attempts() -> int:
    """After so many tries a job is set aside with its error."""
    return _setting("JOB_ATTEMPTS", 5)


def summary_block_turns() -> int:
    """A conversation gets its summary renewed when this many turns stand beyond the last one."""
    return _setting("SUMMARY_BLOCK_TURNS", 12)


def review_after_days(decay: str) -> int | None:
    """Days until a fact of this decay class should be looked at again (`predicates.md`), None for never."""
    return {"slow": 730, "medium": 183, "fast": 42}.get(decay)


def arrays_cache_bytes() -> int:
    """How much memory the packed arrays of users may take in one process."""
    return _setting("ARRAYS_CACHE_BYTES", 64 * 1024 * 1024)
