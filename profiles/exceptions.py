"""What can go wrong with people and their settings. Each error has a `code`; one handler in config turns them into answers."""

from __future__ import annotations


class ProfileError(Exception):
    """Base of this app's errors."""

    code = "profile-error"


class ConsentNotPossible(ProfileError):
    """This kind needs no consent, or can never have it."""

    code = "consent-not-possible"


class OwnerExists(ProfileError):
    """The installation has its owner already."""

    code = "owner-exists"


class WrongSetupCode(ProfileError):
    """The code of the set-up link is not the one that was printed last."""

    code = "wrong-setup-code"
