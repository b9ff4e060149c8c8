"""People, what they typed about themselves, and how they sign in."""

from profiles.models.access_token import AccessToken
from profiles.models.consent import Consent, Sensitivity
from profiles.models.profile import Profile
from profiles.models.setup_code import SetupCode
from profiles.models.user import User

__all__ = ["AccessToken", "Consent", "Profile", "Sensitivity", "SetupCode", "User"]
