"""What a message is about that refers back: "and her?" says nothing by itself, so what the person said just before goes into the search of memory.

Only the search: prompt and message stay as they are. No model.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from uuid import UUID

from assistant.context.history import path_before
from assistant.models import Message
from memory import api as memory

LONGEST = 14  # words of a message that may hang on the one before
MOST_BACK = 3  # of the person's messages that are looked at
GIST_CHARACTERS = 300  # of each of them

_BEGINS = (
    r"and|or|but|so|what about|how about|what of|why|since when|which|same|also|und|oder|aber|was ist mit|wie steht es mit|warum|welche[rsn]?|auch|y|o|pero|"
    r"qué hay de|por qué|cuál|también|og|eller|men|hva med|hvorfor|hvilken|også"
)
_SHORT = re.compile(rf"^\W*(?:{_BEGINS})\b", re.IGNORECASE)
_POINTING = re.compile(
    r"\b(?:she|her|hers|he|him|his|they|them|their|theirs|this|those|these|the (?:first|second|third|last|other|former|latter)(?: one)?|that one|it|"
    r"sie|ihn|ihm|ihr|ihre[mnrs]?|dort|davon|dazu|dafür|damit|d(?:er|ie|as) (?:erste|zweite|dritte|letzte|andere)|"
    r"ella|ellas|ellos|él|eso|esa|ese|aquello|allí|(?:el|la) (?:primer[oa]|segund[oa]|tercer[oa]|últim[oa]|otr[oa])|"
    r"hun|henne|hennes|han|ham|hans|dem|deres|den (?:første|andre|tredje|siste))\b",
    re.IGNORECASE,
)
_FEW = 6  # words of one that begins in the middle


def refers_back(text: str) -> bool:
    """Whether a message leans on what was said before it: it begins in the middle, or points at somebody or something that it does not name."""
    words = text.split()
    if not words or len(words) > LONGEST:
        return False
    return (len(words) <= _FEW and bool(_SHORT.match(text))) or bool(_POINTING.search(text))


def asked_with(question: str, said_before: Sequence[str]) -> str:
    """The search for a message: itself, behind the person's earlier messages (oldest first) back to the first that stands on its own."""
    if not refers_back(question):
        return question
    gist: list[str] = []
    for text in reversed(said_before[-MOST_BACK:]):
        gist.insert(0, " ".join(text[:GIST_CHARACTERS].split()))
        if not refers_back(text):
            break
    return " ".join([*gist, question])


def asked_in(user_id: UUID, question: Message) -> str:
    """`asked_with` for a stored message, with forgotten words cut out of the others; inside `as_user`."""
    if not refers_back(question.text):
        return question.text
    said = [message for message in path_before(user_id, question) if message.role == Message.Role.USER][-MOST_BACK:]
    cut = memory.cut_texts(user_id, [message.id for message in said])
    return asked_with(question.text, [cut.get(message.id, message.text) for message in said])
