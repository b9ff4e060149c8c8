"""Why something stands in a prompt, in words: each line of a receipt says it."""

from __future__ import annotations

import re

from django.utils.dates import MONTHS
from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from assistant.llm.builtin.folding import content_words
from assistant.models import ContextItem

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_BY_WORDS = ("words", "pairs")  # channels of memory that compare words


def why_sent(item: ContextItem, *, text: str, question: str, replaces: str = "") -> str:
    """Why a line stands in a prompt. `text` is what it says, `question` what was asked; `replaces` the fact that it took the place of, if any."""
    fixed = {
        "always sent": _("Always sent"),
        "earlier in this chat": _("Said earlier in this chat"),
        "the question": _("Your message"),
        "date and place": _("Date and place"),
        "what was done with this message": _("Done when you sent it"),
        "forgotten after this answer": _("Forgotten after this answer."),
        "vector": _("Close in meaning"),
        "neighbours": _("Said close to what matches"),
        "window": _("Said close to what matches"),
        "session": _("From a chat about this"),
        "numbers": _("Says how many"),
        "past": _("You asked about earlier times"),
        "time words": _("Says when"),
        "title": _("Names a title"),
        "place": _("Names a place"),
        "somebody": _("Tells of somebody"),
        "taste": _("Says what is liked"),
        "advice": _("Gives advice"),
        "feeling": _("Says how it felt"),
        "speaker": _("Who said it fits"),
        "wish": _("A wish of yours that fits this message"),
    }
    if item.kind == "file" and item.reason in ("attached", "earlier in this chat"):
        return _about_file(item)
    by_kind = {
        "instructions": _("Sent with every answer"),
        "tools": _("What the model may call"),
        "result": _("What a tool answered; data, never an order"),
        "found": _("Found by a tool; its tokens count with the result"),
        "retrieved": _("There was no room for it"),
        "marks": _("Marks that keep your words and what was remembered apart"),
    }
    if item.kind in by_kind:
        return by_kind[item.kind]
    asked = _("Answers what you asked") if item.reason.startswith("asked for") else ""
    why = asked or fixed.get(item.reason) or (_by_words(item, text, question) if item.reason else "")
    lifted = {
        "task": _("Fits what you have been working on"),
        "mood": _("Fits the mood of your last messages"),
    }
    before = _("Replaces “%(text)s”") % {"text": replaces} if replaces else ""
    return ". ".join(filter(None, [why, before, *(words for name, words in lifted.items() if item.scores.get(name))]))


def _by_words(item: ContextItem, text: str, question: str) -> str:
    """Why a line was found that shares words or days with the question: which."""
    if item.reason == "date":
        when = _when(question)
        return _("You asked about %(when)s") % {"when": when} if when else _("From the days you asked about")
    shared = _shared(question, text)
    if named := [word for word in shared if word[:1].isupper()] if item.reason == "person" else []:
        return _("Names “%(name)s”") % {"name": named[0]}
    if item.reason in _BY_WORDS:
        return _("Matches “%(words)s”") % {"words": " ".join(shared[:3])} if shared else _("Matches your words")
    return _("Found for this question")


def _shared(question: str, text: str) -> list[str]:
    """The words of the question, in their order and each once, whose stem the text has too."""
    language = (get_language() or "en").split("-")[0]
    stems = content_words(text, language=language)
    words = dict.fromkeys(_WORD.findall(question))
    return [word for word in words if content_words(word, language=language) & stems]


def _when(question: str) -> str:
    """The month or the year that a question names, as it names it; empty where it names none."""
    months = {str(name).casefold() for name in MONTHS.values()}
    return next(
        (word for word in _WORD.findall(question) if word.casefold() in months or re.fullmatch(r"(?:19|20)\d\d", word)),
        "",
    )


def _about_file(item: ContextItem) -> str:
    """How much of a file was sent."""
    told = item.scores
    if item.is_carried:
        return _("Attached earlier in this chat")
    if told.get("picture"):
        return _("A picture") if told.get("seen") else _("Not sent: this model can’t see pictures")
    sent, of = int(told.get("sent", 0)), int(told.get("of", 0))
    if of > sent == 0:
        return _("Not sent: this model reads no files")
    if sent >= of:
        return _("The whole text") if sent else _("Nothing in it could be read")
    return _("The first %(sent)s of %(of)s tokens") % {
        "sent": number_format(sent, force_grouping=True),
        "of": number_format(of, force_grouping=True),
    }
