"""Provider keys at rest: encrypted with a key that is not in the database."""

from __future__ import annotations

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class UnreadableKey(Exception):
    """A stored key can't be decrypted: the server's encryption key is another than when it was stored. It has to be entered again."""


def _fernet() -> MultiFernet:
    """The first key encrypts; older ones, kept for a change (`ENCRYPTION_KEY_FALLBACKS`), still decrypt."""
    keys = (settings.ENCRYPTION_KEY, *settings.ENCRYPTION_KEY_FALLBACKS)
    return MultiFernet([Fernet(_derived(key)) for key in keys])


def _derived(secret: str) -> bytes:
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"remembrancer provider keys").derive(secret.encode())
    return base64.urlsafe_b64encode(key)


def encrypt(key: str) -> bytes:
    """`key` as it may be stored; empty for an empty key."""
    return _fernet().encrypt(key.encode()) if key else b""


def decrypt(cipher: bytes) -> str:
    """The key again. Raises UnreadableKey."""
    if not cipher:
        return ""
    try:
        return _fernet().decrypt(bytes(cipher)).decode()
    except InvalidToken:
        raise UnreadableKey from None
