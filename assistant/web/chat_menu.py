"""What a chat's menu does: pin, rename, delete, and bring back."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from assistant.conversations import selectors, services
from assistant.exceptions import EmptyMessage
from assistant.web.base import UserPage
from memory import api as memory


def own_path(wanted: str) -> str:
    """The address within this server that somebody was going to; the first page for any other."""
    is_own = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if wanted.startswith("/") and is_own else "/"


class PinChat(UserPage):
    def post(self, request: HttpRequest, conversation_id: UUID) -> HttpResponse:
        """Keep it at the top, or no longer."""
        conversation = selectors.get_conversation(self.user.pk, conversation_id)
        services.set_pinned(self.user.pk, conversation_id, pinned=not conversation.is_pinned)
        return redirect(f"/c/{conversation_id}/")


class RenameChat(UserPage):
    area = "chat"

    def get(self, request: HttpRequest, conversation_id: UUID, error: str = "") -> HttpResponse:
        """The title in a field."""
        conversation = selectors.get_conversation(self.user.pk, conversation_id)
        context = {"conversation": conversation, "current_chat": conversation, "error": error}
        return self.page("chat/rename.html", context, status=400 if error and not self.wants_fragment else 200)

    def post(self, request: HttpRequest, conversation_id: UUID) -> HttpResponse:
        """Save the title."""
        try:
            services.rename_conversation(self.user.pk, conversation_id, title=request.POST.get("title", ""))
        except EmptyMessage:
            return self.get(request, conversation_id, error=_("A chat needs a title."))
        return redirect(f"/c/{conversation_id}/")


class DeleteChat(UserPage):
    area = "chat"

    def get(self, request: HttpRequest, conversation_id: UUID) -> HttpResponse:
        """What would go, and the choice to keep what was learned. A temporary chat is only closed, and leads on to where its person was going."""
        conversation = selectors.get_conversation(self.user.pk, conversation_id)
        if conversation.is_temporary:
            context = {"conversation": conversation, "next": own_path(request.GET.get("next", ""))}
            return self.page("chat/close.html", context)
        preview = memory.preview_forget(
            self.user.pk, memory.ForgetTarget(conversation_id=conversation_id), at=timezone.now()
        )
        said = list(conversation.messages.values_list("id", flat=True))
        here = {fact.id for fact in preview.facts}
        learned = {chip.fact.id for chips in memory.learned_from(self.user.pk, said).values() for chip in chips}
        context = {
            "conversation": conversation,
            "current_chat": conversation,
            "facts": preview.facts,
            "stay": len(learned - here),
            "messages_count": len(said),
        }
        return self.page("chat/delete.html", context)

    def post(self, request: HttpRequest, conversation_id: UUID) -> HttpResponse:
        """Delete it, and with it what was learned there where that was chosen."""
        if selectors.get_conversation(self.user.pk, conversation_id).is_temporary:
            services.close_temporary(self.user.pk, conversation_id)
            return redirect(own_path(request.POST.get("next", "")))
        forget = request.POST.get("memories") == "forget"
        services.delete_conversation(self.user.pk, conversation_id, at=timezone.now(), forget=forget)
        return redirect("/" if forget else f"/?deleted={conversation_id}")


class RestoreChat(UserPage):
    def post(self, request: HttpRequest, conversation_id: UUID) -> HttpResponse:
        """Undo a deletion."""
        services.restore_conversation(self.user.pk, conversation_id)
        return redirect(f"/c/{conversation_id}/")
