"""Each page, as it looks after a month, on a phone and on a desk: nothing broken, nothing that keeps anybody out, in light and in dark."""

from __future__ import annotations

import re
from io import StringIO
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import expect

from assistant.conversations.projects import begin_project
from assistant.conversations.services import post_message, regenerate, start_conversation
from assistant.models import Conversation, Message, Run
from memory import api as memory
from profiles.accounts import new_setup_code
from profiles.invitations import invitation_for
from profiles.owned import as_user
from tests.browser.signing_in import be, with_a_month

WEAR = "(theme) => { document.documentElement.dataset.theme = theme }"
COLOURS = ["color-contrast", "link-in-text-block"]  # what a theme can break: the other rules look at the document
AXE = Axe()


def faults(page, *, but: str = "", rules: list[str] | None = None) -> list[str]:
    """What axe finds wrong: rule and element. `but` is a part that was looked at on another page; `rules`: all of them."""
    context = {"exclude": [[but]]} if but and page.locator(but).count() else {}
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.axe_script)
    options = {"resultTypes": ["violations"], **({"runOnly": rules} if rules else {})}
    found = page.evaluate(
        "([context, options]) => axe.run(context.exclude ? context : document, options).then((found) => found.violations)",
        [context, options],
    )
    return [f"{fault['id']}: {node['target']} {node['html'][:120]}" for fault in found for node in fault["nodes"]]


def pages_of(user) -> list[str]:
    with as_user(user):
        chat = Conversation.objects.of(user.pk).order_by("-spoken_at").first()
        assert chat is not None
        answer = chat.active_leaf
        assert answer is not None
        question = answer.parent_id
        project = begin_project(user.pk, name="Cello", at=timezone.now())
        other = regenerate(user.pk, answer.id, at=timezone.now()).run
        Run.objects.of(user).filter(id=other.id).update(status="done", finished_at=timezone.now())
        Message.objects.of(user).filter(id=other.answer_id).update(text="Something else altogether.")
        fact = memory.facts_of(user.pk, memory.FactFilter(predicate="lives_in")).facts[0].id
    return [
        "/",
        "/?temporary=1",
        f"/c/{chat.id}/",
        f"/c/{chat.id}/rename/",
        f"/c/{chat.id}/delete/",
        f"/messages/{question}/edit/",
        f"/messages/{answer.id}/receipt/",
        "/search/?q=bergen",
        "/keys/",
        "/memory/",
        "/memory/?show=typed",
        "/memory/add/",
        f"/memory/{fact}/",
        f"/memory/{fact}/correct/",
        "/memory/questions/",
        "/memory/timeline/",
        "/memory/activity/",
        "/memory/forget/",
        "/memory/forget/?query=studio+nord",
        "/memory/forget/?everything=1",
        "/memory/consent/",
        "/profile/",
        "/settings/models/",
        "/settings/models/connect/",
        "/settings/data/",
        "/settings/data/delete/",
        "/projects/",
        f"/projects/{project.id}/",
        f"/projects/{project.id}/delete/",
        f"/?project={project.id}",
        "/archive/",
        f"/c/{chat.id}/move/",
        f"/messages/{other.answer_id}/compare/",
        "/memory/?topic=tastes",
        "/welcome/model/",
        "/welcome/tell/",
        "/offline/",
        "/settings/appearance/",
        "/settings/tokens/",
        "/settings/security/",
        "/accounts/password/change/",
        "/accounts/reauthenticate/",
    ]


def look_at(page, address: str, *, status: int = 200, but: str = "") -> None:
    """In both themes on one visit: a theme is an attribute and nothing but colours."""
    assert page.goto(address).status == status, address
    assert page.locator("h1").count() == 1, address
    assert not scrolls_sideways(page), f"{address} scrolls sideways"
    assert faults(page, but=but) == [], address
    chosen, worn = page.evaluate(
        "[document.documentElement.dataset.theme, getComputedStyle(document.documentElement).colorScheme]"
    )
    other = "light" if worn == "dark" else "dark"
    page.evaluate(WEAR, other)
    assert faults(page, but=but, rules=COLOURS) == [], f"{address} ({other})"
    page.evaluate(WEAR, chosen)


def scrolls_sideways(page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth > innerWidth")


def look_wider(page, address: str) -> None:
    """The page that is shown, on a tablet, on the widest desk and from right to left: nothing stands outside."""
    before = page.viewport_size
    for width in (before["width"], 768, 1920):
        page.set_viewport_size({**before, "width": width})
        for direction in ("rtl", "ltr"):
            page.evaluate("(direction) => document.documentElement.dir = direction", direction)
            assert not scrolls_sideways(page), f"{address} scrolls sideways at {width} px, {direction}"
            assert page.evaluate(ASTRAY) == [], f"{address} at {width} px, {direction}"
    page.set_viewport_size(before)


# What stands outside the window where nothing scrolls to it, and words squeezed to a letter a line.
ASTRAY = """() => [...document.querySelectorAll("main :is(a, button, input, textarea, p, h1, h2, span)")].filter((one) => {
  const box = one.getBoundingClientRect();
  if (!one.checkVisibility({ visibilityProperty: true, opacityProperty: true }) || box.width < 2) return false;
  if (box.width < 60 && box.height > 120) return true;
  if (box.left >= -1 && box.right <= innerWidth + 1) return false;
  for (let outer = one; outer; outer = outer.parentElement)
    if (getComputedStyle(outer).overflowX !== "visible" || getComputedStyle(outer).clipPath !== "none") return false;
  return true;
}).map((one) => one.outerHTML.slice(0, 120))"""


@pytest.fixture(params=[("phone", "dark"), ("desktop", "light")], ids=["phone in the dark", "desktop in the light"])
def form_factor(request) -> str:
    """Each size has the theme of its system; `look_at` looks at both."""
    return request.param[0]


@pytest.fixture
def browser_context_args(browser_context_args, form_factor):
    return {**browser_context_args, "color_scheme": "dark" if form_factor == "phone" else "light"}


def test_every_page_after_a_month(strict_page, live, alice, form_factor):
    with_a_month(alice)
    be(strict_page, live, alice)
    for number, path in enumerate(pages_of(alice)):
        look_at(strict_page, live + path, but=".sidebar" if number else "")  # the same on all of them
        if re.fullmatch(r"/(c/[^/]+|memory|memory/[^/]+|profile)/", path):
            look_wider(strict_page, path)


def test_pages_of_somebody_new_say_what_will_be_there(strict_page, live, bob):
    be(strict_page, live, bob)
    for path, words in (
        ("/", "Your chats will be listed here."),
        ("/memory/", "Nothing yet."),
        ("/memory/timeline/", "Nothing known for this day."),
        ("/memory/activity/", "Nothing has been learned yet."),
        ("/search/?q=nothing", "Nothing found for “nothing”."),
    ):
        look_at(strict_page, live + path)
        assert words in strict_page.locator("body").inner_text() or path == "/"


def test_pages_before_the_sign_in(strict_page, live, alice, form_factor):
    for path in ("/accounts/login/", "/accounts/password/reset/"):
        look_at(strict_page, live + path)
    strict_page.get_by_role("link", name="Back to sign in").click()
    strict_page.get_by_label("E-mail").fill(alice.email)
    strict_page.get_by_label("Password", exact=True).fill("not this one")
    strict_page.get_by_role("button", name="Sign in", exact=True).click()
    strict_page.get_by_text("That e-mail and password don’t match.").wait_for()
    assert faults(strict_page) == []


def test_what_is_not_there_or_not_yours(page, live, alice, bob):
    with as_user(alice):
        chat = start_conversation(alice.pk, at=timezone.now()).id
    be(page, live, bob)
    for path in (f"/c/{chat}/", "/memory/00000000-0000-7000-8000-000000000000/"):
        assert page.goto(live + path).status == 404
        assert "not yours to see" in page.locator("main").inner_text()
        assert faults(page) == []


def test_pages_of_what_went_wrong(page, live, bob, form_factor, monkeypatch):
    be(page, live, bob)
    look_at(page, f"{live}/none-such/", status=404)
    look_at(page, f"{live}/?chats=no-id")
    look_at(page, f"{live}/archive/?cursor=no-id", status=404)
    look_at(page, f"{live}/settings/models/connect/", status=403)
    with monkeypatch.context() as broken:
        broken.setattr("assistant.web.search.key_groups", lambda: 1 / 0)
        look_at(page, f"{live}/keys/", status=500)
    page.goto(f"{live}/settings/appearance/")
    page.get_by_label("Light" if form_factor == "phone" else "Dark").check()
    page.get_by_role("button", name="Save").click()
    chosen = "light" if form_factor == "phone" else "dark"  # not that of the system: also where no database is asked
    with monkeypatch.context() as broken:
        broken.setattr("assistant.web.search.key_groups", lambda: 1 / 0)
        for path in ("/none-such/", "/keys/", "/offline/", "/accounts/logout/"):
            page.goto(live + path)
            expect(page.locator(f"html[data-theme={chosen}]")).to_have_count(1)
    page.goto(f"{live}/settings/appearance/")
    page.evaluate("document.querySelectorAll('[name=csrfmiddlewaretoken]').forEach((field) => field.remove())")
    page.evaluate("document.querySelector('main form[method=post]').submit()")
    page.get_by_role("heading", name="Open too long").wait_for()
    assert faults(page) == []
    page.get_by_role("link", name="Back to the page").click()
    page.wait_for_url(f"{live}/settings/appearance/")


def test_pages_before_there_is_an_owner(page, live, form_factor):
    look_at(page, f"{live}/", status=503)
    look_at(page, f"{live}/setup/none-such", status=404)
    look_at(page, f"{live}/setup/{new_setup_code()}")
    page.get_by_role("button", name="Create account").click()
    page.locator("#id_name-error").wait_for()
    assert faults(page) == []


def test_pages_around_an_account(page, live, alice, form_factor, settings):
    for path in ("password/reset/done/", "inactive/", "password/reset/key/1-none-such/"):
        look_at(page, f"{live}/accounts/{path}")
    look_at(page, f"{live}/accounts/signup/")
    settings.SIGN_UP = "invitation"
    look_at(page, f"{live}/accounts/signup/?invitation={invitation_for('eve@example.org')}")
    page.get_by_role("button", name="Create account").click()
    page.locator(".error").first.wait_for()
    assert faults(page) == []
    reset = StringIO()
    call_command("reset_link", alice.email, stdout=reset)
    look_at(page, live + urlsplit(reset.getvalue().strip()).path)
    be(page, live, alice)
    look_at(page, f"{live}/accounts/logout/")


def test_pages_of_the_administration(strict_page, live, alice, olga, form_factor):
    with as_user(alice):
        chat = start_conversation(alice.pk, at=timezone.now())
        post_message(alice.pk, chat.id, text="I live in Bergen.", at=timezone.now())
        memory.ingest(alice.pk, at=timezone.now())
        fact = memory.facts_of(alice.pk).facts[0].id
    be(strict_page, live, olga)
    for path in ("", "memory/fact/", f"memory/fact/{fact}/change/", "profiles/user/", "assistant/provider/add/"):
        assert strict_page.goto(f"{live}/admin/{path}").status == 200
        strict_page.locator("html:not([x-cloak])").wait_for()
        assert not scrolls_sideways(strict_page), path
        for theme in ("light", "dark"):
            strict_page.evaluate(
                "(theme) => document.documentElement.classList.toggle('dark', theme === 'dark')", theme
            )
            assert faults(strict_page, rules=None if theme == "light" else COLOURS) == [], f"{path} ({theme})"
