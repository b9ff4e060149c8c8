"""The chat: a new one, one that goes on, and the small forms around it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from assistant.conf import file_limit_bytes, files_a_message, message_limit_characters
from assistant.conversations import selectors, services
from assistant.conversations.projects import get_project
from assistant.exceptions import (
    AlreadyDecided,
    EmptyMessage,
    FileProblem,
    MessageTooLong,
    NotWhatWasShown,
    TooManyFiles,
    UnknownModel,
    UnreadableText,
)
from assistant.files.keep import keep_upload, unsent_files
from assistant.files.telling import told_of_file
from assistant.llm.choice import connected_models, known_model, label_of, model_if_known
from assistant.models import Conversation, File, Message, Project, Run
from assistant.runs import approvals
from assistant.runs.lifecycle import request_cancel
from assistant.runs.stream import tell_to_stop
from assistant.tasks import execute_run, go_on, wake
from assistant.web.base import UserPage, id_in
from assistant.web.plans import coming_up
from assistant.web.questions import asked_question
from assistant.web.turns import shown_turns
from memory import api as memory


def greeting(name: str) -> str:
    """By the hour where the person is, and by name where it is known."""
    hour = timezone.localtime().hour
    words = _("Good morning") if 4 <= hour < 12 else _("Good afternoon") if 12 <= hour < 18 else _("Good evening")
    return f"{words}, {name}" if name else words


def called(user_id: UUID) -> str:
    """What the person wants to be called, as far as memory knows."""
    for predicate in ("preferred_name", "name"):
        known = memory.facts_of(
            user_id, memory.FactFilter(predicate=predicate, subject="user", statuses=("active",)), limit=1
        )
        if known.facts:
            return known.facts[0].value
    return ""


def told(error: Exception) -> str:
    """What was wrong with a message, for the one who wrote it."""
    if isinstance(error, MessageTooLong):
        return _("This message is too long: the limit is %(limit)s characters.") % {"limit": message_limit_characters()}
    if isinstance(error, FileProblem):
        return told_of_file(error)
    if isinstance(error, UnknownModel):
        return _("This model is no longer connected. Choose another.")
    if isinstance(error, UnreadableText):
        return _("This text holds characters that can't be kept, such as a NUL.")
    return _("There is nothing in this message.")


def ideas(run: Run | None) -> list[str]:
    """What to say next, as the small model thought of it."""
    return [str(idea) for idea in run.suggestions] if run and run.is_finished else []


def pasted_spans(text: str, told: str) -> list[tuple[int, int]]:
    """The spans that a form tells of what was pasted, as [[start, end], ...] in JSON; none of it where anything about them can't be."""
    try:
        spans = json.loads(told or "[]")
        found = [(int(start), int(end)) for start, end in spans]
    except (TypeError, ValueError):
        return []
    longest = len(text.replace("\r\n", "\n"))
    return found if all(0 <= start < end <= longest for start, end in found) else []


class ChatPage(UserPage):
    """What the two kinds of chat page share."""

    area = "chat"
    attached: Sequence[File] = ()  # uploaded, for the message that is being written

    def composer(self, last: Run | None = None, personal: str = Conversation.Personal.NORMAL) -> dict[str, Any]:
        """A fresh id for the next message, so that sending twice never makes two; the models to choose from, as chosen last."""
        models = connected_models()
        wanted = last.requested_model if last else ""
        chosen = next((model for model in models if wanted and wanted == model.name), None)
        return {
            "new_client_id": uuid4().hex,
            "models": models,
            "chosen_model": chosen.name if chosen else "",
            "model_label": label_of((chosen or models[0]).name)
            if (chosen or models[0]).is_builtin
            else (chosen or models[0]).label,
            "model_is_builtin": models[0].is_builtin,
            "thinkings": Run.Thinking.choices,
            "thinking": last.thinking if last else Run.Thinking.AUTO,
            "personals": Conversation.Personal.choices,
            "personal": personal,
            "attached": self.attached,
            "pasted": self.request.POST.get("pasted", "")[:2000],
            "file_limit": file_limit_bytes(),
            "files_most": files_a_message(),
        }

    def take_files(self) -> bool:
        """Keep the files of the form beside those that were uploaded before it. Where one can't be taken, `self.form_error` says why."""
        before = [id_in(one) for one in self.request.POST.getlist("attachments")[:50] if one]
        self.attached = unsent_files(self.user.pk, before)
        try:
            chosen = self.request.FILES.getlist("files")
            if len(before) + len(chosen) > files_a_message():
                raise TooManyFiles(files_a_message())
            for file in chosen:
                kept = keep_upload(self.user.pk, file.chunks(), name=file.name or "", at=timezone.now())
                self.attached = [*self.attached, kept]
        except FileProblem as error:
            self.form_error = told(error)
            return False
        return True

    def ask(self, conversation: Conversation) -> HttpResponse | None:
        """Take the message of the form; None when it was none, then `self.form_error` says why."""
        data = self.request.POST
        thinking, personal = data.get("thinking", ""), data.get("personal", "")
        if personal in Conversation.Personal.values and personal != conversation.personal:
            services.set_personal(self.user.pk, conversation.id, personal=personal)
        try:
            posted = services.post_message(
                self.user.pk,
                conversation.id,
                text=data.get("text", ""),
                at=timezone.now(),
                client_id=data.get("client_id", "")[:64] or None,
                model=known_model(data.get("model", "")[:120]),
                thinking=thinking if thinking in Run.Thinking.values else Run.Thinking.AUTO,
                attachments=[file.id for file in self.attached],
                pasted=pasted_spans(data.get("text", ""), data.get("pasted", "")),
            )
        except (EmptyMessage, FileProblem, MessageTooLong, UnreadableText, UnknownModel) as error:
            self.form_error = told(error)
            return None
        if posted.is_new:
            transaction.on_commit(partial(wake, execute_run, self.user.pk, posted.run.id))
        return redirect(f"/c/{conversation.id}/#end")


class NewChat(ChatPage):
    def get(self, request: HttpRequest, form_error: str = "", draft: str = "") -> HttpResponse:
        """An empty chat."""
        is_temporary = request.GET.get("temporary") == "1"
        context = {
            "greeting": greeting("" if is_temporary else called(self.user.pk) or self.user.get_short_name()),
            "plans": () if is_temporary else coming_up(self.user.pk, at=timezone.now()),
            "is_temporary": is_temporary,
            "project": None if is_temporary else self._project(request),
            "deleted": self._deleted(request.GET.get("deleted", "")),
            "draft": draft or request.GET.get("draft", "")[:2000],
            "form_error": form_error,
            "autofocus": True,
            **self.composer(),
        }
        return self.page("chat/new.html", context, status=400 if form_error else 200)

    def _project(self, request: HttpRequest) -> Project | None:
        """The project that the chat is begun in."""
        wanted = request.POST.get("project") or request.GET.get("project", "")
        try:
            return get_project(self.user.pk, UUID(wanted)) if wanted else None
        except ValueError:
            return None

    def _deleted(self, conversation_id: str) -> Conversation | None:
        """The chat that was deleted a moment ago, to be brought back."""
        try:
            return selectors.deleted_conversation(self.user.pk, UUID(conversation_id)) if conversation_id else None
        except ValueError:
            return None

    def post(self, request: HttpRequest) -> HttpResponse:
        """The first message makes the chat. A bad one leaves nothing behind but the files that were to go with it."""
        if not self.take_files():
            return self.get(request, form_error=self.form_error, draft=request.POST.get("text", "")[:20000])
        with transaction.atomic():
            mode = Conversation.Mode.TEMPORARY if request.POST.get("mode") == "temporary" else Conversation.Mode.NORMAL
            project = None if mode == Conversation.Mode.TEMPORARY else self._project(request)
            conversation = services.start_conversation(
                self.user.pk,
                at=timezone.now(),
                mode=mode,
                client_id=request.POST.get("client_id", "")[:64] or None,
                project_id=project.id if project else None,
            )
            answer = self.ask(conversation)
            if answer is None:
                transaction.set_rollback(True)
        return answer or self.get(request, form_error=self.form_error, draft=request.POST.get("text", "")[:20000])


class Thread(ChatPage):
    def get(self, request: HttpRequest, conversation_id: UUID, form_error: str = "", draft: str = "") -> HttpResponse:
        """A chat, its end in sight."""
        conversation = selectors.get_conversation(self.user.pk, conversation_id)
        services.note_opened(conversation)
        upto = request.GET.get("upto")
        message = selectors.get_message(self.user.pk, id_in(upto)) if upto else None
        thread = selectors.thread(self.user.pk, conversation, upto=message.id if message else None)
        turns = shown_turns(self.user.pk, thread.turns)
        context = {
            "conversation": conversation,
            "current_chat": conversation,
            "turns": turns,
            "has_earlier": thread.has_earlier,
            "earlier_id": thread.turns[0].message.parent_id if thread.has_earlier else None,
            "is_cut": bool(turns) and turns[-1].message.id != conversation.active_leaf_id,
            "is_writing": any(turn.is_writing for turn in turns),
            "question": asked_question(self.user.pk, conversation),
            "form_error": form_error,
            "draft": draft or request.GET.get("draft", "")[:2000],
            "suggestions": ideas(turns[-1].run) if turns else (),
            **self.composer(turns[-1].run if turns else None, conversation.personal),
        }
        if self.wants_fragment:
            return self.fragment("chat/_earlier.html", context)
        return self.page("chat/thread.html", context, status=400 if form_error else 200)

    def post(self, request: HttpRequest, conversation_id: UUID) -> HttpResponse:
        """Say something, without a script."""
        conversation = selectors.get_conversation(self.user.pk, conversation_id)
        answer = self.ask(conversation) if self.take_files() else None
        return answer or self.get(
            request, conversation_id, form_error=self.form_error, draft=request.POST.get("text", "")[:20000]
        )


class NewTurns(UserPage):
    def get(self, request: HttpRequest, conversation_id: UUID) -> HttpResponse:
        """The turns from message `after` on, as they stand at the end of the thread."""
        conversation = selectors.get_conversation(self.user.pk, conversation_id)
        after = id_in(request.GET.get("after", ""))
        thread = selectors.thread(self.user.pk, conversation, limit=20)
        turns = [turn for turn in thread.turns if turn.message.id >= after]
        return self.fragment(
            "chat/_turns.html", {"turns": shown_turns(self.user.pk, turns), "conversation": conversation}
        )


class MessagePart(UserPage):
    """One message: its whole turn, or the row under it."""

    template = "chat/_turn.html"
    more: dict[str, Any] = {}  # for the template, beside the turn

    def get(self, request: HttpRequest, message_id: UUID) -> HttpResponse:
        """The part, as it stands now."""
        message = selectors.get_message(self.user.pk, message_id)
        services.note_opened(message.conversation)
        thread = selectors.thread(self.user.pk, message.conversation, upto=message.id, limit=1)
        turn = shown_turns(self.user.pk, thread.turns)[0]
        return self.fragment(self.template, {"turn": turn, "conversation": message.conversation, **self.more})


class MessageLink(UserPage):
    def get(self, request: HttpRequest, message_id: UUID) -> HttpResponse:
        """The chat, with this message in sight."""
        message = selectors.get_message(self.user.pk, message_id)
        shown = selectors.thread(self.user.pk, message.conversation).turns
        upto = "" if any(turn.message.id == message.id for turn in shown) else f"?upto={message.id}"
        return redirect(f"/c/{message.conversation_id}/{upto}#m-{message.id}")


class QuestionPart(UserPage):
    def get(self, request: HttpRequest, conversation_id: UUID) -> HttpResponse:
        """The one gentle question that this chat may ask, if there is one."""
        conversation = selectors.get_conversation(self.user.pk, conversation_id)
        question = asked_question(self.user.pk, conversation)
        return self.fragment("chat/_question.html", {"question": question, "conversation": conversation})


class Suggestions(UserPage):
    def get(self, request: HttpRequest, conversation_id: UUID) -> HttpResponse:
        """Ideas for what to say next, under the last answer."""
        conversation = selectors.get_conversation(self.user.pk, conversation_id)
        last = selectors.thread(self.user.pk, conversation, limit=1).turns
        context = {"conversation": conversation, "suggestions": ideas(last[0].run) if last else ()}
        return self.fragment("chat/_suggestions.html", context)


class AnswerAgain(UserPage):
    def post(self, request: HttpRequest, message_id: UUID) -> HttpResponse:
        """Another answer to the same question: without some memories, by another model, or just so."""
        without = [reference[:64] for reference in request.POST.getlist("without")][:50]
        # By the model of the answer beside it: two answers are compared by what went in, not by who wrote them.
        model = model_if_known(request.POST.get("model", "")[:120]) or model_if_known(
            services.model_asked_for(self.user.pk, message_id)
        )
        posted = services.regenerate(self.user.pk, message_id, at=timezone.now(), left_out=without, model=model)
        transaction.on_commit(partial(wake, execute_run, self.user.pk, posted.run.id))
        if without:
            return redirect(f"/messages/{posted.run.answer_id}/compare/?with={message_id}")
        return redirect(f"/c/{posted.run.conversation_id}/#end")


class ShowVersion(UserPage):
    def post(self, request: HttpRequest, message_id: UUID) -> HttpResponse:
        """Go to another version of a message."""
        conversation = services.choose_version(self.user.pk, message_id)
        return redirect(f"/c/{conversation.id}/#m-{message_id}")


class EditMessage(UserPage):
    area = "chat"

    def get(self, request: HttpRequest, message_id: UUID, error: str = "") -> HttpResponse:
        """The message in a field."""
        message = selectors.get_message(self.user.pk, message_id)
        if message.role != Message.Role.USER:
            return redirect(f"/c/{message.conversation_id}/")
        text = request.POST.get("text", message.text)
        has_files = message.attachments.exists()
        context = {
            "message": message,
            "text": text,
            "error": error,
            "has_files": has_files,
            "current_chat": message.conversation,
        }
        return self.page("chat/edit.html", context, status=400 if error and not self.wants_fragment else 200)

    def post(self, request: HttpRequest, message_id: UUID) -> HttpResponse:
        """Save it as another version, and answer that."""
        try:
            posted = services.edit_message(
                self.user.pk, message_id, text=request.POST.get("text", ""), at=timezone.now()
            )
        except (EmptyMessage, MessageTooLong, UnreadableText) as error:
            return self.get(request, message_id, error=told(error))
        transaction.on_commit(partial(wake, execute_run, self.user.pk, posted.run.id))
        return redirect(f"/c/{posted.run.conversation_id}/#m-{posted.message.id}")


class StopRun(UserPage):
    def post(self, request: HttpRequest, run_id: UUID) -> HttpResponse:
        """Stop writing, without a script."""
        run = request_cancel(self.user.pk, run_id, at=timezone.now())
        transaction.on_commit(partial(tell_to_stop, run.id))
        return redirect(f"/c/{run.conversation_id}/")


class DecideCall(UserPage):
    def post(self, request: HttpRequest, call_id: UUID) -> HttpResponse:
        """Allow or refuse a tool that waits; the answer then goes on."""
        run_id = approvals.get_call(self.user.pk, call_id).run_id
        try:
            run = approvals.decide(
                self.user.pk,
                call_id,
                is_allowed=request.POST.get("allow") == "yes",
                digest=request.POST.get("digest", ""),
                at=timezone.now(),
            )
        except (AlreadyDecided, NotWhatWasShown):
            run = selectors.get_run(self.user.pk, run_id)  # the page shows how it stands
        else:
            if not run.is_finished:
                transaction.on_commit(partial(go_on, self.user.pk, run.id))
        return redirect(f"/c/{run.conversation_id}/#m-{run.answer_id}")
