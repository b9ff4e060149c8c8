"""What a person set: language, time zone, instructions, switches."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db import connection

from profiles.models import Profile

EDITABLE = frozenset(
    {
        "language",
        "time_zone",
        "custom_instructions",
        "expertise",
        "is_memory_paused",
        "theme",
        "text_size",
        "has_single_keys",
        "sends_by_ctrl_enter",
        "announce",
    }
)


@dataclass(frozen=True, slots=True)
class Locale:
    """How to write and reckon for a user."""

    language: str  # BCP 47, such as "en" or "de"
    zone: ZoneInfo


def profile_of(user_id: UUID) -> Profile:
    """The profile, made with its defaults when there is none yet."""
    profile, _ = Profile.objects.of(user_id).get_or_create(user_id=user_id)
    return profile


def locale_of(user_id: UUID) -> Locale:
    """Language and time zone. A zone that this machine does not know counts as UTC."""
    # Asked at every recall and every answer, so without building a queryset, which takes longer than the question. The second wall stands.
    with connection.cursor() as cursor:
        cursor.execute("SELECT language, time_zone FROM profiles_profile WHERE user_id = %s", [user_id])
        known = cursor.fetchone()
    if known is None:
        profile = profile_of(user_id)
        known = (profile.language, profile.time_zone)
    return Locale(known[0], zone_named(known[1]))


def zone_named(name: str) -> ZoneInfo:
    """The zone, UTC for a name nobody knows."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def change_profile(user_id: UUID, **fields: object) -> Profile:
    """Set some of `EDITABLE` and raise the version. Raises ValidationError with the fields that are wrong."""
    profile = profile_of(user_id)
    for name, value in fields.items():
        if name not in EDITABLE:
            raise AttributeError(name)
        setattr(profile, name, value)
    profile.clean_fields()
    profile.version += 1
    profile.save()
    return profile
