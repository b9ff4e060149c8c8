"""Fill an account with a month of conversations."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from assistant.demo.fill import fill
from memory.work.read import learn_by_rules
from profiles.accounts import open_profile
from profiles.models import User


class Command(BaseCommand):
    help = "Fill USER with a month of lifelike conversations. Without USER, make demo@example.org (password: remembrancer)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("user", metavar="USER", nargs="?", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["user"]:
            user = User.objects.filter(email__iexact=options["user"]).first()
            if user is None:
                raise CommandError(f"Nobody here has the address {options['user']}.")
        else:
            user = User.objects.filter(email="demo@example.org").first() or User.objects.create_user(
                "demo@example.org", "remembrancer", name="Mia Solberg"
            )
            open_profile(user, language="en", time_zone="Europe/Oslo")
        for done, everything in fill(user.pk, at=timezone.now()):
            self.stdout.write(f"\r{done} of {everything} chats", ending="")
            self.stdout.flush()
        learn_by_rules(
            user.pk
        )  # was read as the month went: what is due of it is done, and no page says that learning is behind
        self.stdout.write(f"\n{user.email} has a month to look back on.")
