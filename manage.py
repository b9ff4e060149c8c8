#!/usr/bin/env python
"""Remembrancer's commands: `manage.py up` starts everything, `manage.py help` lists the rest."""

import os
import sys

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
    try:
        settings.INSTALLED_APPS  # noqa: B018  (read now: Django would only say "unknown command" later)
    except ImproperlyConfigured as error:
        sys.exit(f"Remembrancer can't start. {error}")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
