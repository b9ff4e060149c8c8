"""Words of the templates."""

from __future__ import annotations

from functools import partial

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from assistant.markup import render

register = template.Library()


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


def _marker(names: dict[str, str], kind: str, identifier: str) -> str:
    """A cited memory. An id that was not sent with the prompt is dropped."""
    if identifier not in names:
        return ""
    return str(
        format_html(
            '<a class="cite" href="/memory/line/{}/{}/" title="{}" aria-label="{}">{}</a>',
            kind,
            identifier,
            names[identifier],
            _("Memory: %(text)s") % {"text": names[identifier]},
            icon("bookmark-solid"),
        )
    )


@register.simple_tag
def answer(text: str, names: dict[str, str]) -> SafeString:
    """An answer as safe HTML, with a marker behind what rests on a memory. `names`: the lines that were sent, text by id."""
    return mark_safe(render(text, marker=partial(_marker, names)))  # noqa: S308  (render cleans)
