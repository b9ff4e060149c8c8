from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Length
from django.utils.translation import gettext_lazy as _
from pgvector.django import HalfVectorField

from memory.models.scoped import ScopedModel
from profiles.owned import OwnedModel, OwnedQuerySet


class EpisodeQuerySet(OwnedQuerySet["Episode"]):
    def standing(self) -> EpisodeQuerySet:
        """Those that were not withdrawn by an edit or a regeneration."""
        return self.filter(withdrawn_at__isnull=True)

    def in_conversation(self, conversation_id: UUID) -> EpisodeQuerySet:
        return self.filter(conversation_id=conversation_id)

    def in_order(self) -> EpisodeQuerySet:
        return self.order_by("said_at", "seq")


class Episode(ScopedModel):
    """One turn as it was said: evidence for facts, and searchable from the moment it is said."""

    class Role(models.TextChoices):
        USER = "user", _("user")
        ASSISTANT = "assistant", _("assistant")
        TOOL = "tool", _("tool")

    class Source(models.TextChoices):
        TYPED = "typed", _("typed")
        PASTE = "paste", _("pasted")
        TOOL = "tool", _("from a tool")
        FILE = "file", _("from a file")

    # Without an index of its own: every other one begins with the user, and a turn is written while somebody waits.
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False)
    seq = models.PositiveBigIntegerField()
    conversation_id = models.UUIDField()
    message_id = models.UUIDField(null=True, blank=True)
    role = models.CharField(max_length=9, choices=Role.choices)
    speaker = models.CharField(max_length=80, blank=True)
    source = models.CharField(max_length=5, choices=Source.choices, default=Source.TYPED)
    text = models.TextField()
    length = models.GeneratedField(expression=Length("text"), output_field=models.IntegerField(), db_persist=True)
    pasted = ArrayField(models.IntegerField(), default=list, blank=True)  # start, end, start, end, ...
    said_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    terms = models.BinaryField(default=b"")  # keyed hashes of the stemmed words, 8 bytes each, in the order of the text
    imported_in = models.ForeignKey(
        "memory.Import", on_delete=models.RESTRICT, null=True, blank=True, related_name="turns", db_index=False
    )  # from elsewhere: what is learned from it waits for the user
    changed_version = models.PositiveBigIntegerField()  # of the user's memory, when this row last changed
    rules_read_at = models.DateTimeField(null=True, blank=True)
    model_read_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    cut_at = models.DateTimeField(
        null=True, blank=True
    )  # something in it was forgotten; prompts take this text, not the message's

    objects: ClassVar = EpisodeQuerySet.as_manager()

    class Meta:
        verbose_name = _("turn")
        verbose_name_plural = _("turns")
        constraints = [
            models.UniqueConstraint("user", "seq", name="episode_numbered_once"),
            models.UniqueConstraint(fields=["id", "user", "length"], name="episode_length_for_evidence"),
            models.UniqueConstraint(
                "user", "message_id", condition=models.Q(message_id__isnull=False), name="episode_once_a_message"
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=["user", "assistant", "tool"]), name="episode_role_known"
            ),
            models.CheckConstraint(
                condition=models.Q(source__in=["typed", "paste", "tool", "file"]), name="episode_source_known"
            ),
            models.CheckConstraint(
                condition=models.Q(scope_kind="user", scope_id__isnull=True)
                | models.Q(scope_kind__in=["project", "conversation"], scope_id__isnull=False),
                name="episode_scope_whole",
            ),
        ]
        indexes = [
            # Neighbours, summaries. With the number, so that the turn before another is read off its end and never sorted for.
            models.Index("user", "conversation_id", "said_at", "seq", name="episode_conversation"),
            models.Index("user", "said_at", name="episode_said"),  # forget a time range
            models.Index("user", "changed_version", name="episode_changed"),  # caches catch up
            models.Index(
                "user",
                "seq",
                condition=models.Q(rules_read_at__isnull=True, withdrawn_at__isnull=True),
                name="episode_unread",
            ),
            models.Index(
                "user",
                "seq",
                condition=models.Q(
                    model_read_at__isnull=True, withdrawn_at__isnull=True, role="user", imported_in=None
                ),
                name="episode_unread_by_model",
            ),
            models.Index("imported_in", condition=models.Q(imported_in__isnull=False), name="episode_imported"),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.said_at:%Y-%m-%d}"


class Vector(OwnedModel):
    """Where a text stands in the space of one embedder. Two models stand side by side while re-embedding."""

    episode = models.ForeignKey(
        Episode, on_delete=models.CASCADE, null=True, blank=True, related_name="vectors", db_index=False
    )
    fact = models.ForeignKey(
        "memory.Fact", on_delete=models.CASCADE, null=True, blank=True, related_name="vectors", db_index=False
    )
    model = models.CharField(max_length=120)
    dimensions = models.PositiveSmallIntegerField()
    halfvec = HalfVectorField()

    class Meta:
        verbose_name = _("vector")
        verbose_name_plural = _("vectors")
        constraints = [
            models.UniqueConstraint(
                fields=["episode", "model"],
                condition=models.Q(episode__isnull=False),
                name="vector_once_an_episode_and_model",
            ),
            models.UniqueConstraint(
                fields=["fact", "model"], condition=models.Q(fact__isnull=False), name="vector_once_a_fact_and_model"
            ),
            models.CheckConstraint(
                condition=models.Q(episode__isnull=False, fact__isnull=True)
                | models.Q(episode__isnull=True, fact__isnull=False),
                name="vector_of_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.model}: {self.episode_id or self.fact_id}"
