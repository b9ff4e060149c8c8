"""What waits for a word, what was done, and what may be kept at all."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from assistant.conversations.selectors import titles_of
from assistant.conversations.services import ask_no_more
from assistant.models import Message
from assistant.tasks import wake
from assistant.web.base import id_in
from assistant.web.chat import MessagePart
from assistant.web.memory_page import MemoryPage, told
from assistant.web.questions import in_words, refused_in_words
from assistant.web.words import not_kept
from memory import api as memory
from memory.exceptions import MemoryProblem
from memory.tasks import ingest_due
from profiles.api import consents_of

PAGE = 40
KINDS = ("health", "finance", "beliefs", "sexuality", "location", "children")


class Questions(MemoryPage):
    def get(self, request: HttpRequest) -> HttpResponse:
        """What waits for a word."""
        open_ones = memory.questions_of(self.user.pk)
        said = Message.objects.of(self.user.pk).in_bulk([one.message_id for one in open_ones if one.message_id])
        shown = [
            (
                question,
                in_words(question) if question.kind == "consent" else None,
                said[question.message_id].text if question.message_id in said else "",
            )
            for question in open_ones
        ]
        return self.page("memory/questions.html", {**self.tabs("questions"), "questions": shown})


def _kind_of(user_id: UUID, question_id: UUID) -> str:
    """What kind of matter an open question is about; "" for one that is about none, or not open."""
    return next((one.sensitivity for one in memory.questions_of(user_id) if one.id == question_id), "")


class AnswerQuestion(MemoryPage):
    def post(self, request: HttpRequest, question_id: UUID) -> HttpResponse:
        """Yes, no, this one, neither, or later."""
        answer, fact = request.POST.get("answer", ""), request.POST.get("fact", "")
        entity = request.POST.get("entity", "")
        conversation = request.POST.get("conversation", "")
        kind = ""
        try:
            if answer in ("yes", "no"):
                kind = _kind_of(self.user.pk, question_id)
                memory.answer_question(self.user.pk, question_id, granted=answer == "yes", at=timezone.now())
                transaction.on_commit(partial(wake, ingest_due, self.user.pk))
            elif fact:
                memory.answer_question(self.user.pk, question_id, fact_id=id_in(fact), at=timezone.now())
            elif entity:
                memory.answer_question(self.user.pk, question_id, entity_id=id_in(entity), at=timezone.now())
            elif answer in ("neither", "both"):  # none of the answers is the one: those in dispute go, others stay
                memory.answer_question(self.user.pk, question_id, at=timezone.now())
                if answer == "neither":
                    return redirect("/memory/add/")
            elif conversation:
                ask_no_more(self.user.pk, id_in(conversation))
        except MemoryProblem as error:
            messages.error(request, told(error))
        if self.wants_fragment:
            return self.fragment("chat/_answered.html", {"answer": answer, "refused": refused_in_words(kind)})
        return redirect(f"/c/{id_in(conversation)}/" if conversation else "/memory/questions/")


@dataclass(frozen=True, slots=True)
class ShownBatch:
    """One act of memory in words: where it came from, what it did, what it did not keep."""

    batch: memory.BatchView
    chat: str
    refused: list[str]


class Activity(MemoryPage):
    def get(self, request: HttpRequest) -> HttpResponse:
        """Each batch, what was kept, what was not and why, and its undo."""
        batches, cursor = memory.activity(self.user.pk, cursor=request.GET.get("cursor", ""), limit=PAGE)
        told_of = [
            batch for batch in batches if batch.added or batch.changed or batch.refused or batch.kind == "forget"
        ]
        titles = titles_of(self.user.pk, {batch.conversation_id for batch in told_of if batch.conversation_id})
        shown = [
            ShownBatch(
                batch, titles.get(batch.conversation_id, "") if batch.conversation_id else "", not_kept(batch.refused)
            )
            for batch in told_of
        ]
        return self.page("memory/activity.html", {**self.tabs("activity"), "batches": shown, "cursor": cursor})


class Undo(MemoryPage):
    def post(self, request: HttpRequest) -> HttpResponse:
        """Take back one batch. In a chat, answers with the row under the message it came from."""
        failed = ""
        try:
            memory.undo(self.user.pk, id_in(request.POST.get("batch", "")), at=timezone.now())
        except MemoryProblem as error:
            failed = told(error)
        if self.wants_fragment and request.POST.get("message"):
            part = MessagePart(
                template="chat/_margin.html",
                request=request,
                more={"undone": "" if failed else request.POST.get("batch", ""), "failed": failed},
            )
            return part.get(request, id_in(request.POST["message"]))
        if failed:
            messages.error(request, failed)
        else:
            messages.success(request, _("Not remembered."))
        onward = request.POST.get("next", "")
        return redirect(onward if onward.startswith(("/memory/", "/c/", "/welcome/")) else "/memory/activity/")


class Redo(MemoryPage):
    def post(self, request: HttpRequest) -> HttpResponse:
        """Remember after all what was taken back a moment ago."""
        failed = ""
        try:
            memory.take_up_again(self.user.pk, id_in(request.POST.get("batch", "")), at=timezone.now())
        except MemoryProblem as error:
            failed = told(error)
        if self.wants_fragment and request.POST.get("message"):
            part = MessagePart(template="chat/_margin.html", request=request, more={"failed": failed})
            return part.get(request, id_in(request.POST["message"]))
        if failed:
            messages.error(request, failed)
        onward = request.POST.get("next", "")
        return redirect(onward if onward.startswith(("/memory/", "/c/")) else "/memory/activity/")


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
