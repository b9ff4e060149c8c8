from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from profiles.owned import OwnedModel, OwnedQuerySet


class ConversationQuerySet(OwnedQuerySet["Conversation"]):
    def listed(self) -> Self:
        """What the sidebar shows: not deleted, not archived, not temporary."""
        return self.filter(deleted_at=None, is_archived=False, mode=Conversation.Mode.NORMAL)

    def present(self) -> Self:
        """Not deleted."""
        return self.filter(deleted_at=None)

    def expired(self, moment: datetime) -> Self:
        """Temporary chats begun before `moment`, and deleted chats whose undo has passed by then."""
        return self.filter(Q(mode=Conversation.Mode.TEMPORARY, created_at__lt=moment) | Q(deleted_at__lt=moment))


class Conversation(OwnedModel):
    """A tree of messages and the branch that is shown."""

    class Mode(models.TextChoices):
        NORMAL = "normal", _("Normal")
        TEMPORARY = "temporary", _("Temporary")

    class Personal(models.TextChoices):
        LESS = "less", _("Less personal")
        NORMAL = "normal", _("As usual")
        MORE = "more", _("More personal")

    client_id = models.CharField(max_length=64, null=True, editable=False)  # noqa: DJ001  (null: not unique)
    project = models.ForeignKey(
        "assistant.Project", on_delete=models.SET_NULL, null=True, blank=True, related_name="conversations"
    )
    title = models.CharField(_("title"), max_length=120, blank=True)
    is_titled = models.BooleanField(default=False, editable=False, help_text=_("A person gave the title."))
    mode = models.CharField(_("mode"), max_length=9, choices=Mode.choices, default=Mode.NORMAL)
    personal = models.CharField(_("how personal"), max_length=6, choices=Personal.choices, default=Personal.NORMAL)
    is_pinned = models.BooleanField(_("pinned"), default=False)
    is_archived = models.BooleanField(_("archived"), default=False)
    is_quiet = models.BooleanField(
        default=False, editable=False, help_text=_("A question was put off here: this chat asks no more.")
    )
    has_news = models.BooleanField(
        default=False, editable=False, help_text=_("An answer was finished and the chat was not opened since.")
    )
    active_leaf = models.ForeignKey(
        "assistant.Message", on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )
    created_at = models.DateTimeField(_("begun"))
    spoken_at = models.DateTimeField(_("last message"))
    deleted_at = models.DateTimeField(null=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ConversationQuerySet.as_manager()  # type: ignore[misc]  # a queryset of its own in place of the base one

    class Meta:
        verbose_name = _("conversation")
        verbose_name_plural = _("conversations")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint("user", "client_id", name="conversation_client_id_once"),
            models.CheckConstraint(condition=Q(mode__in=["normal", "temporary"]), name="conversation_mode_known"),
            models.CheckConstraint(
                condition=Q(personal__in=["less", "normal", "more"]), name="conversation_personal_known"
            ),
        ]
        indexes = [
            models.Index(
                fields=["user", "-spoken_at", "-id"], condition=Q(deleted_at=None), name="conversation_sidebar"
            )
        ]

    @property
    def is_temporary(self) -> bool:
        return self.mode == Conversation.Mode.TEMPORARY

    def __str__(self) -> str:
        return f"chat {self.pk}"  # without its title: what people wrote stays out of logs and of the administration
