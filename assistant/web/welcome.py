"""The first run after the owner is there: a model or none, two things said, and what was understood of them. Nothing here has to be done."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from assistant.conf import ollama_address
from assistant.conversations import services
from assistant.exceptions import EmptyMessage, MessageTooLong, UnreadableText
from assistant.llm import offers, providing
from assistant.llm.choice import connected_models
from assistant.llm.errors import ProviderError
from assistant.models import Message, Provider
from assistant.web.base import UserPage
from assistant.web.chat import told
from assistant.web.models_page import OwnerPage
from memory import api as memory

NEXT = "/welcome/tell/"
FIELDS = ("first", "second")


class ChooseModel(OwnerPage):
    """Step 2: stay offline, Ollama, or a provider with a key. Failing blocks nothing."""

    offered: list[str] = []
    problem = ""

    def look_up(self) -> None:
        """Ask the address or the provider what it has, before anything is stored."""
        data = self.request.POST
        way = data.get("way", "")
        if way not in ("ollama", "provider") or data.get("model"):
            return
        kind = Provider.Kind.OLLAMA if way == "ollama" else data.get("kind", "")
        if kind not in Provider.Kind.values:
            return
        try:
            self.offered = offers.offered_models(
                kind=kind,
                api_base=data.get("api_base", "").strip().rstrip("/") if way == "ollama" else "",
                key=data.get("key", "").strip() if way == "provider" else "",
            )
            self.problem = "" if self.offered else _("It answers, and has no model yet.")
        except ProviderError as error:
            self.problem = error.sentence

    def get(self, request: HttpRequest) -> HttpResponse:
        """The three ways."""
        return self._shown({})

    def post(self, request: HttpRequest) -> HttpResponse:
        """Go on, say what is wrong, or ask which of the models found is to answer."""
        data = request.POST
        if data.get("model") and data.get("provider", "").isdecimal():
            provider = Provider.objects.filter(pk=data["provider"]).first()
            if provider is not None:
                providing.add_model(provider, data["model"][:120])
            return redirect(NEXT)
        if data.get("way") not in ("ollama", "provider"):
            return redirect(NEXT)
        if self.problem:
            return self._shown({"problem": self.problem})
        is_ollama = data["way"] == "ollama"
        try:
            provider = providing.connect_provider(
                kind=Provider.Kind.OLLAMA if is_ollama else data.get("kind", ""),
                name="",
                api_base=data.get("api_base", "") if is_ollama else "",
                key="" if is_ollama else data.get("key", ""),
            )
        except ValidationError as error:
            return self._shown({"problem": " ".join(error.messages)})
        return self._shown({"provider": provider, "offered": self.offered})

    def _shown(self, more: dict[str, Any]) -> HttpResponse:
        context = {
            "theme": self.profile.theme,
            "way": self.request.POST.get("way", "offline"),
            "kind": self.request.POST.get("kind", ""),
            "kinds": [pair for pair in Provider.Kind.choices if pair[0] not in providing.NEEDS_ADDRESS],
            "api_base": self.request.POST.get("api_base") or ollama_address(),
            "answers": connected_models()[0],
            **more,
        }
        return self.fragment("setup/model.html", context, status=400 if more.get("problem") else 200)


@dataclass(frozen=True, slots=True)
class Understood:
    """A fact with the sentence it came from, its words marked, and the batch that Undo takes back."""

    fact: memory.FactView
    before: str
    quote: str
    after: str
    batch: UUID


class TellTwoThings(UserPage):
    """Step 3: two sentences, kept as a chat of their own and read at once."""

    def get(self, request: HttpRequest, error: str = "") -> HttpResponse:
        """Two fields beside what is known so far."""
        said = services.first_words(self.user.pk)
        learned = memory.learned_from(self.user.pk, [message.id for message in said])
        chips = {chip.fact.id: (message, chip) for message in said for chip in learned.get(message.id, [])}
        known = [_understood(message, chip) for message, chip in chips.values()]  # said again: with its newest words
        context = {
            "theme": self.profile.theme,
            "known": known,
            "said_something": bool(said),
            "typed": {name: request.POST.get(name, "") for name in FIELDS},
            "error": error,
            "next_field": "second" if known else "first",
        }
        if self.wants_fragment:
            return self.fragment("setup/_known.html", context)
        return self.fragment("setup/tell.html", context, status=400 if error else 200)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep what is new of the two, and read it now."""
        error = ""
        for name in FIELDS:
            text = request.POST.get(name, "").strip()[:1000]
            if not text:
                continue
            try:
                services.note_first_words(self.user.pk, text=text, at=timezone.now(), client_id=_name_of(text))
            except (EmptyMessage, MessageTooLong, UnreadableText) as problem:
                error = told(problem)
        if self.wants_fragment or request.POST.get("do") == "read" or error:
            return self.get(request, error=error)
        return redirect("/")


def _name_of(text: str) -> str:
    """The same sentence twice is one."""
    return f"welcome-{hashlib.sha256(text.encode()).hexdigest()[:40]}"


def _understood(message: Message, chip: memory.LearnedChip) -> Understood:
    before, quote, after = message.text.partition(chip.fact.quote) if chip.fact.quote else (message.text, "", "")
    return Understood(chip.fact, before, quote, after, chip.batch_id)
