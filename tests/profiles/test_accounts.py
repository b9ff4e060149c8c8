"""The owner's beginning, invitations, lost passwords: over the pages and commands that people use."""

from __future__ import annotations

import re
from io import StringIO
from threading import Thread

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from profiles.accounts import create_owner, new_setup_code
from profiles.exceptions import OwnerExists
from profiles.models import Profile, User
from profiles.owned import as_user
from tests.people import PASSWORD

OWNER = {"name": "Mia Solberg", "email": "Mia@Example.org", "password": "rain on Fløyen", "time_zone": "Europe/Oslo"}


def test_the_link_of_the_terminal_makes_the_owner_once(client, db):
    code = new_setup_code()
    assert client.get(f"/setup/{code}").status_code == 200
    assert client.post(f"/setup/{code}", OWNER).headers["Location"] == "/welcome/model/"
    owner = User.objects.get()
    assert (owner.email, owner.is_owner, owner.is_superuser) == ("mia@example.org", True, True)
    with as_user(owner):
        assert Profile.objects.of(owner).get().time_zone == "Europe/Oslo"
    assert client.get("/").status_code == 200  # signed in
    assert (
        "This one" in client.get("/settings/security/").content.decode()
    )  # and listed, so that it can be ended from elsewhere
    assert client.post(f"/setup/{code}", {**OWNER, "email": "eve@example.org"}).headers["Location"] == "/"
    assert User.objects.count() == 1
    assert new_setup_code() == ""


@pytest.mark.parametrize("code", ["wrong", "", "../admin"])
def test_another_code_makes_nobody(client, db, code):
    new_setup_code()
    assert client.post(f"/setup/{code}", OWNER).status_code == 404
    assert not User.objects.exists()


def test_a_new_start_replaces_the_code(client, db):
    old, new = new_setup_code(), new_setup_code()
    assert client.get(f"/setup/{old}").status_code == 404
    assert client.get(f"/setup/{new}").status_code == 200


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("password", "12345678", "too common"),
        ("password", "short", "at least 8"),
        ("email", "nobody", "valid email"),
        ("name", "", "required"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_the_rest_is_kept(client, db, field, value, told):
    code = new_setup_code()
    answer = client.post(f"/setup/{code}", {**OWNER, field: value})
    html = answer.content.decode()
    assert answer.status_code == 400
    assert told in html
    assert f'id="id_{field}-error"' in html
    assert field == "email" or "Mia@Example.org" in html
    assert OWNER["password"] not in html
    assert not User.objects.exists()


def test_before_there_is_an_owner_every_page_says_where_the_link_is_and_the_log_of_no_error(client, db, caplog):
    for path in ("/", "/memory/", "/settings/models/"):
        answer = client.get(path)
        assert answer.status_code == 503
        assert "terminal where Remembrancer was started" in answer.content.decode()
    assert {record.levelname for record in caplog.records if record.name == "django.request"} <= {"INFO"}


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_only_one_becomes_the_owner():
    refused = []

    def attempt(email):
        try:
            create_owner(email=email, password=PASSWORD, name="", code=None)
        except OwnerExists:
            refused.append(email)
        finally:
            connection.close()

    threads = [Thread(target=attempt, args=(f"{name}@example.org",)) for name in ("a", "b", "c", "d")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert User.objects.filter(is_owner=True).count() == 1
    assert len(refused) == 3


def test_whoever_has_the_shell_can_make_the_owner(db, monkeypatch):
    monkeypatch.setattr("builtins.input", lambda: PASSWORD)
    call_command("create_owner", "mia@example.org", "--password-stdin", stdout=StringIO())
    assert User.objects.get().is_owner
    with pytest.raises(CommandError, match="already"):
        call_command("create_owner", "eve@example.org", "--password-stdin")


def test_a_reset_link_sets_a_new_password_once(client, alice):
    out = StringIO()
    call_command("reset_link", alice.email, stdout=out)
    path = re.sub(r"^https?://[^/]+", "", out.getvalue().strip())
    form = client.get(path, follow=True)
    assert "New password" in form.content.decode()
    new = "another fine phrase"
    client.post(form.redirect_chain[-1][0], {"password1": new, "password2": new})
    assert client.login(username=alice.email, password=new)
    client.logout()
    assert "used up" in client.get(path, follow=True).content.decode()


def test_without_mail_the_forgotten_page_names_the_command(client, alice):
    html = client.get("/accounts/password/reset/").content.decode()
    assert "reset_link" in html
    assert "code by e-mail" not in client.get("/accounts/login/").content.decode()


def test_nobody_signs_up_by_default(client, alice):
    assert "Nobody can sign up here" in client.get("/accounts/signup/").content.decode()
    client.post("/accounts/signup/", {"email": "eve@example.org", "password1": PASSWORD})
    assert User.objects.count() == 1


def test_an_invitation_is_for_one_address_and_one_account(client, alice, settings):
    settings.SIGN_UP = "invitation"
    assert "Nobody can sign up here" in client.get("/accounts/signup/").content.decode()
    out = StringIO()
    call_command("invite", "bob@example.org", stdout=out)
    path = re.sub(r"^https?://[^/]+", "", out.getvalue().strip())
    assert "Create an account" in client.get(path).content.decode()
    client.post("/accounts/signup/", {"email": "eve@example.org", "password1": PASSWORD})
    assert not User.objects.filter(email="eve@example.org").exists()
    client.post("/accounts/signup/", {"email": "bob@example.org", "password1": PASSWORD})
    bob = User.objects.get(email="bob@example.org")
    assert not bob.is_staff
    with as_user(bob):
        assert Profile.objects.of(bob).exists()
    client.logout()
    assert "Nobody can sign up here" in client.get(path).content.decode()


def test_the_wrong_password_is_told_without_saying_which_was_wrong(client, alice):
    answers = [
        client.post("/accounts/login/", {"login": email, "password": "wrong horse"}).content.decode()
        for email in (alice.email, "nobody@example.org")
    ]
    assert all("That e-mail and password don’t match." in html for html in answers)
