"""The ways into an account, in a browser with a key of its own."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.signing_in import sign_in
from tests.browser.test_every_page import faults
from tests.people import PASSWORD


def with_a_key(page) -> None:
    """The browser as on a phone that knows its owner's finger."""
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    devices.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )


def test_a_passkey_is_added_in_the_settings_and_opens_the_account(strict_page, live, alice):
    page, live = strict_page, live.replace("127.0.0.1", "localhost")  # a passkey belongs to a name
    with_a_key(page)
    sign_in(page, live, alice, "/settings/security/")
    expect(page.get_by_text("This one")).to_be_visible()
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Name").fill("My phone")
    assert faults(page) == []
    page.get_by_role("button", name="Add a passkey").click()
    page.get_by_role("heading", name="Recovery codes").wait_for()
    expect(page.locator(".codes li")).to_have_count(10)
    assert faults(page) == []
    page.get_by_role("link", name="Done").click()
    expect(page.get_by_text("My phone")).to_be_visible()
    assert faults(page) == []

    page.goto(f"{live}/accounts/logout/")
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(f"{live}/")

    page.goto(f"{live}/accounts/logout/")
    page.get_by_role("button", name="Sign out").click()
    page.get_by_label("E-mail").fill(alice.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("heading", name="One more step").wait_for()  # who has a passkey is asked for it
    assert faults(page) == []
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(f"{live}/")
    page.goto(f"{live}/settings/security/")
    page.get_by_role("link", name="Remove My phone").click()
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Remove").click()
    expect(page.get_by_text("None yet.")).to_be_visible()
