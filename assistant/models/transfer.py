from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from profiles.owned import OwnedModel, OwnedQuerySet


class TransferQuerySet(OwnedQuerySet["Transfer"]):
    def unfinished(self) -> Self:
        return self.filter(state__in=[Transfer.State.QUEUED, Transfer.State.RUNNING])

    def lost(self, now: datetime) -> Self:
        """Those that nobody works on: whose wake-up never came, or whose worker stopped renewing its lease."""
        return self.unfinished().filter(Q(lease_until=None) | Q(lease_until__lt=now))


class Transfer(OwnedModel):
    """Taking along all that is kept of a user, or taking in what another assistant kept. Worked on by a task, piece by piece."""

    class Kind(models.TextChoices):
        EXPORT = "export", _("export")
        IMPORT = "import", _("import")

    class State(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        RUNNING = "running", _("At work")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")
        CANCELLED = "cancelled", _("Cancelled")

    class Source(models.TextChoices):
        OURS = "ours", _("Remembrancer")
        CHATGPT = "chatgpt", _("ChatGPT")
        CLAUDE = "claude", _("Claude")
        OPEN_WEBUI = "open_webui", _("Open WebUI")

    kind = models.CharField(max_length=6, choices=Kind.choices)
    state = models.CharField(max_length=9, choices=State.choices, default=State.QUEUED)
    source = models.CharField(max_length=10, choices=Source.choices, blank=True)
    name = models.CharField(max_length=120, blank=True)  # of the file
    problem = models.CharField(max_length=40, blank=True)  # why it failed, as a short name
    total = models.PositiveIntegerField(default=0)  # chats
    done = models.PositiveIntegerField(default=0)
    found = models.JSONField(default=dict)  # what the file holds, by kind
    kept = models.JSONField(default=dict)  # what came in, by kind
    memory_import = models.UUIDField(null=True)  # memory's own row about it
    size = models.PositiveBigIntegerField(default=0)  # bytes of what can be fetched
    lease_until = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    objects = TransferQuerySet.as_manager()  # type: ignore[misc]  # a queryset of its own in place of the base one

    class Meta:
        verbose_name = _("transfer")
        verbose_name_plural = _("transfers")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["export", "import"]), name="transfer_kind_known"),
            models.CheckConstraint(
                condition=Q(state__in=["queued", "running", "done", "failed", "cancelled"]), name="transfer_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["queued", "running"], finished_at=None)
                | Q(state__in=["done", "failed", "cancelled"], finished_at__isnull=False),
                name="transfer_finished_or_not",
            ),
            models.UniqueConstraint(
                "user", "kind", condition=Q(state__in=["queued", "running"]), name="transfer_one_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"

    @property
    def is_finished(self) -> bool:
        return self.state not in (Transfer.State.QUEUED, Transfer.State.RUNNING)


class TransferPiece(OwnedModel):
    """A stretch of a file that is on its way. In the database, because web and workers may stand on different machines."""

    class Stage(models.TextChoices):
        RAW = "raw", _("as it came")
        WORK = "work", _("being worked on")
        RESULT = "result", _("to be fetched")

    transfer = models.ForeignKey(Transfer, on_delete=models.CASCADE, related_name="pieces")
    stage = models.CharField(max_length=6, choices=Stage.choices)
    number = models.PositiveIntegerField()
    data = models.BinaryField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint("transfer", "stage", "number", name="transfer_piece_once")]

    def __str__(self) -> str:
        return f"{self.stage} {self.number}"
