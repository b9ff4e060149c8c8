"""The models that an operator connected, by role: rows of the administration as values that can be called."""

from __future__ import annotations

import logging

from django.db.models import QuerySet

from assistant.llm.keys import UnreadableKey, decrypt
from assistant.llm.types import Model
from assistant.models import ConnectedModel, ModelRole, Provider

log = logging.getLogger(__name__)
# Small roles go without models of their own to those of the chat. Pictures and vectors need a model made for them.
FALLS_BACK = frozenset({"reason", "extract", "summarise", "title", "vision"})


def as_model(row: ConnectedModel) -> Model:
    """A connected model as the gateway calls it. Raises UnreadableKey."""
    provider = row.provider
    prefix = "openai" if provider.kind == Provider.Kind.COMPATIBLE else provider.kind
    return Model(
        f"{prefix}/{row.name}",
        str(row),
        api_key=decrypt(bytes(provider.key_cipher)),
        api_base=provider.api_base,
        found_by="connected",
    )


def models_of_role(role: str) -> list[Model]:
    """The models of a role, best first; those of the chat where it has none and may do with them. Empty when nothing is connected.

    A model whose key can't be read any more is passed over: the page of models says so.
    """
    rows = ModelRole.objects.filter(
        role__in=[role, "chat"] if role in FALLS_BACK else [role],
        model__is_enabled=True,
        model__provider__is_enabled=True,
    ).select_related("model__provider")
    by_role = _by_role(rows)
    own = by_role.get(role, [])
    rest = [model for model in by_role.get("chat", []) if model not in own] if role in FALLS_BACK else []
    return [*own, *rest]


def models_made_for(role: str) -> list[Model]:
    """Those of a role alone, best first: none where others only stand in."""
    rows = ModelRole.objects.filter(role=role, model__is_enabled=True, model__provider__is_enabled=True)
    return _by_role(rows.select_related("model__provider")).get(role, [])


def _by_role(rows: QuerySet[ModelRole]) -> dict[str, list[Model]]:
    found: dict[str, list[Model]] = {}
    for row in rows.order_by("order", "id"):
        try:
            found.setdefault(row.role, []).append(as_model(row.model))
        except UnreadableKey:
            log.warning("the key of provider %s can't be read", row.model.provider_id)
    return found


def all_connected() -> list[Model]:
    """Every model that may be chosen for an answer, whatever its role; those for vectors alone left out."""
    found = []
    for row in ConnectedModel.objects.usable().exclude(roles__role="embed").distinct():
        try:
            found.append(as_model(row))
        except UnreadableKey:
            continue
    return found
