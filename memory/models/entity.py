from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.indexes import OpClass
from django.db import models
from django.utils.translation import gettext_lazy as _

from memory.values import bare_words, value_key
from profiles.owned import OwnedModel, OwnedQuerySet


class EntityQuerySet(OwnedQuerySet["Entity"]):
    def standing(self) -> EntityQuerySet:
        """Those that were not merged into another."""
        return self.filter(merged_into__isnull=True)

    def called(self, name: str) -> EntityQuerySet:
        """Those whose name is `name` but for accents, articles and titles, or begins with it when it is a single word."""
        bare = bare_words(name)
        key = " ".join(bare)
        return self.filter(
            models.Q(bare_key=key) | models.Q(bare_key__startswith=f"{key} ")
            if len(bare) == 1
            else models.Q(bare_key=key)
        )


class Entity(OwnedModel):
    """Somebody or something that facts are about, beside the user."""

    class Kind(models.TextChoices):
        PERSON = "person", _("person")
        ANIMAL = "animal", _("animal")
        PLACE = "place", _("place")
        ORGANISATION = "organisation", _("organisation")
        THING = "thing", _("thing")
        UNKNOWN = "unknown", _("unknown")

    name = models.CharField(max_length=240)
    name_key = models.CharField(max_length=480)
    bare_key = models.CharField(max_length=480, default="")  # without accents, articles and titles
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.UNKNOWN)
    relation = models.CharField(max_length=40, blank=True)  # to the user, as the relation tables name it: "sister"
    merged_into = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="merged")
    created_at = models.DateTimeField()
    batch = models.ForeignKey("memory.Batch", on_delete=models.SET_NULL, null=True, blank=True, related_name="entities")

    objects: ClassVar = EntityQuerySet.as_manager()

    class Meta:
        verbose_name = _("person or thing")
        verbose_name_plural = _("people and things")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(merged_into__isnull=True) | ~models.Q(merged_into=models.F("id")),
                name="entity_not_merged_into_itself",
            )
        ]
        indexes = [
            models.Index("user", "name_key", name="entity_name"),
            models.Index(
                "user", OpClass("bare_key", "varchar_pattern_ops"), name="entity_bare_name"
            ),  # or how it begins
        ]

    def call(self, name: str) -> None:
        """Give it a name."""
        self.name, self.name_key = name[:240], value_key(name)[:480]
        self.bare_key = " ".join(bare_words(name))[:480]

    def __str__(self) -> str:
        return self.name


class EntityAlias(OwnedModel):
    """Another name, or a relation word, under which an entity is spoken of."""

    class Kind(models.TextChoices):
        NAME = "name", _("name")
        NICKNAME = "nickname", _("nickname")
        RELATION = "relation", _("relation")

    entity = models.ForeignKey(Entity, on_delete=models.CASCADE, related_name="aliases")
    alias = models.CharField(max_length=240)
    alias_key = models.CharField(max_length=480)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    created_at = models.DateTimeField()
    batch = models.ForeignKey("memory.Batch", on_delete=models.CASCADE, null=True, blank=True, related_name="aliases")

    class Meta:
        verbose_name = _("other name")
        verbose_name_plural = _("other names")
        constraints = [models.UniqueConstraint("entity", "alias_key", "kind", name="alias_once")]
        indexes = [models.Index("user", "alias_key", name="alias_look_up")]

    def __str__(self) -> str:
        return self.alias
