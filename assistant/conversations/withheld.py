"""What an answer has to do without: the chosen items of a receipt, and every other way by which they could come back into it.

A fact also stands in the words in which it was said, and in answers that were written with it. "Without this" means as if it had not been told, in the
prompt and in whatever a tool looks up; only the question itself stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Q

from assistant.models import ContextItem, Message, Run
from memory import api as memory
from memory.exceptions import NotRemembered

GAP = "…"


@dataclass(frozen=True, slots=True)
class Withheld:
    """`references` name facts, messages and summaries; `words` are the values of those facts; `cuts` tell by message what stands there of them."""

    references: frozenset[str] = frozenset()
    words: tuple[str, ...] = ()
    cuts: Mapping[UUID, tuple[str, ...]] = field(default_factory=dict)

    def holds(self, *ids: object) -> bool:
        """Whether any of these ids is withheld."""
        return bool(self.references) and any(str(one) in self.references for one in ids)

    def holds_recalled(self, item: memory.RecalledItem) -> bool:
        """The same of what memory found: a fact by itself, a turn by its message too. Other facts of one message stay."""
        return self.holds(item.id, item.line.id, *([item.message_id] if item.kind == "turn" else []))

    def is_told_in(self, text: str) -> bool:
        """Whether a text of many sources, such as a title or a summary, says one of the values."""
        return any(_pattern(word).search(text) for word in self.words)

    def cut(self, message_id: UUID, text: str) -> str:
        """A message without the words in which something withheld stands in it."""
        for words in sorted(self.cuts.get(message_id, ()), key=len, reverse=True):
            text = _pattern(words).sub(GAP, text)
        return text


NOTHING = Withheld()


def withheld_from(run: Run) -> Withheld:
    """What the answer of this run has to do without; inside `as_user`."""
    if not run.left_out:
        return NOTHING
    cuts: dict[UUID, set[str]] = {}
    values: list[str] = []
    for reference in run.left_out:
        detail = _fact(run.user_id, reference)
        if detail is None:
            for answer in _answers_citing(run.user_id, reference):
                cuts.setdefault(answer, set())
            continue
        value = detail.fact.value
        values.append(value)
        for said in detail.evidence:
            if said.message_id:
                cuts.setdefault(said.message_id, set()).add(said.quote)
        for answer in _answers_with(run.user_id, detail):
            cuts.setdefault(answer, set()).add(value)
    cuts.pop(run.question_id, None)
    return Withheld(
        references=frozenset([*run.left_out, *map(str, cuts)]),
        words=tuple(values),
        cuts={message: tuple(filter(None, words)) for message, words in cuts.items()},
    )


def _fact(user_id: UUID, reference: str) -> memory.FactDetail | None:
    try:
        return memory.fact_detail(user_id, UUID(reference))
    except (ValueError, NotRemembered):
        return None  # a message or a summary, or a fact that was forgotten since


def _answers_with(user_id: UUID, detail: memory.FactDetail) -> set[UUID]:
    """Answers that tell a fact: those that cite it, and those that were written with it, or with a turn that says it, and say its value."""
    sources = [str(detail.fact.id), *(str(said.message_id) for said in detail.evidence if said.message_id)]
    written_with = ContextItem.objects.of(user_id).filter(reference__in=sources).values("run__answer")
    answers = Message.objects.of(user_id).filter(role=Message.Role.ASSISTANT)
    tells = Q(text__contains=f"[f:{detail.fact.id}]") | Q(id__in=written_with, text__icontains=detail.fact.value)
    return set(answers.filter(tells).values_list("id", flat=True))


def _answers_citing(user_id: UUID, reference: str) -> set[UUID]:
    """Answers that rest on a turn or a summary."""
    cited = ContextItem.objects.of(user_id).filter(reference=reference, is_cited=True)
    return set(cited.values_list("run__answer_id", flat=True))


def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(words)}(?!\w)", re.IGNORECASE)
