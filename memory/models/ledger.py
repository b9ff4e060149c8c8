from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from memory.models.scoped import ScopedModel
from profiles.owned import OwnedModel, OwnedQuerySet


class Batch(OwnedModel):
    """One act of learning or editing: what `undo` takes back as a whole."""

    class Kind(models.TextChoices):
        EXTRACT = "extract", _("learned")
        COMMAND = "command", _("told to")
        EDIT = "edit", _("typed")
        CORRECT = "correct", _("corrected")
        CONFIRM = "confirm", _("confirmed")
        REJECT = "reject", _("rejected")
        ANSWER = "answer", _("answered")
        WITHDRAW = "withdraw", _("turn withdrawn")
        MERGE = "merge", _("merged")
        PATTERN = "pattern", _("noticed")
        EXPIRE = "expire", _("came due")
        FORGET = "forget", _("forgot")

    kind = models.CharField(max_length=8, choices=Kind.choices)
    actor = models.CharField(max_length=20)  # user, rules, model, system, admin
    at = models.DateTimeField()
    conversation_id = models.UUIDField(null=True, blank=True)
    message_ids = ArrayField(models.UUIDField(), default=list, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("batch")
        verbose_name_plural = _("batches")
        indexes = [models.Index(fields=["user", "-at", "-id"], name="batch_latest")]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d}"


class MemoryEvent(OwnedModel):
    """The audit: appended to, never changed. Only a forget may blank what stood before and after (a trigger sees to that)."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, null=True, blank=True, related_name="events")
    order = models.PositiveIntegerField(default=0)  # within its batch
    at = models.DateTimeField()
    actor = models.CharField(max_length=20)
    action = models.CharField(max_length=20)
    table = models.CharField(max_length=20, blank=True)
    row_id = models.UUIDField(null=True, blank=True)
    before = models.JSONField(null=True, blank=True)
    after = models.JSONField(null=True, blank=True)
    reason = models.CharField(max_length=60, blank=True)

    class Meta:
        verbose_name = _("memory event")
        verbose_name_plural = _("memory events")
        indexes = [
            models.Index("user", "row_id", name="event_of_row"),
            models.Index("user", "batch", "order", name="event_of_batch"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.table}"


class Question(OwnedModel):
    """Something the user is asked once."""

    class Kind(models.TextChoices):
        CONSENT = "consent", _("leave to remember")
        CONFLICT = "conflict", _("two answers")
        DUPLICATE = "duplicate", _("the same twice?")
        TYPED = "typed", _("differs from what you typed")
        ENTITY = "entity", _("who is meant?")

    class State(models.TextChoices):
        OPEN = "open", _("open")
        ANSWERED = "answered", _("answered")
        WITHDRAWN = "withdrawn", _("withdrawn")

    kind = models.CharField(max_length=9, choices=Kind.choices)
    state = models.CharField(max_length=9, choices=State.choices, default=State.OPEN)
    sensitivity = models.CharField(max_length=10, blank=True)
    predicate = models.CharField(max_length=40, blank=True)
    slot_key = models.CharField(max_length=600, blank=True)
    episode = models.ForeignKey("memory.Episode", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    fact_ids = ArrayField(models.UUIDField(), default=list, blank=True)
    entity_ids = ArrayField(models.UUIDField(), default=list, blank=True)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    batch = models.ForeignKey(Batch, on_delete=models.SET_NULL, null=True, blank=True, related_name="questions")

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        constraints = [
            models.UniqueConstraint(
                "user",
                "sensitivity",
                condition=models.Q(kind="consent", state="open"),
                name="question_consent_asked_once",
            ),
            models.CheckConstraint(
                condition=models.Q(state="open", answered_at__isnull=True)
                | models.Q(state__in=["answered", "withdrawn"], answered_at__isnull=False),
                name="question_closed_with_its_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} ({self.state})"


class Rejection(OwnedModel):
    """Why something read in a turn was not kept. Holds neither value nor quote."""

    job = models.ForeignKey("memory.MemoryJob", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, null=True, blank=True, related_name="rejections")
    episode = models.ForeignKey(
        "memory.Episode", on_delete=models.CASCADE, null=True, blank=True, related_name="rejections"
    )
    index = models.PositiveIntegerField()
    reason = models.CharField(max_length=12)
    predicate = models.CharField(max_length=40, blank=True)
    sensitivity = models.CharField(max_length=10, default="none")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("rejection")
        verbose_name_plural = _("rejections")
        indexes = [models.Index("user", "reason", "sensitivity", name="rejection_by_reason")]

    def __str__(self) -> str:
        return self.reason


class Tombstone(ScopedModel):
    """What must not be learned again, as keyed hashes: blocks, and reveals nothing."""

    digest = models.BinaryField(max_length=32)  # HMAC over user, predicate, subject key and value key
    created_at = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)  # empty: for ever

    class Meta:
        verbose_name = _("tombstone")
        verbose_name_plural = _("tombstones")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "scope_kind", "scope_id", "digest"], nulls_distinct=False, name="tombstone_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.created_at:%Y-%m-%d}"


class ForgetReceipt(OwnedModel):
    """What a forget removed: counts and keyed hashes, no content."""

    batch = models.ForeignKey(Batch, on_delete=models.SET_NULL, null=True, blank=True, related_name="receipts")
    at = models.DateTimeField()
    counts = models.JSONField(default=dict)
    hashes = ArrayField(models.CharField(max_length=64), default=list, blank=True)

    class Meta:
        verbose_name = _("receipt of a forget")
        verbose_name_plural = _("receipts of forgets")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d}"


class JobQuerySet(OwnedQuerySet["MemoryJob"]):
    def due(self, at: datetime) -> JobQuerySet:
        return self.filter(state=MemoryJob.State.DUE, due_at__lte=at)

    def lost(self, at: datetime) -> JobQuerySet:
        """Running, and their worker has not been heard of since its lease."""
        return self.filter(state=MemoryJob.State.RUNNING, lease_until__lt=at)


class MemoryJob(OwnedModel):
    """Work that is due. This row is the truth; the queue is only a wake-up."""

    class Kind(models.TextChoices):
        INGEST = "ingest", _("learn")
        READ = "read", _("read by a model")
        SUMMARISE = "summarise", _("summarise")
        EMBED = "embed", _("embed")
        CONSOLIDATE = "consolidate", _("consolidate")
        IMPORT = "import", _("import")

    class State(models.TextChoices):
        DUE = "due", _("due")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        ASIDE = "aside", _("set aside")

    kind = models.CharField(max_length=11, choices=Kind.choices)
    state = models.CharField(max_length=7, choices=State.choices, default=State.DUE)
    conversation_id = models.UUIDField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    calls = models.PositiveSmallIntegerField(db_default=0, default=0)  # of a model
    error = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    lag_ms = models.PositiveBigIntegerField(null=True, blank=True)  # from due to finished

    objects: ClassVar = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("memory job")
        verbose_name_plural = _("memory jobs")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "kind", "conversation_id"],
                condition=models.Q(state="due"),
                nulls_distinct=False,
                name="job_due_once",
            ),
            models.UniqueConstraint(
                fields=["user", "kind", "conversation_id"],
                condition=models.Q(state="running"),
                nulls_distinct=False,
                name="job_running_once",
            ),
        ]
        indexes = [
            models.Index("state", "due_at", condition=models.Q(state__in=["due", "running"]), name="job_open"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} ({self.state})"
