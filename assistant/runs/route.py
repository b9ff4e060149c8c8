"""Who answers a turn: the quick models of the chat, or those that think first; by what the person chose, else by a cheap rule. No model is asked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from assistant.llm import choice, gateway
from assistant.llm.budgets import check_budget
from assistant.llm.connected import models_made_for
from assistant.llm.seeing import can_see
from assistant.llm.types import Model, ProviderError
from assistant.models import ContextItem, File, Run
from profiles.owned import as_user

_HARD = re.compile(
    r"\b(?:prove|proof|derive|step by step|think (?:hard|carefully|it through)|reason through|trade-?offs?|pros and cons|root cause|debug|"
    r"refactor|optimi[sz]e|"
    r"algorithm|complexity|equation|integral|probability|strategy|analy[sz]e|compare .{3,80} (?:and|with|to)|"
    r"plan (?:a|the|my) .{10,}|"
    r"beweise?|leite .{1,40} her|schritt für schritt|"
    r"abwägen|vor- und nachteile|analysiere|vergleiche|paso a paso|demuestra|analiza|compara|ventajas y desventajas|"
    r"steg for steg|bevis|analyser|sammenlign)\b",
    re.IGNORECASE,
)
_LONG = 1200  # characters: a task that takes so many words to set deserves a thought


@dataclass(frozen=True, slots=True)
class Route:
    """`models` in the order in which they are asked, and the role in which; `effort` for those that can think; `step_by_step` for one that has to be told to.

    `because`: why the models that would have come first are not asked at all; `sees`: the first of them takes pictures.
    """

    models: list[Model]
    effort: str = ""
    step_by_step: bool = False
    because: ProviderError | None = None
    role: str = "chat"
    sees: bool = False


def parameters_of(way: Route, *, tools: int) -> dict[str, Any]:
    """With what the first model of a route is asked, for the receipt: its role, the effort that it is to make, whether it is told to go step by step, how
    many tools it is offered, and whether it is asked how sure it is. Temperature and the like are left to the model."""
    model = way.models[0]
    return {
        "role": way.role,
        "effort": way.effort if gateway.can_reason(model) else "",
        "step_by_step": way.step_by_step,
        "tools": tools,
        "log_probabilities": gateway.tells_confidence(model),
    }


def wants_thought(question: str) -> bool:
    """Whether a question looks like one that is better thought through."""
    return len(question) >= _LONG or "```" in question or bool(_HARD.search(question))


def route(run: Run, *, at: datetime) -> Route:
    """The models for one turn. With the month's budget used up only what costs nothing is left, and it says so. Raises UnknownModel."""
    thinks = run.thinking == Run.Thinking.ON or (run.thinking == Run.Thinking.AUTO and wants_thought(run.question.text))
    role = "reason" if thinks else "chat"
    models = choice.models_for(role, run.requested_model)
    sees = can_see(models[0])
    if not sees and (eyes := models_made_for("vision")) and _shows_pictures(run):
        models, role, sees = [*eyes, *models], "vision", True
    if models[0].is_builtin:
        return Route(models)
    try:
        check_budget(run.user_id, project_id=run.conversation.project_id, at=at)
    except ProviderError as spent:
        return Route([model for model in models if model.is_builtin] or [choice.BUILTIN], because=spent)
    if not thinks:
        return Route(models, role=role, sees=sees)
    can_think = gateway.can_reason(models[0])
    effort = "high" if run.thinking == Run.Thinking.ON else "medium"
    return Route(models, effort=effort, step_by_step=not can_think, role=role, sees=sees)


def _shows_pictures(run: Run) -> bool:
    """Whether a picture is attached to the question, or went into the answer before it: then it is spoken of."""
    with as_user(run.user_id):
        if File.objects.of(run.user_id).with_message(run.question_id).filter(kind=File.Kind.IMAGE).exists():
            return True
        before = ContextItem.objects.of(run.user_id).filter(run__answer=run.question.parent_id, kind="file")
        return run.question.parent_id is not None and before.filter(scores__seen=True).exists()
