"""What an owner does to providers: connect one, name its models, say which model does what. Rows of the installation, of no user."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Prefetch
from django.utils.translation import gettext as _

from assistant.llm.choice import TrialResult, forget_embedder
from assistant.llm.keys import UnreadableKey, decrypt, encrypt
from assistant.models import Budget, ConnectedModel, ModelRole, Provider

REMEMBERED_SECONDS = 30 * 86_400  # for how long the page tells what came of a test
NEEDS_ADDRESS = frozenset({Provider.Kind.OLLAMA, Provider.Kind.COMPATIBLE})


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of the last test of a provider."""

    ok: bool
    sentence: str
    code: str
    at: datetime


def all_providers() -> list[Provider]:
    """Every provider with its models, by name."""
    return list(Provider.objects.prefetch_related(Prefetch("offers", ConnectedModel.objects.order_by("name", "id"))))


def connect_provider(*, kind: str, name: str, api_base: str = "", key: str = "") -> Provider:
    """Store a provider, its key encrypted. An empty name takes that of its kind. Raises ValidationError with a message for each field."""
    if kind not in Provider.Kind.values:
        raise ValidationError({"kind": _("There is no such kind of provider.")})
    api_base = api_base.strip().rstrip("/")
    if api_base and "://" not in api_base:
        api_base = f"http://{api_base}"  # as people write an address on their own network
    if kind in NEEDS_ADDRESS and not api_base:
        raise ValidationError({"api_base": _("An address is needed, such as http://localhost:11434.")})
    if kind not in NEEDS_ADDRESS and not key.strip():
        raise ValidationError({"key": _("This provider wants a key.")})
    name = " ".join(name.split())[:60] or str(Provider.Kind(kind).label)[:60]
    if Provider.objects.filter(name__iexact=name).exists():
        raise ValidationError({"name": _("There is a provider of this name already.")})
    provider = Provider(kind=kind, name=name, api_base=api_base, key_cipher=encrypt(key.strip()))
    provider.full_clean()
    provider.save()
    return provider


def replace_key(provider: Provider, key: str) -> None:
    """Store another key, or none. What was found out with the old one no longer counts."""
    provider.key_cipher = encrypt(key.strip())
    provider.save(update_fields=["key_cipher"])
    cache.delete(_tried(provider))


def key_of(provider: Provider) -> str:
    """The stored key, to ask the provider with. Raises UnreadableKey."""
    return decrypt(bytes(provider.key_cipher))


def key_is_readable(provider: Provider) -> bool:
    """Whether the stored key can be used; False when it has to be entered again."""
    try:
        key_of(provider)
    except UnreadableKey:
        return False
    return True


@transaction.atomic
def add_model(provider: Provider, name: str) -> ConnectedModel:
    """Name a model of a provider. The first one of all answers chats from now on. Raises ValidationError."""
    model = ConnectedModel(provider=provider, name=name.strip())
    model.full_clean()
    model.save()
    if not ModelRole.objects.filter(role=ModelRole.Role.CHAT).exists() and "embed" not in model.name.casefold():
        ModelRole.objects.create(role=ModelRole.Role.CHAT, model=model)
    return model


def roles_with_models() -> list[tuple[str, list[ModelRole]]]:
    """Each role with its models, the first to be asked first."""
    rows = list(ModelRole.objects.select_related("model__provider").order_by("order", "id"))
    return [(role, [row for row in rows if row.role == role]) for role in ModelRole.Role.values]


@transaction.atomic
def give_role(role: str, model: ConnectedModel) -> None:
    """Let a model serve a role, after those that do already. Raises ValidationError for an unknown role."""
    if role not in ModelRole.Role.values:
        raise ValidationError({"role": _("There is no such role.")})
    rows = list(ModelRole.objects.select_for_update().filter(role=role).order_by("order", "id"))
    if all(row.model_id != model.pk for row in rows):
        ModelRole.objects.create(role=role, model=model, order=rows[-1].order + 1 if rows else 0)
    transaction.on_commit(forget_embedder)


@transaction.atomic
def move_up(row: ModelRole) -> None:
    """Have a model asked before the one that stands before it."""
    rows = list(ModelRole.objects.select_for_update().filter(role=row.role).order_by("order", "id"))
    place = next((at for at, other in enumerate(rows) if other.pk == row.pk), 0)
    if place:
        rows[place - 1], rows[place] = rows[place], rows[place - 1]
    for order, other in enumerate(rows):
        other.order = order
    ModelRole.objects.bulk_update(rows, ["order"])


def note_trial(provider: Provider, result: TrialResult, *, at: datetime) -> None:
    """Keep what came of a test, for the page."""
    cache.set(_tried(provider), Tried(result.ok, result.sentence, result.code, at), REMEMBERED_SECONDS)


def last_trial(provider: Provider) -> Tried | None:
    """What came of the last test; None when there was none."""
    found: Tried | None = cache.get(_tried(provider))
    return found


def _tried(provider: Provider) -> str:
    return f"provider:{provider.pk}:tried"


def budget_of_all() -> Budget | None:
    """What everybody together may spend in a month."""
    return Budget.objects.filter(user=None, project=None).first()
