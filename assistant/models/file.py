from __future__ import annotations

from datetime import datetime
from typing import Self
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from profiles.owned import OwnedModel, OwnedQuerySet


class FileQuerySet(OwnedQuerySet["File"]):
    def unsent(self) -> Self:
        """Those that were put into a message field and belong to no message yet."""
        return self.filter(conversation=None)

    def left_behind(self, before: datetime) -> Self:
        """Those put into a message field before this moment, whose message never came."""
        return self.unsent().filter(created_at__lt=before)

    def in_project(self, project_id: UUID) -> Self:
        """Those of the project's chats, archived ones too; without the words in them."""
        chats = self.filter(conversation__project_id=project_id, conversation__deleted_at=None)
        return chats.exclude(conversation__mode="temporary").select_related("conversation").defer("text")

    def with_message(self, message_id: UUID) -> Self:
        """Those attached to a message, in their order."""
        return self.filter(attachments__message=message_id).order_by("attachments__position")


class File(OwnedModel):
    """Something that a person attached to a message. It goes with its conversation."""

    class Kind(models.TextChoices):
        TEXT = "text", _("Text")
        PDF = "pdf", _("PDF")
        IMAGE = "image", _("Picture")

    class Problem(models.TextChoices):
        """Why there is no text, or not all of it."""

        NONE = "", ""
        NO_TEXT = "no-text", _("No text in it: it may be scanned.")
        LOCKED = "locked", _("Locked with a password, so its text can’t be read.")
        BROKEN = "broken", _("Its text can’t be read: the file is damaged.")
        FORGOTTEN = "forgotten", _("Deleted with what was forgotten.")

    conversation = models.ForeignKey(
        "assistant.Conversation", on_delete=models.CASCADE, null=True, editable=False, related_name="files"
    )
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=5, choices=Kind.choices)
    media_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField(_("size"), help_text=_("Bytes."))
    width = models.PositiveIntegerField(null=True, help_text=_("Pixels, of a picture."))
    height = models.PositiveIntegerField(null=True)
    text = models.TextField(blank=True, help_text=_("The words in it, as far as they are kept."))
    is_read = models.BooleanField(default=False, help_text=_("Its words were taken out, as far as there are any."))
    is_cut = models.BooleanField(default=False, help_text=_("There are more words in it than are kept."))
    problem = models.CharField(max_length=9, choices=Problem.choices, blank=True, default=Problem.NONE)
    created_at = models.DateTimeField(_("attached"))

    objects = FileQuerySet.as_manager()  # type: ignore[misc]  # a queryset of its own in place of the base one

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["text", "pdf", "image"]), name="file_kind_known"),
            models.CheckConstraint(
                condition=Q(problem__in=["", "no-text", "locked", "broken", "forgotten"]), name="file_problem_known"
            ),
            models.CheckConstraint(
                condition=Q(kind="image", width__gt=0, height__gt=0)
                | Q(kind__in=["text", "pdf"], width=None, height=None),
                name="file_pixels_of_pictures",
            ),
            models.CheckConstraint(condition=~Q(kind="image") | Q(text=""), name="file_picture_has_no_text"),
        ]
        indexes = [models.Index(fields=["created_at"], condition=Q(conversation=None), name="file_unsent")]

    @property
    def is_image(self) -> bool:
        return self.kind == File.Kind.IMAGE

    @property
    def is_gone(self) -> bool:
        """Whether its bytes were deleted with something that was forgotten."""
        return self.problem == File.Problem.FORGOTTEN

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"  # without its name: that may be private


class FileContent(OwnedModel):
    """The bytes, apart from the row that lists read."""

    file = models.OneToOneField(File, on_delete=models.CASCADE, related_name="content")
    data = models.BinaryField()

    def __str__(self) -> str:
        return f"bytes of {self.file_id}"


class Attachment(OwnedModel):
    """A file under a message. Versions of a message share their files."""

    message = models.ForeignKey("assistant.Message", on_delete=models.CASCADE, related_name="attachments")
    file = models.ForeignKey(File, on_delete=models.CASCADE, related_name="attachments")
    position = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["message", "position"]
        constraints = [
            models.UniqueConstraint("message", "position", name="attachment_position_once"),
            models.UniqueConstraint("message", "file", name="attachment_file_once"),
        ]

    def __str__(self) -> str:
        return f"{self.file_id} under {self.message_id}"
