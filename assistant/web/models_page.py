"""Settings → Models: which models there are, what each is for, what they cost. The owner connects them; everybody may look."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from asgiref.sync import async_to_sync
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assistant.llm import choice, offers, providing
from assistant.llm.budgets import read_limits, set_budget, spent_by
from assistant.llm.connected import as_model
from assistant.llm.errors import ProviderError
from assistant.llm.keys import UnreadableKey
from assistant.llm.trial import role_of, try_model
from assistant.llm.usage import used_since
from assistant.models import ConnectedModel, ModelRole, Provider
from assistant.web.base import UserPage
from assistant.web.words import role_in_words
from memory import api as memory

PAGE = "/settings/models/"
# What each role is for, and who serves it when no model was named for it.
ROLES: dict[str, tuple[Any, Any]] = {
    "chat": (gettext_lazy("Writes the answers."), gettext_lazy("The built-in model answers.")),
    "reason": (gettext_lazy("Hard questions, and when you ask it to think first."), gettext_lazy("As for chat.")),
    "extract": (gettext_lazy("Finds facts in what you say."), gettext_lazy("As for chat; rules read in any case.")),
    "summarise": (gettext_lazy("Keeps long chats short."), gettext_lazy("As for chat.")),
    "title": (gettext_lazy("Names chats and has ideas for what to say next."), gettext_lazy("As for chat.")),
    "vision": (gettext_lazy("Reads pictures that you attach."), gettext_lazy("As for chat.")),
    "embed": (gettext_lazy("Finds memories by meaning."), gettext_lazy("The local vectors that come along.")),
}


@dataclass(frozen=True, slots=True)
class ShownProvider:
    """A provider with its state in a word, what came of its last test, and its models."""

    provider: Provider
    state: str  # ok, plain or danger: how the word looks
    word: str
    tried: providing.Tried | None
    models: list[ConnectedModel]


@dataclass(frozen=True, slots=True)
class ShownRole:
    """A role with its models in order."""

    key: str
    title: str
    note: str
    otherwise: str
    rows: list[ModelRole]
    others: list[ConnectedModel]  # that could be added


def _shown(provider: Provider) -> ShownProvider:
    tried = providing.last_trial(provider)
    if not providing.key_is_readable(provider):
        state, word = "danger", _("Key needed again")
    elif tried is None:
        state, word = "plain", _("Not tried yet")
    elif tried.ok:
        state, word = "ok", _("Connected")
    else:
        words = {"refused_key": _("Key refused"), "unreachable": _("Not reached"), "budget": _("Over budget")}
        state, word = "danger", words.get(tried.code, _("Fails"))
    return ShownProvider(provider, state, word, tried, list(provider.offers.all()))


def _roles() -> list[ShownRole]:
    usable = list(ConnectedModel.objects.usable().order_by("provider__name", "name"))
    titles = dict(ModelRole.Role.choices)
    return [
        ShownRole(
            key,
            str(titles[key]),
            str(ROLES[key][0]),
            str(ROLES[key][1]),
            rows,
            [model for model in usable if all(row.model_id != model.pk for row in rows)],
        )
        for key, rows in providing.roles_with_models()
    ]


class Models(UserPage):
    area = "settings"
    asks_outside = True
    trial: choice.TrialResult | None = None

    def ask_outside(self) -> None:
        """Ask the model in use to say ok."""
        if self.request.method == "POST":
            self.trial = async_to_sync(try_model)(self.user.pk, choice.connected_models()[0])

    def get(self, request: HttpRequest) -> HttpResponse:
        """What answers, what it took this month, and for the owner all that can be changed."""
        is_owner, now = self.user.is_owner, timezone.now()
        month = now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
        used = used_since(month, user_id=None if is_owner else self.user.pk)
        done, everything = memory.embedding_progress(self.user.pk)
        embedder = choice.embedding_model()
        context = {
            "section": "models",
            "is_owner": is_owner,
            "models": choice.connected_models(),
            "result": self.trial,
            "used": [(role_in_words(row.role), choice.label_of(row.model), row) for row in used],
            "used_cost": sum((row.cost for row in used), Decimal(0)),
            "spent": spent_by(self.user.pk, at=now),
            "embedder": embedder.label or embedder.name if embedder else "",
            "embedded": done,
            "to_embed": everything,
        }
        if is_owner:
            context |= {
                "providers": [_shown(provider) for provider in providing.all_providers()],
                "roles": _roles(),
                "budget": providing.budget_of_all(),
            }
        return self.page("settings/models.html", context)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Say what came of the test."""
        return self.get(request)


class OwnerPage(UserPage):
    """What only the owner may see and do."""

    area = "settings"
    asks_outside = True

    def ask_outside(self) -> None:
        """Refuse others before anything is asked."""
        if not self.user.is_owner:
            raise PermissionDenied
        self.look_up()

    def look_up(self) -> None:
        """What to ask before the transaction."""


class ConnectProvider(OwnerPage):
    """A new provider. Its own page then says what it offers."""

    def get(self, request: HttpRequest, errors: dict[str, list[str]] | None = None) -> HttpResponse:
        """Kind, name, address, key."""
        typed = {name: request.POST.get(name, "") for name in ("kind", "name", "api_base")}
        context = {"section": "models", "kinds": Provider.Kind.choices, "typed": typed, "errors": errors or {}}
        return self.page("settings/connect.html", context, status=400 if errors and not self.wants_fragment else 200)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Store it, and go on to its models."""
        try:
            provider = providing.connect_provider(
                **{name: request.POST.get(name, "") for name in ("kind", "name", "api_base", "key")}
            )
        except ValidationError as error:
            return self.get(request, errors=error.message_dict)
        return redirect(f"{PAGE}{provider.pk}/")


class OneProvider(OwnerPage):
    """A provider's models, its key, its test."""

    offered: list[str] = []
    problem = ""
    trial: choice.TrialResult | None = None

    def look_up(self) -> None:
        """The list of what it offers, and the test of one of its models."""
        self.provider = get_object_or_404(Provider, pk=self.kwargs["provider_id"])
        try:
            if self.request.method == "GET":
                self.offered = offers.offered_models(
                    kind=self.provider.kind, api_base=self.provider.api_base, key=providing.key_of(self.provider)
                )
            elif self.request.POST.get("do") == "test":
                row = get_object_or_404(
                    ConnectedModel, provider=self.provider, pk=_number(self.request.POST.get("model"))
                )
                self.trial = async_to_sync(try_model)(self.user.pk, as_model(row), role=role_of(row))
        except ProviderError as error:
            self.problem = error.sentence
        except UnreadableKey:
            self.problem = _("The key can't be read any more. Enter it again.")

    def get(self, request: HttpRequest, provider_id: int) -> HttpResponse:
        """What it offers beside what is used of it."""
        models = list(self.provider.offers.all())
        known = {model.name for model in models}
        context = {
            "section": "models",
            "shown": _shown(self.provider),
            "models": models,
            "offered": [name for name in self.offered if name not in known],
            "problem": self.problem,
        }
        return self.page("settings/provider.html", context)

    def post(self, request: HttpRequest, provider_id: int) -> HttpResponse:
        """One of the small acts of this page."""
        acts: dict[str, Callable[[], str | None]] = {
            "test": self._test,
            "key": self._key,
            "add": self._add,
            "drop": self._drop,
            "remove": self._remove,
        }
        act = acts.get(request.POST.get("do", ""))
        return redirect((act() if act else None) or f"{PAGE}{provider_id}/")

    def _test(self) -> None:
        if self.trial is not None:
            providing.note_trial(self.provider, self.trial, at=timezone.now())
        sentence = self.trial.sentence if self.trial else self.problem
        tell = messages.success if self.trial and self.trial.ok else messages.error
        tell(self.request, sentence)

    def _key(self) -> None:
        providing.replace_key(self.provider, self.request.POST.get("key", ""))
        messages.success(self.request, _("Saved."))

    def _add(self) -> None:
        name = (self.request.POST.get("name") or self.request.POST.get("offered") or "").strip()
        try:
            providing.add_model(self.provider, name)
        except ValidationError:
            messages.error(self.request, _("A model needs a name that is not there yet."))
        else:
            messages.success(self.request, _("%(model)s can be used now.") % {"model": name})

    def _drop(self) -> None:
        ConnectedModel.objects.filter(provider=self.provider, pk=_number(self.request.POST.get("model"))).delete()

    def _remove(self) -> str:
        self.provider.delete()
        messages.success(self.request, _("Removed, and its key with it."))
        return PAGE


class Roles(OwnerPage):
    def post(self, request: HttpRequest) -> HttpResponse:
        """Give a model a role, take it away, or have it asked earlier."""
        act, data = request.POST.get("do"), request.POST
        if act == "add":
            model = get_object_or_404(ConnectedModel, pk=_number(data.get("model")))
            try:
                providing.give_role(data.get("role", ""), model)
            except ValidationError as error:
                messages.error(request, " ".join(error.messages))
        else:
            row = get_object_or_404(ModelRole, pk=_number(data.get("row")))
            if act == "up":
                providing.move_up(row)
            elif act == "drop":
                row.delete()
        return redirect(f"{PAGE}#roles")


class SetBudget(OwnerPage):
    def post(self, request: HttpRequest) -> HttpResponse:
        """What everybody together may spend in a month; empty fields take the limit away."""
        try:
            dollars, tokens = read_limits(request.POST.get("dollars", ""), request.POST.get("tokens", ""))
            set_budget(dollars=dollars, tokens=tokens)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("Saved."))
        return redirect(f"{PAGE}#budget")


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 18 else 0
