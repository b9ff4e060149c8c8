"""That no table of users' rows was forgotten."""

from __future__ import annotations

from django.apps import apps
from django.db import connection, models

from assistant.models import Budget, ConnectedModel, ModelRole, Provider, ToolServer
from profiles.models import AccessToken, SetupCode, User
from profiles.owned import OwnedQuerySet

OURS = ("assistant", "memory", "profiles")
# Read before anybody is known; and what the operator sets for everybody.
WITHOUT = {User, AccessToken, SetupCode, Provider, ConnectedModel, ModelRole, Budget, ToolServer}


def owned_models() -> list[type[models.Model]]:
    found = [model for label in OURS for model in apps.get_app_config(label).get_models()]
    return [model for model in found if model not in WITHOUT]


def test_every_table_with_an_owner_has_both_walls():
    assert len(owned_models()) > 15
    for model in owned_models():
        assert any(field.name == "user" for field in model._meta.fields), model
        assert isinstance(model._default_manager.all(), OwnedQuerySet), model


def test_postgres_forces_row_security_on_each_of_them(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity")
        forced = {name for (name,) in cursor.fetchall()}
        cursor.execute("SELECT tablename, count(*) FROM pg_policies WHERE with_check IS NOT NULL GROUP BY 1")
        policies = dict(cursor.fetchall())
    tables = {model._meta.db_table for model in owned_models()}
    assert tables - forced == set()
    assert {policies.get(table) for table in tables} == {2}


def test_web_and_workers_run_as_a_role_that_cannot_look_past_it(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user, rolsuper, rolbypassrls, rolcreatedb FROM pg_roles WHERE rolname = current_user"
        )
        assert cursor.fetchone() == ("app", False, False, False)
