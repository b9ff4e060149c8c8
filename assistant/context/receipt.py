"""The context receipt: store what went into an answer, and mark what the answer cites."""

from __future__ import annotations

import re

from assistant.context.inputs import Context
from assistant.models import ContextItem, Run

# What an answer can cite.
CITABLE = ("profile", "fact", "episode", "summary", "found")
_CITATION = re.compile(r"\[([fts]):([0-9a-z-]{1,36})\]")


def receipt_rows(run: Run, context: Context) -> list[ContextItem]:
    """One row an item, not stored yet."""
    return [
        ContextItem(
            user_id=run.user_id,
            run=run,
            position=position,
            kind=item.kind,
            reference=item.reference,
            version=item.version,
            text=item.text,
            tokens=item.tokens,
            scores=dict(item.scores),
            reason=item.reason,
            is_carried=item.is_carried,
        )
        for position, item in enumerate(context.items)
    ]


def cited_ids(text: str) -> list[str]:
    """The ids of memory lines that an answer cites, in order, each once."""
    return list(dict.fromkeys(match[2] for match in _CITATION.finditer(text)))


def mark_cited(run: Run, text: str) -> None:
    """Tell cited items from those that were only sent."""
    ids = set(cited_ids(text))
    for item in ContextItem.objects.of(run.user_id).filter(run=run, kind__in=CITABLE):
        line_id = re.match(r"- \[[ftsau]:([0-9a-z-]+)\]", item.text)
        if line_id and line_id[1] in ids:
            item.is_cited = True
            item.save(update_fields=["is_cited"])
