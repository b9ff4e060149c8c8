from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from memory.models.scoped import Origin, ScopedModel
from profiles.owned import OwnedQuerySet


class MemoryState(models.Model):
    """One row a user. Its update numbers the turns, and tells caches what changed."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="+")
    version = models.PositiveBigIntegerField(default=0)
    erased_version = models.PositiveBigIntegerField(default=0)
    turns = models.PositiveBigIntegerField(default=0)
    total_length = models.PositiveBigIntegerField(default=0)
    embedder = models.CharField(
        max_length=120, default="", db_default="", blank=True
    )  # the remote one whose vectors serve
    embedded_version = models.PositiveBigIntegerField(
        default=0, db_default=0
    )  # up to which all of its vectors are there

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("state of memory")
        verbose_name_plural = _("states of memory")

    def __str__(self) -> str:
        return f"version {self.version}"


class Summary(ScopedModel):
    """What was said, in short: of a block of turns, a conversation, a week, a topic or the person."""

    class Level(models.TextChoices):
        BLOCK = "block", _("turns")
        CONVERSATION = "conversation", _("conversation")
        WEEK = "week", _("week")
        TOPIC = "topic", _("topic")
        PERSONA = "persona", _("person")

    level = models.CharField(max_length=12, choices=Level.choices)
    conversation_id = models.UUIDField(null=True, blank=True)
    topic = models.CharField(max_length=40, blank=True)
    from_seq = models.PositiveBigIntegerField(default=0)
    upto_seq = models.PositiveBigIntegerField(default=0)
    upto_message_id = models.UUIDField(null=True, blank=True)
    text = models.TextField()
    sections = models.JSONField(default=list, blank=True)  # of what `text` is joined; each is renewed by itself
    version = models.PositiveIntegerField(default=1)
    episode_ids = ArrayField(models.UUIDField(), default=list, blank=True)
    fact_ids = ArrayField(models.UUIDField(), default=list, blank=True)
    is_stale = models.BooleanField(default=False)
    origin = models.CharField(max_length=11, choices=Origin.choices, default=Origin.INFERRED)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("summary")
        verbose_name_plural = _("summaries")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(from_seq__lte=models.F("upto_seq")), name="summary_range_forward"
            ),
        ]
        indexes = [models.Index(fields=["user", "level", "conversation_id", "-upto_seq"], name="summary_look_up")]

    def __str__(self) -> str:
        return f"{self.level} {self.version}"
