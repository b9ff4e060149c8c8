"""Which turns a scope reads."""

from __future__ import annotations

from memory.types import MemoryScope, ScopeKind


def turn_scopes(scope: MemoryScope) -> frozenset[str]:
    """The scopes of turns, as the packed arrays name them."""
    own = f"{scope.kind.value}{scope.id or ''}"
    return frozenset({own, "user"}) if scope.kind == ScopeKind.CONVERSATION else frozenset({own})
