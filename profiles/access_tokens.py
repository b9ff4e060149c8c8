"""Access tokens: issued once in the open, kept as a hash, verified, revoked."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from profiles.models import AccessToken, User

PREFIX = "rem_"
TOUCH_AFTER = timedelta(minutes=1)  # how exact "last used" is; a write a request would be waste


@dataclass(frozen=True, slots=True)
class Issued:
    """A new access token. `secret` is shown this once."""

    token: AccessToken
    secret: str


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()


def issue_access_token(
    user: User, *, name: str, scopes: list[str], at: datetime, expires_at: datetime | None = None
) -> Issued:
    """Make one. Raises ValidationError (unknown scope, name taken or empty)."""
    secret = PREFIX + secrets.token_urlsafe(32)
    token = AccessToken(
        user=user,
        name=name.strip(),
        scopes=sorted(set(scopes)),
        digest=_digest(secret),
        hint=secret[: len(PREFIX) + 4],
        created_at=at,
        expires_at=expires_at,
    )
    token.full_clean()
    token.save()
    return Issued(token, secret)


def verify_access_token(secret: str, *, at: datetime) -> AccessToken | None:
    """The token that this secret belongs to, with its user; None when it is unknown, expired, or its user is not active."""
    token = AccessToken.objects.select_related("user").filter(digest=_digest(secret)).first()
    if token is None or not token.user.is_active or (token.expires_at and token.expires_at <= at):
        return None
    if token.last_used_at is None or at - token.last_used_at > TOUCH_AFTER:
        AccessToken.objects.filter(pk=token.pk).update(last_used_at=at)
    return token


def revoke_access_token(user: User, token_id: UUID) -> bool:
    """Whether there was one of this user to revoke. What uses it stops working at once."""
    return bool(AccessToken.objects.filter(user=user, id=token_id).delete()[0])
