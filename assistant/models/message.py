from __future__ import annotations

from typing import Self
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from profiles.owned import OwnedModel, OwnedQuerySet


class MessageQuerySet(OwnedQuerySet["Message"]):
    def siblings_of(self, message: Message) -> Self:
        """The versions of one message, itself included, oldest first."""
        return self.filter(
            conversation_id=message.conversation_id, parent_id=message.parent_id, role=message.role
        ).order_by("id")

    def path_to(self, leaf_id: UUID, *, limit: int) -> Self:
        """The last `limit` messages of the branch that ends in `leaf_id`, oldest first. One query, whatever the length."""
        return self.filter(
            id__in=models.expressions.RawSQL(
                """WITH RECURSIVE path(id, parent_id, depth) AS (
                     SELECT id, parent_id, 1 FROM assistant_message WHERE id = %s
                     UNION ALL
                     SELECT m.id, m.parent_id, depth + 1 FROM assistant_message m JOIN path ON m.id = path.parent_id WHERE depth < %s)
                   SELECT id FROM path""",
                [leaf_id, limit],
            )
        ).order_by("id")


class Message(OwnedModel):
    """What somebody said. Its text never changes after it is finished, save for what is cut by forgetting: an edit makes a sibling."""

    class Role(models.TextChoices):
        USER = "user", _("You")
        ASSISTANT = "assistant", _("Answer")

    conversation = models.ForeignKey("assistant.Conversation", on_delete=models.CASCADE, related_name="messages")
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="children")
    role = models.CharField(max_length=9, choices=Role.choices)
    text = models.TextField(_("text"), blank=True)
    pasted = models.JSONField(
        default=list, editable=False, help_text=_("Spans [start, end) that the person did not write.")
    )
    client_id = models.CharField(max_length=64, null=True, editable=False)  # noqa: DJ001  (null: not unique)
    created_at = models.DateTimeField(_("said"))
    feedback = models.SmallIntegerField(default=0, editable=False)  # -1, 0, 1

    objects = MessageQuerySet.as_manager()  # type: ignore[misc]  # a queryset of its own in place of the base one

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        constraints = [
            models.UniqueConstraint("user", "client_id", name="message_client_id_once"),
            models.CheckConstraint(condition=Q(role__in=["user", "assistant"]), name="message_role_known"),
            models.CheckConstraint(condition=Q(feedback__in=[-1, 0, 1]), name="message_feedback_known"),
        ]
        indexes = [models.Index(fields=["conversation", "id"], name="message_by_conversation")]

    def __str__(self) -> str:
        return f"{self.role} {self.pk}"
