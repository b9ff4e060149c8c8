"""Words of the templates."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import partial
from urllib.parse import urlsplit
from uuid import UUID

from django import template
from django.conf import settings
from django.contrib.messages.storage.base import Message
from django.forms import BaseForm
from django.template import Context
from django.templatetags.static import static
from django.utils.formats import date_format, number_format
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from assistant.markup import render
from assistant.markup import unturned as without_overrides
from assistant.web.facts import TOPICS, topic_of
from memory.api import FactView, ScopeKind

register = template.Library()
_SINCE = re.compile(r"\((\d{4})-(\d\d)(?:-(\d\d))?\)(?=\.)")  # as summaries write it
_UNSEEN = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


@register.simple_tag
def icon(name: str, classes: str = "") -> SafeString:
    """A picture from the sprite; says nothing to a screen reader."""
    solid = " solid" if name.endswith("-solid") else ""
    return format_html(
        '<svg class="i{}{}" viewBox="0 0 20 20" aria-hidden="true"><use href="{}#{}"></use></svg>',
        solid,
        f" {classes}" if classes else "",
        static("remembrancer/icons.svg"),
        name.removesuffix("-solid"),
    )


@register.filter
def project_of(fact: FactView, names: Mapping[UUID, str] | None) -> str:
    """The name of the project that a fact counts in alone; empty for a fact that counts everywhere."""
    if fact.scope.kind != ScopeKind.PROJECT or fact.scope.id is None:
        return ""
    return (names or {}).get(fact.scope.id) or _("a deleted project")


@register.simple_tag(takes_context=True)
def page_before(context: Context) -> str:
    """The path of the page of ours that somebody came from; empty for none, or one elsewhere."""
    request = context.get("request")
    before = urlsplit(request.headers.get("Referer", "")) if request else None
    if request is None or before is None or before.netloc != request.get_host():
        return ""
    path = before.path + (f"?{before.query}" if before.query else "")
    return path if url_has_allowed_host_and_scheme(path, allowed_hosts=None) else ""


def _marker(sent: dict[str, tuple[str, str]], kind: str, identifier: str) -> str:
    """A cited memory. An id that was not sent with the prompt is dropped."""
    del kind
    if identifier not in sent:
        return ""
    words, address = sent[identifier]
    return str(
        format_html(
            '<a class="cite" href="{}" title="{}" aria-label="{}">\u2060{}</a>',
            address,
            words,
            _("Memory: %(text)s") % {"text": words},
            icon("bookmark-solid"),
        )
    )


@register.simple_tag
def answer(text: str, sent: dict[str, tuple[str, str]] | None = None) -> SafeString:
    """An answer as safe HTML, with a marker behind what rests on a memory. `sent`: words and address of each line in the prompt, by its id."""
    return mark_safe(render(text, marker=partial(_marker, sent or {})))  # noqa: S308  (render cleans)


@register.simple_tag
def marked_answer(html: str) -> SafeString:
    """One side of a `Difference`, which marks what `render` has cleaned."""
    return mark_safe(html)  # noqa: S308


@register.filter
def modules(names: str) -> list[str]:
    """The addresses of scripts that others import: by their plain names, since an import names them so."""
    return [f"{settings.STATIC_URL}remembrancer/{name}.js" for name in names.split()]


@register.filter
def undo_batch(message: Message) -> str:
    """The batch that a notice offers to take back; empty when it offers nothing."""
    return _tagged(message, "undo:")


@register.filter
def unarchive(message: Message) -> str:
    """The chat that a notice offers to bring back from the archive; empty when it offers none."""
    return _tagged(message, "unarchive:")


def _tagged(message: Message, name: str) -> str:
    tag = message.extra_tags or ""
    return tag.removeprefix(name) if tag.startswith(name) else ""


@register.filter
def visible(text: str) -> str:
    """Stored words with marks of direction and zero width shown, so that what is remembered hides nothing."""
    return _UNSEEN.sub(lambda match: f"⟨U+{ord(match[0]):04X}⟩", text)


@register.filter
def hidden_kind(fact: FactView) -> str:
    """What kind of thing is hidden, and nothing of it: the heading that it stands under."""
    return str(TOPICS[topic_of(fact)][0])


@register.filter
def unturned(text: str) -> str:
    """Words as a page shows them: nothing in them forces letters to run backwards."""
    return without_overrides(text)


@register.filter
def grouped(number: int) -> str:
    """A whole number with its thousands parted, as the reader's language does."""
    return number_format(number, force_grouping=True)


@register.filter
def with_days(text: str) -> str:
    """A summary with its months and days as the reader's language writes them: (2026-10) becomes (October 2026)."""

    def told(match: re.Match[str]) -> str:
        year, month, day = int(match[1]), int(match[2]), int(match[3] or 1)
        try:
            return f"({date_format(date(year, month, day), 'DATE_FORMAT' if match[3] else 'YEAR_MONTH_FORMAT')})"
        except ValueError:  # words of the person that only look like a date
            return match[0]

    return _SINCE.sub(told, text)


@register.simple_tag
def login_problem(form: BaseForm) -> str:
    """Why signing in failed, in words that tell nobody whether an account exists."""
    codes = {error.code for error in form.non_field_errors().as_data()}
    if "too_many_login_attempts" in codes and settings.EMAIL_URL:
        return _("Too many tries. Wait 15 minutes or use a code by e-mail.")
    if "too_many_login_attempts" in codes:
        return _("Too many tries. Wait 15 minutes and try again.")
    return _("That e-mail and password don’t match.")
