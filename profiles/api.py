"""The Python face of this app: all that the others import, beside `profiles.owned`."""

from profiles.consent import consents_of, decide_consent, decided_consents_of
from profiles.models import Sensitivity, User
from profiles.profile import Locale, change_profile, locale_of, profile_of, zone_named

__all__ = [
    "Locale",
    "Sensitivity",
    "User",
    "change_profile",
    "consents_of",
    "decide_consent",
    "decided_consents_of",
    "locale_of",
    "profile_of",
    "zone_named",
]
