from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from profiles.owned import OwnedModel, OwnedQuerySet


class RunQuerySet(OwnedQuerySet["Run"]):
    def unfinished(self) -> Self:
        return self.filter(status__in=[Run.Status.QUEUED, Run.Status.RUNNING])

    def lost(self, now: datetime, *, queued_before: datetime) -> Self:
        """Runs that nobody works on: whose worker stopped renewing its lease, or whose wake-up never came."""
        return self.filter(
            Q(status=Run.Status.RUNNING, lease_until__lt=now)
            | Q(status=Run.Status.QUEUED, created_at__lt=queued_before)
        )

    def held_by(self, run: Run) -> Self:
        """The run, if the worker that claimed `run` still holds it."""
        return self.filter(id=run.id, status=Run.Status.RUNNING, attempt=run.attempt)


class Run(OwnedModel):
    """The work on one answer. A row of the server: a stream only views it."""

    class Status(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        RUNNING = "running", _("Being written")
        WAITING = "waiting", _("Waits for you")
        DONE = "done", _("Done")
        TRUNCATED = "truncated", _("Cut at the length limit")
        INTERRUPTED = "interrupted", _("The model stopped")
        CANCELLED = "cancelled", _("Stopped")
        FAILED = "failed", _("Failed")

    class Thinking(models.TextChoices):
        AUTO = "auto", _("As the question asks")
        OFF = "off", _("Quick")
        ON = "on", _("Think first")

    class Weighing(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        RUNNING = "running", _("Being weighed")
        DONE = "done", _("Weighed")
        FAILED = "failed", _("Not weighed")

    conversation = models.ForeignKey("assistant.Conversation", on_delete=models.CASCADE, related_name="runs")
    question = models.ForeignKey("assistant.Message", on_delete=models.CASCADE, related_name="+")
    answer = models.OneToOneField("assistant.Message", on_delete=models.CASCADE, related_name="run")
    status = models.CharField(_("status"), max_length=11, choices=Status.choices, default=Status.QUEUED)
    attempt = models.PositiveSmallIntegerField(_("attempts"), default=0)
    continued = models.PositiveSmallIntegerField(
        default=0, editable=False, help_text=_("How often it went on after the person had decided about a tool.")
    )
    lease_until = models.DateTimeField(null=True, editable=False)
    cancel_requested_at = models.DateTimeField(null=True, editable=False)
    actions = models.JSONField(
        default=list, editable=False, help_text=_("Lines of memory about what a command in the question did.")
    )
    left_out = models.JSONField(
        default=list, editable=False, help_text=_("References of items that this answer had to do without.")
    )
    thinking = models.CharField(max_length=4, choices=Thinking.choices, default=Thinking.AUTO)
    suggestions = models.JSONField(default=list, editable=False, help_text=_("Ideas for what to say next."))
    requested_model = models.CharField(max_length=120, blank=True)
    model = models.CharField(_("model"), max_length=120, blank=True)
    parameters = models.JSONField(default=dict, editable=False)  # with which models were asked: see `runs.route`
    error_code = models.CharField(_("error"), max_length=40, blank=True)
    error_detail = models.CharField(max_length=400, blank=True)
    input_tokens = models.PositiveIntegerField(null=True)
    output_tokens = models.PositiveIntegerField(null=True)
    cached_tokens = models.PositiveIntegerField(null=True)
    cost = models.DecimalField(max_digits=12, decimal_places=6, null=True)
    weighing = models.CharField(
        max_length=7, choices=Weighing.choices, blank=True, help_text=_("How far the weighing of its memories is.")
    )
    weighed = models.PositiveSmallIntegerField(default=0)
    timings = models.JSONField(default=dict, help_text=_("Milliseconds of each step."))
    # (characters, percent) of each token of the answer, where the provider tells how sure the model was. No text: the answer has that.
    confidence = models.JSONField(default=list, editable=False)
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    objects = RunQuerySet.as_manager()  # type: ignore[misc]  # a queryset of its own in place of the base one

    class Meta:
        verbose_name = _("run")
        verbose_name_plural = _("runs")
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    status__in=[
                        "queued",
                        "running",
                        "waiting",
                        "done",
                        "truncated",
                        "interrupted",
                        "cancelled",
                        "failed",
                    ]
                ),
                name="run_status_known",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["queued", "running"], finished_at=None)
                | (~Q(status__in=["queued", "running"]) & Q(finished_at__isnull=False)),
                name="run_finished_or_not",
            ),
            models.CheckConstraint(condition=~Q(status="running") | Q(lease_until__isnull=False), name="run_has_lease"),
            models.CheckConstraint(condition=~Q(question=F("answer")), name="run_answers_another"),
        ]
        indexes = [
            models.Index(
                fields=["status", "created_at"], condition=Q(status__in=["queued", "running"]), name="run_unfinished"
            ),
            models.Index(fields=["conversation", "id"], name="run_by_conversation"),
        ]

    def __str__(self) -> str:
        return f"{self.id} {self.status}"

    @property
    def is_finished(self) -> bool:
        """Whether nobody works on it, nor will without being told to: one that waits for the person counts."""
        return self.status not in (Run.Status.QUEUED, Run.Status.RUNNING)
