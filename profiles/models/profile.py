from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from profiles.owned import OwnedQuerySet


class Profile(models.Model):
    """What code needs to know about a user without asking memory. What a person *is* stands in memory's facts."""

    class Theme(models.TextChoices):
        SYSTEM = "system", _("System")
        LIGHT = "light", _("Light")
        DARK = "dark", _("Dark")

    class TextSize(models.IntegerChoices):
        SMALL = 90, _("90 %")
        NORMAL = 100, _("100 %")
        LARGE = 112, _("112 %")
        LARGEST = 125, _("125 %")

    class Expertise(models.TextChoices):
        UNSET = "", _("Not set")
        BEGINNER = "beginner", _("Explain as to a beginner")
        SOME = "some", _("I know the basics")
        EXPERT = "expert", _("I know my way around")

    class Announce(models.TextChoices):
        """When a screen reader is told what is being answered."""

        SENTENCES = "sentences", _("By sentence")
        FINISHED = "finished", _("When finished")
        OFF = "off", _("Off")

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="profile"
    )
    language = models.CharField(_("language"), max_length=12, default="en")
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC")
    custom_instructions = models.CharField(_("instructions"), max_length=1500, blank=True)
    expertise = models.CharField(_("expertise"), max_length=8, choices=Expertise.choices, blank=True)
    is_memory_paused = models.BooleanField(_("memory is paused"), default=False)
    theme = models.CharField(_("theme"), max_length=6, choices=Theme.choices, default=Theme.SYSTEM)
    text_size = models.PositiveSmallIntegerField(_("text size"), choices=TextSize.choices, default=TextSize.NORMAL)
    has_single_keys = models.BooleanField(_("single-key shortcuts"), default=True)
    sends_by_ctrl_enter = models.BooleanField(_("Ctrl Enter sends"), default=False)
    announce = models.CharField(
        _("announce answers"), max_length=9, choices=Announce.choices, default=Announce.SENTENCES
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("profile")
        verbose_name_plural = _("profiles")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(theme__in=["system", "light", "dark"]), name="profile_theme_known"
            ),
            models.CheckConstraint(
                condition=models.Q(expertise__in=["", "beginner", "some", "expert"]), name="profile_expertise_known"
            ),
            models.CheckConstraint(
                condition=models.Q(announce__in=["sentences", "finished", "off"]), name="profile_announce_known"
            ),
            models.CheckConstraint(
                condition=models.Q(text_size__in=[90, 100, 112, 125]), name="profile_text_size_known"
            ),
        ]

    def __str__(self) -> str:
        return str(self.user_id)
