"""Start everything: database, Valkey, web, workers, beat."""

from __future__ import annotations

import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from config import supervisor
from config.preparation import has_nothing_to_prepare


class Command(BaseCommand):
    help = (
        "Start everything and keep it running. HOST, PORT and DATA_DIR come from the environment. Ctrl-C stops it all."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--once-ready", metavar="CMD", default="", help="Run CMD in a shell when all is ready, then stop."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        status = supervisor.run(
            host=settings.HOST,
            port=settings.PORT,
            data=settings.DATA_DIR,
            role=settings.DATABASE_ROLE,
            public_url=settings.PUBLIC_URL,
            is_prepared=has_nothing_to_prepare,
            once_ready=options["once_ready"],
        )
        sys.exit(status)
