"""Trying a model that was connected: one call on the account of whoever asks, with its row of usage."""

from __future__ import annotations

from uuid import UUID

from asgiref.sync import sync_to_async
from django.utils import timezone
from django.utils.translation import gettext as _

from assistant.llm.budgets import check_budget
from assistant.llm.choice import TrialResult, test_model
from assistant.llm.errors import ErrorCode, ProviderError
from assistant.llm.for_meaning import RemoteEmbedder
from assistant.llm.types import Model
from assistant.llm.usage import Call, note_calls
from assistant.models import ConnectedModel, ModelRole
from memory.ports import ModelFailed
from profiles.owned import work_as


def role_of(row: ConnectedModel) -> str:
    """What a connected model is tried as: the first role that it was given; that of the chat where it has none."""
    found = ModelRole.objects.filter(model=row).order_by("id").values_list("role", flat=True).first()
    return found or ModelRole.Role.CHAT


async def try_model(user_id: UUID, model: Model, *, role: str = ModelRole.Role.CHAT) -> TrialResult:
    """Ask a model to say ok, or for one vector where it makes those. Never raises for a fault of the provider; a budget that is used up is told as one."""
    if role == ModelRole.Role.EMBED:
        return await sync_to_async(_try_embedder)(user_id, model)
    if not model.is_builtin:
        try:
            await sync_to_async(check_budget)(user_id, at=timezone.now())
        except ProviderError as spent:
            return _failed(spent)
    calls: list[Call] = []
    try:
        return await test_model(model, record=lambda *call: calls.append(call))
    finally:
        await work_as(user_id, note_calls, user_id, role, calls, at=timezone.now())


def _try_embedder(user_id: UUID, model: Model) -> TrialResult:
    try:
        RemoteEmbedder(model).embed_for(user_id, ["ok"])
    except ModelFailed as failure:
        known = str(failure) in set(ErrorCode)
        return _failed(ProviderError(ErrorCode(str(failure)) if known else ErrorCode.BAD_ANSWER, model=model.name))
    return TrialResult(ok=True, sentence=_("It answers."))


def _failed(error: ProviderError) -> TrialResult:
    return TrialResult(ok=False, sentence=error.sentence, code=error.code, detail=error.detail)
