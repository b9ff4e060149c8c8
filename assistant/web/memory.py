"""The memory page: what is known, where it comes from, and every way to put it right."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assistant.conversations.services import ask_no_more
from assistant.tasks import wake
from assistant.web.base import UserPage
from assistant.web.chat import MessagePart
from assistant.web.questions import in_words
from memory import api as memory
from memory.exceptions import (
    AlreadyChanged,
    BadValue,
    ConsentMissing,
    MemoryProblem,
    PreviewExpired,
    SecretRefused,
    UndoRefused,
)
from memory.tasks import ingest_due
from profiles.api import change_profile, consents_of

PAGE = 40
AROUND = 240  # characters shown on each side of a quote
# The page's headings, in order, and the registry's topics under each.
TOPICS: dict[str, tuple[Any, tuple[str, ...]]] = {
    "about": (gettext_lazy("About me"), ("identity", "education", "beliefs")),
    "people": (gettext_lazy("People"), ("family", "people")),
    "work": (gettext_lazy("Work"), ("work",)),
    "home": (gettext_lazy("Home"), ("home", "routine", "things", "finance")),
    "health": (gettext_lazy("Health"), ("health",)),
    "tastes": (gettext_lazy("Tastes"), ("food", "interests")),
    "plans": (gettext_lazy("Plans"), ("plans", "events")),
    "style": (gettext_lazy("How to talk to me"), ("style",)),
    "other": (gettext_lazy("Other"), ("other",)),
}
FILTERS: dict[str, tuple[Any, dict[str, Any]]] = {
    "": (gettext_lazy("All"), {}),
    "waiting": (gettext_lazy("Waiting"), {"statuses": ("proposed", "disputed")}),
    "outdated": (gettext_lazy("May be out of date"), {"under_review": True}),
}
KINDS = ("health", "finance", "beliefs", "sexuality", "location", "children")


def told(error: MemoryProblem) -> str:
    """What went wrong, for the one who asked."""
    match error:
        case AlreadyChanged():
            return _("This was changed elsewhere meanwhile.")
        case UndoRefused():
            return _("This changed again later. Undo that first.")
        case SecretRefused():
            return _("Passwords, card numbers and keys are never kept.")
        case ConsentMissing():
            return _("You have not given leave to remember matters of this kind. See Consent.")
        case PreviewExpired():
            return _("More or other things match now. Look again before you forget.")
        case BadValue():
            return _("This can't be kept: it is empty, too long, or holds markup or control characters.")
    return _("That could not be done.")


@dataclass(frozen=True, slots=True)
class Topic:
    """One heading of the list and what stands under it."""

    key: str
    title: str
    count: int
    facts: list[memory.FactView]


@dataclass(frozen=True, slots=True)
class Quoted:
    """A piece of evidence with the words around it."""

    source: memory.EvidenceView
    before: str
    quote: str
    after: str

    @classmethod
    def of(cls, source: memory.EvidenceView) -> Quoted:
        """Cut the message at the stored span; the quote is exactly that span."""
        text = source.around
        before, after = text[: source.start], text[source.end :]
        if len(before) > AROUND:
            before = f"…{before[-AROUND:]}"
        if len(after) > AROUND:
            after = f"{after[:AROUND]}…"
        return cls(source, before, text[source.start : source.end], after)


class MemoryPage(UserPage):
    area = "memory"

    def tabs(self, current: str) -> dict[str, Any]:
        """What stands above every tab."""
        counts = memory.topics_of(self.user.pk)
        return {
            "tab": current,
            "facts_count": sum(topic.facts for topic in counts),
            "memory_paused": self.profile.is_memory_paused,
        }


class Facts(MemoryPage):
    def get(self, request: HttpRequest) -> HttpResponse:
        """Facts by topic, searched and filtered."""
        chosen, q = request.GET.get("show", ""), request.GET.get("q", "").strip()[:200]
        only = request.GET.get("topic", "")
        narrowing = FILTERS.get(chosen, FILTERS[""])[1]
        counts = {topic.topic: topic.facts for topic in memory.topics_of(self.user.pk)}
        topics = []
        for key, (title, names) in TOPICS.items():
            facts: list[memory.FactView] = []
            for name in names if only in ("", key) else ():
                found = memory.facts_of(self.user.pk, memory.FactFilter(topic=name, q=q, **narrowing), limit=PAGE)
                facts += found.facts
            topics.append(Topic(key, str(title), sum(counts.get(name, 0) for name in names), facts[:PAGE]))
        context = {
            **self.tabs("facts"),
            "topics": topics,
            "only": only,
            "q": q,
            "show": chosen,
            "filters": [(key, title) for key, (title, _narrow) in FILTERS.items()],
            "found": sum(len(topic.facts) for topic in topics),
        }
        return self.page("memory/facts.html", context)


class OneFact(MemoryPage):
    def get(self, request: HttpRequest, fact_id: UUID) -> HttpResponse:
        """A fact, the words it came from, and its history."""
        return self.page(
            "memory/fact.html", {**self.tabs("facts"), "detail": memory.fact_detail(self.user.pk, fact_id)}
        )


class Correct(MemoryPage):
    def get(self, request: HttpRequest, fact_id: UUID, error: str = "") -> HttpResponse:
        """What is the matter with it?"""
        detail = memory.fact_detail(self.user.pk, fact_id)
        context = {**self.tabs("facts"), "detail": detail, "fact": detail.fact, "error": error, "typed": request.POST}
        return self.page("memory/correct.html", context, status=400 if error else 200)

    def post(self, request: HttpRequest, fact_id: UUID) -> HttpResponse:
        """It changed, it was never true, the wording is off, or it is to be forgotten."""
        kind, value = (
            request.POST.get("kind", ""),
            request.POST.get(f"value-{request.POST.get('kind', '')}", "").strip(),
        )
        if kind == "forget":
            return redirect(f"/memory/forget/?fact={fact_id}")
        if kind not in ("changed", "wrong", "wording"):
            return self.get(request, fact_id, error=_("Choose what is the matter with it."))
        version = request.POST.get("version", "")
        try:
            if kind == "wrong" and not value:
                memory.mark_wrong(self.user.pk, fact_id, at=timezone.now())
            else:
                memory.correct(
                    self.user.pk,
                    fact_id,
                    value=value,
                    kind=kind,  # type: ignore[arg-type]
                    at=timezone.now(),
                    version=int(version) if version.isdigit() else None,
                )
        except MemoryProblem as error:
            return self.get(request, fact_id, error=told(error))
        messages.success(request, _("Saved."))
        return redirect("/memory/")


class Judge(MemoryPage):
    def post(self, request: HttpRequest, fact_id: UUID, verdict: str) -> HttpResponse:
        """Still true, or not what I said."""
        try:
            if verdict in ("show", "hide"):
                memory.set_masked(self.user.pk, fact_id, masked=verdict == "hide", at=timezone.now())
            elif verdict == "confirm":
                memory.confirm(self.user.pk, fact_id, at=timezone.now())
            else:
                memory.reject(self.user.pk, fact_id, at=timezone.now())
        except MemoryProblem as error:
            messages.error(request, told(error))
        onward = request.POST.get("next", "")
        return redirect(onward if onward.startswith("/memory/") else "/memory/")


class Forget(MemoryPage):
    def _target(self, data: Any) -> memory.ForgetTarget | None:
        if data.get("fact"):
            return memory.ForgetTarget(fact_id=UUID(data["fact"]))
        if data.get("everything"):
            return memory.ForgetTarget(everything=True)
        query = (data.get("query") or "").strip()[:400]
        return memory.ForgetTarget(query=query) if query else None

    def get(self, request: HttpRequest, error: str = "") -> HttpResponse:
        """What would go."""
        target = self._target(request.GET if request.method == "GET" else request.POST)
        preview = memory.preview_forget(self.user.pk, target, at=timezone.now()) if target else None
        context = {
            **self.tabs("forget"),
            "preview": preview,
            "query": target.query if target else "",
            "fact": target.fact_id if target else None,
            "everything": bool(target and target.everything),
            "error": error,
        }
        return self.page("memory/forget.html", context, status=400 if error else 200)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Forget exactly what was shown. Answers with the receipt."""
        target = self._target(request.POST)
        if target is None:
            return redirect("/memory/forget/")
        if target.everything and request.POST.get("words", "").strip().casefold() != _("forget everything").casefold():
            return self.get(request, error=_("Type “forget everything” to confirm."))
        try:
            receipt = memory.forget(
                self.user.pk,
                target,
                at=timezone.now(),
                token=request.POST.get("token", ""),
                cut_messages=request.POST.get("cut") == "yes",
            )
        except MemoryProblem as error:
            return self.get(request, error=told(error))
        return self.page("memory/receipt.html", {**self.tabs("forget"), "receipt": receipt})


class Undo(MemoryPage):
    def post(self, request: HttpRequest) -> HttpResponse:
        """Take back one batch."""
        failed = ""
        try:
            memory.undo(self.user.pk, UUID(request.POST.get("batch", "")), at=timezone.now())
        except MemoryProblem as error:
            failed = told(error)
        if self.wants_fragment and request.POST.get("message"):
            part = MessagePart(template="chat/_margin.html", request=request)
            return part.get(request, UUID(request.POST["message"]))
        if failed:
            messages.error(request, failed)
        else:
            messages.success(request, _("Not remembered."))
        return redirect("/memory/activity/")


class Questions(MemoryPage):
    def get(self, request: HttpRequest) -> HttpResponse:
        """What waits for a word."""
        open_ones = memory.questions_of(self.user.pk)
        shown = [(question, in_words(question) if question.kind == "consent" else None) for question in open_ones]
        return self.page("memory/questions.html", {**self.tabs("questions"), "questions": shown})


class AnswerQuestion(MemoryPage):
    def post(self, request: HttpRequest, question_id: UUID) -> HttpResponse:
        """Yes, no, this one, or later."""
        answer, fact = request.POST.get("answer", ""), request.POST.get("fact", "")
        conversation = request.POST.get("conversation", "")
        try:
            if answer in ("yes", "no"):
                memory.answer_question(self.user.pk, question_id, granted=answer == "yes", at=timezone.now())
                transaction.on_commit(partial(wake, ingest_due, self.user.pk))
            elif fact:
                memory.answer_question(self.user.pk, question_id, fact_id=UUID(fact), at=timezone.now())
            elif conversation:
                ask_no_more(self.user.pk, UUID(conversation))
        except MemoryProblem as error:
            messages.error(request, told(error))
        if self.wants_fragment:
            return self.fragment("chat/_question.html", {"question": None})
        return redirect(f"/c/{UUID(conversation)}/" if conversation else "/memory/questions/")


class Activity(MemoryPage):
    def get(self, request: HttpRequest) -> HttpResponse:
        """Each batch, what was kept, what was not and why, and its undo."""
        batches, cursor = memory.activity(self.user.pk, cursor=request.GET.get("cursor", ""), limit=PAGE)
        return self.page("memory/activity.html", {**self.tabs("activity"), "batches": batches, "cursor": cursor})


class Timeline(MemoryPage):
    def get(self, request: HttpRequest) -> HttpResponse:
        """Changes, latest first."""
        found = memory.timeline(self.user.pk, cursor=request.GET.get("cursor", ""), limit=PAGE)
        return self.page(
            "memory/timeline.html", {**self.tabs("timeline"), "facts": found.facts, "cursor": found.next_cursor}
        )


class Consent(MemoryPage):
    def get(self, request: HttpRequest) -> HttpResponse:
        """A row a kind."""
        given = consents_of(self.user.pk)
        words = {
            "health": (_("Health"), _("Illness, allergies, medicine, doctors.")),
            "finance": (_("Money"), _("Pay, rent, debts, insurance.")),
            "beliefs": (_("Beliefs"), _("Faith and politics.")),
            "sexuality": (_("Sexuality"), _("Orientation.")),
            "location": (_("Places"), _("Your address and where you park.")),
            "children": (_("Children"), _("Their names and school.")),
        }
        kept = {
            kind: len(memory.facts_of(self.user.pk, memory.FactFilter(sensitivity=kind), limit=200).facts)
            for kind in KINDS
        }
        rows = [
            {"kind": kind, "title": words[kind][0], "note": words[kind][1], "granted": given[kind], "kept": kept[kind]}
            for kind in KINDS
        ]
        return self.page("memory/consent.html", {**self.tabs("consent"), "rows": rows})

    def post(self, request: HttpRequest) -> HttpResponse:
        """Grant or withdraw one kind."""
        kind = request.POST.get("kind", "")
        if kind in KINDS:
            memory.decide_consent(self.user.pk, kind, granted=request.POST.get("granted") == "yes", at=timezone.now())
            transaction.on_commit(partial(wake, ingest_due, self.user.pk))
            messages.success(request, _("Saved."))
        return redirect("/memory/consent/")


class Pause(MemoryPage):
    def post(self, request: HttpRequest) -> HttpResponse:
        """Learn nothing new, or go on."""
        change_profile(self.user.pk, is_memory_paused=request.POST.get("paused") == "yes")
        return redirect("/memory/")


class Add(MemoryPage):
    def post(self, request: HttpRequest) -> HttpResponse:
        """A sentence typed on the memory page, read like one in a chat."""
        try:
            added = memory.tell(self.user.pk, request.POST.get("sentence", "")[:240], at=timezone.now())
        except MemoryProblem as error:
            messages.error(request, told(error))
        else:
            words = ", ".join(fact.text for fact in added)
            if words:
                messages.success(request, _("Remembered: %(text)s") % {"text": words})
            else:
                messages.error(request, _("I found no fact in these words. Try “I live in …” or “I like …”."))
        return redirect("/memory/")
