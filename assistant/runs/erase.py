"""Forgetting reaches what this app keeps: receipts, titles, command lines, kept answers to repeated requests, and, where wanted, the messages themselves.

Bound to memory by the setting MEMORY_ERASERS; runs inside the transaction of the forget.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from uuid import UUID

from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.utils import timezone

from assistant.exchange.transfers import cancel_imports, drop_packed
from assistant.files.forget import cut_files
from assistant.models import ContextItem, Conversation, IdempotentRequest, Message, Run, ToolCall
from memory import api as memory
from memory.ports import CutTurn, ForgottenValues
from profiles.owned import OwnedQuerySet

GAP = "…"


class Erasing:
    """Memory's `Eraser` for this app. Counts what it changed, for the receipt."""

    def erase(self, user_id: UUID, forgotten: ForgottenValues) -> Mapping[str, int]:
        if forgotten.everything:
            cancel_imports(user_id, at=timezone.now())
            return {**_erase_everything(user_id), "exports_dropped": drop_packed(user_id)}
        named = (*forgotten.values, *map(str, forgotten.facts))  # a line of memory holds the id of its fact
        counts = {
            "receipt_items_blanked": _blank_receipts(user_id, named, forgotten.turns),
            "titles_cut": _cut_titles(user_id, forgotten.values),
            "commands_dropped": _drop_actions(user_id, forgotten.values),
            "suggestions_dropped": _drop_suggestions(user_id, forgotten.values),
            "tool_calls_blanked": _blank_calls(user_id, named),
            "kept_answers_dropped": _drop_kept_answers(user_id, forgotten.values),
            "files_cut": cut_files(user_id, forgotten.values, bytes_too=forgotten.cut_messages),
            "exports_dropped": drop_packed(user_id),
        }
        if forgotten.cut_messages:
            counts["messages_cut"] = _cut_messages(user_id, forgotten.turns)
        return counts


def eraser() -> Erasing:
    """What the setting names."""
    return Erasing()


def _holding(field: str, values: Iterable[str]) -> Q:
    found = Q(pk__in=[])
    for value in values:
        for form in _forms(value):
            found |= Q(**{f"{field}__icontains": form})
    return found


def _forms(value: str) -> Iterator[str]:
    """A value as it may stand somewhere: as it is, in a line of memory, in a message of a prompt, and inside JSON, as each of them."""
    for text in dict.fromkeys([value, memory.as_field(value), memory.neutralise(value)]):
        yield text
        if (escaped := json.dumps(text, ensure_ascii=False)[1:-1]) != text:
            yield escaped


def _cut(text: str, values: Iterable[str]) -> str:
    for value in sorted(values, key=len, reverse=True):
        text = re.sub(re.escape(value), GAP, text, flags=re.IGNORECASE)
    return text


def _blank_receipts(user_id: UUID, values: tuple[str, ...], turns: Iterable[UUID]) -> int:
    """Lines that hold what was forgotten, and those of facts and turns that were, whatever they hold: some values are too common to be looked for."""
    cut = [str(message_id) for message_id in turns]
    of_turns = Q(reference__in=[*values, *cut]) | Q(kind=ContextItem.Kind.TURN, reference="", run__question__in=cut)
    found = ContextItem.objects.of(user_id).filter(_holding("text", values) | of_turns)
    return found.update(text=GAP, scores={}, reason="forgotten after this answer")


def _cut_titles(user_id: UUID, values: tuple[str, ...]) -> int:
    found = list(Conversation.objects.of(user_id).filter(_holding("title", values)))
    for conversation in found:
        conversation.title = _cut(conversation.title, values)
    Conversation.objects.of(user_id).bulk_update(found, ["title"])
    return len(found)


def _drop_actions(user_id: UUID, values: tuple[str, ...]) -> int:
    return (
        Run.objects.of(user_id)
        .alias(said=Cast("actions", TextField()))
        .filter(_holding("said", values))
        .update(actions=[])
    )


def _drop_suggestions(user_id: UUID, values: tuple[str, ...]) -> int:
    return (
        Run.objects.of(user_id)
        .alias(said=Cast("suggestions", TextField()))
        .filter(_holding("said", values))
        .update(suggestions=[])
    )


def _blank_calls(user_id: UUID, values: tuple[str, ...]) -> int:
    """What tools were called with, gave, or would do. What waits for leave does not wait any more: it is not what the person was shown."""
    holding = _holding("arguments", values) | _holding("result", values) | _holding("preview", values)
    found = ToolCall.objects.of(user_id).filter(holding | _holding("said", values))
    return _blank(found)


def _blank(calls: OwnedQuerySet[ToolCall]) -> int:
    return calls.update(arguments="{}", result=GAP, preview="", proof="", said="")


def _drop_kept_answers(user_id: UUID, values: tuple[str, ...]) -> int:
    found = IdempotentRequest.objects.of(user_id).alias(said=Cast("body", TextField())).filter(_holding("said", values))
    return found.delete()[0]


def _cut_messages(user_id: UUID, turns: Mapping[UUID, CutTurn]) -> int:
    found = list(Message.objects.of(user_id).filter(id__in=list(turns)))
    for message in found:
        left = turns[message.id]
        message.text, message.pasted = left.text, [list(span) for span in left.pasted]
    Message.objects.of(user_id).bulk_update(found, ["text", "pasted"])
    return len(found)


def _erase_everything(user_id: UUID) -> Mapping[str, int]:
    return {
        "receipt_items_blanked": ContextItem.objects.of(user_id).update(
            text=GAP, scores={}, reason="forgotten after this answer"
        ),
        "commands_dropped": Run.objects.of(user_id).update(actions=[], suggestions=[]),
        "tool_calls_blanked": _blank(ToolCall.objects.of(user_id)),
        "kept_answers_dropped": IdempotentRequest.objects.of(user_id).delete()[0],
    }
