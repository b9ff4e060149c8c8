"""The life of an account: the owner's beginning, a lost password."""

from __future__ import annotations

import hashlib
import secrets

from django.contrib.auth.password_validation import validate_password
from django.db import connection, transaction
from django.utils import timezone

from profiles.exceptions import OwnerExists, WrongSetupCode
from profiles.models import Profile, SetupCode, User
from profiles.owned import as_user

_OWNER_LOCK = 7_301_001  # any number, the same everywhere: pg_advisory_xact_lock


def has_owner() -> bool:
    """Whether somebody owns this installation."""
    return User.objects.filter(is_owner=True).exists()


def _digest(code: str) -> bytes:
    return hashlib.sha256(code.encode()).digest()


def new_setup_code() -> str:
    """A new one-time code, which replaces the last; "" once there is an owner. Only its hash is kept."""
    if has_owner():
        return ""
    code = secrets.token_urlsafe(18)
    SetupCode.objects.update_or_create(id=1, defaults={"digest": _digest(code), "made_at": timezone.now()})
    return code


def is_setup_code(code: str) -> bool:
    """Whether this is the code that was printed last."""
    row = SetupCode.objects.first()
    return row is not None and secrets.compare_digest(bytes(row.digest), _digest(code))


def create_owner(
    *, email: str, password: str, name: str, code: str | None, language: str = "en", time_zone: str = "UTC"
) -> User:
    """Create the one owner, under a lock, so that of two attempts at once only one succeeds.

    `code` is that of the set-up link; None for whoever has the shell. Raises OwnerExists, WrongSetupCode, ValidationError (weak password, bad e-mail).
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_OWNER_LOCK])
        if has_owner():
            raise OwnerExists
        if code is not None and not is_setup_code(code):
            raise WrongSetupCode
        draft = User(email=email.strip().lower(), name=name.strip(), is_owner=True, is_staff=True, is_superuser=True)
        validate_password(password, draft)
        draft.set_password(password)
        draft.full_clean()
        draft.save()
        SetupCode.objects.all().delete()
    open_profile(draft, language=language, time_zone=time_zone)
    return draft


def open_profile(user: User, *, language: str, time_zone: str) -> Profile:
    """The profile of a new account, with what the browser said about language and zone."""
    with as_user(user):
        profile, _ = Profile.objects.of(user).get_or_create(
            user=user, defaults={"language": language, "time_zone": time_zone}
        )
    return profile
