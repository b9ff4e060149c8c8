from __future__ import annotations

from django.db import models

from profiles.owned import OwnedModel


class IdempotentRequest(OwnedModel):
    """The answer to a POST that carried an Idempotency-Key, for whoever sends it again within a day."""

    key = models.CharField(max_length=120)
    digest = models.BinaryField(max_length=32)  # of method, path and body
    status = models.PositiveSmallIntegerField(default=0)
    body = models.JSONField(null=True)
    received_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint("user", "key", name="idempotency_key_once")]
        indexes = [models.Index(fields=["received_at"], name="idempotent_request_by_time")]

    def __str__(self) -> str:
        return self.key
