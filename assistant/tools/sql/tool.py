"""SQL over a copy of the person's own facts, chats and messages: for counting and grouping, where searching does not answer."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from assistant.models import Conversation, Message
from assistant.tools.base import Arguments, Asker, Origin, ReadingTool, Result, ToolFailed, schema
from assistant.tools.chats import chats_in_reach, quoting
from assistant.tools.memory import FOREIGN_ORIGINS
from assistant.tools.sql.cell import Answer, SqlRefused, Table, Value, ask
from memory import api as memory
from profiles.owned import work_as

FACTS, CHATS, MESSAGES = 3000, 2000, 4000
TEXT = 4000  # characters of a message
SECONDS = 2.0
CELL = 400  # characters of a cell in the answer
COLUMNS = {
    "facts": dict.fromkeys(
        ("id", "subject", "predicate", "topic", "value", "text", "status", "valid_from", "valid_to", "said_at"), "TEXT"
    ),
    "chats": dict.fromkeys(("id", "title", "begun_at", "last_at"), "TEXT"),
    "messages": dict.fromkeys(("id", "chat", "role", "text", "said_at"), "TEXT"),
}


class Sql(ReadingTool):
    name = "query_my_data"
    label = _("Your data")
    description = (
        "Runs one SELECT of SQLite over a copy of the person's own data, for counting, grouping and comparing. Tables: "
        + "; ".join(f"{table}({', '.join(columns)})" for table, columns in COLUMNS.items())
        + ". facts.subject is 'user' or a name; facts.status is active, superseded, expired, disputed, wrong or proposed; messages.role is user or assistant; "
        "times are ISO 8601 in the person's zone. At most 100 rows come back."
    )
    parameters = schema(required=("sql",), sql={"type": "string", "minLength": 6, "maxLength": 4000})

    def is_offered(self, asker: Asker) -> bool:
        return asker.keeps_memory

    async def call(self, asker: Asker, arguments: Arguments) -> Result:
        tables, foreign = await work_as(asker.user_id, copy_of, asker)
        try:
            answer = await asyncio.to_thread(ask, arguments["sql"], tables, seconds=SECONDS)
        except SqlRefused as refused:
            raise ToolFailed(str(refused)) from refused
        return Result(_told(answer), Origin.QUOTED if foreign & answer.read else Origin.MEMORY)


def copy_of(asker: Asker) -> tuple[dict[str, Table], set[str]]:
    """The tables, latest rows where there are more than fit, and the names of those that may hold others' words; inside `as_user`."""
    chats = list(chats_in_reach(asker).order_by("-spoken_at")[:CHATS])
    messages = list(
        Message.objects.of(asker.user_id)
        .filter(conversation__in=[chat.id for chat in chats])
        .order_by("-id")[:MESSAGES]
    )
    messages = [message for message in messages if not asker.without.holds(message.id)]
    cut = memory.cut_texts(asker.user_id, [message.id for message in messages])

    facts = list(_facts(asker))

    def when(moment: object) -> str:
        return moment.astimezone(asker.zone).isoformat(timespec="minutes") if moment else ""  # type: ignore[attr-defined]

    tables = {
        "facts": Table(COLUMNS["facts"], [_fact_row(fact, asker) for fact in facts]),
        "chats": Table(
            COLUMNS["chats"],
            [(str(chat.id), _title(chat, asker), when(chat.created_at), when(chat.spoken_at)) for chat in chats],
        ),
        "messages": Table(
            COLUMNS["messages"],
            [
                (
                    str(message.id),
                    str(message.conversation_id),
                    message.role,
                    cut.get(message.id, message.text)[:TEXT],
                    when(message.created_at),
                )
                for message in messages
            ],
        ),
    }
    foreign = {"messages"} if quoting(asker.user_id, messages) else set()
    if any(fact.origin in FOREIGN_ORIGINS for fact in facts):
        foreign.add("facts")
    return tables, foreign


def _facts(asker: Asker) -> Iterator[memory.FactView]:
    """Facts of this scope, without those that the person hides."""
    every = ("active", "superseded", "expired", "disputed", "wrong", "proposed")
    filters, cursor, left = memory.FactFilter(statuses=every), "", FACTS
    while left > 0:
        page = memory.facts_of(asker.user_id, filters, scope=asker.scope, cursor=cursor, limit=200)
        yield from (fact for fact in page.facts if not fact.is_masked and not asker.without.holds(fact.id))
        cursor, left = page.next_cursor, left - len(page.facts)
        if not cursor:
            return


def _title(chat: Conversation, asker: Asker) -> str:
    return "" if asker.without.is_told_in(chat.title) else chat.title


def _fact_row(fact: memory.FactView, asker: Asker) -> tuple[Value, ...]:
    return (
        str(fact.id),
        fact.subject,
        fact.predicate,
        fact.topic,
        fact.value,
        fact.text,
        fact.status,
        fact.valid_from.isoformat() if fact.valid_from else None,
        fact.valid_to.isoformat() if fact.valid_to else None,
        fact.said_at.astimezone(asker.zone).isoformat(timespec="minutes") if fact.said_at else None,
    )


def _told(answer: Answer) -> str:
    if not answer.rows:
        return "No rows."
    lines = [" | ".join(answer.columns)]
    lines += [" | ".join(_cell(value) for value in row) for row in answer.rows]
    if answer.is_cut:
        lines.append("(more rows were left out)")
    return "\n".join(lines)


def _cell(value: Value) -> str:
    return "" if value is None else " ".join(str(value).split())[:CELL]
