"""Print an invitation."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.urls import reverse

from profiles.invitations import invitation_for


class Command(BaseCommand):
    help = "Print a link with which EMAIL makes an account, once, within a week. Needs SIGN_UP=invitation."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", metavar="EMAIL")

    def handle(self, *args: Any, **options: Any) -> None:
        validate_email(options["email"])
        if settings.SIGN_UP != "invitation":
            raise CommandError(f"SIGN_UP is “{settings.SIGN_UP}”: invitations need SIGN_UP=invitation.")
        self.stdout.write(
            f"{settings.PUBLIC_URL}{reverse('account_signup')}?invitation={invitation_for(options['email'])}"
        )
