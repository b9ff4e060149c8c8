"""The gentle question after an answer: asked once, one a chat at a time, never in the way."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from assistant.models import Conversation
from memory import api as memory


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question of consent in words."""

    id: UUID
    title: str
    note: str
    yes: str


def _kinds() -> dict[str, tuple[str, str]]:
    return {
        "health": (_("May I remember health matters, such as this one?"), _("Yes, remember health matters")),
        "finance": (_("May I remember money matters, such as this one?"), _("Yes, remember money matters")),
        "beliefs": (_("May I remember matters of belief, such as this one?"), _("Yes, remember beliefs")),
        "sexuality": (_("May I remember matters of sexuality, such as this one?"), _("Yes, remember these matters")),
        "location": (_("May I remember places, such as this one?"), _("Yes, remember places")),
        "children": (_("May I remember things about children, such as this one?"), _("Yes, remember these things")),
    }


def asked_question(user_id: UUID, conversation: Conversation) -> AskedQuestion | None:
    """The open question of consent that came up in this chat, if there is one."""
    if conversation.is_quiet:
        return None
    for question in memory.questions_of(user_id):
        if question.kind == "consent" and question.conversation_id == conversation.id:
            return in_words(question)
    return None


def in_words(question: memory.QuestionView) -> AskedQuestion:
    """A question of consent as it is put to the person."""
    title, yes = _kinds().get(question.sensitivity, (_("May I remember this?"), _("Yes, remember it")))
    if question.hint == "allergic_to":
        title = _("May I remember health matters, such as this allergy?")
    return AskedQuestion(question.id, title, _("Until you say yes, it is used in this chat only."), yes)


def refused_in_words(kind: str) -> str:
    """What is said to a no, by the kind of matter."""
    words = {
        "health": _("I won’t keep health matters. You can change this under Consent."),
        "finance": _("I won’t keep money matters. You can change this under Consent."),
        "beliefs": _("I won’t keep matters of belief. You can change this under Consent."),
        "sexuality": _("I won’t keep matters of sexuality. You can change this under Consent."),
        "location": _("I won’t keep places. You can change this under Consent."),
        "children": _("I won’t keep things about children. You can change this under Consent."),
    }
    return words.get(kind, _("I won’t keep these matters. You can change this under Consent."))
