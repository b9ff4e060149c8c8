"""allauth's questions about passkeys and two-step codes, answered."""

from __future__ import annotations

import base64

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.translation import gettext as _

from profiles.models import User


class TwoStepAdapter(DefaultMFAAdapter):
    """Names in plain words, and no secret in the clear in the database."""

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002 - allauth names it
        """What a passkey is called until it is given another name."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return _("Passkey") if number == 1 else _("Passkey %(number)s") % {"number": number}

    def _get_site_name(self) -> str:
        return "Remembrancer"  # what browsers and apps for codes list it under

    def encrypt(self, text: str) -> str:
        """The secret of an app for codes, or a recovery seed, as it is stored."""
        return _fernet().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret again. Raises InvalidToken when the server's key is another than when it was stored."""
        return _fernet().decrypt(encrypted_text.encode()).decode()


def _fernet() -> MultiFernet:
    """The first key encrypts; older ones, kept for a change (`ENCRYPTION_KEY_FALLBACKS`), still decrypt."""
    return MultiFernet([Fernet(_derived(key)) for key in (settings.ENCRYPTION_KEY, *settings.ENCRYPTION_KEY_FALLBACKS)])


def _derived(secret: str) -> bytes:
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"remembrancer two-step secrets").derive(secret.encode())
    return base64.urlsafe_b64encode(key)
