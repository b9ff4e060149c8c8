"""The ways into an account, in a browser with a key of its own."""

from __future__ import annotations

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from playwright.sync_api import expect

from tests.browser.signing_in import sign_in
from tests.browser.test_every_page import faults
from tests.people import PASSWORD
from tests.stack import forget_cached


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


def test_a_passkey_is_added_in_the_settings_and_opens_the_account(strict_page, live, alice, form_factor):
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


def code_of(key: str) -> str:
    """What an app for codes would show now."""
    return format_hotp_value(hotp_value(key, next(iter(yield_hotp_counters_from_time()))))


def test_codes_of_an_app_are_a_second_step_and_a_recovery_code_stands_in_for_it(strict_page, live, alice, form_factor):
    page = strict_page
    sign_in(page, live, alice, "/settings/security/")
    assert faults(page) == []
    page.locator("section", has=page.get_by_role("heading", name="Two-step codes")).get_by_role("link").click()
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    key = page.locator("p code").inner_text()
    expect(page.locator("img.qr")).to_be_visible()
    assert faults(page) == []
    page.get_by_label("Code", exact=True).fill("000000")
    page.get_by_role("button", name="Turn on").click()
    expect(page.locator(".error")).to_be_visible()
    page.get_by_label("Code", exact=True).fill(code_of(key))
    page.get_by_role("button", name="Turn on").click()
    page.get_by_role("heading", name="Recovery codes").wait_for()
    recovery = page.locator(".codes li").first.inner_text()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    for number, code in enumerate((lambda: code_of(key), lambda: recovery)):
        forget_cached()  # a code works once; the person would wait for the next
        page.goto(f"{live}/accounts/logout/")
        page.get_by_role("button", name="Sign out").click()
        page.get_by_label("E-mail").fill(alice.email)
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.get_by_role("heading", name="One more step").wait_for()
        if not number:
            assert faults(page) == []
        page.get_by_label("Code", exact=True).fill(code())
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.wait_for_url(f"{live}/")
    page.goto(f"{live}/settings/security/")
    expect(page.get_by_text("9 recovery codes are unused.")).to_be_visible()
    page.get_by_role("link", name="Turn off").click()
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Turn off").click()
    expect(page.get_by_text("Off. An app can show a code")).to_be_visible()
