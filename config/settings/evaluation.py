"""For `manage.py evaluate`: a database of its own, and nobody who listens."""

from config.settings.base import *

MEMORY_LISTENER = ""
