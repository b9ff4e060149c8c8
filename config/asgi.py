"""The entry of the ASGI server."""

import os

from django.core.asgi import get_asgi_application

from config.departures import Departures

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
application = Departures(get_asgi_application())
