"""The Python face of this app: all that the others import, beside `profiles.owned`."""

from profiles.access_tokens import issue_access_token, revoke_access_token, verify_access_token
from profiles.accounts import create_owner, has_owner, is_setup_code, open_profile
from profiles.consent import consents_of, decide_consent, decided_consents_of
from profiles.exceptions import ConsentNotPossible
from profiles.look import keep_look
from profiles.models import AccessToken, Profile, Sensitivity, User
from profiles.profile import Locale, change_profile, locale_of, profile_of, zone_named

__all__ = [
    "AccessToken",
    "ConsentNotPossible",
    "Locale",
    "Profile",
    "Sensitivity",
    "User",
    "change_profile",
    "consents_of",
    "create_owner",
    "decide_consent",
    "decided_consents_of",
    "has_owner",
    "is_setup_code",
    "issue_access_token",
    "keep_look",
    "locale_of",
    "open_profile",
    "profile_of",
    "revoke_access_token",
    "verify_access_token",
    "zone_named",
]
