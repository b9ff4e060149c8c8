"""Everything real, only quicker: short leases, cheap password hashes, no pause between words."""

from config.settings.base import *

ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
COMPANION_SECONDS_A_WORD = 0.0
ACCOUNT_RATE_LIMITS = False
RUN_LEASE_SECONDS, RUN_RENEW_SECONDS, CHECKPOINT_SECONDS = 5.0, 0.5, 0.2
