"""How a person gets in, and what every test of a page does."""

from __future__ import annotations

from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from assistant.demo.fill import fill
from tests.people import PASSWORD

PATIENCE = 60_000  # the first answer waits until a cold worker has loaded its libraries


def sign_in(page, live: str, user, path: str = "/") -> None:
    """By the form, as people do."""
    page.goto(f"{live}/accounts/login/?next={path}")
    page.get_by_label("E-mail").fill(user.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(f"{live}{path}")


def be(page: Page, live: str, user) -> None:
    """Signed in already, as on most days."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live}])


def with_a_month(user) -> None:
    """Gives the user a month to look back on."""
    for _done in fill(user.pk, at=timezone.now()):
        pass


def send(page, text: str) -> None:
    page.get_by_label("Message", exact=True).fill(text)
    page.get_by_role("button", name="Send", exact=True).click()


def new_chat(page, live: str, text: str) -> None:
    """Say something in a new chat."""
    page.goto(f"{live}/")
    send(page, text)
    page.wait_for_url("**/c/**")


def last_answer(page):
    return page.locator(".turn.assistant").last.locator(".answer").first


def wait_for_answer(page) -> None:
    """Until the last answer stands."""
    expect(page.locator(".turn.assistant").last.locator("[data-receipt]")).to_be_visible(timeout=PATIENCE)
