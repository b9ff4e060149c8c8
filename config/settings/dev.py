"""For working on the code: pages show errors, templates are read anew."""

from config.settings.base import *

DEBUG = True
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
