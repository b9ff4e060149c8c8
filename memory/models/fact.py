from __future__ import annotations

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from memory.models.episode import Episode
from memory.models.scoped import Change, Origin, Precision, ScopedModel
from profiles.owned import OwnedModel, OwnedQuerySet


class FactQuerySet(OwnedQuerySet["Fact"]):
    def active(self) -> FactQuerySet:
        return self.filter(status=Fact.Status.ACTIVE)

    def shown(self) -> FactQuerySet:
        """All that a person may ever see; what was undone is kept for the audit only."""
        return self.exclude(status=Fact.Status.WITHDRAWN)

    def known_at(self, moment: datetime) -> FactQuerySet:
        """What stood in memory then."""
        return self.filter(recorded_at__lte=moment).filter(
            models.Q(retired_at__isnull=True) | models.Q(retired_at__gt=moment)
        )

    def about_user(self) -> FactQuerySet:
        return self.filter(entity__isnull=True)

    def in_slot(self, slot_key: str) -> FactQuerySet:
        return self.filter(slot_key=slot_key)

    def in_scope(self, kind: str, scope_id: UUID | None) -> FactQuerySet:
        return self.filter(scope_kind=kind, scope_id=scope_id)


class Fact(ScopedModel):
    """Something that holds, held or will hold, about the user or an entity. Bi-temporal: when it held, and when we knew it."""

    class Kind(models.TextChoices):
        STATE = "state", _("state")
        EVENT = "event", _("event")
        PREFERENCE = "preference", _("preference")
        PLAN = "plan", _("plan")
        INSTRUCTION = "instruction", _("instruction")
        RELATION = "relation", _("relation")

    class Status(models.TextChoices):
        ACTIVE = "active", _("holds")
        SUPERSEDED = "superseded", _("no longer holds")
        WRONG = "wrong", _("never held")
        EXPIRED = "expired", _("is over")
        DISPUTED = "disputed", _("two answers")
        PROPOSED = "proposed", _("waits for you")
        WITHDRAWN = "withdrawn", _("undone")

    entity = models.ForeignKey("memory.Entity", on_delete=models.CASCADE, null=True, blank=True, related_name="facts")
    subject = models.CharField(max_length=240, default="user")  # as shown; `entity` decides
    predicate = models.CharField(max_length=40)
    value = models.CharField(max_length=240)
    value_key = models.CharField(max_length=480)
    text = models.CharField(max_length=240)
    kind = models.CharField(max_length=11, choices=Kind.choices)
    slot_key = models.CharField(max_length=600, blank=True)  # empty for events, which take up no slot

    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    precision = models.CharField(max_length=5, choices=Precision.choices, default=Precision.NONE)
    said_on = models.DateField()  # first said, in the user's zone: counts as the start where none is known
    said_at = models.DateTimeField()  # last said or typed
    recorded_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)

    status = models.CharField(max_length=10, choices=Status.choices)
    origin = models.CharField(max_length=11, choices=Origin.choices)
    reader = models.CharField(max_length=5, blank=True)  # "rules" or "model": who read it in the turn
    confidence = models.FloatField(default=1.0)
    importance = models.FloatField(default=0.5)
    sensitivity = models.CharField(max_length=10, default="none")
    expires_at = models.DateTimeField(null=True, blank=True)
    review_at = models.DateTimeField(null=True, blank=True)  # due for another look, by its decay class
    review_since = models.DateTimeField(null=True, blank=True)  # may be out of date, since something it hung on changed
    is_masked = models.BooleanField(default=False)
    terms = models.BinaryField(default=b"")
    version = models.PositiveIntegerField(default=1)
    changed_version = models.PositiveBigIntegerField(default=0)

    objects: ClassVar = FactQuerySet.as_manager()

    class Meta:
        verbose_name = _("fact")
        verbose_name_plural = _("facts")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "scope_kind", "scope_id", "slot_key"],
                condition=models.Q(status="active") & ~models.Q(slot_key=""),
                nulls_distinct=False,
                name="fact_one_active_a_slot",
            ),
            models.UniqueConstraint(fields=["id", "user"], name="fact_owner_for_evidence"),
            models.CheckConstraint(
                condition=models.Q(valid_from__isnull=True)
                | models.Q(valid_to__isnull=True)
                | models.Q(valid_from__lte=models.F("valid_to")),
                name="fact_window_forward",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    status__in=["active", "superseded", "wrong", "expired", "disputed", "proposed", "withdrawn"]
                ),
                name="fact_status_known",
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=["active", "disputed", "proposed"], retired_at__isnull=True)
                | models.Q(status__in=["superseded", "wrong", "expired", "withdrawn"], retired_at__isnull=False),
                name="fact_retired_with_its_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(confidence__gte=0, confidence__lte=1), name="fact_confidence_a_share"
            ),
            models.CheckConstraint(condition=~models.Q(sensitivity="secret"), name="fact_never_secret"),
            models.CheckConstraint(condition=~models.Q(value=""), name="fact_has_a_value"),
            models.CheckConstraint(
                condition=models.Q(scope_kind="user", scope_id__isnull=True)
                | models.Q(scope_kind__in=["project", "conversation"], scope_id__isnull=False),
                name="fact_scope_whole",
            ),
            models.CheckConstraint(
                condition=models.Q(precision__in=["none", "day", "week", "month", "year"]), name="fact_precision_known"
            ),
        ]
        indexes = [
            models.Index("user", "slot_key", name="fact_slot"),
            models.Index("user", "status", "predicate", name="fact_predicate"),
            models.Index("user", "predicate", "value_key", name="fact_value"),  # is it known?
            models.Index("user", "changed_version", name="fact_changed"),  # caches catch up
            models.Index(fields=["user", "-said_at", "-id"], name="fact_latest"),  # the memory page
            models.Index(
                "expires_at", condition=models.Q(status="active", expires_at__isnull=False), name="fact_expiring"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predicate} ({self.status})"


class Evidence(OwnedModel):
    """Where a fact was said: a span of an episode, its words, and what it says about time."""

    fact = models.ForeignKey(Fact, on_delete=models.CASCADE, related_name="evidence")
    episode = models.ForeignKey(Episode, on_delete=models.CASCADE, related_name="evidence")
    episode_length = models.IntegerField()  # a foreign key with the episode's own: the span can't leave the text
    start = models.IntegerField()
    end = models.IntegerField()
    quote = models.TextField()
    speaker = models.CharField(max_length=80, blank=True)
    said_at = models.DateTimeField()
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    precision = models.CharField(max_length=5, choices=Precision.choices, default=Precision.NONE)
    change = models.CharField(max_length=8, choices=Change.choices, default=Change.ASSERTS)
    batch = models.ForeignKey("memory.Batch", on_delete=models.CASCADE, null=True, blank=True, related_name="evidence")
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        constraints = [
            models.UniqueConstraint("fact", "episode", "start", "end", "change", name="evidence_once"),
            models.CheckConstraint(
                condition=models.Q(start__gte=0)
                & models.Q(start__lt=models.F("end"))
                & models.Q(end__lte=models.F("episode_length")),
                name="evidence_inside_its_turn",
            ),
            models.CheckConstraint(
                condition=models.Q(valid_from__isnull=True)
                | models.Q(valid_to__isnull=True)
                | models.Q(valid_from__lte=models.F("valid_to")),
                name="evidence_window_forward",
            ),
            models.CheckConstraint(
                condition=models.Q(change__in=["asserts", "corrects", "ends", "negates"]), name="evidence_change_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.change} [{self.start}:{self.end}]"


class FactLink(OwnedModel):
    """How one fact hangs on another: history, and the way that doubt spreads."""

    class Type(models.TextChoices):
        SUPERSEDES = "supersedes", _("takes the place of")
        CORRECTS = "corrects", _("puts right")
        EXTENDS = "extends", _("adds to")
        DEPENDS_ON = "depends_on", _("rests on")
        CONTRADICTS = "contradicts", _("contradicts")
        DUPLICATES = "duplicates", _("says the same as")

    source = models.ForeignKey(Fact, on_delete=models.CASCADE, related_name="links_out")
    target = models.ForeignKey(Fact, on_delete=models.CASCADE, related_name="links_in")
    type = models.CharField(max_length=11, choices=Type.choices)
    reason = models.CharField(max_length=40, blank=True)
    actor = models.CharField(max_length=20)
    batch = models.ForeignKey("memory.Batch", on_delete=models.CASCADE, null=True, blank=True, related_name="links")
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")
        constraints = [
            models.UniqueConstraint("source", "target", "type", name="link_once"),
            models.CheckConstraint(condition=~models.Q(source=models.F("target")), name="link_between_two"),
        ]

    def __str__(self) -> str:
        return self.type
