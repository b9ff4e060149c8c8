"""For `manage.py evaluate`: a database of its own, no model that reads, and nobody who listens."""

from config.settings.base import *

MEMORY_LISTENER = ""
MEMORY_LANGUAGE_MODEL = ""
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
COMPANION_SECONDS_A_WORD = 0.0
