from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from profiles.owned import OwnedModel


class ScopedModel(OwnedModel):
    """A row of a user that belongs to the user as a whole, to an isolated project or to one conversation."""

    class Scope(models.TextChoices):
        USER = "user", _("user")
        PROJECT = "project", _("project")
        CONVERSATION = "conversation", _("conversation")

    scope_kind = models.CharField(max_length=12, choices=Scope.choices, default=Scope.USER)
    scope_id = models.UUIDField(null=True, blank=True)

    class Meta:
        abstract = True


class Origin(models.TextChoices):
    """Who vouches for a row. Set by code when it is written, and never changed: a trigger sees to that."""

    USER_EDITED = "user_edited", _("typed by you")
    USER_SAID = "user_said", _("said by you")
    ADMIN = "admin", _("entered by an administrator")
    IMPORT = "import", _("imported")
    DOCUMENT = "document", _("from a document")
    WEB = "web", _("from the web")
    TOOL = "tool", _("from a tool")
    INFERRED = "inferred", _("inferred")


class Precision(models.TextChoices):
    NONE = "none", _("unknown")
    DAY = "day", _("day")
    WEEK = "week", _("week")
    MONTH = "month", _("month")
    YEAR = "year", _("year")


class Change(models.TextChoices):
    ASSERTS = "asserts", _("says that it is so")
    CORRECTS = "corrects", _("says that it was never so, but thus")
    ENDS = "ends", _("says that it is over")
    NEGATES = "negates", _("says that it was never so")
