"""Invitations: a signed link for one address, good for a week, used up when its account exists."""

from __future__ import annotations

from datetime import timedelta

from django.core import signing

from profiles.models import User

SALT = "profiles.invitation"
GOOD_FOR = timedelta(days=7)


def invitation_for(email: str) -> str:
    """The token of an invitation for this address. Nothing is stored: the signature is the proof."""
    return signing.dumps(email.strip().lower(), salt=SALT)


def invited_address(token: str) -> str:
    """The address that the token invites; "" when it is forged, too old, or used."""
    try:
        email = str(signing.loads(token, salt=SALT, max_age=GOOD_FOR))
    except signing.BadSignature:
        return ""
    return "" if User.objects.filter(email__iexact=email).exists() else email
