"""How a person gets in."""

from __future__ import annotations

from tests.people import PASSWORD


def sign_in(page, live: str, user, path: str = "/") -> None:
    page.goto(f"{live}/accounts/login/?next={path}")
    page.get_by_label("E-mail").fill(user.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(f"{live}{path}")


def send(page, text: str) -> None:
    page.get_by_label("Message", exact=True).fill(text)
    page.get_by_role("button", name="Send", exact=True).click()
