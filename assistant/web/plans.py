"""What is coming up of what a person told, and what there is to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from assistant.conversations.selectors import titles_of
from memory import api as memory

PLANS = 3
NEAR = timedelta(days=7)  # a plan this close is gone on with, in the chat it was made in


@dataclass(frozen=True, slots=True)
class Plan:
    """Something that is coming up. `next` is what there is to do about it: go_on, plan or prepare; `chat` the title of the chat to go on with."""

    fact: memory.FactView
    next: str
    chat: str = ""


def coming_up(user_id: UUID, *, at: datetime) -> list[Plan]:
    """The next few plans with a date, soonest first. What is near is gone on with, a journey is planned, the rest is prepared."""
    plans = memory.facts_of(user_id, memory.FactFilter(topic="plans", statuses=("active",)), limit=100).facts
    dated = [(plan.expires_at, plan) for plan in plans if plan.expires_at and plan.expires_at > at]
    soonest = sorted(dated, key=lambda pair: pair[0])[:PLANS]
    titles = titles_of(user_id, {plan.conversation_id for _, plan in soonest if plan.conversation_id})
    found = []
    for due, plan in soonest:
        chat = titles.get(plan.conversation_id, "") if plan.conversation_id and due - at < NEAR else ""
        found.append(Plan(plan, "go_on" if chat else "plan" if plan.predicate == "trip" else "prepare", chat))
    return found
