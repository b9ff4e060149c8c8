"""Leave to keep sensitive things: granted and withdrawn by kind."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from profiles.exceptions import ConsentNotPossible
from profiles.models import Consent, Sensitivity

# What holds before anybody decided (`predicates.md`).
DEFAULTS: dict[str, bool] = {
    Sensitivity.HEALTH: False,
    Sensitivity.FINANCE: False,
    Sensitivity.BELIEFS: False,
    Sensitivity.SEXUALITY: False,
    Sensitivity.LOCATION: True,
    Sensitivity.CHILDREN: True,
}


def consents_of(user_id: UUID) -> dict[str, bool]:
    """Whether each kind may be learned, by sensitivity. `none` always may, `secret` never."""
    decided = {row.sensitivity: row.is_granted for row in Consent.objects.of(user_id)}
    return {**DEFAULTS, **decided, Sensitivity.NONE: True, Sensitivity.SECRET: False}


def decided_consents_of(user_id: UUID) -> set[str]:
    """The kinds about which the user has said yes or no."""
    return {row.sensitivity for row in Consent.objects.of(user_id)}


def decide_consent(user_id: UUID, sensitivity: str, *, granted: bool, at: datetime) -> None:
    """Store yes or no for one kind. Raises ConsentNotPossible for kinds that need none or can't have it."""
    if sensitivity not in DEFAULTS:
        raise ConsentNotPossible(sensitivity)
    Consent.objects.of(user_id).update_or_create(
        user_id=user_id, sensitivity=sensitivity, defaults={"is_granted": granted, "decided_at": at}
    )
