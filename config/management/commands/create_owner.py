"""Create the owner from the shell."""

from __future__ import annotations

import getpass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from profiles.accounts import create_owner
from profiles.exceptions import OwnerExists


class Command(BaseCommand):
    help = "Create the one owner. The password is asked for, or read from standard input with --password-stdin."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", default="")
        parser.add_argument("--password-stdin", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        password = input() if options["password_stdin"] else getpass.getpass("Password: ")
        try:
            owner = create_owner(email=options["email"], password=password, name=options["name"], code=None)
        except OwnerExists as error:
            raise CommandError("There is an owner already.") from error
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(f"{owner.email} owns this installation now.")
