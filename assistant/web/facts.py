"""What is known: the list, one fact with the words it came from, and every way to put it right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assistant.conversations.selectors import uses_of
from assistant.web.memory_page import STANDING, MemoryPage, Quoted, quoted, told
from assistant.web.past import history_of
from memory import api as memory
from memory.exceptions import AlreadyChanged, MemoryProblem
from profiles.api import change_profile

PAGE = 40
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
    "inferred": (gettext_lazy("Inferred"), {"origins": ("inferred",)}),
    "typed": (gettext_lazy("Typed by you"), {"origins": ("user_edited",)}),
}


@dataclass(frozen=True, slots=True)
class Topic:
    """One heading of the list: how much it holds, and what of it stands on this page."""

    key: str
    title: str
    count: int
    facts: list[memory.FactView]


def topic_of(fact: memory.FactView) -> str:
    """The heading that a fact stands under."""
    return next((key for key, (_title, names) in TOPICS.items() if fact.topic in names), "other")


class Facts(MemoryPage):
    def get(self, request: HttpRequest) -> HttpResponse:
        """Facts by topic, latest mention first, searched and filtered. One of them shows its source."""
        show, q = request.GET.get("show", ""), request.GET.get("q", "").strip()[:200]
        show, only = show if show in FILTERS else "", request.GET.get("topic", "")
        only = only if only in TOPICS else ""
        wanted = memory.FactFilter(q=q, topics=TOPICS[only][1] if only else (), **FILTERS[show][1])
        page = memory.facts_of(self.user.pk, wanted, cursor=request.GET.get("cursor", ""), limit=PAGE)
        counts = {topic.topic: topic.facts for topic in memory.topics_of(self.user.pk)}
        topics = [
            Topic(
                key,
                str(title),
                sum(counts.get(name, 0) for name in names),
                [fact for fact in page.facts if topic_of(fact) == key],
            )
            for key, (title, names) in TOPICS.items()
        ]
        context = {
            **self.tabs("facts"),
            **self._open(request, topics, is_narrowed=bool(show or q)),
            "topics": topics,
            "only": only,
            "shown_topic": next((topic for topic in topics if topic.key == only), None),
            "q": q,
            "show": show,
            "filters": [(key, title) for key, (title, _narrow) in FILTERS.items()],
            "found": len(page.facts),
            "cursor": page.next_cursor,
        }
        is_first = not (q or show or request.GET.get("cursor"))
        if is_first and not only:
            context["persona"] = memory.persona(self.user.pk, at=timezone.now())
        elif is_first:
            pages = (memory.topic_page(self.user.pk, name, at=timezone.now()) for name in TOPICS[only][1])
            context["topic_pages"] = [page for page in pages if page is not None]
        if request.GET.get("part") == "list":
            return self.fragment("memory/_list.html", context)
        return self.page("memory/facts.html", context)

    def _open(self, request: HttpRequest, topics: list[Topic], *, is_narrowed: bool) -> dict[str, Any]:
        """The row that shows its source: the one asked for, else the first that has one."""
        shown = [fact for topic in topics for fact in topic.facts if not fact.is_masked]
        asked = request.GET.get("open", "")
        chosen = next((fact for fact in shown if str(fact.id) == asked), None)
        if chosen is None and not is_narrowed:
            chosen = next((fact for fact in shown if fact.quote), None)
        if chosen is None:
            return {"open_fact": None, "open_source": None}
        sources = quoted(self.user.pk, memory.fact_detail(self.user.pk, chosen.id).evidence[:1])
        return {"open_fact": chosen.id, "open_source": sources[0] if sources else None}


class Source(MemoryPage):
    def get(self, request: HttpRequest, fact_id: UUID) -> HttpResponse:
        """The words a fact came from, to stand under its row."""
        detail = memory.fact_detail(self.user.pk, fact_id)
        sources = quoted(self.user.pk, detail.evidence[:1])
        return self.fragment("memory/_source.html", {"source": sources[0] if sources else None, "fact": detail.fact})


class OneFact(MemoryPage):
    def get(self, request: HttpRequest, fact_id: UUID) -> HttpResponse:
        """A fact, the words it came from, and its history."""
        detail = memory.fact_detail(self.user.pk, fact_id)
        sources: list[Quoted] = quoted(self.user.pk, detail.evidence)
        times, last_used_at = uses_of(self.user.pk, str(fact_id))
        topic = topic_of(detail.fact)
        latest = next((event.batch_id for event in reversed(detail.events) if event.batch_id), None)
        context = {
            **self.tabs("facts"),
            "detail": detail,
            "fact": detail.fact,
            "sources": sources,
            "topic": topic,
            "topic_title": TOPICS[topic][0],
            "times_used": times,
            "last_used_at": last_used_at,
            "certainty": round(detail.fact.confidence * 100),
            "latest_batch": latest,
            "history": history_of(detail),
            "shaken": [
                link.other
                for link in detail.links
                if link.type == "depends_on" and not link.is_outgoing and link.other.is_under_review
            ],
        }
        return self.page("memory/fact.html", context)


def standing_for(detail: memory.FactDetail) -> memory.FactView:
    """What holds in the place of a fact: itself, or what superseded or corrected it."""
    if detail.fact.status in STANDING:
        return detail.fact
    later = (link.other for link in detail.links if not link.is_outgoing and link.type in ("supersedes", "corrects"))
    return next((fact for fact in later if fact.status == "active"), detail.fact)


class Correct(MemoryPage):
    def get(self, request: HttpRequest, fact_id: UUID, error: str = "", *, is_changed: bool = False) -> HttpResponse:
        """What is the matter with it? With `is_changed`, what somebody else made of it meanwhile is shown beside what was typed."""
        detail = memory.fact_detail(self.user.pk, fact_id)
        fact = standing_for(detail) if is_changed else detail.fact
        context = {
            **self.tabs("facts"),
            "fact": fact,
            "theirs": [("", f"{fact.text[:1].upper()}{fact.text[1:]}")] if is_changed else (),
            "error": error,
            "kind": request.POST.get("kind", "changed"),
            "today": timezone.localdate(),
            "since": request.POST.get("since", ""),
            "typed": {name: request.POST.get(f"value-{name}", "") for name in ("changed", "wrong", "wording")},
        }
        status = 412 if is_changed else 400 if error else 200
        return self.page("memory/correct.html", context, status=200 if self.wants_fragment else status)

    def post(self, request: HttpRequest, fact_id: UUID) -> HttpResponse:
        """It changed, it was never true, the wording is off, or it is to be forgotten."""
        kind = request.POST.get("kind", "")
        value = request.POST.get(f"value-{kind}", "").strip()
        if kind == "forget":
            return redirect(f"/memory/forget/?fact={fact_id}")
        if kind not in ("changed", "wrong", "wording"):
            return self.get(request, fact_id, error=_("Choose what is the matter with it."))
        if request.POST.get("do") == "preview":
            return self.fragment("memory/_after.html", {"after": self._after(fact_id, kind, value)})
        try:
            change = self._put_right(fact_id, kind, value)
        except AlreadyChanged:
            return self.get(request, fact_id, is_changed=True)
        except (MemoryProblem, ValueError) as error:
            return self.get(request, fact_id, error=self._told(error))
        standing = next((fact for fact in change.facts if fact.status == "active"), None)
        words = f"{standing.text[:1].upper()}{standing.text[1:]}." if standing else _("Marked as wrong.")
        messages.success(request, words, extra_tags=f"undo:{change.batch_id}")
        return redirect(f"/memory/{standing.id}/" if standing else "/memory/")

    def _put_right(self, fact_id: UUID, kind: str, value: str) -> memory.Change:
        """Do what the form says. Raises MemoryProblem, and ValueError for a day that is none."""
        data, now = self.request.POST, timezone.now()
        version = data.get("version", "")
        at_version = int(version) if version.isdigit() else None
        if kind == "wrong" and not value:
            return memory.mark_wrong(self.user.pk, fact_id, at=now, version=at_version)
        since = data.get("since", "") if kind == "changed" else ""
        return memory.correct(
            self.user.pk,
            fact_id,
            value=value,
            kind=kind,  # type: ignore[arg-type]
            at=now,
            version=at_version,
            since=date.fromisoformat(since) if since else None,
        )

    def _told(self, error: Exception) -> str:
        return told(error) if isinstance(error, MemoryProblem) else _("That is not a day.")

    def _after(self, fact_id: UUID, kind: str, value: str) -> list[str]:
        """What would stand after saving: done, looked at, and rolled back."""
        if not value and kind != "wrong":
            return []
        with transaction.atomic():
            try:
                change = self._put_right(fact_id, kind, value)
                return after_saving(change.facts)
            except (MemoryProblem, ValueError) as error:
                return [self._told(error)]
            finally:
                transaction.set_rollback(True)


def after_saving(facts: Sequence[memory.FactView]) -> list[str]:
    """A correction in sentences: what holds then, and what becomes of what held."""
    lines = []
    for fact in facts:
        text = f"{fact.text[:1].upper()}{fact.text[1:]}"
        if fact.status == "active" and fact.valid_from:
            lines.append(
                _("“%(text)s” holds since %(day)s.")
                % {"text": text, "day": date_format(fact.valid_from, "DATE_FORMAT")}
            )
        elif fact.status == "active":
            lines.append(_("“%(text)s” holds.") % {"text": text})
        elif fact.status == "wrong":
            lines.append(_("“%(text)s” stays in history as wrong, and is not used.") % {"text": text})
        elif fact.status == "superseded" and fact.valid_to:
            lines.append(
                _("“%(text)s” stays in history, true until %(day)s.")
                % {"text": text, "day": date_format(fact.valid_to, "DATE_FORMAT")}
            )
    return lines


class Judge(MemoryPage):
    def post(self, request: HttpRequest, fact_id: UUID, verdict: str) -> HttpResponse:
        """Still true, not what I said, or hidden in lists and shown again."""
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


class Pause(MemoryPage):
    def post(self, request: HttpRequest) -> HttpResponse:
        """Learn nothing new, or go on."""
        change_profile(self.user.pk, is_memory_paused=request.POST.get("paused") == "yes")
        return redirect("/memory/")


class Add(MemoryPage):
    def get(self, request: HttpRequest, sentence: str = "", error: str = "") -> HttpResponse:
        """A field for a sentence."""
        context = {**self.tabs("facts"), "sentence": sentence, "error": error}
        return self.page("memory/add.html", context, status=400 if error and not self.wants_fragment else 200)

    def post(self, request: HttpRequest) -> HttpResponse:
        """A sentence typed on the memory page, read like one in a chat."""
        sentence = request.POST.get("sentence", "")[:240]
        try:
            added = memory.tell(self.user.pk, sentence, at=timezone.now())
        except MemoryProblem as error:
            return self.get(request, sentence, told(error))
        if not added:
            return self.get(
                request,
                sentence,
                _("I found no fact in these words. Try “I live in …”, “I like …” or “My sister is …”."),
            )
        messages.success(request, _("Remembered: %(text)s") % {"text": ", ".join(fact.text for fact in added)})
        return redirect(f"/memory/?open={added[0].id}#f-{added[0].id}")
