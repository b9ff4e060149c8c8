from django.db import models


class SetupCode(models.Model):
    """The one-time code of the set-up link, hashed. There is at most one row, and none once the owner exists."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    digest = models.BinaryField(max_length=32)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="setup_code_only_one")]

    def __str__(self) -> str:
        return "set-up code"
