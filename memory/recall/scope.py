"""Which rows a scope reads."""

from __future__ import annotations

from django.db import models

from memory.types import MemoryScope, ScopeKind


def readable(scope: MemoryScope) -> models.Q:
    """Facts that may be read in `scope`: its own; an isolated project also reads what was typed on the profile page."""
    if scope.kind == ScopeKind.USER:
        return models.Q(scope_kind="user")
    own = models.Q(scope_kind=scope.kind.value, scope_id=scope.id)
    if scope.kind == ScopeKind.PROJECT:
        return own | models.Q(scope_kind="user", origin="user_edited")
    return own | models.Q(scope_kind="user")


def turn_scopes(scope: MemoryScope) -> frozenset[str]:
    """The scopes of turns, as the packed arrays name them."""
    own = f"{scope.kind.value}{scope.id or ''}"
    return frozenset({own, "user"}) if scope.kind == ScopeKind.CONVERSATION else frozenset({own})
