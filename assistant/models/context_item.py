from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from profiles.owned import OwnedModel


class ContextItem(OwnedModel):
    """One thing that went into a prompt: the lines of a context receipt."""

    class Kind(models.TextChoices):
        INSTRUCTIONS = "instructions", _("Instructions")
        PROFILE = "profile", _("Profile")
        SUMMARY = "summary", _("Summary")
        TURN = "turn", _("Earlier message")
        FACT = "fact", _("Memory")
        EPISODE = "episode", _("From an earlier chat")
        ACTION = "action", _("What was done")
        NOW = "now", _("Date and place")
        TOOLS = "tools", _("Tools")
        RESULT = "result", _("Result of a tool")
        FOUND = "found", _("Memory found by a tool")  # a line of a result, whose tokens count there
        FILE = "file", _("File")
        RETRIEVED = "retrieved", _("Found, but not sent")  # no part of the prompt: there was no room for it
        MARKS = "marks", _("Marks")

    run = models.ForeignKey("assistant.Run", on_delete=models.CASCADE, related_name="context_items")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=Kind.choices)
    reference = models.CharField(max_length=64, blank=True, help_text=_("Id of the fact, episode, summary or message."))
    # Of a fact or a summary its own; of a turn that of memory when it last changed; of a message 1, or 2 when words were cut out of it since. 0: none.
    version = models.PositiveIntegerField(default=0)
    text = models.TextField(help_text=_("As it was sent."))
    tokens = models.PositiveIntegerField()
    scores = models.JSONField(default=dict)
    reason = models.CharField(max_length=160, blank=True)
    is_cited = models.BooleanField(default=False)
    is_carried = models.BooleanField(
        default=False, help_text=_("In the prompt since an earlier question of this chat.")
    )
    influence = models.FloatField(
        null=True,
        help_text=_("How much the answer differs without it: 0 not at all, 1 altogether. Empty: not measured."),
    )

    class Meta:
        verbose_name = _("context item")
        verbose_name_plural = _("context items")
        ordering = ["position"]
        constraints = [models.UniqueConstraint("run", "position", name="context_item_position_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
