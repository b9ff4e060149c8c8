"""The person's memory, for a model that wants to know more of it, keep something, or take something out."""

from __future__ import annotations

from asgiref.sync import sync_to_async
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from assistant.conversations.selectors import get_message
from assistant.tools.base import (
    Arguments,
    Asker,
    ChangingTool,
    Origin,
    Preview,
    ReadingTool,
    Result,
    ToolFailed,
    schema,
)
from memory import api as memory
from memory.exceptions import MemoryProblem, PreviewExpired
from profiles.owned import work_as

SEARCH_TOKENS = 900
FOREIGN_ORIGINS = frozenset({"document", "web", "tool", "import", "paste", "file"})


class SearchMemory(ReadingTool):
    name = "search_memory"
    label = _("Memory")
    description = (
        "Searches what is remembered about the person, and what was said in earlier chats, beyond the lines that stand in the prompt already. "
        "Use it when an answer hangs on something personal that those lines don't tell."
    )
    parameters = schema(
        required=("query",),
        query={"type": "string", "minLength": 2, "maxLength": 300, "description": "A question or a few words."},
    )

    def is_offered(self, asker: Asker) -> bool:
        return asker.keeps_memory

    async def call(self, asker: Asker, arguments: Arguments) -> Result:
        await sync_to_async(memory.prepare_recall)(
            asker.user_id, arguments["query"]
        )  # an embedder elsewhere is asked outside of any transaction
        found = await work_as(asker.user_id, self._look, asker, arguments["query"])
        items = [item for item in found.items if not asker.without.holds_recalled(item)]
        if not items:
            return Result("Nothing is remembered about that.", Origin.MEMORY)
        is_foreign = any(item.origin in FOREIGN_ORIGINS for item in items)
        lines = "\n".join(memory.write_line(item.line) for item in items)
        return Result(lines, Origin.QUOTED if is_foreign else Origin.MEMORY)

    def _look(self, asker: Asker, query: str) -> memory.Recalled:
        return memory.recall(
            asker.user_id,
            query,
            at=asker.at,
            conversation_id=asker.conversation_id,
            scope=asker.scope,
            budget_tokens=SEARCH_TOKENS,
            exclude_message_ids=(asker.question_id,),
        )


class Remember(ChangingTool):
    """Keeps the person's own words, never a model's: what it is given must stand in their message."""

    name = "remember"
    label = _("Remember")
    description = (
        "Keeps something that the person said about themselves in their last message. Plain statements are kept without it: use it when they say "
        "something lasting in passing that matters later. Give their exact words."
    )
    parameters = schema(
        required=("quote",),
        quote={
            "type": "string",
            "minLength": 3,
            "maxLength": 240,
            "description": "The person's exact words, copied from their last message.",
        },
    )

    def is_offered(self, asker: Asker) -> bool:
        return asker.keeps_memory and not asker.is_paused

    def preview(self, asker: Asker, arguments: Arguments) -> Preview:
        return Preview(str(_("I would remember: “%(words)s”") % {"words": arguments["quote"]}))

    def change(self, asker: Asker, arguments: Arguments, *, proof: str) -> Result:
        question = get_message(asker.user_id, asker.question_id)
        turn = memory.record_turn(  # stands already: this only gives it back
            asker.user_id,
            conversation_id=asker.conversation_id,
            message_id=question.id,
            role="user",
            text=question.text,
            at=question.created_at,
            pasted=tuple((start, end) for start, end in question.pasted),
            scope=asker.scope,
        )
        lines = memory.note(asker.user_id, turn, arguments["quote"], at=asker.at)
        told = [_told(line) for line in lines]
        if all(line.id in (memory.ActionVerb.NOT_FOUND, memory.ActionVerb.REFUSED) for line in lines):
            raise ToolFailed(" ".join(told))
        return Result(" ".join(told), Origin.MEMORY)


def _told(line: memory.MemoryLine) -> str:
    match line.id:
        case memory.ActionVerb.REMEMBERED:
            return f"Remembered: {line.text}."
        case memory.ActionVerb.REPEATED:
            return f"Known already: {line.text}."
        case memory.ActionVerb.NEEDS_CONSENT:
            return "Not kept: matters of this kind need the person's leave first, which they are asked for separately."
    return f"Not kept: {line.text}"


class Forget(ChangingTool):
    """Shows what would go. Nothing goes without the person's leave, and then exactly what they were shown."""

    name = "forget"
    label = _("Forget")
    description = (
        "Proposes to forget what is remembered about something. The person is shown what would go and decides; until then nothing is forgotten. "
        "Use it only when they asked for it."
    )
    parameters = schema(
        required=("about",),
        about={
            "type": "string",
            "minLength": 2,
            "maxLength": 200,
            "description": "What is to be forgotten, in the person's words.",
        },
    )
    always_asks = True

    def is_offered(self, asker: Asker) -> bool:
        return asker.keeps_memory

    def preview(self, asker: Asker, arguments: Arguments) -> Preview:
        try:
            preview = memory.preview_forget(asker.user_id, memory.ForgetTarget(query=arguments["about"]), at=asker.at)
        except MemoryProblem as problem:
            raise ToolFailed(str(problem)) from problem
        if not preview.facts:
            raise ToolFailed("Nothing is remembered about that, so there is nothing to forget.")
        n = len(preview.facts)
        head = ngettext("I would forget %(n)s thing for good:", "I would forget %(n)s things for good:", n) % {"n": n}
        return Preview("\n".join([head, *(f"- {fact.text}" for fact in preview.facts)]), preview.token)

    def change(self, asker: Asker, arguments: Arguments, *, proof: str) -> Result:
        if not proof:
            raise ToolFailed("Nothing is forgotten without the person's leave.")
        try:
            receipt = memory.forget(
                asker.user_id, memory.ForgetTarget(query=arguments["about"]), at=asker.at, token=proof
            )
        except PreviewExpired as problem:
            raise ToolFailed(
                "Memory has changed since the person looked. Nothing was forgotten; propose it again."
            ) from problem
        return Result(
            f"Forgotten for good, with the person's leave. Facts erased: {receipt.counts.get('facts', 0)}.",
            Origin.MEMORY,
        )
