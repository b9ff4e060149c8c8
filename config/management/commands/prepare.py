"""What must be done before anything serves. Run by `up`, and by hand in larger installations."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from config.preparation import collect_static_files
from config.words import compile_words
from profiles.accounts import new_setup_code


class Command(BaseCommand):
    help = "Migrate, collect static files and compile words if they changed, and print the one-time link that creates the owner while there is none."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", verbosity=0)
        collect_static_files()
        compile_words()
        if code := new_setup_code():
            self.stdout.write(f"{settings.PUBLIC_URL}/setup/{code}")
