"""Django's `migrate`, run as the login role: the role that web and workers run as may not make tables."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.commands.migrate import Command as DjangoMigrate
from django.db import connections

GRANTS = (
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
    "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
)


class Command(DjangoMigrate):
    def handle(self, *args: Any, **options: Any) -> None:
        connection = connections[options["database"]]
        with connection.cursor() as cursor:
            cursor.execute("SET ROLE NONE")
        super().handle(*args, **options)
        if role := settings.DATABASE_ROLE:
            with connection.cursor() as cursor:
                for grant in GRANTS:
                    cursor.execute(grant.format(role=connection.ops.quote_name(role)))
        connection.close()  # the next user of the connection gets the restricted role again
