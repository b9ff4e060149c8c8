"""Forgetting: what would go, and the receipt of what went."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from assistant.web.base import id_in
from assistant.web.memory_page import MemoryPage, Quoted, quoted, told
from assistant.web.words import forget_counts, ordinary_words
from memory import api as memory
from memory.exceptions import MemoryProblem

QUOTES = 12  # of what would be cut, shown at most


def _target(data: Any) -> memory.ForgetTarget | None:
    if data.get("fact"):
        return memory.ForgetTarget(fact_id=id_in(data["fact"]))
    if data.get("everything"):
        return memory.ForgetTarget(everything=True)
    query = (data.get("query") or "").strip()[:400]
    return memory.ForgetTarget(query=query) if query else None


def joined(sources: Sequence[memory.EvidenceView]) -> list[memory.EvidenceView]:
    """Quotes of one message that run into each other as one, so that no sentence is shown cut twice."""
    found: list[memory.EvidenceView] = []
    for source in sources:
        for place, other in enumerate(found):
            is_same = (other.message_id, other.around) == (source.message_id, source.around)
            if is_same and source.start <= other.end and other.start <= source.end:
                found[place] = replace(other, start=min(other.start, source.start), end=max(other.end, source.end))
                break
        else:
            found.append(source)
    return found


class Forget(MemoryPage):
    def get(self, request: HttpRequest, error: str = "") -> HttpResponse:
        """What would go."""
        target = _target(request.GET if request.method == "GET" else request.POST)
        preview = memory.preview_forget(self.user.pk, target, at=timezone.now()) if target else None
        context = {
            **self.tabs("forget"),
            "preview": preview,
            "cuts": self._cuts(preview) if preview and not preview.target.everything else [],
            "query": target.query if target else "",
            "fact": target.fact_id if target else None,
            "everything": bool(target and target.everything),
            "error": error,
        }
        return self.page("memory/forget.html", context, status=400 if error else 200)

    def _cuts(self, preview: memory.ForgetPreview) -> list[Quoted]:
        sources: list[memory.EvidenceView] = []
        for fact in preview.facts[:QUOTES]:
            sources += memory.fact_detail(self.user.pk, fact.id).evidence
        return quoted(self.user.pk, joined(sources)[:QUOTES])

    def post(self, request: HttpRequest) -> HttpResponse:
        """Forget exactly what was ticked. Answers with the receipt."""
        target = _target(request.POST)
        if target is None:
            return redirect("/memory/forget/")
        if target.everything and request.POST.get("words", "").strip().casefold() != _("forget everything").casefold():
            return self.get(request, error=_("Type “forget everything” to confirm."))
        ticked = {id_in(fact) for fact in request.POST.getlist("go")}
        shown = {id_in(fact) for fact in request.POST.getlist("shown")}
        if shown and not ticked:
            return self.get(request, error=_("Nothing is ticked, so nothing was forgotten."))
        try:
            receipts = self._forget(target, ticked, shown)
        except MemoryProblem as error:
            return self.get(request, error=told(error))
        counts: Counter[str] = Counter()
        for receipt in receipts:
            counts.update(receipt.counts)
        lines = forget_counts(counts)
        context = {
            **self.tabs("forget"),
            "at": receipts[0].at,
            "lines": lines,
            "as_text": "".join(f"{words}: {count}\n" for words, count in lines),
            "ordinary": ordinary_words(counts),
            "number": receipts[0].id.hex[-8:],
            "kept_messages": request.POST.get("cut") != "yes",
        }
        return self.page("memory/receipt.html", context)

    def _forget(self, target: memory.ForgetTarget, ticked: set[UUID], shown: set[UUID]) -> list[memory.Receipt]:
        """All that was shown, by the token of the preview; or, where something was unticked, each ticked fact by itself."""
        at, cut = timezone.now(), self.request.POST.get("cut") == "yes"
        if ticked == shown:
            token = self.request.POST.get("token", "")
            return [memory.forget(self.user.pk, target, at=at, token=token, cut_messages=cut)]
        targets = [memory.ForgetTarget(fact_id=fact_id) for fact_id in sorted(ticked & shown)]
        return [memory.forget(self.user.pk, each, at=at, cut_messages=cut) for each in targets]
