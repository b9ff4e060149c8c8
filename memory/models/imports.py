from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from profiles.owned import OwnedModel


class Import(OwnedModel):
    """A file that is taken in part by part. Each part is one transaction, so that after a crash it goes on where it stood."""

    class Format(models.TextChoices):
        EXPORT = "export", _("export of Remembrancer")
        HISTORY = "history", _("conversations")
        FACTS = "facts", _("facts")

    class State(models.TextChoices):
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        CANCELLED = "cancelled", _("cancelled")

    format = models.CharField(max_length=7, choices=Format.choices)
    name = models.CharField(max_length=120, blank=True)  # of the file, as the user knows it
    state = models.CharField(max_length=9, choices=State.choices, default=State.RUNNING)
    total = models.PositiveIntegerField()  # lines
    done = models.PositiveIntegerField(default=0)
    parts = models.PositiveIntegerField()
    cursor = models.PositiveIntegerField(default=0)  # the part that comes next
    found = models.JSONField(default=dict, blank=True)  # what the file holds: lines by kind
    kept = models.JSONField(default=dict, blank=True)  # lines by kind that came in, or stood already
    errors = models.JSONField(default=list, blank=True)  # {"line", "reason"}; never content
    opened_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        constraints = [
            models.CheckConstraint(condition=models.Q(done__lte=models.F("total")), name="import_done_of_total"),
            models.CheckConstraint(
                condition=models.Q(state="running", finished_at__isnull=True)
                | models.Q(state__in=["done", "cancelled"], finished_at__isnull=False),
                name="import_finished_with_its_time",
            ),
        ]
        indexes = [models.Index(fields=["user", "-opened_at"], name="import_latest")]

    def __str__(self) -> str:
        return f"{self.format} ({self.state})"


class ImportPart(OwnedModel):
    """Some lines of a file that have not been taken in yet; gone as soon as they are."""

    whole = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="waiting")
    number = models.PositiveIntegerField()
    lines = models.BinaryField()  # JSON, compressed

    class Meta:
        verbose_name = _("part of an import")
        verbose_name_plural = _("parts of imports")
        constraints = [models.UniqueConstraint("whole", "number", name="import_part_once")]

    def __str__(self) -> str:
        return f"part {self.number}"
