"""What every page has in common: who is signed in, the wall around their rows, their language and zone, and the sidebar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views import View

from assistant.conversations.projects import projects_of
from assistant.conversations.selectors import SIDEBAR_PAGE, being_answered, get_conversation, sidebar
from assistant.exceptions import NotFound
from assistant.llm.breaker import failing_code
from assistant.llm.choice import models_for
from assistant.llm.errors import explain
from assistant.models import Conversation
from memory import api as memory
from memory.exceptions import NotRemembered
from profiles.api import User, has_owner, keep_look, profile_of, zone_named
from profiles.owned import as_user

SIDEBAR_PROJECTS = 6


@dataclass(frozen=True, slots=True)
class ChatGroup:
    """Chats under one heading of the sidebar."""

    title: str
    chats: list[Conversation]


def id_in(text: str) -> UUID:
    """An id that came in a query or a form. Raises NotFound for what is none."""
    try:
        return UUID(text)
    except ValueError as error:
        raise NotFound("id") from error


def as_typed(text: str) -> str:
    """Words of a form, with line ends of one kind and nothing around them."""
    return text.replace("\r\n", "\n").strip()


def is_changed_elsewhere(form: QueryDict, name: str, *, now: str) -> bool:
    """Whether a form would take the place of words it never showed: `name` stood as `name-was` when it began, and stands as `now`."""
    if name not in form or f"{name}-was" not in form:
        return False
    wanted, was, stands = as_typed(str(form[name])), as_typed(str(form[f"{name}-was"])), as_typed(now)
    return stands not in (was, wanted) and wanted != was


class UserPage(View):
    """A page of whoever is signed in. Its handlers run in one transaction as that user, in their language and time zone."""

    area = ""
    asks_outside = False
    request: HttpRequest

    @property
    def user(self) -> User:
        """The person signed in."""
        user: User = self.request.user  # type: ignore[assignment]
        return user

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.request = request
        if not request.user.is_authenticated:
            if not has_owner():
                return render(request, "setup/no_owner.html", status=503)
            return redirect_to_login(request.get_full_path(), reverse("account_login"))
        self.kwargs = kwargs
        if self.asks_outside:
            with as_user(self.user):
                language = profile_of(self.user.pk).language
            with translation.override(language):
                self.ask_outside()
        with as_user(self.user):
            self.profile = profile_of(self.user.pk)
            with translation.override(self.profile.language), timezone.override(zone_named(self.profile.time_zone)):
                try:
                    response = super().dispatch(request, *args, **kwargs)
                except (NotFound, NotRemembered):
                    response = self.page("errors/not_found.html", {}, status=404)
            keep_look(request, response, self.profile)
        if self.wants_fragment and response.status_code == 302:
            # A script can't see where a redirect leads, and following it would use up what the next page has to say.
            return HttpResponse(status=204, headers={"HX-Redirect": response["Location"]})
        return response

    def ask_outside(self) -> None:
        """What takes long, such as asking a provider: done before the transaction begins, so that none is held while another answers.

        Called where `asks_outside` is set, in the language of the person.
        """

    def page(self, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
        """A whole page, with the sidebar; where a script asked, only what a layer over another page shows of it."""
        if self.wants_fragment:
            return render(self.request, template, {"layout": "layer.html", "is_layer": True, **context}, status=status)
        return render(self.request, template, {"layout": "shell.html", **self._shell(), **context}, status=status)

    def fragment(self, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
        """A part of a page."""
        return render(self.request, template, context, status=status)

    @property
    def wants_fragment(self) -> bool:
        """Whether a script asked, which puts the answer into the page it has."""
        return self.request.headers.get("HX-Request") == "true"

    def _shell(self) -> dict[str, Any]:
        chats = sidebar(self.user.pk, before=self._chats_after(), limit=SIDEBAR_PAGE + 1)
        return {
            "area": self.area,
            "theme": self.profile.theme,
            "text_size": self.profile.text_size,
            "time_zone": self.profile.time_zone,
            "has_single_keys": self.profile.has_single_keys,
            "sends_by_ctrl_enter": self.profile.sends_by_ctrl_enter,
            "announce": self.profile.announce,
            "memory_paused": self.profile.is_memory_paused,
            "chat_groups": grouped(chats[:SIDEBAR_PAGE], today=timezone.localdate()),
            "more_chats": chats[SIDEBAR_PAGE - 1].id if len(chats) > SIDEBAR_PAGE else None,
            "being_answered": being_answered(self.user.pk),
            "is_narrow": self.request.COOKIES.get("sidebar") == "closed",
            **self._troubles(),
            "sidebar_projects": projects_of(self.user.pk, limit=SIDEBAR_PROJECTS),
            "open_questions": len(memory.questions_of(self.user.pk)),
        }

    def _chats_after(self) -> Conversation | None:
        """The chat after which the list goes on; None, its beginning, also when that chat is gone."""
        cursor = self.request.GET.get("chats", "")
        try:
            return get_conversation(self.user.pk, id_in(cursor)) if cursor else None
        except NotFound:
            return None

    def _troubles(self) -> dict[str, Any]:
        """What keeps answers or learning from being as they should, for one banner."""
        now = timezone.now()
        since = memory.learning_behind_since(self.user.pk, at=now)
        models = models_for("chat")
        code = failing_code(models[0])
        following = next((model for model in models[1:] if not failing_code(model)), None)
        return {
            "minutes_behind": int((now - since).total_seconds() // 60) if since else 0,
            "failing_model": models[0].label if code else "",
            "failing_because": explain(code) if code else "",
            "standing_in": following.label if code and following else "",
        }


def grouped(chats: list[Conversation], *, today: date) -> list[ChatGroup]:
    """The chats by day, in the order given: pinned, today, yesterday, last seven days, then months."""
    groups: dict[str, list[Conversation]] = {}
    for chat in chats:
        day = timezone.localtime(chat.spoken_at).date()
        if chat.is_pinned:
            title = _("Pinned")
        elif day >= today:
            title = _("Today")
        elif day == today - timedelta(days=1):
            title = _("Yesterday")
        elif day > today - timedelta(days=7):
            title = _("Last 7 days")
        else:
            title = capfirst(date_format(day, "YEAR_MONTH_FORMAT"))
        groups.setdefault(title, []).append(chat)
    return [ChatGroup(title, found) for title, found in groups.items()]
